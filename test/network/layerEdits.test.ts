/** Sizes and activations: what else changes with them, and what is refused in which words. */
import { describe, expect, it } from 'vitest';
import { applyTextEdits, planEdit } from '../../src/network/edit';
import type { NetworkEdit } from '../../src/network/edit';
import { zeros } from './support/draws';
import { refusalOf } from './support/refusal';

const edited = (text: string, edit: NetworkEdit): string =>
  applyTextEdits(text, planEdit(text, edit, zeros).edits);

const refusal = (text: string, edit: NetworkEdit): string => refusalOf(() => edited(text, edit));

describe('the number of inputs', () => {
  const file = (input: string): string => `{"input": {${input}}, "layers": [{"units": 1}]}`;

  it.each<[string, number, readonly string[] | undefined, string]>([
    ['"shape": [2]', 3, undefined, '"shape": [3]'],
    ['"shape": [ 2 /* two */ ]', 3, undefined, '"shape": [ 3 /* two */ ]'],
    ['"shape": [2, 3]', 6, undefined, '"shape": [2, 3]'],
    ['"shape": [2, 3]', 5, undefined, '"shape": [5]'],
    ['"shape": []', 5, undefined, '"shape": [5]'],
    ['', 5, undefined, '"shape": [5]'],
    ['', 2, ['a', 'b'], '"shape": [2]'],
    ['"shape": [2]', 2, ['a', 'b'], '"shape": [2], "names": ["a", "b"]'],
    ['"shape": [2]', 1, ['a'], '"shape": [1], "names": ["a"]'],
    ['"shape": [2], "names": ["a", "b"]', 2, undefined, '"shape": [2], "names": ["a", "b"]'],
    ['"shape": [2], "names": ["a", "b"]', 1, undefined, '"shape": [1], "names": ["a"]'],
    [
      '"shape": [2], "names": ["a", "b"]',
      4,
      undefined,
      '"shape": [4], "names": ["a", "b", "x3", "x4"]',
    ],
    [
      '"shape": [2], "names": ["x3", "b"]',
      4,
      undefined,
      '"shape": [4], "names": ["x3", "b", "x3_", "x4"]',
    ],
    [
      '"shape": [2], "names": ["a","b"]',
      3,
      ['a', 'c', 'd'],
      '"shape": [3], "names": ["a","c","d"]',
    ],
    ['"shape": [2], "names": ["a", "b"]', 1, ['z'], '"shape": [1], "names": ["z"]'],
    ['"shape": [2], "names": ["a", "b",]', 1, undefined, '"shape": [1], "names": ["a",]'],
    ['"shape": [2], "names": ["a", "b" , ]', 1, ['z'], '"shape": [1], "names": ["z", ]'],
    [
      '"shape": [2], "names": ["a", "b",]',
      3,
      undefined,
      '"shape": [3], "names": ["a", "b", "x3",]',
    ],
    [
      '"shape": [2], "names": ["a", "b", "c",]',
      2,
      ['u', 'v'],
      '"shape": [2], "names": ["u", "v",]',
    ],
    [
      '"shape": [2], "names": ["a"/*A*/, "b"]',
      2,
      ['a', 'z'],
      '"shape": [2], "names": ["a"/*A*/, "z"]',
    ],
    // Names that are wrong already are left to the person.
    ['"shape": [2], "names": ["a"]', 4, undefined, '"shape": [4], "names": ["a"]'],
    ['"shape": [2], "names": ["a"]', 3, ['u', 'v', 'w'], '"shape": [3], "names": ["u", "v", "w"]'],
    ['"shape": [2], "names": []', 2, ['u', 'v'], '"shape": [2], "names": ["u", "v"]'],
    ['"shape": [2], "names": 7', 2, ['u', 'v'], '"shape": [2], "names": ["u", "v"]'],
    ['"shape": [2], "names": 7', 3, undefined, '"shape": [3], "names": 7'],
  ])('of {%s} as %i with names %j', (input, size, names, after) => {
    const edit: NetworkEdit = { type: 'setInputs', size, ...(names && { names }) };
    const before = file(input);
    const found = edited(before, edit);
    expect(found.replace('{ "shape"', '{"shape"').replace('] },', ']},')).toBe(file(after));
  });

  it.each([0, -1, 1.5, NaN, 1_048_577])('is refused where it is none: %d', size => {
    expect(refusal(file('"shape": [2]'), { type: 'setInputs', size })).toBe(
      `A network cannot have ${size} inputs: choose a whole number from 1 to 1,048,576.`,
    );
  });

  it('may be the largest and the smallest there is', () => {
    for (const size of [1, 1_048_576])
      expect(edited(file('"shape": [2]'), { type: 'setInputs', size })).toBe(
        file(`"shape": [${size}]`),
      );
  });

  it('needs as many names', () => {
    const names = (size: number, list: readonly string[]): string =>
      refusal(file('"shape": [2]'), { type: 'setInputs', size, names: list });
    const sentence = (found: number, size: number): string =>
      `There are ${found} names for ${size} inputs: give one for each.`;
    expect(names(3, ['a', 'b'])).toBe(sentence(2, 3));
    expect(names(1, ['a', 'b'])).toBe(sentence(2, 1));
    expect(names(2, [])).toBe(sentence(0, 2));
  });
});

describe('the size of a layer', () => {
  const size = (type: string, rest: string): string =>
    refusal(`{"input": {"shape": [2, 2, 1]}, "layers": [{"type": "${type}"${rest}}]}`, {
      ...{ type: 'setUnits', layer: 0, units: 3 },
    });

  it('of one that has none of its own is refused with what decides it', () => {
    const settings = 'its settings and the image that comes in: change those.';
    const sources = 'its sources: change the size of those.';
    expect(size('conv2d', ', "filters": 1, "kernel": [1, 1]')).toBe(
      `The size of layers[0] (conv2d) comes from ${settings}`,
    );
    expect(size('maxPool2d', ', "size": [1, 1], "id": "p"')).toBe(
      `The size of "p" (maxPool2d) comes from ${settings}`,
    );
    for (const type of ['add', 'concat', 'flatten', 'dropout', 'batchNorm'])
      expect(size(type, '')).toBe(`The size of layers[0] (${type}) comes from ${sources}`);
  });

  it('is written where it stands, or added', () => {
    const edit: NetworkEdit = { type: 'setUnits', layer: 1, units: 65_536 };
    expect(edited('{"layers": [{"units": 1}, {"type": "dense"}]}', edit)).toBe(
      '{"layers": [{"units": 1}, {"type": "dense", "units": 65536}]}',
    );
    expect(refusal('{"layers": [{"units": 1}]}', { ...edit, layer: -1 })).toBe(
      'There is no layers[-1]: the network has 1.',
    );
  });
});

describe('sizes that are set together', () => {
  const layers =
    '{"id": "a", "units": 2}, {"id": "b", "units": 2, "from": "input"}, {"type": "add", "from": ["a", "b"], "id": "s"}, {"units": 1, "weights": [[1, 2]]}';
  const text = `{"input": {"shape": [2]}, "layers": [${layers}]}`;
  const set = (layer: number, units: number): NetworkEdit => ({ type: 'setUnits', layer, units });
  const several = (...edits: readonly NetworkEdit[]): NetworkEdit => ({
    type: 'several',
    label: '',
    edits,
  });

  it('may pass through what alone would be refused, the last of each counting', () => {
    expect(edited(text, several(set(0, 9), set(1, 1), set(0, 1)))).toBe(
      text.replaceAll('"units": 2', '"units": 1').replace('[[1, 2]]', '[[1]]'),
    );
    expect(refusal(text, several(set(0, 1)))).toContain('must be equally long');
    // Something else between them parts them.
    const seed: NetworkEdit = { type: 'setSeed', seed: 1 };
    expect(refusal(text, several(set(0, 1), seed, set(1, 1)))).toContain('must be equally long');
    expect(edited(text, several(seed, set(0, 1), set(1, 1), { ...seed, seed: 2 }))).toBe(
      edited(text, several(set(0, 1), set(1, 1))).replace('}]}', '}], "seed": 2}'),
    );
    expect(refusal(text, several(set(0, 1), set(7, 1)))).toBe(
      'There is no layers[7]: the network has 4.',
    );
  });

  it('are those of layers and of the input, with its names', () => {
    const inputs: NetworkEdit = { type: 'setInputs', size: 1, names: ['x'] };
    expect(edited(text, several(set(3, 2), inputs))).toBe(
      text
        .replace('"shape": [2]', '"shape": [1], "names": ["x"]')
        .replace('"units": 1, "weights": [[1, 2]]', '"units": 2, "weights": [[1, 2], [0, 0]]'),
    );
    expect(edited(text, several(inputs, set(3, 2)))).toBe(edited(text, several(set(3, 2), inputs)));
  });

  it('none are nothing', () => expect(edited(text, several())).toBe(text));
});

describe('an activation', () => {
  const set = (layers: string, loss: string, layer: number, activation: string): string =>
    edited(`{"layers": [${layers}]${loss && `, "loss": {"type": "${loss}"}`}}`, {
      ...{ type: 'setActivation', layer, activation: activation as 'relu' },
    });
  const file = (layers: string, loss: string): string =>
    `{"layers": [${layers}]${loss && `, "loss": {"type": "${loss}"}`}}`;
  const layer = (activation: string, units = 2): string =>
    `{"units": ${units}, "activation": "${activation}"}`;

  it.each<[string, string, number, string, string]>([
    ['softmax', 'crossEntropy', 2, 'linear', 'meanSquaredError'],
    ['softmax', 'crossEntropy', 2, 'sigmoid', 'binaryCrossEntropy'],
    ['sigmoid', 'binaryCrossEntropy', 2, 'softmax', 'crossEntropy'],
    ['sigmoid', 'binaryCrossEntropy', 1, 'softmax', 'meanSquaredError'],
    ['sigmoid', 'binaryCrossEntropy', 2, 'relu', 'meanSquaredError'],
    ['sigmoid', 'binaryCrossEntropy', 2, 'sigmoid', 'binaryCrossEntropy'],
    ['linear', 'meanSquaredError', 2, 'sigmoid', 'meanSquaredError'],
    ['linear', 'huber', 2, 'tanh', 'huber'],
    ['linear', '', 2, 'tanh', ''],
  ])('from %s with %s and %i outputs to %s: %s', (from, loss, units, to, expected) => {
    expect(set(layer(from, units), loss, 0, to)).toBe(file(layer(to, units), expected));
    // Inside the network the loss is not concerned.
    const last = layer(from, units);
    expect(set(`${layer('relu')}, ${last}`, loss, 0, 'tanh')).toBe(
      file(`${layer('tanh')}, ${last}`, loss),
    );
  });

  it.each(['dropout', 'flatten', 'maxPool2d', 'averagePool2d'])('of %s is refused', type => {
    const text = `{"layers": [{"type": "${type}", "id": "x"}, {"type": "${type}"}]}`;
    const edit: NetworkEdit = { type: 'setActivation', layer: 0, activation: 'relu' };
    const remedy = 'has no activation: put it on another layer.';
    expect(refusal(text, edit)).toBe(`"x" (${type}) ${remedy}`);
    expect(refusal(text, { ...edit, layer: 1 })).toBe(`layers[1] (${type}) ${remedy}`);
  });
});

describe('settings that decide how large an image is', () => {
  const conv = '{"type": "conv2d", "filters": 1, "kernel": [2, 2]}';
  const file = (shape: string, ...layers: readonly string[]): string =>
    `{"input": {"shape": [${shape}]}, "layers": [${layers.join(', ')}]}`;
  const dense = '{"units": 1, "weights": [[1, 2, 3, 4]]}';
  const set = (
    path: readonly (string | number)[],
    value: string | number | readonly number[],
  ): NetworkEdit => ({
    ...{ type: 'set', path, value },
  });

  it('drop the weights below that do not fit any more, and keep those that do', () => {
    const before = file('3, 3, 1', conv, dense);
    const kernel = set(['layers', 0, 'kernel'], [3, 3]);
    expect(edited(before, kernel)).toBe(
      file('3, 3, 1', conv.replace('[2, 2]', '[3, 3]'), '{"units": 1}'),
    );
    expect(edited(before, set(['layers', 0, 'stride'], [1, 1]))).toBe(
      file('3, 3, 1', conv.replace('}', ', "stride": [1, 1]}'), dense),
    );
    expect(edited(before, set(['layers', 0, 'activation'], 'relu'))).toBe(
      file('3, 3, 1', conv.replace('}', ', "activation": "relu"}'), dense),
    );
    const padded = file(
      '3, 3, 1',
      conv.replace('}', ', "padding": "same"}'),
      '{"units": 1, "weights": [[1, 2, 3, 4, 5, 6, 7, 8, 9]]}',
    );
    expect(edited(padded, { type: 'unset', path: ['layers', 0, 'padding'] })).toBe(
      file('3, 3, 1', conv, '{"units": 1}'),
    );
  });

  it('keep what is behind as long as as many values come in', () => {
    const six = '{"units": 1, "weights": [[1, 2, 3, 4, 5, 6]]}';
    const tall = conv.replace('[2, 2]', '[2, 1]');
    expect(edited(file('3, 3, 1', tall, six), set(['layers', 0, 'kernel'], [1, 2]))).toBe(
      file('3, 3, 1', tall.replace('[2, 1]', '[1, 2]'), six),
    );
  });

  it('may be mended step by step, but not be made wrong', () => {
    const kernel = set(['layers', 0, 'kernel'], [4, 4]);
    expect(refusal(file('3, 3, 1', conv), kernel)).toBe(
      'The window of layers[0] would be 4 × 4, and the input gives an image of 3 × 3 × 1: make it smaller, or set padding to "same".',
    );
    const wrong = file('1, 1, 1', conv, conv);
    expect(edited(wrong, kernel)).toBe(file('1, 1, 1', conv.replace('[2, 2]', '[4, 4]'), conv));
    expect(edited(wrong, set(['input', 'shape'], [2, 2, 1]))).toBe(file('2, 2, 1', conv, conv));
  });

  it('without a window in the network are settings like others', () => {
    const plain = file('4', dense);
    expect(edited(plain, set(['input', 'shape'], [5]))).toBe(file('5', dense));
    expect(edited(plain, set(['layers', 0, 'size'], 3))).toBe(
      file('4', dense.replace('}', ', "size": 3}')),
    );
  });
});
