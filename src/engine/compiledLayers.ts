/** Which layers the WebAssembly engine has operations for; the others are computed in TypeScript. */
import type { Layer, LayerType, Network } from '../network/network';

const compiledTypes: { readonly [K in LayerType]: boolean } = {
  dense: true,
  add: true,
  concat: true,
  conv2d: true,
  maxPool2d: true,
  averagePool2d: true,
  flatten: true,
  dropout: true,
  batchNorm: true,
};

/** The first layer for whose sake a whole network is computed in TypeScript. */
export function uncompiledLayer({ layers }: Network): Layer | undefined {
  return layers.find(({ type }) => !compiledTypes[type]);
}
