/**
 * Error terms: BP1 for outputs, BP2 for hidden neurons, and the two output layers whose slope cancels.
 *
 * δ is printed in the notation's sign; ∂C/∂a never changes its sign.
 */
import type { ActivationName } from '../network/network';
import type { NeuronFacts } from '../engine/facts';
import { activationFormulas } from './activationFormulas';
import { targetsAreShares } from './cancellation';
import { type Context, stated, total, writtenOut } from './context';
import type { Equation, Expression, Line } from './explanation';
import { bigSum, call, derivative, minus, number, primed, product } from './expressions';
import { lossFormula, substitutable } from './lossFormulas';
import { generalOutgoing, NO_TERMS, notesBehind, outgoingSum } from './sums';

/** How an error term was found: the lines before it, itself, and the name of the rule. */
export interface ErrorTerm {
  readonly parts: readonly Line[];
  readonly equation: Equation;
  readonly note: string;
}

/** σ′(z), or ∂a/∂z where a neuron's activation hangs on the whole layer. */
export function slopeSymbol(
  { activation, target }: { activation: ActivationName; target: { layer: number; row: number } },
  { names }: Context,
): Expression {
  const z = names.weightedInput(target.layer, target.row);
  if (activationFormulas[activation].wholeLayer)
    return derivative(names.activation(target.layer, target.row), z);
  return call(primed(names.activationFunction(activation)), z);
}

/** How the error term of a neuron was found: BP1 of an output, BP2 of a hidden neuron. */
export function errorTerm(facts: NeuronFacts, context: Context): ErrorTerm {
  return facts.outgoing ? hiddenError(facts, context) : outputError(facts, context);
}

/** BP2: δ = (Σ w δ of all layers that take from this one) · f′(z). */
function hiddenError(facts: NeuronFacts, context: Context): ErrorTerm {
  const { layer, row } = facts.target;
  const { names, profile } = context;
  const { symbols, numbers } = outgoingSum(facts.outgoing ?? NO_TERMS, context, layer, row);
  const outputGradient: Equation = {
    left: derivative(names.loss(), names.activation(layer, row)),
    forms: [names.signed(total(symbols)), names.signed(total(numbers))],
    value: facts.outputGradient,
  };
  const slope = number(facts.derivative);
  const spelledOut = numbers.length <= writtenOut ? [product(total(numbers), slope)] : [];
  const equation: Equation = {
    left: names.error(layer, row),
    forms: [
      product(total(generalOutgoing(context, layer, row)), slopeSymbol(facts, context)),
      ...spelledOut,
      product(number(names.errorValue(facts.outputGradient)), slope),
    ],
    value: names.errorValue(facts.delta),
  };
  return {
    parts: [
      context.line(
        'part',
        'outputGradient',
        outputGradient,
        notesBehind(context, layer).join(' · '),
      ),
    ],
    equation,
    note: profile.equations.hiddenError,
  };
}

/** BP1: δ = ∂C/∂a · f′(z), or a − y where the two cancel, or the whole Jacobian of softmax. */
function outputError(facts: NeuronFacts, context: Context): ErrorTerm {
  const { layer, row } = facts.target;
  const left = context.names.error(layer, row);
  const value = context.names.errorValue(facts.delta);
  const note = context.profile.equations.outputError;
  const { outputLayer } = facts;
  if (outputLayer?.fused)
    return { parts: [], equation: { left, forms: fusedForms(facts, context), value }, note };
  const forms =
    outputLayer?.softmaxSum === undefined
      ? slopeForms(facts, context)
      : softmaxForms(facts, context, outputLayer.softmaxSum);
  return { parts: [outputGradientLine(facts, context)], equation: { left, forms, value }, note };
}

function outputPoints(facts: NeuronFacts, { names }: Context) {
  const { layer, row } = facts.target;
  const target = facts.outputLayer?.target ?? NaN;
  const difference = facts.output - target;
  return {
    symbols: { a: names.activation(layer, row), y: names.target(row), difference },
    numbers: { a: number(facts.output), y: number(target), difference },
  };
}

/** ∂C/∂a by the loss's own formula. */
function outputGradientLine(facts: NeuronFacts, context: Context): Line {
  const { symbols, numbers } = outputPoints(facts, context);
  const { slope } = lossFormula(facts.loss);
  return context.line('part', 'outputGradient', {
    left: derivative(context.names.loss(), symbols.a),
    forms: [slope(symbols), slope(numbers)],
    value: facts.outputGradient,
  });
}

function slopeForms(facts: NeuronFacts, context: Context): readonly Expression[] {
  const { names } = context;
  const { layer, row } = facts.target;
  const outputGradient = derivative(names.loss(), names.activation(layer, row));
  return [
    names.signed(product(outputGradient, slopeSymbol(facts, context))),
    names.signed(product(number(facts.outputGradient), number(facts.derivative))),
  ];
}

/** ∂C/∂a · σ′(z) = (a − y)/(a(1 − a)) · a(1 − a) = a − y; of softmax with cross-entropy only the result. */
function fusedForms(facts: NeuronFacts, context: Context): readonly Expression[] {
  const { names } = context;
  const { layer, row } = facts.target;
  const { symbols, numbers } = outputPoints(facts, context);
  const result = [names.difference(symbols.a, symbols.y), names.difference(numbers.a, numbers.y)];
  const others = facts.outputLayer?.crossEntropy;
  if (others) return targetsAreShares(others) ? result : weightedForms(facts, context);
  const anyZ = names.weightedInput(layer, 'k');
  const z = names.weightedInput(layer, row);
  const chain = product(
    lossFormula(facts.loss).slope(symbols),
    activationFormulas[facts.activation].slope({ z, a: symbols.a, anyZ }),
  );
  const general = product(derivative(names.loss(), symbols.a), slopeSymbol(facts, context));
  return [names.signed(general), names.signed(chain), ...result];
}

/** a Σ y − y: cross-entropy with targets that do not sum to 1. */
function weightedForms(facts: NeuronFacts, context: Context): readonly Expression[] {
  const { names } = context;
  const { symbols } = outputPoints(facts, context);
  const general = minus(product(symbols.a, bigSum('k', names.target('k'))), symbols.y);
  return [names.signed(general), number(names.errorValue(facts.delta))];
}

/** a (∂C/∂a − Σ a_k ∂C/∂a_k): each activation of a softmax hangs on every z. */
function softmaxForms(
  facts: NeuronFacts,
  context: Context,
  weighted: number,
): readonly Expression[] {
  const { names } = context;
  const { layer, row } = facts.target;
  const own = names.activation(layer, row);
  const any = names.activation(layer, 'k');
  const general = minus(
    derivative(names.loss(), own),
    bigSum('k', product(any, derivative(names.loss(), any))),
  );
  const substituted = minus(number(facts.outputGradient), number(weighted));
  return [
    names.signed(product(own, general)),
    names.signed(product(number(facts.output), substituted)),
  ];
}

/** What only outputs have: the target and the share of the loss. */
export function outputLines(facts: NeuronFacts, context: Context): readonly Line[] {
  const { outputLayer, loss } = facts;
  if (!outputLayer) return [];
  const { row } = facts.target;
  const { symbols, numbers } = outputPoints(facts, context);
  const { share } = lossFormula(loss);
  const value = outputLayer.lossShare;
  return [
    context.line('value', 'target', stated(symbols.y, outputLayer.target)),
    context.line('part', 'lossShare', {
      left: context.names.lossShare(row),
      forms: [share(symbols), substitutable(loss, facts.output) ? share(numbers) : number(value)],
      value,
    }),
  ];
}
