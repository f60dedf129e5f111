/** The inputs of all samples, as they are held: numbers, or the bytes that they were read as. */

/**
 * One of two stores, row by row.
 *
 * - `numbers`: (samples, inputSize), normalised already
 * - `bytes`: (samples, inputSize) as read, an eighth of the memory; x = (byte − offset[k]) / scale[k], by column,
 *   computed in float64 when a sample is asked for. All of them are never numbers at once.
 */
export type Inputs =
  | { readonly type: 'numbers'; readonly values: Float64Array }
  | {
      readonly type: 'bytes';
      readonly values: Uint8Array;
      /** (inputSize) */
      readonly offset: Float64Array;
      /** (inputSize), never 0 */
      readonly scale: Float64Array;
    };

/** What of a data set tells its inputs. */
export interface InputRows {
  readonly inputSize: number;
  readonly inputs: Inputs;
}

/** Writes the inputs of one sample, as the network sees them, to `into[at]` and behind. Allocates nothing. */
export function copyInputs(
  { inputs, inputSize }: InputRows,
  sample: number,
  into: { [index: number]: number },
  at: number,
): void {
  const start = sample * inputSize;
  const { values } = inputs;
  if (inputs.type === 'numbers') {
    for (let k = 0; k < inputSize; k++) into[at + k] = values[start + k];
    return;
  }
  const { offset, scale } = inputs;
  for (let k = 0; k < inputSize; k++) into[at + k] = (values[start + k] - offset[k]) / scale[k];
}

/** The inputs of `count` samples from `start` on, as the network sees them: (count, inputSize). */
export function inputsOf(rows: InputRows, start: number, count = 1): Float64Array {
  const copy = new Float64Array(count * rows.inputSize);
  for (let i = 0; i < count; i++) copyInputs(rows, start + i, copy, i * rows.inputSize);
  return copy;
}

/** Input k of one sample, as the network sees it. */
export function inputAt({ inputs, inputSize }: InputRows, sample: number, k: number): number {
  const value = inputs.values[sample * inputSize + k];
  return inputs.type === 'numbers' ? value : (value - inputs.offset[k]) / inputs.scale[k];
}

/** The least and the most of each input over `samples`, as the network sees them: ±∞ where there is no sample. */
export function inputRange(
  { inputs, inputSize }: InputRows,
  samples: Uint32Array,
): { readonly least: Float64Array; readonly most: Float64Array } {
  const least = new Float64Array(inputSize).fill(Infinity);
  const most = new Float64Array(inputSize).fill(-Infinity);
  const { values } = inputs;
  for (const sample of samples)
    for (let k = 0; k < inputSize; k++) {
      const value = values[sample * inputSize + k];
      if (value < least[k]) least[k] = value;
      if (value > most[k]) most[k] = value;
    }
  if (inputs.type === 'numbers') return { least, most };
  // Every scale is positive, so the order of the bytes is that of the inputs.
  const { offset, scale } = inputs;
  const seen = (byte: number, k: number): number => (byte - offset[k]) / scale[k];
  return { least: least.map(seen), most: most.map(seen) };
}
