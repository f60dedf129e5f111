/**
 * What a text lacks at a place, as far as a schema cannot know it: columns of a data file, files, ids of layers, lists
 * of the right length. Also of a text that somebody is typing; settings and their names are the schema's.
 */
import { createScanner } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import { readDraft } from './draft';
import { INPUT_ID } from './graph';
import { freshId } from './ids';
import { sizesOf } from './judge';
import { isLayerType, isMergeType } from './layerTypes';
import { pathAt } from './locate';
import type { JsonPath, TextRange } from './network';
import { outlineOf } from './outline';
import { parseSyntax } from './parse';
import type { ParsedDocument } from './parse';
import { kinds } from './splice';
import { child, descend, elements } from './tree';
import { namesIn } from './wiring';

/** The kinds of files that a network names. */
export type FileKind = 'csv' | 'idx' | 'weights';

/** Something that may stand there. */
export interface Offer {
  /** What is written: a text with its quotes, or a snippet with places to type in (`${1:0}`). */
  readonly insert: string;
  /** As it is listed. */
  readonly label: string;
  /** What it is, in words of the file; may be empty. */
  readonly detail: string;
}

export type Wish =
  | { readonly type: 'files'; readonly kind: FileKind }
  | {
      readonly type: 'columns';
      /** The file, as the network names it. */
      readonly csv: string;
      /** Columns that are used already. */
      readonly without: readonly string[];
    }
  | {
      readonly type: 'layers' | 'id' | 'numbers';
      readonly offers: readonly Offer[];
    };

/** What is wanted, and what of the text is replaced by it: a text with its quotes, or nothing. */
export interface Completion {
  readonly wish: Wish;
  readonly replace: TextRange;
  /** Stands behind what is written: a comma where another value follows without one. */
  readonly separator: '' | ',';
}

/** Undefined where the schema knows everything, or nothing can be proposed. */
export function completionAt(text: string, offset: number): Completion | undefined {
  const replace = placeFor(text, offset);
  if (!replace) return undefined;
  const separator = separatorAt(text, replace.end);
  // With a text at the place, most of what is being typed can be read.
  const document = parseSyntax(
    `${text.slice(0, replace.start)}""${separator}${text.slice(replace.end)}`,
  );
  const wish = wishAt(document, pathAt(document, replace.start + 1));
  return wish && { wish, replace, separator };
}

/**
 * The text at an offset with its quotes; up to the offset where its closing quote is missing. Nothing where no value
 * stands yet, undefined in or behind one that is no text.
 */
function placeFor(text: string, offset: number): TextRange | undefined {
  const scanner = createScanner(text, false);
  for (let token = scanner.scan(); token !== kinds.end; token = scanner.scan()) {
    const start = scanner.getTokenOffset();
    const stop = start + scanner.getTokenLength();
    if (start >= offset) break;
    if (stop < offset) continue;
    const isSpace = token === kinds.lineBreak || token === kinds.blanks;
    const isBefore = [kinds.comma, kinds.colon, kinds.openBracket].includes(token as 5);
    if (isSpace || isBefore) continue;
    if (token !== kinds.text) return undefined;
    const isClosed = scanner.getTokenError() === 0;
    if (isClosed && stop === offset) return undefined;
    return { start, end: isClosed ? stop : offset };
  }
  return { start: offset, end: offset };
}

function separatorAt(text: string, offset: number): '' | ',' {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  const token = scanner.scan();
  const ends = [kinds.closeBrace, kinds.closeBracket, kinds.comma, kinds.colon, kinds.end];
  return ends.includes(token as 5) || scanner.getTokenError() !== 0 ? '' : ',';
}

function wishAt(document: ParsedDocument, path: JsonPath): Wish | undefined {
  const [top, second, key, entry] = path;
  const { root } = document;
  if (!root) return undefined;
  if (top === 'data') return dataWish(root, path);
  if (top === 'weights' && second === 'file' && path.length === 2)
    return { type: 'files', kind: 'weights' };
  if (top === 'input' && second === 'names' && path.length === 3) return nameWish(root, path);
  if (top === 'expect' && typeof second === 'number') return expectWish(root, path);
  if (top !== 'layers' || typeof second !== 'number') return undefined;
  if (key === 'id' && path.length === 3) return idWish(root, second);
  const isList = typeof entry === 'number' && path.length === 4;
  return key === 'from' && (isList || path.length === 3)
    ? layerWish(document, second, entry as number | undefined)
    : undefined;
}

// -------------------------------------------------------------------------------------------- data

function dataWish(root: Node, path: JsonPath): Wish | undefined {
  const [, key, entry, ...more] = path;
  if (more.length > 0) return undefined;
  if (key === 'csv' && entry === undefined) return { type: 'files', kind: 'csv' };
  if (key === 'idx' && (entry === 'images' || entry === 'labels'))
    return { type: 'files', kind: 'idx' };
  if (key === 'inline' && typeof entry === 'number') return sampleWish(root, 'x', 'y');
  const isColumn = key === 'target' || (key === 'inputs' && typeof entry === 'number');
  return isColumn ? columnWish(root, namesAt(root, ['inputs', 'target'], path)) : undefined;
}

/** Names of inputs are those of their columns. */
function nameWish(root: Node, path: JsonPath): Wish | undefined {
  const own = texts(descend(root, ['input', 'names']), path[2]);
  return columnWish(root, [...own, ...namesAt(root, ['target'], path)]);
}

function columnWish(root: Node, without: readonly string[]): Wish | undefined {
  const csv = descend(root, ['data', 'csv'])?.value as unknown;
  return typeof csv === 'string' && csv !== '' ? { type: 'columns', csv, without } : undefined;
}

/** The columns that the data name, but for the one that is being typed. */
function namesAt(root: Node, keys: readonly string[], [, key, entry]: JsonPath) {
  const data = child(root, 'data');
  return keys.flatMap(own => {
    const node = child(data, own);
    if (own === key && node?.type !== 'array') return [];
    return texts(node, own === key ? entry : undefined);
  });
}

/** @param but the entry that does not count */
function texts(node: Node | undefined, but: unknown): readonly string[] {
  return (namesIn(node) ?? []).filter((name, index) => index !== but && name !== 'undefined');
}

// ------------------------------------------------------------------------------------------ layers

function idWish(root: Node, layer: number): Wish {
  const layers = elements(child(root, 'layers'));
  const taken = new Set(readDraft(root).layers.flatMap(({ id }) => id ?? []));
  const type: unknown = child(layers[layer], 'type')?.value;
  const id = freshId(typeof type === 'string' && type !== '' ? type : 'layer', taken);
  return { type: 'id', offers: [{ insert: JSON.stringify(id), label: id, detail: '' }] };
}

/** Ids of layers above, which no cycle can go through, but for those that the list has already. */
function layerWish(
  document: ParsedDocument,
  layer: number,
  entry: number | undefined,
): Wish | undefined {
  const { root } = document;
  const layers = elements(child(root, 'layers'));
  const type: unknown = child(layers[layer], 'type')?.value;
  const isMerge = isLayerType(type) && isMergeType(type);
  // A merge has a list of them; the others name one.
  if (entry === undefined && isMerge) return undefined;
  const named = entry === undefined ? [] : texts(child(layers[layer], 'from'), entry);
  const parts = outlineOf(document);
  const details = parts.filter(({ kind }) => kind === 'layer').map(({ detail }) => detail);
  const input = parts.find(({ kind }) => kind === 'input')?.detail ?? '';
  const above = layers.slice(0, layer).flatMap((node, index) => {
    const id: unknown = child(node, 'id')?.value;
    return typeof id === 'string' && id !== '' ? [{ id, detail: details[index] ?? '' }] : [];
  });
  const offers = [...above.reverse(), { id: INPUT_ID, detail: input }]
    .filter(({ id }) => !named.includes(id))
    .map(({ id, detail }) => ({ insert: JSON.stringify(id), label: id, detail }));
  return { type: 'layers', offers };
}

// ------------------------------------------------------------------------------------------- lists

function expectWish(root: Node, path: JsonPath): Wish | undefined {
  if (path.length === 2) return sampleWish(root, 'input', 'output');
  const [, , key] = path;
  if (path.length > 3 || (key !== 'input' && key !== 'output')) return undefined;
  const { inputs, outputs } = sizesOf(readDraft(root));
  const size = key === 'input' ? inputs : outputs;
  if (!isListed(size)) return undefined;
  return { type: 'numbers', offers: [{ ...listed(size, 1), detail: `${key}: ${size}` }] };
}

/** An object with as many numbers as the network takes and gives. */
function sampleWish(root: Node, taken: string, given: string): Wish | undefined {
  const { inputs, outputs } = sizesOf(readDraft(root));
  if (!isListed(inputs) || !isListed(outputs)) return undefined;
  const [input, output] = [listed(inputs, 1), listed(outputs, inputs + 1)];
  const text = (a: string, b: string): string => `{ "${taken}": ${a}, "${given}": ${b} }`;
  const insert = text(input.insert, output.insert);
  const label = text(input.label, output.label);
  return { type: 'numbers', offers: [{ insert, label, detail: `${inputs} → ${outputs}` }] };
}

/** More numbers than these nobody types. */
const MOST_NUMBERS = 32;

const isListed = (size: number | undefined): size is number =>
  size !== undefined && size <= MOST_NUMBERS;

/** @param first number of its first place to type in */
function listed(size: number, first: number): Pick<Offer, 'insert' | 'label'> {
  const places = Array.from({ length: size }, (_, k) => `\${${first + k}:0}`);
  return { insert: `[${places.join(', ')}]`, label: `[${places.map(() => 0).join(', ')}]` };
}
