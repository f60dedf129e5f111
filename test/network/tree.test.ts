/** Reading a syntax tree, whichever reader has made it. */
import { parseTree } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { numbersIn, numbersOf } from '../../src/network/numberList';
import { syntaxTree } from '../../src/network/syntaxTree';
import {
  child,
  countIn,
  descend,
  elements,
  end,
  property,
  range,
  toValue,
} from '../../src/network/tree';

const TEXT =
  '{ "a": [1, 2.5], "b": { "c": ["x", /* y */ null] }, "a": [3], "e": [], "__proto__": { "z": true }, "n": [[4], 5, [6, 7]] }';

/** By the quick reader, and by the tolerant one. */
const readers: readonly (readonly [string, (text: string) => Node])[] = [
  ['quick', text => syntaxTree(text).root!],
  ['tolerant', text => parseTree(text, [], { allowTrailingComma: true })!],
];

describe.each(readers)('the tree of the %s reader', (_name, read) => {
  const root = read(TEXT);
  const shown = (node?: Node) => node && TEXT.slice(node.offset, node.offset + node.length);

  it('has members by their keys, the last of equal ones', () => {
    expect(shown(property(root, 'a'))).toBe('"a": [3]');
    expect(shown(property(root, 'e'))).toBe('"e": []');
    expect(property(root, 'x')).toBeUndefined();
    expect(property(child(root, 'a'), 'a')).toBeUndefined();
    expect(property(undefined, 'a')).toBeUndefined();
  });

  it('has values by key and by index', () => {
    expect(shown(child(root, 'a'))).toBe('[3]');
    expect(shown(child(child(root, 'n'), 2))).toBe('[6, 7]');
    expect(child(child(root, 'n'), 3)).toBeUndefined();
    expect(child(child(root, 'n'), 'length')).toBeUndefined();
    expect(child(root, 0)).toBeUndefined();
    expect(child(undefined, 0)).toBeUndefined();
    expect(child(undefined, 'a')).toBeUndefined();
  });

  it.each([
    [['b', 'c', 0], '"x"'],
    [['n', 2, 1], '7'],
    [['n', 0, 0], '4'],
    [['b', 'c', 'x'], undefined],
    [['n', 1, 0], undefined],
    [['x', 'y', 0], undefined],
  ])('has what a path leads to: %j', (path, text) => {
    expect(shown(descend(root, path))).toBe(text);
  });

  it('is itself where no path leads', () => {
    expect(descend(root, [])).toBe(root);
    expect(descend(undefined, [])).toBeUndefined();
  });

  it('has elements and their number', () => {
    expect(elements(child(root, 'n')).map(shown)).toEqual(['[4]', '5', '[6, 7]']);
    expect(elements(child(root, 'a')).map(shown)).toEqual(['3']);
    expect(['a', 'b', 'e', 'n', 'x'].map(key => countIn(child(root, key)))).toEqual([
      1, 0, 0, 3, 0,
    ]);
    for (const node of [undefined, root, child(root, 'e'), child(child(root, 'n'), 1)])
      expect(elements(node)).toEqual([]);
  });

  it('has places', () => {
    const node = child(root, 'e')!;
    expect(range(node)).toEqual({ start: TEXT.indexOf('[]'), end: TEXT.indexOf('[]') + 2 });
    expect(end(node)).toBe(TEXT.indexOf('[]') + 2);
  });

  it('has values', () => {
    const value = toValue(root);
    expect(Object.keys(value as object)).toEqual(['a', 'b', 'e', '__proto__', 'n']);
    expect(value).toEqual(JSON.parse(TEXT.replace('/* y */', '')));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(toValue(descend(root, ['b', 'c'])!)).toEqual(['x', null]);
    expect(toValue(descend(root, ['b', 'c', 0])!)).toBe('x');
    expect(toValue(read('[1, [2, [3]], {}]'))).toEqual([1, [2, [3]], {}]);
    for (const text of ['true', 'false', 'null', '0', '-1.5e3', '"a\\n"'])
      expect(toValue(read(text))).toBe(JSON.parse(text));
  });
});

describe('a list of numbers', () => {
  const list = syntaxTree('{ "a": [ -1,\n 2.5e1 ,3] }').root!.children![0].children![1];

  it('has nodes that know their places', () => {
    expect(list.children).toEqual([
      { type: 'number', value: -1, offset: 9, length: 2 },
      { type: 'number', value: 25, offset: 14, length: 5 },
      { type: 'number', value: 3, offset: 21, length: 1 },
    ]);
    expect(list.children).toBe(list.children);
    expect([list.type, list.offset, list.length]).toEqual(['array', 7, 16]);
    expect((list as unknown as { text: string }).text).toBe('[ -1,\n 2.5e1 ,3]');
  });

  it('knows the least and the most of them', () => {
    expect(numbersIn(list)).toEqual({ values: [-1, 25, 3], least: -1, most: 25 });
    expect(numbersOf([5])).toEqual({ values: [5], least: 5, most: 5 });
    expect(numbersOf([3, 1, 2])).toEqual({ values: [3, 1, 2], least: 1, most: 3 });
    expect(numbersOf([1, 3, 2])).toEqual({ values: [1, 3, 2], least: 1, most: 3 });
    expect(numbersOf([-2, Infinity])).toEqual({
      values: [-2, Infinity],
      least: -2,
      most: Infinity,
    });
    for (const node of [undefined, syntaxTree('["a"]').root, syntaxTree('7').root])
      expect(numbersIn(node)).toBeUndefined();
  });
});

describe('the tree of any text', () => {
  it('tolerates comments and commas at the ends', () => {
    for (const text of ['[1, ]', '{ "a": 1, }', '// c\n{} // d', '/* c */ [/* d */]', '[{}, ]']) {
      const { root, errors, exceeds } = syntaxTree(text);
      expect([errors, exceeds]).toEqual([[], undefined]);
      expect(root).toBeDefined();
    }
  });

  it('is there with its mistakes, as far as there is one', () => {
    const { root, errors } = syntaxTree('{ "a": 1 "b": [2 3] }');
    expect(errors.map(({ offset }) => offset)).toEqual([9, 17]);
    expect(root && toValue(root)).toEqual({ a: 1, b: [2, 3] });
    expect(syntaxTree('').root).toBeUndefined();
  });

  it('is not there for what is nested too deeply', () => {
    expect(syntaxTree('['.repeat(100_000))).toEqual({
      root: undefined,
      errors: [],
      exceeds: 'levels',
    });
  });
});

it.each([
  '',
  ' ',
  '// c',
  '/* c */',
  '/* c',
  ',',
  ':',
  '}',
  ']',
  '\\',
  '-',
  '/',
  'x',
  '\u00a0',
  '\0',
])('a text without a tree has a mistake: %j', text => {
  const { root, errors } = syntaxTree(text);
  expect(root).toBeUndefined();
  expect(errors.length).toBeGreaterThan(0);
});
