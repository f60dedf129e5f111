/** Computing in slices: the thread is given back between them. */

/** Milliseconds of computing before the thread is given back for messages. */
const SLICE_MS = 16;

/** The time of the place that the session runs in. */
export interface Clock {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Calls `callback` after other work that waits (messages) has had its turn, and `milliseconds` have passed. */
  later(callback: () => void, milliseconds?: number): void;
}

export class Slices {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  /** Begins a slice: the answer says whether it is over. */
  end(): () => boolean {
    const end = this.now() + SLICE_MS;
    return () => this.now() >= end;
  }

  /** Gives the thread back. */
  turn(milliseconds?: number): Promise<void> {
    return new Promise(resolve => this.#clock.later(resolve, milliseconds));
  }
}
