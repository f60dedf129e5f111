/** What of written parameters just fits, and what is told where several do not. */
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { layer, network } from './support/marked';
import { codesOf } from './support/told';

const layers = (...texts: string[]) => network({ layers: `[${texts.join(',\n')}]` });
const image = (members: string) =>
  network({
    input: '{ "shape": [3, 4, 2] }',
    layers: `[{ "type": "conv2d", "filters": 2, "kernel": [2, 1], ${members} }]`,
  });
const norm = (members: string, shape = '[2]') =>
  network({ input: `{ "shape": ${shape} }`, layers: `[{ "type": "batchNorm", ${members} }]` });
const list = (count: number, value = '0') => `[${Array<string>(count).fill(value).join(', ')}]`;
const float64 = (text: string) =>
  text.replace(/\n}\n$/, ', "training": { "precision": "float64" } }');

describe('nothing is told', () => {
  it.each([
    layer('"units": 2, "weights": [[1, 2], [3, 4]], "bias": [5, 6]'),
    layer('"units": 1, "weights": [[1, /* b */ 2]], "bias": [/* c */ 5]'),
    layer('"units": 2, "bias": [3.4e38, -3.4e38], "weights": [[1e-300, 0], [-0, 3.4028234e38]]'),
    float64(layer('"units": 1, "weights": [[1e39, 2]], "bias": [-1e300]')),
    layer('"units": 1, "useBias": false, "weights": [[1, 2]]'),
    image(`"weights": [${list(4)}, ${list(4, '1')}], "bias": [1, 2]`),
    norm('"weights": [[1], [2]], "bias": [0, 0], "mean": [0, 0], "variance": [1, 1]'),
    norm('"mean": [1, 2, 3], "bias": [1, 2, 3]', '[2, 2, 3]'),
    network({ weights: `{ "file": "a/b", "sha256": "${'0'.repeat(64)}" }` }),
  ])('of %s', text => {
    expect(codesOf(text)).toEqual([]);
  });
});

describe('where several parameters are wrong', () => {
  it.each([
    [
      'a bias in vain may hold anything',
      layer('"units": 1, "useBias": false, "bias": [1e39, 2]'),
      ['bias.unused layers[0].bias'],
    ],
    [
      'rows and columns',
      layer('"units": 1, "weights": [[1], [2]]'),
      [
        'weights.columns layers[0].weights[0]',
        'weights.rows layers[0].weights',
        'weights.columns layers[0].weights[1]',
      ],
    ],
    [
      'what is no row is no short row',
      layer('"units": 2, "weights": [7, [1]]'),
      ['value.type layers[0].weights[0]', 'weights.columns layers[0].weights[1]'],
    ],
    [
      'rows of an unknown number of units',
      layer('"units": 0, "weights": [[1]], "bias": [1]'),
      ['value.range layers[0].units', 'weights.columns layers[0].weights[0]'],
    ],
    [
      'rows of an unknown number of inputs',
      network({
        input: '{ "shape": [0] }',
        layers: '[{ "type": "dense", "units": 1, "weights": [[1], [2]] }]',
      }),
      ['value.range input.shape[0]', 'weights.rows layers[0].weights'],
    ],
    [
      'weights that are no list',
      layer('"units": 1, "weights": 7, "bias": "b"'),
      ['value.type layers[0].weights', 'value.type layers[0].bias'],
    ],
    [
      'each number that is too large',
      layer('"units": 1, "weights": [[1e39, -1e39]], "bias": [1e40]'),
      [
        'number.float32 layers[0].weights[0][0]',
        'number.float32 layers[0].weights[0][1]',
        'number.float32 layers[0].bias[0]',
      ],
    ],
    [
      'numbers beside what is none',
      layer('"units": 1, "weights": [[1e999, 1e39]], "bias": [null, 1e39]'),
      [
        'value.infinite layers[0].weights[0][0]',
        'number.float32 layers[0].weights[0][1]',
        'value.type layers[0].bias[0]',
        'bias.length layers[0].bias',
        'number.float32 layers[0].bias[1]',
      ],
    ],
    [
      'parameters of layers that have none',
      layers('{ "type": "flatten", "weights": [[1e39]], "bias": [1e39], "mean": [1] }'),
      [
        'setting.unused layers[0].weights',
        'setting.unused layers[0].bias',
        'setting.unused layers[0].mean',
      ],
    ],
    [
      'statistics of layers that have none',
      layer('"units": 1, "mean": [1, 2, 3]'),
      ['setting.unused layers[0].mean'],
    ],
    [
      'both statistics',
      norm('"mean": [1], "variance": [1]'),
      ['statistics.length layers[0].mean', 'statistics.length layers[0].variance'],
    ],
  ])('%s', (_what, text, told) => {
    expect(codesOf(text)).toEqual(told);
  });

  it.each([
    [9, 9, ''],
    [10, 10, ''],
    [11, 10, ' (and 1 more row)'],
    [12, 10, ' (and 2 more rows)'],
  ])('of %i short rows %i are told', (count, told, more) => {
    const text = layer(`"units": ${count}, "weights": [${Array(count).fill('[1]').join()}]`);
    const messages = parseNetwork(text).issues.map(({ message }) => message);
    const has = (row: number) => `Row ${row} of layers[0].weights has 1 weight`;
    expect(messages.map((message, row) => message.startsWith(`${has(row)},`))).toEqual(
      Array.from({ length: told }, (_, row) => row < told - 1 || more === ''),
    );
    expect(messages.at(-1)).toBe(
      `${has(told - 1)}${more}, the input gives 2: write 2 numbers in each row, or remove the weights to draw them from the seed.`,
    );
  });
});
