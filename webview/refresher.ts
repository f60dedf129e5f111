/**
 * One request in flight at most, and never more often than a person can read.
 *
 * However often `ask` is called, the far side is asked once at a time; a call during a request or a
 * pause leads to exactly one more request afterwards, so the last state is always fetched.
 */
export interface Timer {
  /** Milliseconds. */
  now(): number;
  after(milliseconds: number, act: () => void): void;
}

export const browserTimer: Timer = {
  now: () => performance.now(),
  after: (milliseconds, act) => void setTimeout(act, milliseconds),
};

/**
 * Milliseconds from one refresh of a card, or of what belongs to it, to the next while training runs: three numbers a second
 * can be read, and each refresh is work beside the training.
 */
export const CARD_INTERVAL = 350;

type Phase = 'resting' | 'waiting' | 'asking';

export class Refresher {
  readonly #request: () => Promise<void>;
  readonly #interval: number;
  readonly #timer: Timer;
  #phase: Phase = 'resting';
  #wanted = false;
  #last = -Infinity;
  #round = 0;

  /** `interval`: milliseconds from one request to the next, unless it is urgent. */
  constructor(request: () => Promise<void>, interval: number, timer: Timer = browserTimer) {
    this.#request = request;
    this.#interval = interval;
    this.#timer = timer;
  }

  /** `urgent`: a person waits for it (a new target, another sample), so the pause is skipped. */
  ask(urgent = false): void {
    this.#wanted = true;
    if (urgent) this.#last = -Infinity;
    if (urgent && this.#phase === 'waiting') this.#phase = 'resting';
    this.#next();
  }

  #next(): void {
    if (this.#phase !== 'resting' || !this.#wanted) return;
    const wait = this.#last + this.#interval - this.#timer.now();
    const round = ++this.#round;
    if (wait <= 0) return void this.#run();
    this.#phase = 'waiting';
    this.#timer.after(wait, () => {
      if (this.#phase === 'waiting' && round === this.#round) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#phase = 'asking';
    this.#wanted = false;
    this.#last = this.#timer.now();
    try {
      await this.#request();
    } finally {
      this.#phase = 'resting';
      this.#next();
    }
  }
}
