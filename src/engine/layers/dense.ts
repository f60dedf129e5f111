/** A fully connected layer: z = x wᵀ + b, a = f(z). */
import type { DenseViews } from '../arena';
import type { Kernels } from '../kernels/kernels';

/** x (rows, inputs)  w (units, inputs)  b (units)  →  z, a (rows, units) */
export function forward(views: DenseViews, kernels: Kernels, rows: number): void {
  const { operation, sources, weights: w, bias: b, weightedInput: z, output: a } = views;
  const { inputs, units, activation } = operation;
  kernels.affine(z, sources[0].values, w, b, rows, inputs, units);
  kernels.activate(activation, a, z, rows, units);
}

/**
 * dy (rows, units)  →  delta (rows, units)  dw (units, inputs) +=  db (units) +=  dx (rows, inputs)
 *
 * @param deltaKnown true when the loss has already written delta
 */
export function backward(
  views: DenseViews,
  kernels: Kernels,
  rows: number,
  deltaKnown: boolean,
): void {
  const { operation, sources, weights: w, weightedInput: z, output: a, delta } = views;
  const { outputGradient: dy, weightGradient: dw, biasGradient: db } = views;
  const { inputs, units, activation } = operation;
  const { values: x, gradient: dx, source } = sources[0];
  if (!deltaKnown) kernels.activateBackward(activation, delta, dy, z, a, rows, units);
  kernels.weightGradient(dw, delta, x, rows, inputs, units);
  if (db) kernels.biasGradient(db, delta, rows, units);
  if (dx) kernels.inputGradient(dx, delta, w, rows, inputs, units, source.addsGradient);
}
