/** Brings the inputs to a common scale, with the statistics of the training part alone. */
import type { Normalize } from '../network/network';
import type { Dataset } from './dataset';
import type { Inputs } from './inputs';
import { STEP_SIZE } from './steps';
import type { Steps } from './steps';
import type { RawInputs } from './table';

export type Normalization = NonNullable<Dataset['normalization']>;

/** The training part, of which all columns are summed up together: in the order of its rows, each read once. */
interface Rows {
  readonly values: RawInputs['values'];
  readonly inputSize: number;
  readonly training: Uint32Array;
}

type Statistics = (rows: Rows) => Steps<Normalization>;

const STATISTICS: { readonly [K in Exclude<Normalize, 'none'>]: Statistics } = {
  /** Mean 0, standard deviation 1 (dividing by the number of samples). */
  standard: function* (rows) {
    const { values } = rows;
    const samples = rows.training.length;
    const offset = yield* overRows(rows, 0, (sum, row) => {
      for (let k = 0; k < sum.length; k++) sum[k] += values[row + k] / samples;
    });
    const variance = yield* overRows(rows, 0, (sum, row) => {
      for (let k = 0; k < sum.length; k++) {
        const difference = values[row + k] - offset[k];
        sum[k] += (difference * difference) / samples;
      }
    });
    return { offset, scale: variance.map(Math.sqrt) };
  },
  /** From 0 to 1. */
  minMax: function* (rows) {
    const { values } = rows;
    const offset = yield* overRows(rows, Infinity, (least, row) => {
      for (let k = 0; k < least.length; k++) least[k] = Math.min(least[k], values[row + k]);
    });
    const most = yield* overRows(rows, -Infinity, (high, row) => {
      for (let k = 0; k < high.length; k++) high[k] = Math.max(high[k], values[row + k]);
    });
    return { offset, scale: most.map((high, k) => high - offset[k]) };
  },
};

/** (inputSize): what `add` makes of each column, with the rows that begin at `row`, from the first sample to the last. */
function* overRows(
  { inputSize, training }: Rows,
  start: number,
  add: (found: Float64Array, row: number) => void,
): Steps<Float64Array> {
  const found = new Float64Array(inputSize).fill(start);
  const samplesAtOnce = Math.ceil(STEP_SIZE / inputSize);
  for (let i = 0; i < training.length; i++) {
    add(found, training[i] * inputSize);
    if (i % samplesAtOnce === samplesAtOnce - 1) yield i / training.length;
  }
  return found;
}

/**
 * Offset and scale of every input, in the units that the inputs are held in: x = (held − offset) / scale. A column that
 * does not vary gets the scale that leaves it in the units of the data.
 *
 * Bytes are taken as the numbers they are, in the order of numbers: where a byte stands for itself, every bit is that
 * of the same numbers in float64. Where it stands for a part (of a picture's 255), results may differ in the last bits
 * from what numbers that were divided first would give, because they are divided once instead of twice.
 *
 * @param training at least one sample index
 */
export function* normalization(
  kind: Normalize,
  inputs: RawInputs,
  inputSize: number,
  training: Uint32Array,
): Steps<Normalization | undefined> {
  if (kind === 'none') return undefined;
  const rows = { values: inputs.values, inputSize, training };
  const { offset, scale } = yield* STATISTICS[kind](rows);
  // A mean of equal numbers may miss them by a rounding error: what varies less than that, does not vary.
  const varies = (k: number): boolean => scale[k] > 1e-12 * Math.abs(offset[k]);
  return { offset, scale: scale.map((value, k) => (varies(k) ? value : unitOf(inputs))) };
}

/** The same of other data, by the statistics of those that a network is trained with. */
export function normalizationLike(
  { inputs, normalization: own }: Dataset,
  raw: RawInputs,
): Normalization | undefined {
  if (!own || raw.type === 'numbers') return own;
  // Both as bytes: the same bits.
  if (inputs.type === 'bytes') return { offset: inputs.offset, scale: inputs.scale };
  const held = (numbers: Float64Array): Float64Array => numbers.map(number => number * raw.unit);
  return { offset: held(own.offset), scale: held(own.scale) };
}

const unitOf = (inputs: RawInputs): number => (inputs.type === 'bytes' ? inputs.unit : 1);

/**
 * Inputs as the network sees them: numbers are changed in place, bytes stay and are read through offset and scale.
 *
 * @param held as {@link normalization} gives it
 */
export function normalizedInputs(
  raw: RawInputs,
  inputSize: number,
  held: Normalization | undefined,
): Pick<Dataset, 'inputs' | 'normalization'> {
  if (raw.type === 'numbers') {
    const values = held ? applyNormalization(raw.values, held) : raw.values;
    return { inputs: { type: 'numbers', values }, normalization: held };
  }
  const { values, unit } = raw;
  const offset = held?.offset ?? new Float64Array(inputSize);
  const scale = held?.scale ?? new Float64Array(inputSize).fill(unit);
  const inputs: Inputs = { type: 'bytes', values, offset, scale };
  const inUnits = (numbers: Float64Array): Float64Array => numbers.map(number => number / unit);
  return { inputs, normalization: held && { offset: inUnits(offset), scale: inUnits(scale) } };
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
