/** Each part of the outline: what it is called, what it says, where it lies, and what is selected in it. */
import { describe, expect, it } from 'vitest';
import { outlineOf } from '../../src/network/outline';
import type { OutlineEntry } from '../../src/network/outline';
import { parseSyntax } from '../../src/network/parse';

/** Kind, name, detail, text of the whole, text that is selected, children likewise. */
type Shown = readonly (string | Shown)[];

function outline(text: string): readonly Shown[] {
  const part = ({ start, end }: OutlineEntry['range']): string => text.slice(start, end);
  const show = ({ kind, name, detail, range, selection, children }: OutlineEntry): Shown => [
    kind,
    name,
    detail,
    part(range),
    part(selection),
    ...children.map(show),
  ];
  return outlineOf(parseSyntax(text)).map(show);
}

/** A member of the file that is shown alone. */
function expectMember(member: string, kind: string, detail: string, ...children: Shown[]): void {
  const [key] = /"\w+"/.exec(member) ?? [''];
  expect(outline(`{ "version": 1, ${member}, "name": "n" }`)).toEqual([
    [kind, key.slice(1, -1), detail, member, key, ...children],
  ]);
}

describe('a member of the file', () => {
  it.each([
    ['"input": { "shape": [2] }', 'input', '2'],
    ['"input": { "shape": [65536] }', 'input', '65,536'],
    ['"input": { "shape": [28, 28] }', 'input', '28 × 28'],
    ['"input": { "shape": [28, 28, 1] }', 'input', '28 × 28 × 1'],
    ['"input": { "shape": [1, 2, 3, 1000] }', 'input', '1 × 2 × 3 × 1,000'],
    ['"input": {}', 'input', ''],
    ['"loss": { "type": "huber" }', 'setting', 'huber'],
    ['"loss": "huber"', 'setting', 'huber'],
    ['"loss": { "type": 5 }', 'setting', ''],
    ['"loss": {}', 'setting', ''],
    ['"regularization": { "type": "x", "l2": 1 }', 'setting', ''],
    ['"regularization": "x"', 'setting', ''],
    ['"training": { "optimizer": "adam" }', 'setting', 'adam'],
    ['"training": { "optimizer": { "type": "adam" } }', 'setting', 'adam'],
    ['"training": { "type": "adam" }', 'setting', ''],
    ['"weights": { "file": "a.safetensors" }', 'numbers', 'a.safetensors'],
    ['"weights": { "sha256": "a" }', 'numbers', ''],
    ['"data": { "csv": "a.csv" }', 'data', 'a.csv'],
    ['"data": { "generator": "xor" }', 'data', 'xor'],
    ['"data": { "idx": { "images": "a", "labels": "b" } }', 'data', 'a'],
    ['"data": { "inline": [{}, {}, {}] }', 'data', '3'],
    ['"data": { "inline": [] }', 'data', '0'],
    ['"data": { "inline": {} }', 'data', ''],
    ['"data": { "csv": "", "inline": [5] }', 'data', '1'],
    ['"data": {}', 'data', ''],
    ['"expect": {}', 'test', ''],
    ['"expect": []', 'test', '0'],
  ])('%s', (member, kind, detail) => expectMember(member, kind, detail));

  it('is none that the format does not know, and none without a value', () => {
    for (const text of ['{ "other": 1 }', '{ "toString": {} }', '{ "loss" }', '{ "loss":', '{}'])
      expect(outline(text), text).toEqual([]);
    for (const text of ['', '[]', '[{ "loss": "huber" }]', '"loss"', '5'])
      expect(outline(text), text).toEqual([]);
  });

  it('stands in the order of the text; of two of one name the one that counts', () => {
    const text = '{ "loss": "huber", "input": {}, "data": {}, "loss": "x" }';
    expect(outline(text).map(([, name, detail]) => [name, detail])).toEqual([
      ['input', ''],
      ['data', ''],
      ['loss', 'x'],
    ]);
  });
});

describe('a test', () => {
  it.each([
    ['{ "name": "sure", "gradcheck": true }', 'sure', 'gradcheck'],
    ['{ "name": "good", "loss": { "atMost": 1 } }', 'good', 'loss'],
    ['{ "name": "sure" }', 'sure', ''],
    ['{ "gradcheck": true }', 'gradcheck [0]', ''],
    ['{ "loss": {} }', 'loss [0]', ''],
    ['{ "input": [1], "output": [2] }', 'input [0]', ''],
    ['{ "name": "", "loss": {} }', 'loss [0]', ''],
    ['{ "name": 5 }', 'expect [0]', ''],
    ['{}', 'expect [0]', ''],
    ['7', 'expect [0]', ''],
  ])('%s is called %s', (test, name, detail) => {
    expectMember(`"expect": [${test}]`, 'test', '1', ['test', name, detail, test, test]);
  });

  it('is counted', () => {
    const [, , , , , ...tests] = outline('{ "expect": [{}, { "loss": {} }] }')[0];
    expect(tests.map(test => test[1])).toEqual(['expect [0]', 'loss [1]']);
  });
});

describe('a layer', () => {
  /** The last of these layers behind two inputs, or an image. */
  const last = (layers: string, shape = '[2]') =>
    outline(`{ "input": { "shape": ${shape} }, "layers": [${layers}] }`).at(-1);

  it.each([
    ['{ "type": "dense", "units": 3 }', '"type": "dense"', 'dense 2 → 3', 'linear'],
    ['{ "units": 3 }', '{ "units": 3 }', 'dense 2 → 3', 'linear'],
    ['{ "type": "dense", "units": 70000 }', '"type": "dense"', 'dense 2 → ?', 'linear'],
    [
      '{ "type": "dense", "units": 4000, "activation": "tanh" }',
      '"type": "dense"',
      'dense 2 → 4,000',
      'tanh',
    ],
    ['{ "type": "dense" }', '"type": "dense"', 'dense 2 → ?', 'linear'],
    ['{ "type": "dropout", "rate": 0.5 }', '"type": "dropout"', 'dropout 2 → 2', ''],
    [
      '{ "type": "batchNorm", "activation": "relu" }',
      '"type": "batchNorm"',
      'batchNorm 2 → 2',
      'relu',
    ],
    ['{ "type": "add", "from": ["input", "input"] }', '"type": "add"', 'add 2 + 2 → 2', 'linear'],
    [
      '{ "type": "dense", "units": 1, "from": "nobody" }',
      '"type": "dense"',
      'dense ? → 1',
      'linear',
    ],
  ])('%s', (layer, selection, name, detail) => {
    expect(last(layer)).toEqual(['layer', name, detail, layer, selection]);
  });

  it('with an id is called by it', () => {
    const layer = '{ "type": "dense", "id": "a", "units": 3, "activation": "tanh" }';
    expect(last(layer)).toEqual(['layer', 'a', 'dense 2 → 3, tanh', layer, '"id": "a"']);
    const pool = '{ "id": "p", "type": "maxPool2d", "size": [2, 2] }';
    expect(last(pool, '[4, 6, 1]')).toEqual([
      'layer',
      'p',
      'maxPool2d 4 × 6 × 1 → 2 × 3 × 1',
      pool,
      '"id": "p"',
    ]);
    const empty = '{ "type": "dense", "id": "", "units": 3 }';
    expect(last(empty)?.slice(0, 3)).toEqual(['layer', 'dense 2 → 3', 'linear']);
  });

  it('takes its values from each of its sources', () => {
    const layers =
      '{ "type": "dense", "id": "a", "units": 3 }, { "type": "dense", "id": "b", "units": 1000 }';
    const join = '{ "type": "concat", "from": ["a", "b", "input"] }';
    expect(last(`${layers}, ${join}`)?.[1]).toBe('concat 3 + 1,000 + 2 → 1,005');
    const images = '{ "type": "conv2d", "filters": 2, "kernel": [3, 3] }, { "type": "flatten" }';
    expect(last(images, '[4, 4, 1]')?.[1]).toBe('flatten 2 × 2 × 2 → 8');
  });

  it('holds its lists of numbers', () => {
    const [weights, bias] = ['"weights": [[1, 2], [3, 4], [5, 6]]', '"bias": [1, 2, 3]'];
    const layer = `{ "type": "dense", "units": 3, ${bias}, ${weights} }`;
    expect(last(layer)).toEqual([
      ...['layer', 'dense 2 → 3', 'linear', layer, '"type": "dense"'],
      ['numbers', 'weights', '3 × 2', weights, '"weights"'],
      ['numbers', 'bias', '3', bias, '"bias"'],
    ]);
  });

  it('of other numbers says how many, as far as they are lists', () => {
    const children = (rest: string) => last(`{ "type": "batchNorm", ${rest} }`)?.slice(5);
    const names = (rest: string) => children(rest)?.map(child => child.slice(1, 3));
    expect(names('"mean": [1, 2], "variance": [3]')).toEqual([
      ['mean', '2'],
      ['variance', '1'],
    ]);
    expect(names(`"bias": [${Array(1234).fill(0).join()}]`)).toEqual([['bias', '1,234']]);
    expect(names('"weights": []')).toEqual([['weights', '0']]);
    expect(names('"weights": [1, 2]')).toEqual([['weights', '2']]);
    expect(names('"weights": [[]]')).toEqual([['weights', '1 × 0']]);
    expect(names('"weights": 5, "bias": {}, "mean": "x"')).toEqual([]);
    expect(names('"kernel": [1], "from": ["a"]')).toEqual([]);
  });
});
