/** What a text consists of, for VS Code's outline: the parts of a network, not every number in it. */
import type { Node } from 'jsonc-parser';
import { expectationKinds } from './expectation';
import { readDraft } from './draft';
import type { NetworkDraft } from './draft';
import { imageOf, imageText } from './images';
import type { ImageShape } from './images';
import { sizesOf } from './judge';
import type { Sizes } from './judge';
import { listKeys } from './layerNumbers';
import { layerTraits } from './layerTypes';
import type { TextRange } from './network';
import type { ParsedDocument } from './parse';
import { grouped } from './setting';
import { child, countIn, elements, property, range } from './tree';

export type OutlineKind = 'input' | 'layer' | 'numbers' | 'setting' | 'data' | 'test';

export interface OutlineEntry {
  readonly kind: OutlineKind;
  readonly name: string;
  /** What it is, in a few words of the file; may be empty. */
  readonly detail: string;
  readonly range: TextRange;
  /** What is selected when a person goes there; within `range`. */
  readonly selection: TextRange;
  readonly children: readonly OutlineEntry[];
}

/** Also of a text with mistakes, as far as it can be read; in the order of the text. */
export function outlineOf({ root }: ParsedDocument): readonly OutlineEntry[] {
  if (root?.type !== 'object') return [];
  const draft = readDraft(root);
  const sizes = sizesOf(draft);
  const parts = Object.entries(makers).flatMap(([key, make]) => {
    const member = property(root, key);
    const value = member?.children?.[1];
    return member && value ? make({ key, member, value, sizes, draft }) : [];
  });
  return parts.sort((a, b) => a.range.start - b.range.start);
}

/** A member of the file. */
interface Part {
  readonly key: string;
  readonly member: Node;
  readonly value: Node;
  readonly sizes: Sizes;
  readonly draft: NetworkDraft;
}

const makers: { readonly [key: string]: (part: Part) => readonly OutlineEntry[] } = {
  input: part => [entry('input', part, inputText(part))],
  layers: ({ value, sizes, draft }) =>
    elements(value).flatMap((node, index) =>
      index < draft.layers.length ? [layerEntry(node, draft, sizes, index)] : [],
    ),
  loss: part => [entry('setting', part, nameIn(part.value, 'type'))],
  regularization: part => [entry('setting', part, '')],
  training: part => [entry('setting', part, nameIn(child(part.value, 'optimizer'), 'type'))],
  weights: part => [entry('numbers', part, nameIn(part.value, 'file'))],
  data: part => [entry('data', part, dataText(part.value))],
  expect: part => [{ ...entry('test', part, countText(part.value)), children: tests(part.value) }],
};

function entry(kind: OutlineKind, { key, member }: Part, detail: string): OutlineEntry {
  const selection = range(member.children?.[0] ?? member);
  return { kind, name: key, detail, range: range(member), selection, children: [] };
}

/** `dense 4 → 3`, and what its activation is; with an id this is what it is called. */
function layerEntry(node: Node, draft: NetworkDraft, sizes: Sizes, index: number): OutlineEntry {
  const { type = 'dense', id, activation } = draft.layers[index];
  const size = [`${type} ${incoming(draft, sizes, index)} → ${sizeText(sizes.layers[index])}`];
  const shown = layerTraits[type].hasActivation && activation ? [activation] : [];
  const [name, detail] = !id ? [size, shown] : [[id], [...size, ...shown]];
  const whole = range(node);
  const selection = property(node, 'id') ?? property(node, 'type');
  return {
    kind: 'layer',
    name: name.join(),
    detail: detail.join(', '),
    range: whole,
    selection: selection ? range(selection) : whole,
    children: ['weights' as const, ...listKeys].flatMap(key => numbersEntry(node, key)),
  };
}

/** `4`; of several sources each, of an image its sides. */
function incoming({ input }: NetworkDraft, { inputs, layers }: Sizes, index: number): string {
  const texts = layers[index].sources.map(source =>
    sizeText(source < 0 ? { units: inputs, image: imageOf(input?.shape) } : (layers[source] ?? {})),
  );
  return texts.join(' + ');
}

function sizeText({
  units,
  image,
}: {
  units?: number | undefined;
  image?: ImageShape | undefined;
}): string {
  return image ? imageText(image) : units === undefined ? '?' : grouped(units);
}

function numbersEntry(layer: Node, key: string): readonly OutlineEntry[] {
  const member = property(layer, key);
  const value = member?.children?.[1];
  if (!member || value?.type !== 'array') return [];
  const [row] = key === 'weights' ? elements(value) : [];
  const rows = grouped(key === 'weights' ? elements(value).length : countIn(value));
  const detail = row?.type === 'array' ? `${rows} × ${grouped(countIn(row))}` : rows;
  const selection = range(member.children?.[0] ?? member);
  return [{ kind: 'numbers', name: key, detail, range: range(member), selection, children: [] }];
}

function inputText({ value }: Part): string {
  const shape = elements(child(value, 'shape')).map(length => Number(length.value));
  const image = imageOf(shape);
  return image ? imageText(image) : shape.map(grouped).join(' × ');
}

function dataText(node: Node): string {
  const generator = nameIn(node, 'generator');
  const csv = nameIn(node, 'csv') || nameIn(child(node, 'idx'), 'images');
  return generator || csv || countText(child(node, 'inline'));
}

const countText = (node: Node | undefined): string =>
  node?.type === 'array' ? grouped(countIn(node)) : '';

/** A name, or the `key` of an object. */
function nameIn(node: Node | undefined, key: string): string {
  const value: unknown = node?.type === 'string' ? node.value : child(node, key)?.value;
  return typeof value === 'string' ? value : '';
}

function tests(list: Node): readonly OutlineEntry[] {
  return elements(list).map((node, index) => {
    const kind = expectationKinds.find(key => child(node, key)) ?? '';
    const name = nameIn(node, 'name') || `${kind || 'expect'} [${index}]`;
    const whole = range(node);
    const detail = name === nameIn(node, 'name') ? kind : '';
    return { kind: 'test', name, detail, range: whole, selection: whole, children: [] };
  });
}
