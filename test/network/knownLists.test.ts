/** Lists of numbers are found again in the next text: only where they stand, character by character. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownLists } from '../../src/network/knownLists';
import { NumberList, numbersOf } from '../../src/network/numberList';

const list = (text: string): NumberList =>
  new NumberList(text, 0, text.length, numbersOf(JSON.parse(text) as number[]));

/** Longer than the characters by which lists are looked for. */
const long = (first: number): string =>
  `[${Array.from({ length: 30 }, (_, k) => first + k).join(', ')}]`;

describe('lists that are known', () => {
  it('are found in their order, wherever they stand', () => {
    const lists = ['[1, 2]', '[3]', '[1, 2]'].map(list);
    const known = new KnownLists(lists);
    const text = 'a [1, 2] b [3] c [1, 2] d';
    expect(known.at(text, 2)).toBe(lists[0]);
    expect(known.at(text, 11)).toBe(lists[1]);
    expect(known.at(text, 17)).toBe(lists[2]);
    expect(known.at(text, 17)).toBeUndefined();
  });

  it('are none where other characters stand, and none at all where nothing is known', () => {
    const lists = [list('[1, 2]')];
    for (const [text, offset] of [
      ['[1,2]', 0],
      ['[1, 2', 0],
      ['[1, 3]', 0],
      [' [1, 2]', 0],
      ['', 0],
    ] as const)
      expect(new KnownLists(lists).at(text, offset), text).toBeUndefined();
    expect(new KnownLists([]).at('[1, 2]', 0)).toBeUndefined();
  });

  it('that are long are found again where lists have come, gone or moved', () => {
    const lists = [1, 100, 1000].map(first => list(long(first)));
    const known = new KnownLists(lists);
    for (const place of [2, 0, 0, 1, 2, 1])
      expect(known.at(`x${lists[place].text}`, 1)).toBe(lists[place]);
    expect(known.at(long(5), 0)).toBeUndefined();
    expect(known.at(`${long(1).slice(0, -1)}, 9]`, 0)).toBeUndefined();
  });

  it('go on behind the one that was found', () => {
    const texts = [long(1), '[7]', long(100), '[8]'];
    const lists = texts.map(list);
    const known = new KnownLists(lists);
    expect(known.at(texts[2], 0)).toBe(lists[2]);
    expect(known.at('[7]', 0)).toBeUndefined();
    expect(known.at('[8]', 0)).toBe(lists[3]);
    expect(known.at(texts[0], 0)).toBe(lists[0]);
    expect(known.at('[7]', 0)).toBe(lists[1]);
  });

  it('say never anything else than the text', () => {
    const any = fc.constantFrom('[1]', '[2]', '[1, 2]', long(1), long(2), long(3));
    fc.assert(
      fc.property(fc.array(any), fc.array(any), (before, after) => {
        const known = new KnownLists(before.map(list));
        const text = after.join(' ');
        let offset = 0;
        for (const piece of after) {
          const found = known.at(text, offset);
          if (found) expect(found.text).toBe(piece);
          else if (piece.length > 64) expect(before).not.toContain(piece);
          offset += piece.length + 1;
        }
      }),
      { numRuns: 50 },
    );
  });
});
