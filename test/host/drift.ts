/**
 * Whether something climbs in the long run: the slope of a robust line through measurements, against a limit. One outlier
 * or a sawtooth moves it little, what is lost for good in every round moves it all the way.
 */

/** What is measured again and again. */
export interface Measure {
  readonly name: string;
  /** Behind each number. */
  readonly unit: string;
  /** By how much it may climb in an hour, in its unit. */
  readonly limit: number;
  /** By how much two measurements of the same differ, in its unit: a climb in all that is no more than this says nothing. */
  readonly noise: number;
}

/** One measurement. */
export interface Point {
  readonly hours: number;
  readonly value: number;
}

export interface Verdict {
  readonly measure: Measure;
  /** Medians of the first and of the last third of all points, the warm-up among them. */
  readonly first: number;
  readonly last: number;
  /** In an hour, after the warm-up. */
  readonly slope: number;
  /** What the line climbs from its first point to its last. */
  readonly rise: number;
  /** More than the limit allows, more than noise, and more steadily than by chance. */
  readonly climbs: boolean;
}

/** Fewer points after the warm-up have no slope to speak of. */
export const LEAST_POINTS = 5;

/**
 * Judges the points of one measure, in the order of their time. The first third is warm-up: what is made once is made then.
 *
 * @throws where too few points are left
 */
export function judgeDrift(measure: Measure, points: readonly Point[]): Verdict {
  const third = Math.floor(points.length / 3);
  const warm = points.slice(third);
  if (warm.length < LEAST_POINTS)
    throw new Error(
      `${measure.name}: ${warm.length} measurements after the warm-up are too few to judge; ${LEAST_POINTS} are needed. Take more minutes.`,
    );
  const slope = robustSlope(warm);
  const rise = slope * (warm[warm.length - 1].hours - warm[0].hours);
  const valuesOf = (some: readonly Point[]): number => median(some.map(({ value }) => value));
  return {
    measure,
    first: valuesOf(points.slice(0, third)),
    last: valuesOf(points.slice(-third)),
    slope,
    rise,
    climbs: slope > measure.limit && rise > measure.noise && isSteady(warm),
  };
}

/** The median of the slopes between every two points (Theil and Sen): up to 29 of 100 points may be anything. */
export function robustSlope(points: readonly Point[]): number {
  const slopes = points.flatMap((a, i) =>
    points
      .slice(i + 1)
      .filter(b => b.hours > a.hours)
      .map(b => (b.value - a.value) / (b.hours - a.hours)),
  );
  return slopes.length > 0 ? median(slopes) : 0;
}

/** What chance exceeds once in forty times: 1.96 standard deviations, of which this is the square. */
const CHANCE = 1.96 ** 2;

/** Whether later values are greater than earlier ones more often than chance would have it (Mann and Kendall). */
function isSteady(points: readonly Point[]): boolean {
  const n = points.length;
  const greater = points.flatMap((a, i) =>
    points.slice(i + 1).map(b => Math.sign(b.value - a.value)),
  );
  const sum = greater.reduce((all, sign) => all + sign, 0);
  return sum > 0 && sum ** 2 > (CHANCE * n * (n - 1) * (2 * n + 5)) / 18;
}

/** NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

const BARS = '▁▂▃▄▅▆▇█';

/** A curve in a line of text, from its least value to its greatest; a level one stays at the bottom. */
export function curveOf(values: readonly number[], least = 0): string {
  const low = Math.min(...values);
  const span = Math.max(Math.max(...values) - low, least);
  const bar = (value: number): string =>
    BARS[
      span > 0 ? Math.min(BARS.length - 1, Math.floor(((value - low) / span) * BARS.length)) : 0
    ];
  return values.map(bar).join('');
}

const rounded = (value: number): string =>
  value.toFixed(Math.abs(value) < 100 && !Number.isInteger(value) ? 2 : 0);

const signed = (value: number): string => `${value > 0 ? '+' : ''}${rounded(value)}`;

/** The table of verdicts with their curves, a line each. */
export function driftTable(
  verdicts: readonly Verdict[],
  curves: ReadonlyMap<string, readonly number[]>,
): string[] {
  const rows = verdicts.map(({ measure, first, last, slope, climbs }) => [
    `${climbs ? '✗' : '✓'} ${measure.name}`,
    `${rounded(first)} → ${rounded(last)} ${measure.unit}`.trim(),
    `${signed(slope)} ${measure.unit}/h`.replace(' /', ' /'),
    `at most ${signed(measure.limit)}`,
    curveOf(curves.get(measure.name) ?? [], measure.noise),
  ]);
  const widths = [0, 1, 2, 3].map(c => Math.max(...rows.map(row => row[c].length)));
  return rows.map(row =>
    row
      .map((cell, c) => cell.padEnd(widths[c] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
