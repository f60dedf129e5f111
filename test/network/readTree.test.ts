/** The quick reading of a text: the same tree as that of the tolerant parser, also where lists are used again. */
import fc from 'fast-check';
import { parseTree } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { numbersIn } from '../../src/network/numberList';
import { readTree as read } from '../../src/network/readTree';
import { child, countIn, elements, toValue } from '../../src/network/tree';
import { networkArbitrary } from './support/networks';
import { render, styleArbitrary } from './support/render';

/** The tree of a text without mistakes. */
function readTree(text: string, previous?: Node): Node | undefined {
  const found = read(text, previous);
  return found.type === 'tree' ? found.root : undefined;
}

/** A tree as plain values, to compare it. */
function plain({ type, value, offset, length, colonOffset, children }: Node): unknown {
  return {
    type,
    value: value as unknown,
    offset,
    length,
    colonOffset,
    children: children?.map(plain),
  };
}

/** What the tolerant parser reads; undefined where it finds a mistake. */
function expected(text: string): unknown {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return root && errors.length === 0 ? plain(root) : undefined;
}

function actual(text: string, previous?: Node): unknown {
  const root = readTree(text, previous);
  return root && plain(root);
}

const tokenArbitrary = fc.constantFrom(
  ...['{', '}', '[', ']', '[', ']', ',', ',', ':', '{"a":', '"b":', '[1,', '[-2 ,3', ', 4]'],
  ...[
    '0',
    '-0',
    '1',
    '-1.5',
    '2e3',
    '2E+3',
    '1e-400',
    '1e400',
    '01',
    '1.',
    '.5',
    '-',
    '+1',
    '1e',
    '-a',
  ],
  ...[
    'true',
    'false',
    'null',
    'nul',
    'truefalse',
    'NaN',
    '"a"',
    '""',
    '"\\u0041"',
    '"\\n"',
    '"\\x"',
  ],
  ...['"\\"', '"', '"a\nb"', '"\t"', '"😀"', '"\\ud83d"', '\u00a0', '\ufeff', '\u2028', '\f'],
  ...[
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\t',
    '// c\n',
    '// [1]\r',
    '//',
    '/* c */',
    '/* ] */',
    '/*',
    '*/',
    '/',
  ],
);

const validArbitrary = fc
  .tuple(networkArbitrary, styleArbitrary)
  .map(([network, style]) => render(network, { ...style, bom: false }));

/** A text with a few pieces of it replaced, doubled or taken away. */
const changesArbitrary = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.constantFrom(0, 0, 1, 2, 7, 40),
    text: fc.oneof(fc.constant(''), fc.constant('copy'), tokenArbitrary),
  }),
  { maxLength: 3 },
);
type Changes = typeof changesArbitrary extends fc.Arbitrary<infer T> ? T : never;

function changed(text: string, changes: Changes): string {
  return changes.reduce((before, { at, length, text: inserted }) => {
    const start = Math.floor(at * before.length);
    const piece = before.slice(start, start + length);
    return (
      before.slice(0, start) +
      (inserted === 'copy' ? piece + piece : inserted) +
      before.slice(start + length)
    );
  }, text);
}

describe('the quick reading', () => {
  it('reads what has no mistake, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(tokenArbitrary, { maxLength: 12 }), tokens => {
        const text = tokens.join('');
        expect(actual(text)).toEqual(expected(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('reads networks in every style, whole and broken', () => {
    fc.assert(
      fc.property(validArbitrary, changesArbitrary, (text, changes) => {
        expect(actual(text)).toEqual(expected(text));
        const other = changed(text, changes);
        expect(actual(other)).toEqual(expected(other));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves what is nested deeply to the other parser', () => {
    const nested = (depth: number): string => '['.repeat(depth) + '1' + ']'.repeat(depth);
    expect(actual(nested(50))).toEqual(expected(nested(50)));
    expect(readTree(nested(100_000))).toBeUndefined();
  });

  it.each([
    ['[1, 2.5, -3e2]', [1, 2.5, -300]],
    ['[ -0 ]', [-0]],
    ['[1,\n 2,\t]', [1, 2]],
    ['[1e999, 1]', [Infinity, 1]],
  ])('has the numbers of %s at once', (text, values) => {
    const root = readTree(text);
    expect(numbersIn(root)?.values).toStrictEqual(values);
    expect(numbersIn(root)?.least).toBe(Math.min(...values));
    expect(numbersIn(root)?.most).toBe(Math.max(...values));
    expect(countIn(root)).toBe(values.length);
    expect(root && toValue(root)).toStrictEqual(values);
  });

  it.each(['[]', '[1, "a"]', '[[1], 2]', '[1, /* c */ 2]', '[1, null]', '[1 // c\n]'])(
    'reads %s element by element',
    text => {
      expect(numbersIn(readTree(text))).toBeUndefined();
      expect(actual(text)).toEqual(expected(text));
    },
  );
});

describe('a text that is like another', () => {
  it('is read as if there were no other', () => {
    fc.assert(
      fc.property(validArbitrary, fc.array(changesArbitrary, { maxLength: 4 }), (first, steps) => {
        let [text, previous] = [first, readTree(first)];
        for (const changes of steps) {
          text = changed(text, changes);
          const next = readTree(text, previous);
          expect(next && plain(next)).toEqual(expected(text));
          expect(next && toValue(next)).toStrictEqual(toValueOf(text));
          previous = next ?? previous;
        }
      }),
      { numRuns: 500 },
    );
  });

  const zeros = Array<string>(100).fill('0').join(', ');
  const row = (end: string): string => `[${zeros}, ${end}]`;

  it('has the same lists where they stand, have moved, come or gone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(5), { maxLength: 8 }),
        fc.array(fc.nat(9), { maxLength: 8 }),
        fc.nat(3),
        (before, after, kind) => {
          // Rows that begin alike, short ones, and ones of their own.
          const list = (n: number): string =>
            [row(String(n)), `[${n}, 2]`, `[${n}.5, ${zeros}]`, `[${n % 2}]`][(kind + n) % 4];
          const texts = [before, after].map(rows => `{ "a": [${rows.map(list).join(',\n')}] }`);
          const previous = readTree(texts[0]);
          expect(actual(texts[1], previous)).toEqual(expected(texts[1]));
          const next = readTree(texts[1], previous);
          expect(next && toValue(next)).toStrictEqual(toValueOf(texts[1]));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('shares the numbers of lists that stay, and those alone', () => {
    const [first, second, third] = [row('1'), row('2'), `[7, ${zeros}]`];
    const previous = readTree(`{ "a": [${first}, ${second}, ${third}] }`);
    const next = readTree(`{ "new": 5, "a": [${first}, ${row('3')}, ${third}] }`, previous);
    const [before, after] = [previous, next].map(root => elements(child(root, 'a')).map(numbersIn));
    expect(after[0]).toBe(before[0]);
    expect(after[2]).toBe(before[2]);
    expect(after[1]?.values.at(-1)).toBe(3);
    expect(before[1]?.values.at(-1)).toBe(2);
  });
});

function toValueOf(text: string): unknown {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return root && errors.length === 0 ? toValue(root) : undefined;
}
