/** Where every gradient is 0. */
import { consumersOf } from '../../network/graph';
import type { Network } from '../../network/network';
import type { LayerShape } from '../../network/shapes';
import { reachedLayers } from '../gradientFlow';

/** By layer, whether a step activation lies on every one of its paths to the output. */
export function flatLayers({ layers }: Network, shapes: readonly LayerShape[]): readonly boolean[] {
  const flat = layers.map(({ activation }) => activation === 'step');
  if (!flat.includes(true)) return flat;
  const reached = reachedLayers(shapes);
  const consumers = consumersOf(shapes.map(({ sources }) => sources));
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const next = consumers[layer + 1].filter(index => reached[index]);
    flat[layer] ||= next.length > 0 && next.every(index => flat[index]);
  }
  return flat;
}
