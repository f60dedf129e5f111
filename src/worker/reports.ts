/** When to tell how far something is: often enough to be seen to move. */

/** Milliseconds between two reports of progress. */
const INTERVAL_MS = 100;

export class Reports {
  #due: number;

  /** @param first when the first report is due, in milliseconds of the session's clock; default: at once */
  constructor(first = -Infinity) {
    this.#due = first;
  }

  /** Whether a report is due, which is then made. */
  isDue(now: number): boolean {
    if (now < this.#due) return false;
    this.#due = now + INTERVAL_MS;
    return true;
  }
}
