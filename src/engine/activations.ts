/**
 * Activation functions, each with its derivative beside it.
 *
 * `derivative` takes the weighted input z and the activation a = f(z), because many derivatives are
 * cheapest and most exact in terms of a. Every function passes NaN on: a number that is no longer
 * finite must reach the loss and be seen.
 */
import { erf, exp, expm1, log1p, tanh } from '../math/functions';
import type { ActivationName } from '../network/network';

/** f of one neuron depends on its own z alone. */
export interface ElementActivation {
  value(z: number): number;
  derivative(z: number, a: number): number;
}

/** Softmax couples the neurons of a layer; see {@link softmaxRow}. */
export type ElementActivationName = Exclude<ActivationName, 'softmax'>;

export const LEAKY_SLOPE = 0.01;
const SQRT_HALF = 0.7071067811865476;
const INVERSE_SQRT_TWO_PI = 0.3989422804014327;

/** 1 / (1 + e^−z), from the side on which e does not overflow. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + exp(-z));
  const e = exp(z);
  return e / (1 + e);
}

/** ln(1 + e^z) without overflow. */
export function softplus(z: number): number {
  return z > 0 ? z + log1p(exp(-z)) : log1p(exp(z));
}

/** Φ(z), the distribution function of the standard normal distribution. */
function normalDistribution(z: number): number {
  return 0.5 * (1 + erf(z * SQRT_HALF));
}

export const elementActivations: { readonly [K in ElementActivationName]: ElementActivation } = {
  linear: {
    value: z => z,
    derivative: () => 1,
  },
  /** The perceptron's rule: 1 above the threshold, 0 at and below it. Flat everywhere. */
  step: {
    value: z => (z > 0 ? 1 : z <= 0 ? 0 : z),
    derivative: () => 0,
  },
  sigmoid: {
    value: sigmoid,
    derivative: (_, a) => a * (1 - a),
  },
  tanh: {
    value: tanh,
    derivative: (_, a) => 1 - a * a,
  },
  /** relu′(0) = 0. */
  relu: {
    value: z => (z <= 0 ? 0 : z),
    derivative: z => (z > 0 ? 1 : 0),
  },
  leakyRelu: {
    value: z => (z > 0 ? z : LEAKY_SLOPE * z),
    derivative: z => (z > 0 ? 1 : LEAKY_SLOPE),
  },
  elu: {
    value: z => (z > 0 ? z : expm1(z)),
    derivative: z => (z > 0 ? 1 : exp(z)),
  },
  /** zΦ(z), exact (Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016). */
  gelu: {
    value: z => z * normalDistribution(z),
    derivative: z => normalDistribution(z) + z * INVERSE_SQRT_TWO_PI * exp(-0.5 * z * z),
  },
  silu: {
    value: z => z * sigmoid(z),
    derivative: z => {
      const s = sigmoid(z);
      return s * (1 + z * (1 - s));
    },
  },
  softplus: {
    value: softplus,
    derivative: z => sigmoid(z),
  },
};

/** ln Σ_j e^(z_j) over `units` numbers from `start`, shifted by their maximum so that nothing overflows. */
export function logSumExp(z: ArrayLike<number>, start: number, units: number): number {
  let max = z[start];
  for (let j = 1; j < units; j++) if (z[start + j] > max) max = z[start + j];
  let sum = 0;
  for (let j = 0; j < units; j++) sum += exp(z[start + j] - max);
  // The logarithm of a sum between 1 and `units`.
  return max + log1p(sum - 1);
}

/** a_j = e^(z_j) / Σ_i e^(z_i) for one row of `units` numbers. */
export function softmaxRow(
  a: { [index: number]: number },
  z: ArrayLike<number>,
  start: number,
  units: number,
): void {
  let max = z[start];
  for (let j = 1; j < units; j++) if (z[start + j] > max) max = z[start + j];
  let sum = 0;
  for (let j = 0; j < units; j++) sum += exp(z[start + j] - max);
  for (let j = 0; j < units; j++) a[start + j] = exp(z[start + j] - max) / sum;
}

/** δ_j = a_j (dy_j − Σ_i a_i dy_i): the softmax Jacobian applied to one row. */
export function softmaxBackwardRow(
  delta: { [index: number]: number },
  dy: ArrayLike<number>,
  a: ArrayLike<number>,
  start: number,
  units: number,
): void {
  let sum = 0;
  for (let j = 0; j < units; j++) sum += a[start + j] * dy[start + j];
  for (let j = 0; j < units; j++) delta[start + j] = a[start + j] * (dy[start + j] - sum);
}
