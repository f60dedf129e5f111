/** How good outputs are besides their loss: accuracy where targets are classes, else R². */
import type { Dataset } from '../data/dataset';

/**
 * `argmax`: the largest output names the class. `threshold`: every output lies on its target's side of ½.
 * `none`: the targets are not classes, so there is no accuracy.
 */
export type AccuracyRule = 'argmax' | 'threshold' | 'none';

/** Two or more outputs with one-hot targets: `argmax`; else targets of 0 and 1 only: `threshold`. */
export function accuracyRule(dataset: Dataset): AccuracyRule {
  const { targets, outputSize, samples } = dataset;
  if (samples === 0 || !targets.every(y => y === 0 || y === 1)) return 'none';
  if (outputSize < 2) return 'threshold';
  for (let start = 0; start < targets.length; start += outputSize) {
    let sum = 0;
    for (let j = 0; j < outputSize; j++) sum += targets[start + j];
    if (sum !== 1) return 'threshold';
  }
  return 'argmax';
}

/** Number of right answers among `rows` rows. a, y (rows, outputs). On a tie the first output wins. */
export function countCorrect(
  rule: AccuracyRule,
  a: ArrayLike<number>,
  y: ArrayLike<number>,
  rows: number,
  outputs: number,
): number {
  if (rule === 'none') return NaN;
  let correct = 0;
  for (let start = 0; start < rows * outputs; start += outputs) {
    if (rule === 'argmax') {
      if (y[start + argmax(a, start, outputs)] === 1) correct += 1;
    } else if (onTheRightSide(a, y, start, outputs)) correct += 1;
  }
  return correct;
}

/** Σ(a − y)² of each output over `rows` rows, where there is no accuracy; else undefined. */
export function squaredErrors(
  rule: AccuracyRule,
  a: ArrayLike<number>,
  y: ArrayLike<number>,
  rows: number,
  outputs: number,
): Float64Array | undefined {
  if (rule !== 'none') return undefined;
  const sums = new Float64Array(outputs);
  for (let i = 0; i < rows * outputs; i++) {
    const error = a[i] - y[i];
    sums[i % outputs] += error * error;
  }
  return sums;
}

/** Σ(y − ȳ)² of each output over some samples: exactly 0 where all are equal. */
export function targetSpread({ targets, outputSize }: Dataset, samples: Uint32Array): Float64Array {
  return Float64Array.from({ length: outputSize }, (_, j) => {
    const target = (i: number): number => targets[samples[i] * outputSize + j];
    let mean = 0;
    let sum = 0;
    // Welford's way: two large numbers are never subtracted from one another.
    for (let i = 0; i < samples.length; i++) {
      const before = target(i) - mean;
      mean += before / (i + 1);
      sum += before * (target(i) - mean);
    }
    return sum;
  });
}

/** 1 − squares / spread; NaN where all targets are equal: then nothing is to be explained. */
export const r2Of = (squares: number, spread: number): number =>
  spread > 0 ? 1 - squares / spread : NaN;

/** The mean R² of the outputs that have one; NaN where none has. */
export function meanR2(squares: Float64Array, spreads: Float64Array): number {
  const all = Array.from(squares, (sum, j) => r2Of(sum, spreads[j]));
  const defined = all.filter(each => !Number.isNaN(each));
  return defined.reduce((sum, each) => sum + each, 0) / defined.length;
}

/** Place of the largest of the numbers at `start`; of equal ones the first. */
export function argmax(a: ArrayLike<number>, start: number, outputs: number): number {
  let best = 0;
  for (let j = 1; j < outputs; j++) if (a[start + j] > a[start + best]) best = j;
  return best;
}

function onTheRightSide(
  a: ArrayLike<number>,
  y: ArrayLike<number>,
  start: number,
  outputs: number,
): boolean {
  for (let j = start; j < start + outputs; j++) {
    if (y[j] === 1 ? !(a[j] >= 0.5) : !(a[j] < 0.5)) return false;
  }
  return true;
}
