/** Which columns of a CSV file are inputs, and which are targets. */
import type { DataSource, JsonPath } from '../network/network';
import { dataIssue, listNames } from './issue';
import type { DataIssue } from './issue';

export type CsvSource = Extract<DataSource, { type: 'csv' }>;

/** A CSV file as a network reads it. */
export interface Records {
  readonly file: string;
  /** Whether the file names its columns. */
  readonly named: boolean;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** As a spreadsheet numbers them: the header is row 1. */
  readonly rowNumbers: readonly number[];
  /** Semicolons or tabs between the cells leave the comma to the decimals. */
  readonly decimalComma: boolean;
  /** Whether another delimiter fits the file as well. */
  readonly doubtful: boolean;
}

/** What the columns are found by; `rows` only tells whether a column without a name is empty. */
type Header = Pick<Records, 'file' | 'named' | 'header' | 'rows' | 'doubtful'>;

export interface Column {
  readonly name: string;
  readonly index: number;
}

export function csvError(code: string, message: string): DataIssue {
  return dataIssue(`data.csv.${code}`, 'error', ['data', 'csv'], message);
}

/** The columns that the network names; undefined, with issues, when one of them is not there. */
export function findColumns(
  source: CsvSource,
  records: Header,
  issues: DataIssue[],
): { inputs: Column[]; targets: Column[] } | undefined {
  const first = firstPlaces(records.header);
  const find = (name: string, path: JsonPath): Column =>
    findColumn(name, ['data', ...path], records, first, issues);
  const targets =
    typeof source.target === 'string'
      ? [find(source.target, ['target'])]
      : source.target.map((name, i) => find(name, ['target', i]));
  const places = new Set(targets.map(({ index }) => index));
  const isTarget = ({ index }: Column): boolean => places.has(index);
  const inputs =
    source.inputs?.map((name, i) => find(name, ['inputs', i])) ??
    allColumns(records, first, issues, isTarget).filter(column => !isTarget(column));
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

/** Where each name stands first; of a header of a million columns none is looked for one by one. */
export function firstPlaces(header: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  header.forEach((name, index) => {
    if (!places.has(name)) places.set(name, index);
  });
  return places;
}

/** A delimiter at the end of every row makes a column without name and content: it is none. */
function allColumns(
  records: Header,
  first: ReadonlyMap<string, number>,
  issues: DataIssue[],
  isTarget: (column: Column) => boolean,
): Column[] {
  const { file, header, rows } = records;
  const place = (name: string): number => first.get(name) as number;
  const repeats = (name: string, i: number): boolean => name !== '' && place(name) !== i;
  const twice = header.find(
    (name, i) => repeats(name, i) && !isTarget({ name, index: place(name) }),
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
  { file, header, named, doubtful }: Header,
  first: ReadonlyMap<string, number>,
  issues: DataIssue[],
): Column {
  const index = first.get(name.trim()) ?? -1;
  if (index < 0) {
    const remedy = missingRemedy(name.trim(), header, named);
    const message = `${file} has no column ${name}. ${remedy}${cutHint(header, doubtful)}`;
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

/** Cells may be cut at the wrong places. */
function cutHint({ length }: readonly string[], isDoubtful: boolean): string {
  if (length === 1) return ' Cells are separated by commas, semicolons, tabs or |.';
  return isDoubtful
    ? ' More than one of comma, semicolon, tab and | may separate its cells: quote those that contain one.'
    : '';
}

function named(column: string): string {
  return column === '' ? 'an unnamed column' : column;
}
