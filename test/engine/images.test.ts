/** Convolutions, pools, flatten and dropout: against PyTorch (test/reference/make_image_fixtures.py) and by hand. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import type { Inputs } from '../../src/data/inputs';
import { loadDataset } from '../../src/data/load';
import { createTrainer } from '../../src/engine/createTrainer';
import { writeFactors } from '../../src/engine/dropout';
import { createGradcheck, type GradcheckReport } from '../../src/engine/gradcheck';
import { batchGradient } from '../../src/engine/gradient';
import { fansOf, initialParameters } from '../../src/engine/initializers';
import { poolGradient, poolWindows } from '../../src/engine/kernels/pooling';
import { windowOver } from '../../src/network/images';
import type { Network, Precision } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { wasmEngines } from './engines';
import { farthest, loadFixtures } from './fixtures';
import { dataset, randomDataset } from './networks';

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly layers: readonly object[];
  readonly inputs: number[][];
  readonly targets: number[][];
  readonly parameters: number[];
  readonly outputs: number[];
  readonly lossValue: number;
  readonly gradients: number[];
}

/** As a document would say it. */
function read(
  shape: readonly number[],
  layers: readonly object[],
  training: object = {},
  seed = 1,
): Network {
  const value = {
    version: 1,
    seed,
    input: { shape },
    layers,
    loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
    training: { precision: 'float64', batchSize: 'all', ...training },
  };
  const { network, issues } = parseNetwork(JSON.stringify(value));
  if (!network) throw new Error(issues.map(({ message }) => message).join('\n'));
  return network;
}

function check(net: Network, data: Dataset, parameters = initialParameters(net)): GradcheckReport {
  const job = createGradcheck(net, data, parameters);
  job.run();
  return job.report();
}

const fixtures = loadFixtures<Case[]>('images.float64');

describe('PyTorch computes the same numbers', () => {
  test('for every type of layer and both paddings', () => {
    const layers = fixtures.flatMap(one => one.layers) as { type: string; padding?: string }[];
    const types = ['conv2d', 'maxPool2d', 'averagePool2d', 'flatten', 'dense', 'add'];
    expect(new Set(layers.map(({ type }) => type))).toEqual(new Set(types));
    for (const type of types.slice(0, 3)) {
      const paddings = layers.filter(one => one.type === type).map(({ padding }) => padding);
      expect(new Set(paddings)).toEqual(new Set(['valid', 'same']));
    }
  });

  test.each(fixtures)('$name', one => {
    const net = read(one.shape, one.layers);
    const data = dataset(one.inputs, one.targets);
    const parameters = Float64Array.from(one.parameters);
    const trainer = createTrainer(net, data, { initial: parameters });
    const outputs = trainer.predict(Float64Array.from(one.inputs.flat()), one.inputs.length);
    expect(farthest(outputs, one.outputs, 1e-3)).toBeLessThan(1e-12);
    expect(trainer.evaluation.loss).toBeCloseTo(one.lossValue, 12);
    const gradients = batchGradient(net, data, data.training, parameters);
    expect(farthest(gradients, one.gradients, 1e-3)).toBeLessThan(1e-10);
  });

  test.each(fixtures)('differences agree with them: $name', one => {
    const net = read(one.shape, one.layers);
    const data = dataset(one.inputs, one.targets);
    const report = check(net, data, Float64Array.from(one.parameters));
    expect(report.failed).toEqual([]);
    expect(report.checked).toBe(one.parameters.length);
    if (one.parameters.length > 0) expect(report.worst?.error).toBeLessThan(1e-6);
  });
});

describe.each(wasmEngines)('$name', ({ create }) => {
  test.each(fixtures)('agrees with PyTorch: $name', one => {
    const net = read(one.shape, one.layers);
    const data = dataset(one.inputs, one.targets);
    const trainer = create(net, data, Float64Array.from(one.parameters));
    const outputs = trainer.predict(Float64Array.from(one.inputs.flat()), one.inputs.length);
    expect(farthest(outputs, one.outputs, 0.1)).toBeLessThan(1e-5);
    expect(trainer.evaluation.loss).toBeCloseTo(one.lossValue, 5);
    trainer.run({ steps: 1 });
    const { learningRate } = net.training.optimizer;
    const gradients = trainer
      .readParameters()
      .map((w, i) => (Math.fround(one.parameters[i]) - w) / learningRate);
    expect(farthest(gradients, one.gradients, 0.1)).toBeLessThan(1e-4);
  });

  test.each(['numbers', 'bytes'] as const)('drops what the reference drops: %s', type => {
    const [width, samples, rate] = [400, 3, 0.25];
    const layers = [
      { type: 'dropout', rate },
      { type: 'dense', units: 1, activation: 'linear', useBias: false, init: 'zeros' },
    ];
    const optimizer = { type: 'sgd', learningRate: 0.001 };
    const net = read([width], layers, { batchSize: 1, shuffle: false, optimizer });
    const rows = Array.from({ length: samples }, () => Array<number>(width).fill(1));
    const numbers = dataset(
      rows,
      rows.map(() => [1]),
    );
    const bytes: Inputs = {
      type: 'bytes',
      values: new Uint8Array(samples * width).fill(255),
      offset: new Float64Array(width),
      scale: new Float64Array(width).fill(255),
    };
    const trainer = create(net, type === 'bytes' ? { ...numbers, inputs: bytes } : numbers);
    const mask = new Float64Array(width);
    for (let step = 0; step < 2 * samples; step++) {
      const before = trainer.readParameters();
      trainer.run({ steps: 1 });
      const after = trainer.readParameters();
      const place = { seed: 1, epoch: Math.floor(step / samples), position: step % samples };
      writeFactors(mask, place, 0, rate, 1, width);
      expect([...after].map((w, i) => w !== before[i])).toEqual([...mask].map(f => f > 0));
    }
  });
});

describe('float32', () => {
  const layers = [
    { type: 'conv2d', filters: 6, kernel: [3, 3], padding: 'same', activation: 'tanh' },
    { type: 'averagePool2d', size: [2, 2] },
    { type: 'conv2d', filters: 5, kernel: [2, 2], activation: 'relu' },
    { type: 'dense', units: 3, activation: 'linear' },
  ];
  const build = (precision: Precision): Network => read([9, 8, 2], layers, { precision });

  it('gives nearly the numbers of float64 after some steps, over more than one tile', () => {
    const data = randomDataset(150, 144, 3);
    const [single, double] = (['float32', 'float64'] as const).map(precision => {
      const trainer = createTrainer(build(precision), data);
      trainer.run({ steps: 5 });
      return trainer.readParameters();
    });
    expect(farthest(single, [...double], 0.1)).toBeLessThan(1e-4);
    expect(farthest(single, [...double], 0.1)).toBeGreaterThan(0);
  });

  it('is computed in WebAssembly', () => {
    const trainer = createTrainer(build('float32'), randomDataset(4, 144, 3));
    expect(trainer.engine.backend).toBe('wasm plain-4x8');
  });
});

describe('weights from the seed', () => {
  it('spread as wide as the window and the filters say', () => {
    const net = read(
      [9, 9, 4],
      [{ type: 'conv2d', filters: 8, kernel: [3, 5], init: 'xavierUniform', useBias: false }],
    );
    const { layers } = inferShapes(net);
    expect(fansOf(layers[0])).toEqual([60, 120]);
    const weights = initialParameters(net);
    const limit = Math.sqrt(6 / 180);
    expect(weights).toHaveLength(480);
    const largest = Math.max(...weights.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.95 * limit);
  });

  it('are those of the text where it has some', () => {
    const conv = { type: 'conv2d', filters: 1, kernel: [1, 2], weights: [[3, 4]], bias: [5] };
    const net = read([1, 2, 1], [conv]);
    expect([...initialParameters(net)]).toEqual([3, 4, 5]);
    const trainer = createTrainer(net, dataset([[1, 10]], [[0]]));
    expect([...trainer.predict(Float64Array.of(1, 10), 1)]).toEqual([48]);
  });
});

describe('maximum', () => {
  const window = windowOver(
    { height: 2, width: 2, channels: 1 },
    { window: [2, 2], stride: [2, 2], padding: 'valid' },
  );

  it('gives its gradient to the first of equal values', () => {
    const dx = new Float64Array(4);
    poolGradient(
      'maxPool2d',
      dx,
      Float64Array.of(3),
      Float64Array.of(1, 2, 2, -3),
      window,
      1,
      false,
    );
    expect([...dx]).toEqual([0, 3, 0, 0]);
    poolGradient(
      'maxPool2d',
      dx,
      Float64Array.of(1),
      Float64Array.of(7, 2, 2, -3),
      window,
      1,
      true,
    );
    expect([...dx]).toEqual([1, 3, 0, 0]);
  });

  it('lets a value that is no number through, so that an overflow is found', () => {
    const z = new Float64Array(1);
    poolWindows('maxPool2d', z, Float64Array.of(1, NaN, 2, 3), window, 1);
    expect(z[0]).toBeNaN();
  });

  it('counts as a kink where a difference changes which value is the largest', () => {
    const layers = [
      { type: 'conv2d', filters: 1, kernel: [1, 2] },
      { type: 'maxPool2d', size: [1, 2] },
    ];
    const net = read([1, 3, 1], layers);
    const report = check(net, dataset([[1, 0, 1]], [[0]]), Float64Array.of(0.5, 0.5, 0));
    expect(report.failed).toEqual([]);
    expect(report.kinks.length).toBeGreaterThan(0);
  });
});

describe('dropout', () => {
  const layers = [
    { type: 'dropout', rate: 0.25 },
    { type: 'dense', units: 1, activation: 'linear', useBias: false, init: 'zeros' },
  ];
  const WIDTH = 400;
  const ones = dataset([Array<number>(WIDTH).fill(1)], [[1]]);
  const settings = { batchSize: 1, optimizer: { type: 'sgd', learningRate: 1 } };

  /** The mask of the first step: w = 0, so the step takes w to factor · x. */
  function factors(seed: number, steps = 1): number[] {
    const trainer = createTrainer(read([WIDTH], layers, settings, seed), ones);
    trainer.run({ steps: 1 });
    for (let i = 1; i < steps; i++) {
      const parameters = trainer.readParameters();
      trainer.run({ steps: 1 });
      if (i === steps - 1) return [...trainer.readParameters()].map((w, k) => w - parameters[k]);
    }
    return [...trainer.readParameters()];
  }

  it('drops about as many values as its rate says, and enlarges the others', () => {
    const mask = factors(1);
    expect(new Set(mask)).toEqual(new Set([0, 1 / 0.75]));
    const dropped = mask.filter(factor => factor === 0).length / WIDTH;
    // Five standard deviations.
    expect(Math.abs(dropped - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / WIDTH));
  });

  it('is another one for another seed, and the same for the same', () => {
    expect(factors(1)).toEqual(factors(1));
    expect(factors(1)).not.toEqual(factors(2));
  });

  it('is another one in the next epoch', () => {
    const dropped = (mask: number[]): number[] => mask.flatMap((f, k) => (f === 0 ? [k] : []));
    expect(dropped(factors(1, 2))).not.toEqual(dropped(factors(1)));
  });

  it('drops nothing where the network is looked at', () => {
    const net = read([WIDTH], layers, settings);
    const trainer = createTrainer(net, ones, { initial: new Float64Array(WIDTH).fill(2) });
    expect([...trainer.predict(new Float64Array(WIDTH).fill(1), 1)]).toEqual([2 * WIDTH]);
    expect(trainer.evaluation.loss).toBe((2 * WIDTH - 1) ** 2 / 2);
    expect(check(net, ones, new Float64Array(WIDTH).fill(0.001)).failed).toEqual([]);
  });

  it('is the same however a large batch is cut into tiles', () => {
    const [samples, width] = [300, 3];
    const data = randomDataset(samples, width, 1);
    const own = [layers[0], { ...layers[1], type: 'dense' }];
    const optimizer = { type: 'sgd', learningRate: 1 };
    const trainer = createTrainer(read([width], own, { shuffle: false, optimizer }), data);
    trainer.run({ steps: 1 });
    const mask = new Float64Array(samples * width);
    writeFactors(mask, { seed: 1, epoch: 0, position: 0 }, 0, 0.25, samples, width);
    // w = 0, so the step goes along the mean of y · factor · x.
    const expected = Array.from({ length: width }, (_, k) => {
      const terms = Array.from({ length: samples }, (_, r) => {
        const at = r * width + k;
        return data.targets[r] * mask[at] * data.inputs.values[at];
      });
      return terms.reduce((sum, term) => sum + term, 0) / samples;
    });
    expect(farthest(trainer.readParameters(), expected, 1e-3)).toBeLessThan(1e-12);
  });

  it('goes on as before after a checkpoint', () => {
    const deep = [
      { type: 'dense', units: 5, activation: 'tanh' },
      { type: 'dropout', rate: 0.5 },
      { type: 'dense', units: 2, activation: 'linear' },
    ];
    const data = randomDataset(300, 3, 2);
    const net = read([3], deep, { batchSize: 50 });
    const whole = createTrainer(net, data);
    for (let i = 0; i < 8; i++) whole.run({ steps: 1 });
    const first = createTrainer(net, data);
    for (let i = 0; i < 5; i++) first.run({ steps: 1 });
    const second = createTrainer(net, data);
    second.resume(first.checkpoint());
    while (second.step < whole.step) second.run({ steps: 1 });
    expect(second.readParameters()).toEqual(whole.readParameters());
  });
});

describe('media/examples/digits-conv.nn.json', () => {
  const folder = new URL('../../media/examples/', import.meta.url);
  const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

  it('learns the digits', { timeout: 120_000 }, () => {
    const { network } = parseNetwork(text('digits-conv.nn.json'));
    if (!network?.data) throw new Error('The example is wrong.');
    const files = { 'digits_8x8.csv': text('digits_8x8.csv') };
    const { dataset: digits } = loadDataset(network, inferShapes(network), files);
    if (!digits) throw new Error('The data are wrong.');
    const trainer = createTrainer(network, digits);
    while (trainer.epoch < 8) trainer.run({ steps: Infinity });
    expect(trainer.evaluation.validationAccuracy).toBeGreaterThanOrEqual(0.95);
  });
});
