/**
 * Weights and biases that are written in the file, when a layer gets other dimensions: what still fits
 * keeps its text, what is new is drawn, and where nothing can be drawn the block goes, so that it is drawn
 * from the seed.
 */
import type { Node } from 'jsonc-parser';
import { columnChange } from './columns';
import type { ColumnChange } from './columns';
import type { Editing } from './editing';
import type { TextEdit } from './json';
import { initOf } from './layerDraft';
import { listKeys, listStarts } from './layerNumbers';
import type { ListKey } from './layerNumbers';
import type { Initializer, LayerType } from './network';
import type { Rewriting } from './rewriting';
import { insertAlike, removeItems } from './splice';
import { child, countIn, elements, end } from './tree';
import type { Flow } from './wiring';
import { formatNumber } from './write';

/** Of one layer with weights; `units` counts their rows, `inputs` their columns. */
export interface Reshape {
  /** Index of the layer in the text as it is now. */
  readonly layer: number;
  readonly before: { readonly units: number; readonly inputs: number };
  readonly after: { readonly units: number; readonly inputs: number };
  /** Undefined: no column stays. */
  readonly columns: ColumnChange | undefined;
  readonly type: LayerType;
  /** Places of a window: a value of an image goes out to as many neurons a filter. */
  readonly area: number;
}

/** The matrix of a layer, before and after. A filter's columns stay only where all of them do. */
export function reshapeOf(layer: number, type: LayerType, old: Flow, now: Flow): Reshape {
  const known = !Number.isNaN(old.columns + now.columns);
  const { height = 1, width = 1 } = now.window ?? {};
  return {
    layer,
    before: { units: old.rows, inputs: old.columns },
    after: { units: now.rows, inputs: now.columns },
    columns: known ? columnsOf(type, old, now) : undefined,
    type,
    area: height * width,
  };
}

function columnsOf(type: LayerType, old: Flow, now: Flow): ColumnChange | undefined {
  if (type === 'dense') return columnChange(old.incoming, now.incoming);
  const keeps = type === 'batchNorm' ? sameFeatures(old, now) : sameWindow(old, now);
  return keeps ? { kept: now.columns, remove: [], insert: [] } : undefined;
}

/** Whether row k still is of the feature that it was of: as many, or more or fewer at the end of one source. */
function sameFeatures(old: Flow, now: Flow): boolean {
  if (old.rows === now.rows) return true;
  const [before, after] = [old.incoming, now.incoming];
  const single = before.length === 1 && after.length === 1 && !old.image && !now.image;
  return single && before[0].origin === after[0].origin;
}

function sameWindow({ window: old }: Flow, { window: now }: Flow): boolean {
  if (!old || !now) return false;
  const sameChannels = old.source.channels === now.source.channels;
  return sameChannels && old.height === now.height && old.width === now.width;
}

/** What becomes of one layer's blocks. */
interface Plan extends Reshape {
  readonly init: Initializer;
  readonly weights: Fate;
  readonly lists: { readonly [K in ListKey]: Fate };
}

type Fate = 'none' | 'drop' | 'keep';

export function reshape(rewriting: Rewriting, changes: readonly Reshape[]): void {
  const { editing } = rewriting;
  const plans = changes.map(change => planOf(editing, change, rewriting.draws));
  rewriting.apply(plans.flatMap(plan => removals(editing, plan)));
  if (plans.every(plan => !grows(plan))) return;
  const shrunk = rewriting.editing;
  rewriting.apply(plans.flatMap(plan => insertions(rewriting, shrunk, plan)));
}

const usualInit: Initializer = { type: 'xavierUniform', value: 0, scale: 1 };

function planOf(editing: Editing, change: Reshape, draws: boolean): Plan {
  const { before, after, columns } = change;
  const node = editing.layer(change.layer);
  const weights = child(node, 'weights');
  const init = initOf(node, change.type);
  const more = after.units > before.units;
  const drawable = draws && init !== undefined;
  const stays =
    weights && columns && columns.kept > 0 && fits(weights, before) && (drawable || !grows(change));
  const fateOf = (key: ListKey): Fate => {
    const list = child(node, key);
    if (!list || (key === 'bias' && child(node, 'useBias')?.value === false)) return 'none';
    if (key !== 'bias' && change.type !== 'batchNorm') return 'none';
    const known = change.type !== 'batchNorm' || columns !== undefined;
    return known && countIn(list) === before.units && (draws || !more) ? 'keep' : 'drop';
  };
  return {
    ...change,
    init: init ?? usualInit,
    weights: !weights ? 'none' : stays ? 'keep' : 'drop',
    lists: { bias: fateOf('bias'), mean: fateOf('mean'), variance: fateOf('variance') },
  };
}

/** Whether it may need new numbers. */
function grows({ before, after, columns }: Reshape): boolean {
  return after.units > before.units || (columns?.insert.length ?? 0) > 0;
}

function fits(matrix: Node, { units, inputs }: Reshape['before']): boolean {
  const rows = elements(matrix);
  return rows.length === units && rows.every(row => countIn(row) === inputs);
}

function removals(editing: Editing, plan: Plan): readonly TextEdit[] {
  const { text } = editing;
  const node = editing.layer(plan.layer);
  const doomed = [
    ...(plan.weights === 'drop' ? ['weights'] : []),
    ...listKeys.filter(key => plan.lists[key] === 'drop'),
  ];
  const edits = [...editing.removeKeys(node, doomed)];
  const { units } = plan.after;
  for (const key of listKeys) {
    const list = child(node, key);
    if (plan.lists[key] === 'keep' && list) edits.push(...removeFrom(text, list, units));
  }
  const weights = child(node, 'weights');
  if (plan.weights !== 'keep' || !weights) return edits;
  const columns = plan.columns?.remove ?? [];
  for (const row of elements(weights).slice(0, units)) {
    if (columns.length > 0) edits.push(...removeItems(text, row, columns));
  }
  edits.push(...removeFrom(text, weights, units));
  return edits;
}

/** The items of a list from an index on. */
function removeFrom(text: string, list: Node, from: number): readonly TextEdit[] {
  const { length } = elements(list);
  const surplus = Array.from({ length: Math.max(length - from, 0) }, (_, index) => from + index);
  return removeItems(text, list, surplus);
}

function insertions(rewriting: Rewriting, editing: Editing, plan: Plan): readonly TextEdit[] {
  const { text, layout } = editing;
  const node = editing.layer(plan.layer);
  const edits: TextEdit[] = [];
  const rows = Math.max(plan.after.units - plan.before.units, 0);
  const weights = child(node, 'weights');
  if (plan.weights === 'keep' && weights) {
    edits.push(...growMatrix(rewriting, editing, plan, weights, rows));
  }
  for (const key of listKeys) {
    const list = child(node, key);
    if (plan.lists[key] !== 'keep' || !list) continue;
    const starts = Array.from({ length: rows }, () => String(listStarts[key]));
    edits.push(...insertAlike(text, list, plan.before.units, starts, layout.lineEnd));
    rewriting.count(rows);
  }
  return edits;
}

function growMatrix(
  rewriting: Rewriting,
  editing: Editing,
  plan: Plan,
  matrix: Node,
  newRows: number,
): readonly TextEdit[] {
  const { text, layout, precision, seed } = editing;
  const { layer, init, area } = plan;
  const { units, inputs } = plan.after;
  const inserts = plan.columns?.insert ?? [];
  const rows = elements(matrix);
  const wider = inserts.reduce((sum, { count }) => sum + count, 0);
  const count = rows.length * wider + newRows * inputs;
  const numbers = rewriting.draw({
    layer,
    init,
    inputs,
    units: units * area,
    count,
    seed,
    precision,
  });
  rewriting.count(count);
  let offset = 0;
  const take = (length: number): readonly string[] =>
    numbers
      .slice(offset, (offset += length))
      .map(number => formatNumber(single(number, precision), precision));
  const edits = rows.flatMap(row =>
    inserts.flatMap(({ at, count }) => insertAlike(text, row, at, take(count), layout.lineEnd)),
  );
  const write = rowWriter(text, matrix);
  const added = Array.from({ length: newRows }, () => write(take(inputs)));
  return [...edits, ...insertAlike(text, matrix, rows.length, added, layout.lineEnd)];
}

function single(number: number, precision: Editing['precision']): number {
  return precision === 'float32' ? Math.fround(number) : number;
}

/** Writes a row as the last one of the matrix is written. */
function rowWriter(text: string, matrix: Node): (numbers: readonly string[]) => string {
  const rows = elements(matrix);
  const row = rows[rows.length - 1];
  const tokens = elements(row);
  const inline = (numbers: readonly string[]): string => `[${numbers.join(', ')}]`;
  if (tokens.length < 2) return inline;
  const open = text.slice(row.offset + 1, tokens[0].offset);
  const between = text.slice(end(tokens[0]), tokens[1].offset);
  const close = text.slice(end(tokens[tokens.length - 1]), end(row) - 1);
  if (/[^\s,]/.test(open + between + close)) return inline;
  return numbers => `[${open}${numbers.join(between)}${close}]`;
}
