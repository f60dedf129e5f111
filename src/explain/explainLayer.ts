/** A layer: its rules in matrix form, and the sizes of its numbers. */
import type { LayerFacts, Statistics } from '../engine/facts';
import { formatPath } from '../network/network';
import { type Context, stated, statisticLines } from './context';
import type { Equation, Explanation, Expression, Line, Rule } from './explanation';
import { call, derivative, norm, primed, product, sum } from './expressions';
import type { Label } from './words';

export function explainLayer(facts: LayerFacts, context: Context): Explanation {
  const { layer } = facts.target;
  const { names, words } = context;
  const isInput = layer === -1;
  const kind = isInput ? 'input' : layer === names.lastLayer ? 'output' : 'hidden';
  const activations = names.vector('activation', layer);
  const outputs = statisticLines('outputs', activations, facts.outputs, context);
  return {
    symbol: activations,
    words: words.layer(names.layerNumber(layer), facts.units, facts.inputs, kind),
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
    cautions: facts.activation === 'step' ? [words.cautions.step] : [],
  };
}

/** ‖∂C/∂w‖, or of the input the mean value. */
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

/** z = w a + b and a = f(z); with row vectors z = a wᵀ + b. */
function forwardRules(facts: LayerFacts, context: Context): readonly Line[] {
  const { layer } = facts.target;
  const { names, profile } = context;
  const before = names.vector('activation', layer - 1);
  const weights = names.weightMatrix(layer);
  const weighted =
    profile.vectors === 'columns' ? product(weights, before) : product(before, transposed(weights));
  const z = names.vector('weightedInput', layer);
  const bias = facts.biases ? [names.vector('bias', layer)] : [];
  const lines = [rule(context, 'forward', { left: z, forms: [sum(weighted, ...bias)] })];
  if (facts.activation) {
    const activation = call(names.activationFunction(facts.activation), z);
    const left = names.vector('activation', layer);
    lines.push(rule(context, 'activation', { left, forms: [activation] }));
  }
  return lines;
}

/** BP2 (hidden layers), BP4 and BP3 in matrix form. */
function backwardRules(facts: LayerFacts, context: Context): readonly Line[] {
  const { layer } = facts.target;
  const { names, profile } = context;
  const error = names.vector('error', layer);
  const before = names.vector('activation', layer - 1);
  const gradient =
    profile.vectors === 'columns'
      ? product(error, transposed(before))
      : product(transposed(error), before);
  const { equations } = profile;
  const lines = layer < names.lastLayer ? [errorRule(facts, context)] : [];
  lines.push(
    rule(
      context,
      'weightGradients',
      {
        left: derivative(names.sampleLoss(), names.weightMatrix(layer)),
        forms: [names.signed(gradient)],
      },
      equations.weight,
    ),
  );
  if (!facts.biases) return lines;
  const left = derivative(names.sampleLoss(), names.vector('bias', layer));
  const bias: Rule = { left, forms: [names.signed(error)] };
  return [...lines, rule(context, 'biasGradients', bias, equations.bias)];
}

function errorRule(facts: LayerFacts, context: Context): Line {
  const { layer } = facts.target;
  const { names, profile } = context;
  const next = names.vector('error', layer + 1);
  const weights = names.weightMatrix(layer + 1);
  const carried =
    profile.vectors === 'columns' ? product(transposed(weights), next) : product(next, weights);
  const slope = call(
    primed(names.activationFunction(facts.activation ?? 'linear')),
    names.vector('weightedInput', layer),
  );
  return rule(
    context,
    'backward',
    { left: names.vector('error', layer), forms: [hadamard(carried, slope)] },
    profile.equations.hiddenError,
  );
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
