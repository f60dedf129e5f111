/** New layers: from the palette, from the clipboard, copies, and merges. */
import type { Node } from 'jsonc-parser';
import { EditError } from './editError';
import { assertFinite } from './editing';
import type { Editing } from './editing';
import { INPUT_ID } from './graph';
import { freeId, sourceNames } from './ids';
import { isList } from './json';
import type { JsonValue, TextEdit } from './json';
import { assertPlace, indices } from './layerOrder';
import type { SlidingSettings } from './images';
import { readSliding } from './draftShapes';
import { isNumberKey } from './layerNumbers';
import { isLayerType, isMergeType, layerTraits } from './layerTypes';
import { orList } from './names';
import type { LayerType } from './network';
import { parseSyntax } from './parse';
import { rebuild } from './rebuild';
import type { Rewriting } from './rewriting';
import { insertItems } from './splice';
import { child } from './tree';
import { INPUT_KEY, readLayer } from './wiring';
import type { WiredLayer, Wiring } from './wiring';
import { assertUnits } from './wiringRules';

/** A layer as JSON, as it stands in a file and on the clipboard. */
export type LayerValue = { readonly [key: string]: JsonValue };

/** A new layer; names in `from` are those of where it comes from. */
interface Arrival {
  readonly layer: Omit<WiredLayer, 'key'>;
  /** The layer of which it is a copy; its text is taken as it is. */
  readonly original?: { readonly key: string; readonly node: Node };
  readonly value?: LayerValue;
}

/**
 * Weights and biases that do not fit are left out, ids that are taken get a number, and a `from` that names
 * nothing above is dropped where the layer can do without.
 */
export function insertLayers(
  rewriting: Rewriting,
  index: number,
  values: readonly LayerValue[],
): void {
  arrive(
    rewriting,
    index,
    values.map(value => ({ layer: readValue(value), value })),
  );
}

/** Copies have the text of their originals. */
export function copyLayers(rewriting: Rewriting, layers: readonly number[], to: number): void {
  const { editing } = rewriting;
  const arrivals = indices(editing, layers).map(index => {
    const node = editing.layer(index);
    return { layer: readLayer(node), original: { key: String(index), node } };
  });
  arrive(rewriting, to, arrivals);
}

function readValue(value: LayerValue): Omit<WiredLayer, 'key'> {
  const { type = 'dense', units = null, id = null, from = null, activation } = value;
  if (!isLayerType(type)) {
    const [found, known] = [JSON.stringify(type), orList(Object.keys(layerTraits))];
    throw new EditError(`There is no layer of the type ${found}: use ${known}.`);
  }
  if (type === 'dense') {
    if (typeof units !== 'number')
      throw new EditError('A layer needs "units", its number of neurons.');
    assertUnits(units);
  }
  const names = typeof from === 'string' ? [from] : isList(from) ? from : [];
  const known = names.filter(name => typeof name === 'string');
  const sliding = slidingOf(value, type);
  return {
    type,
    units: type === 'dense' ? Number(units) : NaN,
    useBias: value.useBias !== false,
    activation,
    ...(sliding && { sliding }),
    ...(typeof id === 'string' && id !== '' && { id }),
    from: known,
  };
}

/** @throws EditError where a setting of the window is missing or wrong */
function slidingOf(value: LayerValue, type: LayerType): SlidingSettings | undefined {
  if (!layerTraits[type].slides) return undefined;
  const root = parseSyntax(JSON.stringify(value)).root;
  const sliding = root && readSliding(root, type);
  if (sliding) return sliding;
  const needed = type === 'conv2d' ? '"filters", and "kernel"' : '"size"';
  throw new EditError(
    `A ${type} layer needs ${needed} as [height, width]; "stride" too is a list of two whole numbers.`,
  );
}

function arrive(rewriting: Rewriting, index: number, arrivals: readonly Arrival[]): void {
  const { root, wiring } = rewriting.editing;
  assertPlace(wiring, index);
  if (arrivals.length === 0) return;
  if (!child(root, 'layers')) rewriting.apply(rewriting.editing.set(['layers'], []));
  const added = placed(wiring, index, arrivals);
  const originals = new Map(
    arrivals.flatMap(({ original }, at) => (original ? [[added[at].key, original.key]] : [])),
  );
  const above = wiring.layers.slice(0, index);
  const below = passedOn(wiring, index, added);
  rebuild(rewriting, {
    after: { ...wiring, layers: [...above, ...added, ...below] },
    originals,
    arrange: (editing, after, flows) => {
      const names = sourceNames(after);
      const texts = arrivals.map((arrival, at) => {
        const place = index + at;
        const { rows, columns } = flows[place];
        const layer = { ...after.layers[place], names: names[place], rows, columns };
        return arrivalText(editing, arrival, layer, place);
      });
      return insertTexts(editing, index, texts);
    },
  });
}

/** The new layers with keys, free ids, and sources that exist. */
function placed(
  wiring: Wiring,
  index: number,
  arrivals: readonly Arrival[],
): readonly WiredLayer[] {
  const taken = new Set(wiring.layers.flatMap(({ id }) => (id === undefined ? [] : [id])));
  const keys = new Map([[INPUT_ID, INPUT_KEY]]);
  for (const { id, key } of wiring.layers.slice(0, index)) if (id !== undefined) keys.set(id, key);
  return arrivals.map(({ layer }, at) => {
    const { id: wished, from, ...rest } = layer;
    const key = `new${at}`;
    const sources = from && sourcesFound(layer, from, keys);
    const id = wished === undefined ? undefined : freeId(wished, taken);
    if (wished !== undefined) keys.set(wished, key);
    if (id !== undefined) taken.add(id);
    return { ...rest, key, ...(id !== undefined && { id }), ...(sources && { from: sources }) };
  });
}

/** Keys of the sources that there are; undefined where the layer does without. */
function sourcesFound(
  { type }: Omit<WiredLayer, 'key'>,
  from: readonly string[],
  keys: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  const found = from.flatMap(name => keys.get(name) ?? []);
  if (!isMergeType(type)) return found.length === 1 ? found : undefined;
  if (new Set(found).size >= 2) return found;
  const missing = from.filter(name => !keys.has(name)).map(name => `"${name}"`);
  const why = missing.length > 0 ? `, and no layer above is called ${missing.join(', ')}` : '';
  throw new EditError(
    `The ${type} joins at least two sources${why}: insert it together with its sources, or below them.`,
  );
}

/**
 * The layers below the new ones. New ones that take the layer above stand between it and the layer below:
 * where that one has named the layer above, it takes the new ones instead.
 */
function passedOn(
  { layers }: Wiring,
  index: number,
  added: readonly WiredLayer[],
): readonly WiredLayer[] {
  const [next, ...rest] = layers.slice(index);
  const last = added[added.length - 1].key;
  const above = index === 0 ? INPUT_KEY : layers[index - 1].key;
  if (!next?.from?.includes(above) || added[0].from) return layers.slice(index);
  const { from, ...implicit } = next;
  if (!isMergeType(next.type)) return [implicit, ...rest];
  return [{ ...next, from: from?.map(key => (key === above ? last : key)) }, ...rest];
}

/** A new layer in its place: what `from` says there, and the size of its weights. */
interface Placed extends WiredLayer {
  readonly names: readonly string[] | undefined;
  readonly rows: number;
  readonly columns: number;
}

function arrivalText(
  editing: Editing,
  { original, value = {} }: Arrival,
  layer: Placed,
  index: number,
): string {
  if (original) {
    const { offset, length } = original.node;
    return editing.text.slice(offset, offset + length);
  }
  const fitting = fitParameters(value, layer.rows, layer.columns);
  const { type = layer.type, id: _id, from: _from, ...rest } = fitting;
  const named = {
    type,
    ...(layer.id !== undefined && { id: layer.id }),
    ...(layer.names && { from: layer.names }),
    ...rest,
  };
  assertFinite(named, ['layers', index]);
  return editing.format(named, ['layers'], editing.inside(editing.list(['layers'])));
}

/** The layer without those of its weights, biases and statistics that do not fit its place. */
function fitParameters(layer: LayerValue, rows: number, columns: number): LayerValue {
  const kept = Object.entries(layer).filter(([key, value]) => {
    if (!isNumberKey(key)) return true;
    if (!isList(value) || value.length !== rows) return false;
    return key !== 'weights' || value.every(row => isList(row) && row.length === columns);
  });
  return Object.fromEntries(kept);
}

function insertTexts(
  editing: Editing,
  index: number,
  texts: readonly string[],
): readonly TextEdit[] {
  const list = editing.list(['layers']);
  const { lineEnd } = editing.layout;
  const ownLines = editing.multiLine && editing.layers.length === 0;
  const style = { ownLines, indent: editing.inside(list), lineEnd };
  return insertItems(editing.text, list, index, texts, style);
}
