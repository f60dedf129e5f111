/**
 * The canvas by keyboard: one tab stop, and inside it a place that arrows move along the data flow.
 *
 *     ← →        the layer before or after (the loss stands after the last one)
 *     ↑ ↓        neurons; below the last one stands the layer itself
 *     e  ⇧e      the next incoming / outgoing edge      b  the bias
 *     Home End   first and last neuron of the layer
 */
import type { Target } from '../../src/engine/facts';

/** What can be reached: per column (the input first) the rows that are drawn, and whether it has biases. */
export interface Reach {
  readonly rows: readonly (readonly number[])[];
  readonly biases: readonly boolean[];
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
  return place.type === 'neuron' || reach.rows[place.layer].includes(place.column);
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
};

function across(place: Target, reach: Reach, by: 1 | -1): Target | undefined {
  const last = reach.rows.length - 2;
  if (place.type === 'loss') return by > 0 ? undefined : middle(last, reach);
  if (place.type === 'weight')
    return by > 0
      ? { type: 'neuron', layer: place.layer, row: place.row }
      : { type: 'neuron', layer: place.layer - 1, row: place.column };
  const layer = place.layer + by;
  if (layer < -1) return undefined;
  if (layer > last) return { type: 'loss' };
  if (place.type === 'layer') return { type: 'layer', layer };
  return {
    type: 'neuron',
    layer,
    row: opposite(place.row, reach.rows[place.layer + 1], reach.rows[layer + 1]),
  };
}

function along(place: Target, reach: Reach, by: 1 | -1): Target | undefined {
  if (place.type === 'loss') return undefined;
  const rows = reach.rows[place.layer + 1];
  if (place.type === 'layer')
    return by > 0 ? undefined : { type: 'neuron', layer: place.layer, row: rows[rows.length - 1] };
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
  const sources = reach.rows[place.layer];
  const at = place.type === 'weight' ? sources.indexOf(place.column) : by > 0 ? -1 : 0;
  const column = sources[(at + by + sources.length) % sources.length];
  return { type: 'weight', layer: place.layer, row: place.row, column };
}

/** The next edge out of the same neuron; on an edge: the next edge out of its source. */
function outgoing(place: Target, reach: Reach): Target | undefined {
  if (place.type === 'loss' || place.type === 'layer') return undefined;
  const layer = place.type === 'weight' ? place.layer : place.layer + 1;
  const column = place.type === 'weight' ? place.column : place.row;
  const targets = reach.rows[layer + 1];
  if (!targets) return undefined;
  const at = place.type === 'weight' ? targets.indexOf(place.row) : -1;
  return { type: 'weight', layer, row: targets[(at + 1) % targets.length], column };
}

function bias(place: Target, reach: Reach): Target | undefined {
  if (place.type === 'bias') return { type: 'neuron', layer: place.layer, row: place.row };
  if (place.type === 'loss' || place.type === 'layer') return undefined;
  if (!reach.biases[place.layer + 1]) return undefined;
  return { type: 'bias', layer: place.layer, row: place.row };
}

/** The neuron at the same height of another column. */
function opposite(row: number, from: readonly number[], to: readonly number[]): number {
  const height = (from.indexOf(row) + 0.5) / from.length;
  return to[Math.min(to.length - 1, Math.floor(height * to.length))];
}

function middle(layer: number, reach: Reach): Target {
  const rows = reach.rows[layer + 1];
  return { type: 'neuron', layer, row: rows[Math.floor((rows.length - 1) / 2)] };
}
