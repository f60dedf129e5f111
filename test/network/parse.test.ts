import { describe, expect, it } from 'vitest';
import { dataFiles, foldersAbove } from '../../src/network/dataFiles';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { layer, network, unmark } from './support/marked';

function parsed(text: string): Network {
  const { network: found, issues } = parseNetwork(text);
  expect(issues.filter(issue => issue.severity === 'error')).toEqual([]);
  if (!found) throw new Error('no network');
  return found;
}

describe('parseNetwork', () => {
  it('fills in every default', () => {
    expect(parsed(network())).toEqual({
      version: 1,
      name: '',
      seed: 0,
      input: { shape: [2] },
      layers: [
        {
          type: 'dense',
          units: 1,
          activation: 'sigmoid',
          useBias: true,
          init: { type: 'xavierUniform', value: 0, scale: 1 },
          learningRateScale: 1,
        },
      ],
      loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
      regularization: { l2: 0, l1: 0, scale: 'lambda/2m', bias: false },
      training: {
        precision: 'float32',
        optimizer: {
          type: 'sgd',
          learningRate: 0.1,
          momentum: 0,
          nesterov: false,
          decay: 0.99,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-8,
          weightDecay: 0.01,
        },
        schedule: { type: 'constant', every: 10, factor: 0.5, minimum: 0, warmUp: 0 },
        clip: { norm: null, value: null },
        batchSize: 32,
        epochs: 100,
        shuffle: true,
        stop: { targetLoss: null, patience: null, maxSeconds: null },
      },
    });
  });

  it('reads names in place of objects, and the defaults that belong to them', () => {
    const text = network({
      training: '{ "optimizer": "adam", "batchSize": "all", "stop": { "patience": null } }',
      layers: '[{ "type": "dense", "units": 1, "init": "heNormal" }]',
    });
    const { training, layers } = parsed(text);
    expect(training.optimizer).toMatchObject({ type: 'adam', learningRate: 0.001 });
    expect(training.batchSize).toBe('all');
    expect(layers[0]).toMatchObject({ init: { type: 'heNormal' } });
  });

  it('reads branches: ids, sources with and without a list, and the sizes of what is joined', () => {
    const text = network({
      layers: `[
        { "type": "dense", "id": "a", "units": 3 },
        { "type": "dense", "id": "b", "from": "input", "units": 3, "bias": [1, 2, 3] },
        { "type": "add", "id": "sum", "from": ["b", "a"], "activation": "relu" },
        { "type": "concat", "from": ["sum", "input", "a"], "units": 77 },
        { "type": "dense", "units": 1, "weights": [[1, 2, 3, 4, 5, 6, 7, 8]] }
      ]`,
    });
    const { layers } = parsed(text);
    expect(layers.map(({ units }) => units)).toEqual([3, 3, 3, 8, 1]);
    expect(layers[0]).not.toHaveProperty('from');
    expect(layers[1]).toMatchObject({ from: ['input'], bias: [1, 2, 3] });
    expect(layers[2]).toEqual({
      type: 'add',
      id: 'sum',
      from: ['b', 'a'],
      units: 3,
      activation: 'relu',
    });
    expect(layers[3]).toEqual({
      type: 'concat',
      from: ['sum', 'input', 'a'],
      units: 8,
      activation: 'linear',
    });
  });

  it('reads the three kinds of data', () => {
    const source = (text: string) => parsed(network({ data: text })).data?.source;
    expect(source('{ "inline": [{ "x": [1, 2], "y": [0.5] }] }')).toEqual({
      type: 'inline',
      samples: [{ x: [1, 2], y: [0.5] }],
    });
    expect(source('{ "generator": "moons" }')).toEqual({
      type: 'generator',
      name: 'moons',
      samples: 400,
      noise: 0.1,
    });
    expect(source('{ "generator": "xor" }')).toMatchObject({ samples: 4, noise: 0 });
    expect(source('{ "csv": "data/a.csv", "inputs": ["a"], "target": ["y", "z"] }')).toEqual({
      type: 'csv',
      path: 'data/a.csv',
      inputs: ['a'],
      target: ['y', 'z'],
    });
  });

  it('names the files that the data are in', () => {
    expect(dataFiles(parsed(network()))).toEqual([]);
    expect(dataFiles(parsed(network({ data: '{ "csv": "b.csv", "target": "y" }' })))).toEqual([
      'b.csv',
    ]);
  });

  it('tolerates comments, trailing commas and a byte order mark, with offsets of the text as it is', () => {
    const marked = `\ufeff// a network\n{ "version": 1, /* in */ "input": { "shape": [2,], },
      "layers": [{ "type": "dense", "units": «0», }, ], }`;
    const { text, range } = unmark(marked);
    const { issues } = parseNetwork(text);
    expect(issues.map(issue => [issue.code, issue.range])).toEqual([['value.range', range]]);
    parsed(text.replace('"units": 0', '"units": 3'));
  });

  it('lets the last of two equal keys count', () => {
    expect(parsed(network({ seed: '1, "seed": 2' })).seed).toBe(2);
  });

  it('leaves out data that do not fit, so that the network can still be drawn and edited', () => {
    const text = network({ data: '{ "inline": [{ "x": [1], "y": [1] }] }' });
    const { network: found, issues } = parseNetwork(text);
    expect(issues.map(issue => [issue.severity, issue.code])).toEqual([['error', 'data.inputs']]);
    expect(found).toBeDefined();
    expect(found).not.toHaveProperty('data');
  });

  it('sketches the layers where only parameters or data are wrong', () => {
    const one = '{ "type": "dense", "id": "a", "units": 2, "weights": [[1, 2], [3, 4]] }';
    const wrong = '{ "type": "dense", "units": 1, "weights": [[1, null]], "bias": [1, 2] }';
    const text = network({ layers: `[${one}, ${wrong}]`, data: '{ "csv": "/x", "target": "y" }' });
    const { network: found, sketch, issues } = parseNetwork(text);
    expect(found).toBeUndefined();
    expect(issues.map(issue => issue.code).sort()).toEqual([
      'bias.length',
      'data.path',
      'value.type',
    ]);
    expect(sketch?.layers).toMatchObject([
      {
        id: 'a',
        weights: [
          [1, 2],
          [3, 4],
        ],
      },
      { units: 1 },
    ]);
    for (const key of ['weights', 'bias']) expect(sketch?.layers[1]).not.toHaveProperty(key);
    expect(sketch).not.toHaveProperty('data');
  });

  it.each([
    ['right', network()],
    ['wrong in its layers', layer('"units": 0, "weights": [[1]]')],
    ['wrong in its graph', layer('"units": 1, "from": "nobody"')],
    [
      'wrong in more than can be listed',
      layer(`"units": 1, "weights": [[${Array(600).fill('null').join()}]]`),
    ],
    ['no JSON', '{'],
  ])('sketches nothing of a text that is %s', (_why, text) => {
    expect(parseNetwork(text).sketch).toBeUndefined();
  });

  it('takes inline targets as they are written, also where they could be classes', () => {
    const layers = '[{ "type": "dense", "units": 3, "activation": "softmax" }]';
    const loss = '{ "type": "crossEntropy" }';
    const samples = [7, 8, 9].map(value => `{ "x": [0, 0], "y": [${value}] }`).join(', ');
    const { issues } = parseNetwork(network({ layers, loss, data: `{ "inline": [${samples}] }` }));
    expect(issues.map(issue => issue.code)).toEqual(['data.outputs']);
  });
});

describe('foldersAbove', () => {
  it.each([
    ['a.csv', 0],
    ['a/../b.csv', 0],
    ['../a.csv', 1],
    ['../a/../../b.csv', 2],
    ['a/../../../b/c.csv', 2],
  ])('of %s is %i', (path, above) => {
    expect(foldersAbove(path)).toBe(above);
  });
});
