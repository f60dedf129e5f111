/** When training gives way: somebody has just begun to look at something, and waits for its numbers. */
import type { Target } from '../engine/facts';

/** Numbers refresh ten times a second; what was not asked for this long is somebody's new wish. */
const FORGOTTEN_MS = 1000;
/** Milliseconds for which training leaves the processor to the answer about what somebody has just pointed at. */
const GIVES_WAY_MS = 50;
/** Milliseconds from one such rest to the next: however fast a pointer moves, training keeps two thirds of the time. */
const GIVES_WAY_EVERY_MS = 150;

/** All times are milliseconds of the session's clock. */
export class Newcomers {
  readonly #lastAsked = new Map<string, number>();
  #gaveWay = -Infinity;

  /** Somebody asks for `target`. */
  asked(target: Target, now: number): void {
    const isNew = this.#isNew(target, now);
    if (isNew && now - this.#gaveWay >= GIVES_WAY_EVERY_MS) this.#gaveWay = now;
  }

  /** For how long training gives way yet; 0 or less: it goes on. */
  rest(now: number): number {
    return this.#gaveWay + GIVES_WAY_MS - now;
  }

  /** Whether nobody has asked for `target` lately. */
  #isNew(target: Target, now: number): boolean {
    for (const [key, at] of this.#lastAsked)
      if (now - at > FORGOTTEN_MS) this.#lastAsked.delete(key);
    const key = JSON.stringify(target);
    const isNew = !this.#lastAsked.has(key);
    this.#lastAsked.set(key, now);
    return isNew;
  }
}
