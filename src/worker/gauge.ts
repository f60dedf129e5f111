/** When the sizes of the next step are measured: so seldom that the training hardly becomes slower by it. */

/** Milliseconds of measuring in all that nobody feels: short trainings have every row. */
const FREE_MS = 50;
/** Beyond them, of the time of the training. */
const SHARE = 1 / 20;

export class Gauge {
  readonly #now: () => number;
  #spent = 0;
  /** Milliseconds of one measurement: at first an estimate, then the latest. */
  #cost: number;

  /** @param now milliseconds of a clock that never goes back  @param estimate milliseconds of one measurement */
  constructor(now: () => number, estimate: number) {
    this.#now = now;
    this.#cost = estimate;
  }

  /**
   * Measures, where there is time for it; else undefined. Beyond the free time, every 2ⁿ-th epoch: rows that stay where
   * others are left out have their numbers. The row that a run ends with always has: a curve that ended before would look
   * as if the network had stopped there.
   *
   * @param at epochs, parts of one, and seconds of training so far; `last`: the row that a run ends with
   */
  measure<T>(at: { epoch: number; seconds: number; last: boolean }, of: () => T): T | undefined {
    if (!at.last && !this.#hasTime(at)) return undefined;
    const start = this.#now();
    const measured = of();
    this.#cost = this.#now() - start;
    this.#spent += this.#cost;
    return measured;
  }

  #hasTime(at: { epoch: number; seconds: number }): boolean {
    const after = this.#spent + this.#cost;
    if (after > FREE_MS + 1000 * SHARE * at.seconds) return false;
    return after <= FREE_MS || at.epoch % this.#every(at) === 0;
  }

  /** Epochs from one measurement to the next. */
  #every({ epoch, seconds }: { epoch: number; seconds: number }): number {
    const affordable = (1000 * SHARE * seconds) / Math.max(1, epoch);
    return 2 ** Math.max(0, Math.ceil(Math.log2(this.#cost / affordable)));
  }
}
