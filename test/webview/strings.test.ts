import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { sheetChinese } from '../../src/explain/sheetWords.zh';
import { language, text, useLanguage } from '../../webview/strings';
import { english, type StringKey } from '../../webview/strings.en';
import { chinese } from '../../webview/strings.zh';

const keys = Object.keys(english) as StringKey[];
const placeholders = (words: string): string[] => [...new Set(words.match(/\{\d\}/g))].sort();

afterEach(() => useLanguage('en'));

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

  it('are chosen by the language of the page, with the host above them', () => {
    useLanguage('zh-cn');
    expect(language()).toBe('zh');
    expect(text('chart.epoch')).toBe('轮');
    useLanguage('fr');
    expect(text('status.epoch', 240)).toBe('epoch 240');
    useLanguage('en', { 'status.epoch': 'E{0}' });
    expect(text('status.epoch', 240)).toBe('E240');
  });
});
