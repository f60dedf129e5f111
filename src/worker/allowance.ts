/**
 * How much of the time numbers that refresh may take from training: a twentieth. What somebody newly asks for is computed
 * at once, and what it takes is saved later.
 */

/** Of all time. */
const SHARE = 0.05;
/** Milliseconds that may be saved up. */
const MOST_SAVED = 5;
/** Milliseconds that may be owed: however long a look takes, numbers refresh after a second. */
const MOST_OWED = 50;

/** All times are milliseconds of the session's clock. */
export class Allowance {
  #balance = 0;
  #at = -Infinity;

  /** Whether a refresh may be computed now. */
  allows(now: number): boolean {
    this.#save(now);
    return this.#balance >= 0;
  }

  /** A look has taken so long. */
  spend(milliseconds: number, now: number): void {
    this.#save(now);
    this.#balance = Math.max(-MOST_OWED, this.#balance - milliseconds);
  }

  #save(now: number): void {
    this.#balance = Math.min(MOST_SAVED, this.#balance + SHARE * (now - this.#at));
    this.#at = now;
  }
}
