/** Who takes its values from whom. */
import type { Layer } from './network';

/** The name by which `from` calls the network's input. */
export const INPUT_ID = 'input';

/**
 * By layer, where its values come from: indices into `layers`, −1 is the network's input. A layer without
 * `from` takes the one above; NaN is an id that no layer above has. Of a validated network every source stands above the layer.
 */
export function sourcesOf(network: {
  readonly layers: readonly Pick<Layer, 'id' | 'from'>[];
}): readonly (readonly number[])[] {
  const places = new Map<string, number>([[INPUT_ID, -1]]);
  return network.layers.map(({ id, from }, index) => {
    const sources = from?.map(name => places.get(name) ?? NaN) ?? [index - 1];
    if (id !== undefined) places.set(id, index);
    return sources;
  });
}

/** By layer (index + 1, the input first), the layers that take its values, in ascending order. */
export function consumersOf(
  sources: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const consumers: number[][] = Array.from({ length: sources.length + 1 }, () => []);
  sources.forEach((from, layer) => {
    for (const source of new Set(from)) consumers[source + 1].push(layer);
  });
  return consumers;
}
