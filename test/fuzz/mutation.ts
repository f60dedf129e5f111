/** Spoils bytes, texts and JSON values, as transport, other programs and tired people do. */
import fc from 'fast-check';
import type { JsonValue } from '../../src/network/json';
import { isList, isObject } from '../../src/network/json';

/** One change; places and values are taken modulo what there is. */
interface Change {
  readonly kind: 'flip' | 'set' | 'insert' | 'delete' | 'repeat' | 'cut' | 'word' | 'swap';
  readonly at: number;
  readonly value: number;
  readonly length: number;
}

const whole = fc.integer({ min: 0, max: 0x7fffffff });

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('flip', 'set', 'insert', 'delete', 'repeat', 'cut', 'word', 'swap'),
    at: whole,
    value: whole,
    length: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 300 })),
  }),
  { minLength: 1, maxLength: 6 },
);

/** @param words that mean something in this format */
export function mutated(
  seeds: readonly Uint8Array[],
  words: readonly (string | readonly number[])[],
): fc.Arbitrary<Uint8Array> {
  const encoded = words.map(word =>
    typeof word === 'string' ? new TextEncoder().encode(word) : Uint8Array.from(word),
  );
  return fc
    .tuple(fc.constantFrom(...seeds), changes)
    .map(([seed, list]) => list.reduce((bytes, change) => changed(bytes, change, encoded), seed));
}

function changed(
  bytes: Uint8Array,
  { kind, at, value, length }: Change,
  words: readonly Uint8Array[],
): Uint8Array {
  const place = at % (bytes.length + 1);
  const end = Math.min(bytes.length, place + length);
  switch (kind) {
    case 'flip':
      return bytes.map((byte, i) => (i === place ? byte ^ (1 << (value % 8)) : byte));
    case 'set':
      return bytes.map((byte, i) => (i >= place && i < end ? value & 255 : byte));
    case 'insert':
      return spliced(bytes, place, place, Uint8Array.of(value & 255));
    case 'delete':
      return spliced(bytes, place, end, new Uint8Array(0));
    case 'repeat': {
      const part = bytes.subarray(place, end);
      const times = 1 + (value % 20);
      return spliced(
        bytes,
        place,
        place,
        Uint8Array.from(
          Array(times)
            .fill([...part])
            .flat(),
        ),
      );
    }
    case 'cut':
      return bytes.slice(0, place);
    case 'word':
      return spliced(bytes, place, value % 2 === 0 ? place : end, words[value % words.length]);
    case 'swap': {
      const other = value % (bytes.length + 1);
      return spliced(bytes, place, place, bytes.subarray(other, other + length));
    }
  }
}

function spliced(bytes: Uint8Array, start: number, end: number, part: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length - (end - start) + part.length);
  result.set(bytes.subarray(0, start));
  result.set(part, start);
  result.set(bytes.subarray(end), start + part.length);
  return result;
}

/** Stands for a number that JSON has no text for, until the text is made. */
const UNWRITTEN = '\u0000';

/** Values that somebody might put where another one is expected. */
const oddities: readonly JsonValue[] = [
  ...[0, -0, 1, -1, 0.5, 2, 3, 255, 65_536, 65_537, 1e6, 1e8, 1e9, 2 ** 31, 2 ** 53, 1e308],
  ...[-1e308, 5e-324, 1e-310, 3.5e38, -7],
  ...[null, true, false, '', ' ', 'x', 'input', 'all', '__proto__', 'constructor', 'toString'],
  ...['../../x.csv', '/x', 'a\u0000b', '\u202e', '\ud800', 'x'.repeat(5000), '9'.repeat(400)],
  ...([[], {}, [[]], [{}], [null], [1], [1, 2], [[1, 2], [3]], { type: 'dense' }] as JsonValue[]),
  ...([Array(300).fill(0), Array(40).fill([1, 2, 3]), nested(30), nested(150)] as JsonValue[]),
  ...['NaN', 'Infinity', '1e999', '-1e999', '0x10', '01', '.5', '+1', '/* */ 1'].map(
    text => UNWRITTEN + text,
  ),
];

export function nested(depth: number): JsonValue {
  let value: JsonValue = [];
  for (let i = 1; i < depth; i++) value = [value];
  return value;
}

interface JsonChange {
  readonly kind: 'odd' | 'number' | 'remove' | 'copy' | 'add' | 'move' | 'twice';
  readonly at: number;
  readonly value: number;
  readonly number: number;
}

const jsonChanges: fc.Arbitrary<JsonChange[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('odd', 'odd', 'number', 'remove', 'copy', 'add', 'move', 'twice'),
    at: whole,
    value: whole,
    number: fc.oneof(fc.integer({ min: -3, max: 40 }), fc.double({ noNaN: true })),
  }),
  { minLength: 1, maxLength: 4 },
);

/** A value that is another one, in some places. @param keys that may come in */
export function mutatedJson(
  seeds: readonly JsonValue[],
  keys: readonly string[],
): fc.Arbitrary<JsonValue> {
  return fc
    .tuple(fc.constantFrom(...seeds), jsonChanges)
    .map(([seed, list]) => list.reduce((value, change) => spoilt(value, change, keys), seed));
}

type Path = readonly (string | number)[];

function pathsIn(value: JsonValue, path: Path = []): Path[] {
  const inner = isList(value)
    ? value.flatMap((item, i) => pathsIn(item, [...path, i]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]))
      : [];
  return [path, ...inner];
}

function spoilt(value: JsonValue, change: JsonChange, keys: readonly string[]): JsonValue {
  const paths = pathsIn(value);
  const path = paths[change.at % paths.length];
  const other = at(value, paths[change.value % paths.length]);
  const key = keys[change.value % keys.length];
  switch (change.kind) {
    case 'odd':
      return replaced(value, path, () => oddities[change.value % oddities.length]);
    case 'number':
      return replaced(value, path, () => (Number.isFinite(change.number) ? change.number : 0));
    case 'remove':
      return replaced(value, path, () => undefined);
    case 'copy':
      return replaced(value, path, () => other);
    case 'add':
      return replaced(value, path, old =>
        isObject(old) ? { ...old, [key]: other } : isList(old) ? [...old, other] : old,
      );
    case 'move':
      return replaced(value, path, old => (isList(old) ? [...old].reverse() : [old]));
    case 'twice':
      return replaced(value, path, old => (isList(old) ? [...old, ...old] : old));
  }
}

function at(value: JsonValue, path: Path): JsonValue {
  return path.reduce<JsonValue>((of, key) => (of as { [key: string]: JsonValue })[key], value);
}

function replaced(
  value: JsonValue,
  [first, ...rest]: Path,
  change: (old: JsonValue) => JsonValue | undefined,
): JsonValue {
  if (first === undefined) return change(value) ?? null;
  const inner = (old: JsonValue): JsonValue | undefined =>
    rest.length === 0 ? change(old) : replaced(old, rest, change);
  if (isList(value))
    return value.flatMap((item, i) => (i === first ? [inner(item)].filter(isThere) : [item]));
  const entries = Object.entries(value as { [key: string]: JsonValue }).flatMap(([key, item]) => {
    const now = key === first ? inner(item) : item;
    return now === undefined ? [] : [[key, now] as const];
  });
  return Object.fromEntries(entries);
}

const isThere = (value: JsonValue | undefined): value is JsonValue => value !== undefined;

/** Numbers that JSON has not stand in it as they were written. */
export function jsonText(value: JsonValue, indent = 1): string {
  return JSON.stringify(value, undefined, indent).replace(
    /"\\u0000((?:[^"\\]|\\.)*)"/g,
    (_, text: string) => text,
  );
}
