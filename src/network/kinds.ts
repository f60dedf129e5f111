/** What the layers of a network are, as far as formulas and words need it. */
import type { ImageShape, WindowShape } from './images';
import { layerTraits } from './layerTypes';
import type { LayerType, Network } from './network';
import type { NetworkShapes } from './shapes';

export interface LayerKind {
  readonly type: LayerType;
  /** Of what goes out; absent where that is a list. */
  readonly image?: ImageShape;
  /** Of conv2d and the pools. */
  readonly window?: WindowShape;
  /** Of dropout. */
  readonly rate?: number;
  /** Of batchNorm. */
  readonly epsilon?: number;
}

/** Absent where all layers are dense, `add` or `concat` and the input is a list. */
export interface ImageKinds {
  /** By layer. */
  readonly kinds?: readonly LayerKind[];
  /** Where the input is an image. */
  readonly inputImage?: ImageShape;
}

/** What the layers of a network are. */
export function kindsOf(network: Network, shapes: NetworkShapes): ImageKinds {
  const { inputImage } = shapes;
  const isUsual = ({ type }: { type: LayerType }): boolean =>
    type === 'dense' || layerTraits[type].joins;
  if (!inputImage && network.layers.every(isUsual)) return {};
  const kinds = network.layers.map((layer, index): LayerKind => {
    const { image, window } = shapes.layers[index];
    const own = { ...(image && { image }), ...(window && { window }) };
    if (layer.type === 'dropout') return { type: layer.type, ...own, rate: layer.rate };
    if (layer.type === 'batchNorm') return { type: layer.type, ...own, epsilon: layer.epsilon };
    return { type: layer.type, ...own };
  });
  return { kinds, ...(inputImage && { inputImage }) };
}
