/** Single values of a document: as their settings want them, the usual one where none is written, else unknown. */
import { describe, expect, it } from 'vitest';
import type { NumberSetting } from '../../src/network/setting';
import { numbersOf } from '../../src/network/numberList';
import { syntaxTree } from '../../src/network/syntaxTree';
import {
  areNumbersOf,
  choice,
  flag,
  isNumberOf,
  matrix,
  nullable,
  number,
  numbers,
  text,
  texts,
} from '../../src/network/values';

const node = (json: string) => syntaxTree(json).root;
const setting = (rest: Partial<NumberSetting> = {}): NumberSetting => ({
  kind: 'number',
  description: '',
  ...rest,
});

describe('numbers', () => {
  it.each([
    [{}, [0, -1, 1e308, 0.5], [NaN, Infinity, -Infinity, '1', null, true, undefined, [1]]],
    [{ integer: true }, [0, -3, 1e15], [0.5, -1.5]],
    [{ minimum: 1 }, [1, 2], [0.999, -1]],
    [{ maximum: 1 }, [1, -5], [1.001]],
    [{ above: 1 }, [1.001], [1, 0]],
    [{ below: 1 }, [0.999, -5], [1, 2]],
    [{ minimum: 0, below: 1, integer: true }, [0], [1, 0.5, -1]],
  ] as const)('of %j', (rest, right, wrong) => {
    for (const value of right)
      expect([value, isNumberOf(setting(rest), value)]).toEqual([value, true]);
    for (const value of wrong)
      expect([value, isNumberOf(setting(rest), value)]).toEqual([value, false]);
  });

  it.each([
    [{}, [1, 2], true],
    [{}, [1, Infinity], false],
    [{}, [-Infinity, 1], false],
    [{ minimum: 1 }, [3, 1, 2], true],
    [{ minimum: 1 }, [3, 0, 2], false],
    [{ maximum: 3 }, [1, 3, 2], true],
    [{ maximum: 3 }, [1, 4, 2], false],
    [{ integer: true }, [1, 2, 3], true],
    [{ integer: true }, [1, 2.5, 3], false],
    [{ integer: true, minimum: 2 }, [1, 3], false],
  ] as const)('all of a list: %j of %j', (rest, values, are) => {
    expect(areNumbersOf(setting(rest), numbersOf(values))).toBe(are);
  });

  it.each([
    [{}, '7', 7, 7],
    [{}, '"7"', undefined, undefined],
    [{}, 'null', undefined, undefined],
    [{ nullable: true }, 'null', undefined, null],
    [{ nullable: true, default: 3 }, 'null', undefined, null],
    [{ minimum: 8 }, '7', undefined, undefined],
    [{ default: 3 }, '1e999', undefined, undefined],
    [{ default: 3 }, undefined, 3, 3],
    [{ default: null, nullable: true }, undefined, undefined, null],
    [{}, undefined, undefined, undefined],
  ] as const)('of the setting %j from %s', (rest, json, one, other) => {
    const written = json === undefined ? undefined : node(json);
    expect(number(written, setting(rest))).toBe(one);
    expect(nullable(written, setting(rest))).toBe(other);
  });

  it.each([
    ['[1, 2]', [1, 2]],
    ['[1, /* c */ 2]', [1, 2]],
    ['[]', []],
    ['[0, 2]', undefined],
    ['[2, /* c */ 0]', undefined],
    ['[1.5]', undefined],
    ['[1, "2"]', undefined],
    ['[1, null]', undefined],
    ['[[1]]', undefined],
    ['{}', undefined],
    ['1', undefined],
  ])('in the list %s', (json, expected) => {
    expect(numbers(node(json), setting({ integer: true, minimum: 1 }))).toEqual(expected);
  });

  it('in a list may be any where nothing is said', () => {
    expect(numbers(node('[-1.5, /* c */ 1e308]'))).toEqual([-1.5, 1e308]);
    expect(numbers(node('[-1.5, 1e308]'))).toEqual([-1.5, 1e308]);
    expect(numbers(node('[1e999]'))).toBeUndefined();
    expect(numbers(undefined)).toBeUndefined();
  });

  it.each([
    ['[]', []],
    ['[[1, 2], [3]]', [[1, 2], [3]]],
    ['[[], [/* c */ 4]]', [[], [4]]],
    ['[[1], 2]', undefined],
    ['[[1], [null]]', undefined],
    ['[1]', undefined],
    ['{}', undefined],
    ['7', undefined],
  ])('in the matrix %s', (json, expected) => {
    expect(matrix(node(json))).toEqual(expected);
  });

  it('in no matrix', () => {
    expect(matrix(undefined)).toBeUndefined();
  });
});

describe('words', () => {
  const choices = { kind: 'choice', description: '', choices: { a: '', b: '' } } as const;

  it.each([
    ['"a"', 'a'],
    ['"b"', 'b'],
    ['"c"', undefined],
    ['"toString"', undefined],
    ['["a"]', undefined],
    ['7', undefined],
    ['null', undefined],
  ])('of a choice from %s', (json, expected) => {
    expect(choice(node(json), { ...choices, default: 'b' })).toBe(expected);
  });

  it('of a choice that is not written', () => {
    expect(choice(undefined, { ...choices, default: 'b' })).toBe('b');
    expect(choice(undefined, choices)).toBeUndefined();
  });

  it.each([
    ['true', true],
    ['false', false],
    ['"true"', undefined],
    ['1', undefined],
    ['null', undefined],
  ])('yes or no from %s', (json, expected) => {
    expect(flag(node(json), { kind: 'flag', description: '', default: true })).toBe(expected);
  });

  it('yes or no that is not written', () => {
    expect(flag(undefined, { kind: 'flag', description: '', default: true })).toBe(true);
    expect(flag(undefined, { kind: 'flag', description: '' })).toBeUndefined();
  });

  it.each([
    ['"a"', 'a'],
    ['""', ''],
    ['7', undefined],
    ['null', undefined],
    ['["a"]', undefined],
  ])('a text from %s', (json, expected) => {
    expect(text(node(json), { kind: 'text', description: '', default: 'x' })).toBe(expected);
  });

  it('a text that is not written', () => {
    expect(text(undefined, { kind: 'text', description: '', default: 'x' })).toBe('x');
    expect(text(undefined, { kind: 'text', description: '' })).toBeUndefined();
  });

  it.each([
    ['["a", ""]', ['a', '']],
    ['[]', []],
    ['["a", 7]', undefined],
    ['[null]', undefined],
    ['"a"', undefined],
    ['{}', undefined],
  ])('texts from %s', (json, expected) => {
    expect(texts(node(json))).toEqual(expected);
  });

  it('texts that are not written', () => {
    expect(texts(undefined)).toBeUndefined();
  });
});
