/** Rules about who takes from whom: ids, `from`, cycles, and the sizes of what is joined. */
import type { Node } from 'jsonc-parser';
import { INPUT_ID, consumersOf } from './graph';
import { isMerge } from './layerDraft';
import { limits } from './limits';
import { many } from './judge';
import type { Judge, Sizes } from './judge';
import { nearest, orList, quoted } from './names';
import { grouped } from './setting';
import { shortened } from './shortened';
import { child, descend, elements } from './tree';

export function validateGraph(judge: Judge, sizes: Sizes): void {
  const graph = new WrittenGraph(judge);
  const before = judge.errors;
  duplicateIds(judge);
  graph.references.forEach(reference => judgeReference(judge, graph, reference));
  if (judge.errors > before) return;
  sizes.layers.forEach((_, index) => mergedSizes(judge, sizes, index));
  unusedLayers(judge, sizes);
}

/** One entry of a `from`. */
interface Reference {
  readonly layer: number;
  readonly entry: number;
  readonly id: string;
  readonly node: Node;
  /** The same id stands in the list before. */
  readonly again: boolean;
}

/** Searches for a cycle and for similar names; a document with more mistakes is told so in fewer words. */
const MOST_SEARCHES = 20;

/** The document as it is written, cycles included; `sourcesOf` knows only what stands above. */
class WrittenGraph {
  readonly references: readonly Reference[];
  /** Id → layer, the first one of this id; −1 is the input. */
  readonly places: ReadonlyMap<string, number>;
  readonly #judge: Judge;
  /** By layer, those that take its values, wherever they stand. */
  #takers: readonly (readonly number[])[] | undefined;
  #searches = 0;

  constructor(judge: Judge) {
    this.#judge = judge;
    const { layers } = judge.draft;
    const places = new Map<string, number>([[INPUT_ID, -1]]);
    layers.forEach(({ id }, index) => {
      if (id !== undefined && !places.has(id)) places.set(id, index);
    });
    this.places = places;
    this.references = layers.flatMap(({ from = [] }, layer) => referencesOf(judge, layer, from));
  }

  /** Whether another search is worth its time. */
  mayLook(): boolean {
    return this.#searches++ < MOST_SEARCHES;
  }

  /** The way of the values from one layer to another: both, and those between; undefined where there is none. */
  way(start: number, goal: number): readonly number[] | undefined {
    const takers = (this.#takers ??= this.#collectTakers());
    const reachedFrom = new Map<number, number>([[start, start]]);
    const queue = [start];
    for (let i = 0; i < queue.length && !reachedFrom.has(goal); i++) {
      for (const next of takers[queue[i]]) {
        if (reachedFrom.has(next)) continue;
        reachedFrom.set(next, queue[i]);
        queue.push(next);
      }
    }
    if (!reachedFrom.has(goal)) return undefined;
    const way = [goal];
    while (way[0] !== start) way.unshift(reachedFrom.get(way[0]) ?? start);
    return way;
  }

  #collectTakers(): readonly (readonly number[])[] {
    const { layers } = this.#judge.draft;
    const takers: number[][] = layers.map(() => []);
    layers.forEach(({ from }, index) => {
      const sources = from?.map(id => this.places.get(id) ?? -1) ?? [index - 1];
      for (const source of new Set(sources)) if (source >= 0) takers[source].push(index);
    });
    return takers;
  }
}

function referencesOf(judge: Judge, layer: number, ids: readonly string[]): readonly Reference[] {
  const written = descend(judge.root, ['layers', layer, 'from']);
  const nodes = written?.type === 'string' ? [written] : elements(written);
  const seen = new Set<string>();
  return ids.map((id, entry) => {
    const again = seen.has(id);
    seen.add(id);
    return { layer, entry, id, node: nodes[entry], again };
  });
}

/** Below an id that is written twice, `from` could mean either. */
function duplicateIds(judge: Judge): void {
  const first = new Map<string, number>();
  judge.draft.layers.forEach(({ id }, index) => {
    const other = id === undefined ? undefined : first.get(id);
    if (id === undefined) return;
    if (other === undefined) return void first.set(id, index);
    const message = `layers[${index}].id is ${quoted(id)}, as that of layers[${other}]: give one of them another name.`;
    judge.tell('error', 'id.duplicate', ['layers', index, 'id'], message);
  });
}

// -------------------------------------------------------------------------------- single references

function judgeReference(judge: Judge, graph: WrittenGraph, reference: Reference): void {
  const { layer, id } = reference;
  const source = graph.places.get(id);
  if (source === undefined)
    return tell(judge, 'from.unknown', reference, unknown(judge, graph, id));
  if (reference.again) {
    const message = `names ${quoted(id)} twice: remove one, or take another layer.`;
    return tell(judge, 'from.twice', reference, message);
  }
  if (source < layer) return;
  const way = source === layer || graph.mayLook() ? graph.way(layer, source) : undefined;
  if (!way) return tell(judge, 'from.below', reference, below(id, source, layer));
  const circle = [...way, layer].map(index => shortName(judge, index)).join(' → ');
  const own =
    source === layer ? 'a layer cannot take its own values' : 'values would run in a circle';
  const message = `is ${quoted(id)}, but ${own}: ${circle}. Take the values of a layer above.`;
  tell(judge, 'from.cycle', reference, message);
}

function unknown(judge: Judge, graph: WrittenGraph, id: string): string {
  const known = [...graph.places.keys()].filter(({ length }) => length <= limits.id);
  const near = graph.mayLook() ? nearest(id, known) : [];
  const index = /^(?:layers\[)?(\d{1,4})\]?$/.exec(id)?.[1];
  const meant = index === undefined ? undefined : judge.draft.layers[Number(index)];
  if (meant && near.length === 0) {
    return `is ${quoted(id)}, but layers are called by their id: ${meant.id === undefined ? `give layers[${index}] an "id", and write it here` : `write ${quoted(meant.id)}`}.`;
  }
  const remedy =
    near.length > 0
      ? `Did you mean ${orList(near)}?`
      : known.length > 1
        ? `Known are ${orList(known.slice(0, MOST_KNOWN))}.`
        : `Only "${INPUT_ID}" is known: give the layer that you mean an "id".`;
  return `is ${quoted(id)}, but no layer has this id. ${remedy}`;
}

/** Ids that a message lists. */
const MOST_KNOWN = 8;

function below(id: string, source: number, layer: number): string {
  return `is ${quoted(id)}, which stands below (layers[${source}]): move it up, above layers[${layer}].`;
}

/** `layers[3].from[1] …` */
function tell(
  judge: Judge,
  code: string,
  { layer, entry, node }: Reference,
  message: string,
): void {
  const single = child(descend(judge.root, ['layers', layer]), 'from') === node;
  const path = ['layers', layer, 'from', ...(single ? [] : [entry])];
  const place = `layers[${layer}].from${single ? '' : `[${entry}]`}`;
  judge.tell('error', code, path, `${place} ${message}`);
}

/** Its id; without one, its place. */
function shortName(judge: Judge, index: number): string {
  const id = judge.draft.layers[index]?.id;
  return id === undefined ? `layers[${index}]` : shortened(id, 30);
}

// ------------------------------------------------------------------------------------------- sizes

function mergedSizes(judge: Judge, sizes: Sizes, index: number): void {
  const layer = judge.draft.layers[index];
  if (!isMerge(layer)) return;
  const { sources } = sizes.layers[index];
  const lengths = sources.map(source => (source < 0 ? sizes.inputs : sizes.layers[source].units));
  // Of one source the structure tells; an input may be wider than any layer.
  if (lengths.length < 2 || lengths.some(length => length === undefined)) return;
  const known = lengths as readonly number[];
  if (layer.type === 'add') differing(judge, index, sources, known);
  else tooWide(judge, index, known);
}

/** The first source that is not as long as the first one, and both sizes. */
function differing(
  judge: Judge,
  index: number,
  sources: readonly number[],
  lengths: readonly number[],
): void {
  const other = lengths.findIndex(length => length !== lengths[0]);
  if (other < 0) return;
  const named = (entry: number): string =>
    `${sourceName(judge, sources[entry])} gives ${grouped(lengths[entry])}`;
  const fit = remedyFor(judge, sources, lengths, other);
  const message = `layers[${index}] adds sources of different length: ${named(0)}, ${named(other)}. ${fit}, or join them with "concat".`;
  judge.tell('error', 'add.sizes', ['layers', index, 'from', other], message);
}

/** Which of two sources can be changed: the second where it has units of its own, else the first. */
function remedyFor(
  judge: Judge,
  sources: readonly number[],
  lengths: readonly number[],
  other: number,
): string {
  const dense = (entry: number): boolean =>
    sources[entry] >= 0 && (judge.draft.layers[sources[entry]].type ?? 'dense') === 'dense';
  if (dense(other)) return `Set layers[${sources[other]}].units to ${lengths[0]}`;
  if (dense(0)) return `Set layers[${sources[0]}].units to ${lengths[other]}`;
  return `Put a dense layer of ${many(lengths[0], 'unit')} after ${sourceName(judge, sources[other])}`;
}

/** `"a" (layers[1])`, `the input` */
export function sourceName(judge: Judge, source: number): string {
  if (source < 0) return 'the input';
  const id = judge.draft.layers[source]?.id;
  return id === undefined ? `layers[${source}]` : `${quoted(id)} (layers[${source}])`;
}

function tooWide(judge: Judge, index: number, lengths: readonly number[]): void {
  const units = lengths.reduce((sum, length) => sum + length, 0);
  if (units <= limits.units) return;
  const message = `layers[${index}] joins ${grouped(units)} values, at most ${grouped(limits.units)} are possible: use fewer or smaller sources.`;
  judge.tell('error', 'concat.size', ['layers', index, 'from'], message);
}

/** Their values get lost. */
function unusedLayers(judge: Judge, sizes: Sizes): void {
  if (sizes.layers.some(({ sources }) => sources.length === 0)) return;
  const consumers = consumersOf(sizes.layers.map(({ sources }) => sources));
  const last = sizes.layers.length - 1;
  consumers.slice(1, -1).forEach((takers, index) => {
    if (takers.length > 0) return;
    const { id } = judge.draft.layers[index];
    const name = id === undefined ? 'give it an "id" and name it' : `name ${quoted(id)}`;
    const message = `No layer takes the values of layers[${index}], so it is trained for nothing: ${name} in the "from" of a layer below, or remove it. Only the last layer (layers[${last}]) is the output.`;
    judge.tell('warning', 'layer.unused', ['layers', index], message, judge.head(index));
  });
}
