/** The split into training and validation part. */
import { Random } from '../math/random';

export interface Split {
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Draws round(samples × validation) samples for validation, by the seed; the indices of each part stay
 * in the data's order.
 */
export function splitSamples(samples: number, validation: number, seed: number): Split {
  const order = Uint32Array.from({ length: samples }, (_, i) => i);
  const kept = Math.round(samples * validation);
  if (kept > 0) new Random(seed, 'split').shuffle(order);
  return {
    validation: order.slice(0, kept).sort(),
    training: order.slice(kept).sort(),
  };
}
