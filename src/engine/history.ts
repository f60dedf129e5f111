/**
 * The recorded metrics of a run, in columns. The same class serves host and webview, so a webview
 * that reopens is sent the columns and goes on.
 */
import { marksUpTo, withMark } from './changeMarks';
import type { ChangeMark } from './changeMarks';

/**
 * Of every run. One row an epoch (epoch 0 = before training). NaN where a quantity does not exist. `learningRate` is η
 * of the step that comes next, by the schedule, before a layer's own factor.
 */
export const METRIC_COLUMNS = [
  'epoch',
  'step',
  'seconds',
  'loss',
  'validationLoss',
  'accuracy',
  'validationAccuracy',
  'r2',
  'validationR2',
  'gradientNorm',
  'learningRate',
] as const;

export type MetricName = (typeof METRIC_COLUMNS)[number];

/** What is measured of each layer with parameters: `StepSizes` of nextStep.ts. Not in every row: NaN where it was not. */
export type LayerMetric = 'gradient' | 'ratio';
export type LayerColumn = `${LayerMetric}/${number}`;
export type MetricColumn = MetricName | LayerColumn;

/** The columns of these layers: all gradients, then all ratios. */
export function layerColumns(layers: readonly number[]): readonly LayerColumn[] {
  return (['gradient', 'ratio'] as const).flatMap(metric =>
    layers.map((layer): LayerColumn => `${metric}/${layer}`),
  );
}

/** Column-major: all values of the first column, then of the second, … One buffer, transferable. */
export interface MetricsChunk {
  readonly count: number;
  readonly values: Float64Array;
  /** True when this chunk starts a new run: what was recorded before is void. */
  readonly restart: boolean;
  /** Columns behind those of {@link METRIC_COLUMNS}; absent: none. */
  readonly columns?: readonly LayerColumn[];
  /** Where settings were changed; absent: nowhere. */
  readonly marks?: readonly ChangeMark[];
}

const STEP = METRIC_COLUMNS.indexOf('step');
const FIRST_CAPACITY = 256;
/** Rows at most: a run may have a thousand million epochs, and no chart draws more points. */
export const MOST_ROWS = 2 ** 16;
/** Numbers at most, 8 MB: with many layers there are fewer rows. */
const MOST_VALUES = 2 ** 20;

/**
 * Grows by doubling, so that recording n rows costs O(n), up to {@link MOST_ROWS}. Then every second row goes, and of
 * those to come as many: what is kept lies evenly over the run. The first and the last row are always there.
 */
export class History {
  #columns: readonly MetricColumn[] = METRIC_COLUMNS;
  #capacity = 0;
  #count = 0;
  /** Of the rows that come in, every `#stride`-th stays. */
  #stride = 1;
  /** Rows since the last one that stays; not 0: the last row goes when another one comes. */
  #behind = 0;
  #values = new Float64Array(0);
  #marks: readonly ChangeMark[] = [];

  /** Number of rows. */
  get count(): number {
    return this.#count;
  }

  /** All columns: those of every run, and of its layers. */
  get columns(): readonly MetricColumn[] {
    return this.#columns;
  }

  /** Where settings were changed on the way, in the order of updates. */
  get marks(): readonly ChangeMark[] {
    return this.#marks;
  }

  /** The values of one column (count): a view that is valid until the next `append`. Empty where there is no such column. */
  column(name: MetricColumn): Float64Array {
    const index = this.#columns.indexOf(name);
    const start = index * this.#capacity;
    return this.#values.subarray(start, index < 0 ? start : start + this.#count);
  }

  /** The value in a row; negative rows count from the end. NaN where there is none. */
  at(name: MetricColumn, row: number): number {
    return this.column(name).at(row) ?? NaN;
  }

  /** How many rows there are of updates up to this one. */
  rowsUpTo(step: number): number {
    const steps = this.column('step');
    let rows = steps.length;
    while (rows > 0 && steps[rows - 1] > step) rows--;
    return rows;
  }

  /**
   * Adds the rows of a chunk. Where a run has gone back and goes another way, what it had recorded after that goes.
   *
   * @throws RangeError when the chunk's columns do not have `count` values each
   */
  append({ count, values, restart, columns = [], marks = [] }: MetricsChunk): void {
    const given: readonly MetricColumn[] = [...METRIC_COLUMNS, ...columns];
    if (values.length !== count * given.length) {
      throw new RangeError(
        `A chunk of ${count} rows has ${count * given.length} values, found ${values.length}.`,
      );
    }
    if (restart) this.clear();
    this.#addColumns(columns);
    const places = this.#columns.map(name => given.indexOf(name));
    const most = this.#mostRows;
    while (this.#count >= most) this.#thin();
    for (let row = 0; row < count; row++) {
      this.#add(c => (places[c] < 0 ? NaN : values[places[c] * count + row]));
      if (this.#count === most) this.#thin();
    }
    // All of a run are what they are; one more is joined with those that are there.
    this.#marks = restart ? marks : marks.reduce(withMark, this.#marks);
  }

  /** Everything recorded, as a chunk that starts a new history. A copy. */
  toChunk(): MetricsChunk {
    const values = new Float64Array(this.#count * this.#columns.length);
    this.#columns.forEach((name, column) => {
      values.set(this.column(name), column * this.#count);
    });
    const columns = this.#columns.slice(METRIC_COLUMNS.length) as readonly LayerColumn[];
    return {
      ...{ count: this.#count, values, restart: true },
      ...(columns.length > 0 && { columns }),
      ...(this.#marks.length > 0 && { marks: this.#marks }),
    };
  }

  clear(): void {
    this.#columns = METRIC_COLUMNS;
    this.#capacity = 0;
    this.#values = new Float64Array(0);
    this.#count = 0;
    this.#stride = 1;
    this.#behind = 0;
    this.#marks = [];
  }

  get #mostRows(): number {
    let most = MOST_ROWS;
    while (most > 2 && most * this.#columns.length > MOST_VALUES) most /= 2;
    return most;
  }

  /** Of rows that are there already, nothing is known in them. */
  #addColumns(columns: readonly LayerColumn[]): void {
    const added = columns.filter(name => !this.#columns.includes(name));
    if (added.length === 0) return;
    const from = this.#columns.length * this.#capacity;
    this.#columns = [...this.#columns, ...added];
    const values = new Float64Array(this.#columns.length * this.#capacity);
    values.set(this.#values);
    this.#values = values.fill(NaN, from);
  }

  #add(valueOf: (column: number) => number): void {
    const cut = this.#cut(valueOf(STEP));
    if (this.#behind > 0 && !cut) this.#count -= 1;
    this.#reserve(this.#count + 1);
    for (let column = 0; column < this.#columns.length; column++)
      this.#values[column * this.#capacity + this.#count] = valueOf(column);
    this.#count += 1;
    this.#behind = cut || this.#count === 1 ? 0 : (this.#behind + 1) % this.#stride;
  }

  /**
   * Removes the rows from this update on; whether there were any. Updates and not epochs: a run that goes on from within
   * an epoch counts that one as a whole, and its first row may lie behind rows of the other way.
   */
  #cut(step: number): boolean {
    const before = this.#count;
    this.#count = this.rowsUpTo(step);
    if (this.at('step', -1) === step) this.#count -= 1;
    const isCut = this.#count < before;
    if (isCut) this.#marks = marksUpTo(this.#marks, step);
    return isCut;
  }

  /** Every second row goes. The last one stands where the next that stays will. */
  #thin(): void {
    const last = this.#count - 1;
    const kept = [...this.column('epoch').keys()].filter(row => row % 2 === 0 || row === last);
    this.#columns.forEach((_, column) => {
      const start = column * this.#capacity;
      kept.forEach((row, i) => (this.#values[start + i] = this.#values[start + row]));
    });
    this.#count = kept.length;
    if (last % 2 === 1) this.#behind = this.#behind || this.#stride;
    this.#stride *= 2;
  }

  #reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    const capacity = Math.max(FIRST_CAPACITY, 2 * this.#capacity, rows);
    const values = new Float64Array(capacity * this.#columns.length);
    this.#columns.forEach((name, column) => values.set(this.column(name), column * capacity));
    this.#capacity = capacity;
    this.#values = values;
  }
}
