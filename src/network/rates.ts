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
