/** What is wrong with a network and its data, in Chinese; that every rule is told, the tests of the rules ask themselves. */
import { describe, expect, it } from 'vitest';
import bundle from '../../l10n/bundle.l10n.zh-cn.json';
import { isOfIssues, issuesIn } from '../../src/explain/issueTexts';

const inChinese = issuesIn(bundle);
const texts = Object.entries(bundle).filter(([english]) => isOfIssues(english));
const sentences = texts.flatMap(([english, chinese]) =>
  english.startsWith('issue: ') ? [[english.slice('issue: '.length), chinese] as const] : [],
);

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

  it.each(texts)('%s', (english, chinese) => {
    expect(new Set(placesIn(english)).size).toBe(placesIn(english).length);
    expect(placesIn(english)).toEqual(expect.arrayContaining(placesIn(chinese)));
    expect(chinese).toMatch(/[一-鿿]|^ ?(units|true)|^\{\d\}/);
    // Chinese sentences have Chinese marks.
    expect(chinese.replace(/"[^"]*"|\{ .*? \}|\[.*?\]/g, '')).not.toMatch(/[一-鿿}][,;:?](?!\/)/);
  });

  it('are all reached: no sentence stands behind one that takes its place', () => {
    for (const [english, chinese] of sentences) {
      const sample = english
        .replaceAll('(s)', 's')
        .replace(/\(([a-z]*)\|[a-z]*\)/g, '$1')
        .replace(/\{(\d)\}/g, 'x$1');
      expect(inChinese(sample), english).toBe(chinese.replace(/\{(\d)\}/g, 'x$1'));
    }
  });
});
