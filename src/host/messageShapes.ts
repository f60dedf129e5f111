/**
 * The shapes that checks of messages are made of. Each answers with the typed value or throws a sentence that
 * names what was wrong.
 */
import type { JsonValue } from '../network/edit';
import type { JsonPath } from '../network/network';
import { shown } from '../network/sentence';

export type Fields = Readonly<Record<string, unknown>>;

/** Of a place in a file. */
const MOST_KEYS = 100;
/** Lists and objects within each other. */
const MOST_LEVELS = 100;

/** Entries of a list at most: more is no message of a designer. */
const MOST_ENTRIES = 100_000;

export function asPath(value: unknown): JsonPath {
  if (
    Array.isArray(value) &&
    value.length <= MOST_KEYS &&
    value.every(key => typeof key === 'string' || (Number.isSafeInteger(key) && key >= 0))
  )
    return value as JsonPath;
  throw unexpected('path', 'a list of keys and indices', value);
}

/** A whole number, 0 or more. */
export function asIndex(value: unknown, name: string): number {
  return index({ [name]: value }, name);
}

/** A text that is not too long. */
export function asText(value: unknown, name: string): string {
  return text({ [name]: value }, name);
}

/** A value that JSON can hold; numbers must be finite. */
export function asJson(value: unknown, levels = MOST_LEVELS): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (levels === 0)
    throw unexpected('value', `at most ${MOST_LEVELS} lists and objects within each other`, value);
  if (Array.isArray(value)) return value.map(item => asJson(item, levels - 1));
  if (typeof value === 'object') return asObject(value, levels);
  throw unexpected('value', 'something that JSON can hold', value);
}

export function asObject(
  value: unknown,
  levels = MOST_LEVELS,
): { readonly [key: string]: JsonValue } {
  const entries = Object.entries(fields(value, 'value'));
  return Object.fromEntries(
    entries
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, asJson(inner, levels - 1)]),
  );
}

export function fields(value: unknown, what: string): Fields {
  const isTable = typeof value === 'object' && value !== null && !Array.isArray(value);
  // Bytes have numbers for fields: as many as they like.
  if (isTable && !ArrayBuffer.isView(value)) return value as Fields;
  throw unexpected(what, 'an object', value);
}

export function index(f: Fields, name: string): number {
  return integer(f, name, 0);
}

/** A list of whole numbers from `least` on. */
export function integers(f: Fields, name: string, least: number): number[] {
  return list(f, name).map(value => integer({ [name]: value }, name, least));
}

export function list(f: Fields, name: string): readonly unknown[] {
  const value = f[name];
  if (Array.isArray(value) && value.length <= MOST_ENTRIES) return value;
  throw unexpected(name, `a list of at most ${MOST_ENTRIES} entries`, value);
}

export function text(f: Fields, name: string): string {
  const value = f[name];
  if (typeof value === 'string') return value;
  throw unexpected(name, 'a text', value);
}

export function finite(f: Fields, name: string): number {
  const value = f[name];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw unexpected(name, 'a finite number', value);
}

export function integer(f: Fields, name: string, least: number): number {
  const value = f[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw unexpected(name, `a whole number, ${least} or more`, value);
}

export function member<T>(table: { readonly [key: string]: T }, key: unknown, what: string): T {
  if (typeof key === 'string' && Object.hasOwn(table, key)) return table[key] as T;
  throw unexpected(what, `one of ${Object.keys(table).join(', ')}`, key);
}

export function unexpected(what: string, expected: string, found: unknown): TypeError {
  return new TypeError(
    `The designer sent a ${what} that is not usable: expected ${expected}, found ${shown(found)}.`,
  );
}
