/** Where the ids of layers stand in a text: what F2, Shift+F12 and the highlights of a name need. */
import type { Node } from 'jsonc-parser';
import { INPUT_ID } from './graph';
import type { TextEdit } from './json';
import { limits } from './limits';
import type { TextRange } from './network';
import type { ParsedDocument } from './parse';
import { child, elements, end, property } from './tree';

/** One place at which an id is written. */
export interface IdUse {
  readonly name: string;
  /** Between the quotes. */
  readonly range: TextRange;
  /** The layer that is named: −1 the input; undefined where no layer has this id. */
  readonly named: number | undefined;
  /** It stands at the `id` of the layer that is named. */
  readonly declares: boolean;
}

/** The id that is written at an offset, right behind it included; undefined where there is none. */
export function idAt(document: ParsedDocument, offset: number): IdUse | undefined {
  return idUses(document).find(({ range }) => range.start <= offset && offset <= range.end);
}

/** All places that name the same layer, in the order of the text; of an id that no layer has, those of that id. */
export function usesOf(document: ParsedDocument, { named, name }: IdUse): readonly IdUse[] {
  return idUses(document).filter(use =>
    named === undefined ? use.named === undefined && use.name === name : use.named === named,
  );
}

/** Every id and every entry of a `from`. As `sourcesOf`, an id means the nearest layer above that has it. */
function idUses({ root, text }: ParsedDocument): readonly IdUse[] {
  const layers = elements(child(root, 'layers'));
  const places = new Map<string, number[]>([[INPUT_ID, [-1]]]);
  layers.forEach((layer, index) => {
    const id = child(layer, 'id');
    if (id?.type !== 'string') return;
    places.set(id.value, [...(places.get(id.value) ?? []), index]);
  });
  const meant = (name: string, layer: number): number | undefined => {
    const known = places.get(name) ?? [];
    return known.filter(index => index < layer).at(-1) ?? known[0];
  };
  const input = property(root, 'input')?.children?.[0];
  const uses = layers.flatMap((layer, index) => {
    const id = texts(child(layer, 'id'));
    const from = texts(child(layer, 'from'));
    return [
      ...id.map(node => useAt(text, node, index, true)),
      ...from.map(node => useAt(text, node, meant(node.value as string, index), false)),
    ];
  });
  return [...(input ? [useAt(text, input, -1, true)] : []), ...uses].sort(
    (a, b) => a.range.start - b.range.start,
  );
}

function texts(node: Node | undefined): readonly Node[] {
  const nodes = node?.type === 'array' ? elements(node) : node ? [node] : [];
  return nodes.filter(({ type }) => type === 'string');
}

/** A text whose closing quote is missing ends with its line. */
function useAt(text: string, node: Node, named: number | undefined, declares: boolean): IdUse {
  const stop = end(node);
  const closed = node.length > 1 && text[stop - 1] === '"';
  const range = { start: node.offset + 1, end: closed ? stop - 1 : stop };
  return { name: node.value as string, range, named, declares };
}

/** Why a layer cannot be called so; the host has the sentences. */
export type IdFault = 'empty' | 'long' | 'reserved' | 'taken';

/** @param use what gets the new name */
export function idFault(
  document: ParsedDocument,
  use: IdUse,
  newName: string,
): IdFault | undefined {
  if (newName.trim() === '') return 'empty';
  if ([...newName].length > limits.id) return 'long';
  if (newName === INPUT_ID) return 'reserved';
  const isTaken = idUses(document).some(
    ({ name, named, declares }) => declares && name === newName && named !== use.named,
  );
  return isTaken ? 'taken' : undefined;
}

/** The layer's id and every place that names it. */
export function renameEdits(
  document: ParsedDocument,
  use: IdUse,
  newName: string,
): readonly TextEdit[] {
  const text = JSON.stringify(newName).slice(1, -1);
  return usesOf(document, use).map(({ range }) => ({ ...range, text }));
}
