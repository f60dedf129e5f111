/** A CSV file with named columns becomes a table of samples. */
import type { DataSource, JsonPath } from '../network/network';
import { count, dataIssue, listNames } from './issue';
import type { DataIssue } from './issue';
import { parseNumber, readRecords as readRaw } from './records';
import type { RawRecords } from './records';
import { classColumn } from './table';
import type { Table, TargetColumns } from './table';

export type CsvSource = Extract<DataSource, { type: 'csv' }>;

/** Cells (inputs and targets) that a data set may have. */
export const MAX_CELLS = 5_000_000;

/** How many bad places a message names; the rest is only counted. */
const PLACES = 20;

interface Records {
  readonly file: string;
  /** Whether the file names its columns. */
  readonly named: boolean;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** As a spreadsheet numbers them: the header is row 1. */
  readonly rowNumbers: readonly number[];
  /** Semicolons or tabs between the cells leave the comma to the decimals. */
  readonly decimalComma: boolean;
}

interface Column {
  readonly name: string;
  readonly index: number;
}

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
  const issues: DataIssue[] = [];
  const records = readRecords(source, text, issues);
  if (!records) return { issues };
  const columns = findColumns(source, records, issues);
  if (!columns) return { issues };
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
  const inputs = readNumbers(records, columns.inputs, bad);
  const target = readTarget(records, columns.targets, classes, bad);
  const issue = bad.issue(records);
  if (issue) return { issues: [...issues, issue] };
  const inputNames = columns.inputs.map(column => column.name);
  const { rowNumbers } = records;
  const table = { samples: records.rows.length, inputNames, inputs, target, rowNumbers };
  return { table, issues };
}

function csvError(code: string, message: string): DataIssue {
  return dataIssue(`data.csv.${code}`, 'error', ['data', 'csv'], message);
}

/** Header and rows, all of the header's length. */
function readRecords(source: CsvSource, text: string, issues: DataIssue[]): Records | undefined {
  const raw = readRaw(text, [source.target].flat());
  const fault = quoteFault(source.path, raw) ?? rowsFault(source.path, raw);
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
  };
}

function quoteFault(file: string, { quote }: RawRecords): DataIssue | undefined {
  if (!quote) return undefined;
  const message = `${file}, row ${quote.row.number}: a quoted cell does not end properly (${quote.message}): close it with " and write a quote inside it as "".`;
  return csvError('quotes', message);
}

function rowsFault(file: string, { rows, names, filled }: RawRecords): DataIssue | undefined {
  if (rows.length === 0) {
    const found = filled === 1 ? 'no row below its header' : 'no content';
    const message = `${file} has ${found}: the first row must name the columns, each further row is a sample.`;
    return csvError('empty', message);
  }
  const columns = names.length;
  const ragged = rows.filter(row => row.cells.length !== columns);
  if (ragged.length === 0) return undefined;
  const places = ragged.slice(0, PLACES).map(row => `row ${row.number} has ${row.cells.length}`);
  const more = ragged.length > PLACES ? ` and ${ragged.length - PLACES} more` : '';
  const message = `${file}: ${count(ragged.length, 'row does', 'rows do')} not have the header's ${count(columns, 'cell')}: ${places.join(', ')}${more}. Quote cells that contain the delimiter.`;
  return csvError('ragged', message);
}

/** The columns that the network names; undefined, with issues, when one of them is not there. */
function findColumns(
  source: CsvSource,
  records: Records,
  issues: DataIssue[],
): { inputs: Column[]; targets: Column[] } | undefined {
  const find = (name: string, path: JsonPath): Column =>
    findColumn(name, ['data', ...path], records, issues);
  const targets =
    typeof source.target === 'string'
      ? [find(source.target, ['target'])]
      : source.target.map((name, i) => find(name, ['target', i]));
  const isTarget = ({ index }: Column): boolean => targets.some(target => target.index === index);
  const inputs =
    source.inputs?.map((name, i) => find(name, ['inputs', i])) ??
    allColumns(records, issues, isTarget).filter(column => !isTarget(column));
  if (issues.length > 0) return undefined;
  const both = inputs.find(isTarget);
  if (both) {
    const message = `The column ${both.name} is an input and a target at once: the network would only have to copy it. Take it out of data.inputs or choose another target.`;
    issues.push(dataIssue('data.csv.both', 'error', ['data', 'target'], message));
  } else if (inputs.length === 0) {
    const message = `${records.file} has no column besides the target: nothing is left for the inputs.`;
    issues.push(csvError('inputs', message));
  }
  return issues.length > 0 ? undefined : { inputs, targets };
}

/** A delimiter at the end of every row makes a column without name and content: it is none. */
function allColumns(
  records: Records,
  issues: DataIssue[],
  isTarget: (column: Column) => boolean,
): Column[] {
  const { file, header, rows } = records;
  const repeats = (name: string, i: number): boolean => name !== '' && header.indexOf(name) !== i;
  const twice = header.find(
    (name, i) => repeats(name, i) && !isTarget({ name, index: header.indexOf(name) }),
  );
  if (twice !== undefined) issues.push(duplicate(file, twice, ['data', 'csv']));
  return header.flatMap((name, index) => {
    if (name !== '') return [{ name, index }];
    const empty = rows.every(cells => cells[index].trim() === '');
    return empty ? [] : [{ name: `unnamed column ${index + 1}`, index }];
  });
}

function duplicate(file: string, name: string, path: JsonPath): DataIssue {
  const message = `${file} has more than one column named ${name}: give each its own name in the first row.`;
  return dataIssue('data.csv.duplicate', 'error', path, message);
}

function findColumn(
  name: string,
  path: JsonPath,
  { file, header, named }: Records,
  issues: DataIssue[],
): Column {
  const index = header.indexOf(name.trim());
  if (index < 0) {
    const remedy = missingRemedy(name.trim(), header, named);
    const message = `${file} has no column ${name}. ${remedy}`;
    issues.push(dataIssue('data.csv.column', 'error', path, message));
  } else if (header.indexOf(name.trim(), index + 1) >= 0) {
    issues.push(duplicate(file, name, path));
  }
  return { name: name.trim(), index };
}

function missingRemedy(name: string, header: readonly string[], isNamed: boolean): string {
  const all = listNames(header.map(named), 12);
  if (!isNamed)
    return `Its first row holds numbers: name the columns there, or use the names that they have without it: ${all}.`;
  const near = header.find(column => column.toLowerCase() === name.toLowerCase());
  return near ? `Did you mean ${near}?` : `It has ${all}.`;
}

function named(column: string): string {
  return column === '' ? 'an unnamed column' : column;
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
    const shown =
      cell === '' ? 'empty' : JSON.stringify(cell.length > 24 ? `${cell.slice(0, 24)}…` : cell);
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
function readNumbers(records: Records, columns: readonly Column[], bad: BadCells): Float64Array {
  const values = new Float64Array(records.rows.length * columns.length);
  let i = 0;
  for (let row = 0; row < records.rows.length; row++) {
    for (const column of columns) {
      const value = parseNumber(records.rows[row][column.index], records.decimalComma);
      if (!Number.isFinite(value)) bad.add(records, row, column);
      values[i++] = value;
    }
  }
  return values;
}

/** One column may hold classes; several hold numbers. */
function readTarget(
  records: Records,
  columns: readonly Column[],
  classes: boolean,
  bad: BadCells,
): TargetColumns {
  const [column] = columns;
  if (columns.length === 1 && (classes || holdsText(records, column))) {
    return classColumn(column.name, readLabels(records, column, bad));
  }
  const names = columns.map(({ name }) => name);
  return { type: 'numbers', names, values: readNumbers(records, columns, bad) };
}

/** Labels as they are written; where all are numbers, 1 and 1.0 are the same. */
function readLabels(records: Records, column: Column, bad: BadCells): readonly string[] {
  const cells = records.rows.map(row => row[column.index].trim());
  cells.forEach((cell, row) => {
    if (cell === '') bad.add(records, row, column);
  });
  const numbers = cells.map(cell => parseNumber(cell, records.decimalComma));
  return numbers.every(Number.isFinite) ? numbers.map(String) : cells;
}

/** Whether most cells that are not empty are text; among numbers, text is a bad cell. */
function holdsText(records: Records, column: Column): boolean {
  const cells = records.rows.map(row => row[column.index].trim()).filter(cell => cell !== '');
  const texts = cells.filter(cell => Number.isNaN(parseNumber(cell, records.decimalComma)));
  return texts.length > cells.length - texts.length;
}
