/** The other places that an issue is about: what gives the other size, who had the name first, who closes the circle. */
import type { Node } from 'jsonc-parser';
import { readDraft } from './draft';
import { sizesOf } from './judge';
import type { Sizes } from './judge';
import { nodeAt } from './locate';
import type { Issue, TextRange } from './network';
import type { ParsedDocument } from './parse';
import { child, elements, property, range } from './tree';

/** What stands at such a place; the host has the words. */
export type RelatedKind = 'givesSize' | 'hasSize' | 'named' | 'inCycle' | 'excludes' | 'file';

export interface Related {
  readonly kind: RelatedKind;
  /** In the text; of `file` that of its name. */
  readonly range: TextRange;
  /** Of `file`: as the network names it. */
  readonly path?: string;
  /** Of `file`: its row that the issue names first, from 1; of many the others are in the sentence. */
  readonly row?: number;
}

type Finder = (document: ParsedDocument, issue: Issue) => readonly (Node | undefined)[];

const finders: { readonly [code: string]: readonly [RelatedKind, Finder] } = {
  'weights.columns': ['givesSize', sources],
  'add.sizes': ['givesSize', sources],
  'add.images': ['givesSize', sources],
  'image.needed': ['givesSize', sources],
  'window.large': ['givesSize', sources],
  'weights.rows': ['hasSize', own('units', 'filters')],
  'bias.length': ['hasSize', own('units', 'filters')],
  'bias.unused': ['excludes', own('useBias')],
  'input.names': ['hasSize', at('input', 'shape')],
  'data.inputs': ['hasSize', at('input', 'shape')],
  'expect.inputs': ['hasSize', at('input', 'shape')],
  'data.outputs': ['hasSize', last('units')],
  'expect.outputs': ['hasSize', last('units')],
  'loss.activation': ['excludes', last('activation')],
  'schedule.warmUp': ['excludes', at('training', 'epochs')],
  'data.columns': ['named', at('data', 'target')],
  'data.csv.both': ['named', at('data', 'inputs')],
  'key.duplicate': ['named', lastKey],
  'id.duplicate': ['named', namesake],
  'from.below': ['named', namesake],
  'from.cycle': ['inCycle', circle],
};

/** What may be about the content of a CSV file. */
const ofFile = /^data\.(csv\.(?!missing|path|size)|inputs|outputs|targetRange|classes|split)/;

/** Never the place of the issue itself. */
export function relatedTo(document: ParsedDocument, issue: Issue): readonly Related[] {
  const { code } = issue;
  const [kind, find] = Object.hasOwn(finders, code) ? finders[code] : ['file' as const];
  const found = (find?.(document, issue) ?? []).flatMap(node =>
    node && node.offset !== issue.range.start ? [{ kind, range: range(node) }] : [],
  );
  const csv = ofFile.test(code) ? nodeAt(document, ['data', 'csv']) : undefined;
  const path: unknown = csv?.value;
  if (!csv || typeof path !== 'string') return found;
  const row = /\brow (\d+)/.exec(issue.message)?.[1];
  return [
    ...found,
    { kind: 'file', range: range(csv), path, ...(row !== undefined && { row: Number(row) }) },
  ];
}

const layersIn = (root: Node | undefined): readonly Node[] => elements(child(root, 'layers'));

/** The first of these members that an object has. */
const memberOf = (owner: Node | undefined, names: readonly string[]): Node | undefined =>
  names.map(name => property(owner, name)).find(Boolean);

function at(group: string, key: string): Finder {
  return ({ root }) => [property(child(root, group), key)];
}

/** Of the layer that the issue is about. */
function own(...names: readonly string[]): Finder {
  return ({ root }, { path }) => [memberOf(layersIn(root)[Number(path[1])], names)];
}

/** Of the last layer; without this setting, the layer. */
function last(key: string): Finder {
  return ({ root }) => [memberOf(layersIn(root).at(-1), [key, 'type'])];
}

/** The key that counts. */
function lastKey({ root }: ParsedDocument, { path }: Issue): readonly (Node | undefined)[] {
  const owner = path.slice(0, -1).reduce<Node | undefined>(child, root);
  return [property(owner, String(path[path.length - 1]))?.children?.[0]];
}

/** The layer that has the id, or had it first. */
function namesake(document: ParsedDocument, { path }: Issue): readonly (Node | undefined)[] {
  const name: unknown = nodeAt(document, path)?.value;
  const ids = layersIn(document.root).map(layer => child(layer, 'id'));
  return [ids.find(id => id?.value === name)];
}

/** The layers that the sentence goes round. */
function circle({ root }: ParsedDocument, { message }: Issue): readonly (Node | undefined)[] {
  const names = /: (.*)\. Take/.exec(message)?.[1].split(' → ') ?? [];
  const layers = layersIn(root);
  return [...new Set(names)].map(name => {
    const index = /^layers\[(\d+)\]$/.exec(name)?.[1];
    const layer = layers.find(node => child(node, 'id')?.value === name);
    return memberOf(index === undefined ? layer : layers[Number(index)], ['id', 'type']);
  });
}

/** What gives the values that come into a layer: its sources, through layers that only pass values on. */
function sources(document: ParsedDocument, { path }: Issue): readonly (Node | undefined)[] {
  const { root } = document;
  const { layers } = sizesIn(document);
  const origin = (source: number): number => {
    const above = layers[source]?.sources;
    const passes = layers[source]?.rows === 0 && !layers[source].window && above.length === 1;
    return passes && above[0] < source ? origin(above[0]) : source;
  };
  const found = (layers[Number(path[1])]?.sources ?? []).map(origin);
  return [...new Set(found)].map(source =>
    source < 0
      ? property(child(root, 'input'), 'shape')
      : memberOf(layersIn(root)[source], ['units', 'filters', 'type']),
  );
}

const known = new WeakMap<ParsedDocument, Pick<Sizes, 'layers'>>();

/** Many issues of one text may ask. */
function sizesIn(document: ParsedDocument): Pick<Sizes, 'layers'> {
  const sizes =
    known.get(document) ?? (document.root ? sizesOf(readDraft(document.root)) : { layers: [] });
  known.set(document, sizes);
  return sizes;
}
