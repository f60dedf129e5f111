/** What of a network stands in its file: what has an effect, and no setting that is as it would be without. */
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { networkToJson } from '../../src/network/toJson';

type Value = Record<string, unknown>;

const dense = { type: 'dense', units: 2 };

function written(value: Value): Value {
  const file = { version: 1, input: { shape: [2] }, layers: [dense], ...value };
  const { network, issues } = parseNetwork(JSON.stringify(file));
  if (!network) throw new Error(JSON.stringify(issues));
  return networkToJson(network);
}

const whole = {
  version: 1,
  seed: 0,
  input: { shape: [2] },
  layers: [{ type: 'dense', units: 2, activation: 'linear', init: 'xavierUniform' }],
  loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
  training: {
    precision: 'float32',
    optimizer: { type: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false },
    batchSize: 32,
    epochs: 100,
    shuffle: true,
  },
};

it('a network of defaults has those that are read aloud: how it computes and how it trains', () => {
  expect(written({})).toEqual(whole);
  expect(Object.keys(written({ name: 'a', data: { generator: 'xor' } }))).toEqual([
    'version',
    'name',
    'seed',
    'input',
    'layers',
    'loss',
    'training',
    'data',
  ]);
});

describe('settings of the network', () => {
  const penalty = { scale: 'lambda', bias: true };
  it.each<[string, Value]>([
    ['a name', { name: 'XOR' }],
    ['a notation', { notation: 'ng' }],
    ['a seed', { seed: 7 }],
    ['a shape', { input: { shape: [2, 1] } }],
    ['names', { input: { shape: [2], names: ['a', 'b'] } }],
    ['weight decay of both kinds', { regularization: { ...penalty, l2: 0.1, l1: 0.2 } }],
    ['weight decay of squares', { regularization: { ...penalty, l2: 0.1, l1: 0 } }],
    ['weight decay of amounts', { regularization: { ...penalty, l2: 0, l1: 0.2 } }],
    ['a file of weights', { weights: { file: 'w.bin', sha256: 'a'.repeat(64) } }],
    ['no halves', { loss: { type: 'meanSquaredError', half: false, reduction: 'sum' } }],
    ['a loss without halves', { loss: { type: 'meanAbsoluteError', reduction: 'mean' } }],
  ])('%s stand as they were read', (_, value) =>
    expect(written(value)).toEqual({ ...whole, ...value }),
  );

  it.each<[string, Value]>([
    ['an empty name', { name: '' }],
    ['no weight decay', { regularization: { l2: 0, l1: 0 } }],
    ['no limits', { training: { clip: {}, stop: {} } }],
    ['limits that are none', { training: { clip: { norm: null }, stop: { patience: null } } }],
    ['a rate that stays', { training: { schedule: 'constant' } }],
    ['no warming up', { training: { schedule: { type: 'constant', warmUp: 0 } } }],
  ])('%s: not there', (_, value) => expect(written(value)).toEqual(whole));
});

describe('the training', () => {
  const training = (value: Value): Value => written({ training: value }).training as Value;

  it.each<Value>([
    { type: 'sgd', learningRate: 0.5, momentum: 0.9, nesterov: true, weightDecay: 0.1 },
    { type: 'rmsprop', learningRate: 0.5, decay: 0.8, epsilon: 1e-5, weightDecay: 0 },
    { type: 'adam', learningRate: 0.5, beta1: 0.8, beta2: 0.9, epsilon: 1e-5, weightDecay: 0 },
  ])('has the settings of its optimizer: $type', optimizer => {
    const found = training({ optimizer }).optimizer as Value;
    expect(optimizer).toMatchObject(found);
    expect(found).toMatchObject({ type: optimizer.type, learningRate: 0.5 });
    expect(training({ optimizer: found }).optimizer).toEqual(found);
  });

  it.each<Value>([
    { type: 'step', every: 3, factor: 0.5 },
    { type: 'step', every: 3, factor: 0.5, warmUp: 2 },
    { type: 'exponential', factor: 0.5 },
    { type: 'cosine', minimum: 0.01, warmUp: 1 },
    { type: 'constant', warmUp: 5 },
  ])('has its schedule: %o', schedule => {
    expect(training({ schedule })).toEqual({ ...whole.training, schedule });
  });

  it.each<Value>([
    { clip: { norm: 1 } },
    { clip: { value: 0.5 } },
    { stop: { targetLoss: 0 } },
    { stop: { patience: 3, maxSeconds: 10 } },
    { precision: 'float64', batchSize: 'all', epochs: 3, shuffle: false },
  ])('has %o', value => expect(training(value)).toEqual({ ...whole.training, ...value }));
});

describe('a layer', () => {
  /** Behind a named dense layer, before a dense layer where it needs one. */
  const layer = (value: Value, shape: readonly number[] = [2]): unknown =>
    (written({ input: { shape }, layers: [{ ...dense, id: 'a' }, value] }).layers as Value[])[1];
  const first = (value: Value, shape: readonly number[]): unknown =>
    (written({ input: { shape }, layers: [value] }).layers as Value[])[0];

  const usual = { activation: 'linear', init: 'xavierUniform' };
  it.each<Value>([
    { type: 'dense', units: 2, ...usual },
    { type: 'dense', id: 'b', from: 'a', units: 2, ...usual },
    { type: 'dense', units: 2, activation: 'relu', init: 'zeros' },
    { type: 'dense', units: 2, activation: 'relu', init: { type: 'normal', scale: 0.5 } },
    { type: 'dense', units: 2, activation: 'relu', init: { type: 'constant', value: 0.5 } },
    { type: 'dense', units: 2, activation: 'linear', useBias: false, init: 'xavierUniform' },
    { type: 'dense', units: 2, ...usual, learningRateScale: 0 },
    { type: 'dense', units: 1, ...usual, weights: [[1, 2]], bias: [3] },
    { type: 'dense', units: 1, ...usual, weights: [[1, 2]] },
    { type: 'dense', units: 1, ...usual, bias: [3] },
    { type: 'add', from: ['a', 'input'] },
    { type: 'concat', id: 'c', from: ['input', 'a'], activation: 'tanh' },
    { type: 'dropout', rate: 0.25 },
    { type: 'dropout', id: 'd', from: 'input', rate: 0 },
    { type: 'batchNorm' },
    { type: 'batchNorm', id: 'n', from: 'a', activation: 'relu' },
    { type: 'batchNorm', epsilon: 0.01, momentum: 0.5 },
    { type: 'batchNorm', epsilon: 0.01 },
    { type: 'batchNorm', useBias: false, learningRateScale: 2 },
    { type: 'batchNorm', weights: [[1], [2]], bias: [3, 4], mean: [5, 6], variance: [7, 8] },
    { type: 'batchNorm', mean: [5, 6], variance: [7, 8] },
  ])('of a list stands as it was read: %o', value => {
    expect(layer(value)).toEqual(value);
    expect(Object.keys(layer(value) as object)).toEqual(Object.keys(value));
  });

  const conv = { type: 'conv2d', filters: 1, kernel: [2, 3] };
  it.each<Value>([
    { ...conv, ...usual },
    { ...conv, stride: [1, 2], ...usual },
    { ...conv, stride: [2, 1], ...usual },
    { ...conv, stride: [2, 2], padding: 'same', ...usual },
    { ...conv, id: 'c', ...usual, useBias: false, weights: [[1, 2, 3, 4, 5, 6]] },
    { type: 'flatten' },
    { type: 'flatten', id: 'f', from: 'input' },
    { type: 'maxPool2d', size: [2, 3] },
    { type: 'maxPool2d', size: [2, 3], stride: [2, 2] },
    { type: 'maxPool2d', size: [2, 3], stride: [3, 3] },
    { type: 'maxPool2d', size: [2, 3], padding: 'same' },
    { type: 'averagePool2d', id: 'p', size: [3, 3], stride: [1, 1], padding: 'same' },
  ])('of an image stands as it was read: %o', value =>
    expect(first(value, [4, 4, 1])).toEqual(value),
  );

  it('says nothing that would be so without: steps, padding, one source in a list', () => {
    const pool = { type: 'maxPool2d', size: [2, 3] };
    expect(first({ ...pool, stride: [2, 3], padding: 'valid' }, [4, 4, 1])).toEqual(pool);
    const plain = { ...conv, ...usual };
    expect(first({ ...plain, stride: [1, 1], padding: 'valid' }, [4, 4, 1])).toEqual(plain);
    expect(layer({ type: 'dropout', from: ['a'], rate: 0.5 })).toEqual({
      ...{ type: 'dropout', from: 'a', rate: 0.5 },
    });
    const norm = { type: 'batchNorm', epsilon: 1e-5, momentum: 0.1, activation: 'linear' };
    expect(layer({ ...norm, useBias: true, learningRateScale: 1 })).toEqual({ type: 'batchNorm' });
  });
});

describe('the data', () => {
  it.each<Value>([
    { inline: [{ x: [1, 2], y: [3, 4] }] },
    { inline: [{ x: [1, 2], y: [3, 4] }], split: { validation: 0.5 }, normalize: 'standard' },
    { generator: 'circle', samples: 50, noise: 0.25 },
    { csv: 'a.csv', target: ['y'] },
    { csv: 'a.csv', inputs: ['u', 'v'], target: ['y', 'z'], normalize: 'minMax' },
    { idx: { images: 'a.idx', labels: 'b.idx' }, split: { validation: 0.25 } },
  ])('stand as they were read: %o', data => expect(written({ data }).data).toEqual(data));

  it('say nothing of a split that is none', () => {
    const data = { csv: 'a.csv', target: ['y'] };
    expect(
      written({ data: { ...data, split: { validation: 0 }, normalize: 'none' } }).data,
    ).toEqual(data);
  });
});

it('expectations stand as they were read, without what would be so anyway', () => {
  const expected = [
    { gradcheck: true },
    { name: 'gradients', gradcheck: true },
    { loss: { atMost: 0.1 } },
    { name: 'small', loss: { atMost: 0.1, afterEpochs: 1 } },
    { input: [1, 2], output: [3, 4] },
    { name: 'one', input: [1, 2], output: [3, 4], tolerance: 0.5 },
  ];
  expect(written({ expect: expected }).expect).toEqual(expected);
  const plain = { input: [1, 2], output: [3, 4] };
  const [loss, sample] = written({
    expect: [{ loss: { atMost: 1, afterEpochs: 0 } }, { ...plain, tolerance: 1e-6 }],
  }).expect as unknown[];
  expect(loss).toEqual({ loss: { atMost: 1 } });
  expect(sample).toMatchObject(plain);
});
