/** When training gives way: somebody has just begun to look at something, and waits for its numbers. */
import type { Target } from '../engine/facts';
import { Recent } from './recent';

/** Milliseconds for which training leaves the processor to the answer about what somebody has just pointed at. */
const GIVES_WAY_MS = 50;
/** Milliseconds from one such rest to the next: however fast a pointer moves, training keeps two thirds of the time. */
const GIVES_WAY_EVERY_MS = 150;

/** All times are milliseconds of the session's clock. */
export class Newcomers {
  readonly #recent = new Recent();
  #gaveWay = -Infinity;

  /** Somebody asks for `target`. */
  asked(target: Target, now: number): void {
    const isNew = this.#recent.isNew(JSON.stringify(target), now);
    if (isNew && now - this.#gaveWay >= GIVES_WAY_EVERY_MS) this.#gaveWay = now;
  }

  /** For how long training gives way yet; 0 or less: it goes on. */
  rest(now: number): number {
    return this.#gaveWay + GIVES_WAY_MS - now;
  }
}
