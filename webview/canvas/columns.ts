/** Columns: neurons from top to bottom, with a strip in place of those that are left out. Pure. */
import { isLarge } from '../../src/engine/inspect/drawn';
import type { ImageShape } from '../../src/network/images';
import type { Point, Size } from './curve';
import type { Standing } from './depth';
import type { Carrier, ColumnInput, Detail } from './detail';
import { middleRows, placeMaps, type MapsInput, type PlacedMaps } from './maps';

export interface PlacedNeuron extends Point {
  readonly row: number;
  /** Index into `shown`, and so into the columns of a view. */
  readonly slot: number;
}

export interface Rectangle extends Point, Size {}

/** Neurons that are left out. */
export interface Gap {
  /** Of the text that says so. */
  readonly y: number;
  readonly hidden: number;
  /** First and last row that is not drawn. */
  readonly from: number;
  readonly to: number;
  /** Between the neurons above and below. */
  readonly box: Rectangle;
}

export interface Column {
  /** Index into `layers`; −1 is the input. */
  readonly layer: number;
  readonly units: number;
  readonly depth: number;
  readonly lane: number;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly captionY: number;
  /** What there is to go to, drawn or folded. */
  readonly rows: readonly number[];
  readonly neurons: readonly PlacedNeuron[];
  /** Where neurons are left out, and how many. */
  readonly gap: Gap | undefined;
  /** All neurons of a large or folded layer as one bar. */
  readonly strip: Rectangle | undefined;
  /** The channels of an image. */
  readonly maps: PlacedMaps | undefined;
  /** From its middle to its rim. */
  readonly half: number;
  /** Whether what leads into it are weights. */
  readonly weighted: boolean;
  /** The sign of a layer that joins others, or hands values on. */
  readonly symbol: (Point & { readonly merge: Carrier }) | undefined;
  /** The unit that is 1, above all of the layer's own: the biases of the layers that it feeds are its edges. */
  readonly unit: Point | undefined;
}

/** Rows that an image takes: as many as a large layer. */
const IMAGE_ROWS = 13;
/** Half the width of an image: of the distance between columns, and in pixels at most. */
const IMAGE_SHARE = 0.36;
export const IMAGE_HALF = 56;
/** Rows that a strip takes among the neurons of a large layer. */
const STRIP_ROWS = 3;
export const STRIP_WIDTH = 20;
/** Height of the line that says how many neurons are left out. */
const GAP_TEXT = 13;

type Place = number | 'gap' | 'strip' | 'symbol' | 'unit';

/** A strip in place of everything that it has. */
export const isFolded = ({ neurons, maps }: Column): boolean => neurons.length === 0 && !maps;

/** What stands below each other in a column. */
export interface Rows {
  readonly places: readonly Place[];
  readonly length: number;
  readonly rows: readonly number[];
  readonly folded: boolean;
}

/** Slots from top to bottom, `gap` where neurons are left out. `unit`: whether a unit that is 1 stands above. */
export function rowsOf(input: ColumnInput, detail: Detail, place: number, unit: boolean): Rows {
  const folded = detail.folded[place];
  if (input.maps) return rowsOfImage(input.maps.image, folded, detail.maps);
  const slots = detail.slots[place];
  const places: Place[] = [...(unit ? ['unit' as const] : []), ...signOf(input)];
  slots.forEach((slot, i) => {
    if (i > 0 && input.shown[slot] !== input.shown[slots[i - 1]] + 1)
      places.push('gap', ...filler(input.units));
    places.push(slot);
  });
  // A folded column is as high as its neurons are, so that nothing moves when it unfolds.
  const length = folded ? Math.min(input.shown.length, 12) + places.length : places.length;
  const rows = (folded ? input.shown.slice(0, 12) : slots.map(slot => input.shown[slot])) ?? [];
  return { places, length, rows, folded };
}

const rowsOfImage = (image: ImageShape, folded: boolean, most: number): Rows => ({
  places: [],
  length: IMAGE_ROWS,
  rows: middleRows(image, most),
  folded,
});

const signOf = ({ merge }: ColumnInput): Place[] => (merge ? ['symbol'] : []);

const filler = (units: number): Place[] =>
  isLarge(units) ? Array.from({ length: STRIP_ROWS - 1 }, () => 'strip') : [];

interface Frame {
  readonly first: number;
  readonly distance: number;
  readonly middle: number;
  readonly spacing: number;
  readonly below: number;
  readonly radius: number;
  readonly tight: boolean;
}

export function placeColumns(
  inputs: readonly ColumnInput[],
  rows: readonly Rows[],
  stands: readonly Standing[],
  frame: Frame,
): Column[] {
  const middles = middlesOf(rows, stands, frame);
  const placed = inputs.map((input, place) =>
    placeColumn(input, rows[place], place - 1, stands[place], middles[place], frame),
  );
  const lanes = stands.some(({ lane }) => lane > 0);
  const lowest = placed.reduce((most, { bottom }) => Math.max(most, bottom), 0);
  const line = frame.radius + (frame.tight ? 19 : 24);
  // Captions of a chain share one line; lanes carry their own.
  return placed.map(column => ({ ...column, captionY: (lanes ? column.bottom : lowest) + line }));
}

/** Height of each column's middle: the lanes of one depth below each other, centred together. */
function middlesOf(
  rows: readonly Rows[],
  stands: readonly Standing[],
  { middle, spacing, below }: Frame,
): number[] {
  const height = (place: number): number => Math.max(1, rows[place].length) * spacing;
  const totals = new Map<number, number>();
  stands.forEach(({ depth }, place) => {
    const before = totals.get(depth);
    totals.set(depth, (before === undefined ? 0 : before + below) + height(place));
  });
  const next = new Map([...totals].map(([depth, total]) => [depth, middle - total / 2] as const));
  return stands.map(({ depth }, place) => {
    const top = next.get(depth) ?? 0;
    next.set(depth, top + height(place) + below);
    return top + height(place) / 2;
  });
}

function placeColumn(
  input: ColumnInput,
  own: Rows,
  layer: number,
  { depth, lane }: Standing,
  middle: number,
  frame: Frame,
): Column {
  const { first, distance, spacing, radius } = frame;
  const { places, length, rows, folded } = own;
  const x = first + depth * distance;
  const base = { layer, units: input.units, depth, lane, x, rows, captionY: 0 };
  const weighted = input.weighted ?? !input.merge;
  const half = Math.max(radius, STRIP_WIDTH / 2);
  if (input.maps && !folded)
    return { ...base, ...imageColumn(input.maps, rows.length, { x, y: middle }, frame), weighted };
  const y = (index: number): number => middle + (index - (length - 1) / 2) * spacing;
  const neurons = places.flatMap((slot, index) =>
    typeof slot === 'number' ? [{ row: input.shown[slot], slot, x, y: y(index) }] : [],
  );
  const gap = places.includes('gap') ? gapAt(input, neurons, radius) : undefined;
  const hasUnit = places[0] === 'unit';
  const top = y(hasUnit ? 1 : 0);
  const bottom = y(Math.max(0, length - 1));
  return {
    ...base,
    top,
    bottom,
    half,
    weighted,
    neurons,
    gap,
    maps: undefined,
    strip: folded
      ? box(x, top + (input.merge ? spacing / 2 : -radius), bottom + radius)
      : stripIn(gap, input.units),
    symbol: input.merge && { x, y: top, merge: input.merge },
    unit: hasUnit ? { x, y: y(0) } : undefined,
  };
}

/** Tiles in place of neurons; as high as they are, so that handle and caption stand below them. */
function imageColumn(
  input: MapsInput,
  most: number,
  middle: Point,
  { distance, spacing, radius }: Frame,
): Pick<
  Column,
  'top' | 'bottom' | 'half' | 'neurons' | 'gap' | 'maps' | 'strip' | 'symbol' | 'unit'
> {
  const width = 2 * Math.min(IMAGE_HALF, distance * IMAGE_SHARE);
  const maps = placeMaps(input, middle, { width, height: (IMAGE_ROWS - 1) * spacing }, most);
  const { y, height } = maps.box;
  return {
    top: y + radius,
    bottom: y + height - radius,
    half: Math.max(radius, maps.box.width / 2),
    neurons: [],
    gap: undefined,
    maps,
    strip: undefined,
    symbol: undefined,
    unit: undefined,
  };
}

const box = (x: number, top: number, bottom: number): Rectangle => ({
  x: x - STRIP_WIDTH / 2,
  y: top,
  width: STRIP_WIDTH,
  height: Math.max(1, bottom - top),
});

function gapAt(input: ColumnInput, neurons: readonly PlacedNeuron[], radius: number): Gap {
  const after = neurons.findIndex((neuron, i) => i > 0 && neuron.row !== neurons[i - 1].row + 1);
  const [above, below] = [neurons[after - 1], neurons[after]];
  const [top, bottom] = [above.y + radius, below.y - radius];
  const large = isLarge(input.units);
  return {
    y: large ? top + GAP_TEXT / 2 + 2 : (above.y + below.y) / 2,
    hidden: input.units - neurons.length,
    from: above.row + 1,
    to: below.row - 1,
    box: box(above.x, top, bottom),
  };
}

/** Of a large layer, below the line of the gap. */
function stripIn(gap: Gap | undefined, units: number): Rectangle | undefined {
  if (!gap || !isLarge(units)) return undefined;
  const { x, y, width, height } = gap.box;
  const head = GAP_TEXT + 5;
  return { x, y: y + head, width, height: Math.max(4, height - head - 5) };
}
