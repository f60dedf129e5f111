/** Where functions are made of pieces: a difference across such a place is no derivative. */
import type { ActivationName, LossName } from '../../network/network';
import { HUBER_DELTA } from '../losses';

/** Where two pieces of a function meet: in a `bend` only the second derivative jumps, in a `kink` the first. */
export type Crossing = 'none' | 'bend' | 'kink';

/** The one of two that tells less of a derivative. */
export function worse(a: Crossing, b: Crossing): Crossing {
  if (a === 'kink' || b === 'kink') return 'kink';
  return a === 'none' ? b : a;
}

/** What activations have at z = 0. */
export const atZero: { readonly [K in ActivationName]: Crossing } = {
  linear: 'none',
  step: 'kink',
  sigmoid: 'none',
  tanh: 'none',
  relu: 'kink',
  leakyRelu: 'kink',
  elu: 'bend',
  gelu: 'none',
  silu: 'none',
  softplus: 'none',
  softmax: 'none',
};

/** Losses in pieces: which one a residual lies on, and how they meet. */
export const lossPieces: {
  readonly [K in LossName]: { crossing: Crossing; piece(residual: number): number };
} = {
  meanSquaredError: { crossing: 'none', piece: () => 0 },
  meanAbsoluteError: { crossing: 'kink', piece: residual => Math.sign(residual) },
  huber: { crossing: 'bend', piece: residual => (Math.abs(residual) <= HUBER_DELTA ? 0 : 1) },
  binaryCrossEntropy: { crossing: 'none', piece: () => 0 },
  crossEntropy: { crossing: 'none', piece: () => 0 },
};
