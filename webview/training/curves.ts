/** Columns of numbers as lines: fewer points than pixels need, smoothed, and where they break. Pure. */
import type { Numbers, Rows } from '../../src/engine/decimated';

export { decimated } from '../../src/engine/decimated';
export type { Numbers, Rows };

/** Rows within two values of an ascending x, with the row before and the row behind them: lines go on to the edge. */
export function rowsWithin(x: Numbers, low: number, high: number): Rows {
  const from = firstFrom(x, low);
  let to = firstFrom(x, high);
  while (to < x.length && x[to] <= high) to++;
  return { from: Math.max(0, from - 1), to: Math.min(x.length, to + 1) };
}

/** The first row whose x is not below the value; behind the last where there is none. */
export function firstFrom(x: Numbers, value: number): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The row whose x is nearest. */
export function nearestRow(x: Numbers, value: number): number {
  const row = Math.min(x.length - 1, firstFrom(x, value));
  return row > 0 && value - x[row - 1] < x[row] - value ? row - 1 : Math.max(0, row);
}

/**
 * The exponential mean: what lies `half` rows back counts half as much. Weights are made to add up to 1 from the first
 * row on. Where there is no finite number there is none, and the mean goes on behind it.
 */
export function smoothed(values: Numbers, half: number): Float64Array {
  const keep = 2 ** (-1 / half);
  const result = new Float64Array(values.length).fill(NaN);
  let [sum, weight] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value - value !== 0) continue;
    sum = keep * sum + value;
    weight = keep * weight + 1;
    result[row] = sum / weight;
  }
  return result;
}

/** The same values at these rows; null where the scale cannot show one. */
export function picked(
  values: Numbers,
  rows: Uint32Array,
  logarithmic: boolean,
): (number | null)[] {
  const least = logarithmic ? Number.MIN_VALUE : -Number.MAX_VALUE;
  return Array.from(rows, row => {
    const value = values[row];
    return value >= least && value <= Number.MAX_VALUE ? value : null;
  });
}

/** Part of all rows that is called recent. */
const RECENT = 1 / 5;

/** The rows that decide about the y axis. */
export function decisive(rows: Rows, recent: boolean): Rows {
  return recent ? { ...rows, from: Math.floor(rows.to - (rows.to - rows.from) * RECENT) } : rows;
}

/** The lowest and highest number of these rows that the scale can show; undefined where there is none. */
export function extent(
  columns: readonly Numbers[],
  { from, to }: Rows,
  logarithmic: boolean,
): readonly [number, number] | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const column of columns) {
    for (let row = from; row < to; row++) {
      const value = column[row];
      if (value - value !== 0 || (logarithmic && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}

/**
 * The first row in which something is no number any more: a column that has had one is NaN, or any is infinite. Layers
 * are not measured in every row, so that NaN there says nothing.
 */
export function firstBreak(columns: readonly Numbers[], gaps: boolean): number | undefined {
  let first = Infinity;
  for (const column of columns) {
    for (let row = 0; row < Math.min(first, column.length); row++) {
      const value = column[row];
      if (value - value !== 0 && (!gaps || !Number.isNaN(value))) first = row;
    }
  }
  return Number.isFinite(first) ? first : undefined;
}

/** Where an axis from `low` to `high` has its ticks: powers of ten, or multiples of 1, 2 or 5. */
export function ticks(low: number, high: number, logarithmic: boolean, most = 6): number[] {
  if (logarithmic) {
    const [from, to] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
    const step = Math.max(1, Math.ceil((to - from + 1) / most));
    const powers = Array.from(
      { length: Math.max(0, Math.floor((to - from) / step) + 1) },
      (_, i) => 10 ** (from + i * step),
    );
    return powers.length > 1 ? powers : [low, high];
  }
  const rough = (high - low) / most;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find(factor => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Through text: three times a tenth is not three tenths.
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}
