/** What a file says is quoted in sentences: short, and never at the cost of the remedy at the end. */
import { describe, expect, it } from 'vitest';
import { readable, shown } from '../../src/network/sentence';

describe('a sentence', () => {
  it('of up to 2000 characters stays as it is', () => {
    for (const length of [0, 1, 400, 1999, 2000]) {
      const sentence = 'abc'.repeat(700).slice(0, length);
      expect(readable(sentence)).toBe(sentence);
    }
  });

  it('that is longer loses its middle, and keeps its beginning and its remedy', () => {
    for (const length of [2001, 2002, 5000, 100_000]) {
      const sentence = Array.from({ length }, (_, k) => String(k % 10)).join('');
      const short = readable(sentence);
      const [start, end, ...others] = short.split('…');
      expect(others).toEqual([]);
      expect(short).toHaveLength(2000);
      expect(start).toBe(sentence.slice(0, 1599));
      expect(end).toBe(sentence.slice(length - 400));
    }
  });
});

describe('a value in a sentence', () => {
  const long = 'x'.repeat(58);

  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [true, 'true'],
    [0.5, '0.5'],
    [-0, '0'],
    ['a "b"', '"a \\"b\\""'],
    [[], '[]'],
    [{}, '{}'],
    [[1, 'a', null], 'a list of 3'],
    [[1, 2, 3, 4, 5, 6, 7, 8], '[1,2,3,4,5,6,7,8]'],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9], 'a list of 9'],
    [[1, [2]], 'a list of 2'],
    [[[]], 'a list of 1'],
    [{ a: 1, b: 'c' }, '{"a":1,"b":"c"}'],
    [{ a: {} }, 'an object'],
    [{ a: [1] }, 'an object'],
    [
      Object.fromEntries(Array.from('abcdefgh', key => [key, 1])),
      '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1}',
    ],
    [Object.fromEntries(Array.from('abcdefghi', key => [key, 1])), 'an object'],
    [long, `"${long}"`],
    [`${long}x`, `"${long}…`],
    [
      ['x'.repeat(30), 'y'.repeat(30)],
      `["${'x'.repeat(30)}","${'y'.repeat(25)}`.slice(0, 59) + '…',
    ],
    [() => 1, 'function'],
    [Symbol('a'), 'symbol'],
  ])('%j: %s', (value, text) => {
    expect(shown(value)).toBe(text);
  });
});
