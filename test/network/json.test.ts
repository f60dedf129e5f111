/** JSON values and edits of their text, beside slow and plain ways to say the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyTextEdits,
  invertEdits,
  isList,
  isObject,
  mergeEdits,
  sameValue,
} from '../../src/network/json';
import type { JsonValue, TextEdit } from '../../src/network/json';

describe('values', () => {
  it('are lists, objects, or neither', () => {
    const values: JsonValue[] = [[], [1], {}, { a: 1 }, null, 0, '', 'a', true];
    expect(values.map(isList)).toEqual([true, true, ...Array<boolean>(7).fill(false)]);
    expect(values.map(isObject)).toEqual([
      false,
      false,
      true,
      true,
      ...Array<boolean>(5).fill(false),
    ]);
  });

  const different: readonly JsonValue[] = [
    ...[null, true, false, 0, -0, 1, '', '0', 'a'],
    ...[[], [0], [-0], [0, 0], [[0]], [null]],
    ...[{}, { a: 0 }, { a: -0 }, { b: 0 }, { a: 0, b: 0 }, { a: [0] }, { a: { a: 0 } }],
    ...[{ 0: 0 }, { length: 0 }, { toString: 0 }],
  ];
  const pairs = different.flatMap((a, i) => different.map((b, j) => [a, b, i === j] as const));

  it('are the same as themselves, and as no other', () => {
    for (const [a, b, same] of pairs)
      expect([a, b, sameValue(a, structuredClone(b) as JsonValue)]).toEqual([a, b, same]);
  });

  it('are the same in any order of members, not of entries', () => {
    expect(sameValue({ a: 1, b: [2, { c: 3, d: 4 }] }, { b: [2, { d: 4, c: 3 }], a: 1 })).toBe(
      true,
    );
    expect(sameValue([1, 2], [2, 1])).toBe(false);
    expect(sameValue({ toString: 1 }, { a: 1 })).toBe(false);
    expect(sameValue({ a: 1 }, { toString: 1 })).toBe(false);
  });
});

/** Edits that do not overlap, in any order, of a text of this length. */
const editsOf = (length: number): fc.Arbitrary<TextEdit[]> =>
  fc
    .uniqueArray(fc.nat({ max: length }), { maxLength: 8 })
    .chain(places => {
      const sorted = [...places].sort((a, b) => a - b);
      const ranges = sorted.flatMap((start, i) =>
        i % 2 === 0 ? [[start, sorted[i + 1] ?? start] as const] : [],
      );
      return fc.tuple(
        ...ranges.map(([start, end]) =>
          fc.constantFrom('', 'X', 'YZ', 'b').map(text => ({ start, end, text })),
        ),
      );
    })
    .chain(edits => fc.shuffledSubarray(edits, { minLength: edits.length }));

const TEXT = 'abcdefghij';

/** One after the other from the end of the text: no offset moves. */
const oneByOne = (text: string, edits: readonly TextEdit[]): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end), text);

describe('edits', () => {
  it('are made all at once', () => {
    fc.assert(
      fc.property(editsOf(TEXT.length), edits => {
        expect(applyTextEdits(TEXT, edits)).toBe(oneByOne(TEXT, edits));
      }),
      { numRuns: 300 },
    );
  });

  it('are taken back', () => {
    fc.assert(
      fc.property(editsOf(TEXT.length), edits => {
        const after = applyTextEdits(TEXT, edits);
        expect(applyTextEdits(after, invertEdits(TEXT, edits))).toBe(TEXT);
      }),
      { numRuns: 300 },
    );
    expect(
      invertEdits(TEXT, [
        { start: 5, end: 5, text: 'Y' },
        { start: 1, end: 3, text: 'XXXX' },
      ]),
    ).toEqual([
      { start: 1, end: 5, text: 'bc' },
      { start: 7, end: 8, text: '' },
    ]);
  });

  it('may touch, and may not overlap', () => {
    const touching = [
      { start: 2, end: 4, text: 'Y' },
      { start: 0, end: 2, text: 'X' },
    ];
    expect(applyTextEdits(TEXT, touching)).toBe('XYefghij');
    const overlapping = [
      { start: 0, end: 3, text: 'X' },
      { start: 2, end: 4, text: 'Y' },
    ];
    expect(() => applyTextEdits(TEXT, overlapping)).toThrow(RangeError);
  });

  it('at one place: what is inserted comes before what is replaced', () => {
    const edits = [
      { start: 2, end: 3, text: 'Y' },
      { start: 2, end: 2, text: 'X' },
    ];
    expect(applyTextEdits(TEXT, edits)).toBe('abXYdefghij');
  });

  it.each([0, 1, 2, 3])('that lie at most %i characters apart become one', distance => {
    fc.assert(
      fc.property(editsOf(TEXT.length), edits => {
        const merged = mergeEdits(TEXT, edits, distance);
        expect(applyTextEdits(TEXT, merged)).toBe(applyTextEdits(TEXT, edits));
        for (const { start, end, text } of merged) expect(TEXT.slice(start, end)).not.toBe(text);
        // Each begins and ends where one of the edits does, and the next one is further away.
        const starts = edits.map(({ start }) => start);
        const ends = edits.map(({ end }) => end);
        merged.forEach(({ start, end }, i) => {
          expect(starts).toContain(start);
          expect(ends).toContain(end);
          if (i > 0) expect(start - merged[i - 1].end).toBeGreaterThan(distance);
        });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    [
      0,
      [
        [1, 2, 'X'],
        [2, 3, 'Y'],
      ],
      [[1, 3, 'XY']],
    ],
    [
      0,
      [
        [1, 2, 'X'],
        [3, 4, 'Y'],
      ],
      [
        [1, 2, 'X'],
        [3, 4, 'Y'],
      ],
    ],
    [
      1,
      [
        [1, 2, 'X'],
        [3, 4, 'Y'],
      ],
      [[1, 4, 'XcY']],
    ],
    [
      1,
      [
        [3, 4, 'Y'],
        [1, 2, 'X'],
      ],
      [[1, 4, 'XcY']],
    ],
    [
      1,
      [
        [1, 2, 'X'],
        [4, 5, 'Y'],
      ],
      [
        [1, 2, 'X'],
        [4, 5, 'Y'],
      ],
    ],
    [
      9,
      [
        [1, 2, 'b'],
        [3, 4, 'd'],
      ],
      [],
    ],
    [
      0,
      [
        [1, 2, 'b'],
        [3, 4, 'Y'],
      ],
      [[3, 4, 'Y']],
    ],
    [0, [[0, 0, 'X']], [[0, 0, 'X']]],
    // What is inserted within a deletion stays, and nothing of what is deleted comes back.
    [
      0,
      [
        [1, 4, ''],
        [2, 2, 'X'],
      ],
      [[1, 4, 'X']],
    ],
    [0, [], []],
  ] as const)('within %i: %j', (distance, edits, expected) => {
    const list = (all: readonly (readonly [number, number, string])[]) =>
      all.map(([start, end, text]) => ({ start, end, text }));
    expect(mergeEdits(TEXT, list(edits), distance)).toEqual(list(expected));
    if (distance === 0) expect(mergeEdits(TEXT, list(edits))).toEqual(list(expected));
  });
});
