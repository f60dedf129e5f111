/** The text of a CSV file as rows of cells: the one place that decides header and decimal comma. */
import Papa from 'papaparse';
import type { ParseError } from 'papaparse';
import { isBlank, isNumber } from './cells';
import { findDelimiter } from './delimiter';

/** A row that is not blank, with its two numbers. */
export interface Row {
  readonly cells: readonly string[];
  /** As a spreadsheet shows it, from 1. */
  readonly number: number;
  /** Line of the file in which the row begins, from 1: a quoted cell may span several. */
  readonly line: number;
}

/** A file as it is, whatever may be wrong with it. */
export interface RawRecords {
  readonly delimiter: string;
  /** Whether another delimiter fits the file as well. */
  readonly doubtful: boolean;
  /** Semicolons or tabs between the cells leave the comma to the decimals. */
  readonly decimalComma: boolean;
  /** Whether the first row names the columns. */
  readonly header: boolean;
  /** Names of the columns, trimmed; `column 1`, `column 2` … where no row names them. */
  readonly names: readonly string[];
  /** Without the header. */
  readonly rows: readonly Row[];
  /** Rows that are not blank, the header included. */
  readonly filled: number;
  /** The first cell whose quotes do not close. */
  readonly quote: { readonly row: Row; readonly message: string } | undefined;
}

/**
 * Never refuses a text: judging is left to whoever asks.
 *
 * @param targets columns that must be there, which helps to find the delimiter and the header
 */
export function readRecords(text: string, targets: readonly string[] = []): RawRecords {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const { delimiter, doubtful } = findDelimiter(lines, targets);
  const decimalComma = delimiter !== ',';
  const { data, errors } = Papa.parse(lines, { delimiter });
  const all = numberRows(data);
  const filled = all.filter(({ cells }) => !isBlank(cells));
  const [first] = filled;
  const header = first === undefined || namesColumns(first.cells, targets, decimalComma);
  return {
    delimiter,
    doubtful,
    decimalComma,
    header,
    names: (first?.cells ?? []).map((cell, i) => (header ? cell.trim() : `column ${i + 1}`)),
    rows: header ? filled.slice(1) : filled,
    filled: filled.length,
    quote: openQuote(errors, all),
  };
}

function numberRows(data: readonly (readonly string[])[]): Row[] {
  let line = 1;
  return data.map((cells, i) => {
    const row = { cells, number: i + 1, line };
    line += 1 + cells.reduce((breaks, cell) => breaks + lineBreaks(cell), 0);
    return row;
  });
}

function lineBreaks(cell: string): number {
  return cell.includes('\n') ? cell.split('\n').length - 1 : 0;
}

function openQuote(errors: readonly ParseError[], rows: readonly Row[]): RawRecords['quote'] {
  const quote = errors.find(error => error.type === 'Quotes');
  return quote && { row: rows[quote.row ?? 0], message: quote.message };
}

/** A first row of nothing but numbers is a sample, unless it has the name of a target. */
function namesColumns(
  cells: readonly string[],
  targets: readonly string[],
  decimalComma: boolean,
): boolean {
  if (cells.some(cell => targets.includes(cell.trim()))) return true;
  return !cells.every(cell => cell.trim() === '' || isNumber(cell, decimalComma));
}
