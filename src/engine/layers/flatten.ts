/** An image as a list: z = x, a = z. The numbers lie in the same order already. */
import type { FlattenViews } from '../arena';
import type { Kernels } from '../kernels/kernels';

/** x, z, a (rows, units) */
export function forward(views: FlattenViews, kernels: Kernels, rows: number): void {
  const { operation, sources, weightedInput: z, output: a } = views;
  const { units } = operation;
  kernels.activate('linear', z, sources[0].values, rows, units);
  kernels.activate('linear', a, z, rows, units);
}

/**
 * dy, delta, dx (rows, units)
 *
 * @param deltaKnown true when the loss has already written delta
 */
export function backward(
  views: FlattenViews,
  kernels: Kernels,
  rows: number,
  deltaKnown: boolean,
): void {
  const { operation, sources, weightedInput: z, output: a, delta, outputGradient: dy } = views;
  const { units } = operation;
  const { gradient: dx, source } = sources[0];
  if (!deltaKnown) kernels.activateBackward('linear', delta, dy, z, a, rows, units);
  if (dx) kernels.copyColumns(dx, units, 0, delta, units, 0, units, rows, source.addsGradient);
}
