/**
 * Where everything stands on the canvas: pure geometry, in pixels, origin at the top left.
 *
 * Layers are columns from left to right, the input first; a column longer than its neighbours is not
 * drawn taller but closer. All edges between two columns share their ends in x, so one parameter t
 * serves them all: y(t) = y₁ + (y₂ − y₁)(3t² − 2t³).
 */
import type { Target } from '../../src/engine/facts';

/** A layer as the worker shows it: how many neurons, and which of them are drawn. */
export interface ColumnInput {
  readonly units: number;
  /** Rows in ascending order. */
  readonly shown: readonly number[];
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNeuron extends Point {
  readonly row: number;
  /** Index into `shown`, and so into the columns of a view. */
  readonly slot: number;
}

export interface Column {
  /** Index into `layers`; −1 is the input. */
  readonly layer: number;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly neurons: readonly PlacedNeuron[];
  /** Where neurons are left out, and how many. */
  readonly gap: { readonly y: number; readonly hidden: number } | undefined;
}

export interface PlacedEdge {
  readonly layer: number;
  readonly row: number;
  readonly column: number;
  readonly from: PlacedNeuron;
  readonly to: PlacedNeuron;
  readonly path: string;
}

export interface CanvasLayout extends Size {
  readonly radius: number;
  /** From neuron to neuron of a column. */
  readonly spacing: number;
  readonly columns: readonly Column[];
  /** By layer: all edges that lead into it, row by row. */
  readonly edges: readonly (readonly PlacedEdge[])[];
  /** The node of the loss; `radius` is half its side. */
  readonly loss: Point & { readonly radius: number };
  readonly captionY: number;
}

/** Room beside the first and the last column for the names of inputs and outputs. */
export interface Margins {
  readonly left: number;
  readonly right: number;
}

const TOP = 28;
const CAPTION = 52;
const BOTTOM = 20;
const LOSS_RADIUS = 20;
const LOSS_ROOM = 72;
const MINIMUM_SPACING = 18;
const MAXIMUM_SPACING = 72;
const MINIMUM_DISTANCE = 116;
const MAXIMUM_DISTANCE = 300;
const EDGE_BUDGET = 1400;
const ALL_SHOWN = 24;
const HEAD = 8;
const TAIL = 4;

/** Which rows of a layer are drawn while no view has said so: all of few, else the first and the last. */
export function defaultShown(units: number): number[] {
  if (units <= ALL_SHOWN) return Array.from({ length: units }, (_, row) => row);
  return Array.from({ length: HEAD + TAIL }, (_, slot) =>
    slot < HEAD ? slot : units - HEAD - TAIL + slot,
  );
}

/** Slots of each column that are drawn: all, unless that made more edges than a page can carry. */
export function chooseSlots(columns: readonly ColumnInput[], budget = EDGE_BUDGET): number[][] {
  const all = columns.map(({ shown }) => shown.map((_, slot) => slot));
  const edges = all.reduce(
    (sum, slots, i) => sum + (i > 0 ? slots.length * all[i - 1].length : 0),
    0,
  );
  if (edges <= budget) return all;
  return all.map(slots => {
    if (slots.length <= HEAD + TAIL) return slots;
    return [...slots.slice(0, HEAD), ...slots.slice(-TAIL)];
  });
}

/** Places a network in the room there is; grows beyond it (the canvas scrolls) rather than overlap. */
export function placeNetwork(
  inputs: readonly ColumnInput[],
  room: Size,
  margins: Margins,
): CanvasLayout {
  const slots = chooseSlots(inputs);
  const lengths = inputs.map((input, i) => positions(input, slots[i]).length);
  const tallest = Math.max(1, ...lengths);
  const free = room.height - TOP - CAPTION - BOTTOM;
  const spacing = clamp(free / tallest, MINIMUM_SPACING, MAXIMUM_SPACING);
  const radius = clamp(Math.floor(spacing * 0.34), 6, 18);
  const height = Math.max(room.height, TOP + spacing * tallest + CAPTION + BOTTOM);
  const across = horizontal(inputs.length, room.width, margins);
  const middle = TOP + (height - TOP - CAPTION - BOTTOM) / 2;
  const columns = inputs.map((input, i) =>
    placeColumn(input, slots[i], i - 1, across.first + i * across.distance, middle, spacing),
  );
  return {
    width: across.width,
    height,
    radius,
    spacing,
    columns,
    edges: columns.slice(1).map((column, i) => placeEdges(columns[i], column, radius)),
    loss: { x: across.loss, y: middle, radius: LOSS_RADIUS },
    captionY: Math.max(...columns.map(column => column.bottom)) + radius + 24,
  };
}

function horizontal(
  columns: number,
  width: number,
  margins: Margins,
): { first: number; distance: number; loss: number; width: number } {
  const right = margins.right + LOSS_ROOM;
  const gaps = Math.max(1, columns - 1);
  const distance = clamp((width - margins.left - right) / gaps, MINIMUM_DISTANCE, MAXIMUM_DISTANCE);
  const used = margins.left + (columns - 1) * distance + right;
  const first = margins.left + Math.max(0, (width - used) / 2);
  const last = first + (columns - 1) * distance;
  return {
    first,
    distance,
    loss: last + margins.right + LOSS_ROOM / 2 - 4,
    width: Math.max(width, used),
  };
}

/** Slots from top to bottom, `gap` where neurons are left out. */
function positions(input: ColumnInput, slots: readonly number[]): (number | 'gap')[] {
  const result: (number | 'gap')[] = [];
  slots.forEach((slot, i) => {
    if (i > 0 && input.shown[slot] !== input.shown[slots[i - 1]] + 1) result.push('gap');
    result.push(slot);
  });
  return result;
}

function placeColumn(
  input: ColumnInput,
  slots: readonly number[],
  layer: number,
  x: number,
  middle: number,
  spacing: number,
): Column {
  const places = positions(input, slots);
  const y = (index: number): number => middle + (index - (places.length - 1) / 2) * spacing;
  const neurons = places.flatMap((slot, index) =>
    slot === 'gap' ? [] : [{ row: input.shown[slot], slot, x, y: y(index) }],
  );
  const gap = places.indexOf('gap');
  return {
    layer,
    x,
    top: y(0),
    bottom: y(places.length - 1),
    neurons,
    gap: gap < 0 ? undefined : { y: y(gap), hidden: input.units - neurons.length },
  };
}

function placeEdges(before: Column, column: Column, radius: number): PlacedEdge[] {
  return column.neurons.flatMap(to =>
    before.neurons.map(from => ({
      layer: column.layer,
      row: to.row,
      column: from.row,
      from,
      to,
      path: curve({ x: from.x + radius, y: from.y }, { x: to.x - radius, y: to.y }),
    })),
  );
}

const BEND = 0.45;

/** A cubic that leaves and arrives level. */
export function curve(from: Point, to: Point): string {
  const bend = (to.x - from.x) * BEND;
  return `M${fix(from.x)} ${fix(from.y)}C${fix(from.x + bend)} ${fix(from.y)} ${fix(to.x - bend)} ${fix(to.y)} ${fix(to.x)} ${fix(to.y)}`;
}

/** The curve's t ∈ [0, 1] at a share u ∈ [0, 1] of its width: bisection of x(t), which only grows. */
function parameterAt(u: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 24; i++) {
    const t = (low + high) / 2;
    const s = 1 - t;
    const x = 3 * s * s * t * BEND + 3 * s * t * t * (1 - BEND) + t * t * t;
    if (x < u) low = t;
    else high = t;
  }
  return (low + high) / 2;
}

/** A point on an edge at a share of its width, from its source to its target. */
export function pointOnEdge(edge: PlacedEdge, radius: number, u: number): Point {
  const left = edge.from.x + radius;
  const right = edge.to.x - radius;
  const t = parameterAt(u);
  return { x: left + (right - left) * u, y: edge.from.y + (edge.to.y - edge.from.y) * ease(t) };
}

/**
 * The edge closest to a point, within `tolerance` pixels. Where two run closer than a pixel together,
 * `keep` (the edge pointed at so far) wins, so that nothing flickers at a crossing.
 */
export function nearestEdge(
  layout: CanvasLayout,
  point: Point,
  tolerance: number,
  keep?: Target,
): PlacedEdge | undefined {
  for (const edges of layout.edges) {
    if (edges.length === 0) continue;
    const left = edges[0].from.x + layout.radius;
    const right = edges[0].to.x - layout.radius;
    if (point.x < left || point.x > right) continue;
    const t = parameterAt((point.x - left) / (right - left));
    return nearestAt(edges, point.y, t, right - left, tolerance, keep);
  }
  return undefined;
}

function nearestAt(
  edges: readonly PlacedEdge[],
  y: number,
  t: number,
  width: number,
  tolerance: number,
  keep: Target | undefined,
): PlacedEdge | undefined {
  const s = 1 - t;
  const run = width * (3 * BEND * (s * s + t * t) + 6 * s * t * (1 - 2 * BEND));
  let best: PlacedEdge | undefined;
  let distance = tolerance;
  for (const edge of edges) {
    const rise = edge.to.y - edge.from.y;
    const slope = (rise * 6 * t * s) / run;
    let d = Math.abs(edge.from.y + rise * ease(t) - y) / Math.sqrt(1 + slope * slope);
    if (keep && isEdge(keep, edge)) d -= 1;
    if (d < distance) {
      distance = d;
      best = edge;
    }
  }
  return best;
}

function isEdge(target: Target, edge: PlacedEdge): boolean {
  return (
    target.type === 'weight' &&
    target.layer === edge.layer &&
    target.row === edge.row &&
    target.column === edge.column
  );
}

export function findNeuron(
  layout: CanvasLayout,
  layer: number,
  row: number,
): PlacedNeuron | undefined {
  return layout.columns[layer + 1]?.neurons.find(neuron => neuron.row === row);
}

export function findEdge(
  layout: CanvasLayout,
  layer: number,
  row: number,
  column: number,
): PlacedEdge | undefined {
  return layout.edges[layer]?.find(edge => edge.row === row && edge.column === column);
}

const ease = (t: number): number => t * t * (3 - 2 * t);
const fix = (value: number): string => value.toFixed(1);
const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, value));
