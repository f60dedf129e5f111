/** Looks at a CSV file as a whole, for a person who will choose from it. */
import { parseNumber } from './cells';
import { firstPlaces } from './csvColumns';
import type { BadCell, CsvColumn, CsvPreview } from './preview';
import { readingRecords } from './records';
import type { RawRecords, Row } from './records';
import { atOnce, STEP_SIZE } from './steps';
import type { Steps } from './steps';

const HEAD = 8;
const EXAMPLES = 20;
const PLACES = 20;
const LONGEST = 60;

/**
 * Reads a whole file as a network's `data.csv` would, but lists what is wrong instead of refusing it.
 * An empty text has no columns, a header alone has no rows.
 *
 * @param path as the network names it  @param bytes size of the file
 */
export function previewCsv(path: string, text: string, bytes: number): CsvPreview {
  return atOnce(previewingCsv(path, text, bytes));
}

/** The same, with pauses. */
export function* previewingCsv(path: string, text: string, bytes: number): Steps<CsvPreview> {
  const records = yield* readingRecords(text);
  const { rows, names, delimiter, header, decimalComma } = records;
  const bad = new BadCells();
  addBlocking(records, bad);
  const blocking = bad.count;
  const isLong = rows.length > STEP_SIZE;
  if (isLong) yield 0;
  const step = Math.max(1, Math.ceil(STEP_SIZE / (rows.length + 1)));
  const whole = rows.filter(({ cells }) => cells.length === names.length);
  const columns: CsvColumn[] = [];
  for (const [index, name] of names.entries()) {
    if (index % step === 0) yield index / names.length;
    if (isLong) yield index / names.length;
    const column = { name, index, rows: whole, decimalComma };
    const seen = new Values();
    for (let from = 0; from < whole.length; from += STEP_SIZE) {
      if (from > 0) yield index / names.length;
      look(seen, column, from);
    }
    columns.push(describe(column, seen, bad));
  }
  const head = rows.slice(0, HEAD).map(({ cells }) => cells.map(shorten));
  const detected = { delimiter, header, decimalComma };
  const found = { bad: bad.first(), badCount: bad.count, blocking };
  return { path, bytes, rows: rows.length, ...detected, columns, head, ...found };
}

function shorten(cell: string): string {
  return cell.length > LONGEST ? `${cell.slice(0, LONGEST - 1)}…` : cell;
}

/** The first places in the order of the file, and how many there are. */
class BadCells {
  count = 0;
  #places: BadCell[] = [];
  /** From this line on there are enough before it. */
  #beyond = Infinity;

  add(place: BadCell): void {
    this.count++;
    if (place.line >= this.#beyond) return;
    this.#places.push(place);
    // Columns are read one after the other: the first lines of each stay candidates.
    if (this.#places.length < 50 * PLACES) return;
    this.#places = this.first();
    this.#beyond = this.#places[PLACES - 1].line;
  }

  first(): BadCell[] {
    return [...this.#places].sort((a, b) => a.line - b.line).slice(0, PLACES);
  }
}

/** What no choice of columns avoids. */
function addBlocking({ rows, names, header, quote }: RawRecords, bad: BadCells): void {
  if (quote) {
    const reason = 'A quoted cell does not end properly: close it with ".';
    bad.add({ line: quote.row.line, column: '', text: '', kind: 'quote', reason });
  }
  const first = firstPlaces(names);
  names.forEach((name, index) => {
    if (name === '' || !header || first.get(name) === index) return;
    const reason = 'Another column has this name too.';
    bad.add({ line: 1, column: name, text: name, kind: 'name', reason });
  });
  for (const { cells, line } of rows) {
    if (cells.length === names.length) continue;
    const text = `${cells.length} / ${names.length}`;
    const reason = `The row has ${cells.length} cells, there are ${names.length} columns.`;
    bad.add({ line, column: '', text, kind: 'cells', reason });
  }
}

/** The different cells of one column, in the order of their first row. Most columns of a wide file have one: no set for it. */
class Different {
  #first: string | undefined;
  #all: Set<string> | undefined;

  add(cell: string): void {
    if (this.#all) this.#all.add(cell);
    else if (this.#first === undefined) this.#first = cell;
    else if (cell !== this.#first) this.#all = new Set([this.#first, cell]);
  }

  get size(): number {
    return this.#all?.size ?? (this.#first === undefined ? 0 : 1);
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
class Values {
  numbers = 0;
  texts = 0;
  least = Infinity;
  most = -Infinity;
  whole = true;
  ascending = true;
  /** Whether there may be a cell that is not as the others: empty, a text, too large. */
  suspect = false;
  readonly different = new Different();

  /** @param value NaN for a text */
  add(value: number): void {
    if (!Number.isFinite(value)) {
      this.suspect = true;
      if (Number.isNaN(value)) this.texts++;
      return;
    }
    this.whole &&= Number.isInteger(value);
    this.ascending &&= this.numbers === 0 || value > this.most;
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    this.numbers++;
  }
}

interface Column {
  readonly name: string;
  readonly index: number;
  readonly rows: readonly Row[];
  readonly decimalComma: boolean;
}

/** Adds the cells of at most `STEP_SIZE` rows. */
function look(seen: Values, { index, rows, decimalComma }: Column, from: number): void {
  const end = Math.min(from + STEP_SIZE, rows.length);
  for (let row = from; row < end; row++) {
    const cell = rows[row].cells[index].trim();
    if (cell === '') {
      seen.suspect = true;
      continue;
    }
    seen.different.add(cell);
    seen.add(parseNumber(cell, decimalComma));
  }
}

function describe(column: Column, seen: Values, bad: BadCells): CsvColumn {
  const filled = seen.different.size > 0;
  const type = !filled ? 'empty' : seen.texts > seen.numbers ? 'class' : 'number';
  const before = bad.count;
  if (filled && seen.suspect) addBad(column, type, bad);
  const any = seen.numbers > 0;
  return {
    name: column.name,
    type,
    distinct: seen.different.size,
    examples: seen.different.first(EXAMPLES).map(shorten),
    least: any ? seen.least : NaN,
    most: any ? seen.most : NaN,
    whole: any && seen.whole,
    ascending: any && seen.ascending,
    bad: bad.count - before,
  };
}

const reasons = {
  text: 'A text among numbers.',
  empty: 'The cell is empty.',
  large: 'The number is too large for float64.',
} as const;

function addBad(column: Column, type: CsvColumn['type'], bad: BadCells): void {
  const { name, index, rows, decimalComma } = column;
  for (const { cells, line } of rows) {
    const text = cells[index].trim();
    const kind = fault(text, type, decimalComma);
    if (kind) bad.add({ line, column: name, text: shorten(text), kind, reason: reasons[kind] });
  }
}

function fault(
  text: string,
  type: CsvColumn['type'],
  decimalComma: boolean,
): keyof typeof reasons | undefined {
  if (text === '') return 'empty';
  if (type === 'class') return undefined;
  const value = parseNumber(text, decimalComma);
  if (Number.isNaN(value)) return 'text';
  return Number.isFinite(value) ? undefined : 'large';
}
