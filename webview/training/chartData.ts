/** The history as one chart draws it: the rows of its part, few enough for its pixels, with their extent. Pure. */
import type { History } from '../../src/engine/history';
import type { ChartView, Smoothing, Zoom } from './chartView';
import { decimated, decisive, extent, picked, rowsWithin, smoothed } from './curves';

/** Rows back that count half in a mean, as parts of all. */
const HALF: { readonly [S in Smoothing]: number } = { 0: 0, 1: 1 / 100, 2: 1 / 20 };

export class ChartData {
  /** Rows of the history that the points stand for. */
  rows: Uint32Array = new Uint32Array(0);
  xRange: [number, number] = [0, 1];
  yExtent: readonly [number, number] = [0, 1];

  /** @param places pixels from left to right */
  take(
    history: History,
    { series, x, logarithmic, recent, smooth }: ChartView,
    zoom: Zoom | undefined,
    places: number,
  ): [number[], ...(number | null)[][]] {
    const along = history.column(x);
    const raw = series.map(({ column }) => history.column(column));
    const means = smooth
      ? raw.map(column => smoothed(column, Math.max(1, HALF[smooth] * column.length)))
      : [];
    const all = { from: 0, to: along.length };
    const [first, last] = [along[0] ?? 0, along[along.length - 1] ?? 1];
    this.xRange = zoom ? [zoom[0], zoom[1]] : [first, Math.max(last, first + Number.EPSILON)];
    const shown = zoom ? rowsWithin(along, zoom[0], zoom[1]) : all;
    // A mean lies between its values, and moves slowly: the rows of the lines do for it, too.
    this.rows = decimated(along, raw, shown, places);
    const { from } = decisive(shown, recent);
    const lines = raw.map(column => picked(column, this.rows, logarithmic));
    this.yExtent = this.#extent(lines, from) ??
      this.#extent(lines, 0) ?? [logarithmic ? 0.1 : 0, 1];
    return [
      Array.from(this.rows, row => along[row]),
      ...lines,
      ...means.map(mean => picked(mean, this.rows, logarithmic)),
    ];
  }

  /** Of what is drawn from a row on: the lowest and the highest of each pixel are there. */
  #extent(
    lines: readonly (readonly (number | null)[])[],
    from: number,
  ): readonly [number, number] | undefined {
    const start = this.rows.findIndex(row => row >= from);
    const known = lines.map(line => line.map(value => value ?? NaN));
    return extent(known, { from: Math.max(0, start), to: this.rows.length }, false);
  }
}
