/** Many numbers in few cells: beside cells that are filled number by number. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  condense,
  condenseImage,
  condenseMatrix,
  tableSummary,
  type Span,
} from '../../src/engine/inspect/condense';
import type { ParameterTable } from '../../src/engine/plan';

/** The one of the largest magnitude, with its sign; the first of equal ones; NaN where one is. */
function strongest(values: readonly number[]): number {
  if (values.some(value => Number.isNaN(value))) return NaN;
  const size = Math.max(0, ...values.map(Math.abs));
  return values.find(value => Math.abs(value) === size) ?? 0;
}

/** The cell of `cells` into which one of `length` falls. */
const cellOf = (index: number, length: number, cells: number): number =>
  Array.from({ length: cells }, (_, cell) => cell).findIndex(
    cell => index < Math.floor(((cell + 1) * length) / cells),
  );

const range = (length: number, from = 0): number[] => Array.from({ length }, (_, i) => from + i);

const numbers = (length: number): fc.Arbitrary<number[]> =>
  fc.array(
    fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: -4, max: 4 }) },
      fc.constantFrom(NaN, Infinity, -Infinity),
    ),
    { minLength: length, maxLength: length },
  );

/** +0 and −0 are the same cell. */
const plain = (values: Iterable<number>): number[] => Array.from(values, value => value + 0);

describe('a strip', () => {
  it('has in each cell the strongest of its numbers', () => {
    const cases = fc
      .integer({ min: 1, max: 12 })
      .chain(length =>
        fc.tuple(
          numbers(length),
          fc.integer({ min: 1, max: length }),
          fc.integer({ min: 0, max: 5 }),
        ),
      );
    fc.assert(
      fc.property(cases, ([values, cells, from]) => {
        const span: Span = [from, from + values.length];
        const asked: number[] = [];
        const strip = condense(
          index => {
            asked.push(index);
            return values[index - from];
          },
          span,
          cells,
        );
        const wanted = range(cells).map(cell =>
          strongest(values.filter((_, i) => cellOf(i, values.length, cells) === cell)),
        );
        expect(plain(strip)).toEqual(plain(wanted));
        expect(asked.every(index => index >= span[0] && index < span[1])).toBe(true);
      }),
    );
  });

  it('asks for no number behind one that is none', () => {
    const asked: number[] = [];
    const valueAt = (index: number): number => {
      asked.push(index);
      return index === 1 ? NaN : index;
    };
    expect([...condense(valueAt, [0, 6], 2)]).toEqual([NaN, 5]);
    expect(asked).toEqual([0, 1, 3, 4, 5]);
  });
});

describe('a picture of a matrix', () => {
  it('has in each cell the strongest of its rows and columns', () => {
    const spans = (most: number): fc.Arbitrary<Span> =>
      fc
        .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 1, max: 7 }))
        .map(([from, length]): Span => [from, from + length]);
    const cases = fc.tuple(spans(2), spans(3)).chain(([rows, columns]) =>
      fc.record({
        rows: fc.constant(rows),
        columns: fc.constant(columns),
        height: fc.integer({ min: 1, max: rows[1] - rows[0] }),
        width: fc.integer({ min: 1, max: columns[1] - columns[0] }),
        right: fc.integer({ min: 0, max: 2 }),
        offset: fc.integer({ min: 0, max: 3 }),
        values: numbers(3 + 9 * 12),
      }),
    );
    fc.assert(
      fc.property(cases, ({ rows, columns, height, width, right, offset, values }) => {
        const stride = columns[1] + right;
        const picture = condenseMatrix(
          Float64Array.from(values),
          { offset, columns: stride },
          { rows, columns, height, width },
        );
        const [rowCount, columnCount] = [rows[1] - rows[0], columns[1] - columns[0]];
        const wanted = range(height).flatMap(y =>
          range(width).map(x =>
            strongest(
              range(rowCount)
                .filter(row => cellOf(row, rowCount, height) === y)
                .flatMap(row =>
                  range(columnCount)
                    .filter(column => cellOf(column, columnCount, width) === x)
                    .map(column => values[offset + (rows[0] + row) * stride + columns[0] + column]),
                ),
            ),
          ),
        );
        expect(plain(picture)).toEqual(plain(wanted));
      }),
    );
  });
});

describe('a smaller image', () => {
  it('has in each cell and channel the strongest of its pixels', () => {
    const side = fc.integer({ min: 1, max: 5 });
    const cases = fc
      .record({ height: side, width: side, channels: fc.integer({ min: 1, max: 3 }) })
      .chain(image =>
        fc.record({
          image: fc.constant(image),
          cells: fc.record({
            height: fc.integer({ min: 1, max: image.height }),
            width: fc.integer({ min: 1, max: image.width }),
            channels: fc.integer({ min: 1, max: image.channels }),
          }),
          values: numbers(75),
        }),
      );
    fc.assert(
      fc.property(cases, ({ image, cells, values }) => {
        const found = condenseImage(index => values[index], image, cells);
        const wanted = range(cells.height).flatMap(y =>
          range(cells.width).flatMap(x =>
            range(cells.channels).map(channel =>
              strongest(
                range(image.height)
                  .filter(row => cellOf(row, image.height, cells.height) === y)
                  .flatMap(row =>
                    range(image.width)
                      .filter(column => cellOf(column, image.width, cells.width) === x)
                      .map(
                        column => values[(row * image.width + column) * image.channels + channel],
                      ),
                  ),
              ),
            ),
          ),
        );
        expect(plain(found)).toEqual(plain(wanted));
      }),
    );
  });
});

describe('what a table says of itself', () => {
  const values = Float64Array.of(9, -3, 1, 2, -8, 4, NaN, 6);
  const table = (offset: number, length: number): ParameterTable => ({
    ...({ layer: 0, kind: 'weight', penalised: true } as const),
    ...{ offset, length, rows: 1, columns: length },
  });

  it.each([
    [1, 3, { count: 3, min: -3, mean: 0, max: 2, norm: Math.sqrt(14) }, 3],
    [2, 2, { count: 2, min: 1, mean: 1.5, max: 2, norm: Math.sqrt(5) }, 2],
    [0, 1, { count: 1, min: 9, mean: 9, max: 9, norm: 9 }, 9],
    [4, 1, { count: 1, min: -8, mean: -8, max: -8, norm: 8 }, 8],
    [4, 3, { count: 3, min: NaN, mean: NaN, max: NaN, norm: NaN }, NaN],
    [3, 0, { count: 0, min: NaN, mean: NaN, max: NaN, norm: 0 }, NaN],
  ])('from %i on, of %i numbers', (offset, length, statistics, largest) => {
    expect(tableSummary(values.slice(), table(offset, length))).toEqual({ statistics, largest });
  });

  it('is summed up once a pass, and anew in another', () => {
    const own = Float64Array.of(1, 2, 3);
    const first = tableSummary(own, table(0, 2));
    expect(tableSummary(own, table(0, 2))).toBe(first);
    expect(tableSummary(own, table(1, 2)).statistics.min).toBe(2);
    expect(tableSummary(own.slice(), table(0, 2))).not.toBe(first);
  });
});
