/** The rows of a CSV file, held in memory: all of their cells, or those of some columns. */
import { openRecords } from './recordReader';
import type { Found, Head, RecordReader, Row } from './recordReader';
import { atOnce } from './steps';
import type { Steps } from './steps';

/** A file as it is, whatever may be wrong with it. */
export interface RawRecords extends Head, Found {
  /** Those that have as many cells as the first one, without the header; none where no column is held. */
  readonly rows: readonly Row[];
  /** Which columns the cells of `rows` are of; undefined: all. */
  readonly places: readonly number[] | undefined;
  /** Rows of another number of cells: how many there are, and the first {@link PLACES}. */
  readonly ragged: {
    readonly count: number;
    readonly first: readonly { readonly number: number; readonly cells: number }[];
  };
  /** Whether all rows were read: not where more than {@link MAX_TEXT_CELLS} had to be held, or one of them never ends. */
  readonly isWhole: boolean;
}

/** Cells of a text that are held: more would take too much memory. */
export const MAX_TEXT_CELLS = 8_000_000;

/** How many bad places a message names; the rest is only counted. */
export const PLACES = 20;

/**
 * Never refuses a text: judging is left to whoever asks.
 *
 * @param targets columns that must be there, which helps to find the delimiter and the header
 * @param inputs columns that are held beside the targets; absent: all
 */
export function readRecords(
  text: string,
  targets: readonly string[] = [],
  inputs?: readonly string[],
): RawRecords {
  return atOnce(readingRecords(text, targets, inputs));
}

/** The same, with pauses. */
export function* readingRecords(
  text: string,
  targets: readonly string[] = [],
  inputs?: readonly string[],
): Steps<RawRecords> {
  const reader = yield* openRecords(text, targets);
  const held = new Held(reader, inputs && [...targets, ...inputs]);
  held.add(reader.read());
  const isLong = !reader.isDone;
  while (!reader.isDone && held.cells <= MAX_TEXT_CELLS) {
    yield reader.part;
    held.add(reader.read());
  }
  if (isLong) yield 1;
  const { rows, places, ragged } = held;
  const { filled, quote, endless } = reader;
  const isWhole = !endless && held.cells <= MAX_TEXT_CELLS;
  return { ...reader.head, filled, quote, endless, rows, places, ragged, isWhole };
}

/** Those that have come so far. */
class Held {
  readonly rows: Row[] = [];
  readonly ragged = { count: 0, first: [] as { number: number; cells: number }[] };
  /** A column without a name may be none: its empty cells are not counted. */
  cells = 0;
  places: readonly number[] | undefined;
  readonly #reader: RecordReader;
  readonly #wanted: ReadonlySet<string> | undefined;
  #unnamed: readonly number[] = [];
  #isBegun = false;

  constructor(reader: RecordReader, wanted: readonly string[] | undefined) {
    this.#reader = reader;
    this.#wanted = wanted && new Set(wanted.map(name => name.trim()));
  }

  add(rows: readonly Row[]): void {
    const { names } = this.#reader.head;
    if (!this.#isBegun && names.length > 0) this.#begin(names);
    for (const row of rows) {
      if (row.cells.length === names.length) this.#hold(row);
      else if (this.ragged.count++ < PLACES)
        this.ragged.first.push({ number: row.number, cells: row.cells.length });
    }
  }

  #begin(names: readonly string[]): void {
    this.#isBegun = true;
    const wanted = this.#wanted;
    if (wanted) this.places = names.flatMap((name, i) => (wanted.has(name) ? [i] : []));
    else this.#unnamed = names.flatMap((name, i) => (name === '' ? [i] : []));
  }

  #hold(row: Row): void {
    const { places } = this;
    if (places?.length === 0) return;
    this.rows.push(places ? { ...row, cells: places.map(i => row.cells[i]) } : row);
    this.cells += places ? places.length : row.cells.length;
    for (const i of this.#unnamed) if (row.cells[i].trim() === '') this.cells--;
  }
}
