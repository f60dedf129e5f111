/** Accuracy: what counts as a right answer follows from the targets. */
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
