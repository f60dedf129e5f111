/** Names, descriptions and choices of settings in the language of the page. Pure but for the language. */
import type { JsonPath } from '../../src/network/network';
import { describeNumber, grouped } from '../../src/network/setting';
import type { NumberSetting, Setting } from '../../src/network/setting';
import { shortened } from '../../src/network/shortened';
import { text } from '../strings';
import { language, words } from '../words';

/** The path in the catalogue: `['layers', 0, 'units']` → `layers.units`. */
export function settingKey(path: JsonPath): string {
  return path.filter(part => typeof part === 'string').join('.');
}

/** Name of a setting; one that has none keeps its name in the file. */
export function nameOf(path: JsonPath): string {
  const names: { readonly [key: string]: string } = words('settings').names;
  return names[settingKey(path)] ?? String(path[path.length - 1]);
}

export function unitOf(path: JsonPath): string {
  const units: { readonly [key: string]: string } = words('settings').units;
  return units[settingKey(path)] ?? '';
}

/**
 * The description at a path of the catalogue, with or without the type of the layer; undefined where the catalogue's own
 * is in the language of the page.
 */
export function translatedDescription(key: string): string | undefined {
  const { descriptions } = words('settings');
  return descriptions[key] ?? descriptions[withoutType(key)];
}

/** In the same way, the line about a choice or a word. */
export function translatedChoice(key: string, choice: string): string | undefined {
  const { choices } = words('settings');
  return choices[`${key}:${choice}`] ?? choices[`${withoutType(key)}:${choice}`];
}

const withoutType = (key: string): string =>
  key.replace(
    /^layers\.(?:dense|add|concat|conv2d|maxPool2d|averagePool2d|flatten|dropout|batchNorm)\./,
    'layers.',
  );

/** One sentence of help. `type` is that of the layer, where the path leads into one. */
export function helpOf(path: JsonPath, setting: Setting, type = 'dense'): string {
  const key = settingKey(path).replace(/^layers\./, `layers.${type}.`);
  return withoutOwner(quoted(translatedDescription(key) ?? setting.description));
}

/** Names of the file between the quotation marks of the language: the page has no other letters for them here. */
const quoted = (words: string): string =>
  words.replace(/`([^`]*)`/g, (_, name: string) => text('form.quoted', name));

/** "sgd: part of…" names the kinds that read a setting; a field of it is there for one of those alone. */
function withoutOwner(words: string): string {
  if (/[;；] ?[a-zA-Z]+[:：]/.test(words)) return words;
  const rest = words.replace(/^[a-z][a-zA-Z]*(?:(?:, |、)[a-z][a-zA-Z]*)*(?:: |：)/, '');
  return rest[0].toUpperCase() + rest.slice(1);
}

/** One line about a choice. */
export function choiceText(path: JsonPath, setting: Setting, choice: string): string {
  const lines: { readonly [choice: string]: string } =
    setting.kind === 'choice'
      ? setting.choices
      : setting.kind === 'numberOrWord'
        ? setting.words
        : {};
  const english = Object.hasOwn(lines, choice) ? lines[choice] : '';
  return quoted(translatedChoice(settingKey(path), choice) ?? english);
}

/** What a number has to be: `a whole number from 1 to 65,536`. */
export function rangeText(setting: NumberSetting): string {
  return language() === 'zh'
    ? chineseRange(setting)
    : describeNumber({ ...setting, nullable: undefined });
}

function chineseRange({ integer, minimum, maximum, above, below }: NumberSetting): string {
  const lower = minimum ?? above;
  const upper = maximum ?? below;
  const noun = integer ? '整数' : '数';
  const low =
    lower === undefined ? '' : `${minimum === undefined ? '大于' : '不小于'} ${grouped(lower)}`;
  const high =
    upper === undefined ? '' : `${maximum === undefined ? '小于' : '不大于'} ${grouped(upper)}`;
  const limits = [low, high].filter(Boolean).join('且');
  return limits === '' ? noun : `${limits} 的${noun}`;
}

/** The limits alone, as short as they can be said: `≥ 0`, `1 … 65,536`, `≥ 0, < 1`; empty without limits. */
export function shortRange(limits: Partial<NumberSetting>): string {
  const { minimum, maximum, above, below } = limits;
  if (minimum !== undefined && maximum !== undefined && maximum < 1e9)
    return `${grouped(minimum)} … ${grouped(maximum)}`;
  const parts = [
    minimum === undefined ? '' : `≥ ${grouped(minimum)}`,
    above === undefined ? '' : `> ${grouped(above)}`,
    below === undefined ? '' : `< ${grouped(below)}`,
    maximum === undefined || minimum !== undefined ? '' : `≤ ${grouped(maximum)}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** `Expected a number of at least 0; found “-3”.` */
export function refusal(expected: string, found: string): string {
  const shown =
    found.trim() === '' ? text('form.nothing') : text('form.quoted', shortened(found.trim(), 40));
  return text('form.expected', expected, shown);
}
