/** Fetches the data points of a map, once for each data set. */
import type { DataPoints, DataRange } from '../../src/protocol';
import { pointSet, type PointSet } from './points';

export class PointKeeper {
  readonly #ask: () => Promise<DataPoints>;
  readonly #changed: () => void;
  #of: DataRange | undefined;
  #set: PointSet | undefined;

  constructor(ask: () => Promise<DataPoints>, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  get set(): PointSet | undefined {
    return this.#set;
  }

  /** Wants the points of the data that have this range. */
  of(range: DataRange): void {
    if (this.#of === range) return;
    this.#of = range;
    this.#set = undefined;
    this.#ask().then(
      points => {
        if (this.#of !== range) return;
        this.#set = pointSet(points, range);
        this.#changed();
      },
      // Without points a map is still a map; what is wrong with the data has a banner of its own.
      () => undefined,
    );
  }
}
