/**
 * The recorded metrics of a run, in columns. The same class serves host and webview, so a webview
 * that reopens is sent the columns and goes on.
 */

/** One row an epoch (epoch 0 = before training). NaN where a quantity does not exist. */
export const METRIC_COLUMNS = [
  'epoch',
  'step',
  'seconds',
  'loss',
  'validationLoss',
  'accuracy',
  'validationAccuracy',
  'gradientNorm',
] as const;

export type MetricName = (typeof METRIC_COLUMNS)[number];

/** Column-major: all values of the first column, then of the second, … One buffer, transferable. */
export interface MetricsChunk {
  readonly count: number;
  readonly values: Float64Array;
  /** True when this chunk starts a new run: what was recorded before is void. */
  readonly restart: boolean;
}

const FIRST_CAPACITY = 256;

/** Grows by doubling, so that recording n rows costs O(n). */
export class History {
  #capacity = 0;
  #count = 0;
  #values = new Float64Array(0);

  /** Number of rows. */
  get count(): number {
    return this.#count;
  }

  /** The values of one column (count): a view that is valid until the next `append`. */
  column(name: MetricName): Float64Array {
    const start = METRIC_COLUMNS.indexOf(name) * this.#capacity;
    return this.#values.subarray(start, start + this.#count);
  }

  /** The value in a row; negative rows count from the end. NaN where there is none. */
  at(name: MetricName, row: number): number {
    return this.column(name).at(row) ?? NaN;
  }

  /**
   * Adds the rows of a chunk.
   *
   * @throws RangeError when the chunk's columns do not have `count` values each
   */
  append({ count, values, restart }: MetricsChunk): void {
    if (values.length !== count * METRIC_COLUMNS.length) {
      throw new RangeError(
        `A chunk of ${count} rows has ${count * METRIC_COLUMNS.length} values, found ${values.length}.`,
      );
    }
    if (restart) this.clear();
    this.#reserve(this.#count + count);
    METRIC_COLUMNS.forEach((_, column) => {
      const rows = values.subarray(column * count, (column + 1) * count);
      this.#values.set(rows, column * this.#capacity + this.#count);
    });
    this.#count += count;
  }

  /** Everything recorded, as a chunk that starts a new history. A copy. */
  toChunk(): MetricsChunk {
    const values = new Float64Array(this.#count * METRIC_COLUMNS.length);
    METRIC_COLUMNS.forEach((name, column) => {
      values.set(this.column(name), column * this.#count);
    });
    return { count: this.#count, values, restart: true };
  }

  clear(): void {
    this.#count = 0;
  }

  #reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    const capacity = Math.max(FIRST_CAPACITY, 2 * this.#capacity, rows);
    const values = new Float64Array(capacity * METRIC_COLUMNS.length);
    METRIC_COLUMNS.forEach((name, column) => values.set(this.column(name), column * capacity));
    this.#capacity = capacity;
    this.#values = values;
  }
}
