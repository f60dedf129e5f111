/** Places in a document, as they are written in messages and read from them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath, parsePath } from '../../src/network/jsonPath';

describe('a place', () => {
  it.each([
    ['', []],
    ['layers', ['layers']],
    ['layers[0].weights[2][1]', ['layers', 0, 'weights', 2, 1]],
    ['[12]', [12]],
    ['[1].a', [1, 'a']],
    ['data.idx.images', ['data', 'idx', 'images']],
    ['$schema', ['$schema']],
    ['_a$1.b_2', ['_a$1', 'b_2']],
  ])('%s', (text, path) => {
    expect(formatPath(path)).toBe(text);
    expect(parsePath(text)).toEqual(path);
  });

  it.each([
    '.',
    'a.',
    'a..b',
    'a[',
    'a[x]',
    'a[-1]',
    'a b',
    ' a',
    'a ',
    '1a',
    'a.1',
    'a[0]b',
    'a-b',
    '[]',
    '[0',
    '0]',
  ])('is not %s', text => {
    expect(parsePath(text)).toBeUndefined();
  });

  it('is read as it was written', () => {
    const key = fc.oneof(fc.nat(), fc.constantFrom('a', 'Bc', '_', '$d', 'e9'));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 5 }), path => {
        expect(parsePath(formatPath(path))).toEqual(path);
      }),
      { numRuns: 200 },
    );
  });
});
