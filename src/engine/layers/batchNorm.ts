/** Batch normalisation: z = γ (x − μ)/√(σ² + ε) + β, a = f(z), by the batch while training, else by running statistics. */
import type { BatchNormViews } from '../arena';
import type { TrainingPlace } from '../dropout';
import type { Kernels } from '../kernels/kernels';

/**
 * x, z, a (rows, units)  γ, β, mean, variance (features)
 *
 * A single number of a feature has no variance: also in a training it is normalised by the running statistics.
 *
 * @param place given while training: then the rows are all of the batch
 */
export function forward(
  views: BatchNormViews,
  kernels: Kernels,
  rows: number,
  place?: TrainingPlace,
): void {
  const { operation, sources, weights, bias, moments, weightedInput: z, output: a } = views;
  const { units, features, epsilon, activation } = operation;
  const x = sources[0].values;
  if (place && rows * units > features)
    kernels.batchMoments(moments, x, rows, units, features, epsilon);
  else kernels.runningMoments(moments, views.mean, views.variance, features, epsilon);
  kernels.normalise(z, x, weights, bias, moments, rows, units, features);
  kernels.activate(activation, a, z, rows, units);
}

/**
 * dy (rows, units)  →  delta (rows, units)  dγ, dβ (features) +=  dx (rows, units), also through μ and σ² of the batch
 *
 * @param deltaKnown true when the loss has already written delta
 */
export function backward(
  views: BatchNormViews,
  kernels: Kernels,
  rows: number,
  deltaKnown: boolean,
): void {
  const { operation, sources, weights, moments, delta } = views;
  const { weightedInput: z, output: a, outputGradient: dy } = views;
  const { units, features, activation } = operation;
  const [{ values: x, gradient: dx, source }] = sources;
  if (!deltaKnown) kernels.activateBackward(activation, delta, dy, z, a, rows, units);
  const [dgamma, dbeta] = [views.weightGradient, views.biasGradient];
  kernels.normaliseBackward(
    ...([dx, dgamma, dbeta, delta, x, weights, moments] as const),
    ...([rows, units, features, source.addsGradient] as const),
  );
}
