/** Many numbers in few cells: a cell of several numbers shows the one of the largest magnitude. */
import type { ImageShape } from '../../network/images';
import type { Statistics } from '../facts';
import type { ParameterTable } from '../plan';

/** Half-open. */
export type Span = readonly [from: number, to: number];

/**
 * The numbers of a span in `cells` cells. Cell c holds from + ⌊c·n/cells⌋ to from + ⌊(c+1)·n/cells⌋ (without), n
 * being the span's length; NaN where one of its numbers is NaN.
 *
 * @param cells at least 1, at most the span's length
 */
export function condense(
  valueAt: (index: number) => number,
  [from, to]: Span,
  cells: number,
): Float64Array {
  const strip = new Float64Array(cells);
  const count = to - from;
  for (let cell = 0; cell < cells; cell++) {
    const end = from + Math.floor(((cell + 1) * count) / cells);
    let largest = 0;
    for (let i = from + Math.floor((cell * count) / cells); i < end; i++) {
      const value = valueAt(i);
      // Written so that NaN wins and stays.
      if (!(Math.abs(value) <= Math.abs(largest))) largest = value;
      if (Number.isNaN(largest)) break;
    }
    strip[cell] = largest;
  }
  return strip;
}

/**
 * A part of a matrix (row-major, `columns` wide) in height × width cells, in one pass over its numbers.
 *
 * @param offset of the matrix in `values`
 * @returns (height, width)
 */
export function condenseMatrix(
  values: Float64Array,
  { offset, columns: stride }: Pick<ParameterTable, 'offset' | 'columns'>,
  { rows, columns, height, width }: Part,
): Float32Array {
  const picture = new Float32Array(height * width);
  const count = columns[1] - columns[0];
  const ends = Int32Array.from({ length: width }, (_, cell) =>
    Math.floor(((cell + 1) * count) / width),
  );
  const rowCount = rows[1] - rows[0];
  let line = 0;
  for (let row = 0; row < rowCount; row++) {
    while (row >= Math.floor(((line + 1) * rowCount) / height)) line++;
    const start = offset + (rows[0] + row) * stride + columns[0];
    let k = 0;
    for (let cell = 0; cell < width; cell++) {
      const place = line * width + cell;
      let largest = picture[place];
      let size = Math.abs(largest);
      for (const end = ends[cell]; k < end; k++) {
        const value = values[start + k];
        // False for NaN on either side: it wins, and stays.
        if (Math.abs(value) <= size || size !== size) continue;
        largest = value;
        size = Math.abs(value);
      }
      picture[place] = largest;
    }
  }
  return picture;
}

/**
 * The first channels of an image in fewer rows and columns.
 *
 * @param cells at most as high and wide as the image, with at most its channels
 * @returns (height, width, channels) of `cells`; NaN where a number is
 */
export function condenseImage(
  valueAt: (index: number) => number,
  image: ImageShape,
  cells: ImageShape,
): Float64Array {
  const result = new Float64Array(cells.height * cells.width * cells.channels);
  let at = 0;
  for (let y = 0; y < cells.height; y++) {
    const rows = spanOf(y, image.height, cells.height);
    for (let x = 0; x < cells.width; x++) {
      const columns = spanOf(x, image.width, cells.width);
      for (let channel = 0; channel < cells.channels; channel++)
        result[at++] = largestIn(valueAt, image, rows, columns, channel);
    }
  }
  return result;
}

/** What falls into a cell of `cells` over `length`. */
const spanOf = (cell: number, length: number, cells: number): Span => [
  Math.floor((cell * length) / cells),
  Math.floor(((cell + 1) * length) / cells),
];

function largestIn(
  valueAt: (index: number) => number,
  { width, channels }: ImageShape,
  rows: Span,
  columns: Span,
  channel: number,
): number {
  let largest = 0;
  for (let y = rows[0]; y < rows[1]; y++) {
    for (let x = columns[0]; x < columns[1]; x++) {
      const value = valueAt((y * width + x) * channels + channel);
      if (Number.isNaN(value)) return value;
      if (Math.abs(value) > Math.abs(largest)) largest = value;
    }
  }
  return largest;
}

export interface Part {
  readonly rows: Span;
  readonly columns: Span;
  readonly height: number;
  readonly width: number;
}

export interface TableSummary {
  readonly statistics: Statistics;
  /** Largest magnitude; NaN where a number is. */
  readonly largest: number;
}

/** By the array that the numbers stand in and by the table's offset: the arrays of a pass never change. */
const summaries = new WeakMap<Float64Array, Map<number, TableSummary>>();

/** Statistics over a whole table, computed once a pass. @param values parameters or gradients of a pass */
export function tableSummary(values: Float64Array, table: ParameterTable): TableSummary {
  let known = summaries.get(values);
  if (!known) summaries.set(values, (known = new Map<number, TableSummary>()));
  let summary = known.get(table.offset);
  if (!summary) known.set(table.offset, (summary = summarise(values, table)));
  return summary;
}

function summarise(values: Float64Array, { offset, length }: ParameterTable): TableSummary {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let squares = 0;
  for (let i = offset; i < offset + length; i++) {
    const value = values[i];
    // A NaN passes both comparisons by; the sum tells of it.
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    squares += value * value;
  }
  const bad = Number.isNaN(squares) || length === 0;
  if (bad) min = max = NaN;
  const statistics = { count: length, min, mean: sum / length, max, norm: Math.sqrt(squares) };
  return { statistics, largest: bad ? NaN : Math.max(-min, max) };
}
