/** The settings of a training that may change while it goes on: how it steps, and when it ends. */
import type { Network, Regularization, Training } from './network';
import { ratesOf, withRates } from './rates';

/** Data, structure, loss and arithmetic stay. */
export interface Tuning extends Pick<
  Training,
  'optimizer' | 'schedule' | 'batchSize' | 'clip' | 'epochs' | 'stop'
> {
  /** What each layer multiplies the learning rate by; 1 where there is nothing to learn. */
  readonly scales: readonly number[];
  readonly regularization: Regularization;
}

export function tuningOf(network: Network): Tuning {
  const { optimizer, schedule, batchSize, clip, epochs, stop } = network.training;
  const { scales } = ratesOf(network);
  const { regularization } = network;
  return { optimizer, schedule, batchSize, clip, epochs, stop, scales, regularization };
}

/**
 * The same network with other settings.
 *
 * @throws RangeError when there is not one scale for each layer
 */
export function withTuning(network: Network, tuning: Tuning): Network {
  const { scales, regularization, ...settings } = tuning;
  const { learningRate: rate } = settings.optimizer;
  const scaled = withRates(network, { rate, scales });
  return { ...scaled, regularization, training: { ...scaled.training, ...settings } };
}

const KEYS = [
  ...['learningRate', 'learningRateScale', 'momentum', 'decay', 'beta1', 'beta2', 'epsilon'],
  ...['weightDecay', 'every', 'factor', 'minimum', 'warmUp', 'batchSize', 'norm', 'value'],
  ...['epochs', 'targetLoss', 'patience', 'maxSeconds', 'l1', 'l2'],
];
/** The end of a text in which the number of such a setting stands or will. */
const UP_TO_NUMBER = new RegExp(`"(?:${KEYS.join('|')})"\\s*:\\s*[-+.\\deE]*$`);
const NUMBER_PART = /^[-+.\deE\s]*$/;
/** Characters that a key, its colon, blanks and a number may take. */
const LONGEST = 200;

/**
 * Whether two texts differ in nothing but one number of these settings, which may be half typed: `0.`, or nothing
 * yet.
 */
export function isTuningBeingTyped(before: string, after: string): boolean {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let [end, endAfter] = [before.length, after.length];
  while (Math.min(end, endAfter) > start) {
    if (before.charCodeAt(end - 1) !== after.charCodeAt(endAfter - 1)) break;
    end -= 1;
    endAfter -= 1;
  }
  const removed = before.slice(start, end);
  const typed = after.slice(start, endAfter);
  return (
    NUMBER_PART.test(removed) &&
    NUMBER_PART.test(typed) &&
    UP_TO_NUMBER.test(before.slice(Math.max(0, start - LONGEST), start))
  );
}
