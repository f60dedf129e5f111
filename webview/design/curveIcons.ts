/** A small curve for each activation, in a field of 16 × 16: x from left to right, the axis at y = 9. */
import type { ActivationName } from '../../src/network/network';

const curves: { readonly [A in ActivationName]: string } = {
  linear: 'M2 14L14 2',
  step: 'M2 12H8V4H14',
  sigmoid: 'M2 13C9 13 7 3 14 3',
  tanh: 'M2 14C8.5 14 7.5 2 14 2',
  relu: 'M2 11H8L14 3',
  leakyRelu: 'M2 13L8 11L14 3',
  elu: 'M2 13.5C6 13.5 7 12.5 8 11L14 3',
  gelu: 'M2 11C5 11 5.5 12.5 7 12.2S9.5 8.5 14 3',
  silu: 'M2 11.5C5 12.5 6.5 13.2 8 11.5S11 7 14 3',
  softplus: 'M2 12C7 12 9 9.5 14 3',
  softmax: 'M3 13V10H5V13ZM7 13V3H9V13ZM11 13V8H13V13Z',
};

export function curveOf(activation: ActivationName): string {
  return curves[activation];
}
