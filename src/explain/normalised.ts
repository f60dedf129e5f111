/** Batch normalisation in formulas: x̂ of a neuron, and what γ multiplies. */
import type { NeuronFacts, Target } from '../engine/facts';
import type { Context } from './context';
import type { Expression, Line } from './explanation';
import { call, minus, number, quotient, sum } from './expressions';
import type { Index } from './names';

/** x̂ = (a − μ)/√(v + ε), by running statistics; nothing of other layers. */
export function normalisedLines(facts: NeuronFacts, context: Context): readonly Line[] {
  const { names, words } = context;
  const { normalised, target } = facts;
  if (!normalised) return [];
  const { layer, row } = target;
  const { mean, variance, epsilon, from, source, value } = normalised;
  const feature = names.branches.rowOf(layer, row);
  const [mu, v] = [names.feature('μ', layer, feature), names.feature('v', layer, feature)];
  const equation = {
    left: names.normalised(layer, row),
    forms: [
      standardised(names.activation(from, row), mu, v, number(epsilon)),
      standardised(number(source), number(mean), number(variance), number(epsilon)),
    ],
    value,
  };
  return [{ role: 'part', label: words.images.normalised, equation, note: words.images.running }];
}

/** (x − μ)/√(v + ε) */
export function standardised(
  x: Expression,
  mu: Expression,
  v: Expression,
  epsilon: Expression,
): Expression {
  return quotient(minus(x, mu), call('√', sum(v, epsilon)));
}

/**
 * What a weight multiplies: an activation of the source, of a batchNorm x̂.
 *
 * @param at another neuron than that of the weight's own column (of batchNorm row)
 */
export function multiplied(
  { layer, row, column }: Extract<Target, { type: 'weight' }>,
  { names }: Context,
  at?: Index,
): Expression {
  const { branches } = names;
  if (branches.typeOf(layer) === 'batchNorm') return names.normalised(layer, at ?? row);
  return names.activation(branches.sourceOf(layer), at ?? column);
}

/** What batchNorm does while training, which is not what is seen here; nothing of other layers. */
export function normCaution(layer: number, { names, words }: Context): readonly string[] {
  return names.branches.typeOf(layer) === 'batchNorm' ? [words.images.batchNorm] : [];
}
