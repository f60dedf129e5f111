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
    columns.push(yield* describe(name, index, whole, decimalComma, bad));
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

/** Numbers of one column, and what in it is none. */
class Values {
  numbers = 0;
  texts = 0;
  least = Infinity;
  most = -Infinity;
  whole = true;
  ascending = true;
  readonly different = new Set<string>();

  add(value: number): void {
    if (!Number.isFinite(value)) return;
    this.whole &&= Number.isInteger(value);
    this.ascending &&= this.numbers === 0 || value > this.most;
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    this.numbers++;
  }
}

function* describe(
  name: string,
  index: number,
  rows: readonly Row[],
  decimalComma: boolean,
  bad: BadCells,
): Steps<CsvColumn> {
  const seen = new Values();
  for (let row = 0; row < rows.length; row++) {
    if (row % STEP_SIZE === STEP_SIZE - 1) yield row / rows.length;
    const cell = rows[row].cells[index].trim();
    if (cell === '') continue;
    seen.different.add(cell);
    const value = parseNumber(cell, decimalComma);
    if (Number.isNaN(value)) seen.texts++;
    else seen.add(value);
  }
  const filled = seen.different.size > 0;
  const type = !filled ? 'empty' : seen.texts > seen.numbers ? 'class' : 'number';
  const before = bad.count;
  if (filled) addBad({ name, index, type, rows, decimalComma }, bad);
  const examples = [...firstOf(seen.different, EXAMPLES)].map(shorten);
  const any = seen.numbers > 0;
  return {
    name,
    type,
    distinct: seen.different.size,
    examples,
    least: any ? seen.least : NaN,
    most: any ? seen.most : NaN,
    whole: any && seen.whole,
    ascending: any && seen.ascending,
    bad: bad.count - before,
  };
}

function* firstOf(values: Iterable<string>, count: number): Generator<string> {
  let left = count;
  for (const value of values) {
    if (left-- <= 0) return;
    yield value;
  }
}

const reasons = {
  text: 'A text among numbers.',
  empty: 'The cell is empty.',
  large: 'The number is too large for float64.',
} as const;

function addBad(
  column: {
    readonly name: string;
    readonly index: number;
    readonly type: CsvColumn['type'];
    readonly rows: readonly Row[];
    readonly decimalComma: boolean;
  },
  bad: BadCells,
): void {
  const { name, index, type, rows, decimalComma } = column;
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
