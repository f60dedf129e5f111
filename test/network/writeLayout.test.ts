/** The layout of a network's text: what stands on one line, what begins a new one, and how numbers are written. */
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/network/json';
import type { Precision } from '../../src/network/network';
import {
  formatAt,
  formatInline,
  formatJson,
  formatNumber,
  pack,
  WIDTH,
} from '../../src/network/write';

const single = Math.fround(0.1);

describe('a number', () => {
  it.each<[number, Precision | undefined, string]>([
    [single, undefined, '0.10000000149011612'],
    [single, 'float64', '0.10000000149011612'],
    [single, 'float32', '0.1'],
    [1 / 3, 'float32', '0.33333334'],
    [1234567, 'float32', '1234567'],
    [12345678, 'float32', '12345678'],
    [16777217, 'float32', '16777216'],
    [0.12345, 'float32', '0.12345'],
    [1e39, 'float32', '1e+39'],
    [12345678e40, 'float32', '1.2345678e+47'],
    [-0, 'float64', '-0'],
    [0, 'float32', '0'],
    [Math.fround(123456.7), 'float32', '123456.7'],
  ])('%d in %s', (value, precision, text) => expect(formatNumber(value, precision)).toBe(text));

  it.each([NaN, Infinity, -Infinity])('%d is none', value =>
    expect(() => formatNumber(value)).toThrow(new RangeError(`${value} cannot be written in JSON`)),
  );
});

describe('on one line', () => {
  it.each<[JsonValue, string]>([
    [null, 'null'],
    [true, 'true'],
    ['a "b"', '"a \\"b\\""'],
    [[], '[]'],
    [[1, [2, 'x']], '[1, [2, "x"]]'],
    [{}, '{}'],
    [{ 'a b': { c: [null] }, d: -0 }, '{ "a b": { "c": [null] }, "d": -0 }'],
  ])('%j', (value, text) => expect(formatInline(value)).toBe(text));

  it('in the precision that is asked for, however deep', () => {
    const value = { a: [single, { b: single }] };
    expect(formatInline(value, 'float32')).toBe('{ "a": [0.1, { "b": 0.1 }] }');
    expect(formatInline(value)).toContain('0.10000000149011612, {');
  });
});

describe('a file', () => {
  it.each<[JsonValue, string]>([
    [null, 'null\n'],
    [{}, '{}\n'],
    [[], '[]\n'],
    [[1, null, 'x'], '[1, null, "x"]\n'],
    [[[1], 2], '[\n  [1],\n  2\n]\n'],
    [{ a: 1 }, '{\n  "a": 1\n}\n'],
    [{ a: { b: 1 } }, '{\n  "a": { "b": 1 }\n}\n'],
    [{ a: { b: [1, 2] } }, '{\n  "a": { "b": [1, 2] }\n}\n'],
    [{ a: { b: [null, 2] } }, '{\n  "a": { "b": [null, 2] }\n}\n'],
    [{ a: { b: { c: [1] } } }, '{\n  "a": { "b": { "c": [1] } }\n}\n'],
    [{ a: { b: [[1]] } }, '{\n  "a": {\n    "b": [\n      [1]\n    ]\n  }\n}\n'],
    [{ a: { b: [{}] } }, '{\n  "a": {\n    "b": [\n      {}\n    ]\n  }\n}\n'],
    [
      { a: { c: 1, b: { d: [[]] } } },
      '{\n  "a": {\n    "c": 1,\n    "b": {\n      "d": [\n        []\n      ]\n    }\n  }\n}\n',
    ],
    // A layer has what is short beside its type.
    [
      { layers: [{ a: 1, b: [[1]], c: 2 }] },
      '{\n  "layers": [\n    { "a": 1,\n      "b": [\n        [1]\n      ],\n      "c": 2 }\n  ]\n}\n',
    ],
    [
      { layers: [{ b: [[1]], c: 2 }] },
      '{\n  "layers": [\n    { "b": [\n        [1]\n      ],\n      "c": 2 }\n  ]\n}\n',
    ],
    [
      { layers: [{ note: { b: [[1]] } }] },
      '{\n  "layers": [\n    { "note": {\n        "b": [\n          [1]\n        ]\n      } }\n  ]\n}\n',
    ],
  ])('of %j', (value, text) => expect(formatJson(value)).toBe(text));

  it('has on one line what needs at most 80 columns, its indentation included', () => {
    const lines = (value: JsonValue): number => formatJson(value).split('\n').length;
    const wide = (length: number) => ({ k: 'x'.repeat(length - '{ "k": "" }'.length) });
    expect([WIDTH - 2, WIDTH - 1].map(length => lines({ a: wide(length) }))).toEqual([4, 6]);
    expect([WIDTH - 4, WIDTH - 3].map(length => lines({ a: [wide(length)] }))).toEqual([6, 8]);
  });

  it('writes weights and biases of layers as short as its precision allows, and all else exactly', () => {
    const layer = { weights: [[single]], bias: [single], scale: [single] };
    const text = (precision?: string): string =>
      formatJson({
        ...{ layers: [layer], weights: [[single]], data: { inline: [{ bias: [single] }] } },
        ...(precision !== undefined && { training: { precision } }),
      });
    const exact = '0.10000000149011612';
    for (const precision of [undefined, 'float32', 'other']) {
      expect(text(precision).match(/\[0\.1\]/g)).toHaveLength(2);
      expect(text(precision).match(/\[0\.10000000149011612\]/g)).toHaveLength(3);
      expect(text(precision)).toContain(`"scale": [${exact}]`);
    }
    expect(text('float64').match(/\[0\.10000000149011612\]/g)).toHaveLength(5);
    expect(formatJson({ training: null, layers: [layer] })).toContain('"bias": [0.1]');
  });
});

describe('a value in a file', () => {
  const place = (unit: string, lineEnd: string, indent: string): string =>
    formatAt([[single], { a: [[2]] }], ['layers', 'weights'], 'float32', indent, { lineEnd, unit });

  it('has the layout of the file, from the indentation on at which it begins', () => {
    expect(place('\t', '\r\n', '\t')).toBe(
      '[\r\n\t\t[0.1],\r\n\t\t{\r\n\t\t\t"a": [\r\n\t\t\t\t[2]\r\n\t\t\t]\r\n\t\t}\r\n\t]',
    );
    expect(place('   ', '\n', '')).toBe(
      '[\n   [0.1],\n   {\n      "a": [\n         [2]\n      ]\n   }\n]',
    );
    const layout = { lineEnd: '\n', unit: '  ' };
    expect(formatAt([single], ['layers', 'bias'], 'float64', '', layout)).toBe(
      '[0.10000000149011612]',
    );
    expect(formatAt([single], ['layers', 'note'], 'float32', '', layout)).toBe(
      '[0.10000000149011612]',
    );
  });
});

describe('members of a layer', () => {
  it.each<[readonly string[], string]>([
    [['a'], '{ a }'],
    [['a', 'b'], '{ a, b }'],
    [['a', 'b\nb', 'c'], '{ a,|b\nb,|c }'],
    [['a', 'b', 'c\rc'], '{ a, b,|c\rc }'],
    [['a\na', 'b', 'c'], '{ a\na,|b,|c }'],
    [['a', 'b\nb', 'c', 'd\nd'], '{ a,|b\nb,|c,|d\nd }'],
  ])('%j', (members, text) => expect(pack(members, '|')).toBe(text));
});
