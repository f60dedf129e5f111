/** How long the check of all parameters would take, told from the time that some of them took. */
import { isTrained, type ParameterTable } from '../plan';

/** Milliseconds of a clock that never goes back. */
export type Now = () => number;

/** What takes less is told too roughly by a clock. */
const LEAST_MS = 5;
/** Rounds that take at least so long, of which the last takes so much longer: code that has just begun to run is slow. */
const ROUNDS = 4;
const LAST_MS = 50;
/** After so long no further round begins, nor after so many checks in one. */
const MOST_MS = 500;
const MOST_CHECKS = 20_000;

/**
 * The parameters are gone through in rounds, each of twice as many as the one before. The fastest one tells: whatever
 * else the machine does makes one slower. It is by table, because a parameter costs what lies behind it.
 */
export class Estimate {
  readonly #tables: readonly ParameterTable[];
  readonly #places: Uint32Array;
  readonly #now: Now;
  /** By table, of this round: milliseconds, and parameters. */
  readonly #spent: Float64Array;
  readonly #counts: Float64Array;
  /** By table, of the fastest round: milliseconds of a parameter. */
  readonly #least: Float64Array;
  #rounds = 0;
  #total = 0;
  /** How often each is checked in this round, and how many checks are done. */
  #times = 1;
  #done = 0;
  #seconds: number | undefined;

  /** @param places some of each table that is trained, ascending */
  constructor(tables: readonly ParameterTable[], places: Uint32Array, now: Now) {
    this.#tables = tables.filter(isTrained);
    this.#places = places;
    this.#now = now;
    this.#spent = new Float64Array(this.#tables.length);
    this.#counts = new Float64Array(this.#tables.length);
    this.#least = new Float64Array(this.#tables.length).fill(Infinity);
  }

  /** Of all parameters; undefined until it is known. */
  get seconds(): number | undefined {
    return this.#seconds;
  }

  /** Times a check of the next place: in the first round they come in their order. */
  timed<T>(check: (place: number) => T): T {
    const place = this.#places[this.#done % this.#places.length];
    const table = this.#tables.findIndex(
      ({ offset, length }) => place >= offset && place < offset + length,
    );
    const start = this.#now();
    const result = check(place);
    this.#spent[table] += this.#now() - start;
    this.#counts[table] += 1;
    this.#done += 1;
    if (this.#done === this.#times * this.#places.length) this.#endRound();
    return result;
  }

  #endRound(): void {
    const spent = this.#spent.reduce((sum, ms) => sum + ms, 0);
    this.#total += spent;
    const isOver = this.#total >= MOST_MS || this.#done >= MOST_CHECKS;
    if (spent >= LEAST_MS || isOver) {
      this.#rounds += 1;
      this.#least.forEach((ms, t) => {
        this.#least[t] = Math.min(ms, this.#spent[t] / this.#counts[t]);
      });
    }
    if (isOver || (this.#rounds >= ROUNDS && spent >= LAST_MS)) {
      const all = this.#tables.reduce((sum, { length }, t) => sum + length * this.#least[t], 0);
      this.#seconds = all / 1000;
      return;
    }
    this.#times *= 2;
    this.#done = 0;
    this.#spent.fill(0);
    this.#counts.fill(0);
  }
}
