/** Reading single values of a document: undefined where `structure.ts` has refused them. */
import type { Node } from 'jsonc-parser';
import type { Matrix } from './network';
import { numbersIn } from './numberList';
import type { Numbers } from './numberList';
import { inRange } from './setting';
import type { ChoiceSetting, FlagSetting, NumberSetting, TextSetting } from './setting';
import { elements } from './tree';

export function number(node: Node | undefined, setting: NumberSetting): number | undefined {
  return nullable(node, setting) ?? undefined;
}

export function nullable(
  node: Node | undefined,
  setting: NumberSetting,
): number | null | undefined {
  if (!node) return setting.default;
  if (node.type === 'null' && setting.nullable) return null;
  const { value } = node;
  return isNumberOf(setting, value) ? value : undefined;
}

/** Whether a value is a number as its setting wants it. */
export function isNumberOf(setting: NumberSetting, value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && inRange(setting, value);
}

/** The same of every number of a list. */
export function areNumbersOf(setting: NumberSetting, { values, least, most }: Numbers): boolean {
  if (setting.integer) return values.every(value => isNumberOf(setting, value));
  return isNumberOf(setting, least) && isNumberOf(setting, most);
}

export function choice<C extends string>(
  node: Node | undefined,
  setting: ChoiceSetting<C>,
): C | undefined {
  if (!node) return setting.default;
  const { value } = node;
  const known = typeof value === 'string' && Object.hasOwn(setting.choices, value);
  return known ? (value as C) : undefined;
}

export function flag(node: Node | undefined, setting: FlagSetting): boolean | undefined {
  if (!node) return setting.default;
  return node.type === 'boolean' ? (node.value as boolean) : undefined;
}

export function text(node: Node | undefined, setting: TextSetting): string | undefined {
  if (!node) return setting.default;
  return typeof node.value === 'string' ? node.value : undefined;
}

export function texts(node: Node | undefined): readonly string[] | undefined {
  if (node?.type !== 'array') return undefined;
  const found = elements(node).map(item => item.value as unknown);
  return found.every(item => typeof item === 'string') ? found : undefined;
}

const anyNumber: NumberSetting = { kind: 'number', description: '' };

/** Undefined when there is no list, or something in it is no number. */
export function numbers(
  node: Node | undefined,
  setting = anyNumber,
): readonly number[] | undefined {
  if (node?.type !== 'array') return undefined;
  const all = numbersIn(node);
  if (all) return areNumbersOf(setting, all) ? all.values : undefined;
  const found: number[] = [];
  for (const item of elements(node)) {
    const value = number(item, setting);
    if (value === undefined) return undefined;
    found.push(value);
  }
  return found;
}

export function matrix(node: Node | undefined): Matrix | undefined {
  if (node?.type !== 'array') return undefined;
  const rows: (readonly number[])[] = [];
  for (const row of elements(node)) {
    const values = numbers(row);
    if (!values) return undefined;
    rows.push(values);
  }
  return rows;
}
