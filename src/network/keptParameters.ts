/** What an edit has done to the parameters that are written in the file, for the line "kept 26, new 20". */
import { hasParameters } from './layerTypes';
import type { Network } from './network';
import type { ParsedDocument } from './parse';
import { inferShapes } from './shapes';
import type { LayerShape } from './shapes';

export interface KeptParameters {
  /** Numbers that were written in the file and still are. */
  readonly kept: number;
  /**
   * Numbers that the new network has anew: those that the edit has drawn (biases of 0 included), and weights
   * that are left to the seed in a layer that had no unwritten weights of the same dimensions before.
   * What was pasted or copied with its numbers is neither.
   */
  readonly fresh: number;
}

/**
 * @param drawn numbers that the edit has written new (`EditPlan.drawn`)
 * @returns undefined where no parameters were written before, where one of the texts is no usable network,
 * and where the edit has changed neither dimensions nor which parameters are written
 */
export function keptParameters(
  before: ParsedDocument,
  after: ParsedDocument,
  drawn: number,
): KeptParameters | undefined {
  if (!before.network || !after.network) return undefined;
  const [old, now] = [countsOf(before.network), countsOf(after.network)];
  const carried = now.written - drawn;
  const same = old.dimensions === now.dimensions && drawn === 0 && carried >= old.written;
  if (old.written === 0 || same) return undefined;
  return {
    kept: Math.max(0, Math.min(old.written, carried)),
    fresh: drawn + newMatrices(old.unwritten, now.unwritten) + Math.max(0, now.zeros - old.zeros),
  };
}

interface Counts {
  readonly dimensions: string;
  /** Numbers in the text, or in the file of weights that it names. */
  readonly written: number;
  /** Dimensions of the matrices that are drawn from the seed. */
  readonly unwritten: readonly LayerShape[];
  /** Biases that are not in the file, hence 0. */
  readonly zeros: number;
}

function countsOf(network: Network): Counts {
  const { layers: shapes } = inferShapes(network);
  let [written, zeros] = [0, 0];
  const unwritten: LayerShape[] = [];
  network.layers.forEach((layer, index) => {
    if (!hasParameters(layer)) return;
    const shape = shapes[index];
    const [weights, biases] = [shape.rows * shape.columns, layer.useBias ? shape.rows : 0];
    const isStored = network.weights !== undefined && !layer.weights && !layer.bias;
    if (layer.weights || isStored) written += weights;
    else unwritten.push(shape);
    if (layer.bias || isStored) written += biases;
    else zeros += biases;
  });
  const dimensions = shapes
    .map(({ inputs, units, rows, columns }) => [inputs, units, rows, columns].join('x'))
    .join();
  return { dimensions, written, unwritten, zeros };
}

/** Numbers in matrices that have no partner of the same dimensions; each is partner of one. */
function newMatrices(before: readonly LayerShape[], after: readonly LayerShape[]): number {
  const partners = [...before];
  let count = 0;
  for (const { rows, columns } of after) {
    const found = partners.findIndex(old => old.rows === rows && old.columns === columns);
    if (found >= 0) partners.splice(found, 1);
    else count += rows * columns;
  }
  return count;
}
