/** What stands in one column of a CSV file, seen cell by cell and not held. */
import { limits } from '../network/limits';
import { parseNumber } from './cells';
import type { CsvColumn } from './preview';
import type { Row } from './recordReader';

/** Different texts of one column that are counted: of more, one more. A network tells no more classes apart. */
export const MOST_DIFFERENT = limits.units;

/** Different texts of all columns that are held at once. */
export const MAX_DIFFERENT = 4_000_000;

/** Bad places of a file that are shown. */
export const PLACES = 20;

/** So many different numbers are enough to tell what a column is for. */
const ENOUGH = 128;

/** The different cells of one column, in the order of their first row. Most columns of a wide file have one: no set for it. */
class Different {
  isReleased = false;
  #first: string | undefined;
  #all: Set<string> | undefined;

  add(cell: string): void {
    const all = this.#all;
    if (all) {
      if (all.size <= MOST_DIFFERENT && !this.isReleased) all.add(cell);
    } else if (this.#first === undefined) this.#first = cell;
    else if (cell !== this.#first) this.#all = new Set([this.#first, cell]);
  }

  get size(): number {
    return this.#all?.size ?? (this.#first === undefined ? 0 : 1);
  }

  /** Keeps a few: from now on none is added. */
  release(): void {
    this.#all = new Set(this.first(ENOUGH));
    this.isReleased = true;
  }

  /** The first `count` of them, at least 1. */
  first(count: number): string[] {
    if (!this.#all) return this.#first === undefined ? [] : [this.#first];
    const found: string[] = [];
    for (const cell of this.#all) {
      found.push(cell);
      if (found.length === count) break;
    }
    return found;
  }
}

/** Numbers of one column, and what in it is none. */
export class Values {
  numbers = 0;
  least = Infinity;
  most = -Infinity;
  whole = true;
  ascending = true;
  readonly different = new Different();
  #texts = 0;
  #empty = 0;
  #large = 0;
  /** The first pieces with an empty cell, and with one that is no number: of a good column none. */
  #emptyIn: number[] | undefined;
  #otherIn: number[] | undefined;

  /** Adds the cells of some rows, which are those of a piece. */
  look(rows: readonly Row[], index: number, decimalComma: boolean, piece: number): void {
    const [empty, others] = [this.#empty, this.#texts + this.#large];
    for (let row = 0; row < rows.length; row++) {
      const cell = rows[row].cells[index].trim();
      if (cell === '') {
        this.#empty++;
        continue;
      }
      this.different.add(cell);
      this.#add(parseNumber(cell, decimalComma));
    }
    if (this.#empty > empty) this.#emptyIn = noted(this.#emptyIn, piece);
    if (this.#texts + this.#large > others) this.#otherIn = noted(this.#otherIn, piece);
  }

  /** @param value NaN for a text */
  #add(value: number): void {
    if (!Number.isFinite(value)) {
      if (Number.isNaN(value)) this.#texts++;
      else this.#large++;
      return;
    }
    this.whole &&= Number.isInteger(value);
    this.ascending &&= this.numbers === 0 || value > this.most;
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    this.numbers++;
  }

  /** By the cells so far. */
  get type(): CsvColumn['type'] {
    if (this.different.size === 0) return 'empty';
    return this.#texts > this.numbers ? 'class' : 'number';
  }

  /** Cells that cannot be used, see {@link faultOf}. */
  get bad(): number {
    const { type } = this;
    if (type === 'empty') return 0;
    return type === 'class' ? this.#empty : this.#empty + this.#texts + this.#large;
  }

  /** The first pieces that have some of these cells: {@link PLACES} or all. Of two kinds in turn, so not in order. */
  get badIn(): readonly number[] {
    const { type } = this;
    if (type === 'empty') return [];
    return [...(this.#emptyIn ?? []), ...(type === 'class' ? [] : (this.#otherIn ?? []))];
  }

  /** Whether it turned out to be classes, and how many is not known any more. */
  get isLost(): boolean {
    return this.different.isReleased && this.type === 'class';
  }
}

/** With one more piece, unless there are enough. */
function noted(pieces: number[] = [], piece: number): number[] {
  if (pieces.length < PLACES) pieces.push(piece);
  return pieces;
}

/**
 * Lets go of the different numbers where columns have more than {@link MAX_DIFFERENT} texts: only of classes all are needed.
 *
 * @returns whether there are too many all the same
 */
export function releaseSome(columns: readonly Values[]): boolean {
  const held = (): number => columns.reduce((sum, { different }) => sum + different.size, 0);
  if (held() <= MAX_DIFFERENT) return false;
  for (const { type, different } of columns)
    if (type !== 'class' && different.size > ENOUGH) different.release();
  return held() > MAX_DIFFERENT;
}

/** Why a trimmed cell cannot be used in a column of this type. */
export function faultOf(
  cell: string,
  type: CsvColumn['type'],
  decimalComma: boolean,
): 'empty' | 'text' | 'large' | undefined {
  if (cell === '') return 'empty';
  if (type === 'class') return undefined;
  const value = parseNumber(cell, decimalComma);
  if (Number.isNaN(value)) return 'text';
  return Number.isFinite(value) ? undefined : 'large';
}
