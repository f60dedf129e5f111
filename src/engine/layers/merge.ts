/**
 * Layers without parameters that join their sources: `add` z = Σ x, `concat` z = one x behind the other;
 * a = f(z). ∂C/∂x is the part of delta that x has flowed into.
 */
import type { MergeViews } from '../arena';
import type { Kernels } from '../kernels/kernels';

/** x (rows, source.units) of every source  →  z, a (rows, units) */
export function forward(views: MergeViews, kernels: Kernels, rows: number): void {
  const { operation, sources, weightedInput: z, output: a } = views;
  const { type, units, activation } = operation;
  for (let k = 0; k < sources.length; k++) {
    const { source, values: x } = sources[k];
    const { start, units: width } = source;
    kernels.copyColumns(z, units, start, x, width, 0, width, rows, type === 'add' && k > 0);
  }
  kernels.activate(activation, a, z, rows, units);
}

/**
 * dy (rows, units)  →  delta (rows, units)  dx (rows, source.units) of every source
 *
 * @param deltaKnown true when the loss has already written delta
 */
export function backward(
  views: MergeViews,
  kernels: Kernels,
  rows: number,
  deltaKnown: boolean,
): void {
  const { operation, sources, weightedInput: z, output: a, delta, outputGradient: dy } = views;
  const { units, activation } = operation;
  if (!deltaKnown) kernels.activateBackward(activation, delta, dy, z, a, rows, units);
  for (let k = 0; k < sources.length; k++) {
    const { source, gradient: dx } = sources[k];
    const { start, units: width, addsGradient } = source;
    if (dx) kernels.copyColumns(dx, width, 0, delta, units, start, width, rows, addsGradient);
  }
}
