/**
 * The canvas by keyboard: one tab stop, and inside it a place that arrows move along the data flow.
 *
 *     ← →        the first layer that values come from, or go to (the loss stands after the last one)
 *     [ ]        the layer above or below in the file: reaches every branch
 *     ↑ ↓        neurons; below the last one stands the layer itself
 *     e  ⇧e      the next incoming / outgoing edge      b  the bias
 *     Home End   first and last neuron of the layer
 */
import type { Target } from '../../src/engine/facts';

/** What can be reached: per column (the input first) the rows that are drawn, and whether it has biases. */
export interface Reach {
  readonly rows: readonly (readonly number[])[];
  readonly biases: readonly boolean[];
  /** By layer, where its values come from: −1 is the input. */
  readonly sources: readonly (readonly number[])[];
  /** By layer, whether its connections are weights. */
  readonly weighted: readonly boolean[];
}

export type Command =
  | { readonly type: 'move'; readonly to: Target }
  | { readonly type: 'select' }
  | { readonly type: 'escape' };

interface Key {
  readonly key: string;
  readonly shiftKey?: boolean;
}

/** Where the keyboard enters. */
export function firstPlace(reach: Reach): Target | undefined {
  const column = reach.rows.length > 1 ? 1 : 0;
  const row = reach.rows[column]?.[0];
  return row === undefined ? undefined : { type: 'neuron', layer: column - 1, row };
}

/** A place that is still drawn: the same one, or where the keyboard enters. */
export function keepPlace(place: Target | undefined, reach: Reach): Target | undefined {
  return place && isReachable(place, reach) ? place : firstPlace(reach);
}

export function isReachable(place: Target, reach: Reach): boolean {
  if (place.type === 'loss') return true;
  const rows = reach.rows[place.layer + 1];
  if (!rows) return false;
  if (place.type === 'layer') return true;
  if (!rows.includes(place.row)) return false;
  if (place.type === 'bias') return reach.biases[place.layer + 1];
  return place.type === 'neuron' || sourceRows(place.layer, reach).includes(place.column);
}

/** Rows of the one source of a layer with weights; none of any other. */
function sourceRows(layer: number, reach: Reach): readonly number[] {
  return reach.weighted[layer] ? (reach.rows[reach.sources[layer][0] + 1] ?? []) : [];
}

/** What a key means at a place; undefined: nothing, the key is left to others. */
export function interpret(place: Target, event: Key, reach: Reach): Command | undefined {
  if (event.key === 'Enter' || event.key === ' ') return { type: 'select' };
  if (event.key === 'Escape') return { type: 'escape' };
  const step = STEPS[event.key];
  const to = step?.(place, reach, event.shiftKey === true);
  return to && !(to === place) ? { type: 'move', to } : undefined;
}

type Step = (place: Target, reach: Reach, shift: boolean) => Target | undefined;

const STEPS: { readonly [key: string]: Step | undefined } = {
  ArrowLeft: (place, reach) => across(place, reach, -1),
  ArrowRight: (place, reach) => across(place, reach, 1),
  ArrowUp: (place, reach) => along(place, reach, -1),
  ArrowDown: (place, reach) => along(place, reach, 1),
  Home: (place, reach) => toEnd(place, reach, 0),
  End: (place, reach) => toEnd(place, reach, -1),
  e: (place, reach) => incoming(place, reach, 1),
  E: (place, reach) => outgoing(place, reach),
  b: bias,
  '[': (place, reach) => inFile(place, reach, -1),
  ']': (place, reach) => inFile(place, reach, 1),
};

function across(place: Target, reach: Reach, by: 1 | -1): Target | undefined {
  const last = reach.rows.length - 2;
  if (place.type === 'loss') return by > 0 ? undefined : middle(last, reach);
  if (place.type === 'weight')
    return by > 0
      ? { type: 'neuron', layer: place.layer, row: place.row }
      : { type: 'neuron', layer: reach.sources[place.layer][0], row: place.column };
  const layer = by > 0 ? consumers(place.layer, reach)[0] : reach.sources[place.layer]?.[0];
  if (layer === undefined) return by > 0 ? { type: 'loss' } : undefined;
  return beside(place, layer, reach);
}

/** Layers that take a layer's values, in the file's order. */
function consumers(layer: number, reach: Reach): number[] {
  return reach.sources.flatMap((from, each) => (from.includes(layer) ? [each] : []));
}

function inFile(place: Target, reach: Reach, by: 1 | -1): Target | undefined {
  if (place.type === 'loss') return by > 0 ? undefined : middle(reach.rows.length - 2, reach);
  const layer = place.layer + by;
  if (layer < -1) return undefined;
  return layer > reach.rows.length - 2 ? { type: 'loss' } : beside(place, layer, reach);
}

/** The place of the same kind and height in another layer. */
function beside(place: Exclude<Target, { type: 'loss' }>, layer: number, reach: Reach): Target {
  if (place.type === 'layer') return { type: 'layer', layer };
  const row = opposite(place.row, reach.rows[place.layer + 1], reach.rows[layer + 1]);
  return row === undefined ? { type: 'layer', layer } : { type: 'neuron', layer, row };
}

function along(place: Target, reach: Reach, by: 1 | -1): Target | undefined {
  if (place.type === 'loss') return undefined;
  const rows = reach.rows[place.layer + 1];
  if (place.type === 'layer') {
    const row = rows.at(-1);
    return by > 0 || row === undefined ? undefined : { type: 'neuron', layer: place.layer, row };
  }
  if (place.type === 'weight') return incoming(place, reach, by);
  const index = rows.indexOf(place.row) + by;
  if (index < 0) return undefined;
  if (index >= rows.length) return { type: 'layer', layer: place.layer };
  return { type: place.type, layer: place.layer, row: rows[index] };
}

function toEnd(place: Target, reach: Reach, end: 0 | -1): Target | undefined {
  if (place.type === 'loss') return undefined;
  const row = reach.rows[place.layer + 1].at(end);
  return row === undefined ? undefined : { type: 'neuron', layer: place.layer, row };
}

/** The next edge into the same neuron; from the neuron itself the first one. */
function incoming(place: Target, reach: Reach, by: 1 | -1): Target | undefined {
  if (place.type === 'loss' || place.type === 'layer' || place.layer < 0) return undefined;
  const sources = sourceRows(place.layer, reach);
  if (sources.length === 0) return undefined;
  const at = place.type === 'weight' ? sources.indexOf(place.column) : by > 0 ? -1 : 0;
  const column = sources[(at + by + sources.length) % sources.length];
  return { type: 'weight', layer: place.layer, row: place.row, column };
}

/**
 * The next edge out of the same neuron, through all layers that weigh it; on an edge: the next edge out of its
 * source.
 */
function outgoing(place: Target, reach: Reach): Target | undefined {
  if (place.type === 'loss' || place.type === 'layer') return undefined;
  const isEdge = place.type === 'weight';
  const source = isEdge ? reach.sources[place.layer][0] : place.layer;
  const column = isEdge ? place.column : place.row;
  const layers = consumers(source, reach).filter(layer => reach.weighted[layer]);
  const edges = layers.flatMap(layer => reach.rows[layer + 1].map(row => ({ layer, row })));
  if (edges.length === 0) return undefined;
  const at = isEdge
    ? edges.findIndex(({ layer, row }) => layer === place.layer && row === place.row)
    : -1;
  return { type: 'weight', ...edges[(at + 1) % edges.length], column };
}

function bias(place: Target, reach: Reach): Target | undefined {
  if (place.type === 'bias') return { type: 'neuron', layer: place.layer, row: place.row };
  if (place.type === 'loss' || place.type === 'layer') return undefined;
  if (!reach.biases[place.layer + 1]) return undefined;
  return { type: 'bias', layer: place.layer, row: place.row };
}

/** The neuron at the same height of another column. */
function opposite(row: number, from: readonly number[], to: readonly number[]): number | undefined {
  const height = (from.indexOf(row) + 0.5) / from.length;
  return to[Math.min(to.length - 1, Math.floor(height * to.length))];
}

function middle(layer: number, reach: Reach): Target {
  const rows = reach.rows[layer + 1];
  if (rows.length === 0) return { type: 'layer', layer };
  return { type: 'neuron', layer, row: rows[Math.floor((rows.length - 1) / 2)] };
}
