/** Collects metric rows of a run and tells them in frames of at most 1,000 rows each. */
import { METRIC_COLUMNS, type LayerColumn, type MetricsChunk } from '../engine/history';

export type MetricRow = Record<(typeof METRIC_COLUMNS)[number], number>;

/** Rows a frame. So many are told of the start of a run, however fast it is. */
const FRAME_ROWS = 1000;
/** Rows a frame afterwards: ten frames a second are more than a chart has places for. Each row costs an evaluation. */
const STEADY_ROWS = 64;

export class Recorder {
  #rows: number[][] = [];
  /** Epochs from one kept row to the next: doubled while one interval brings too many. */
  #stride = 1;
  /** From here on, in epochs, the next row is wanted. */
  #next = -Infinity;
  /** Rows of this run that have been told. */
  #told = 0;
  #restart = true;
  /** Update after which the last kept row was made: no moment is recorded twice, unless to say more of it. */
  #lastStep = -1;
  /** Whether its layers were measured. */
  #isMeasured = true;
  #columns: readonly LayerColumn[] = [];
  readonly #tell: (chunk: MetricsChunk) => void;

  constructor(tell: (chunk: MetricsChunk) => void) {
    this.#tell = tell;
  }

  /** The next frame starts a new history. */
  restart(): void {
    this.#rows = [];
    this.#stride = 1;
    this.#next = -Infinity;
    this.#told = 0;
    this.#lastStep = -1;
    this.#restart = true;
  }

  /** Columns of the layers, which every row has from now on. */
  setColumns(columns: readonly LayerColumn[]): void {
    this.flush();
    this.#columns = columns;
  }

  /** What was recorded elsewhere, up to an update, stays. */
  goOn(step: number): void {
    this.#restart = false;
    this.jump(step);
  }

  /** The run is back after an earlier update, whose row is there already. */
  jump(step: number): void {
    this.#next = -Infinity;
    this.#lastStep = step;
    this.#isMeasured = true;
  }

  /** From how many epochs on a row is wanted. */
  get next(): number {
    return this.#next;
  }

  /**
   * Records a row. Where epochs come faster than a chart can show, rows between are left out evenly;
   * `keep` rows (the first and the last of a run) never are.
   *
   * @param layers the columns of the layers, asked for where the row is recorded; undefined: not measured
   */
  add(row: MetricRow, keep = false, layers?: () => readonly number[] | undefined): void {
    const isAgain = row.step === this.#lastStep;
    if (isAgain ? !keep || this.#isMeasured : !keep && row.epoch < this.#next) return;
    const measured = layers?.();
    // A run that ends with an epoch has told that row before anybody knew it for the last one: a history puts this in its place.
    if (isAgain && !measured) return;
    if (isAgain) this.#rows.pop();
    this.#lastStep = row.step;
    this.#isMeasured = measured !== undefined;
    const own = measured ?? this.#columns.map(() => NaN);
    this.#rows.push([...METRIC_COLUMNS.map(name => row[name]), ...own]);
    // A pause may be within an epoch; its end is a row.
    this.#next = Math.floor(row.epoch) + this.#stride;
    if (this.#rows.length >= (this.#told < FRAME_ROWS ? FRAME_ROWS : STEADY_ROWS)) this.#thin();
  }

  #thin(): void {
    this.#rows = this.#rows.filter((_, index) => index % 2 === 1);
    this.#next += this.#stride;
    this.#stride *= 2;
  }

  /** Tells what has gathered. */
  flush(): void {
    if (this.#rows.length === 0) return;
    const rows = this.#rows;
    const columns = this.#columns;
    const values = new Float64Array(rows.length * (METRIC_COLUMNS.length + columns.length));
    rows.forEach((row, i) => row.forEach((value, c) => (values[c * rows.length + i] = value)));
    this.#tell({ count: rows.length, values, restart: this.#restart, columns });
    this.#restart = false;
    this.#told += rows.length;
    this.#rows = [];
  }
}
