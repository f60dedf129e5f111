/** The line every connection is drawn with: a cubic that leaves and arrives level. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A level run above the columns that a connection skips: from x = `from` to x = `to`, at height y. */
export interface Track {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

/** An upright cut through connections: they pass x between two heights. */
export interface Cut {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** How far a cubic runs level at its ends, as a share of its width. */
export const BEND = 0.45;

/** A cubic that leaves and arrives level. */
export function curve(from: Point, to: Point): string {
  return `M${fix(from.x)} ${fix(from.y)}${bend(from, to)}`;
}

/** The same from end to end, or up to a track, along it, and down again. */
export function route(from: Point, to: Point, via: Track | undefined): string {
  if (!via) return curve(from, to);
  const up = { x: via.from, y: via.y };
  const down = { x: via.to, y: via.y };
  return `${curve(from, up)}H${fix(via.to)}${bend(down, to)}`;
}

/** The cubic from where the pen stands; `from` says where that is. */
export function bend(from: Point, to: Point): string {
  const run = (to.x - from.x) * BEND;
  return `C${fix(from.x + run)} ${fix(from.y)} ${fix(to.x - run)} ${fix(to.y)} ${fix(to.x)} ${fix(to.y)}`;
}

/** The cubic's t ∈ [0, 1] at a share u ∈ [0, 1] of its width: bisection of x(t), which only grows. */
export function parameterAt(u: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 24; i++) {
    const t = (low + high) / 2;
    if (reached(t) < u) low = t;
    else high = t;
  }
  return (low + high) / 2;
}

/** Share of the width that the cubic has run at its parameter t. */
export function reached(t: number): number {
  const s = 1 - t;
  return 3 * s * s * t * BEND + 3 * s * t * t * (1 - BEND) + t * t * t;
}

/** Share of the height that the cubic has climbed at its parameter t. */
export const climbed = (t: number): number => t * t * (3 - 2 * t);

export const fix = (value: number): string => value.toFixed(1);

export const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, value));
