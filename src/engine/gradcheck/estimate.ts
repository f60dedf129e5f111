/** How long the check of all parameters would take, told from the time that some of them took. */
import { isTrained, type ParameterTable } from '../plan';

/** Milliseconds of a clock that never goes back. */
export type Now = () => number;

/** A round that takes as long tells enough. Shorter ones tell more of code that has just begun to run. */
const ENOUGH_MS = 50;
/** The first may have waited for something else, and is repeated unless it took as long. */
const ENOUGH_AT_ONCE_MS = 500;
/** Nor is a round larger than that, however fast it is. */
const MOST_CHECKS = 20_000;

/**
 * The parameters are gone through in rounds, each of twice as many as the one before, until one took long enough. The
 * faster one of the last two tells: whatever else the machine does makes one slower. It is by table, because a parameter
 * costs what lies behind it.
 */
export class Estimate {
  readonly #tables: readonly ParameterTable[];
  readonly #places: Uint32Array;
  readonly #now: Now;
  /** By table, of this round: milliseconds, and parameters. */
  readonly #spent: Float64Array;
  readonly #counts: Float64Array;
  /** By table, of the round before: milliseconds of a parameter. */
  #before: Float64Array;
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
    this.#before = new Float64Array(this.#tables.length).fill(Infinity);
  }

  /** Of all parameters; undefined until it is known. */
  get seconds(): number | undefined {
    return this.#seconds;
  }

  /** The place whose check is to be timed next. */
  get next(): number {
    return this.#places[this.#done % this.#places.length];
  }

  /** Times a check of {@link next}. */
  timed<T>(check: (place: number) => T): T {
    const place = this.next;
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
    const each = this.#spent.map((ms, t) => ms / this.#counts[t]);
    if (spent >= (this.#times === 1 ? ENOUGH_AT_ONCE_MS : ENOUGH_MS) || this.#done >= MOST_CHECKS) {
      const least = (t: number): number => Math.min(each[t], this.#before[t]);
      const all = this.#tables.reduce((sum, { length }, t) => sum + length * least(t), 0);
      this.#seconds = all / 1000;
      return;
    }
    this.#before = each;
    this.#times *= 2;
    this.#done = 0;
    this.#spent.fill(0);
    this.#counts.fill(0);
  }
}
