/**
 * The pure part of the forms: which setting stands at a path, what its value is, how it is shown, and what a
 * person's typing means. A refusal names what was expected and what was found.
 */
import { catalog, dataSources } from '../../src/network/catalog';
import { hasMatrix } from '../../src/network/layerTypes';
import { formatPath } from '../../src/network/network';
import type { JsonPath, LayerType, Network } from '../../src/network/network';
import { inRange } from '../../src/network/setting';
import type {
  ListSetting,
  NumberOrWordSetting,
  NumberSetting,
  Setting,
  TextSetting,
} from '../../src/network/setting';
import { generators, initializers, optimizers, schedules } from '../../src/network/vocabulary';
import type { JsonValue } from '../../src/network/edit';
import { readNumber } from '../design/numberText';
import { listed } from '../punctuation';
import { text } from '../strings';
import { joinItems, splitItems } from './items';
import { rangeText, refusal } from './settingWords';

export type Reading =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly message: string };

/** What a form needs to know of the document. */
export interface Written {
  readonly network: Network;
  /** Paths of the settings that stand in the text. */
  readonly written: ReadonlySet<string>;
}

/** The setting at a path; undefined for one that the format does not know. */
export function settingAt(network: Network, path: JsonPath): Setting | undefined {
  let setting: Setting | undefined = catalog;
  path.forEach((key, depth) => {
    if (setting?.kind === 'list' && typeof key === 'number') setting = setting.item;
    else if (setting?.kind === 'group' && typeof key === 'string') setting = setting.settings[key];
    else setting = undefined;
    if (setting?.kind === 'variants') setting = setting.groups[layerType(network, path, depth)];
  });
  return setting;
}

function layerType(network: Network, path: JsonPath, depth: number): LayerType {
  const index = path[depth];
  return (typeof index === 'number' && network.layers[index]?.type) || 'dense';
}

/** The value at a path of the network: that of the text, or the default. */
export function valueAt(network: Network, path: JsonPath): JsonValue | undefined {
  let value: unknown = path[0] === 'data' ? { data: dataValues(network) } : network;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as { readonly [key: string | number]: unknown })[key];
  }
  return value as JsonValue | undefined;
}

/** The data as the file has them; a network keeps them by source. */
function dataValues({ data }: Network): { readonly [key: string]: unknown } | undefined {
  if (!data) return undefined;
  const { source, validation, normalize } = data;
  const rest = { split: { validation }, normalize };
  switch (source.type) {
    case 'inline':
      return rest;
    case 'generator':
      return { ...rest, generator: source.name, samples: source.samples, noise: source.noise };
    case 'csv':
      return { ...rest, csv: source.path, inputs: source.inputs, target: source.target };
    case 'idx':
      return { ...rest, idx: { images: source.images, labels: source.labels } };
  }
}

interface Kind {
  readonly settings: readonly string[];
  readonly defaults?: { readonly [key: string]: number };
}

/** What the type of a group makes of its settings; undefined where a group has no type that does. */
function kindAt({ training, layers }: Network, owner: JsonPath): Kind | undefined {
  switch (owner[owner.length - 1]) {
    case 'optimizer':
      return optimizers[training.optimizer.type];
    case 'schedule':
      return schedules[training.schedule.type];
    case 'init': {
      const layer = layers[Number(owner[1])];
      return layer && hasMatrix(layer) ? initializers[layer.init.type] : { settings: [] };
    }
    default:
      return undefined;
  }
}

/** What a setting is when the file leaves it out; optimizers and generators have defaults of their own. */
export function defaultAt(network: Network, path: JsonPath): JsonValue | undefined {
  const key = String(path[path.length - 1]);
  const own = path.length === 3 ? kindAt(network, path.slice(0, -1))?.defaults : undefined;
  if (own && Object.hasOwn(own, key)) return own[key];
  const source = network.data?.source;
  if (source?.type === 'generator' && path[0] === 'data') {
    if (key === 'samples' || key === 'noise') return generators[source.name][key];
  }
  const setting = settingAt(network, path);
  return setting && 'default' in setting ? setting.default : undefined;
}

/**
 * Whether a setting has a meaning beside the others: the optimizer's and the initializer's own, `half` of the
 * squared error, the penalty's factor where there is a penalty.
 */
export function applies({ network }: Written, path: JsonPath): boolean {
  const key = String(path[path.length - 1]);
  const owner = path[path.length - 2];
  if (key === 'type') return true;
  const kind = kindAt(network, path.slice(0, -1));
  if (kind) return kind.settings.includes(key);
  if (path[0] === 'data' && key !== 'normalize' && owner !== 'split') {
    const { source } = network.data ?? {};
    return source !== undefined && dataSources[source.type].includes(String(path[1]));
  }
  if (path[0] === 'data') return network.data !== undefined;
  if (formatPath(path) === 'loss.half') return network.loss.type === 'meanSquaredError';
  return settingAt(network, path) !== undefined;
}

/** Whether the setting stands in the text, also as the name that stands for its whole group. */
export function isWritten({ written }: Written, path: JsonPath): boolean {
  if (written.has(formatPath(path))) return true;
  const owner = path.slice(0, -1);
  return path[path.length - 1] === 'type' && isShorthand(written, owner);
}

/** Whether a group is written as its name alone: it stands in the text and has no members. */
export function isShorthand(written: ReadonlySet<string>, owner: JsonPath): boolean {
  const place = formatPath(owner);
  const last = owner[owner.length - 1];
  if (!written.has(place) || !['optimizer', 'schedule', 'init'].includes(String(last)))
    return false;
  return ![...written].some(path => path.startsWith(`${place}.`));
}

/** The text of a value in its field: numbers with the shortest text that reads back equal. */
export function shown(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return joinItems(value.map(shown));
  return String(value);
}

/** What was typed, as a value of the setting. An empty field means "no value": null where that is allowed. */
export function read(setting: Setting, typed: string): Reading {
  switch (setting.kind) {
    case 'number':
      return readNumberSetting(setting, typed);
    case 'numberOrWord':
      return readNumberOrWord(setting, typed);
    case 'text':
      return readText(setting, typed);
    case 'list':
      return readList(setting, typed);
    case 'choice':
      return Object.hasOwn(setting.choices, typed)
        ? { ok: true, value: typed }
        : refused(listed(Object.keys(setting.choices)), typed);
    case 'flag':
      return typed === 'true' || typed === 'false'
        ? { ok: true, value: typed === 'true' }
        : refused('true, false', typed);
    case 'group':
    case 'variants':
      throw new Error('A group is edited by its members.');
  }
}

const refused = (expected: string, found: string): Reading => ({
  ok: false,
  message: refusal(expected, found),
});

function readNumberSetting(setting: NumberSetting, typed: string): Reading {
  if (setting.nullable && typed.trim() === '') return { ok: true, value: null };
  const result = readNumber(setting.integer ? withoutThousands(typed) : typed);
  if (result.ok && inRange(setting, result.value)) return { ok: true, value: result.value };
  const expected = rangeText(setting);
  return refused(setting.nullable ? text('form.orNothing', expected) : expected, typed);
}

/** A whole number has no decimal comma, so that `65,536` can mean one thing only. */
function withoutThousands(typed: string): string {
  return /^\s*\d{1,3}(,\d{3})+\s*$/.test(typed) ? typed.replaceAll(',', '') : typed;
}

function readNumberOrWord(setting: NumberOrWordSetting, typed: string): Reading {
  const words = Object.keys(setting.words);
  const name = typed.trim().toLowerCase();
  const word = words.find(each => each === name || text('form.all').toLowerCase() === name);
  if (word !== undefined) return { ok: true, value: word };
  const result = readNumberSetting(setting.number, typed);
  if (result.ok) return result;
  return refused(text('form.orWord', rangeText(setting.number), listed(words)), typed);
}

function readText(setting: TextSetting, typed: string): Reading {
  const { minimumLength = 0, maximumLength = Infinity, reserved = {} } = setting;
  const length = [...typed].length;
  if (length < minimumLength) return refused(text('form.someText'), typed);
  if (length > maximumLength) return refused(text('form.shortText', maximumLength), typed);
  if (Object.hasOwn(reserved, typed)) return refused(text('form.notReserved', typed), typed);
  return { ok: true, value: typed };
}

function readList(setting: ListSetting, typed: string): Reading {
  const { minimumLength = 0, maximumLength = Infinity } = setting;
  const items = splitItems(typed);
  if (!items) return refused(text('form.closedQuotes'), typed);
  if (items.length < minimumLength) return refused(text('form.atLeast', minimumLength), typed);
  if (items.length > maximumLength) return refused(text('form.atMost', maximumLength), typed);
  const values: JsonValue[] = [];
  for (const item of items) {
    const reading = read(setting.item, item);
    if (!reading.ok) return reading;
    values.push(reading.value);
  }
  return { ok: true, value: values };
}
