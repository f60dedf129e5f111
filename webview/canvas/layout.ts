/**
 * Where everything stands on the canvas: pure geometry, in pixels at zoom 1, origin at the top left.
 *
 * Columns run from left to right by depth, the input first; layers of one depth stand below each other in
 * lanes. A column longer than its neighbours is not drawn taller but closer. Where there is little room
 * neurons shrink and captions lose their second line.
 */
import { placeColumns, rowsOf, type Column, type PlacedNeuron, type Rows } from './columns';
import {
  connect,
  type PlacedBand,
  type PlacedBias,
  type PlacedEdge,
  type PlacedLine,
  type PlacedLink,
} from './connections';
import type { Target } from '../../src/engine/facts';
import { clamp, type Point, type Size, type Track } from './curve';
import { pixelBox } from './maps';
import { skips, standings, type Skip, type Standing } from './depth';
import { biasesOf, chooseDetail, sourcesOfColumns, type ColumnInput } from './detail';

export type { Column, Gap, PlacedNeuron } from './columns';
export type { PlacedBand, PlacedEdge, PlacedLine, PlacedLink } from './connections';
export type { Point, Size } from './curve';
export type { ColumnInput } from './detail';
export { curve } from './curve';

export interface CanvasLayout extends Size {
  readonly radius: number;
  /** From neuron to neuron of a column. */
  readonly spacing: number;
  /** The input first, then the layers in the file's order. */
  readonly columns: readonly Column[];
  /** By layer, where its values come from: −1 is the input. */
  readonly sources: readonly (readonly number[])[];
  /** By layer and source: where a connection runs that skips columns. */
  readonly tracks: readonly (readonly (Track | undefined)[])[];
  /** By layer: all weights that are drawn one by one, row by row. */
  readonly edges: readonly (readonly PlacedEdge[])[];
  /** By layer: its biases, where they are drawn as edges from a unit that is 1. */
  readonly biases: readonly (readonly PlacedBias[])[];
  /** Connections into `add` and `concat`: no parameters. */
  readonly lines: readonly PlacedLine[];
  /** Connections drawn as one. */
  readonly bands: readonly PlacedBand[];
  /** The node of the loss; `radius` is half its side. */
  readonly loss: Point & { readonly radius: number };
  /** Of the lowest captions. */
  readonly captionY: number;
  /** Of the topmost line: where the "+" of the slots stand. */
  readonly top: number;
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
const TIGHT_CAPTION = 37;
/** Height of a track above the columns. */
const TRACK = 16;
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

/**
 * Places a network in the room there is; grows beyond it rather than overlap. `focus`: the layer that a
 * person looks at, which a deep network shows in full.
 */
export function placeNetwork(
  inputs: readonly ColumnInput[],
  room: Size,
  margins: Margins,
  focus?: number,
): CanvasLayout {
  const sources = sourcesOfColumns(inputs);
  const stands = standings(sources);
  const passing = skips(sources, stands);
  const tracks = passing.reduce((most, { track }) => Math.max(most, track + 1), 0) * TRACK;
  const detail = chooseDetail(inputs, focus);
  const biased = biasesOf(inputs, detail);
  const hasUnit = (place: number): boolean =>
    sources.some((from, layer) => biased[layer] && from[0] === place - 1);
  const rows = inputs.map((input, place) => rowsOf(input, detail, place, hasUnit(place)));
  const vertical = down(rows, stands, room.height, tracks);
  const { spacing, radius } = vertical;
  const depths = stands[stands.length - 1].depth + 1;
  const across = horizontal(depths, room.width, margins, radius);
  const columns = placeColumns(inputs, rows, stands, { ...vertical, ...across });
  const track = trackAbove(vertical.top, stands, across, radius, passing);
  const drawn = connect({ columns, sources, detail, biased, radius, track });
  return {
    ...drawn,
    width: across.width,
    height: vertical.height,
    radius,
    spacing,
    sources,
    tracks: sources.map((from, layer) => from.map((each, input) => track(layer, input, each))),
    columns,
    distance: across.distance,
    loss: { x: across.loss, y: vertical.middle, radius: LOSS_RADIUS },
    captionY: Math.max(...columns.map(({ captionY }) => captionY)),
    top: vertical.top - tracks,
    captions: { lines: vertical.tight ? 1 : 2, full: across.distance >= CAPTION_DISTANCE },
  };
}

interface Vertical {
  readonly tight: boolean;
  readonly top: number;
  /** Below a lane, for its caption. */
  readonly below: number;
  readonly spacing: number;
  readonly radius: number;
  readonly height: number;
  readonly middle: number;
}

/** How the height is shared among rows and captions: by the depth that needs most. */
function down(
  rows: readonly Rows[],
  stands: readonly Standing[],
  room: number,
  tracks: number,
): Vertical {
  const stacks = new Map<number, { rows: number; lanes: number }>();
  rows.forEach(({ length }, place) => {
    const { depth } = stands[place];
    const stack = stacks.get(depth) ?? { rows: 0, lanes: 0 };
    stacks.set(depth, { rows: stack.rows + Math.max(1, length), lanes: stack.lanes + 1 });
  });
  const each = [...stacks.values()];
  const needs = (spacing: number, caption: number): number =>
    each.reduce((most, stack) => Math.max(most, stack.rows * spacing + stack.lanes * caption), 0);
  const tight = room < TOP + tracks + needs(COMFORTABLE_SPACING, CAPTION);
  const [head, below] = tight ? [TIGHT_TOP, TIGHT_CAPTION] : [TOP, CAPTION];
  const top = head + tracks;
  const spacing = each.reduce(
    (least, stack) => Math.min(least, (room - top - stack.lanes * below) / stack.rows),
    MAXIMUM_SPACING,
  );
  const kept = Math.max(MINIMUM_SPACING, spacing);
  const height = Math.max(room, Math.ceil(top + needs(kept, below)));
  return {
    tight,
    top,
    below,
    spacing: kept,
    radius: clamp(Math.floor(kept * 0.38), MINIMUM_RADIUS, 18),
    height,
    middle: top + (height - top - below) / 2,
  };
}

interface Across {
  readonly first: number;
  readonly distance: number;
  readonly loss: number;
  readonly width: number;
}

function horizontal(columns: number, width: number, margins: Margins, radius: number): Across {
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

/** Where a connection that skips columns runs: in the gaps it climbs, above the columns it runs level. */
function trackAbove(
  top: number,
  stands: readonly Standing[],
  { first, distance }: Across,
  radius: number,
  passing: readonly Skip[],
): (layer: number, input: number, source: number) => Track | undefined {
  const tracks = new Map(
    passing.map(({ layer, input, track }) => [`${layer} ${input}`, track] as const),
  );
  const aside = distance - radius - Math.min(10, distance / 8);
  return (layer, input, source) => {
    const track = tracks.get(`${layer} ${input}`);
    if (track === undefined) return undefined;
    const from = first + stands[source + 1].depth * distance + aside;
    const to = first + stands[layer + 1].depth * distance - aside;
    return { from, to, y: top - 2 - track * TRACK };
  };
}

function findNeuron(layout: CanvasLayout, layer: number, row: number): PlacedNeuron | undefined {
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

/** The line that a weight, or a bias with a unit of its own, is drawn as. */
export function findLink(layout: CanvasLayout, target: Target | undefined): PlacedLink | undefined {
  if (target?.type === 'weight') return findEdge(layout, target.layer, target.row, target.column);
  if (target?.type !== 'bias') return undefined;
  return layout.biases[target.layer]?.find(({ row }) => row === target.row);
}

/** Where a neuron stands: its circle, or for one that is not drawn its height on the strip. */
export function standOf(layout: CanvasLayout, layer: number, row: number): Point | undefined {
  const drawn = findNeuron(layout, layer, row);
  if (drawn) return drawn;
  const column = layout.columns[layer + 1];
  const pixel = column?.maps && pixelBox(column.maps, row);
  if (pixel) return { x: pixel.x + pixel.width / 2, y: pixel.y + pixel.height / 2 };
  const strip = column?.strip ?? column?.gap?.box;
  if (!strip || row >= column.units) return undefined;
  return { x: column.x, y: strip.y + ((row + 0.5) / column.units) * strip.height };
}
