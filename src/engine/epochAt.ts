/** How far a training has come. */
import type { Trainer } from './trainer';

/** Completed epochs, and the part of the one under way. */
export function epochAt({ network, dataset, epoch, batch }: Trainer): number {
  const { batchSize } = network.training;
  const { length } = dataset.training;
  const batches = batchSize === 'all' ? 1 : Math.ceil(length / batchSize);
  return epoch + batch / Math.max(1, batches);
}
