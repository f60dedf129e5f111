/** A CSV file with named columns becomes a table of samples. */
import { shortened } from '../network/shortened';
import { parseNumber } from './cells';
import { csvError, findColumns } from './csvColumns';
import type { Column, CsvSource, Records } from './csvColumns';
import { count, listNames } from './issue';
import type { DataIssue } from './issue';
import { LONGEST_ROW } from './recordReader';
import { MAX_TEXT_CELLS, PLACES, readingRecords } from './records';
import type { RawRecords } from './records';
import { atOnce, STEP_SIZE } from './steps';
import type { Steps } from './steps';
import { classColumn, tooManyClasses } from './table';
import type { Table, TargetColumns } from './table';

/** Cells (inputs and targets) that a data set may have. */
export const MAX_CELLS = 5_000_000;

/**
 * Reads the columns that `source` names. Any error leaves the table out.
 *
 * @param classes whether a single target column holds classes even where they are numbers
 */
export function readCsv(
  source: CsvSource,
  text: string,
  classes = false,
): { table?: Table; issues: DataIssue[] } {
  return atOnce(readingCsv(source, text, classes));
}

/** The same, with pauses. */
export function* readingCsv(
  source: CsvSource,
  text: string,
  classes = false,
): Steps<{ table?: Table; issues: DataIssue[] }> {
  const issues: DataIssue[] = [];
  const read = yield* readRecords(source, text, issues);
  if (!read) return { issues };
  if (text.length > STEP_SIZE) yield 1;
  const found = findColumns(source, read, issues);
  if (!found) return { issues };
  const { records, columns } = inPlace(read, found);
  const cells = records.rows.length * (columns.inputs.length + columns.targets.length);
  if (cells > MAX_CELLS) {
    issues.push(
      csvError(
        'size',
        `${records.file} has ${cells} cells, at most ${MAX_CELLS} can be held in memory: use fewer rows or columns (data.inputs).`,
      ),
    );
    return { issues };
  }
  const bad = new BadCells();
  const values = yield* readNumbers(records, columns.inputs, bad);
  const target = yield* readTarget(records, columns.targets, classes, bad);
  const issue = bad.issue(records);
  if (issue) return { issues: [...issues, issue] };
  if (!target) return { issues: [...issues, tooManyClasses(columns.targets[0].name)] };
  const inputNames = columns.inputs.map(column => column.name);
  const { rowNumbers } = records;
  const inputs = { type: 'numbers', values } as const;
  const table = { samples: records.rows.length, inputNames, inputs, target, rowNumbers };
  return { table, issues };
}

/** A whole header, and rows of the columns at {@link RawRecords.places | places} of it. */
type Read = Records & Pick<RawRecords, 'places'>;

/** The columns and their names, as they stand in rows that hold no others. */
function inPlace(
  { places, ...records }: Read,
  columns: Columns,
): { readonly records: Records; readonly columns: Columns } {
  if (!places) return { records, columns };
  const at = new Map(places.map((index, place) => [index, place]));
  const moved = (of: readonly Column[]): Column[] =>
    of.map(({ name, index }) => ({ name, index: at.get(index) as number }));
  const header = places.map(index => records.header[index]);
  const { inputs, targets } = columns;
  return {
    records: { ...records, header },
    columns: { inputs: moved(inputs), targets: moved(targets) },
  };
}

interface Columns {
  readonly inputs: readonly Column[];
  readonly targets: readonly Column[];
}

/** All rows are of the header's length. */
function* readRecords(
  source: CsvSource,
  text: string,
  issues: DataIssue[],
): Steps<Read | undefined> {
  const raw = yield* readingRecords(text, [source.target].flat(), source.inputs);
  const { path } = source;
  const fault = quoteFault(path, raw) ?? sizeFault(path, raw) ?? rowsFault(path, raw);
  if (fault) {
    issues.push(fault);
    return undefined;
  }
  return {
    file: source.path,
    named: raw.header,
    header: raw.names,
    rows: raw.rows.map(row => row.cells),
    rowNumbers: raw.rows.map(row => row.number),
    decimalComma: raw.decimalComma,
    doubtful: raw.doubtful,
    places: raw.places,
  };
}

function quoteFault(file: string, { quote }: RawRecords): DataIssue | undefined {
  if (!quote) return undefined;
  const message = `${file}, row ${quote.row.number}: a quoted cell does not end properly (${quote.message}): close it with " and write a quote inside it as "".`;
  return csvError('quotes', message);
}

function sizeFault(file: string, { isWhole, endless }: RawRecords): DataIssue | undefined {
  if (isWhole) return undefined;
  const message = endless
    ? `${file}, row ${endless.number}: the row does not end within ${LONGEST_ROW} characters. Write shorter rows in the file.`
    : `${file} has more than ${MAX_TEXT_CELLS} cells in the columns that are used: more are read only where all of these are plain numbers. Use fewer rows in the file, or fewer columns (data.inputs).`;
  return csvError('size', message);
}

function rowsFault(
  file: string,
  { names, header, filled, ragged }: RawRecords,
): DataIssue | undefined {
  if (filled === (header ? 1 : 0) || filled === 0) {
    const found = filled === 1 ? 'no row below its header' : 'no content';
    const message = `${file} has ${found}: the first row must name the columns, each further row is a sample.`;
    return csvError('empty', message);
  }
  if (ragged.count === 0) return undefined;
  const places = ragged.first.map(({ number, cells }) => `row ${number} has ${cells}`);
  const more = ragged.count > PLACES ? ` and ${ragged.count - PLACES} more` : '';
  const message = `${file}: ${count(ragged.count, 'row does', 'rows do')} not have the header's ${count(names.length, 'cell')}: ${places.join(', ')}${more}. Quote cells that contain the delimiter.`;
  return csvError('ragged', message);
}

/** Bad cells in the order found. */
class BadCells {
  readonly #places: string[] = [];
  readonly #columns = new Map<string, number>();
  #count = 0;

  add(records: Records, row: number, column: Column): void {
    this.#count++;
    this.#columns.set(column.name, (this.#columns.get(column.name) ?? 0) + 1);
    if (this.#places.length >= PLACES) return;
    const cell = records.rows[row][column.index].trim();
    const shown = cell === '' ? 'empty' : JSON.stringify(shortened(cell, 25));
    const place = records.header[column.index] === '' ? column.name : `column ${column.name}`;
    this.#places.push(`row ${records.rowNumbers[row]}, ${place}: ${shown}`);
  }

  issue(records: Records): DataIssue | undefined {
    if (this.#count === 0) return undefined;
    const more = this.#count > PLACES ? `; and ${this.#count - PLACES} more` : '';
    const whole = [...this.#columns].filter(([, bad]) => bad === records.rows.length);
    const remedy =
      whole.length > 0
        ? `Leave ${listNames(whole.map(([name]) => name))} out: name the columns to use in data.inputs.`
        : 'Correct these cells or remove their rows.';
    return csvError(
      'number',
      `${records.file}: ${count(this.#count, 'cell is', 'cells are')} not a finite number: ${this.#places.join('; ')}${more}. ${remedy}`,
    );
  }
}

/** (rows, columns) */
function* readNumbers(
  records: Records,
  columns: readonly Column[],
  bad: BadCells,
): Steps<Float64Array> {
  const rows = records.rows.length;
  const values = new Float64Array(rows * columns.length);
  const atOnce = Math.ceil(STEP_SIZE / columns.length);
  for (let row = 0; row < rows; row += atOnce) {
    readRows(records, columns, bad, { from: row, to: Math.min(rows, row + atOnce), values });
    yield Math.min(1, (row + atOnce) / rows);
  }
  return values;
}

/** Those of some rows. */
function readRows(
  records: Records,
  columns: readonly Column[],
  bad: BadCells,
  { from, to, values }: { from: number; to: number; values: Float64Array },
): void {
  let i = from * columns.length;
  for (let row = from; row < to; row++) {
    for (const column of columns) {
      const value = parseNumber(records.rows[row][column.index], records.decimalComma);
      if (!Number.isFinite(value)) bad.add(records, row, column);
      values[i++] = value;
    }
  }
}

/** One column may hold classes; several hold numbers. Undefined where there are too many classes. */
function* readTarget(
  records: Records,
  columns: readonly Column[],
  classes: boolean,
  bad: BadCells,
): Steps<TargetColumns | undefined> {
  const [column] = columns;
  if (columns.length === 1) {
    const isLong = records.rows.length > STEP_SIZE;
    const cells = records.rows.map(row => row[column.index].trim());
    if (isLong) yield 0;
    const numbers = cells.map(cell => parseNumber(cell, records.decimalComma));
    if (isLong) yield 0;
    if (classes || holdsText(cells, numbers)) {
      cells.forEach((cell, row) => {
        if (cell === '') bad.add(records, row, column);
      });
      // Where all are numbers, 1 and 1.0 are the same.
      return yield* classColumn(column.name, numbers.every(Number.isFinite) ? numbers : cells);
    }
  }
  const names = columns.map(({ name }) => name);
  return { type: 'numbers', names, values: yield* readNumbers(records, columns, bad) };
}

/** Whether most cells that are not empty are text; among numbers, text is a bad cell. */
function holdsText(cells: readonly string[], numbers: readonly number[]): boolean {
  let [texts, others] = [0, 0];
  cells.forEach((cell, i) => {
    if (cell === '') return;
    if (Number.isNaN(numbers[i])) texts++;
    else others++;
  });
  return texts > others;
}
