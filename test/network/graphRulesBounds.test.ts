/** Connections that are let pass, and how many things are told where several are wrong. */
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { network } from './support/marked';
import { codesOf } from './support/told';

const layers = (list: readonly object[]) => network({ layers: JSON.stringify(list) });
const dense = (id: string, units: number, from?: string | readonly string[]) => ({
  type: 'dense',
  id,
  units,
  ...(from !== undefined && { from }),
});
const join = (type: 'add' | 'concat', id: string, from: readonly unknown[]) => ({ type, id, from });
const [a, b] = [dense('a', 2), dense('b', 3)];

describe('nothing is told', () => {
  it.each([
    ['of equal lengths', [a, join('add', 's', ['a', 'input'])]],
    ['of three equal ones', [a, dense('b', 2), join('add', 's', ['a', 'input', 'b'])]],
    ['of other lengths one behind the other', [a, b, join('concat', 'c', ['a', 'input', 'b'])]],
    [
      'of as many values as are possible',
      [dense('a', 65_535, 'input'), dense('b', 1), join('concat', 'c', ['a', 'b'])],
    ],
    [
      'of ids that are missing',
      [
        { type: 'dense', units: 2 },
        { type: 'dense', units: 2 },
      ],
    ],
    ['of an id as written elsewhere in another case', [dense('a', 2), dense('A', 2)]],
    ['of the layer above by its name', [a, dense('b', 3, 'a')]],
    ['of a last layer that nobody takes', [a, dense('b', 3, ['a'])]],
    ['of the input that nobody takes but the first', [a, b]],
  ])('%s', (_what, list) => {
    expect(codesOf(layers(list))).toEqual([]);
  });
});

describe('where connections are wrong', () => {
  it.each([
    [
      'each layer of a name that is taken',
      [a, dense('a', 3), dense('b', 1), dense('a', 1)],
      ['id.duplicate layers[1].id', 'id.duplicate layers[3].id'],
    ],
    [
      'each name that nobody has, and no sizes',
      [a, b, join('add', 's', ['x', 'a', 'y', 'b'])],
      ['from.unknown layers[2].from[0]', 'from.unknown layers[2].from[2]'],
    ],
    [
      'a name that nobody has, twice',
      [a, join('add', 's', ['x', 'x'])],
      ['from.unknown layers[1].from[0]', 'from.unknown layers[1].from[1]'],
    ],
    [
      'each time that a name stands there again',
      [a, join('concat', 's', ['a', 'a', 'a'])],
      ['from.twice layers[1].from[1]', 'from.twice layers[1].from[2]'],
    ],
    [
      'no sizes and nothing that nobody takes, where a name is wrong elsewhere',
      [a, b, dense('c', 1, 'a'), dense('d', 1, 'who')],
      ['from.unknown layers[3].from'],
    ],
    [
      'nothing that nobody takes, where somebody may take from anybody',
      [a, b, { ...join('add', 's', [7, 8]) }, dense('c', 1, 'input')],
      ['value.type layers[2].from[0]', 'value.type layers[2].from[1]'],
    ],
    [
      'no sizes of two sources where only one is possible',
      [dense('a', 40_000), dense('b', 40_000, 'input'), dense('c', 1, ['a', 'b'])],
      ['list.long layers[2].from'],
    ],
    [
      'no sizes where one is not known',
      [a, dense('b', 0), join('add', 's', ['a', 'b', 'input'])],
      ['value.range layers[1].units'],
    ],
    [
      'sums of sums only where they begin',
      [b, join('add', 's', ['b', 'input']), join('add', 't', ['s', 'b'])],
      ['add.sizes layers[1].from[1]'],
    ],
    [
      'a concat that is too long only where it begins',
      [
        dense('a', 65_536, 'input'),
        join('concat', 'c', ['a', 'input']),
        join('concat', 'd', ['c', 'a']),
      ],
      ['concat.size layers[1].from'],
    ],
    [
      'every layer that nobody takes',
      [a, dense('b', 1, 'input'), dense('c', 1, 'input')],
      ['layer.unused layers[0]', 'layer.unused layers[1]'],
    ],
  ])('%s', (_what, list, told) => {
    expect(codesOf(layers(list))).toEqual(told);
  });

  it('an id that is too long is no name that is offered', () => {
    const messages = (length: number) =>
      parseNetwork(layers([dense('x'.repeat(length), 2), dense('b', 2, 'zzz')]))
        .issues.filter(({ code }) => code === 'from.unknown')
        .map(({ message }) => message);
    expect(messages(101)).toEqual([
      'layers[1].from is "zzz", but no layer has this id. Known are "input" or "b".',
    ]);
    expect(messages(100)[0]).toContain(`Known are "input", "${'x'.repeat(100)}" or "b".`);
  });

  it.each([
    [10, 'from.cycle layers[9].from'],
    [60, 'from.below layers[59].from'],
  ])('whether the last of %i leads into a circle is looked for in bounds', (count, last) => {
    const below = Array.from({ length: count }, (_, n) => dense(`n${n}`, 2, 'last'));
    const told = codesOf(layers([...below, dense('last', 2)]));
    // Only the one above the last gives it something.
    expect(told.slice(0, -1)).toEqual(
      below.slice(0, -1).map((_, n) => `from.below layers[${n}].from`),
    );
    expect(told.at(-1)).toBe(last);
  });

  it('a circle is told by its shortest way', () => {
    const { issues } = parseNetwork(
      layers([
        dense('a', 2, 'z'),
        dense('b', 2, 'a'),
        dense('c', 2, 'b'),
        dense('d', 2, 'a'),
        join('add', 'z', ['c', 'd']),
      ]),
    );
    expect(issues.map(({ message }) => message)).toEqual([
      'layers[0].from is "z", but values would run in a circle: a → d → z → a. Take the values of a layer above.',
    ]);
  });
});

it('a merge of one wide input is told to take more, not fewer', () => {
  const list = [join('concat', 'c', ['input']), dense('last', 1)];
  const text = network({ input: '{ "shape": [100000] }', layers: JSON.stringify(list) });
  expect(codesOf(text)).toEqual(['list.short layers[0].from']);
});
