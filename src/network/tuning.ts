/** The settings of a training that may change while it goes on: how it steps, and when it ends. */
import type { Network } from './network';
import { ratesOf, withRates } from './rates';

/**
 * The same network, trained as another says: optimizer, learning rates, schedule, batch size, clipping, penalty and the
 * end of the training. Data, structure, loss and arithmetic stay.
 *
 * @throws RangeError when they have different numbers of layers
 */
export function withTuning(network: Network, other: Network): Network {
  const { optimizer, schedule, batchSize, clip, epochs, stop } = other.training;
  const { training } = withRates(network, ratesOf(other));
  return {
    ...withRates(network, ratesOf(other)),
    regularization: other.regularization,
    training: { ...training, optimizer, schedule, batchSize, clip, epochs, stop },
  };
}
