/** Numbers of a view as pictures: the channels of image layers, and the filters that make them. Pure. */
import type { WindowShape } from '../../src/network/images';
import type { NetworkView } from '../../src/protocol';
import { edgeQuantities } from '../edgeQuantities';
import type { EdgeQuantity, NeuronQuantity } from '../viewState';

/** What a scene's numbers are read with. */
interface Reading {
  readonly view: NetworkView | undefined;
  readonly edges: EdgeQuantity;
  readonly neurons: NeuronQuantity;
  readonly named: { readonly context: { readonly profile: { readonly errorSign: 1 | -1 } } };
}

/** Numbers of a picture, row by row. */
export interface Pixels {
  readonly values: Float64Array;
  readonly height: number;
  readonly width: number;
}

/** One channel of an image, in fewer pixels where it is large; undefined where its numbers are not there. */
export function imageValues(
  { view, neurons, named }: Reading,
  layer: number,
  channel: number,
): Pixels | undefined {
  const own = view?.layers[layer + 1];
  const isDelta = neurons === 'delta';
  const start = (isDelta ? own?.deltaPicture : own?.picture) ?? -1;
  if (!view || !own?.pictured || start < 0) return undefined;
  const { height, width, channels } = own.pictured;
  const sign = isDelta ? named.context.profile.errorSign : 1;
  const values = Float64Array.from(
    { length: height * width },
    (_, pixel) => sign * view.values[start + pixel * channels + channel],
  );
  return { values, height, width };
}

/** A filter as it stands over one channel of its source; undefined where its numbers are not sent. */
export function kernelValues(
  { view, edges }: Reading,
  layer: number,
  filter: number,
  window: WindowShape,
  channel: number,
): Float64Array | undefined {
  const own = view?.layers[layer + 1];
  const start = own ? edgeQuantities[edges].weights(own) : -1;
  if (!view || start < 0) return undefined;
  const { channels } = window.source;
  const cells = window.height * window.width;
  return Float64Array.from(
    { length: cells },
    (_, cell) => view.values[start + (filter * cells + cell) * channels + channel],
  );
}
