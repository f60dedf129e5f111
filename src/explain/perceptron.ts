/** The perceptron rule for a weight or bias of a single layer of steps: what it would change, though the slope is 0. */
import type { ParameterFacts, PerceptronFacts } from '../engine/facts';
import { type Context, total, writtenOut } from './context';
import type { Equation, Expression, PerceptronRule } from './explanation';
import { bigSum, minus, negate, number, product, sum } from './expressions';
import { reductionFactor } from './lossFormulas';
import { changeOf } from './updateFormula';

/** Undefined for every other network. Nothing trains by it. */
export function perceptronRule(
  facts: ParameterFacts,
  parameter: Expression,
  context: Context,
): PerceptronRule | undefined {
  const { perceptron, update, value } = facts;
  if (!perceptron) return undefined;
  // Not −0, where the output is right.
  const moved = 0 - update.learningRate * perceptron.factor * perceptron.sum;
  const step = changeEquation(facts, perceptron, parameter, moved, context);
  const next: Equation = {
    left: parameter,
    becomes: true,
    forms: [sum(parameter, changeOf(parameter)), sum(number(value), number(moved))],
    value: value + moved,
  };
  return {
    words: context.words.perceptron,
    lines: [context.line('part', 'change', step), context.line('update', 'newValue', next)],
  };
}

/** Δw = −η (a − y) x, over a batch with the mean or sum that its loss has. */
function changeEquation(
  facts: ParameterFacts,
  perceptron: PerceptronFacts,
  parameter: Expression,
  value: number,
  context: Context,
): Equation {
  const { names, profile } = context;
  const { loss, sizes, scope, update, samples } = facts;
  const isBatch = scope.type === 'batch';
  const outputs = number(sizes[sizes.length - 1]);
  const { symbols, numbers } = terms(facts, perceptron, context);
  const general = isBatch
    ? [...reductionFactor(loss, names.samples(), outputs), bigSum(profile.names.sample, symbols)]
    : [symbols];
  const factor = isBatch ? reductionFactor(loss, number(samples), outputs) : [];
  return {
    left: changeOf(parameter),
    forms: [
      negate(product(names.learningRate(), ...flat(general))),
      negate(product(number(update.learningRate), ...factor, ...flat([total(numbers)]))),
    ],
    value,
  };
}

/** A product inside a product is one product. */
const flat = (factors: readonly Expression[]): readonly Expression[] =>
  factors.flatMap(factor => (factor.type === 'product' ? factor.factors : [factor]));

/** (a − y) x, of a bias without x: in symbols, and the numbers of the first samples. */
function terms({ target }: ParameterFacts, perceptron: PerceptronFacts, context: Context) {
  const { names } = context;
  const { layer, row } = target;
  const isWeight = target.type === 'weight';
  const off = minus(names.activation(layer, row), names.target(row));
  const source = isWeight ? [names.activation(names.branches.sourceOf(layer), target.column)] : [];
  const { samples, more } = perceptron;
  const values = samples.map(({ output, target: y, source: x }) => (output - y) * x);
  const write = (_: number, index: number): Expression => {
    const { output, target: y, source: x } = samples[index];
    return product(minus(number(output), number(y)), ...(isWeight ? [number(x)] : []));
  };
  return {
    symbols: product(off, ...source),
    numbers: context.sumOf(values, more, writtenOut, write),
  };
}
