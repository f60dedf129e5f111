/** The largest value, or the mean, of each window: z = pool(x), a = z. */
import type { PoolViews } from '../arena';
import type { Kernels } from '../kernels/kernels';

/** x (rows, image)  →  z, a (rows, places · channels) */
export function forward(views: PoolViews, kernels: Kernels, rows: number): void {
  const { operation, sources, weightedInput: z, output: a } = views;
  const { type, window, units } = operation;
  kernels.pool(type, z, sources[0].values, window, rows);
  kernels.activate('linear', a, z, rows, units);
}

/**
 * dy (rows, places · channels)  →  delta (same)  dx (rows, image): of a maximum to the value that was it, of a mean
 * the same share to each value of the window
 *
 * @param deltaKnown true when the loss has already written delta
 */
export function backward(
  views: PoolViews,
  kernels: Kernels,
  rows: number,
  deltaKnown: boolean,
): void {
  const { operation, sources, weightedInput: z, output: a, delta, outputGradient: dy } = views;
  const { type, window, units } = operation;
  const { values: x, gradient: dx, source } = sources[0];
  if (!deltaKnown) kernels.activateBackward('linear', delta, dy, z, a, rows, units);
  if (dx) kernels.poolGradient(type, dx, delta, x, window, rows, source.addsGradient);
}
