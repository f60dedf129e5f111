/**
 * Reads CSV files of plain numbers straight from their bytes: there is no text, and no cell becomes an object. Where
 * all inputs are whole numbers from 0 to 255, they stay bytes.
 *
 * The numbers are those that `readCsv` gives for the same file. Where anything is odd (quotes, ragged rows, words, empty
 * cells …) it gives up and says where: then the file is read as a text.
 */
import { grouped } from '../network/setting';
import { beginningOf } from './csvBeginning';
import type { Odd } from './csvBeginning';
import { csvError, findColumns } from './csvColumns';
import type { Column, CsvSource } from './csvColumns';
import { CsvRows } from './csvRows';
import type { DataIssue } from './issue';
import { MAX_HELD_BYTES, STEP_SIZE } from './steps';
import type { Codecs, Steps } from './steps';
import { classColumn, tooManyClasses } from './table';
import type { Table, TargetColumns } from './table';

export type PlainCsv =
  | { readonly type: 'table'; readonly table: Table }
  /** Read as a text, the file may still be right. */
  | ({ readonly type: 'odd' } & Odd)
  | { readonly type: 'wrong'; readonly issues: readonly DataIssue[] };

/** @param classes whether a single target column holds classes */
export function* readPlainCsv(
  source: CsvSource,
  bytes: Uint8Array,
  codecs: Pick<Codecs, 'decode'>,
  classes: boolean,
): Steps<PlainCsv> {
  const beginning = yield* beginningOf(bytes, codecs, [source.target].flat());
  if ('what' in beginning) return { type: 'odd', ...beginning };
  const { named, names, doubtful } = beginning;
  const isLong = bytes.length > STEP_SIZE;
  if (isLong) yield 0;
  const issues: DataIssue[] = [];
  const columns = findColumns(
    source,
    { file: source.path, named, header: names, rows: [], doubtful },
    issues,
  );
  if (!columns) return { type: 'wrong', issues };
  const places = (of: readonly Column[]): number[] => of.map(({ index }) => index);
  if (isLong) yield 0;
  const { inputs, targets } = columns;
  const rows = new CsvRows(bytes, beginning, { inputs: places(inputs), targets: places(targets) });
  while (rows.read()) yield rows.part;
  if (rows.tooLarge) return { type: 'wrong', issues: [sizeIssue(source.path, rows.room, inputs)] };
  if (rows.odd) return { type: 'odd', ...rows.odd };
  if (rows.count === 0) return { type: 'odd', line: beginning.line, what: 'no row of numbers' };
  const target = yield* targetOf(targets, rows.targets, classes);
  if (!target) return { type: 'wrong', issues: [tooManyClasses(targets[0].name)] };
  const table: Table = {
    samples: rows.count,
    inputNames: inputs.map(({ name }) => name),
    inputs: rows.inputs,
    target,
    rowNumbers: rows.lines,
  };
  return { type: 'table', table };
}

function* targetOf(
  columns: readonly Column[],
  values: Float64Array,
  classes: boolean,
): Steps<TargetColumns | undefined> {
  const names = columns.map(({ name }) => name);
  if (classes && names.length === 1) return yield* classColumn(names[0], values);
  return { type: 'numbers', names, values };
}

function sizeIssue(file: string, rows: number, inputs: readonly Column[]): DataIssue {
  const message = `${file} has ${grouped(rows)} rows of ${grouped(inputs.length)} inputs; at most ${grouped(MAX_HELD_BYTES)} bytes can be held in memory, one for each whole number from 0 to 255 where all are such, else eight. Use fewer rows or columns (data.inputs).`;
  return csvError('size', message);
}
