/** The order in which the training samples of an epoch are used. */
import { Random } from '../math/random';

/** For all of them: to make a generator takes longer than to shuffle a few samples. */
const random = new Random(0, 'shuffle');

/**
 * Writes the order of epoch `epoch` (0 = the first) into `out` from `at` on, as sample indices.
 *
 * Depends on seed and epoch alone, so a run can be continued in the middle without replaying it.
 * Batch b of an epoch is `out.subarray(at + b * batchSize, at + (b + 1) * batchSize)`; the last one may be shorter.
 *
 * @param out has room for as many as `training` has
 */
export function epochOrder(
  training: Uint32Array,
  seed: number,
  epoch: number,
  shuffle: boolean,
  out: Uint32Array,
  at = 0,
): void {
  const { length } = training;
  if (out.length - at < length) {
    throw new RangeError(
      `The order of ${length} training samples needs as many places, found ${out.length - at}.`,
    );
  }
  out.set(training, at);
  if (!shuffle) return;
  random.begin(seed, 'shuffle:', String(epoch));
  random.shuffle(out, at, at + length);
}
