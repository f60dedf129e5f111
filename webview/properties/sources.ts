/** From where a layer may take its values. Pure. */
import type { Network } from '../../src/network/network';
import type { LayerShape, NetworkShapes } from '../../src/network/shapes';

export interface SourceOption {
  /** −1: the network's input. */
  readonly source: number;
  /** Values that it gives. */
  readonly size: number;
}

const sizeOf = (shapes: NetworkShapes, source: number): number =>
  source < 0 ? shapes.inputSize : shapes.layers[source].units;

/** The input and every layer above that gives its values on. */
export function sourcesAbove(
  network: Network,
  shapes: NetworkShapes,
  layer: number,
): readonly SourceOption[] {
  const above = [-1, ...network.layers.keys()].filter(source => source < layer);
  return above
    .filter(source => source < 0 || network.layers[source].activation !== 'softmax')
    .map(source => ({ source, size: sizeOf(shapes, source) }));
}

/**
 * What can stand as one source of a layer that joins several: none that it has already, and for `add` only
 * what is as long as the others.
 *
 * @param place index among its sources; their number for one more
 */
export function mergeOptions(
  network: Network,
  shapes: NetworkShapes,
  layer: number,
  place: number,
): readonly SourceOption[] {
  const { sources }: Pick<LayerShape, 'sources'> = shapes.layers[layer];
  const others = sources.filter((_, index) => index !== place);
  const length = network.layers[layer].type === 'add' ? sizeOf(shapes, others[0]) : undefined;
  return sourcesAbove(network, shapes, layer).filter(
    ({ source, size }) => !others.includes(source) && (length === undefined || size === length),
  );
}
