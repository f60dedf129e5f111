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
