/**
 * The results as they are asked for: what a person asks is asked at once and ends what was asked before; what training
 * changes is asked anew at a bounded rate.
 */
import type { Results, ResultsRequest } from '../../src/protocol';
import { messageOf } from '../messageOf';

/** Milliseconds from one refresh to the next while training runs. */
const INTERVAL = 1000;
/** As many times as long as the answer takes is rested afterwards: results cost the training a tenth at most. */
const REST = 10;

export class ResultsKeeper {
  readonly #ask: (request: ResultsRequest) => Promise<Results>;
  readonly #changed: () => void;
  readonly #now: () => number;
  #round = 0;
  #asking = false;
  #restsUntil = -Infinity;
  results: Results | undefined;
  failure: string | undefined;
  /** What is shown belongs to what was asked before. */
  waiting = false;
  /** Another network was loaded while the answer was on its way: it is to be asked for again. */
  missed = false;
  /** A person did not want to wait: nothing is asked for until somebody wants to know again. */
  cancelled = false;

  /**
   * @param changed is called when there is something else to be shown
   * @param now milliseconds of a clock that never goes back
   */
  constructor(
    ask: (request: ResultsRequest) => Promise<Results>,
    changed: () => void,
    now = (): number => performance.now(),
  ) {
    this.#ask = ask;
    this.#changed = changed;
    this.#now = now;
  }

  /** A person waits for it. */
  async fetch(request: ResultsRequest): Promise<void> {
    const mine = ++this.#round;
    const begun = this.#now();
    this.#asking = true;
    this.waiting = true;
    this.missed = false;
    this.cancelled = false;
    this.#changed();
    try {
      const results = await this.#ask(request);
      if (mine !== this.#round) return;
      [this.results, this.failure] = [results, undefined];
    } catch (error) {
      if (mine !== this.#round) return;
      this.missed = error instanceof Error && error.name === 'Cancelled';
      if (!this.missed) this.failure = messageOf(error);
    }
    const now = this.#now();
    this.#restsUntil = now + Math.max(INTERVAL, REST * (now - begun));
    this.#asking = false;
    this.waiting = false;
    this.#changed();
  }

  /** Training goes on: asked only where nothing is under way, and after a rest. */
  refresh(request: ResultsRequest): void {
    if (this.#asking || this.cancelled || this.#now() < this.#restsUntil) return;
    void this.fetch(request);
  }

  /** What was asked for is not waited for any more; what is shown stays. */
  cancel(): void {
    if (!this.waiting) return;
    this.#round += 1;
    this.#asking = false;
    this.waiting = false;
    this.cancelled = true;
    this.#changed();
  }

  /** What is there is of other data. */
  forget(): void {
    this.results = undefined;
    this.failure = undefined;
  }
}
