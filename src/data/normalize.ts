/** Brings the inputs to a common scale, with the statistics of the training part alone. */
import type { Normalize } from '../network/network';
import type { Dataset } from './dataset';

type Normalization = NonNullable<Dataset['normalization']>;

/** Of one column over the training part. */
type Statistics = (column: Float64Array) => { offset: number; scale: number };

const STATISTICS: { readonly [K in Exclude<Normalize, 'none'>]: Statistics } = {
  /** Mean 0, standard deviation 1 (dividing by the number of samples). */
  standard: column => {
    const offset = mean(column);
    return { offset, scale: Math.sqrt(mean(column.map(x => (x - offset) * (x - offset)))) };
  },
  /** From 0 to 1. */
  minMax: column => {
    const offset = column.reduce((low, x) => Math.min(low, x), Infinity);
    return { offset, scale: column.reduce((high, x) => Math.max(high, x), -Infinity) - offset };
  },
};

function mean(column: Float64Array): number {
  let sum = 0;
  for (const x of column) sum += x / column.length;
  return sum;
}

/**
 * Offset and scale of every input: x = (raw − offset) / scale. A column that does not vary gets scale 1.
 *
 * @param inputs (samples, inputSize)  @param training at least one sample index
 */
export function normalization(
  kind: Normalize,
  inputs: Float64Array,
  inputSize: number,
  training: Uint32Array,
): Normalization | undefined {
  if (kind === 'none') return undefined;
  const offset = new Float64Array(inputSize);
  const scale = new Float64Array(inputSize);
  const column = new Float64Array(training.length);
  for (let k = 0; k < inputSize; k++) {
    training.forEach((sample, i) => (column[i] = inputs[sample * inputSize + k]));
    const statistics = STATISTICS[kind](column);
    offset[k] = statistics.offset;
    // A mean of equal numbers may miss them by a rounding error: what varies less than that, does not vary.
    const varies = statistics.scale > 1e-12 * Math.abs(statistics.offset);
    scale[k] = varies ? statistics.scale : 1;
  }
  return { offset, scale };
}

/** Applies it in place to rows of raw inputs: (count, inputSize). */
export function applyNormalization(
  inputs: Float64Array,
  { offset, scale }: Normalization,
): Float64Array {
  const size = offset.length;
  for (let i = 0; i < inputs.length; i++) {
    const k = i % size;
    inputs[i] = (inputs[i] - offset[k]) / scale[k];
  }
  return inputs;
}
