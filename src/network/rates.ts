/** The learning rates of a network: all that may change while it is being trained. */
import { hasParameters } from './layerTypes';
import type { Network, Schedule } from './network';

/** η, what each layer multiplies it by (1 where there is nothing to learn), and how it changes. */
export interface LearningRates {
  readonly rate: number;
  readonly scales: readonly number[];
  /** Absent: as it is. */
  readonly schedule?: Schedule;
}

export function ratesOf({ training, layers }: Network): LearningRates {
  const scales = layers.map(layer => (hasParameters(layer) ? layer.learningRateScale : 1));
  return { rate: training.optimizer.learningRate, scales, schedule: training.schedule };
}

/**
 * The same network with other learning rates.
 *
 * @throws RangeError when there is not one scale for each layer
 */
export function withRates(
  network: Network,
  { rate, scales, schedule = network.training.schedule }: LearningRates,
): Network {
  const { training } = network;
  if (scales.length !== network.layers.length)
    throw new RangeError(
      `rates: expected ${network.layers.length} scales, one a layer, found ${scales.length}.`,
    );
  const layers = network.layers.map((layer, i) =>
    hasParameters(layer) ? { ...layer, learningRateScale: scales[i] } : layer,
  );
  const optimizer = { ...training.optimizer, learningRate: rate };
  return { ...network, layers, training: { ...training, optimizer, schedule } };
}

/**
 * η of a layer's parameters: the network's times the layer's; 0 where there is nothing to learn.
 *
 * @param rate of the epoch, where a schedule changes it
 */
export function rateOf(
  { training, layers }: Network,
  layer: number,
  rate = training.optimizer.learningRate,
): number {
  const rule = layers[layer];
  return rule && hasParameters(rule) ? rate * rule.learningRateScale : 0;
}

/** The end of a text in which the number of a rate, or of a schedule, stands or will. */
const UP_TO_RATE =
  /"(?:learningRate|learningRateScale|every|factor|minimum|warmUp)"\s*:\s*[-+.\deE]*$/;
const NUMBER_PART = /^[-+.\deE\s]*$/;
/** Characters that a key, its colon, blanks and a number may take. */
const LONGEST = 200;

/**
 * Whether two texts differ in nothing but one number of the learning rates, which may be half typed: `0.`, or nothing
 * yet.
 */
export function isRateBeingTyped(before: string, after: string): boolean {
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
    UP_TO_RATE.test(before.slice(Math.max(0, start - LONGEST), start))
  );
}
