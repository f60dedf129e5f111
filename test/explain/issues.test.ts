/** What is wrong with a network and its data, in Chinese; that every rule is told, the tests of the rules ask themselves. */
import { describe, expect, it } from 'vitest';
import { dataSentences } from '../../src/explain/issues/dataSentences.zh';
import { inChinese } from '../../src/explain/issues/inChinese';
import { networkSentences } from '../../src/explain/issues/networkSentences.zh';
import { phrases } from '../../src/explain/issues/phrases.zh';

const placesIn = (text: string): string[] => text.match(/\{\d\}/g) ?? [];

describe('issues in Chinese', () => {
  it('keep names and numbers, and say the phrases between them', () => {
    expect(
      inChinese('layers[0].units must be a whole number from 1 to 65,536; found "four".'),
    ).toBe('layers[0].units 必须是从 1 到 65,536 的整数；实际为 "four"。');
    expect(inChinese('A comma was expected; found the end of the file.')).toBe(
      '此处应为逗号；实际为文件末尾。',
    );
    expect(
      inChinese('loss.type: there is no "mse". Did you mean "meanSquaredError" or "huber"?'),
    ).toBe('loss.type：没有 "mse"。是否指 "meanSquaredError" 或 "huber"？');
  });

  it('leave alone what they do not know', () => {
    expect(inChinese('The moon is full.')).toBe('The moon is full.');
  });

  it.each([...networkSentences, ...dataSentences, ...phrases])('%s', (english, chinese) => {
    expect(new Set(placesIn(english)).size).toBe(placesIn(english).length);
    expect(placesIn(english)).toEqual(expect.arrayContaining(placesIn(chinese)));
    expect(chinese).toMatch(/[一-鿿]|^ ?(units|true)|^\{\d\}/);
    // Chinese sentences have Chinese marks.
    expect(chinese.replace(/"[^"]*"|\{ .*? \}|\[.*?\]/g, '')).not.toMatch(/[一-鿿}][,;:?](?!\/)/);
  });

  it('are all reached: no sentence stands behind one that takes its place', () => {
    for (const [english] of [...networkSentences, ...dataSentences]) {
      const sample = english
        .replaceAll('(s)', 's')
        .replace(/\(([a-z]*)\|[a-z]*\)/g, '$1')
        .replace(/\{(\d)\}/g, 'x$1');
      const own = [...networkSentences, ...dataSentences].find(([each]) => each === english)!;
      const places = [...new Set(placesIn(own[1]))].map(place => `x${place[1]}`);
      const told = inChinese(sample);
      for (const place of places) expect(told, english).toContain(place);
      expect(told.length, `${english} → ${told}`).toBe(own[1].replace(/\{(\d)\}/g, 'x$1').length);
    }
  });
});
