/**
 * Batch normalisation (Ioffe and Szegedy 2015), feature by feature. Value i of a sample is of feature i mod features: in a
 * list each value is a feature, in an image each channel.
 *
 * `moments` (3 · features + 1): μ, then 1/√(σ² + ε), then σ² of each feature, then how many numbers of the batch each of
 * them is of. 0 of them: μ and σ² are the running ones, constants to the gradient.
 */
import type { Numbers } from '../numbers';

/** Numbers of `moments`. */
export const momentsLength = (features: number): number => 3 * features + 1;

/** How many numbers of the batch the moments are of; 0: they are the running ones. */
export const countIn = (moments: Numbers): number => moments[moments.length - 1];

/** Takes μ and σ² (biased) of x (rows, units), which has at least two numbers of each feature. */
export function batchMoments(
  moments: Numbers,
  x: Numbers,
  rows: number,
  units: number,
  features: number,
  epsilon: number,
): void {
  const length = rows * units;
  const count = length / features;
  for (let f = 0; f < features; f++) {
    let sum = 0;
    for (let i = f; i < length; i += features) sum += x[i];
    const mean = sum / count;
    let squares = 0;
    for (let i = f; i < length; i += features) squares += (x[i] - mean) * (x[i] - mean);
    const variance = squares / count;
    moments[f] = mean;
    moments[features + f] = 1 / Math.sqrt(variance + epsilon);
    moments[2 * features + f] = variance;
  }
  moments[3 * features] = count;
}

/** Takes the running μ and σ² (features). */
export function runningMoments(
  moments: Numbers,
  mean: Numbers,
  variance: Numbers,
  features: number,
  epsilon: number,
): void {
  for (let f = 0; f < features; f++) {
    moments[f] = mean[f];
    moments[features + f] = 1 / Math.sqrt(variance[f] + epsilon);
    moments[2 * features + f] = variance[f];
  }
  moments[3 * features] = 0;
}

/** z (rows, units) = γ (x − μ)/√(σ² + ε) + β;  γ, β (features), β or absent */
export function normalise(
  z: Numbers,
  x: Numbers,
  gamma: Numbers,
  beta: Numbers | undefined,
  moments: Numbers,
  rows: number,
  units: number,
  features: number,
): void {
  const length = rows * units;
  for (let f = 0; f < features; f++) {
    const mean = moments[f];
    const inverse = moments[features + f];
    const scale = gamma[f];
    const shift = beta ? beta[f] : 0;
    for (let i = f; i < length; i += features) z[i] = scale * ((x[i] - mean) * inverse) + shift;
  }
}

/**
 * dγ (features) += Σ δ x̂, dβ (features) += Σ δ, and dx (rows, units) = γ/√(σ² + ε) · (δ − mean of δ − x̂ · mean of δ x̂),
 * with `adds` +=. The means are over the numbers that μ and σ² are of: with running ones they are left out.
 */
export function normaliseBackward(
  dx: Numbers | undefined,
  dgamma: Numbers,
  dbeta: Numbers | undefined,
  delta: Numbers,
  x: Numbers,
  gamma: Numbers,
  moments: Numbers,
  rows: number,
  units: number,
  features: number,
  adds: boolean,
): void {
  const length = rows * units;
  const count = countIn(moments);
  for (let f = 0; f < features; f++) {
    const mean = moments[f];
    const inverse = moments[features + f];
    let sum = 0;
    let product = 0;
    for (let i = f; i < length; i += features) {
      sum += delta[i];
      product += delta[i] * ((x[i] - mean) * inverse);
    }
    dgamma[f] += product;
    if (dbeta) dbeta[f] += sum;
    if (!dx) continue;
    const slope = gamma[f] * inverse;
    const shift = count === 0 ? 0 : sum / count;
    const tilt = count === 0 ? 0 : product / count;
    for (let i = f; i < length; i += features) {
      const g = slope * (delta[i] - shift - (x[i] - mean) * inverse * tilt);
      dx[i] = adds ? dx[i] + g : g;
    }
  }
}

/**
 * The running mean and variance (features) follow those of the batch: running ← (1 − momentum) · running + momentum · that
 * of the batch, the variance unbiased. As PyTorch.
 */
export function followMoments(
  mean: Numbers,
  variance: Numbers,
  moments: Numbers,
  features: number,
  momentum: number,
): void {
  const count = countIn(moments);
  if (count === 0) return;
  const unbiased = count / (count - 1);
  for (let f = 0; f < features; f++) {
    mean[f] = (1 - momentum) * mean[f] + momentum * moments[f];
    variance[f] = (1 - momentum) * variance[f] + momentum * (moments[2 * features + f] * unbiased);
  }
}
