/** What stands under a field and what is said of it, made from the catalogue: in one wording for all fields. Pure. */
import type { JsonValue } from '../../src/network/edit';
import type { JsonPath } from '../../src/network/network';
import type { NumberSetting, Setting } from '../../src/network/setting';
import { count, exact } from '../numbers';
import { text } from '../strings';
import { explainWords, language } from '../words';
import { defaultAt, shown, type Written } from './settingForm';
import { helpOf, rangeText, settingKey, shortRange, unitOf } from './settingWords';

/** Under the field: unit, default and limits, as short as they can be said; of a text what it is. */
export function hintOf({ network }: Written, path: JsonPath, setting: Setting): string {
  if (setting.kind === 'text' || setting.kind === 'list')
    return descriptionOf({ network }, path, setting).replace(/[.。]$/u, '');
  const usual = defaultAt(network, path);
  const parts = [
    unitOf(path),
    usual === undefined ? '' : text('form.defaultIs', valueWords(usual)),
    shortRange(numberOf(setting) ?? {}),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** While the field has the focus: the sentence of the catalogue, the range, the default, and whether it is chosen instead of learned. */
export function helpOfField(form: Written, path: JsonPath, setting: Setting, more = ''): string {
  const usual = defaultAt(form.network, path);
  const number = numberOf(setting);
  return [
    descriptionOf(form, path, setting),
    number ? sentence(rangeText(number)) : '',
    usual === undefined ? '' : sentence(text('form.defaultIs', valueWords(usual))),
    more,
    isHyperParameter(path) ? explainWords().kinds.hyperParameter : '',
  ]
    .filter(Boolean)
    .join(language() === 'zh' ? '' : ' ');
}

/** What people choose and training does not change; names, data and seeds are neither this nor learned. */
function isHyperParameter(path: JsonPath): boolean {
  const key = settingKey(path);
  if (/^layers\.(type|id|from)$/.test(key) || key === 'training.precision') return false;
  return /^(layers|loss|regularization|training)\./.test(key);
}

/** A value in a sentence, its numbers as everywhere on the page: 1,000, 1e−8; "none" where there is none. */
export function valueWords(value: JsonValue): string {
  if (value === null || value === '') return text('form.none');
  if (typeof value !== 'number') return shown(value);
  return Number.isInteger(value) ? count(value) : exact(value);
}

function descriptionOf({ network }: Pick<Written, 'network'>, path: JsonPath, setting: Setting) {
  const layer = path[0] === 'layers' ? network.layers[Number(path[1])] : undefined;
  return helpOf(path, setting, layer?.type);
}

function numberOf(setting: Setting): NumberSetting | undefined {
  if (setting.kind === 'numberOrWord') return setting.number;
  return setting.kind === 'number' ? setting : undefined;
}

const sentence = (words: string): string =>
  /[\u4e00-\u9fff]/.test(words) ? `${words}。` : `${words[0].toUpperCase()}${words.slice(1)}.`;
