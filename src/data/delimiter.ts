/** What stands between the cells of a CSV file, found in its first rows. */
import Papa from 'papaparse';
import { isBlank, isNumber } from './cells';

/** Rows that are looked at. */
const ROWS = 20;
/** Characters that they are looked for in. */
const LONGEST = 1 << 20;
/** Where nothing tells them apart, the one that words have least between them. */
const DELIMITERS = ['\t', '|', ';', ','];

/** What a file looks like when it is cut by one delimiter. */
interface Cut {
  readonly delimiter: string;
  /** Those below the first; that one where it is the only one. */
  readonly rows: readonly (readonly string[])[];
  /** Cells of the first row, which all others should have. */
  readonly header: readonly string[];
  /** What speaks for it, by weight; the first difference decides. */
  readonly merits: readonly number[];
}

/**
 * Commas where no delimiter stands in the first row. Else, in this order: whether the first row has the name of a target;
 * whether all quotes close; how many rows have as many cells as the first; how many of the cells below it are numbers.
 *
 * @param targets columns that must be there
 * @returns `doubtful`: another one would do as well
 */
export function findDelimiter(
  text: string,
  targets: readonly string[],
): { delimiter: string; doubtful: boolean } {
  const beginning = text.slice(0, LONGEST);
  const cuts = DELIMITERS.map(delimiter => cutBy(delimiter, beginning, targets));
  const [best, second] = cuts.filter(({ header }) => header.length > 1).sort(compare);
  if (best) return { delimiter: best.delimiter, doubtful: !!second && compare(best, second) === 0 };
  return { delimiter: isColumnOfDecimalCommas(cuts) ? ';' : ',', doubtful: false };
}

function cutBy(delimiter: string, text: string, targets: readonly string[]): Cut {
  const { data, errors } = Papa.parse(text, { delimiter, preview: ROWS });
  const [header = [], ...below] = data.filter(cells => !isBlank(cells));
  const rows = below.length > 0 ? below : [header];
  const cells = rows.flat().filter(cell => cell.trim() !== '');
  const merits = [
    Number(header.some(cell => targets.includes(cell.trim()))),
    Number(errors.every(({ type }) => type !== 'Quotes')),
    partOf(rows, ({ length }) => length === header.length),
    partOf(cells, cell => isNumber(cell, delimiter !== ',')),
  ];
  return { delimiter, rows, header, merits };
}

function partOf<T>(all: readonly T[], isOne: (one: T) => boolean): number {
  return all.filter(isOne).length / Math.max(1, all.length);
}

/** Negative where `a` is the better one. */
function compare(a: Cut, b: Cut): number {
  const first = a.merits.findIndex((merit, i) => merit !== b.merits[i]);
  return first < 0 ? 0 : b.merits[first] - a.merits[first];
}

/** A name, and below it nothing but numbers, some with a decimal comma: no commas between cells. */
function isColumnOfDecimalCommas(cuts: readonly Cut[]): boolean {
  const [byComma, bySemicolon] = [',', ';'].map(
    delimiter => cuts.find(cut => cut.delimiter === delimiter)?.rows ?? [],
  );
  return (
    byComma.some(({ length }) => length > 1) &&
    bySemicolon.every(cells => cells.length === 1 && isNumber(cells[0], true))
  );
}
