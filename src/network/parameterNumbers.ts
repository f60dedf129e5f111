/** Where the numbers of weights and biases stand in a text. */
import type { Node } from 'jsonc-parser';
import type { TextRange } from './network';
import type { ParsedDocument } from './parse';
import { child, countIn, elements, end, range } from './tree';

/** A row of weights, as it is written. Counts from 0, as the file does. */
export interface WrittenRow {
  readonly layer: number;
  readonly row: number;
  readonly range: TextRange;
}

/** A number of a row of weights, or of the biases: those have no column. */
export interface WrittenNumber {
  readonly layer: number;
  readonly row: number;
  readonly column?: number;
  readonly range: TextRange;
}

/** What stands in the list of layers, also in a text that is no usable network. */
export function layerNodes({ root }: ParsedDocument): readonly Node[] {
  return elements(child(root, 'layers'));
}

/** The rows of weights that a part of the text touches. */
export function writtenRows(document: ParsedDocument, part: TextRange): readonly WrittenRow[] {
  return listsIn(document, part).flatMap(({ layer, row, node }) =>
    row === undefined ? [] : [{ layer, row, range: range(node) }],
  );
}

/**
 * The weights and biases in a part of the text, at most `most`: where there are more, the first of each row, so
 * that no row is left out for the sake of another.
 */
export function writtenNumbers(
  document: ParsedDocument,
  part: TextRange,
  most: number,
): readonly WrittenNumber[] {
  const lists = listsIn(document, part);
  const count = lists.reduce((sum, { node }) => sum + countIn(node), 0);
  const each = count <= most ? most : Math.max(1, Math.floor(most / lists.length));
  return lists
    .flatMap(({ layer, row, node }) => {
      const inside = elements(node)
        .map((number, index) => ({ number, index }))
        .filter(({ number }) => number.type === 'number' && touches(number, part));
      return inside.slice(0, each).map(({ number, index }): WrittenNumber => {
        const place = row === undefined ? { row: index } : { row, column: index };
        return { layer, ...place, range: range(number) };
      });
    })
    .slice(0, most);
}

interface NumberRow {
  readonly layer: number;
  /** Undefined: these are the biases. */
  readonly row: number | undefined;
  readonly node: Node;
}

function listsIn(document: ParsedDocument, part: TextRange): readonly NumberRow[] {
  return layerNodes(document).flatMap((node, layer) => {
    if (!touches(node, part)) return [];
    const weights = elements(child(node, 'weights')).map((list, row) => ({
      layer,
      row,
      node: list,
    }));
    const bias = child(node, 'bias');
    const biases = bias ? [{ layer, row: undefined, node: bias }] : [];
    return [...weights, ...biases].filter(list => touches(list.node, part));
  });
}

function touches(node: Node, { start, end: stop }: TextRange): boolean {
  return node.offset <= stop && end(node) >= start;
}
