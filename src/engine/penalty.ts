/**
 * The penalty: s · (l2 Σw² + l1 Σ|w|), part of the displayed loss and of every gradient of it.
 *
 * Biases count only with `regularization.bias`. The m of λ/2m is the number of samples of the batch
 * that is stepped on, or of the training part where a loss is displayed.
 */
import type { PenaltyScale, Regularization } from '../network/network';

const scales: { readonly [K in PenaltyScale]: (samples: number) => number } = {
  'lambda/2m': samples => 1 / (2 * samples),
  'lambda/2': () => 0.5,
  lambda: () => 1,
};

/** s */
export function penaltyScale(regularization: Regularization, samples: number): number {
  return scales[regularization.scale](samples);
}

export function hasPenalty(regularization: Regularization): boolean {
  return regularization.l2 !== 0 || regularization.l1 !== 0;
}

/** What one penalised parameter adds to the penalty: s · (l2 w² + l1 |w|). */
export function penaltyTerm(regularization: Regularization, scale: number, w: number): number {
  return scale * (regularization.l2 * w * w + regularization.l1 * Math.abs(w));
}

/** ∂penalty/∂w = s · (2 l2 w + l1 sign w), with sign 0 = 0. */
export function penaltyDerivative(
  regularization: Regularization,
  scale: number,
  w: number,
): number {
  return scale * (2 * regularization.l2 * w + regularization.l1 * Math.sign(w));
}

/** ∂penalty/∂parameter of every parameter, in the file's order; 0 where one is not penalised. */
export function penaltyDerivatives(
  regularization: Regularization,
  samples: number,
  parameters: Float64Array,
  blocks: readonly Penalised[],
): Float64Array {
  const result = new Float64Array(parameters.length);
  if (!hasPenalty(regularization)) return result;
  const scale = penaltyScale(regularization, samples);
  for (const { offset, length, penalised } of blocks) {
    if (!penalised) continue;
    for (let i = offset; i < offset + length; i++)
      result[i] = penaltyDerivative(regularization, scale, parameters[i]);
  }
  return result;
}

/** A run of parameters within `parameters`, all penalised or none. */
interface Penalised {
  readonly offset: number;
  readonly length: number;
  readonly penalised: boolean;
}

export interface PenaltySums {
  /** Σw² */
  readonly squared: number;
  /** Σ|w| */
  readonly absolute: number;
}

/** The sums over every penalised parameter, in the file's order. */
export function penaltySums(
  parameters: ArrayLike<number>,
  blocks: readonly Penalised[],
): PenaltySums {
  let squared = 0;
  let absolute = 0;
  for (const { offset, length, penalised } of blocks) {
    if (!penalised) continue;
    for (let i = offset; i < offset + length; i++) {
      squared += parameters[i] * parameters[i];
      absolute += Math.abs(parameters[i]);
    }
  }
  return { squared, absolute };
}

/** The penalty itself. */
export function penalty(
  regularization: Regularization,
  samples: number,
  { squared, absolute }: PenaltySums,
): number {
  if (!hasPenalty(regularization)) return 0;
  const scale = penaltyScale(regularization, samples);
  return scale * (regularization.l2 * squared + regularization.l1 * absolute);
}

/** That of these parameters, which are not looked at where nothing is penalised. */
export function penaltyOf(
  regularization: Regularization,
  samples: number,
  parameters: ArrayLike<number>,
  blocks: readonly Penalised[],
): number {
  if (!hasPenalty(regularization)) return 0;
  return penalty(regularization, samples, penaltySums(parameters, blocks));
}
