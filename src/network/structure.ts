/**
 * The first half of validation: does every value have the type, range and name that the catalogue gives
 * it? The JSON Schema is made from the same catalogue and judges the same way; what needs two values to
 * judge is in `validate.ts`.
 */
import type { Node } from 'jsonc-parser';
import { catalog } from './catalog';
import type { IssueList } from './issues';
import { duplicate, error, foreign, missing, unknown } from './keys';
import type { Context } from './keys';
import { nearest, orList, quoted } from './names';
import { formatPath } from './network';
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
  VariantsSetting,
} from './setting';
import { numbersIn } from './numberList';
import { child, countIn, elements } from './tree';
import { areNumbersOf, isNumberOf } from './values';

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
  variants: checkVariants,
};

function check(node: Node, setting: Setting, context: Context): void {
  (checks[setting.kind] as Check<Setting>)(node, setting, context);
}

/** `layers[0].units must be a whole number; found "four".` */
function mismatch(context: Context, code: string, node: Node, expected: string): void {
  const place = formatPath(context.path) || 'A network';
  error(context, code, node, `${place} must be ${expected}; found ${describeNode(node)}.`);
}

/** A value in a few words. */
export function describeNode(node: Node): string {
  if (node.type === 'array') return `a list of ${countIn(node)}`;
  if (node.type === 'object') return 'an object';
  if (node.value === Infinity || node.value === -Infinity)
    return 'a number too large for any computer number';
  return quoted(node.value);
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
  const near = nearest(value, known);
  const remedy = near.length > 0 ? `Did you mean ${orList(near)}?` : `Known are ${orList(known)}.`;
  const shown = describeNode(node);
  error(context, 'value.unknown', node, `${place}: there is no ${shown}. ${remedy}`);
}

function checkFlag(node: Node, _setting: FlagSetting, context: Context): void {
  if (node.type !== 'boolean') mismatch(context, 'value.type', node, 'true or false');
}

function checkText(node: Node, setting: TextSetting, context: Context): void {
  const { minimumLength = 0, maximumLength = Infinity, pattern, reserved = {} } = setting;
  const { value } = node;
  if (typeof value !== 'string') return mismatch(context, 'value.type', node, 'a text in quotes');
  if (value.length < minimumLength)
    return mismatch(context, 'value.empty', node, 'a text that is not empty');
  if (value.length > maximumLength && [...value].length > maximumLength) {
    const expected = `a text of at most ${grouped(maximumLength)} characters`;
    return mismatch(context, 'value.long', node, expected);
  }
  if (pattern && !new RegExp(pattern.source).test(value))
    return mismatch(context, 'value.pattern', node, pattern.words);
  if (!Object.hasOwn(reserved, value)) return;
  const message = `${formatPath(context.path)}: ${describeNode(node)} means ${reserved[value]}: choose another name.`;
  error(context, 'value.reserved', node, message);
}

function checkList(node: Node, setting: ListSetting, context: Context): void {
  if (node.type !== 'array') {
    if (setting.single && node.type !== 'object') return check(node, setting.item, context);
    return mismatch(context, 'value.type', node, 'a list: […]');
  }
  if (isPlainList(node, setting)) return;
  const items = elements(node);
  const { minimumLength = 0, maximumLength = Infinity } = setting;
  if (items.length < minimumLength) tooShort(node, items.length, setting, context);
  if (items.length > maximumLength) {
    const found = `${entries(items.length)}, at most ${grouped(maximumLength)} ${maximumLength === 1 ? 'is' : 'are'} possible`;
    const remedy = setting.advice?.long ?? 'remove the entries from here on';
    const message = `${formatPath(context.path)} has ${found}: ${remedy}.`;
    error(context, 'list.long', items[maximumLength], message);
  }
  items.slice(0, maximumLength).forEach((item, index) => {
    // No path is built for the numbers of a long list, of which some are wrong.
    if (setting.item.kind === 'number' && isNumberOf(setting.item, item.value)) return;
    check(item, setting.item, { issues: context.issues, path: [...context.path, index] });
  });
}

function tooShort(node: Node, found: number, setting: ListSetting, context: Context): void {
  const { minimumLength = 0, advice } = setting;
  const least = minimumLength === 1 ? 'one entry is' : `${grouped(minimumLength)} entries are`;
  const has = found === 0 ? 'is empty' : `has ${entries(found)}`;
  const remedy = advice?.short === undefined ? '.' : `: ${advice.short}.`;
  const message = `${formatPath(context.path)} ${has}, at least ${least} needed${remedy}`;
  error(context, 'list.short', node, message);
}

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${grouped(count)} entries`;
}

/** Most numbers by far stand in lists of their own: those are judged as a whole. */
function isPlainList(
  node: Node,
  { item, minimumLength = 0, maximumLength = Infinity }: ListSetting,
): boolean {
  const numbers = numbersIn(node);
  if (!numbers || item.kind !== 'number') return false;
  const { length } = numbers.values;
  return length >= minimumLength && length <= maximumLength && areNumbersOf(item, numbers);
}

/** Where the deciding key is missing or unknown, the usual variant is taken. */
function checkVariants(node: Node, setting: VariantsSetting, context: Context): void {
  const { by, groups, usual } = setting;
  const written = child(node, by)?.value as unknown;
  const known = typeof written === 'string' && Object.hasOwn(groups, written);
  const name = known ? written : usual;
  const others = othersOf(setting, name);
  checkGroup(node, groups[name], known ? { ...context, variant: { name, others } } : context);
}

/** The settings of the other variants. */
function othersOf({ groups }: VariantsSetting, name: string): ReadonlySet<string> {
  const all = Object.entries(groups).filter(([other]) => other !== name);
  return new Set(all.flatMap(([, { settings }]) => Object.keys(settings)));
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
  checkMembers(node, setting, context);
  for (const key of setting.required ?? []) {
    if (!child(node, key)) missing(node, key, settings[key], context);
  }
  checkOneOf(node, setting, context);
}

function checkMembers(node: Node, setting: GroupSetting, context: Context): void {
  const last = new Map<unknown, Node>();
  for (const member of node.children ?? []) last.set(member.children?.[0].value, member);
  for (const member of node.children ?? []) {
    const [key, value] = member.children ?? [];
    const { issues, variant } = context;
    const inner = { issues, path: [...context.path, key.value as string] };
    if (last.get(key.value) !== member) duplicate(key, inner);
    else if (Object.hasOwn(setting.settings, key.value)) {
      check(value, setting.settings[key.value], inner);
    } else if (variant?.others.has(key.value as string)) {
      foreign(member, setting, variant.name, inner);
    } else unknown(key, setting, inner);
  }
}

/** For those who keep inputs and targets in two lists. */
const SAMPLES =
  'numbers are written sample by sample, as "inline": [{ "x": [0, 1], "y": [1] }, …], with the inputs in x and the targets in y; or ';

/** Whether a member is a list of numbers, or of lists of them. */
function listsNumbers({ children = [] }: Node): boolean {
  return children.some(member => {
    const [first] = member.children?.[1]?.children ?? [];
    return member.children?.[1]?.type === 'array' && /array|number/.test(first?.type ?? '');
  });
}

function checkOneOf(
  node: Node,
  { oneOf, oneOfNoun = 'source', later }: GroupSetting,
  context: Context,
): void {
  if (!oneOf || Object.keys(later ?? {}).some(key => child(node, key))) return;
  const found = oneOf.filter(key => child(node, key));
  if (found.length === 1) return;
  const place = formatPath(context.path);
  const start = { start: node.offset, end: node.offset + 1 };
  const message =
    found.length === 0
      ? `${place} names no ${oneOfNoun}: ${oneOf.includes('inline') && listsNumbers(node) ? SAMPLES : ''}add one of ${orList(oneOf)}.`
      : `${place} names ${found.length} ${oneOfNoun}s: keep one of ${orList(found)}.`;
  context.issues.add('error', `${context.path[0]}.${oneOfNoun}`, context.path, start, message);
}
