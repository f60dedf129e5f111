/** A training whose numbers overflowed, in words. */
import type { Divergence } from '../engine/trainer';
import { formatPath } from '../network/network';

/**
 * What overflowed, where, and what to do about it. At step 0 it may be the first update that
 * overflowed: it is undone and not counted.
 *
 * @param startedFinite whether the loss was finite before any update
 */
export function divergenceText(
  { layer, row, quantity, value, ...at }: Divergence,
  startedFinite: boolean,
): string {
  const neuron = row < 0 ? '' : `neuron ${row + 1} of `;
  const place = layer < 0 ? 'the loss' : `${quantity} of ${neuron}${formatPath(['layers', layer])}`;
  if (!startedFinite || (at.step === 0 && quantity === 'gradient')) {
    return `the network cannot be trained as it is: ${place} is ${value} before any update, so the learning rate is not to blame. Nothing was written; look for very large numbers in the data (data.normalize brings them to a common scale) and in the initial weights.`;
  }
  return `training diverged in epoch ${at.epoch + 1}, batch ${at.batch + 1}: ${place} became ${value} with learning rate ${at.learningRate}. Nothing was written; choose a smaller learning rate.`;
}
