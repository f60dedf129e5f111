/** Connecting layers: merges of several sources, and other sources for a layer. */
import { EditError } from './editError';
import { withIds } from './ids';
import { insertLayers } from './layerInserts';
import { isMergeType } from './layerTypes';
import { rebuild } from './rebuild';
import type { Rewriting } from './rewriting';
import { INPUT_KEY } from './wiring';
import type { Wiring } from './wiring';
import { assertPlace } from './layerOrder';
import { INPUT_ID } from './graph';

/**
 * A new merge of layers that stand above its place; those without an id get one.
 *
 * @throws EditError when sources of an `add` are not equally long
 */
export function addMerge(
  rewriting: Rewriting,
  index: number,
  merge: 'add' | 'concat',
  sources: readonly number[],
): void {
  const { wiring } = rewriting.editing;
  assertPlace(wiring, index);
  const keys = keysOf(wiring, sources);
  const below = sources.find(source => source >= index);
  if (below !== undefined) {
    throw new EditError(
      `The ${merge} would stand above layers[${below}] and cannot take its values: insert it below.`,
    );
  }
  if (new Set(keys).size < 2) {
    throw new EditError(`The ${merge} joins at least two different sources: choose another one.`);
  }
  const named = withIds(wiring, keys);
  rebuild(rewriting, { after: named, arrange: () => [] });
  const ids = new Map(named.layers.map(({ key, id }) => [key, id ?? key]));
  const from = keys.map(key => (key === INPUT_KEY ? INPUT_ID : (ids.get(key) ?? key)));
  insertLayers(rewriting, index, [{ type: merge, from }]);
}

/** Keys of layers by their indices; −1 is the input. */
function keysOf({ layers }: Wiring, sources: readonly number[]): readonly string[] {
  return sources.map(source => {
    const key = source === -1 ? INPUT_KEY : layers.at(Math.max(source, 0))?.key;
    if (key !== undefined && Number.isInteger(source) && source >= -1) return key;
    throw new EditError(`There is no layers[${source}]: the network has ${layers.length}.`);
  });
}

/** The layer takes its values from these; `from` goes where it is the layer above alone. */
export function setSources(rewriting: Rewriting, layer: number, sources: readonly number[]): void {
  const { editing } = rewriting;
  editing.layer(layer);
  const { wiring } = editing;
  const keys = keysOf(wiring, sources);
  const { from: _, ...rest } = wiring.layers[layer];
  const isAbove = !isMergeType(rest.type) && sources.length === 1 && sources[0] === layer - 1;
  const changed = isAbove ? rest : { ...rest, from: keys };
  rebuild(rewriting, {
    after: {
      ...wiring,
      layers: wiring.layers.map((other, index) => (index === layer ? changed : other)),
    },
    arrange: () => [],
  });
}
