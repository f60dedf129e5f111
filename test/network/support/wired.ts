/** Networks as an edit plans them, made by hand. */
import { imageOf } from '../../../src/network/images';
import type { WiredLayer, Wiring } from '../../../src/network/wiring';

export const layer = (key: string, rest: Partial<WiredLayer> = {}): WiredLayer => ({
  key,
  type: 'dense',
  units: 2,
  useBias: true,
  activation: undefined,
  ...rest,
});
export const wiring = (layers: readonly WiredLayer[], shape: readonly number[] = [2]): Wiring => {
  const image = imageOf(shape);
  return { inputs: shape.reduce((a, b) => a * b, 1), ...(image && { image }), layers };
};
export const add = (key: string, from: readonly string[], rest: Partial<WiredLayer> = {}) =>
  layer(key, { type: 'add', units: NaN, from, ...rest });
export const concat = (key: string, from: readonly string[]) =>
  layer(key, { type: 'concat', units: NaN, from });
export const conv = (
  key: string,
  window: readonly [number, number],
  rest: Partial<WiredLayer> = {},
) =>
  layer(key, {
    type: 'conv2d',
    units: NaN,
    sliding: { window, stride: [1, 1], padding: 'valid', channels: 1 },
    ...rest,
  });
