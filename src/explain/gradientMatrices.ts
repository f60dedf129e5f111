/** A layer's gradients in matrices: every pair of an error term and a source. */
import { derivative, hadamard } from './expressions';
import type { MatrixStep } from './matrixCard';
import { inSymbols, type Matrix } from './matrixEquation';
import { errorsOf, sourceOf, step, weightsOf, type Sampled } from './matrixStep';

/** ∂C/∂W and, where biases stand apart, ∂C/∂b; nothing of a layer without weights. */
export function gradientSteps(sampled: Sampled): readonly MatrixStep[] {
  const { facts, sample, maker } = sampled;
  const { weightGradient, biasGradient } = sample;
  if (!weightGradient) return [];
  const { names, profile } = maker.context;
  const errors = errorsOf(sampled);
  const source = sourceOf(sampled);
  const weights = weightsOf(facts, maker);
  const name = derivative(names.loss(), weights.name);
  const left = { ...weights, name, cells: maker.biasAmong(weightGradient, biasGradient) };
  const pairs = maker.outer(errors, source);
  const steps = [
    step(maker, 'weightGradient', {
      rule: { left: name, forms: [names.signed(inSymbols(pairs))] },
      equation: { left, right: maker.signed(pairs) },
      name: profile.equations.weight,
    }),
  ];
  if (profile.broadcasts) steps.push(broadcastStep(sampled, left, errors, source));
  if (biasGradient && !maker.biasPlace) steps.push(biasStep(sampled, errors, biasGradient));
  return steps;
}

/** ∂C/∂W = (the sources, once a row) ⊙ (the column of error terms). */
function broadcastStep(
  { maker, facts }: Sampled,
  left: Matrix,
  errors: Matrix,
  source: Matrix,
): MatrixStep {
  const { names } = maker.context;
  const z = names.vector('weightedInput', facts.layer);
  const own = derivative(z, names.weightMatrix(facts.layer));
  const values = source.cells.flat();
  const repeated = maker.matrix(
    own,
    left.rows,
    left.columns,
    left.cells.map(() => values),
  );
  return step(maker, 'broadcast', {
    rule: { left: left.name, forms: [hadamard(own, errors.name)] },
    equation: { left, right: { type: 'hadamard', left: repeated, right: errors } },
    notes: ['broadcast'],
  });
}

/** ∂C/∂b = δ */
function biasStep(
  { maker, facts }: Sampled,
  errors: Matrix,
  values: readonly number[],
): MatrixStep {
  const { names, profile } = maker.context;
  const name = derivative(names.loss(), names.vector('bias', facts.layer));
  return step(maker, 'biasGradient', {
    rule: { left: name, forms: [names.signed(errors.name)] },
    equation: {
      left: maker.vector(name, maker.side(facts.units), values),
      right: maker.signed(errors),
    },
    name: profile.equations.bias,
  });
}
