/** The order in which the training samples of an epoch are used. */
import { Random } from '../math/random';

/**
 * Writes the order of epoch `epoch` (0 = the first) into `out`, as sample indices.
 *
 * Depends on seed and epoch alone, so a run can be continued in the middle without replaying it.
 * Batch b of an epoch is `out.subarray(b * batchSize, (b + 1) * batchSize)`; the last one may be shorter.
 *
 * @param out as long as `training`
 */
export function epochOrder(
  training: Uint32Array,
  seed: number,
  epoch: number,
  shuffle: boolean,
  out: Uint32Array,
): void {
  if (out.length !== training.length) {
    throw new RangeError(
      `The order of ${training.length} training samples needs as many places, found ${out.length}.`,
    );
  }
  out.set(training);
  if (shuffle) new Random(seed, `shuffle:${epoch}`).shuffle(out);
}
