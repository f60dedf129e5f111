/** Tells what has just begun to be looked at from what is looked at again and again while training goes on. */
import type { Target } from '../engine/facts';

/** Numbers refresh ten times a second; what was not asked for this long is somebody's new wish. */
const FORGOTTEN_MS = 1000;

export class Newcomers {
  /** Milliseconds of the session's clock. */
  readonly #lastAsked = new Map<string, number>();

  /** Whether nobody has asked for `target` lately. */
  isNew(target: Target, now: number): boolean {
    for (const [key, at] of this.#lastAsked)
      if (now - at > FORGOTTEN_MS) this.#lastAsked.delete(key);
    const key = JSON.stringify(target);
    const isNew = !this.#lastAsked.has(key);
    this.#lastAsked.set(key, now);
    return isNew;
  }
}
