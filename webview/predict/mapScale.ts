/** What colours of a map mean. Pure. */
import type { ActivationName } from '../../src/network/network';
import { niceCeiling } from '../numbers';

/** Below `centre` one colour, above it the other; full at `centre ± end`. */
export interface MapScale {
  readonly centre: number;
  readonly end: number;
}

/** From 0 to 1: the border between no and yes is at one half. */
const SHARES: ReadonlySet<ActivationName> = new Set(['sigmoid', 'softmax', 'step']);

/** Values that do not come near 0 are compared with their own middle. */
const FAR = 0.5;

export interface Extremes {
  readonly least: number;
  readonly most: number;
  /** Cells that they are in. */
  readonly leastAt: number;
  readonly mostAt: number;
}

/** Of the finite values; undefined where there are none. */
export function extremes(values: Float64Array): Extremes | undefined {
  let [leastAt, mostAt] = [-1, -1];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    if (leastAt < 0 || values[i] < values[leastAt]) leastAt = i;
    if (mostAt < 0 || values[i] > values[mostAt]) mostAt = i;
  }
  return leastAt < 0
    ? undefined
    : { least: values[leastAt], most: values[mostAt], leastAt, mostAt };
}

/** `activation`: undefined for an input. */
export function mapScale(
  activation: ActivationName | undefined,
  found: Extremes | undefined,
): MapScale {
  if (activation && SHARES.has(activation)) return { centre: 0.5, end: 0.5 };
  if (activation === 'tanh' || !found) return { centre: 0, end: 1 };
  const { least, most } = found;
  const largest = Math.max(Math.abs(least), Math.abs(most));
  if (most - least < FAR * largest && most > least) {
    const centre = Number(((least + most) / 2).toPrecision(2));
    return { centre, end: niceCeiling(Math.max(most - centre, centre - least)) };
  }
  return { centre: 0, end: niceCeiling(largest) };
}

/** −1 … 1 of the scale; NaN where there is no number. */
export function levelOf(value: number, { centre, end }: MapScale): number {
  return Math.max(-1, Math.min(1, (value - centre) / end));
}

/** Opacity of a full colour: the points on it must be seen. */
const FULL = 0.7;

/** Red, green, blue and opacity of every cell, the second input upwards. */
export function mapPixels(
  values: Float64Array,
  cells: number,
  scale: MapScale,
  { positive, negative }: { readonly [sign in 'positive' | 'negative']: readonly number[] },
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(values.length * 4);
  for (let i = 0; i < values.length; i++) {
    const level = levelOf(values[i], scale);
    const [r, g, b] = level < 0 ? negative : positive;
    const row = cells - 1 - Math.floor(i / cells);
    const alpha = Number.isNaN(level) ? 0 : Math.abs(level) * FULL * 255;
    pixels.set([r, g, b, alpha], (row * cells + (i % cells)) * 4);
  }
  return pixels;
}

/** Round numbers from `from` to `to`, about `wanted` of them. */
export function ticksOf([from, to]: readonly [number, number], wanted: number): readonly number[] {
  const raw = (to - from) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map(each => each * power).find(each => each >= raw) ?? raw;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, i) => Number(((first + i) * step).toPrecision(12)) + 0,
  );
}
