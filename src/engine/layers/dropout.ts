/** Inverted dropout: z = x ⊙ factors, a = z; the factors are 0 or 1/(1 − rate) while training, else 1. */
import type { DropoutViews } from '../arena';
import { writeFactors, type TrainingPlace } from '../dropout';
import type { Kernels } from '../kernels/kernels';

/** x, factors, z, a (rows, units). Without a place nothing is dropped. */
export function forward(
  views: DropoutViews,
  kernels: Kernels,
  rows: number,
  place?: TrainingPlace,
): void {
  const { operation, sources, weightedInput: z, output: a, factors } = views;
  const { units, rate, layer } = operation;
  if (place) writeFactors(factors, place, layer, rate, rows, units);
  else factors.fill(1, 0, rows * units);
  kernels.multiply(z, sources[0].values, factors, rows * units, false);
  kernels.activate('linear', a, z, rows, units);
}

/**
 * dy, delta, dx (rows, units): dx = delta ⊙ factors
 *
 * @param deltaKnown true when the loss has already written delta
 */
export function backward(
  views: DropoutViews,
  kernels: Kernels,
  rows: number,
  deltaKnown: boolean,
): void {
  const { operation, sources, weightedInput: z, output: a, delta, outputGradient: dy } = views;
  const { units } = operation;
  const { gradient: dx, source } = sources[0];
  if (!deltaKnown) kernels.activateBackward('linear', delta, dy, z, a, rows, units);
  if (dx) kernels.multiply(dx, delta, views.factors, rows * units, source.addsGradient);
}
