/** Rules about the weights and biases that are written in the file. */
import type { Node } from 'jsonc-parser';
import { pathFault } from './dataFiles';
import type { JsonPath } from './network';
import { child, countIn, descend, elements, end, range } from './tree';
import { many } from './judge';
import type { Judge, LayerSize, Sizes } from './judge';
import { sourceName } from './graphRules';
import { isWeighted } from './layerDraft';
import { listKeys } from './layerNumbers';
import type { ListKey } from './layerNumbers';
import { numbersIn } from './numberList';

export function validateParameters(judge: Judge, sizes: Sizes): void {
  elements(child(judge.root, 'layers'))
    .slice(0, sizes.layers.length)
    .forEach((layer, index) => {
      if (!isWeighted(judge.draft.layers[index])) return;
      weights(judge, child(layer, 'weights'), index, sizes.layers[index]);
      for (const key of listKeys) list(judge, child(layer, key), index, key, sizes.layers[index]);
    });
  if (judge.draft.training.precision === 'float32') fitsFloat32(judge, sizes.layers.length);
}

function weights(judge: Judge, block: Node | undefined, layer: number, size: LayerSize): void {
  if (block?.type !== 'array') return;
  const path = ['layers', layer, 'weights'];
  const rows = elements(block);
  if (size.rows !== undefined && rows.length !== size.rows) {
    rowCount(judge, rows, path, layer, size.rows);
  }
  const { columns } = size;
  if (columns === undefined) return;
  const above =
    judge.draft.layers[layer].type === 'batchNorm'
      ? 'γ of a feature is one number'
      : size.window
        ? `the window sees ${size.window.height} × ${size.window.width} × ${size.window.source.channels} = ${columns} values`
        : `${sourceName(judge, size.sources[0])} gives ${columns}`;
  const bad = rows.flatMap((row, index) => {
    const found = countIn(row);
    return row.type !== 'array' || found === columns ? [] : [{ row, index, found }];
  });
  const shown = bad.slice(0, MOST_ROWS);
  for (const { row, index, found } of shown) {
    const others = bad.length > shown.length && row === shown[MOST_ROWS - 1].row;
    const more = others ? ` (and ${many(bad.length - MOST_ROWS, 'more row')})` : '';
    const message = `Row ${index} of layers[${layer}].weights has ${many(found, 'weight')}${more}, ${above}: write ${many(columns, 'number')} in each row, or remove the weights to draw them from the seed.`;
    judge.tell('error', 'weights.columns', [...path, index], message, range(row));
  }
}

/** A changed number of inputs makes every row wrong: the first ones are told. */
const MOST_ROWS = 10;

/** Surplus rows are underlined; where rows are missing, the key is. */
function rowCount(
  judge: Judge,
  rows: readonly Node[],
  path: JsonPath,
  layer: number,
  expected: number,
): void {
  const { key } = rowWords(judge, layer);
  const missing = expected - rows.length;
  const remedy = missing > 0 ? `add ${many(missing, 'row')}` : `remove ${many(-missing, 'row')}`;
  const maySet = rows.length > 0 && judge.draft.layers[layer].type !== 'batchNorm';
  const other = maySet ? `set ${key} to ${rows.length}, or ` : '';
  const message = `layers[${layer}].weights has ${many(rows.length, 'row')}, ${key} is ${expected}: ${other}${remedy}.`;
  judge.tell('error', 'weights.rows', path, message, surplus(rows, expected) ?? judge.key(path));
}

/** What a row of weights stands for, and the setting that says how many there are. */
function rowWords(judge: Judge, layer: number): { readonly key: string; readonly noun: string } {
  switch (judge.draft.layers[layer].type) {
    case 'conv2d':
      return { key: 'filters', noun: 'filter' };
    case 'batchNorm':
      return { key: 'the number of features', noun: 'feature' };
    default:
      return { key: 'units', noun: 'neuron' };
  }
}

function surplus(items: readonly Node[], expected: number) {
  if (items.length <= expected) return undefined;
  return { start: items[expected].offset, end: end(items[items.length - 1]) };
}

/** Biases or running statistics. */
function list(
  judge: Judge,
  block: Node | undefined,
  layer: number,
  name: ListKey,
  { rows }: LayerSize,
): void {
  const { type, useBias } = judge.draft.layers[layer];
  // To others these are unknown keys, which are told of elsewhere.
  if (block?.type !== 'array' || (name !== 'bias' && type !== 'batchNorm')) return;
  const path = ['layers', layer, name];
  if (name === 'bias' && useBias === false) {
    const message = `layers[${layer}].bias has no effect because useBias is false: remove one of the two.`;
    return judge.tell('warning', 'bias.unused', path, message, judge.key(path));
  }
  const found = countIn(block);
  if (rows === undefined || found === rows) return;
  const { key, noun } = rowWords(judge, layer);
  const message = `layers[${layer}].${name} has ${many(found, 'number')}, ${key} is ${rows}: write one number per ${noun}.`;
  const where = surplus(elements(block), rows) ?? range(block);
  judge.tell('error', name === 'bias' ? 'bias.length' : 'statistics.length', path, message, where);
}

/** The file itself is read by whoever computes: what is in it is judged there. */
export function validateWeightsFile(judge: Judge): void {
  const { weights } = judge.draft;
  const fault = weights && pathFault(weights.file);
  if (fault === undefined) return;
  const message = `The path "${weights?.file}" of the weights ${fault}`;
  judge.tell('error', 'weights.path', ['weights', 'file'], message);
}

function fitsFloat32(judge: Judge, layers: number): void {
  for (let layer = 0; layer < layers; layer++) {
    if (!isWeighted(judge.draft.layers[layer])) continue;
    const weights = ['layers', layer, 'weights'];
    elements(descend(judge.root, weights)).forEach((row, index) =>
      listFitsFloat32(judge, row, [...weights, index]),
    );
    for (const key of listKeys) {
      const path = ['layers', layer, key];
      const unused = key === 'bias' && judge.draft.layers[layer].useBias === false;
      if (!unused) listFitsFloat32(judge, descend(judge.root, path), path);
    }
  }
}

/** The numbers that a list itself holds; lists in it have been refused. */
function listFitsFloat32(judge: Judge, list: Node | undefined, path: JsonPath): void {
  const numbers = numbersIn(list);
  if (numbers && isFloat32(numbers.least) && isFloat32(numbers.most)) return;
  elements(list).forEach((node, index) => {
    if (node.type !== 'number' || !Number.isFinite(node.value)) return;
    if (isFloat32(node.value)) return;
    const message = `${node.value} is too large for float32: make it smaller, or set training.precision to "float64".`;
    judge.tell('error', 'number.float32', [...path, index], message, range(node));
  });
}

function isFloat32(value: number): boolean {
  return Number.isFinite(Math.fround(value));
}
