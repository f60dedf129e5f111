/** The first lines of a CSV file: they decide delimiter, header and decimal comma, and are read as the text reader does. */
import { readingRecords } from './records';
import type { Codecs, Steps } from './steps';

/** How a file of plain numbers is to be read. */
export interface Beginning {
  /** Where its first row of numbers begins, and in which line, from 1. */
  readonly start: number;
  readonly line: number;
  /** As a byte. */
  readonly delimiter: number;
  readonly decimalComma: boolean;
  readonly doubtful: boolean;
  /** Whether the first line names the columns. */
  readonly named: boolean;
  readonly names: readonly string[];
}

/** Something that only a reader of the whole text can tell. */
export interface Odd {
  /** From 1. */
  readonly line: number;
  readonly what: string;
}

/** More than what the text reader looks at to find the delimiter. */
const LINES = 25;
const MOST_BYTES = 16 * 1024 * 1024;
const LINE_FEED = 10;

/** @param targets columns that must be there */
export function* beginningOf(
  bytes: Uint8Array,
  { decode }: Pick<Codecs, 'decode'>,
  targets: readonly string[],
): Steps<Beginning | Odd> {
  const end = endOfLines(bytes, LINES);
  if (end > MOST_BYTES) return { line: 1, what: 'a very long line' };
  const text = decode(bytes.subarray(0, end)).replace(/^\uFEFF/, '');
  const lines = text.split('\n');
  const fault = oddLine(lines);
  if (fault) return fault;
  const { quote, header, names, decimalComma, delimiter, doubtful } = yield* readingRecords(
    text,
    targets,
  );
  if (quote) return { line: 1, what: 'a quoted cell that does not end properly' };
  if (lines[0].split(delimiter).every(cell => cell.trim() === ''))
    return { line: 1, what: 'an empty row' };
  if (names.includes('')) return { line: 1, what: 'a column without a name' };
  const start = header ? endOfLines(bytes, 1) : hasMark(bytes) ? 3 : 0;
  const line = header ? 2 : 1;
  const cut = { delimiter: delimiter.charCodeAt(0), decimalComma, doubtful };
  return { start, line, ...cut, named: header, names };
}

/** Names may be quoted, as long as each ends in its line. */
function oddLine([first, ...rest]: readonly string[]): Odd | undefined {
  const quotes = first.split('"').length - 1;
  if (quotes % 2 === 1) return { line: 1, what: 'a quote' };
  const quoted = rest.findIndex(line => line.includes('"'));
  if (quoted >= 0) return { line: quoted + 2, what: 'a quote' };
  const alone = [first, ...rest].findIndex(line => /\r(?!$)/.test(line));
  return alone < 0 ? undefined : { line: alone + 1, what: 'a line end of another kind' };
}

/** Behind the first `count` lines, or at the end. */
function endOfLines(bytes: Uint8Array, count: number): number {
  let end = 0;
  for (let line = 0; line < count; line++) {
    const next = bytes.indexOf(LINE_FEED, end);
    if (next < 0) return bytes.length;
    end = next + 1;
  }
  return end;
}

/** A byte order mark. */
function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
