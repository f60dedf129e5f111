/** A convolution (cross-correlation) over an image: z = w · window + b at each place, a = f(z). */
import { imageSize } from '../../network/images';
import type { ConvViews } from '../arena';
import type { Kernels } from '../kernels/kernels';

/** x (rows, image)  w (filters, window)  b (filters)  →  z, a (rows, places · filters) */
export function forward(views: ConvViews, kernels: Kernels, rows: number): void {
  const { operation, sources, weights: w, bias: b, weightedInput: z, output: a } = views;
  const { window, units, activation } = operation;
  kernels.correlate(z, sources[0].values, w, b, window, rows);
  kernels.activate(activation, a, z, rows, units);
}

/**
 * dy (rows, places · filters)  →  delta (same)  dw (filters, window) +=  db (filters) +=  dx (rows, image)
 *
 * @param deltaKnown true when the loss has already written delta
 */
export function backward(
  views: ConvViews,
  kernels: Kernels,
  rows: number,
  deltaKnown: boolean,
): void {
  const { operation, sources, weights: w, weightedInput: z, output: a, delta } = views;
  const { outputGradient: dy, weightGradient: dw, biasGradient: db } = views;
  const { window, units, activation } = operation;
  const { values: x, gradient: dx, source } = sources[0];
  if (!deltaKnown) kernels.activateBackward(activation, delta, dy, z, a, rows, units);
  kernels.filterGradient(dw, delta, x, window, rows);
  const { channels } = window.target;
  // A filter has one bias for all places: each place is a row.
  const places = imageSize(window.target) / channels;
  if (db) kernels.biasGradient(db, delta, rows * places, channels);
  if (dx) kernels.imageGradient(dx, delta, w, window, rows, source.addsGradient);
}
