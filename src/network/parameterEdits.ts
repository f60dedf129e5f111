/** Writing weights and biases: numbers that stay the same keep their text. */
import type { Node } from 'jsonc-parser';
import { assertFinite, EditError, sameNumber } from './editing';
import type { Editing } from './editing';
import { mergeEdits } from './json';
import type { TextEdit } from './json';
import { isMergeType, layerTraits } from './layerTypes';
import { listKeys, numberKeys } from './layerNumbers';
import type { LayerNumbers, ListKey } from './layerNumbers';
import type { Matrix, Precision, WeightsFile } from './network';
import { numbersIn } from './numberList';
import type { Rewriting } from './rewriting';
import { insertItems } from './splice';
import { child, countIn, elements, property, range } from './tree';
import { formatNumber } from './write';

/** Unchanged text between changes that is rewritten as it is, so that there are fewer changes. */
const DISTANCE = 40;

export function setParameters(
  editing: Editing,
  layers: readonly (LayerNumbers | undefined)[],
): readonly TextEdit[] {
  if (layers.length !== editing.layers.length) {
    const found = `${layers.length} layers of parameters, the network has ${editing.layers.length}`;
    throw new EditError(`There are ${found}: the network was changed meanwhile.`);
  }
  const edits = layers.flatMap((parameters, index) => {
    if (parameters) return writeLayer(editing, index, parameters);
    if (!hasWeights(editing, index)) return [];
    const keys = numberKeys.filter(key => key === 'weights' || hasList(editing, index, key));
    return editing.removeKeys(editing.layer(index), keys);
  });
  return mergeEdits(editing.text, edits, DISTANCE);
}

/** Names the file of weights, or none. What else a person has written beside the name stays. */
export function setWeightsFile(rewriting: Rewriting, weights: WeightsFile | undefined): void {
  if (!weights) return rewriting.apply(rewriting.editing.unset(['weights']));
  const { file, sha256 } = weights;
  const present = child(rewriting.editing.root, 'weights')?.type === 'object';
  if (!present) return rewriting.apply(rewriting.editing.set(['weights'], { file, sha256 }));
  for (const [key, value] of Object.entries({ file, sha256 }))
    rewriting.apply(rewriting.editing.set(['weights', key], value));
}

/** What a merge has under names of parameters has no effect, and is left as its author wrote it. */
function hasWeights(editing: Editing, index: number): boolean {
  return layerTraits[editing.wiring.layers[index].type].hasParameters;
}

function writeLayer(editing: Editing, index: number, numbers: LayerNumbers): readonly TextEdit[] {
  const layer = editing.layer(index);
  assertFits(editing, index, numbers);
  const written = blocksOf(editing, index, numbers);
  return [
    ...numberKeys.flatMap(key => {
      const values = written.get(key);
      const block = child(layer, key);
      return values && block ? writeBlock(editing, ['layers', index, key], block, values) : [];
    }),
    ...addBlocks(editing, layer, index, written),
  ];
}

type Block = Matrix | readonly number[];

/** What is to stand in the file, by its name there. */
function blocksOf(editing: Editing, index: number, numbers: LayerNumbers): Map<string, Block> {
  const blocks = new Map<string, Block>([['weights', numbers.weights]]);
  for (const key of listKeys) {
    const list = numbers[key];
    if (list && hasList(editing, index, key)) blocks.set(key, list);
  }
  return blocks;
}

/** One weight (row, column) or bias (row, 0) of a layer. */
export interface ParameterPlace {
  readonly layer: number;
  readonly kind: 'weight' | 'bias';
  readonly row: number;
  readonly column: number;
}

/**
 * One number by hand. Where the block is not in the file, it is written from the `parameters` of now: with
 * the layer's other block where that is missing too.
 *
 * @throws EditError where there is no such parameter, or the number is none of the network's precision
 */
export function setParameter(
  editing: Editing,
  place: ParameterPlace,
  value: number,
  parameters: LayerNumbers | undefined,
): readonly TextEdit[] {
  const { layer: index, kind, row, column } = place;
  const layer = editing.layer(index);
  assertParameter(editing, place, value);
  const key = kind === 'weight' ? 'weights' : 'bias';
  const path = ['layers', index, key, row, ...(kind === 'weight' ? [column] : [])];
  if (child(layer, key)) return editing.set(path, value);
  if (!parameters) {
    throw new EditError(
      `The ${key} of layers[${index}] are not in the file, so one of them cannot be set alone: write all of them.`,
    );
  }
  const bias = parameters.bias ?? new Array<number>(editing.flows[index].rows).fill(0);
  const next =
    kind === 'weight'
      ? {
          ...parameters,
          weights: replaced(parameters.weights, row, cells => withItem(cells, column, value)),
        }
      : { ...parameters, bias: withItem(bias, row, value) };
  return fillLayer(editing, index, next);
}

function replaced<T>(list: readonly T[], index: number, change: (item: T) => T): readonly T[] {
  return list.map((item, at) => (at === index ? change(item) : item));
}

function withItem(list: readonly number[], index: number, value: number): readonly number[] {
  return replaced(list, index, () => value);
}

function assertParameter(
  editing: Editing,
  { layer, kind, row, column }: ParameterPlace,
  value: number,
): void {
  if (!hasWeights(editing, layer)) {
    const { type } = editing.wiring.layers[layer];
    const why = isMergeType(type) ? 'joins other layers' : `is ${type}`;
    throw new EditError(
      `layers[${layer}] ${why}, so it has no weights and biases: change those of its sources.`,
    );
  }
  if (kind === 'bias' && !hasList(editing, layer, 'bias')) {
    throw new EditError(`layers[${layer}] has no biases: set useBias to true to give it some.`);
  }
  const { rows, columns } = editing.flows[layer];
  if (!isIndex(row, rows) || !isIndex(column, kind === 'weight' ? columns : 1)) {
    const isConv = editing.wiring.layers[layer].type === 'conv2d';
    const place = kind === 'weight' ? `weights[${row}][${column}]` : `bias[${row}]`;
    throw new EditError(
      `There is no layers[${layer}].${place}: the layer has ${rows} ${isConv ? 'filters' : 'neurons'} and ${columns} ${isConv ? 'weights in each' : 'inputs'}.`,
    );
  }
  const single = editing.precision === 'float32' ? Math.fround(value) : value;
  if (Number.isFinite(single)) return;
  const remedy = Number.isFinite(value) ? 'choose a smaller one' : 'only finite numbers are';
  throw new EditError(`${value} is no ${editing.precision} number for a ${kind}: ${remedy}.`);
}

function isIndex(index: number, length: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < length;
}

/** Writes the blocks that are missing; those in the file stay as they are. */
function fillLayer(editing: Editing, index: number, numbers: LayerNumbers) {
  const layer = editing.layer(index);
  assertFits(editing, index, numbers);
  const kept = child(layer, 'bias') ? new Map<string, Block>([['bias', []]]) : undefined;
  const missing = [...blocksOf(editing, index, numbers)].filter(([key]) => !child(layer, key));
  return addBlocks(editing, layer, index, new Map([...missing, ...(kept ?? [])]));
}

/** Without biases a `bias` in the file has no effect, and is left as its author wrote it. So is what it calls `mean`. */
function hasList(editing: Editing, index: number, key: ListKey): boolean {
  if (key !== 'bias') return editing.wiring.layers[index].type === 'batchNorm';
  return child(editing.layer(index), 'useBias')?.value !== false;
}

function assertFits(editing: Editing, index: number, numbers: LayerNumbers): void {
  const { weights } = numbers;
  assertFinite(weights, ['layers', index, 'weights']);
  const { rows, columns } = editing.flows[index];
  let fits = weights.length === rows;
  for (const key of listKeys) {
    const list = numbers[key];
    if (list) assertFinite(list, ['layers', index, key]);
    fits &&= !list || list.length === rows;
  }
  if (hasWeights(editing, index) && fits && weights.every(row => row.length === columns)) return;
  const size = `${rows} × ${columns}`;
  throw new EditError(
    `The parameters do not fit layers[${index}] (${size}): the network was changed meanwhile.`,
  );
}

type Path = readonly ['layers', number, string];

/** Token by token where the block has the same dimensions, else as a whole. */
function writeBlock(
  editing: Editing,
  path: Path,
  block: Node,
  values: Matrix | readonly number[],
): readonly TextEdit[] {
  const rows = typeof values[0] === 'number' ? [values as readonly number[]] : (values as Matrix);
  const lists = typeof values[0] === 'number' ? [block] : elements(block);
  if (!sameDimensions(rows, lists)) {
    const start = property(editing.layers[path[1]], path[2]) ?? block;
    const indent = editing.inside(start).slice(0, -editing.layout.unit.length);
    return [editing.replace(block, editing.format(values, path, indent))];
  }
  // Row by row, so that there are never as many changes as numbers.
  return rows.flatMap((row, j) =>
    mergeEdits(editing.text, writeRow(row, lists[j], editing.precision), DISTANCE),
  );
}

function writeRow(row: readonly number[], list: Node, precision: Precision): readonly TextEdit[] {
  const { values } = numbersIn(list) ?? {};
  if (values && row.every((value, k) => sameNumber(values[k], value, precision))) return [];
  const tokens = elements(list);
  const edits: TextEdit[] = [];
  for (let k = 0; k < row.length; k++) {
    if (sameNumber(tokens[k].value, row[k], precision)) continue;
    edits.push({ ...range(tokens[k]), text: formatNumber(row[k], precision) });
  }
  return edits;
}

function sameDimensions(rows: Matrix, lists: readonly Node[]): boolean {
  if (rows.length !== lists.length) return false;
  return rows.every((row, j) => {
    if (countIn(lists[j]) !== row.length) return false;
    if (numbersIn(lists[j])) return true;
    return elements(lists[j]).every(token => token.type === 'number');
  });
}

/** Blocks that are not in the file yet, and those that leave it: weights stand before the biases. */
function addBlocks(
  editing: Editing,
  layer: Node,
  index: number,
  written: ReadonlyMap<string, Block>,
): readonly TextEdit[] {
  const members = layer.children ?? [];
  const biasAt = members.findIndex(member => member.children?.[0].value === 'bias');
  const missing = [...written.keys()].filter(key => !child(layer, key));
  const surplus = biasAt >= 0 && !written.has('bias') && hasList(editing, index, 'bias');
  const indent = editing.inside(layer);
  const texts = missing.map(key => {
    const values = written.get(key) ?? [];
    return `"${key}": ${editing.format(values, ['layers', index, key], indent)}`;
  });
  if (surplus && texts.length > 0) return [editing.replace(members[biasAt], texts.join(', '))];
  const removed = surplus ? editing.removeKeys(layer, ['bias']) : [];
  const before = missing.includes('weights') && biasAt >= 0 ? biasAt : members.length;
  const { lineEnd } = editing.layout;
  const style = { ownLines: editing.multiLine, indent, lineEnd };
  const weightsAt = members.findIndex(member => member.children?.[0].value === 'weights');
  const at = missing.includes('bias') && weightsAt >= 0 ? weightsAt + 1 : before;
  return [...removed, ...insertItems(editing.text, layer, at, texts, style)];
}
