/** The chain rule for one weight or bias, line by line, from what is asked to the number. */
import type { NeuronFacts, ParameterFacts } from '../engine/facts';
import { cancellation } from './cancellation';
import { stated, type Context } from './context';
import { errorTerm, type ErrorTerm } from './errorFormulas';
import type { Equation, Expression, Line, Rule } from './explanation';
import { bigSum, derivative, number, product, sum } from './expressions';
import { multiplied } from './normalised';

/**
 * From ∂C/∂w = ∂C/∂z · ∂z/∂w down to the number.
 *
 * @param parameter its symbol
 * @param neuron whose weighted input the parameter is part of
 * @param result the gradient as the product of what the lines before it have found
 */
export function derive(
  facts: ParameterFacts,
  parameter: Expression,
  neuron: NeuronFacts,
  result: Equation,
  context: Context,
): readonly Line[] {
  const { names, words } = context;
  const { layer, row } = facts.target;
  const z = names.weightedInput(layer, row);
  const error = errorTerm(neuron, context);
  const [part] = error.parts;
  const throughAll = neuron.outgoing ? words.reasons.throughAll : undefined;
  const chain: Rule = {
    left: derivative(names.loss(), parameter),
    forms: [product(derivative(names.loss(), z), derivative(z, parameter))],
  };
  return [
    ...otherOutputs(neuron, parameter, context),
    context.line('rule', 'chainRule', chain, words.reasons.throughZ),
    innerFactor(facts, z, parameter, context),
    ...nameOfError(layer, row, z, context),
    ...(part ? [{ ...part, ...(throughAll && { note: throughAll }) }] : []),
    ...cancellation(neuron, context),
    context.line('delta', 'error', error.equation, error.note),
    context.line('gradient', 'together', result, words.reasons.forwardBackward),
  ];
}

/** Why δ of an output is a − y; nothing for other neurons. @param error its own */
export function deriveOutput(
  neuron: NeuronFacts,
  error: ErrorTerm,
  context: Context,
): readonly Line[] {
  const lines = cancellation(neuron, context);
  if (lines.length === 0) return [];
  const { layer, row } = neuron.target;
  return [
    ...nameOfError(layer, row, context.names.weightedInput(layer, row), context),
    ...lines,
    context.line('delta', 'error', error.equation, error.note),
  ];
}

/** ∂C/∂w = Σ ∂Cₖ/∂w = ∂Cⱼ/∂w + 0, where each output has a share of the loss that hangs on no other output. */
function otherOutputs(
  { activation, outputLayer, sizes, target }: NeuronFacts,
  parameter: Expression,
  context: Context,
): readonly Line[] {
  const { names, words } = context;
  if (!outputLayer || activation === 'softmax' || sizes[sizes.length - 1] < 2) return [];
  const share = (row: number | string): Expression => derivative(names.lossShare(row), parameter);
  const rule: Rule = {
    left: derivative(names.loss(), parameter),
    forms: [bigSum('k', share('k')), sum(share(target.row), number(0))],
  };
  return [context.line('rule', 'otherOutputs', rule, words.reasons.otherOutputs)];
}

/** ∂z/∂w = a, ∂z/∂b = 1 */
function innerFactor(
  facts: ParameterFacts,
  z: Expression,
  parameter: Expression,
  context: Context,
): Line {
  const { names, words } = context;
  const { target, source = 1 } = facts;
  const left = derivative(z, parameter);
  const unit = names.biasUnit(target.layer);
  if (target.type === 'bias' && unit) {
    const equation: Equation = { left, forms: [unit, number(source)], value: source };
    return context.line('forward', 'inside', equation, words.reasons.biasUnit);
  }
  if (target.type === 'bias')
    return context.line('forward', 'inside', stated(left, source), words.reasons.unit);
  const below = multiplied(target, context);
  const equation: Equation = { left, forms: [below, number(source)], value: source };
  return context.line('forward', 'inside', equation, words.reasons.oneTerm);
}

/** δ = ∂C/∂z, with the notation's sign; nothing in a notation that writes the derivative itself. */
function nameOfError(layer: number, row: number, z: Expression, context: Context): readonly Line[] {
  const { names, profile } = context;
  if (profile.names.error === undefined) return [];
  const meaning = names.signed(derivative(names.loss(), z));
  const rule: Rule = { left: names.error(layer, row), forms: [meaning] };
  return [context.line('rule', 'where', rule)];
}
