/** How many samples have to be worked on at once: batchNorm sees all of a batch, so that it cannot be cut into tiles. */
import type { Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';

/**
 * Numbers that the layers may give for a whole batch: with gradients some 400 MB of float32. Three samples of the largest
 * network that is read (some ten million values) have room, and with two there is a spread.
 */
const MOST_NUMBERS = 2 ** 25;

/**
 * Samples of a batch where it has to be whole; undefined where tiles will do.
 *
 * @param samples of the training part
 * @throws Error when so many need too much memory
 */
export function wholeBatch(
  { layers, training }: Network,
  { inputSize, layers: shapes }: NetworkShapes,
  samples: number,
): number | undefined {
  if (!layers.some(({ type }) => type === 'batchNorm')) return undefined;
  const { batchSize } = training;
  const rows = Math.max(1, batchSize === 'all' ? samples : Math.min(batchSize, samples));
  const numbers = shapes.reduce((sum, { units }) => sum + units, inputSize);
  const most = Math.floor(MOST_NUMBERS / numbers);
  if (rows <= most) return rows;
  throw new Error(
    `training.batchSize: batchNorm needs the whole batch at once, and ${rows} samples of ${numbers} values are too many; ` +
      `set it to ${most} or less.`,
  );
}
