/** Activations and losses by their definitions, in the plainest way: what the engine's own are compared with. */
import type { ActivationName, Loss } from '../../src/network/network';

/** 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n + 1)!!: all terms have one sign, so that nothing cancels. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let [sum, term] = [x, x];
  for (let n = 1; n < 200; n++) sum += term *= (2 * x * x) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** f(z), neuron by neuron. */
export const plainActivations: {
  readonly [K in Exclude<ActivationName, 'softmax'>]: (z: number) => number;
} = {
  linear: z => z,
  step: z => (z > 0 ? 1 : 0),
  sigmoid,
  tanh: Math.tanh,
  relu: z => Math.max(0, z),
  leakyRelu: z => (z > 0 ? z : 0.01 * z),
  elu: z => (z > 0 ? z : Math.expm1(z)),
  gelu: z => 0.5 * z * (1 + erf(z / Math.SQRT2)),
  silu: z => z * sigmoid(z),
  softplus: z => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
};

/** Those that are not smooth at 0: elu has no second derivative there. */
export const BENT: ReadonlySet<ActivationName> = new Set(['step', 'relu', 'leakyRelu', 'elu']);

export function plainSoftmax(z: readonly number[]): number[] {
  const most = Math.max(...z);
  const powers = z.map(value => Math.exp(value - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map(power => power / sum);
}

/** The loss of one sample. @param z its weighted inputs @param a its outputs */
export function plainLoss(
  { type, half }: Loss,
  z: readonly number[],
  a: readonly number[],
  y: readonly number[],
): number {
  const sum = (share: (j: number) => number): number =>
    y.reduce((before, _, j) => before + share(j), 0);
  const r = (j: number): number => Math.abs(a[j] - y[j]);
  switch (type) {
    case 'meanSquaredError':
      return (half ? 0.5 : 1) * sum(j => r(j) ** 2);
    case 'meanAbsoluteError':
      return sum(r);
    case 'huber':
      return sum(j => (r(j) <= 1 ? 0.5 * r(j) ** 2 : r(j) - 0.5));
    case 'binaryCrossEntropy':
      // −log a and −log(1 − a) are softplus(−z) and softplus(z).
      return sum(
        j => y[j] * plainActivations.softplus(-z[j]) + (1 - y[j]) * plainActivations.softplus(z[j]),
      );
    case 'crossEntropy': {
      const most = Math.max(...z);
      const log = most + Math.log(z.reduce((all, value) => all + Math.exp(value - most), 0));
      return sum(j => y[j] * (log - z[j]));
    }
  }
}

/** On which sides of its kinks a residual lies, as one number. */
export function lossSide({ type }: Loss, a: number, y: number): number {
  if (type === 'meanAbsoluteError') return Math.sign(a - y);
  return type === 'huber' ? Math.sign(a - y - 1) + 3 * Math.sign(a - y + 1) : 0;
}
