import { many } from '../network/judge';
import type { VerdictWords } from './words';

const epochs = (count: number): string => (count === 1 ? '1 epoch' : `${count} epochs`);
const after = (count: number): string => (count > 0 ? ` after ${epochs(count)}` : '');

/** English. */
export const verdictEnglish: VerdictWords = {
  passed: 'pass',
  failed: 'FAIL',
  skipped: 'skip',
  outputsWithin: (count, tolerance, most) =>
    `${count === 1 ? '1 output' : `${count} outputs`} within ± ${tolerance} (off by at most ${most})`,
  outputOff: (place, found, expected, off) =>
    `${place} = ${found}, expected ${expected}${off === undefined ? '' : ` (off by ${off})`}`,
  diverged: (count, atMost) =>
    `the training diverged${after(count)}, expected a loss of at most ${atMost}`,
  loss: (loss, count) => `loss = ${loss}${after(count)}`,
  lossWithin: (loss, atMost) => `${loss}, at most ${atMost}`,
  lossBeyond: (loss, atMost) => `${loss}, expected at most ${atMost}`,
  gradientsAgree: checked => `${checked} of ${checked} gradients agree with their differences`,
  worst: (error, place) => `, worst relative error ${error} at ${place}`,
  gradientsDiffer: (wrong, checked) =>
    `${wrong} of ${checked} gradients do not agree with their differences: `,
  gradientDiffers: (place, analytic, numeric, error) =>
    `${place} = ${analytic}, its difference ${numeric} (error ${error})`,
  more: count => `and ${count} more`,
  between: '; ',
  needsData: 'this needs data, and the network has none: add "data" to the file',
  inputSize: (found, expected) =>
    `input has ${many(found, 'number')}, expected the ${expected} that the network takes`,
  outputSize: (found, expected) =>
    `output has ${many(found, 'number')}, expected the ${expected} that the network gives`,
  lossLabel: (atMost, count) => `loss ≤ ${atMost}${after(count)}`,
  tally: (passed, failed, skipped) =>
    `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
};
