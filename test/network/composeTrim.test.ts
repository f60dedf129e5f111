/** What is left of an edit when the characters that stay the same are taken from both of its ends. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeTextEdits } from '../../src/network/compose';
import { applyTextEdits } from '../../src/network/json';

/** One edit between two characters that stay, as it is left. */
function left(before: string, after: string): readonly (readonly [string, string, number])[] {
  const text = `<${before}>`;
  const edits = composeTextEdits(text, [{ start: 1, end: 1 + before.length, text: after }], []);
  return edits.map(edit => [text.slice(edit.start, edit.end), edit.text, edit.start - 1]);
}

describe('an edit is left with', () => {
  it.each([
    ['nothing where nothing changes', 'abc', 'abc', []],
    ['all where nothing is alike', 'abc', 'xy', [['abc', 'xy', 0]]],
    ['what lies behind an equal beginning', 'abc', 'abd', [['c', 'd', 2]]],
    ['what lies before an equal end', 'abc', 'xbc', [['a', 'x', 0]]],
    ['what lies between', 'abcd', 'aXd', [['bc', 'X', 1]]],
    ['what is inserted', 'ab', 'aXYb', [['', 'XY', 1]]],
    ['what goes', 'aXYb', 'ab', [['XY', '', 1]]],
    ['one of equal characters', 'aa', 'aaa', [['', 'a', 2]]],
    ['one that goes of equal characters', 'aaa', 'aa', [['a', '', 2]]],
    ['nothing of what was there', '', 'a', [['', 'a', 0]]],
    // A line end is one thing.
    ['the whole line end that gets longer behind', 'x\ry', 'x\r\ny', [['\r', '\r\n', 1]]],
    ['the whole line end that gets longer in front', 'x\ny', 'x\r\ny', [['\n', '\r\n', 1]]],
    ['the whole line end that gets shorter behind', 'x\r\ny', 'x\ry', [['\r\n', '\r', 1]]],
    ['the whole line end that gets shorter in front', 'x\r\ny', 'x\ny', [['\r\n', '\n', 1]]],
    ['what stands before a line end', 'a\r\n', 'b\r\n', [['a', 'b', 0]]],
    ['what stands behind a line end', '\r\na', '\r\nb', [['a', 'b', 2]]],
    ['two line ends where there was one', 'a\r\nb', 'a\r\n\r\nb', [['', '\r\n', 3]]],
    // A character of two units, too: 😀 and 😁 begin alike, 😀 and 🨀 end alike.
    ['the whole character that begins alike', 'a😀b', 'a😁b', [['😀', '😁', 1]]],
    ['the whole character that ends alike', 'a😀b', 'a🨀b', [['😀', '🨀', 1]]],
    ['what stands before a character', 'a😀', 'b😀', [['a', 'b', 0]]],
    ['what stands behind a character', '😀a', '😀b', [['a', 'b', 2]]],
    ['one more of a character', '😀', '😀😀', [['', '😀', 2]]],
  ])('%s', (_what, before, after, expected) => {
    expect(left(before, after)).toEqual(expected);
  });

  it('no more than it needs: nothing that stays at its ends, and no half of a character', () => {
    const units = fc.array(fc.constantFrom('a', 'b', '\r\n', '\n', '\r', '😀', '😁', '🨀'), {
      maxLength: 6,
    });
    const halves = (text: string, at: number) =>
      ['\r\n', '😀', '😁', '🨀'].includes(text.slice(at - 1, at + 1));
    fc.assert(
      fc.property(units, units, (one, two) => {
        const [before, after] = [one.join(''), two.join('')];
        const edits = composeTextEdits(before, [{ start: 0, end: before.length, text: after }], []);
        expect(applyTextEdits(before, edits)).toBe(after);
        expect(edits).toHaveLength(before === after ? 0 : 1);
        for (const { start, end, text } of edits) {
          const behind = start + text.length;
          for (const at of [start, end]) expect(halves(before, at)).toBe(false);
          for (const at of [start, behind]) expect(halves(after, at)).toBe(false);
          // What could still be taken away is half of something.
          if (start < end && text !== '') {
            if (before[start] === text[0])
              expect(halves(before, start + 1) || halves(after, start + 1)).toBe(true);
            if (before[end - 1] === text.at(-1))
              expect(halves(before, end - 1) || halves(after, behind - 1)).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('two sets of edits as one', () => {
  const edits = (...list: readonly (readonly [start: number, end: number, text: string])[]) =>
    list.map(([start, end, text]) => ({ start, end, text }));

  it.each([
    ['the second alone', [], [[1, 2, 'X']], [[1, 2, 'X']]],
    ['the first alone', [[1, 2, 'X']], [], [[1, 2, 'X']]],
    [
      'apart from each other',
      [[0, 1, 'X']],
      [[3, 4, 'Y']],
      [
        [0, 1, 'X'],
        [3, 4, 'Y'],
      ],
    ],
    [
      'the second in front of the first',
      [[3, 4, 'X']],
      [[0, 1, 'Y']],
      [
        [0, 1, 'Y'],
        [3, 4, 'X'],
      ],
    ],
    ['one behind the other', [[1, 2, 'X']], [[2, 3, 'Y']], [[1, 3, 'XY']]],
    ['inside of what was inserted', [[1, 1, 'XY']], [[2, 2, 'Z']], [[1, 1, 'XZY']]],
    ['in front of what was inserted', [[1, 1, 'X']], [[1, 1, 'Z']], [[1, 1, 'ZX']]],
    ['behind what was inserted', [[1, 1, 'X']], [[2, 2, 'Z']], [[1, 1, 'XZ']]],
    ['taking back what was inserted', [[1, 1, 'XY']], [[1, 3, '']], []],
    ['writing again what went', [[1, 3, '']], [[1, 1, 'bc']], []],
    ['over both ends of what was inserted', [[2, 2, 'XY']], [[1, 5, 'Z']], [[1, 3, 'Z']]],
    [
      'over several',
      [
        [1, 2, 'X'],
        [3, 4, 'Y'],
      ],
      [[0, 5, 'Z']],
      [[0, 5, 'Z']],
    ],
    [
      'between several',
      [
        [1, 2, ''],
        [4, 5, 'VW'],
      ],
      [[2, 3, 'Z']],
      [
        [1, 2, ''],
        [3, 5, 'ZVW'],
      ],
    ],
    ['at the end of the text', [[6, 6, 'X']], [[7, 7, 'Y']], [[6, 6, 'XY']]],
  ] as const)('%s', (_what, first, second, expected) => {
    expect(composeTextEdits('abcdef', edits(...first), edits(...second))).toEqual(
      edits(...expected),
    );
  });
});
