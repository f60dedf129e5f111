/** How many numbers lie where: linear bins, every number counted, the range as it is. */

/** Bins of equal width. */
const BINS = 24;

export interface Histogram {
  /** The first bin begins at `from`, the last ends at `to`, both included. NaN where there is no finite number. */
  readonly from: number;
  readonly to: number;
  /** One bin where all numbers are equal. Bin i holds from + i·w (included) to from + (i+1)·w, w = (to − from)/bins. */
  readonly counts: readonly number[];
  /** Numbers that are not finite: in no bin. */
  readonly others: number;
}

export type Range = readonly [from: number, to: number];

/** The least and the largest finite number; undefined where there is none. */
export function rangeOf(values: Float64Array): Range | undefined {
  let from = Infinity;
  let to = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    if (value < from) from = value;
    if (value > to) to = value;
  }
  return from <= to ? [from, to] : undefined;
}

/** The least range that holds all of them. */
export function joined(ranges: readonly (Range | undefined)[]): Range | undefined {
  const all = ranges.filter(range => range !== undefined);
  if (all.length === 0) return undefined;
  return [Math.min(...all.map(([from]) => from)), Math.max(...all.map(([, to]) => to))];
}

/** @param range holds every finite number of `values` */
export function histogramOf(values: Float64Array, range: Range | undefined): Histogram {
  const [from, to] = range ?? [NaN, NaN];
  const counts = new Array<number>(!range ? 0 : from === to ? 1 : BINS).fill(0);
  const last = counts.length - 1;
  let others = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value) || last < 0) others += 1;
    else counts[binOf(value, from, to, last)] += 1;
  }
  return { from, to, counts, others };
}

/** Where the difference of the ends overflows, each is halved before; half of the least number would be 0. */
function binOf(value: number, from: number, to: number, last: number): number {
  if (last === 0) return 0;
  const share = Number.isFinite(to - from)
    ? (value - from) / (to - from)
    : (value / 2 - from / 2) / (to / 2 - from / 2);
  return Math.min(last, Math.floor(share * (last + 1)));
}
