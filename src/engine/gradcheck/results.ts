/** What a gradcheck found, parameter by parameter, and questions about it. */
import type { GradcheckEntry, Verdict } from '../gradcheck';
import { isTrained, type ParameterTable, type TableKind } from '../plan';
import { placeAt, targetOf } from './places';
import { VERDICTS } from './verdicts';

/** Of the weights or the biases of one layer. */
export interface TableSummary {
  readonly layer: number;
  readonly kind: TableKind;
  readonly parameters: number;
  readonly checked: number;
  readonly counts: { readonly [V in Verdict]: number };
  /** Largest error among the verdicts `ok`, `look` and `fail`; NaN where there is none. */
  readonly worst: number;
}

export interface RowsRequest {
  /** `error`: the largest first. `gradient`: the largest by size first. `place`: as in the file. */
  readonly order: 'error' | 'gradient' | 'place';
  /** Only verdicts that are neither `ok` nor `tiny`. */
  readonly doubtful?: boolean;
  readonly layer?: number;
  readonly start: number;
  readonly count: number;
}

export interface GradcheckRows {
  /** Rows that there are. */
  readonly total: number;
  readonly entries: readonly GradcheckEntry[];
}

/** A table in cells, each of one parameter or of a block of them: what is worst in it. */
export interface GradcheckPicture {
  readonly layer: number;
  readonly kind: TableKind;
  /** Of the table. */
  readonly rows: number;
  readonly columns: number;
  /** In cells, which lie row by row below. */
  readonly height: number;
  readonly width: number;
  /** Codes of `VERDICTS`. */
  readonly verdicts: Uint8Array;
  readonly errors: Float64Array;
  /** Places in the table, row by row. */
  readonly places: Uint32Array;
}

/** 17 bytes a parameter, beside its gradient. */
export class GradcheckResults {
  readonly #tables: readonly ParameterTable[];
  readonly #analytic: Float64Array;
  readonly #numeric: Float64Array;
  readonly #errors: Float64Array;
  readonly #verdicts: Uint8Array;
  /** The rows that were asked for last, in order: sorting many takes a while. */
  #sorted: { readonly key: string; readonly indices: readonly number[] } | undefined;

  /** @param analytic in the file's order */
  constructor(tables: readonly ParameterTable[], analytic: Float64Array) {
    this.#tables = tables.filter(isTrained);
    this.#analytic = analytic;
    this.#numeric = new Float64Array(analytic.length);
    this.#errors = new Float64Array(analytic.length);
    this.#verdicts = new Uint8Array(analytic.length);
  }

  /** @param index in the file's order */
  set(index: number, { numeric, error, verdict }: GradcheckEntry): void {
    this.#numeric[index] = numeric;
    this.#errors[index] = error;
    this.#verdicts[index] = VERDICTS.indexOf(verdict);
    this.#sorted = undefined;
  }

  /** Weights and biases of each layer that has them, in the file's order. */
  summaries(): readonly TableSummary[] {
    return this.#tables.map(table => this.#summary(table));
  }

  rows(request: RowsRequest): GradcheckRows {
    const { order, doubtful = false, layer, start, count } = request;
    const key = `${order} ${doubtful} ${layer}`;
    if (this.#sorted?.key !== key) this.#sorted = { key, indices: this.#order(request) };
    const { indices } = this.#sorted;
    const entries = indices.slice(start, start + count).map(index => this.#entry(index));
    return { total: indices.length, entries };
  }

  /**
   * Weights and biases of a layer, each as a picture.
   *
   * @param most cells along a side
   */
  pictures(layer: number, most: number): readonly GradcheckPicture[] {
    return this.#tables
      .filter(table => table.layer === layer)
      .map(table => this.#picture(table, most));
  }

  #picture({ layer, kind, rows, columns, offset }: ParameterTable, most: number): GradcheckPicture {
    const [height, width] = [Math.min(rows, most), Math.min(columns, most)];
    const verdicts = new Uint8Array(height * width);
    const errors = new Float64Array(height * width);
    const places = new Uint32Array(height * width);
    for (let place = 0; place < rows * columns; place++) {
      const row = Math.floor(place / columns);
      const column = place - row * columns;
      const across = Math.floor((column * width) / columns);
      const cell = Math.floor((row * height) / rows) * width + across;
      const [verdict, error] = [this.#verdicts[offset + place], this.#errors[offset + place]];
      if (verdict < verdicts[cell] || (verdict === verdicts[cell] && !(error > errors[cell])))
        continue;
      [verdicts[cell], errors[cell], places[cell]] = [verdict, error, place];
    }
    return { layer, kind, rows, columns, height, width, verdicts, errors, places };
  }

  #order({ order, doubtful = false, layer }: RowsRequest): readonly number[] {
    const found: number[] = [];
    for (const table of this.#tables) {
      if (layer !== undefined && table.layer !== layer) continue;
      for (let i = table.offset; i < table.offset + table.length; i++) {
        const verdict = VERDICTS[this.#verdicts[i]];
        if (verdict && !(doubtful && (verdict === 'ok' || verdict === 'tiny'))) found.push(i);
      }
    }
    const size = this.#sizes(order);
    // Equal ones stay as in the file: sorting is stable.
    return size ? found.sort((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a))) : found;
  }

  #sizes(order: RowsRequest['order']): ((index: number) => number) | undefined {
    if (order === 'error') return index => this.#errors[index];
    return order === 'gradient' ? index => Math.abs(this.#analytic[index]) : undefined;
  }

  #summary({ layer, kind, offset, length }: ParameterTable): TableSummary {
    const counts = { ok: 0, look: 0, fail: 0, tiny: 0, kink: 0, flat: 0 };
    let [checked, worst] = [0, NaN];
    for (let i = offset; i < offset + length; i++) {
      const verdict = VERDICTS[this.#verdicts[i]];
      if (!verdict) continue;
      checked += 1;
      counts[verdict] += 1;
      const isMeasured = verdict === 'ok' || verdict === 'look' || verdict === 'fail';
      if (isMeasured && !(this.#errors[i] <= worst)) worst = this.#errors[i];
    }
    return { layer, kind, parameters: length, checked, counts, worst };
  }

  #entry(index: number): GradcheckEntry {
    return {
      target: targetOf(placeAt(this.#tables, index)),
      analytic: this.#analytic[index],
      numeric: this.#numeric[index],
      error: this.#errors[index],
      verdict: VERDICTS[this.#verdicts[index]]!,
    };
  }
}
