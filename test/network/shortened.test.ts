import { describe, expect, it } from 'vitest';
import { beginning, ending, shortened } from '../../src/network/shortened';

describe('a text that is shortened', () => {
  it.each([
    ['', 3, ''],
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['a😀', 3, 'a😀'],
    ['a😀b', 3, 'a…'],
    ['ab😀', 3, 'ab…'],
    ['😀😀', 3, '😀…'],
  ])('%j has at most %i units: %j', (text, longest, short) => {
    expect(shortened(text, longest)).toBe(short);
  });

  it('keeps characters of two units whole at both ends', () => {
    expect(beginning('a😀b', 2)).toBe('a');
    expect(beginning('a😀b', 3)).toBe('a😀');
    expect(ending('a😀b', 2)).toBe('b');
    expect(ending('a😀b', 3)).toBe('😀b');
    expect([beginning('ab', 9), ending('ab', 2), ending('ab', 0)]).toEqual(['ab', 'ab', '']);
  });

  it('cuts the first and the last of both kinds of halves nowhere', () => {
    for (const whole of ['\ud800\udc00', '\udbff\udfff']) {
      expect(beginning(whole, 1)).toBe('');
      expect(ending(whole, 1)).toBe('');
    }
    // Beside the halves, and the halves the other way round, there is nothing to keep whole.
    for (const two of ['\ud7ff\udc00', '\ud800\ue000', '\udc00\ud800', '\ud800\udbff']) {
      expect(beginning(two, 1)).toBe(two[0]);
      expect(ending(two, 1)).toBe(two[1]);
    }
  });
});
