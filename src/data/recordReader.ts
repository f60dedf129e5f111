/** Cuts the text of a CSV file into rows, piece by piece: the one place that decides header and decimal comma. */
import Papa from 'papaparse';
import type { ParseError, Parser } from 'papaparse';
import { isBlank, isNumber } from './cells';
import { findDelimiter } from './delimiter';
import type { Steps } from './steps';

/** A row that is not blank, with its two numbers. */
export interface Row {
  readonly cells: readonly string[];
  /** As a spreadsheet shows it, from 1. */
  readonly number: number;
  /** Line of the file in which the row begins, from 1: a quoted cell may span several. */
  readonly line: number;
}

/** What the beginning of a file decides. */
export interface Head {
  readonly delimiter: string;
  /** Whether another delimiter fits the file as well. */
  readonly doubtful: boolean;
  /** Semicolons or tabs between the cells leave the comma to the decimals. */
  readonly decimalComma: boolean;
  /** Whether the first row names the columns. */
  readonly header: boolean;
  /** Names of the columns, trimmed; `column 1`, `column 2` … where no row names them. */
  readonly names: readonly string[];
}

/** What has come to light about a file on the way to its end. */
export interface Found {
  /** Rows that are not blank, the header included. */
  readonly filled: number;
  /** The first cell whose quotes do not close. */
  readonly quote: { readonly row: Row; readonly message: string } | undefined;
  /** The row behind which nothing is read, because it does not end within {@link LONGEST_ROW} characters. */
  readonly endless: Pick<Row, 'number' | 'line'> | undefined;
}

/** Where a piece begins, and how much is cut there. */
interface Mark {
  readonly start: number;
  readonly length: number;
  readonly number: number;
  readonly line: number;
  readonly filled: number;
}

/** Characters that are cut at once; a row may be longer, up to the second number. */
const PIECE = 1 << 19;
export const LONGEST_ROW = 1 << 24;
const LINE_FEED = 10;

/** @param targets columns that must be there, which helps to find the delimiter and the header */
export function* openRecords(text: string, targets: readonly string[] = []): Steps<RecordReader> {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const isLong = lines.length > PIECE;
  if (isLong) yield 0;
  const cut = findDelimiter(lines, targets);
  if (isLong) yield 0;
  return new RecordReader(lines, cut, targets);
}

/** Holds no row but those of one piece. Never refuses a text: judging is left to whoever asks. */
export class RecordReader implements Found {
  head: Head;
  filled = 0;
  quote: Found['quote'];
  endless: Found['endless'];
  isDone = false;
  /** That the next row begins in. */
  line = 1;
  readonly #lines: string;
  readonly #targets: readonly string[];
  readonly #parser: Parser;
  #start = 0;
  #length = PIECE;
  #number = 1;
  /** Of the pieces that were read. */
  readonly #marks: Mark[] = [];

  /** @param lines without a byte order mark, ended by line feeds */
  constructor(
    lines: string,
    { delimiter, doubtful }: Pick<Head, 'delimiter' | 'doubtful'>,
    targets: readonly string[],
  ) {
    this.#lines = lines;
    this.#targets = targets;
    this.#parser = new Papa.Parser({ delimiter, newline: '\n' });
    const decimalComma = delimiter !== ',';
    this.head = { delimiter, doubtful, decimalComma, header: true, names: [] };
  }

  /** The rows that one of the calls of {@link read} has given, the first of which is call 0. */
  again(call: number): readonly Row[] {
    const reader = new RecordReader(this.#lines, this.head, this.#targets);
    const { start, length, number, line, filled } = this.#marks[call];
    [reader.#start, reader.#length, reader.#number] = [start, length, number];
    [reader.line, reader.filled] = [line, filled];
    return reader.read();
  }

  /** What is read of the text, from 0 to 1. */
  get part(): number {
    return this.#start / this.#lines.length;
  }

  /** The next rows, without the header: some, or none, as long as it is not done. The last row of a piece begins the next one. */
  read(): readonly Row[] {
    this.#skipEnds();
    const { line, filled } = this;
    this.#marks.push({
      start: this.#start,
      length: this.#length,
      number: this.#number,
      line,
      filled,
    });
    const isLast = this.#start + this.#length >= this.#lines.length;
    const piece = this.#lines.slice(this.#start, this.#start + this.#length);
    const { data, errors, meta } = this.#parser.parse(piece, 0, !isLast);
    const rows = this.#numbered(data, errors);
    if (isLast) this.isDone = true;
    else if (meta.cursor === 0) this.#lengthen(errors);
    else this.#length = PIECE;
    this.#start += meta.cursor;
    return rows;
  }

  /** Rows of nothing: there may be millions of them. */
  #skipEnds(): void {
    while (this.#lines.charCodeAt(this.#start) === LINE_FEED) {
      this.#start++;
      this.#number++;
      this.line++;
    }
  }

  /** A row that is so long, and wrong already, is not worth reading to its end. */
  #lengthen(errors: readonly ParseError[]): void {
    const row = { cells: [], number: this.#number, line: this.line };
    const isWrong = errors.length > 1;
    if (isWrong) this.quote ??= { row, message: errors[0].message };
    if (isWrong || this.#length >= LONGEST_ROW) {
      this.endless = row;
      this.isDone = true;
    }
    this.#length *= 2;
  }

  #numbered(data: readonly (readonly string[])[], errors: readonly ParseError[]): Row[] {
    const quote = this.quote ? undefined : errors.find(({ type }) => type === 'Quotes');
    const rows: Row[] = [];
    data.forEach((cells, i) => {
      const row = { cells, number: this.#number++, line: this.line };
      if (quote && (quote.row ?? 0) === i) this.quote = { row, message: quote.message };
      this.line += 1 + cells.reduce((breaks, cell) => breaks + lineBreaks(cell), 0);
      if (isBlank(cells)) return;
      if (this.filled++ > 0 || !this.#begin(cells)) rows.push(row);
    });
    return rows;
  }

  /** Whether the first row names the columns. */
  #begin(cells: readonly string[]): boolean {
    const header = namesColumns(cells, this.#targets, this.head.decimalComma);
    const names = cells.map((cell, i) => (header ? cell.trim() : `column ${i + 1}`));
    this.head = { ...this.head, header, names };
    return header;
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
