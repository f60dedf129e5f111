/** Two fingers on a touch screen: the picture follows both, and grows with the distance between them. */
import type { Point } from './curve';

export interface PinchStep {
  /** How many times further apart the fingers are. */
  readonly factor: number;
  /** Between the fingers, in pixels of the page. */
  readonly middle: Point;
  readonly dx: number;
  readonly dy: number;
}

/** Fingers closer than this are one: their distance says nothing. */
const LEAST = 16;

export class Pinch {
  readonly #fingers = new Map<number, Point>();

  /** Two fingers are down, or were and one of them still is: no finger means anything else. */
  #active = false;

  get active(): boolean {
    return this.#active;
  }

  /** The fingers that are down. */
  get fingers(): readonly number[] {
    return [...this.#fingers.keys()];
  }

  /** The first finger of a new touch: what was lost before is not down any more. */
  clear(): void {
    this.#fingers.clear();
    this.#active = false;
  }

  /** True when this finger begins a pinch. */
  down(pointer: number, at: Point): boolean {
    this.#fingers.set(pointer, at);
    if (this.#fingers.size !== 2) return false;
    this.#active = true;
    return true;
  }

  /** What the move of a finger does to the picture; undefined without a second finger. */
  move(pointer: number, at: Point): PinchStep | undefined {
    if (!this.#fingers.has(pointer)) return undefined;
    const before = spread([...this.#fingers.values()]);
    this.#fingers.set(pointer, at);
    const after = spread([...this.#fingers.values()]);
    if (!before || !after) return undefined;
    const { middle } = after;
    return {
      factor: Math.max(LEAST, after.distance) / Math.max(LEAST, before.distance),
      middle,
      dx: middle.x - before.middle.x,
      dy: middle.y - before.middle.y,
    };
  }

  up(pointer: number): void {
    this.#fingers.delete(pointer);
    if (this.#fingers.size === 0) this.#active = false;
  }
}

function spread(fingers: readonly Point[]): { distance: number; middle: Point } | undefined {
  if (fingers.length !== 2) return undefined;
  const [a, b] = fingers;
  return {
    distance: Math.hypot(a.x - b.x, a.y - b.y),
    middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
  };
}
