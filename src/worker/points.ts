/** The data in their own units, as a person types and reads them. */
import type { Dataset } from '../data/dataset';
import { inputRange, inputsOf } from '../data/inputs';
import { checkSample } from '../engine/inspect/context';
import { spread } from '../engine/spread';
import type { DataPoints, DataRange, PointsRequest } from '../protocol';

/** Digits of a number that was normalised and is brought back: the rest is rounding error. */
const DIGITS = 12;
/** The range of inputs that no data tell of. */
const [LEAST, MOST] = [-1, 1];

/** Names of inputs and outputs, and the range of each input over the training part. */
export function dataRange(dataset: Dataset): DataRange {
  const { inputSize, inputNames, targetNames, classNames, training } = dataset;
  const names = { inputNames, outputNames: targetNames, classNames };
  if (training.length === 0) {
    const all = (value: number): number[] => new Array<number>(inputSize).fill(value);
    return { ...names, least: all(LEAST), most: all(MOST) };
  }
  // Every scale is positive, so the least of what the network sees is the least of the raw numbers.
  const { least, most } = inputRange(dataset, training);
  const raw = (values: Float64Array): number[] =>
    Array.from(values, (x, k) => rawInput(dataset, x, k));
  return { ...names, least: raw(least), most: raw(most) };
}

/**
 * One sample, or up to `most` of them, evenly chosen.
 *
 * @throws RangeError when there is no such sample
 */
export function dataPoints(dataset: Dataset, request: PointsRequest): DataPoints {
  const { samples: total, inputSize, outputSize, targets } = dataset;
  const chosen = chosenSamples(dataset, request);
  const width = 1 + inputSize + outputSize;
  const validation = new Set(dataset.validation);
  const values = new Float64Array(chosen.length * width);
  chosen.forEach((sample, i) => {
    const start = i * width;
    values[start] = Number(validation.has(sample));
    const x = inputsOf(dataset, sample);
    for (let k = 0; k < inputSize; k++) values[start + 1 + k] = rawInput(dataset, x[k], k);
    const y = targets.subarray(sample * outputSize, (sample + 1) * outputSize);
    values.set(y, start + 1 + inputSize);
  });
  return { total, shown: chosen.length, values };
}

function chosenSamples(dataset: Dataset, request: PointsRequest): Uint32Array {
  if (!('sample' in request)) return spread(dataset.samples, request.most);
  checkSample(dataset, request.sample);
  return Uint32Array.of(request.sample);
}

/** Input k in the units of the data; `x`: as the network sees it. */
function rawInput({ normalization }: Dataset, x: number, k: number): number {
  if (!normalization) return x;
  return Number((x * normalization.scale[k] + normalization.offset[k]).toPrecision(DIGITS));
}
