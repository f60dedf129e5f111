/** A neuron in sample scope: forward to its activation, backward to its error term. */
import type { NeuronFacts } from '../engine/facts';
import { activationFormulas, branchAt, type Point } from './activationFormulas';
import { type Context, total } from './context';
import { deriveOutput } from './derivation';
import { explainEdges } from './explainEdges';
import type { Equation, Explanation, Expression, Line } from './explanation';
import { call, derivative, number, product } from './expressions';
import { errorTerm, outputLines, slopeSymbol } from './errorFormulas';
import { incomingSum } from './sums';
import { normalisedLines, normCaution } from './normalised';
import { imageCautions, pooledInput, windowNote } from './pooled';
import { stepCaution } from './stepCaution';
import { conditionText } from './unicode';

/** |f′| below this is called nearly 0. */
const flatSlope = 0.01;

/** z, a and f′(z), then δ with its parts; of an output also its target and its share of the loss. */
export function explainNeuron(facts: NeuronFacts, context: Context): Explanation {
  const { layer, row } = facts.target;
  const { names } = context;
  const error = errorTerm(facts, context);
  const derivation = deriveOutput(facts, error, context);
  return {
    symbol: names.activation(layer, row),
    words: context.words.neuron(context.place(layer, row)),
    path: context.neuronPath(layer, row),
    headline: error.equation,
    lines: [
      ...normalisedLines(facts, context),
      context.line(
        'forward',
        'weightedInput',
        weightedInput(facts, context),
        windowNote(facts, context),
      ),
      activationLine(facts, context),
      slopeLine(facts, context),
      ...error.parts,
      context.line('delta', 'error', error.equation, error.note),
      ...meaningOfError(facts, context),
      ...outputLines(facts, context),
    ],
    cautions: cautions(facts, context),
    ...(derivation.length > 0 && { derivation }),
    edges: explainEdges(facts, context),
  };
}

/** δ = −∂E/∂net, with both numbers, where the notation turns the sign. */
function meaningOfError({ target, delta }: NeuronFacts, context: Context): readonly Line[] {
  const { names, profile } = context;
  if (profile.errorSign === 1) return [];
  const { layer, row } = target;
  const meaning = derivative(names.loss(), names.weightedInput(layer, row));
  const equation: Equation = {
    left: names.error(layer, row),
    forms: [names.signed(meaning), names.signedNumber(delta)],
    value: names.errorValue(delta),
  };
  return [context.line('part', 'where', equation)];
}

/** z = Σ w a + b, Σ a of a merge, or what a pool makes of its window. */
export function weightedInput(facts: NeuronFacts, context: Context): Equation {
  if (facts.pooled) return pooledInput(facts, facts.pooled, context);
  const { layer, row } = facts.target;
  const { names } = context;
  const { symbols, numbers } = incomingSum(facts.incoming, context, layer, row);
  const bias = biasTerm(facts, context);
  return {
    left: names.weightedInput(layer, row),
    forms: [total([...symbols, ...bias.symbols]), total([...numbers, ...bias.numbers])],
    value: facts.weightedInput,
  };
}

/** b, or Θ₁₀·1 where the bias is a weight on a unit that is always 1. */
function biasTerm({ target, bias }: NeuronFacts, { names }: Context) {
  if (bias === undefined) return { symbols: [], numbers: [] };
  const hasUnit = names.biasUnit(target.layer) !== undefined;
  const unit = hasUnit ? [number(1)] : [];
  return {
    symbols: [
      product(names.bias(target.layer, names.branches.rowOf(target.layer, target.row)), ...unit),
    ],
    numbers: [product(number(bias), ...unit)],
  };
}

function points(facts: NeuronFacts, { names }: Context): { symbols: Point; numbers: Point } {
  const { layer, row } = facts.target;
  const at = facts.weightedInput;
  const anyZ = names.weightedInput(layer, 'k');
  return {
    symbols: { z: names.weightedInput(layer, row), a: names.activation(layer, row), anyZ, at },
    numbers: { z: number(at), a: number(facts.output), anyZ, at },
  };
}

/** a = f(z) = its formula */
export function activationLine(facts: NeuronFacts, context: Context): Line {
  const { names } = context;
  const { activation, output } = facts;
  const { symbols, numbers } = points(facts, context);
  const formula = activationFormulas[activation];
  const forms = [
    call(names.activationFunction(activation), symbols.z),
    formula.value(symbols),
    formula.wholeLayer ? number(output) : formula.value(numbers),
  ];
  return context.line(
    'activation',
    'activation',
    { left: symbols.a, forms: activation === 'tanh' ? forms.slice(1) : forms, value: output },
    branchNote(facts, symbols.z),
  );
}

/** f′(z); of softmax the derivative by the neuron's own z. */
export function slopeLine(facts: NeuronFacts, context: Context): Line {
  const { activation } = facts;
  const { symbols, numbers } = points(facts, context);
  const formula = activationFormulas[activation];
  return context.line(
    'derivative',
    'slope',
    {
      left: slopeSymbol(facts, context),
      forms: [formula.slope(symbols), formula.slope(numbers)],
      value: facts.derivative,
    },
    branchNote(facts, symbols.z),
  );
}

function branchNote({ activation, weightedInput }: NeuronFacts, z: Expression): string | undefined {
  const branch = branchAt(activation, z, weightedInput);
  return branch && conditionText(branch);
}

function cautions(facts: NeuronFacts, context: Context): readonly string[] {
  const { words, profile } = context;
  const found: string[] = [];
  const { activation, outputLayer } = facts;
  found.push(...imageCautions(facts, context), ...normCaution(facts.target.layer, context));
  if (!Number.isFinite(facts.delta)) found.push(words.cautions.notFinite);
  const isUnused = context.names.branches.consumersOf(facts.target.layer).length === 0;
  if (!outputLayer && isUnused) found.push(words.cautions.unused);
  else if (outputLayer?.fused)
    found.push(words.cautions[activation === 'softmax' ? 'fusedSoftmax' : 'fusedSigmoid']);
  else if (activation === 'step') found.push(stepCaution(facts, words));
  else if (Math.abs(facts.derivative) < flatSlope) {
    if (activation === 'relu') found.push(words.cautions.inactiveRelu);
    else if (activationFormulas[activation].saturates) found.push(words.cautions.saturated);
    else if (activation !== 'leakyRelu') found.push(words.cautions.flat);
  }
  if (profile.errorSign === -1) found.push(words.cautions.errorSign);
  return found;
}
