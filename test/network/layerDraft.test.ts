/** What a document says about each type of layer: read, filled in, unknown where it is wrong. */
import { describe, expect, it } from 'vitest';
import {
  initOf,
  inputSize,
  isMerge,
  isWeighted,
  readLayers,
  readOwn,
  typeOf,
} from '../../src/network/layerDraft';
import { initializerSettings } from '../../src/network/catalog';
import { limits } from '../../src/network/limits';
import { syntaxTree } from '../../src/network/syntaxTree';

function tree(text: string) {
  const { root } = syntaxTree(text);
  if (!root) throw new Error('no tree');
  return root;
}
const layer = (text: string) => readLayers(tree(`[${text}]`))[0];

const xavier = { type: 'xavierUniform', value: 0, scale: 1 };
const parameters = { useBias: true, init: xavier, learningRateScale: 1 };

describe('of each type is read', () => {
  it.each([
    [
      '{ "type": "dense", "units": 3 }',
      { type: 'dense', units: 3, activation: 'linear', ...parameters },
    ],
    ['{ "type": "dens" }', { units: undefined, activation: 'linear', ...parameters }],
    ['{}', { units: undefined, activation: 'linear', ...parameters }],
    ['{ "type": "dense", "units": 0, "activation": "rel" }', { type: 'dense', ...parameters }],
    [
      '{ "type": "dense", "units": 1, "useBias": false, "init": "zeros", "learningRateScale": 2, "weights": [[1, 2]], "bias": [3], "activation": "tanh" }',
      {
        ...{ type: 'dense', units: 1, activation: 'tanh', useBias: false, learningRateScale: 2 },
        init: { type: 'zeros', value: 0, scale: 1 },
        weights: [[1, 2]],
      },
    ],
    [
      '{ "type": "dense", "units": 1, "useBias": 1, "bias": [3], "learningRateScale": -1 }',
      { type: 'dense', units: 1, activation: 'linear', init: xavier, bias: [3] },
    ],
    [
      '{ "type": "dense", "units": 1, "weights": [[1], 2], "bias": [null] }',
      { type: 'dense', units: 1, activation: 'linear', ...parameters },
    ],
    [
      '{ "type": "add", "from": ["a", "b"], "units": 3, "weights": [[1]] }',
      { type: 'add', from: ['a', 'b'], activation: 'linear' },
    ],
    [
      '{ "type": "concat", "id": "c", "from": ["a"], "activation": "relu" }',
      { type: 'concat', id: 'c', from: ['a'], activation: 'relu' },
    ],
    ['{ "type": "concat" }', { type: 'concat', from: [], activation: 'linear' }],
    [
      '{ "type": "flatten", "activation": "relu", "units": 3 }',
      { type: 'flatten', activation: 'linear' },
    ],
    ['{ "type": "dropout", "rate": 0.5 }', { type: 'dropout', activation: 'linear', rate: 0.5 }],
    ['{ "type": "dropout" }', { type: 'dropout', activation: 'linear', rate: 0.5 }],
    [
      '{ "type": "conv2d", "filters": 2, "kernel": [3, 4] }',
      {
        type: 'conv2d',
        filters: 2,
        kernel: [3, 4],
        stride: [1, 1],
        padding: 'valid',
        activation: 'linear',
        ...parameters,
      },
    ],
    [
      '{ "type": "conv2d", "filters": 2, "kernel": [3, 4], "stride": [5, 6], "padding": "same", "activation": "relu", "weights": [[1]], "bias": [2] }',
      {
        ...{ type: 'conv2d', filters: 2, kernel: [3, 4], stride: [5, 6], padding: 'same' },
        ...{ activation: 'relu', ...parameters, weights: [[1]], bias: [2] },
      },
    ],
    [
      '{ "type": "conv2d", "filters": 0, "kernel": [3], "stride": [1, 0], "padding": "full" }',
      { type: 'conv2d', activation: 'linear', ...parameters },
    ],
    [
      '{ "type": "maxPool2d", "size": [2, 3] }',
      { type: 'maxPool2d', size: [2, 3], stride: [2, 3], padding: 'valid', activation: 'linear' },
    ],
    [
      '{ "type": "averagePool2d", "size": [2, 3], "stride": [1, 4], "padding": "same" }',
      {
        type: 'averagePool2d',
        size: [2, 3],
        stride: [1, 4],
        padding: 'same',
        activation: 'linear',
      },
    ],
    [
      '{ "type": "maxPool2d", "size": 2, "stride": 2 }',
      { type: 'maxPool2d', padding: 'valid', activation: 'linear' },
    ],
    [
      '{ "type": "maxPool2d", "size": [1, 2, 3] }',
      { type: 'maxPool2d', padding: 'valid', activation: 'linear' },
    ],
    [
      '{ "type": "batchNorm" }',
      {
        ...{ type: 'batchNorm', epsilon: 1e-5, momentum: 0.1, activation: 'linear' },
        ...{ useBias: true, learningRateScale: 1, init: { type: 'constant', value: 1, scale: 1 } },
      },
    ],
    [
      '{ "type": "batchNorm", "epsilon": 0.5, "momentum": 0.25, "init": "zeros", "weights": [[1]], "bias": [2], "mean": [3], "variance": [4], "activation": "relu" }',
      {
        ...{ type: 'batchNorm', epsilon: 0.5, momentum: 0.25, activation: 'relu' },
        ...{ useBias: true, learningRateScale: 1, init: { type: 'constant', value: 1, scale: 1 } },
        ...{ weights: [[1]], bias: [2], mean: [3], variance: [4] },
      },
    ],
  ])('%s', (text, expected) => {
    const read = layer(text);
    // What is not known is undefined, or not there.
    expect(
      Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)),
    ).toEqual(
      Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)),
    );
    for (const key of ['weights', 'bias', 'mean', 'variance', 'id'])
      expect(key in read).toBe(key in expected);
  });
});

describe('sources', () => {
  const from = (text: string) => layer(`{ "type": "dense", "units": 1, "from": ${text} }`).from;
  const merged = (text: string) => layer(`{ "type": "add", "from": ${text} }`).from;

  it.each([
    ['"a"', ['a'], []],
    ['["a"]', ['a'], ['a']],
    ['["a", "b"]', ['a', 'b'], ['a', 'b']],
    ['[]', [], []],
    ['["a", 7]', [], []],
    ['7', [], []],
    ['null', [], []],
  ])('%s', (text, single, several) => {
    expect(from(text)).toEqual(single);
    expect(merged(text)).toEqual(several);
  });

  it('are no more than are possible', () => {
    const ids = Array.from({ length: limits.sources + 1 }, (_, n) => `n${n}`);
    expect(merged(JSON.stringify(ids))).toEqual(ids.slice(0, -1));
  });

  it('are not there where none is written', () => {
    expect(layer('{ "type": "dense", "units": 1 }')).not.toHaveProperty('from');
  });

  it('come with ids that are texts', () => {
    expect(layer('{ "type": "dense", "id": "a" }').id).toBe('a');
    expect(layer('{ "type": "dense", "id": 7 }')).not.toHaveProperty('id');
    expect(layer('{ "type": "add", "id": 7, "from": [] }')).not.toHaveProperty('id');
  });
});

it('no more layers are read than are possible', () => {
  const many = tree(
    `[${Array(limits.layers + 2)
      .fill('{ "type": "flatten" }')
      .join()}]`,
  );
  expect(readLayers(many)).toHaveLength(limits.layers);
  expect(readLayers(undefined)).toEqual([]);
  expect(readLayers(tree('{}'))).toEqual([]);
});

it('merges join, and weighted layers have parameters', () => {
  const types = [
    'dense',
    'add',
    'concat',
    'conv2d',
    'maxPool2d',
    'averagePool2d',
    'flatten',
    'dropout',
    'batchNorm',
  ] as const;
  expect(types.filter(type => isMerge({ type }))).toEqual(['add', 'concat']);
  expect(types.filter(type => isWeighted({ type }))).toEqual(['dense', 'conv2d', 'batchNorm']);
  expect(isMerge({ type: undefined })).toBe(false);
  expect(isWeighted({ type: undefined })).toBe(true);
});

it.each([
  [undefined, undefined],
  [[2, 3, 4], 24],
  [[limits.inputs], limits.inputs],
  [[limits.inputs, 2], undefined],
])('inputs of the shape %j are %s', (shape, size) => {
  expect(inputSize(shape && { shape })).toBe(size);
});

it('settings of a type are those of the type alone', () => {
  const text = tree('{ "units": 3, "rate": 0.5, "filters": 2 }');
  expect(readOwn(text, 'dropout')).toEqual({ rate: 0.5 });
  expect(readOwn(text, 'flatten')).toEqual({});
  expect(readOwn(text, 'add')).toEqual({});
  expect(readOwn(text, 'concat')).toEqual({});
  expect(readOwn(text, undefined)).toEqual({ units: 3, ...parameters });
});

describe('initializers', () => {
  const init = (text: string) => initOf(tree(`{ "init": ${text} }`), 'dense');

  it.each([
    ['"heNormal"', { type: 'heNormal', value: 0, scale: 1 }],
    ['{ "type": "normal", "scale": 0.5 }', { type: 'normal', value: 0, scale: 0.5 }],
    ['{ "type": "constant", "value": -2 }', { type: 'constant', value: -2, scale: 1 }],
    ['{}', xavier],
    ['"he"', undefined],
    ['{ "type": "he" }', undefined],
    ['{ "value": "1" }', undefined],
    ['{ "scale": -1 }', undefined],
  ])('%s', (text, expected) => {
    expect(init(text)).toEqual(expected);
  });

  it('are the usual one where none is written, and ones for batchNorm', () => {
    expect(initOf(tree('{}'), undefined)).toEqual(xavier);
    expect(initOf(tree('{ "init": "zeros" }'), 'batchNorm')).toEqual({
      type: 'constant',
      value: 1,
      scale: 1,
    });
  });

  it('may be written as a name alone', () => {
    const { type } = initializerSettings;
    expect(typeOf(tree('"zeros"'), type)).toBe('zeros');
    expect(typeOf(tree('{ "type": "zeros" }'), type)).toBe('zeros');
    expect(typeOf(tree('["zeros"]'), type)).toBe('xavierUniform');
    expect(typeOf(undefined, type)).toBe('xavierUniform');
    expect(typeOf(tree('"none"'), type)).toBeUndefined();
  });
});
