/** A layer's gradients in matrices: every pair of an error term and a source. */
import { bigSum, derivative, hadamard, symbol } from './expressions';
import type { MatrixStep } from './matrixCard';
import { inSymbols, type Matrix, type MatrixExpression } from './matrixEquation';
import type { MatrixMaker } from './matrixMaker';
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
  const ofPlace = names.signed(inSymbols(pairs));
  const steps = [
    step(maker, 'weightGradient', {
      rule: { left: name, forms: [sample.elsewhere ? bigSum('p', ofPlace) : ofPlace] },
      equation: { left, right: withOthers(sampled, left, maker.signed(pairs)) },
      name: profile.equations.weight,
      notes: sample.elsewhere ? ['onePlace'] : [],
    }),
  ];
  if (profile.broadcasts && !sample.elsewhere)
    steps.push(broadcastStep(sampled, left, errors, source));
  if (biasGradient && !maker.biasPlace) steps.push(biasStep(sampled, errors, biasGradient));
  return steps;
}

/** Of a convolution one place is shown: what all others add is a matrix of its own. */
function withOthers(
  { sample, maker }: Sampled,
  left: Matrix,
  own: MatrixExpression,
): MatrixExpression {
  const { elsewhere } = sample;
  if (!elsewhere) return own;
  const cells = maker.biasAmong(elsewhere.weights, elsewhere.bias);
  return { type: 'sum', terms: [own, { ...left, ...others(maker), cells }] };
}

const others = ({ context: { words } }: MatrixMaker): Pick<Matrix, 'name' | 'words'> => {
  return { name: symbol('⋯'), words: words.images.notes.otherPlaces };
};

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
  { maker, facts, sample }: Sampled,
  errors: Matrix,
  values: readonly number[],
): MatrixStep {
  const { names, profile } = maker.context;
  const name = derivative(names.loss(), names.vector('bias', facts.layer));
  const side = maker.side(facts.units);
  const own = maker.signed(errors);
  const rest = sample.elsewhere?.bias;
  const added: MatrixExpression[] = rest
    ? [{ ...maker.vector(name, side, rest), ...others(maker) }]
    : [];
  const errorsHere = names.signed(errors.name);
  return step(maker, 'biasGradient', {
    rule: { left: name, forms: [rest ? bigSum('p', errorsHere) : errorsHere] },
    equation: {
      left: maker.vector(name, side, values),
      right: rest ? { type: 'sum', terms: [own, ...added] } : own,
    },
    name: profile.equations.bias,
  });
}
