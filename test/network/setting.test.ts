/** What a number may be, in words and by its value; and how the words of the catalogue make settings. */
import { describe, expect, it } from 'vitest';
import * as setting from '../../src/network/setting';
import { describeNumber, grouped, inRange, number } from '../../src/network/setting';
import type { NumberSetting, Rest } from '../../src/network/setting';

describe('what a number has to be', () => {
  it.each<[Rest<NumberSetting>, string]>([
    [{}, 'a number'],
    [{ integer: true }, 'a whole number'],
    [{ nullable: true }, 'a number, or null'],
    [{ minimum: 0 }, 'a number of at least 0'],
    [{ minimum: -1, nullable: true }, 'a number of at least -1, or null'],
    [{ maximum: 0 }, 'a number of at most 0'],
    [{ minimum: 1, maximum: 65536, integer: true }, 'a whole number from 1 to 65,536'],
    [{ minimum: 0, maximum: 1 }, 'a number from 0 to 1'],
    [{ minimum: 1000, maximum: 1000 }, '1,000'],
    [{ minimum: 0, maximum: 0 }, '0'],
    [{ above: 0 }, 'a number above 0'],
    [{ below: 1 }, 'a number below 1'],
    [{ above: 0, below: 1000 }, 'a number above 0 and below 1,000'],
    [{ minimum: 0, below: 1 }, 'a number of at least 0 and below 1'],
    [{ above: 1000, maximum: 2000 }, 'a number of at most 2,000 and above 1,000'],
    [{ minimum: 0.5 }, 'a number of at least 0.5'],
  ])('%o', (limits, words) => expect(describeNumber(number('', limits))).toBe(words));
});

describe('a number within its limits', () => {
  it.each<[Rest<NumberSetting>, readonly number[], readonly number[]]>([
    [{}, [-1e308, 0, 0.5, 1e308], []],
    [{ integer: true }, [-1, 0, 7], [0.5, -0.1]],
    [{ minimum: 2 }, [2, 2.5, 1e9], [1.999, -3]],
    [{ maximum: 2 }, [2, 1.5, -1e9], [2.001, 3]],
    [{ above: 2 }, [2.001, 3], [2, 1]],
    [{ below: 2 }, [1.999, -3], [2, 3]],
    [{ minimum: 0, below: 1 }, [0, 0.999], [-0.001, 1]],
    [{ above: 0, maximum: 1 }, [0.001, 1], [0, 1.001]],
    [{ minimum: 1, maximum: 3, integer: true }, [1, 2, 3], [0, 4, 2.5]],
  ])('%o', (limits, inside, outside) => {
    const given = number('', limits);
    expect(inside.filter(value => !inRange(given, value))).toEqual([]);
    expect(outside.filter(value => inRange(given, value))).toEqual([]);
  });
});

describe('thousands', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [-1000, '-1,000'],
    [12345, '12,345'],
    [123456, '123,456'],
    [1234567, '1,234,567'],
    [9007199254740991, '9,007,199,254,740,991'],
    [9007199254740992, '9007199254740992'],
    [1234.5678, '1234.5678'],
    [1e21, '1e+21'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
  ])('of %d', (value, text) => expect(grouped(value)).toBe(text));
});

describe('the words of the catalogue', () => {
  const description = 'What it is.';
  it.each([
    [setting.number(description), { kind: 'number' }],
    [setting.number(description, { above: 3 }), { kind: 'number', above: 3 }],
    [setting.count(description), { kind: 'number', integer: true, minimum: 1 }],
    [
      setting.count(description, { minimum: 0, default: 2 }),
      { kind: 'number', integer: true, minimum: 0, default: 2 },
    ],
    [setting.part(description, 0.1), { kind: 'number', default: 0.1, minimum: 0, below: 1 }],
    [setting.choice(description, { a: 'A' }), { kind: 'choice', choices: { a: 'A' } }],
    [
      setting.choice(description, { a: 'A' }, { default: 'a' }),
      { kind: 'choice', choices: { a: 'A' }, default: 'a' },
    ],
    [setting.flag(description), { kind: 'flag' }],
    [setting.flag(description, false), { kind: 'flag', default: false }],
    [setting.flag(description, true), { kind: 'flag', default: true }],
    [setting.text(description), { kind: 'text' }],
    [setting.text(description, { default: '' }), { kind: 'text', default: '' }],
    [
      setting.list(description, setting.flag('One.')),
      { kind: 'list', item: { kind: 'flag', description: 'One.' } },
    ],
    [
      setting.list(description, setting.flag('One.'), { single: true }),
      { kind: 'list', item: { kind: 'flag', description: 'One.' }, single: true },
    ],
    [setting.group(description, {}), { kind: 'group', settings: {} }],
    [
      setting.group(description, { on: setting.flag('On.') }, { shorthand: 'on' }),
      {
        kind: 'group',
        settings: { on: { kind: 'flag', description: 'On.' } },
        shorthand: 'on',
      },
    ],
  ])('make settings: case %#', (made, expected) =>
    expect(made).toStrictEqual({ description, ...expected }),
  );
});
