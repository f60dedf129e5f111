/**
 * Loss functions of one sample: the sum over its outputs of each output's share.
 *
 * A loss is either computed from the activation a (any output activation), or fused with one output
 * activation and computed from the weighted input z, where ln a would lose its digits. Reduction over
 * samples and penalty come on top (`reductionFactor`, `penalty.ts`).
 */
import { exp, log1p } from '../math/functions';
import type { Loss, LossName, Reduction } from '../network/network';
import { logSumExp } from './activations';

/** From the activation; `half` concerns the squared error alone. */
interface OutputLoss {
  readonly fusedWith: undefined;
  share(a: number, y: number, half: boolean): number;
  /** ∂share/∂a */
  derivative(a: number, y: number, half: boolean): number;
}

/** From the weighted input; ∂share/∂z is a·Σy − y (softmax) or a − y (sigmoid). */
interface FusedLoss {
  readonly fusedWith: 'sigmoid' | 'softmax';
  /** `normalizer`: ln Σ e^z over the row (softmax), unused with sigmoid. */
  share(z: number, y: number, normalizer: number): number;
}

/** Residuals up to this size are squared, larger ones count linearly (Huber 1964, his k). */
export const HUBER_DELTA = 1;

export const lossFunctions: { readonly [K in LossName]: OutputLoss | FusedLoss } = {
  meanSquaredError: {
    fusedWith: undefined,
    share: (a, y, half) => (half ? 0.5 : 1) * (a - y) * (a - y),
    derivative: (a, y, half) => (half ? 1 : 2) * (a - y),
  },
  /** The derivative at a = y is 0. */
  meanAbsoluteError: {
    fusedWith: undefined,
    share: (a, y) => Math.abs(a - y),
    derivative: (a, y) => Math.sign(a - y),
  },
  huber: {
    fusedWith: undefined,
    share: (a, y) => {
      const r = Math.abs(a - y);
      return r <= HUBER_DELTA ? 0.5 * r * r : HUBER_DELTA * (r - 0.5 * HUBER_DELTA);
    },
    derivative: (a, y) => Math.max(-HUBER_DELTA, Math.min(HUBER_DELTA, a - y)),
  },
  /** −y ln a − (1 − y) ln(1 − a) with a = σ(z). */
  binaryCrossEntropy: {
    fusedWith: 'sigmoid',
    share: (z, y) => Math.max(z, 0) - y * z + log1p(exp(-Math.abs(z))),
  },
  /** −y ln a with a = softmax(z). A target of 0 contributes nothing, however small a is. */
  crossEntropy: {
    fusedWith: 'softmax',
    share: (z, y, normalizer) => (y === 0 ? 0 * z : y * (normalizer - z)),
  },
};

/** The loss of one sample: row of `units` numbers at `start` in z, a and y. */
export function sampleLoss(
  loss: Loss,
  z: ArrayLike<number>,
  a: ArrayLike<number>,
  y: ArrayLike<number>,
  start: number,
  units: number,
): number {
  const rule = lossFunctions[loss.type];
  let sum = 0;
  if (rule.fusedWith === undefined) {
    for (let j = start; j < start + units; j++) sum += rule.share(a[j], y[j], loss.half);
  } else {
    const normalizer = rule.fusedWith === 'softmax' ? logSumExp(z, start, units) : 0;
    for (let j = start; j < start + units; j++) sum += rule.share(z[j], y[j], normalizer);
  }
  return sum;
}

/** Each output's share of the loss of one sample whose numbers stand at 0. */
export function lossShares(
  loss: Loss,
  z: ArrayLike<number>,
  a: ArrayLike<number>,
  y: ArrayLike<number>,
): number[] {
  const rule = lossFunctions[loss.type];
  const normalizer = rule.fusedWith === 'softmax' ? logSumExp(z, 0, y.length) : 0;
  return Array.from({ length: y.length }, (_, j) =>
    rule.fusedWith === undefined
      ? rule.share(a[j], y[j], loss.half)
      : rule.share(z[j], y[j], normalizer),
  );
}

/** ∂share/∂a of a fused loss, which training never needs: −y/a, and for a sigmoid + (1 − y)/(1 − a). */
export function fusedOutputSlope(fusedWith: FusedLoss['fusedWith'], a: number, y: number): number {
  const right = y === 0 ? 0 : -y / a;
  const wrong = fusedWith === 'softmax' || y === 1 ? 0 : (1 - y) / (1 - a);
  return right + wrong;
}

/** ∂C/∂z_j of a fused loss for one row, times `factor`, into `delta`. */
export function fusedDeltaRow(
  delta: { [index: number]: number },
  a: ArrayLike<number>,
  y: ArrayLike<number>,
  factor: number,
  coupled: boolean,
  start: number,
  units: number,
): void {
  let mass = 1;
  if (coupled) {
    mass = 0;
    for (let j = start; j < start + units; j++) mass += y[j];
  }
  for (let j = start; j < start + units; j++) delta[j] = factor * (mass * a[j] - y[j]);
}

/** What the sum over samples is multiplied by. `meanAll`: over samples and outputs. */
export function reductionFactor(reduction: Reduction, samples: number, outputs: number): number {
  if (reduction === 'sum') return 1;
  return 1 / (reduction === 'mean' ? samples : samples * outputs);
}
