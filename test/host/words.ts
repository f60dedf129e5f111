/**
 * The product's words in the language that the window speaks. A suite says what a person reads in English; in Chinese this
 * becomes what a person reads there, from the tables of the product itself:
 *
 *     expect(await strip.text()).toContain(words('{0} of {1} parameters', 27, 27));
 *     expect(await bar.text()).toMatch(pattern('Continue from epoch {0}', /\d+/));
 *
 * Titles of commands and of menus are found by `run` and `chooseFromMenu`. Words that no table has fail in every language.
 */
import { env } from 'vscode';
import hostChinese from '../../l10n/bundle.l10n.zh-cn.json';
import manifestEnglish from '../../package.nls.json';
import manifestChinese from '../../package.nls.zh-cn.json';
import { furnitureEnglish } from '../../webview/furnitureStrings.en';
import { furnitureChinese } from '../../webview/furnitureStrings.zh';
import { english as pictureEnglish } from '../../webview/strings.en';
import { chinese as pictureChinese } from '../../webview/strings.zh';
import { chineseNames } from '../../webview/properties/catalog.zh';
import { settingNames } from '../../webview/properties/settingNames';
import { issuesIn } from '../../src/explain/issueTexts';
import { filled, patternOf, translated } from './wordTables';
import type { WordTable } from './wordTables';

/** Whether the person reads Chinese. Most of VS Code's own words stay English: the hosts have no language packs. */
export const inChinese = env.language.startsWith('zh');

const manifest: WordTable = {
  name: 'package.nls.json',
  english: manifestEnglish,
  other: manifestChinese,
};

const page: WordTable = {
  name: 'webview/strings',
  english: { ...pictureEnglish, ...furnitureEnglish },
  other: { ...pictureChinese, ...furnitureChinese },
};

/** Of these the English text is the key. */
const host: WordTable = {
  name: 'l10n',
  english: Object.fromEntries(Object.keys(hostChinese).map(text => [text, text])),
  other: hostChinese,
};

const settings: WordTable = {
  name: 'webview/properties/settingNames',
  english: settingNames,
  other: chineseNames,
};

const tables = [manifest, host, page, settings];

function template(english: string, key?: string, from: readonly WordTable[] = tables): string {
  const said = translated(from, english, key);
  return inChinese ? said : english;
}

/** What the person reads. @param english as in a table of the product, with `{0}`, `{1}` … for the values */
export const words = (english: string, ...values: readonly (string | number)[]): string =>
  filled(template(english), values);

/** The same, where the tables say these words in several ways. @param key of the entry that is meant */
export const wordsOf = (
  key: string,
  english: string,
  ...values: readonly (string | number)[]
): string => filled(template(english, key), values);

/** What matches the words; a value may be a pattern, too: `/(?<epoch>\d+)/`. */
export const pattern = (
  english: string,
  ...values: readonly (string | number | RegExp)[]
): RegExp => patternOf(template(english), values);

/** Of a command or a menu. */
export const title = (english: string): string => template(english, undefined, [manifest]);

/** What is wrong with a network or its data. @throws where nobody can say it in Chinese */
export function issue(english: string): string {
  const said = issuesIn(hostChinese)(english);
  if (said === english) throw new Error(`"${english}" is no issue that l10n knows.`);
  return inChinese ? said : english;
}

/** Words that are made by functions: the explanations. @param english what they must be in English */
export function spoken<T>(
  inEnglish: T,
  inOther: T,
  say: (table: T) => string,
  english: string,
): string {
  const said = say(inEnglish);
  if (said !== english) throw new Error(`The English words are "${said}", not "${english}".`);
  return inChinese ? say(inOther) : said;
}
