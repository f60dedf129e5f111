/** The text of a CSV file as rows of cells: the one place that decides header and decimal comma. */
import Papa from 'papaparse';
import type { ParseError } from 'papaparse';
import { isBlank, isNumber } from './cells';
import { findDelimiter } from './delimiter';
import { atOnce } from './steps';
import type { Steps } from './steps';

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
  /** Whether all rows were read: not where they have more than {@link MAX_TEXT_CELLS}, or one of them never ends. */
  readonly isWhole: boolean;
}

/** Cells that a text may have, those of blank rows included: more would take too much memory. */
export const MAX_TEXT_CELLS = 8_000_000;

/**
 * Never refuses a text: judging is left to whoever asks.
 *
 * @param targets columns that must be there, which helps to find the delimiter and the header
 */
export function readRecords(text: string, targets: readonly string[] = []): RawRecords {
  return atOnce(readingRecords(text, targets));
}

/** The same, with pauses. */
export function* readingRecords(text: string, targets: readonly string[] = []): Steps<RawRecords> {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const isLong = lines.length > PIECE;
  if (isLong) yield 0;
  const { delimiter, doubtful } = findDelimiter(lines, targets);
  const decimalComma = delimiter !== ',';
  if (isLong) yield 0;
  const { filled, quote, isWhole } = yield* cutRows(lines, delimiter);
  if (isLong) yield 1;
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
    quote,
    isWhole,
  };
}

/** Characters that are cut at once; a row may be longer, up to the second number. */
const PIECE = 1 << 19;
const LONGEST_ROW = 1 << 24;

/** Piece by piece, the last row of each beginning the next one. */
function* cutRows(
  lines: string,
  delimiter: string,
): Steps<Pick<RawRecords, 'quote' | 'isWhole'> & { readonly filled: readonly Row[] }> {
  const parser = new Papa.Parser({ delimiter, newline: '\n' });
  const rows = new Rows();
  let length = PIECE;
  for (let start = 0; ; yield start / lines.length) {
    const isLast = start + length >= lines.length;
    const { data, errors, meta } = parser.parse(lines.slice(start, start + length), 0, !isLast);
    rows.add(data, errors);
    // A row that is so long, and wrong already, is not worth reading to its end.
    if (meta.cursor === 0 && !isLast && errors.length > 1) {
      rows.spoil(errors[0]);
      return { filled: rows.filled, quote: rows.quote, isWhole: false };
    }
    const isWhole = rows.cells <= MAX_TEXT_CELLS && (meta.cursor > 0 || length < LONGEST_ROW);
    if (isLast || !isWhole) return { filled: rows.filled, quote: rows.quote, isWhole };
    start += meta.cursor;
    length = meta.cursor > 0 ? PIECE : 2 * length;
  }
}

/** Those that have come so far. */
class Rows {
  /** Without the blank ones. */
  readonly filled: Row[] = [];
  quote: RawRecords['quote'];
  cells = 0;
  #number = 1;
  #line = 1;

  /** The row under way. */
  spoil({ message }: ParseError): void {
    this.quote ??= { row: { cells: [], number: this.#number, line: this.#line }, message };
  }

  add(data: readonly (readonly string[])[], errors: readonly ParseError[]): void {
    const quote = this.quote ? undefined : errors.find(({ type }) => type === 'Quotes');
    data.forEach((cells, i) => {
      const row = { cells, number: this.#number++, line: this.#line };
      if (quote && (quote.row ?? 0) === i) this.quote = { row, message: quote.message };
      this.cells += cells.length;
      this.#line += 1 + cells.reduce((breaks, cell) => breaks + lineBreaks(cell), 0);
      if (!isBlank(cells)) this.filled.push(row);
    });
  }
}

function lineBreaks(cell: string): number {
  return cell.includes('\n') ? cell.split('\n').length - 1 : 0;
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
