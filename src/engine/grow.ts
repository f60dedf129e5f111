/** New weights for a layer that an edit has made larger: what was there is kept, these fill the rest. */
import { Random } from '../math/random';
import type { DrawRequest, EditTools } from '../network/editTools';
import { drawWeight } from './initializers';

/**
 * Draws as the layer's initializer says, for the size of the whole matrix after the edit, from a stream of its
 * own (`grow:layer:inputs×units:count`). So no number of the first initialisation comes twice, and a neuron
 * that is taken away and added again is no copy of one that came with it: copies would learn as one.
 */
export function drawNewWeights(request: DrawRequest): number[] {
  const { layer, init, inputs, units, count, seed, precision } = request;
  const random = new Random(seed, `grow:${layer}:${inputs}x${units}:${count}`);
  const round = precision === 'float32' ? Math.fround : (value: number): number => value;
  return Array.from({ length: count }, () => round(drawWeight(random, init, inputs, units)));
}

/** What edits need of the engine. */
export const editTools: EditTools = { draw: drawNewWeights };
