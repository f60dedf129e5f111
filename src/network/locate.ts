/** From a path to its place in the text, and from a place in the text to what it means. */
import type { Node } from 'jsonc-parser';
import { INPUT_ID } from './graph';
import type { JsonPath, TextRange } from './network';
import type { ParsedDocument } from './parse';
import { child, descend, elements, end, property, range } from './tree';

export function nodeAt(document: ParsedDocument, path: JsonPath): Node | undefined {
  return descend(document.root, path);
}

/** Range of the value at a path; undefined when it is not in the text. */
export function rangeOf(document: ParsedDocument, path: JsonPath): TextRange | undefined {
  const node = nodeAt(document, path);
  return node && range(node);
}

/** As {@link rangeOf}; for something that is not written, the nearest thing around it that is. */
export function nearestRange(document: ParsedDocument, path: JsonPath): TextRange {
  for (let length = path.length; length > 0; length--) {
    const found = rangeOf(document, path.slice(0, length));
    if (found) return found;
  }
  return { start: 0, end: 0 };
}

/**
 * What stands at an offset. `range` covers the thing: a number, a row, a property with its key, or the key
 * of a block when the offset is on it.
 * Layers, rows and columns count from 0, as in the file.
 */
export type Place = { readonly path: JsonPath; readonly range: TextRange } & (
  | {
      readonly kind: 'weight';
      readonly layer: number;
      readonly row: number;
      readonly column: number;
    }
  | { readonly kind: 'weightRow'; readonly layer: number; readonly row: number }
  | { readonly kind: 'weights'; readonly layer: number }
  | { readonly kind: 'bias'; readonly layer: number; readonly row: number }
  | { readonly kind: 'biases'; readonly layer: number }
  | {
      readonly kind: 'units' | 'activation' | 'useBias' | 'layer' | 'id' | 'sources';
      readonly layer: number;
    }
  | {
      /** One entry of a `from`, also where it stands without a list. */
      readonly kind: 'source';
      readonly layer: number;
      /** Its place in the list. */
      readonly entry: number;
      /** The layer that it names, −1 the input; undefined where there is none above. */
      readonly source: number | undefined;
    }
  | { readonly kind: 'loss' | 'learningRate' | 'setting' }
);

/** Path of the innermost member or element at an offset. */
export function pathAt({ root }: ParsedDocument, offset: number): JsonPath {
  return root ? stepsTo(root, offset).map(({ key }) => key) : [];
}

/** The smallest thing with a meaning at an offset; undefined outside every property. */
export function placeAt(document: ParsedDocument, offset: number): Place | undefined {
  const steps = document.root ? stepsTo(document.root, offset) : [];
  const path = steps.map(step => step.key);
  if (path.length === 0) return undefined;
  const covered = steps[steps.length - 1].range;
  if (path[0] === 'layers' && typeof path[1] === 'number') {
    return layerPlace(document, path, covered);
  }
  if (path[0] === 'loss') return { kind: 'loss', path, range: covered };
  const isRate = path.join('.') === 'training.optimizer.learningRate';
  return { kind: isRate ? 'learningRate' : 'setting', path, range: covered };
}

function layerPlace(document: ParsedDocument, path: JsonPath, covered: TextRange): Place {
  const [, layer, key, row, column] = path as [string, number, string?, number?, number?];
  const place = { path, range: covered };
  if (key === 'weights' && row !== undefined) {
    if (column === undefined) return { kind: 'weightRow', layer, row, ...place };
    return { kind: 'weight', layer, row, column, ...place };
  }
  if (key === 'weights') return { kind: 'weights', layer, ...place };
  if (key === 'bias' && row !== undefined) return { kind: 'bias', layer, row, ...place };
  if (key === 'bias') return { kind: 'biases', layer, ...place };
  if (key === 'id') return { kind: 'id', layer, ...place };
  if (key === 'from') return sourcePlace(document, layer, row, place);
  if (key === 'units' || key === 'activation' || key === 'useBias') {
    return { kind: key, layer, ...place };
  }
  if (key === 'type') return { kind: 'layer', layer, ...place, path: path.slice(0, 2) };
  if (key !== undefined) return { kind: 'setting', ...place };
  const type = property(nodeAt(document, path), 'type');
  return { kind: 'layer', layer, path, range: type ? range(type) : covered };
}

/** @param entry undefined on the key and the list itself, and for an id without a list */
function sourcePlace(
  document: ParsedDocument,
  layer: number,
  entry: number | undefined,
  place: { readonly path: JsonPath; readonly range: TextRange },
): Place {
  const node = nodeAt(document, ['layers', layer, 'from']);
  if (entry === undefined && node?.type !== 'string') return { kind: 'sources', layer, ...place };
  const id: unknown = entry === undefined ? node?.value : child(node, entry)?.value;
  const above = elements(child(document.root, 'layers')).slice(0, layer);
  const ids = above.map((other): unknown => child(other, 'id')?.value);
  // As `sourcesOf`: of several of one name the nearest.
  const named = typeof id === 'string' ? ids.lastIndexOf(id) : -1;
  const source = id === INPUT_ID ? -1 : named < 0 ? undefined : named;
  return { kind: 'source', layer, entry: entry ?? 0, source, ...place };
}

/** Where an entry of a `from` stands: in the list, or in its place; undefined where it is not written. */
export function sourcePath(
  document: ParsedDocument,
  layer: number,
  entry: number,
): JsonPath | undefined {
  const path = ['layers', layer, 'from'];
  const node = nodeAt(document, path);
  if (node?.type === 'string') return entry === 0 ? path : undefined;
  return child(node, entry) && [...path, entry];
}

interface Step {
  readonly key: string | number;
  readonly range: TextRange;
}

/** The members and elements from the root down to an offset. */
function stepsTo(root: Node, offset: number): readonly Step[] {
  const steps: Step[] = [];
  let node: Node | undefined = root;
  while (node) {
    const found: Node | undefined = childAround(node, offset);
    if (!found) break;
    const [name, value] = found.type === 'property' ? (found.children ?? []) : [];
    const key = name ? (name.value as string) : (node.children ?? []).indexOf(found);
    const onKey = name !== undefined && offset <= end(name);
    steps.push({ key, range: range(onKey && value?.children ? name : found) });
    if (onKey) break;
    node = name ? value : found;
  }
  return steps;
}

/** Right behind a value counts as on it, except where the next one begins. Found by halving. */
function childAround(node: Node, offset: number): Node | undefined {
  if (node.type !== 'object' && node.type !== 'array') return undefined;
  const children = node.children ?? [];
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (children[middle].offset <= offset) low = middle + 1;
    else high = middle;
  }
  const found = low > 0 ? children[low - 1] : undefined;
  return found && offset <= end(found) ? found : undefined;
}

/** The layer whose object contains an offset, whatever stands there. */
export function layerAt(document: ParsedDocument, offset: number): number | undefined {
  const layers = elements(child(document.root, 'layers'));
  const found = layers.findIndex(layer => layer.offset <= offset && offset <= end(layer));
  return found < 0 ? undefined : found;
}

/** Line and column of an offset, both from 1; columns are UTF-16 units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

const lineBreak = /\r\n|\r|\n/g;

export function lineColumn(text: string, offset: number): LineColumn {
  let line = 1;
  let start = 0;
  for (const match of text.matchAll(lineBreak)) {
    const next = match.index + match[0].length;
    if (next > offset) break;
    line++;
    start = next;
  }
  return { line, column: offset - start + 1 };
}

/** Inverse of {@link lineColumn}; undefined when the text has no such line. */
export function offsetAt(text: string, { line, column }: LineColumn): number | undefined {
  let start = 0;
  let current = 1;
  for (const match of text.matchAll(lineBreak)) {
    if (current === line) return Math.min(start + column - 1, match.index);
    start = match.index + match[0].length;
    current++;
  }
  return current === line ? Math.min(start + column - 1, text.length) : undefined;
}
