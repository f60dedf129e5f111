/** A layer: its rules in matrix form, and the sizes of its numbers. */
import type { LayerFacts, Statistics } from '../engine/facts';
import { formatPath } from '../network/network';
import { type Context, stated, statisticLines } from './context';
import type { Equation, Explanation, Expression, Line, Rule } from './explanation';
import { call, derivative, norm, primed, product, sum } from './expressions';
import type { Label, Place } from './words';

export function explainLayer(facts: LayerFacts, context: Context): Explanation {
  const { layer } = facts.target;
  const { names, words } = context;
  const isInput = layer === -1;
  const kind = isInput ? 'input' : layer === names.lastLayer ? 'output' : 'hidden';
  const activations = names.vector('activation', layer);
  const outputs = statisticLines('outputs', activations, facts.outputs, context);
  return {
    symbol: activations,
    words: layerWords(facts, context, kind),
    path: isInput ? 'input' : formatPath(['layers', layer]),
    headline: headline(facts, context),
    lines: isInput
      ? outputs
      : [
          ...forwardRules(facts, context),
          ...backwardRules(facts, context),
          ...normLines(facts, context),
          ...outputs,
        ],
    cautions: [
      ...(facts.activation === 'step' ? [words.cautions.step] : []),
      ...(kind === 'hidden' && names.branches.consumersOf(layer).length === 0
        ? [words.cautions.unused]
        : []),
    ],
  };
}

function layerWords(
  { target: { layer }, units, inputs }: LayerFacts,
  { names, words }: Context,
  kind: Place['kind'],
): string {
  const type = names.branches.typeOf(layer);
  const number = names.layerNumber(layer);
  if (type === 'dense') return words.layer(number, units, inputs, kind);
  const sources = names.branches.sourcesOf(layer).map(source => {
    return source === -1 ? undefined : names.layerNumber(source);
  });
  return words.merge(type, number, units, sources, kind);
}

/** ‖∂C/∂w‖, or where there are no weights the mean value. */
function headline({ target, weightGradients, outputs }: LayerFacts, context: Context): Equation {
  const { names } = context;
  if (!weightGradients)
    return stated(call('mean', names.vector('activation', target.layer)), outputs.mean);
  return stated(
    norm(derivative(names.loss(), names.weightMatrix(target.layer))),
    weightGradients.norm,
  );
}

const transposed = (operand: Expression): Expression => ({ type: 'transpose', operand });
const hadamard = (...factors: Expression[]): Expression => ({ type: 'hadamard', factors });

/** z = w a + b and a = f(z). */
function forwardRules(facts: LayerFacts, context: Context): readonly Line[] {
  const { layer } = facts.target;
  const { names } = context;
  const z = names.vector('weightedInput', layer);
  const lines = [rule(context, 'forward', { left: z, forms: [weightedInputs(facts, context)] })];
  if (facts.activation) {
    const activation = call(names.activationFunction(facts.activation), z);
    const left = names.vector('activation', layer);
    lines.push(rule(context, 'activation', { left, forms: [activation] }));
  }
  return lines;
}

/** w a + b, with row vectors a wᵀ + b; of merges a + a or concat(a, a). */
function weightedInputs(facts: LayerFacts, { names, profile }: Context): Expression {
  const { layer } = facts.target;
  const { branches } = names;
  const before = branches.sourcesOf(layer).map(source => names.vector('activation', source));
  const type = branches.typeOf(layer);
  if (type === 'add') return sum(...before);
  if (type === 'concat') return call('concat', ...before);
  const weights = names.weightMatrix(layer);
  const weighted =
    profile.vectors === 'columns'
      ? product(weights, before[0])
      : product(before[0], transposed(weights));
  return sum(weighted, ...(facts.biases ? [names.vector('bias', layer)] : []));
}

/** BP2 (hidden layers), BP4 and BP3 in matrix form. */
function backwardRules(facts: LayerFacts, context: Context): readonly Line[] {
  const { layer } = facts.target;
  const { names, profile } = context;
  const { equations } = profile;
  const error = names.vector('error', layer);
  const lines: Line[] = [];
  if (names.branches.consumersOf(layer).length > 0) lines.push(errorRule(facts, context));
  if (facts.weights) {
    const before = names.vector('activation', names.branches.sourceOf(layer));
    const gradient =
      profile.vectors === 'columns'
        ? product(error, transposed(before))
        : product(transposed(error), before);
    const left = derivative(names.sampleLoss(), names.weightMatrix(layer));
    const weights: Rule = { left, forms: [names.signed(gradient)] };
    lines.push(rule(context, 'weightGradients', weights, equations.weight));
  }
  if (!facts.biases) return lines;
  const left = derivative(names.sampleLoss(), names.vector('bias', layer));
  const bias: Rule = { left, forms: [names.signed(error)] };
  return [...lines, rule(context, 'biasGradients', bias, equations.bias)];
}

/** What all layers that take from this one send back, times the slope. */
function errorRule(facts: LayerFacts, context: Context): Line {
  const { layer } = facts.target;
  const { names, profile } = context;
  const carried = names.branches
    .consumersOf(layer)
    .map(consumer => carriedError(consumer, layer, context));
  const slope = call(
    primed(names.activationFunction(facts.activation ?? 'linear')),
    names.vector('weightedInput', layer),
  );
  return rule(
    context,
    'backward',
    { left: names.vector('error', layer), forms: [hadamard(sum(...carried), slope)] },
    profile.equations.hiddenError,
  );
}

/** wᵀ δ, with row vectors δ w; out of an add δ itself, out of a concat the layer's part of it. */
function carriedError(consumer: number, layer: number, { names, profile }: Context): Expression {
  const { branches } = names;
  const type = branches.typeOf(consumer);
  if (type === 'concat') {
    const start = branches.startOf(consumer, layer);
    return names.errorPart(consumer, start, start + branches.sizeOf(layer));
  }
  const error = names.vector('error', consumer);
  if (type === 'add') return error;
  const weights = names.weightMatrix(consumer);
  return profile.vectors === 'columns'
    ? product(transposed(weights), error)
    : product(error, weights);
}

function rule(context: Context, label: Label, equation: Rule, note?: string): Line {
  return context.line('rule', label, equation, note);
}

/** Norms of parameters and gradients. */
function normLines(facts: LayerFacts, context: Context): readonly Line[] {
  const { layer } = facts.target;
  const { names } = context;
  const lines: Line[] = [];
  const add = (label: Label, of: Expression, statistics: Statistics | undefined) => {
    if (statistics) lines.push(context.line('statistic', label, stated(norm(of), statistics.norm)));
  };
  const weights = names.weightMatrix(layer);
  const biases = names.vector('bias', layer);
  add('weights', weights, facts.weights);
  add('weightGradients', derivative(names.loss(), weights), facts.weightGradients);
  add('biases', biases, facts.biases);
  add('biasGradients', derivative(names.loss(), biases), facts.biasGradients);
  add('errors', names.vector('error', layer), facts.delta);
  return lines;
}
