/** Which neurons of a layer its matrices show, and the numbers of these. */
import type { Axis, Grid, Vector } from '../matrixFacts';
import type { ConvOperation, ParameterTable, Plan } from '../plan';
import { underWindow } from './sliding';

/** Rows and columns at most; larger ones are shown by their first and last. */
const MOST = 12;
const FIRST = 8;
const LAST = 4;

export interface Axes {
  readonly units: Axis;
  /** Absent without weights. */
  readonly inputs: Axis | undefined;
  /** Of a conv2d: see `LayerMatrices`. */
  readonly place?: number;
}

/** Of so many the first and the last, and `kept` in any case. */
function someOf(count: number, kept?: number): readonly number[] {
  if (count <= MOST) return Array.from({ length: count }, (_, index) => index);
  const shown = Array.from({ length: MOST }, (_, i) => (i < FIRST ? i : count - FIRST - LAST + i));
  if (kept !== undefined && !shown.includes(kept)) shown[FIRST - 1] = kept;
  return shown;
}

/** @param kept is among those that are shown */
export function axis(plan: Plan, layer: number, kept?: number): Axis {
  const length = layer === -1 ? plan.inputSize : plan.operations[layer].units;
  return { layer, length, shown: someOf(length, kept) };
}

/** The middle of the image, whose window sees no padding if any does. */
export function middlePlace({ window: { target } }: ConvOperation): number {
  return Math.floor(target.height / 2) * target.width + Math.floor(target.width / 2);
}

/** The filters of a conv2d at one place, and the values under their window there; kept as in `MatricesRequest`. */
export function windowAxes(
  { layer, sources, window }: ConvOperation,
  place: number,
  kept: { readonly filter?: number; readonly column?: number },
): Axes {
  const { channels: filters } = window.target;
  const rows = someOf(filters, kept.filter);
  const under = underWindow(window, place);
  const at = under.findIndex(({ column }) => column === kept.column);
  const seen = someOf(under.length, at < 0 ? undefined : at).map(index => under[index]);
  const shown = rows.map(filter => place * filters + filter);
  return {
    place,
    units: { layer, length: filters, shown, places: rows },
    inputs: {
      layer: sources[0].layer,
      length: window.height * window.width * window.source.channels,
      shown: seen.map(({ neuron }) => neuron),
      places: seen.map(({ column }) => column),
    },
  };
}

/** Rows or columns of the layer's own weights that belong to the shown neurons. */
export const placesOf = ({ shown, places = shown }: Axis): readonly number[] => places;

/** One number a neuron. */
export const pick = (values: ArrayLike<number>, { shown }: Axis): Vector =>
  shown.map(index => values[index]);

/** One number a row of a table. */
export const pickRows = (values: ArrayLike<number>, units: Axis, offset: number): Vector =>
  placesOf(units).map(row => values[offset + row]);

/** Some rows and columns of a table. */
export function gridOf(
  values: ArrayLike<number>,
  { offset, columns: width }: ParameterTable,
  rows: readonly number[],
  columns: readonly number[],
): Grid {
  return rows.map(row => columns.map(column => values[offset + row * width + column]));
}
