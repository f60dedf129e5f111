/** Fewer rows that draw the same lines: beside parts of x that are looked through one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimated } from '../../src/engine/decimated';

/** Which rows are drawn: by part of x, with the ends of the part and the extremes of each column in it. */
function wantedRows(
  x: readonly number[],
  columns: readonly (readonly number[])[],
  [from, to]: readonly [number, number],
  places: number,
): number[] {
  const rows = Array.from({ length: to - from }, (_, i) => from + i);
  if (rows.length <= 2 * places) return rows;
  const width = x[to - 1] - x[from];
  const partOf = (row: number): number =>
    width === 0 ? 0 : Math.floor((x[row] - x[from]) / (width / places));
  const parts = [...new Set(rows.map(partOf))].map(part => rows.filter(r => partOf(r) === part));
  const kept = parts.flatMap(part => [
    part[0],
    part[part.length - 1],
    ...columns.flatMap(column => {
      const there = part.filter(row => Number.isFinite(column[row]));
      const values = there.map(row => column[row]);
      const broken = part.filter(row => !Number.isFinite(column[row])).slice(0, 1);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const extremes = [low, high].flatMap(
        extreme => there.find(row => column[row] === extreme) ?? [],
      );
      return [...extremes, ...broken];
    }),
  ]);
  return [...new Set(kept)].sort((a, b) => a - b);
}

const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -5, max: 5 }) },
  fc.constantFrom(NaN, Infinity, -Infinity),
);

describe('the rows of a line', () => {
  it('are the ends of each part, its extremes and its first gap', () => {
    const cases = fc.integer({ min: 1, max: 40 }).chain(count =>
      fc.record({
        steps: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: count, maxLength: count }),
        columns: fc.array(fc.array(value, { minLength: count, maxLength: count }), {
          maxLength: 2,
        }),
        span: fc
          .tuple(fc.integer({ min: 0, max: count }), fc.integer({ min: 0, max: count }))
          .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
        places: fc.integer({ min: 1, max: 4 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ steps, columns, span, places }) => {
        let at = 7;
        const x = steps.map(step => (at += step));
        const found = decimated(x, columns, { from: span[0], to: span[1] }, places);
        expect([...found]).toEqual(wantedRows(x, columns, span, places));
      }),
      { numRuns: 300 },
    );
  });

  it('are all of them where there are no more than twice the places', () => {
    const x = [0, 1, 2, 3, 4, 5, 6];
    const flat = x.map(() => 0);
    expect([...decimated(x, [flat], { from: 1, to: 7 }, 3)]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...decimated(x, [flat], { from: 0, to: 7 }, 3)]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...decimated(x, [flat], { from: 0, to: 7 }, 1)]).toEqual([0, 5, 6]);
    expect([...decimated(x, [flat], { from: 3, to: 3 }, 1)]).toEqual([]);
  });

  it('are those of one part where x stands still', () => {
    const x = [2, 2, 2, 2, 2, 2];
    expect([...decimated(x, [[0, 1, 5, -3, 0, 0]], { from: 0, to: 6 }, 2)]).toEqual([0, 2, 3, 5]);
  });
});
