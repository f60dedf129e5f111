/**
 * The first half of validation: does every value have the type, range and name that the catalogue gives
 * it? The JSON Schema is made from the same catalogue and judges the same way; what needs two values to
 * judge is in `validate.ts`.
 */
import type { Node } from 'jsonc-parser';
import { catalog } from './catalog';
import type { IssueList } from './issues';
import { nearest, orList } from './names';
import { formatPath } from './network';
import type { JsonPath } from './network';
import { describeNumber, grouped, inRange } from './setting';
import type {
  ChoiceSetting,
  FlagSetting,
  GroupSetting,
  ListSetting,
  NumberOrWordSetting,
  NumberSetting,
  Setting,
  TextSetting,
} from './setting';
import { child, elements, range } from './tree';

interface Context {
  readonly issues: IssueList;
  readonly path: JsonPath;
}

/** Reports everything that contradicts the catalogue. */
export function checkStructure(root: Node, issues: IssueList): void {
  check(root, catalog, { issues, path: [] });
}

type Check<S extends Setting> = (node: Node, setting: S, context: Context) => void;

const checks: { readonly [K in Setting['kind']]: Check<Extract<Setting, { kind: K }>> } = {
  number: checkNumber,
  numberOrWord: checkNumberOrWord,
  choice: checkChoice,
  flag: checkFlag,
  text: checkText,
  list: checkList,
  group: checkGroup,
};

function check(node: Node, setting: Setting, context: Context): void {
  (checks[setting.kind] as Check<Setting>)(node, setting, context);
}

function error(context: Context, code: string, node: Node, message: string): void {
  context.issues.add('error', code, context.path, range(node), message);
}

/** `layers[0].units must be a whole number; found "four".` */
function mismatch(context: Context, code: string, node: Node, expected: string): void {
  const place = formatPath(context.path) || 'A network';
  error(context, code, node, `${place} must be ${expected}; found ${describeNode(node)}.`);
}

/** A value in a few words. */
export function describeNode(node: Node): string {
  if (node.type === 'array') return `a list of ${node.children?.length ?? 0}`;
  if (node.type === 'object') return 'an object';
  if (node.value === Infinity || node.value === -Infinity)
    return 'a number too large for any computer number';
  const text = JSON.stringify(node.value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function checkNumber(node: Node, setting: NumberSetting, context: Context): void {
  if (node.type === 'null' && setting.nullable) return;
  const { value } = node;
  if (typeof value !== 'number') mismatch(context, 'value.type', node, describeNumber(setting));
  else if (!Number.isFinite(value)) mismatch(context, 'value.infinite', node, 'a finite number');
  else if (!inRange(setting, value)) {
    mismatch(context, 'value.range', node, describeNumber(setting));
  }
}

function checkNumberOrWord(node: Node, setting: NumberOrWordSetting, context: Context): void {
  if (typeof node.value === 'string' && Object.hasOwn(setting.words, node.value)) return;
  if (node.type === 'number') return checkNumber(node, setting.number, context);
  const expected = `${describeNumber(setting.number)}, or ${orList(Object.keys(setting.words))}`;
  mismatch(context, 'value.type', node, expected);
}

function checkChoice(node: Node, setting: ChoiceSetting, context: Context): void {
  const { value } = node;
  const known = Object.keys(setting.choices);
  if (typeof value !== 'string') return mismatch(context, 'value.type', node, orList(known));
  if (Object.hasOwn(setting.choices, value)) return;
  const place = formatPath(context.path);
  if (setting.later?.includes(value)) {
    const message = `${place}: "${value}" needs a newer version of Nabla; this one knows ${orList(known)}.`;
    return error(context, 'value.unsupported', node, message);
  }
  const near = nearest(value, known);
  const remedy = near.length > 0 ? `Did you mean ${orList(near)}?` : `Known are ${orList(known)}.`;
  const shown = describeNode(node);
  error(context, 'value.unknown', node, `${place}: there is no ${shown}. ${remedy}`);
}

function checkFlag(node: Node, _setting: FlagSetting, context: Context): void {
  if (node.type !== 'boolean') mismatch(context, 'value.type', node, 'true or false');
}

function checkText(node: Node, { minimumLength = 0 }: TextSetting, context: Context): void {
  if (typeof node.value !== 'string') mismatch(context, 'value.type', node, 'a text in quotes');
  else if (node.value.length < minimumLength)
    mismatch(context, 'value.empty', node, 'a text that is not empty');
}

function checkList(node: Node, setting: ListSetting, context: Context): void {
  if (node.type !== 'array') {
    if (setting.single && node.type !== 'object') return check(node, setting.item, context);
    return mismatch(context, 'value.type', node, 'a list: […]');
  }
  const items = elements(node);
  const { minimumLength = 0, maximumLength = Infinity } = setting;
  if (items.length < minimumLength) {
    const place = formatPath(context.path);
    error(context, 'list.short', node, `${place} is empty: at least one entry is needed.`);
  }
  if (items.length > maximumLength) {
    const found = `${grouped(items.length)} entries, at most ${grouped(maximumLength)} are possible`;
    const message = `${formatPath(context.path)} has ${found}. Remove the entries from here on.`;
    error(context, 'list.long', items[maximumLength], message);
  }
  items.slice(0, maximumLength).forEach((item, index) => {
    if (isPlainNumber(item, setting.item)) return;
    check(item, setting.item, { ...context, path: [...context.path, index] });
  });
}

/** Most items by far: no path is built for them. */
function isPlainNumber(item: Node, setting: Setting): boolean {
  return setting.kind === 'number' && Number.isFinite(item.value) && inRange(setting, item.value);
}

function checkGroup(node: Node, setting: GroupSetting, context: Context): void {
  const { shorthand, settings } = setting;
  if (shorthand !== undefined && node.type === 'string') {
    return check(node, settings[shorthand], context);
  }
  if (node.type !== 'object') {
    const short = shorthand === undefined ? '' : ' or a name';
    return mismatch(context, 'value.type', node, `an object: {…}${short}`);
  }
  if (isLaterType(node, settings.type)) {
    const type = child(node, 'type') ?? node;
    return check(type, settings.type, { ...context, path: [...context.path, 'type'] });
  }
  checkMembers(node, setting, context);
  for (const key of setting.required ?? []) {
    if (!child(node, key)) missing(node, key, settings[key], context);
  }
  checkOneOf(node, setting, context);
}

/** A layer of a kind that is still to come: its settings are not known, so they are not judged. */
function isLaterType(node: Node, type: Setting | undefined): boolean {
  return type?.kind === 'choice' && (type.later ?? []).includes(child(node, 'type')?.value);
}

function checkMembers(node: Node, setting: GroupSetting, context: Context): void {
  const last = new Map<unknown, Node>();
  for (const member of node.children ?? []) last.set(member.children?.[0].value, member);
  for (const member of node.children ?? []) {
    const [key, value] = member.children ?? [];
    const inner = { ...context, path: [...context.path, key.value as string] };
    if (last.get(key.value) !== member) duplicate(key, inner);
    else if (Object.hasOwn(setting.settings, key.value)) {
      check(value, setting.settings[key.value], inner);
    } else unknown(key, setting, inner);
  }
}

function duplicate(key: Node, context: Context): void {
  const message = `${formatPath(context.path)} is written twice: this one is ignored, the last one counts. Remove one.`;
  context.issues.add('warning', 'key.duplicate', context.path, range(key), message);
}

function unknown(key: Node, setting: GroupSetting, context: Context): void {
  const place = formatPath(context.path);
  const name = key.value as string;
  const later = setting.later && Object.hasOwn(setting.later, name) && setting.later[name];
  if (later) {
    const message = `${place}: this version of Nabla does not know ${later}. The file is left as it is.`;
    return error(context, 'key.unsupported', key, message);
  }
  const near = nearest(name, Object.keys(setting.settings));
  const home = homes.get(name);
  const hint =
    near.length > 0
      ? ` Did you mean ${orList(near)}?`
      : home === undefined
        ? ''
        : ` Did you mean ${home}?`;
  const message = `${place} is not known and has no effect; it is kept.${hint}`;
  context.issues.add('information', 'key.unknown', context.path, range(key), message);
}

/** Where each setting of the catalogue belongs: `learningRate` → `training.optimizer.learningRate`. */
const homes: ReadonlyMap<string, string> = collectHomes(catalog, '', new Map());

function collectHomes(setting: Setting, place: string, into: Map<string, string>) {
  if (setting.kind === 'list') collectHomes(setting.item, `${place}[…]`, into);
  if (setting.kind !== 'group') return into;
  for (const [key, inner] of Object.entries(setting.settings)) {
    const path = place === '' ? key : `${place}.${key}`;
    if (key !== 'type' && !into.has(key)) into.set(key, path);
    collectHomes(inner, path, into);
  }
  return into;
}

/** Reported at the opening brace of the object that lacks it. */
function missing(node: Node, key: string, setting: Setting, context: Context): void {
  const path = [...context.path, key];
  const example = examples[key] ?? `"${key}": …`;
  const message = `${formatPath(path)} is missing (${lower(setting.description)}). Add ${example}.`;
  const start = { start: node.offset, end: node.offset + 1 };
  context.issues.add('error', 'value.missing', path, start, message);
}

const examples: { readonly [key: string]: string } = {
  input: '"input": { "shape": [2] }',
  shape: '"shape": [2]',
  layers: '"layers": [{ "type": "dense", "units": 1, "activation": "sigmoid" }]',
  type: '"type": "dense"',
  units: '"units": 4',
  x: '"x": [0, 1]',
  y: '"y": [1]',
};

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

function checkOneOf(node: Node, { oneOf, later }: GroupSetting, context: Context): void {
  if (!oneOf || Object.keys(later ?? {}).some(key => child(node, key))) return;
  const found = oneOf.filter(key => child(node, key));
  if (found.length === 1) return;
  const place = formatPath(context.path);
  const start = { start: node.offset, end: node.offset + 1 };
  const message =
    found.length === 0
      ? `${place} names no source: add one of ${orList(oneOf)}.`
      : `${place} names ${found.length} sources: keep one of ${orList(found)}.`;
  context.issues.add('error', `${place}.source`, context.path, start, message);
}
