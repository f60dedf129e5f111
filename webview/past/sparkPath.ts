/** A small line of numbers over epochs. Pure. */

export const SPARK = { width: 84, height: 20 };
/** Around the line, so that a dot at its end is seen as a whole. */
const EDGE = 3;

export interface Spark {
  /** Of an SVG path; empty where there is nothing to draw. */
  readonly path: string;
  readonly low: number;
  readonly high: number;
  /** Height of 0, where it lies within the line. */
  readonly zero: number | undefined;
  point(i: number): { readonly x: number; readonly y: number } | undefined;
}

/** The line fills the height; what stays the same lies in the middle. A number that is none breaks it. */
export function sparkOf(epochs: ArrayLike<number>, values: ArrayLike<number>): Spark {
  const finite = Array.from(values).filter(Number.isFinite);
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const [width, height] = [SPARK.width - 2 * EDGE, SPARK.height - 2 * EDGE];
  const first = epochs[0];
  const time = epochs[epochs.length - 1] - first;
  const x = (i: number): number =>
    EDGE + width * (time > 0 ? (epochs[i] - first) / time : i / Math.max(1, epochs.length - 1));
  const y = (value: number): number =>
    EDGE + height * (high > low ? (high - value) / (high - low) : 0.5);
  const point: Spark['point'] = i =>
    Number.isFinite(values[i]) ? { x: round(x(i)), y: round(y(values[i])) } : undefined;
  let path = '';
  let pen = 'M';
  for (let i = 0; i < values.length; i++) {
    const at = point(i);
    if (at) path += `${pen}${at.x} ${at.y}`;
    pen = at ? 'L' : 'M';
  }
  return { path, low, high, zero: low < 0 && high > 0 ? round(y(0)) : undefined, point };
}

const round = (value: number): number => Number(value.toFixed(2));
