/** Which columns of weights stay when other values come in, beside a slow and plain way to say it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnChange } from '../../src/network/columns';

/** `a2 b1`: two values of a, one of b. */
const segments = (text: string) =>
  text === ''
    ? []
    : text.split(' ').map(part => ({ origin: part[0], size: Number(part.slice(1)) }));

describe('columns', () => {
  it.each([
    ['', '', { kept: 0, remove: [], insert: [] }],
    ['a2', 'a2', { kept: 2, remove: [], insert: [] }],
    ['a2', 'a3', { kept: 2, remove: [], insert: [{ at: 2, count: 1 }] }],
    ['a3', 'a1', { kept: 1, remove: [1, 2], insert: [] }],
    ['', 'a2', { kept: 0, remove: [], insert: [{ at: 0, count: 2 }] }],
    ['a2', '', { kept: 0, remove: [0, 1], insert: [] }],
    ['a2', 'b3', { kept: 0, remove: [0, 1], insert: [{ at: 0, count: 3 }] }],
    ['a1 b2', 'b2', { kept: 2, remove: [0], insert: [] }],
    ['a1 b2', 'a1', { kept: 1, remove: [1, 2], insert: [] }],
    ['b2', 'a1 b2', { kept: 2, remove: [], insert: [{ at: 0, count: 1 }] }],
    ['b2', 'b2 a1', { kept: 2, remove: [], insert: [{ at: 2, count: 1 }] }],
    ['a2 b2', 'a3 b1', { kept: 3, remove: [3], insert: [{ at: 2, count: 1 }] }],
    ['a2 b2', 'a2 c3 b2', { kept: 4, remove: [], insert: [{ at: 2, count: 3 }] }],
    ['a2 c1 b2', 'a2 b2', { kept: 4, remove: [2], insert: [] }],
    // What grows and what comes behind it are new columns at one place.
    ['a1 b1', 'a2 c3 b1', { kept: 2, remove: [], insert: [{ at: 1, count: 4 }] }],
    // Of what changes places, as much stays as can in one order.
    ['a1 b1 c1', 'b1 c1 a1', { kept: 2, remove: [0], insert: [{ at: 2, count: 1 }] }],
    ['a1 b1 c1', 'c1 a1 b1', { kept: 2, remove: [2], insert: [{ at: 0, count: 1 }] }],
    ['a1 a1', 'a1', { kept: 1, remove: [1], insert: [] }],
    [
      'a1',
      'b1 a1 b1',
      {
        kept: 1,
        remove: [],
        insert: [
          { at: 0, count: 1 },
          { at: 1, count: 1 },
        ],
      },
    ],
    ['a0 b1', 'b1', { kept: 1, remove: [], insert: [] }],
  ])('%j → %j', (before, after, expected) => {
    expect(columnChange(segments(before), segments(after))).toEqual(expected);
  });

  it('that stay and come make what comes in, with as many old ones as can stay', () => {
    const some = fc.array(
      fc.record({ origin: fc.constantFrom('a', 'b', 'c'), size: fc.integer({ min: 1, max: 3 }) }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(some, some, (before, after) => {
        const change = columnChange(before, after);
        const size = (list: typeof before) => list.reduce((sum, part) => sum + part.size, 0);
        const come = change.insert.reduce((sum, { count }) => sum + count, 0);
        expect(change.kept + change.remove.length).toBe(size(before));
        expect(change.kept + come).toBe(size(after));
        expect(change.remove).toEqual([...new Set(change.remove)].sort((a, b) => a - b));
        // Of which source is a column, once the old have gone and the new have come?
        const origins = (list: typeof before) =>
          list.flatMap(part => Array<string>(part.size).fill(part.origin));
        const stay = origins(before).filter((_, column) => !change.remove.includes(column));
        const made: (string | undefined)[] = [];
        for (let at = 0; at <= stay.length; at++) {
          const count = change.insert.find(each => each.at === at)?.count ?? 0;
          made.push(...Array<undefined>(count).fill(undefined));
          if (at < stay.length) made.push(stay[at]);
        }
        const wanted = origins(after);
        expect(made).toHaveLength(wanted.length);
        made.forEach((origin, column) => {
          if (origin !== undefined) expect(origin).toBe(wanted[column]);
        });
        for (const { count } of change.insert) expect(count).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
