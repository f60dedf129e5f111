/** Weights and biases in the file that do not fit their layer: filled up, cut, or left to the seed. */
import type { Node } from 'jsonc-parser';
import type { Fix, Repair } from './fixTools';
import type { Issue } from './network';
import type { TextEdit } from './json';
import { sizesOf } from './judge';
import { insertItems, removeItems } from './splice';
import { child, elements } from './tree';
import { formatInline, formatNumber } from './write';

/** A layer's block with what its size should be. */
interface Block {
  readonly layer: number;
  readonly node: Node;
  /** Rows that there should be. */
  readonly units: number;
  /** Numbers that should stand in each. */
  readonly inputs: number;
  /** Of a conv2d: places of its window. */
  readonly area: number;
}

function blockOf(repair: Repair, { path }: Issue, key: 'weights'): Block | undefined {
  const layer = Number(path[1]);
  const node = child(repair.editing.layers[layer], key);
  const { rows: units, columns: inputs, window } = sizesOf(repair.draft).layers[layer] ?? {};
  if (node?.type !== 'array' || units === undefined || inputs === undefined) return undefined;
  return { layer, node, units, inputs, area: window ? window.height * window.width : 1 };
}

/** Every row of the layer gets as many weights as its source has values. */
export function fitRows(repair: Repair, issue: Issue): readonly Fix[] {
  const block = blockOf(repair, issue, 'weights');
  if (!block) return [];
  const { layer, node, inputs } = block;
  const rows = elements(node).filter(row => row.type === 'array');
  const missing = rows.reduce((sum, row) => sum + Math.max(0, inputs - elements(row).length), 0);
  const surplus = rows.some(row => elements(row).length > inputs);
  const numbers = drawn(repair, block, missing);
  let used = 0;
  const edits = rows.flatMap(row => {
    const count = Math.max(0, inputs - elements(row).length);
    used += count;
    return fitList(repair, row, inputs, numbers.slice(used - count, used));
  });
  const type = missing === 0 ? 'cutRows' : surplus ? 'fitRows' : 'fillRows';
  return [{ name: { type, layer }, edits }, ...redraw(repair, layer)];
}

/** As many rows as neurons, or as many neurons as rows. */
export function fitRowCount(repair: Repair, issue: Issue): readonly Fix[] {
  const block = blockOf(repair, issue, 'weights');
  if (!block) return [];
  const { layer, node, units, inputs } = block;
  const found = elements(node).length;
  const missing = Math.max(0, units - found);
  const numbers = drawn(repair, block, missing * inputs);
  const rows = Array.from({ length: missing }, (_, i) =>
    formatInline(numbers.slice(i * inputs, (i + 1) * inputs), repair.editing.precision),
  );
  const fitted: Fix = {
    name:
      missing > 0
        ? { type: 'addRows', layer, count: missing }
        : { type: 'removeRows', layer, count: found - units },
    edits: missing > 0 ? append(repair, node, rows) : cut(repair, node, units),
  };
  const setUnits: Fix = {
    name: { type: 'setUnits', layer, units: found },
    edits: repair.editing.set(['layers', layer, 'units'], found),
  };
  // Filters have another name, and features come from the source.
  const { type = 'dense' } = repair.draft.layers[layer];
  return [...(found > 0 && type === 'dense' ? [setUnits] : []), fitted, ...redraw(repair, layer)];
}

/** One bias a neuron; new ones are 0, as those that are not in the file. */
export function fitBias(repair: Repair, issue: Issue): readonly Fix[] {
  const layer = Number(issue.path[1]);
  const node = child(repair.editing.layers[layer], 'bias');
  const { rows: units } = sizesOf(repair.draft).layers[layer] ?? {};
  if (node?.type !== 'array' || units === undefined) return [];
  const missing = Math.max(0, units - elements(node).length);
  const edits = fitList(repair, node, units, Array<number>(missing).fill(0));
  return [{ name: { type: missing > 0 ? 'fillBias' : 'cutBias', layer }, edits }];
}

function redraw({ editing }: Repair, layer: number): readonly Fix[] {
  const edits = editing.removeKeys(editing.layer(layer), ['weights']);
  return [{ name: { type: 'redraw', layer }, edits }];
}

/** New weights by the layer's initializer, from the seed. */
function drawn(repair: Repair, block: Block, count: number): readonly number[] {
  if (count === 0) return [];
  const { draft, editing, tools } = repair;
  const { layer, inputs, area } = block;
  const units = block.units * area;
  const init = draft.layers[layer].init ?? { type: 'xavierUniform', value: 0, scale: 1 };
  const { precision } = editing;
  return tools.draw({ layer, init, inputs, units, count, seed: draft.seed ?? 0, precision });
}

/** Exactly `length` numbers: cut at the end, or with `more` behind. */
function fitList(
  repair: Repair,
  list: Node,
  length: number,
  more: readonly number[],
): readonly TextEdit[] {
  const texts = more.map(value => formatNumber(value, repair.editing.precision));
  return more.length > 0 ? append(repair, list, texts) : cut(repair, list, length);
}

function append({ editing }: Repair, list: Node, texts: readonly string[]): readonly TextEdit[] {
  const indent = editing.inside(list);
  const { lineEnd } = editing.layout;
  const style = { ownLines: false, indent, lineEnd };
  return insertItems(editing.text, list, elements(list).length, texts, style);
}

function cut({ editing }: Repair, list: Node, length: number): readonly TextEdit[] {
  const surplus = elements(list)
    .map((_, index) => index)
    .slice(length);
  return surplus.length === 0 ? [] : removeItems(editing.text, list, surplus);
}
