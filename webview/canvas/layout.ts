/**
 * Where everything stands on the canvas: pure geometry, in pixels, origin at the top left.
 *
 * Layers are columns from left to right, the input first; a column longer than its neighbours is not
 * drawn taller but closer. Where there is little room neurons shrink and captions lose their second line.
 */

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

/** Neurons that are left out. */
export interface Gap {
  readonly y: number;
  readonly hidden: number;
  /** First and last row that is not drawn. */
  readonly from: number;
  readonly to: number;
}

export interface Column {
  /** Index into `layers`; −1 is the input. */
  readonly layer: number;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly neurons: readonly PlacedNeuron[];
  /** Where neurons are left out, and how many. */
  readonly gap: Gap | undefined;
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
  /** From column to column. */
  readonly distance: number;
  /** How many lines captions have, and whether they stand in full. */
  readonly captions: { readonly lines: 1 | 2; readonly full: boolean };
}

/** Widths of the longest names beside the first and the last column. */
export interface Margins {
  readonly left: number;
  readonly right: number;
}

/** Space above the first neuron, and below the last one for the captions. */
const TOP = 24;
const CAPTION = 56;
const TIGHT_TOP = 8;
const TIGHT_CAPTION = 34;
/** From the rim of an output, past its label, to the start of the line into the loss, and that line. */
export const LABEL_GAP = 10;
const LABEL_END = 8;
const LOSS_LINE = 16;
const LONGEST_LOSS_LINE = 56;
const LOSS_RADIUS = 20;
/** Half the width of the loss's value. */
const LOSS_VALUE = 36;
const EDGE = 6;
const MINIMUM_SPACING = 13;
const COMFORTABLE_SPACING = 20;
const MAXIMUM_SPACING = 72;
const MINIMUM_RADIUS = 5;
const MINIMUM_DISTANCE = 64;
/** From here on two columns have room for their full captions. */
const CAPTION_DISTANCE = 112;
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
  const tight = room.height < TOP + COMFORTABLE_SPACING * tallest + CAPTION;
  const [top, below] = tight ? [TIGHT_TOP, TIGHT_CAPTION] : [TOP, CAPTION];
  const free = room.height - top - below;
  const spacing = clamp(free / tallest, MINIMUM_SPACING, MAXIMUM_SPACING);
  const radius = clamp(Math.floor(spacing * 0.38), MINIMUM_RADIUS, 18);
  const height = Math.max(room.height, Math.ceil(top + spacing * tallest + below));
  const across = horizontal(inputs.length, room.width, margins, radius);
  const middle = top + (height - top - below) / 2;
  const columns = inputs.map((input, i) =>
    placeColumn(input, slots[i], i - 1, across.first + i * across.distance, middle, spacing),
  );
  const bottom = Math.max(...columns.map(column => column.bottom)) + radius;
  return {
    width: across.width,
    height,
    radius,
    spacing,
    distance: across.distance,
    columns,
    edges: columns.slice(1).map((column, i) => placeEdges(columns[i], column, radius)),
    loss: { x: across.loss, y: middle, radius: LOSS_RADIUS },
    captionY: bottom + (tight ? 16 : 24),
    captions: { lines: tight ? 1 : 2, full: across.distance >= CAPTION_DISTANCE },
  };
}

function horizontal(
  columns: number,
  width: number,
  margins: Margins,
  radius: number,
): { first: number; distance: number; loss: number; width: number } {
  const gaps = Math.max(1, columns - 1);
  const left = EDGE + margins.left + LABEL_GAP + radius;
  const label = radius + LABEL_GAP + margins.right + LABEL_END;
  const around = left + label + LOSS_RADIUS + LOSS_VALUE + EDGE;
  const distance = clamp(
    (width - around - LOSS_LINE) / gaps - LOSS_LINE / 2,
    MINIMUM_DISTANCE,
    MAXIMUM_DISTANCE,
  );
  const line = clamp(width - around - (columns - 1) * distance, LOSS_LINE, LONGEST_LOSS_LINE);
  const used = around + line + (columns - 1) * distance;
  const first = left + Math.max(0, (width - used) / 2);
  return {
    first,
    distance,
    loss: first + (columns - 1) * distance + label + line + LOSS_RADIUS,
    width: Math.max(width, Math.ceil(used)),
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
    gap:
      gap < 0
        ? undefined
        : {
            y: y(gap),
            hidden: input.units - neurons.length,
            from: neurons[gap - 1].row + 1,
            to: neurons[gap].row - 1,
          },
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

/** How far a cubic runs level at its ends, as a share of its width. */
export const BEND = 0.45;

/** A cubic that leaves and arrives level. */
export function curve(from: Point, to: Point): string {
  const bend = (to.x - from.x) * BEND;
  return `M${fix(from.x)} ${fix(from.y)}C${fix(from.x + bend)} ${fix(from.y)} ${fix(to.x - bend)} ${fix(to.y)} ${fix(to.x)} ${fix(to.y)}`;
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

const fix = (value: number): string => value.toFixed(1);
const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, value));
