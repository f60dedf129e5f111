/** What every rule of a layer in matrices is made with. */
import type { LayerMatrices, SampleMatrices } from '../engine/matrixFacts';
import type { MatrixStep } from './matrixCard';
import type { Matrix } from './matrixEquation';
import type { MatrixMaker } from './matrixMaker';
import type { MatrixNote, MatrixRole } from './words';

/** One sample of one layer, and what its matrices are made with. */
export interface Sampled {
  readonly facts: LayerMatrices;
  readonly sample: SampleMatrices;
  readonly maker: MatrixMaker;
}

/** A step with its words. */
export function step(
  { context: { words } }: MatrixMaker,
  role: MatrixRole,
  content: Pick<MatrixStep, 'rule' | 'equation'> & {
    readonly notes?: readonly MatrixNote[];
    readonly name?: string;
  },
): MatrixStep {
  const { rule, equation, name } = content;
  return {
    role,
    label: words.matrices.steps[role],
    rule,
    equation,
    ...(name ? { name } : {}),
    notes: (content.notes ?? []).map(note => words.matrices.notes[note]),
  };
}

/** The weights with their bias where that is a column of them. */
export function weightsOf(
  { weights, bias, layer, units, inputs }: LayerMatrices,
  maker: MatrixMaker,
): Matrix {
  const { names } = maker.context;
  const own = inputs ? maker.side(inputs) : maker.side(units);
  const cells = maker.biasAmong(weights ?? [], bias);
  return maker.matrix(names.weightMatrix(layer), maker.side(units), maker.withUnit(own), cells);
}

/** The activations of a layer's source, with the unit 1 where biases are a column. */
export function sourceOf({ sample, maker }: Sampled): Matrix {
  const [{ units, activation }] = sample.sources;
  const name = maker.context.names.vector('activation', units.layer);
  return maker.vector(name, maker.withUnit(maker.side(units)), maker.unitAmong(activation));
}

/** The layer's weighted inputs; without numbers of the input, which has none. */
export function weightedInputsOf({ facts, sample, maker }: Sampled): Matrix {
  const name = maker.context.names.vector('weightedInput', facts.layer);
  return maker.vector(name, maker.side(facts.units), sample.weightedInput ?? []);
}

/** The layer's error terms, in the sign that goes with δ. */
export function errorsOf({ facts, sample, maker }: Sampled): Matrix {
  const name = maker.context.names.vector('error', facts.layer);
  return maker.vector(name, maker.side(facts.units), maker.inSign(sample.delta ?? []));
}
