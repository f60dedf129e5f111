/** Gradients over all samples in matrices: the accumulated sum, its reduction, and the penalty, each with its numbers. */
import type { Accumulated, BatchMatrices, LayerMatrices } from '../engine/matrixFacts';
import { total } from './context';
import type { Expression } from './explanation';
import { bigSum, derivative, number, primed, product, sum } from './expressions';
import {
  hasPenalty,
  penaltyNumbers,
  penaltySlopeTerms,
  penaltySymbols,
  reductionFactor,
} from './lossFormulas';
import type { MatrixSection, MatrixStep } from './matrixCard';
import type { Matrix, MatrixExpression } from './matrixEquation';
import type { MatrixMaker } from './matrixMaker';
import { step, weightsOf } from './matrixStep';
import type { MatrixNote, MatrixRole } from './words';

/** Parameters of one kind: their matrix, and the numbers of their gradients in its shape. */
interface Parameters {
  readonly values: Matrix;
  readonly like: (name: Expression, of: keyof Accumulated<unknown>) => Matrix;
  readonly penalised: boolean;
  readonly roles: readonly [gradient: MatrixRole, penalty: MatrixRole];
}

/** The gradients of the weights and of the biases; nothing of a layer without them. */
export function batchSection(
  facts: LayerMatrices,
  batch: BatchMatrices,
  maker: MatrixMaker,
): readonly MatrixSection[] {
  const kinds = [weightsIn(facts, batch, maker), biasesIn(facts, batch, maker)];
  const steps = kinds.flatMap(kind => (kind ? stepsOf(kind, facts, maker) : []));
  return steps.length === 0 ? [] : [{ title: maker.context.words.matrices.sections.batch, steps }];
}

function weightsIn(
  facts: LayerMatrices,
  { weights, bias }: BatchMatrices,
  maker: MatrixMaker,
): Parameters | undefined {
  if (!weights) return undefined;
  const values = weightsOf(facts, maker);
  return {
    values,
    like: (name, of) => ({
      ...values,
      name,
      cells: maker.biasAmong(weights[of], bias?.[of]),
    }),
    penalised: true,
    roles: ['weightGradient', 'weightPenalty'],
  };
}

function biasesIn(
  { layer, units, bias: own, regularization }: LayerMatrices,
  { bias }: BatchMatrices,
  maker: MatrixMaker,
): Parameters | undefined {
  if (!bias || !own || maker.biasPlace) return undefined;
  const vector = (name: Expression, numbers: readonly number[]): Matrix =>
    maker.vector(name, maker.side(units), numbers);
  return {
    values: vector(maker.context.names.vector('bias', layer), own),
    like: (name, of) => vector(name, bias[of]),
    penalised: regularization.bias,
    roles: ['biasGradient', 'biasPenalty'],
  };
}

function stepsOf(of: Parameters, facts: LayerMatrices, maker: MatrixMaker): readonly MatrixStep[] {
  const isPenalised = of.penalised && hasPenalty(facts.regularization);
  const gradient = gradientStep(of, facts, maker, isPenalised);
  return isPenalised ? [gradient, penaltyStep(of, facts, maker)] : [gradient];
}

/** ∂L/∂W = 1/n Σ ∂C/∂W + ∂Ω/∂W */
function gradientStep(
  { values, like, roles }: Parameters,
  { loss, sizes, samples }: LayerMatrices,
  maker: MatrixMaker,
  isPenalised: boolean,
): MatrixStep {
  const { names, profile } = maker.context;
  const outputs = number(sizes[sizes.length - 1]);
  const own = bigSum(profile.names.sample, derivative(names.sampleLoss(), values.name));
  const added = derivative(names.penalty(), values.name);
  const left = derivative(names.loss(), values.name);
  const accumulated = like(own, 'sum');
  const [factor] = reductionFactor(loss, number(samples), outputs);
  const data: MatrixExpression = factor
    ? { type: 'scale', by: factor, operand: accumulated }
    : accumulated;
  const symbols = product(...reductionFactor(loss, names.samples(), outputs), own);
  return step(maker, roles[0], {
    rule: { left, forms: [isPenalised ? sum(symbols, added) : symbols] },
    equation: {
      left: like(left, 'gradient'),
      right: isPenalised ? { type: 'sum', terms: [data, like(added, 'penalty')] } : data,
    },
    notes: ['accumulated'],
  });
}

/** ∂Ω/∂W = λ/n·W + λ₁/(2n)·sign(W) */
function penaltyStep(
  { values, like, roles }: Parameters,
  { regularization, samples }: LayerMatrices,
  maker: MatrixMaker,
): MatrixStep {
  const { names } = maker.context;
  const left = derivative(names.penalty(), values.name);
  const inNumbers = penaltyNumbers(regularization, samples);
  const isFree = (column: number): boolean =>
    !regularization.bias && maker.isBiasColumn(column, values.columns);
  const notes: readonly MatrixNote[] =
    maker.biasPlace && !regularization.bias ? ['biasNotPenalised'] : [];
  const symbols = penaltySlopeTerms(regularization, penaltySymbols(names.samples()), values.name);
  return step(maker, roles[1], {
    rule: { left, forms: [total(symbols)] },
    equation: {
      left: like(left, 'penalty'),
      right: {
        type: 'elementwise',
        name: primed(names.penalty()),
        operands: [values],
        write: ([value], _row, column) =>
          isFree(column)
            ? number(0)
            : total(penaltySlopeTerms(regularization, inNumbers, number(value))),
      },
    },
    notes,
  });
}
