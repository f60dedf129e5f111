/** What a document says, value by value: read, filled in where it is missing, unknown where it is wrong. */
import { describe, expect, it } from 'vitest';
import { optimizerDefault, readDraft } from '../../src/network/draft';
import { syntaxTree } from '../../src/network/syntaxTree';

function draft(text: string) {
  const { root } = syntaxTree(text);
  if (!root) throw new Error('no tree');
  return readDraft(root);
}

const training = (text: string) => draft(`{ "training": { ${text} } }`).training;
const data = (text: string) => draft(`{ "data": ${text} }`).data;

describe('an empty document', () => {
  it('says what is usual, and leaves out what is not there', () => {
    expect(draft('{}')).toEqual({
      version: 1,
      name: '',
      seed: 0,
      input: undefined,
      layers: [],
      loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
      regularization: { l2: 0, l1: 0, scale: 'lambda/2m', bias: false },
      training: {
        precision: 'float32',
        optimizer: {
          ...{ type: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false, decay: 0.99 },
          ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
        },
        schedule: { type: 'constant', every: 10, factor: 0.5, minimum: 0, warmUp: 0 },
        clip: { norm: null, value: null },
        ...{ batchSize: 32, epochs: 100, shuffle: true },
        stop: { targetLoss: null, patience: null, maxSeconds: null },
      },
    });
    expect(Object.keys(draft('{}'))).not.toContain('data');
    for (const text of ['[]', '7', 'null']) expect(draft(text)).toEqual(draft('{}'));
  });
});

describe('a document that says everything', () => {
  const whole = {
    version: 1,
    name: 'all',
    notation: 'ng',
    seed: 7,
    input: { shape: [2, 1], names: ['a', 'b'] },
    layers: [],
    loss: { type: 'huber', half: false, reduction: 'sum' },
    regularization: { l2: 0.1, l1: 0.2, scale: 'lambda', bias: true },
    training: {
      precision: 'float64',
      optimizer: {
        ...{ type: 'adamw', learningRate: 0.3, momentum: 0.4, nesterov: true, decay: 0.5 },
        ...{ beta1: 0.6, beta2: 0.7, epsilon: 0.8, weightDecay: 0.9 },
      },
      schedule: { type: 'cosine', every: 11, factor: 0.12, minimum: 0.13, warmUp: 14 },
      clip: { norm: 15, value: 16 },
      ...{ batchSize: 17, epochs: 18, shuffle: false },
      stop: { targetLoss: 0.19, patience: 20, maxSeconds: 21 },
    },
    weights: { file: 'w', sha256: 'f'.repeat(64) },
  };

  it('is read as it is written', () => {
    expect(draft(JSON.stringify(whole))).toEqual(whole);
  });

  it('says nothing where a value is wrong, and all else as it is', () => {
    expect(draft(JSON.stringify({ ...whole, seed: -1, name: 7, notation: 'bishop' }))).toEqual({
      ...whole,
      seed: undefined,
      name: undefined,
      notation: undefined,
    });
  });
});

describe('parts of which one value is wrong', () => {
  const input = (text: string) => draft(`{ "input": ${text} }`).input;
  const penalty = (text: string) => draft(`{ "regularization": ${text} }`).regularization;
  const weights = (text: string) => draft(`{ "weights": ${text} }`).weights;
  const stop = (text: string) => training(`"stop": ${text}`).stop;

  it.each([
    '{}',
    '{ "shape": [] }',
    '{ "shape": 2 }',
    '{ "shape": [2, 0] }',
    '{ "shape": ["2"] }',
    '[2]',
  ])('the input %s is not known', text => {
    expect(input(text)).toBeUndefined();
  });

  it.each([
    ['{ "shape": [2] }', { shape: [2] }],
    ['{ "shape": [2], "names": ["a"] }', { shape: [2] }],
    ['{ "shape": [2], "names": ["a", 7] }', { shape: [2] }],
    ['{ "shape": [2], "names": ["a", "b"] }', { shape: [2], names: ['a', 'b'] }],
    ['{ "shape": [1, 2], "names": ["a", "b"] }', { shape: [1, 2], names: ['a', 'b'] }],
  ])('the input %s', (text, expected) => {
    expect(input(text)).toEqual(expected);
  });

  it.each(['{ "l2": -1 }', '{ "l1": -1 }', '{ "scale": "none" }', '{ "bias": 1 }'])(
    'the penalty %s is not known',
    text => {
      expect(penalty(text)).toBeUndefined();
    },
  );

  it.each(['{ "targetLoss": "0" }', '{ "patience": 0 }', '{ "maxSeconds": 0 }'])(
    'the reasons to stop %s are not known',
    text => {
      expect(stop(text)).toBeUndefined();
    },
  );

  it.each([
    ['{ "targetLoss": 0.5 }', { targetLoss: 0.5, patience: null, maxSeconds: null }],
    ['{ "patience": 3 }', { targetLoss: null, patience: 3, maxSeconds: null }],
    ['{ "maxSeconds": 0.5 }', { targetLoss: null, patience: null, maxSeconds: 0.5 }],
    ['{ "patience": null }', { targetLoss: null, patience: null, maxSeconds: null }],
  ])('the reasons to stop %s', (text, expected) => {
    expect(stop(text)).toEqual(expected);
  });

  it.each([
    '{}',
    '{ "file": "w" }',
    '{ "sha256": "a" }',
    '{ "file": "", "sha256": "a" }',
    '{ "file": "w", "sha256": 7 }',
  ])('the file of weights %s is not known', text => {
    expect(weights(text)).toBeUndefined();
    expect(draft(`{ "weights": ${text} }`)).toHaveProperty('weights');
  });
});

describe('training', () => {
  it.each([
    ['"all"', 'all'],
    ['1', 1],
    ['"some"', undefined],
    ['0', undefined],
    ['1.5', undefined],
    ['null', undefined],
  ])('by batches of %s', (text, expected) => {
    expect(training(`"batchSize": ${text}`).batchSize).toBe(expected);
  });

  /** By optimizer: the learning rate and epsilon where nothing is written. */
  const rates = {
    sgd: [0.1, 1e-8],
    rmsprop: [0.01, 1e-8],
    adagrad: [0.01, 1e-10],
    adam: [0.001, 1e-8],
    adamw: [0.001, 1e-8],
  } as const;

  it.each(Object.entries(rates))('by %s has defaults of its own', (type, [rate, epsilon]) => {
    const expected = {
      ...training('').optimizer,
      ...{ type, learningRate: rate, epsilon },
    };
    expect(training(`"optimizer": "${type}"`).optimizer).toEqual(expected);
    expect(training(`"optimizer": { "type": "${type}" }`).optimizer).toEqual(expected);
    expect(optimizerDefault(type as 'sgd', 'learningRate')).toBe(rate);
    expect(optimizerDefault(type as 'sgd', 'epsilon')).toBe(epsilon);
    expect(optimizerDefault(type as 'sgd', 'momentum')).toBe(0);
  });

  it('by an unknown optimizer keeps what else is written, with the usual defaults', () => {
    const { optimizer } = training('"optimizer": { "type": "adm", "beta1": 0.5 }');
    expect(optimizer).toEqual({ ...training('').optimizer, type: undefined, beta1: 0.5 });
  });

  it.each([
    ['constant', 0.5],
    ['step', 0.5],
    ['exponential', 0.97],
    ['cosine', 0.5],
  ])('by the schedule %s has a factor of its own', (type, factor) => {
    const expected = { ...training('').schedule, type, factor };
    expect(training(`"schedule": "${type}"`).schedule).toEqual(expected);
    expect(training(`"schedule": { "type": "${type}" }`).schedule).toEqual(expected);
    const own = training(`"schedule": { "type": "${type}", "factor": 0.25 }`).schedule;
    expect(own).toEqual({ ...expected, factor: 0.25 });
  });

  it('by an unknown schedule keeps what else is written', () => {
    const { schedule } = training('"schedule": { "type": "cos", "every": 3 }');
    expect(schedule).toEqual({ ...training('').schedule, type: undefined, every: 3 });
  });

  it.each([
    ['{ "norm": 1 }', { norm: 1, value: null }],
    ['{ "value": 2 }', { norm: null, value: 2 }],
    ['{ "norm": 0, "value": 2 }', { norm: undefined, value: 2 }],
    ['{ "norm": 1, "value": "2" }', { norm: 1, value: undefined }],
  ])('with the limits %s', (text, expected) => {
    expect(training(`"clip": ${text}`).clip).toEqual(expected);
  });
});

describe('data', () => {
  const usual = { validation: 0, normalize: 'none' };

  it.each([
    ['{ "inline": [] }', { type: 'inline', samples: [] }],
    ['{ "inline": [{ "x": [1], "y": [] }] }', { type: 'inline', samples: [{ x: [1], y: [] }] }],
    ['{ "generator": "xor" }', { type: 'generator', name: 'xor', samples: 4, noise: 0 }],
    ['{ "generator": "sine" }', { type: 'generator', name: 'sine', samples: 400, noise: 0.1 }],
    [
      '{ "generator": "or", "samples": 9, "noise": 0.5 }',
      { type: 'generator', name: 'or', samples: 9, noise: 0.5 },
    ],
    ['{ "csv": "a", "target": "y" }', { type: 'csv', path: 'a', target: 'y' }],
    [
      '{ "csv": "a", "target": ["y"], "inputs": ["b"] }',
      { type: 'csv', path: 'a', target: ['y'], inputs: ['b'] },
    ],
    ['{ "idx": { "images": "i", "labels": "l" } }', { type: 'idx', images: 'i', labels: 'l' }],
  ])('%s', (text, source) => {
    expect(data(text)).toEqual({ source, ...usual });
  });

  it('are split and scaled', () => {
    expect(
      data('{ "generator": "and", "split": { "validation": 0.5 }, "normalize": "minMax" }'),
    ).toMatchObject({ validation: 0.5, normalize: 'minMax' });
  });

  it.each([
    '{}',
    '[]',
    '{ "inline": [{ "x": [1] }] }',
    '{ "inline": [{ "y": [1] }] }',
    '{ "inline": [{ "x": [1], "y": [1] }, { "x": [null], "y": [1] }] }',
    '{ "generator": "nor" }',
    '{ "generator": "xor", "samples": 0 }',
    '{ "generator": "xor", "noise": -1 }',
    '{ "csv": "a" }',
    '{ "csv": "", "target": "y" }',
    '{ "csv": "a", "target": "" }',
    '{ "csv": "a", "target": 7 }',
    '{ "csv": "a", "target": ["y", 7] }',
    '{ "target": "y" }',
    '{ "idx": {} }',
    '{ "idx": { "images": "i" } }',
    '{ "idx": { "labels": "l" } }',
    '{ "generator": "xor", "split": { "validation": 1 } }',
    '{ "generator": "xor", "normalize": "max" }',
  ])('%s are not known', text => {
    expect(data(text)).toBeUndefined();
    expect(draft(`{ "data": ${text} }`)).toHaveProperty('data');
  });
});

describe('tests', () => {
  const tests = (text: string) => draft(`{ "expect": ${text} }`).expect;

  it('are there where they are written', () => {
    expect(draft('{}')).not.toHaveProperty('expect');
    expect(tests('[]')).toEqual([]);
    expect(tests('[{ "gradcheck": true }]')).toEqual([{ type: 'gradcheck' }]);
  });

  it.each([
    '{}',
    '7',
    '[{ "gradcheck": true }, {}]',
    '[7]',
    '[{ "input": [1] }]',
    '[{ "input": 1, "output": [1] }]',
    '[{ "input": [1], "output": ["1"] }]',
    '[{ "input": [1], "output": [1], "tolerance": 0 }]',
    '[{ "loss": {} }]',
    '[{ "loss": { "atMost": "1" } }]',
    '[{ "loss": { "atMost": 1, "afterEpochs": 0.5 } }]',
    '[{ "gradcheck": true, "loss": { "atMost": 1 } }]',
  ])('%s are not known', text => {
    expect(tests(text)).toBeUndefined();
    expect(draft(`{ "expect": ${text} }`)).toHaveProperty('expect');
  });
});
