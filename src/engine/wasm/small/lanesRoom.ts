/** Where the code of batches (lanes.ts) keeps what it computes: vectors of four samples, neuron by neuron. */
import type { NetworkShapes } from '../../../network/shapes';
import type { Allocator } from '../allocator';
import { roundUp } from '../panels';

/** Vectors of a neuron that pass at once: for more there are no registers. */
const MOST_VECTORS = 4;

/** Addresses. */
export interface LanesRoom {
  /** Of each neuron: four samples in one. */
  readonly vectors: number;
  /** The inputs, then what each layer puts out. */
  readonly values: readonly number[];
  readonly targets: number;
  /** ∂C/∂z of each layer. */
  readonly deltas: readonly number[];
  /** That of the layer that learns, sample by sample. */
  readonly turned: number;
}

/** @param rows of a batch; they pass in as few goes as there can be, alike in size */
export function layOutLanes(
  { inputSize, outputSize, layers }: NetworkShapes,
  rows: number,
  memory: Allocator,
): LanesRoom {
  const needed = Math.ceil(rows / 4);
  const vectors = Math.ceil(needed / Math.ceil(needed / MOST_VECTORS));
  const take = (neurons: number): number => memory.take(16 * vectors * neurons);
  const units = layers.map(layer => layer.units);
  return {
    vectors,
    values: [inputSize, ...units].map(take),
    targets: take(outputSize),
    deltas: units.map(take),
    turned: take(Math.max(...units.map(count => roundUp(count, 4)))),
  };
}
