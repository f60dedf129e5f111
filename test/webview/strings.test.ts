import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { sheetChinese } from '../../src/explain/sheetWords.zh';
import { text, type StringKey } from '../../webview/strings';
import { language, useFurnitureWords, useLanguage, words } from '../../webview/words';
import { chinese, english, useAllWords } from '../support/words';

const keys = Object.keys(english) as StringKey[];
const placeholders = (words: string): string[] => [...new Set(words.match(/\{\d\}/g))].sort();

afterEach(() => useAllWords('en'));

describe('the string tables', () => {
  it.each(keys)('%s says the same in both languages', key => {
    expect(chinese[key].trim()).not.toBe('');
    // A translation may leave a number out only where English says it in another way: none does.
    expect(placeholders(chinese[key])).toEqual(placeholders(english[key]));
  });

  it('have one Chinese word for one thing', () => {
    const manifest = readFileSync('package.nls.zh-cn.json', 'utf8');
    const bundle = readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8');
    const all = [...Object.values(chinese), manifest, bundle, JSON.stringify(sheetChinese)];
    const words = all.join('\n');
    expect(words).toContain('梯度检查');
    expect(words).not.toContain('梯度检验');
    expect(words).toContain('训练部分');
    expect(words).not.toContain('训练集');
  });

  it('are chosen by the language of the page', async () => {
    await useAllWords('zh-cn');
    expect(language()).toBe('zh');
    expect(text('chart.epoch')).toBe('轮');
    await useLanguage('fr');
    expect(text('status.epoch', 240)).toBe('epoch 240');
  });

  it('come in two parts, of which the second adds to the first', async () => {
    await useLanguage('en');
    expect(text('app.loading')).toBe('Opening the network…');
    expect(() => text('chart.epoch')).toThrow('“chart.epoch”');
    expect(() => words('lab')).toThrow('“lab”');
    await useFurnitureWords();
    expect(text('app.loading')).toBe('Opening the network…');
    expect(text('chart.epoch')).toBe('epoch');
    expect(words('lab').layer('2')).toBe('layer 2');
  });
});
