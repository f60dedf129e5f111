/** Batch normalisation: against PyTorch (test/reference/make_norm_fixtures.py), by differences and by hand. */
import { describe, expect, it, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { createArena } from '../../src/engine/arena';
import { createTrainer } from '../../src/engine/createTrainer';
import { createTrainer as createReference } from '../../src/engine/referenceTrainer';
import { createGradcheck } from '../../src/engine/gradcheck';
import { initialParameters } from '../../src/engine/initializers';
import { createReferenceKernels } from '../../src/engine/kernels/reference';
import { reductionFactor } from '../../src/engine/losses';
import { Pass } from '../../src/engine/pass';
import { compile, isTrained } from '../../src/engine/plan';
import { readCheckpoint, writeCheckpoint } from '../../src/export/checkpointFile';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { wasmEngines } from './engines';
import { farthest, loadFixtures } from './fixtures';
import { dataset, randomDataset } from './networks';
import { randomImageCase } from './randomImageCases';

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly layers: readonly object[];
  readonly optimizer: object;
  readonly batchSize: number;
  readonly inputs: number[][];
  readonly targets: number[][];
  readonly parameters: number[];
  readonly outputs: number[];
  readonly steps: { parameters: number[]; outputs: number[]; lossValue: number }[];
}

function read(shape: readonly number[], layers: readonly object[], training: object = {}): Network {
  const value = {
    version: 1,
    seed: 5,
    input: { shape },
    layers,
    loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
    training: { precision: 'float64', batchSize: 'all', shuffle: false, ...training },
  };
  const { network, issues } = parseNetwork(JSON.stringify(value));
  if (!network) throw new Error(issues.map(({ message }) => message).join('\n'));
  return network;
}

const NORM = { type: 'batchNorm' };
const DENSE = { type: 'dense', units: 2 };
const fixtures = loadFixtures<Case[]>('norms.float64');

describe('PyTorch computes the same numbers', () => {
  test.each(fixtures)('$name', one => {
    const { optimizer, batchSize } = one;
    const net = read(one.shape, one.layers, { optimizer, batchSize });
    const inputs = Float64Array.from(one.inputs.flat());
    const trainer = createTrainer(net, dataset(one.inputs, one.targets), {
      initial: Float64Array.from(one.parameters),
    });
    const outputs = (): Float64Array => trainer.predict(inputs, one.inputs.length);
    expect(farthest(outputs(), one.outputs, 1e-3)).toBeLessThan(1e-12);
    for (const step of one.steps) {
      trainer.run({ steps: 1 });
      expect(farthest(trainer.readParameters(), step.parameters, 1e-3)).toBeLessThan(1e-9);
      expect(farthest(outputs(), step.outputs, 1e-3)).toBeLessThan(1e-9);
      trainer.evaluate();
      expect(trainer.evaluation.loss).toBeCloseTo(step.lossValue, 10);
    }
  });

  test.each(fixtures)('differences agree, by running statistics: $name', one => {
    const net = read(one.shape, one.layers);
    const [, { parameters }] = one.steps;
    const data = dataset(one.inputs, one.targets);
    const job = createGradcheck(net, data, Float64Array.from(parameters));
    job.run();
    const report = job.report();
    expect(report.failed).toEqual([]);
    expect(report.checked).toBe(inferShapes(net).parameters);
    expect(report.parameters).toBe(report.checked);
    expect(report.worst?.error).toBeLessThan(1e-6);
  });
});

describe.each(wasmEngines)('$name', ({ create }) => {
  test.each(fixtures)('agrees with PyTorch: $name', one => {
    const { optimizer, batchSize } = one;
    const net = read(one.shape, one.layers, { optimizer, batchSize });
    const inputs = Float64Array.from(one.inputs.flat());
    const data = dataset(one.inputs, one.targets);
    const trainer = create(net, data, Float64Array.from(one.parameters));
    for (const step of one.steps) {
      trainer.run({ steps: 1 });
      expect(farthest(trainer.readParameters(), step.parameters, 0.1)).toBeLessThan(1e-4);
      const outputs = trainer.predict(inputs, one.inputs.length);
      expect(farthest(outputs, step.outputs, 0.1)).toBeLessThan(1e-4);
      trainer.evaluate();
      expect(trainer.evaluation.loss).toBeCloseTo(step.lossValue, 4);
    }
  });

  it('leaves out a layer that nothing hangs on, normalises single samples, clips and penalises as the reference', () => {
    const layers = [
      // A bias before a normalisation has no gradient but rounding.
      { type: 'dense', id: 'a', units: 5, useBias: false },
      { ...NORM, id: 'unused', activation: 'tanh' },
      { ...NORM, from: 'a', activation: 'sigmoid', momentum: 0.3 },
      DENSE,
    ];
    for (const clip of [{}, { norm: 0.01 }, { value: 0.001 }]) {
      const training = { batchSize: 3, clip, optimizer: { type: 'adamw', learningRate: 0.02 } };
      const base = read([3], layers, { precision: 'float32', ...training });
      const regularization = { ...base.regularization, l2: 0.1, bias: true };
      const net = { ...base, regularization };
      const data = randomDataset(7, 3, 2);
      const start = initialParameters(net).map((w, i) => w + 0.1 * (i % 3));
      const [ours, exact] = [create, createReference].map(made => made(net, data, start));
      for (const trainer of [ours, exact]) for (let i = 0; i < 4; i++) trainer.run({ steps: 100 });
      expect(farthest(ours.readParameters(), [...exact.readParameters()], 0.1)).toBeLessThan(1e-4);
      expect(ours.gradientNorm).toBeCloseTo(exact.gradientNorm, 4);
      ours.stepSample();
      exact.stepSample();
      expect(farthest(ours.readParameters(), [...exact.readParameters()], 0.1)).toBeLessThan(1e-4);
    }
  });

  it('takes back a step whose statistics overflow', () => {
    const net = read([1], [NORM, { type: 'dense', units: 1 }], { precision: 'float32' });
    const data = dataset([[3e38], [-3e38], [1]], [[0], [0], [0]]);
    const trainer = create(net, data);
    const before = trainer.readParameters();
    expect(trainer.run({ steps: 1 }).type).toBe('diverged');
    expect([...trainer.readParameters()]).toEqual([...before]);
  });
});

test('random networks of the contract suite have some', () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed);
  const found = seeds.filter(seed =>
    randomImageCase(seed).network.layers.some(({ type }) => type === 'batchNorm'),
  );
  expect(found.length).toBeGreaterThan(10);
});

/** Loss and gradient of one batch as a step sees them. */
function trainingPass(net: Network, data: Dataset): (parameters: Float64Array) => Pass {
  const plan = compile(net, inferShapes(net), data.training.length);
  const arena = createArena(plan);
  const pass = new Pass(net, arena, createReferenceKernels('float64', arena.scratch));
  return parameters => {
    arena.parameters.set(parameters);
    pass.gather(data, data.training, 0, data.training.length);
    pass.forward(data.training.length, { seed: 1, epoch: 0, position: 0 });
    return pass;
  };
}

test.each([
  ['a list', [3], [{ type: 'dense', units: 4 }, { ...NORM, activation: 'tanh' }, DENSE]],
  [
    'an image, in branches',
    [4, 3, 2],
    [
      { type: 'conv2d', id: 'a', filters: 2, kernel: [3, 3], padding: 'same' },
      { ...NORM, id: 'b', activation: 'sigmoid' },
      { type: 'add', from: ['a', 'b'], activation: 'tanh' },
      { ...NORM, epsilon: 0.1 },
      DENSE,
    ],
  ],
] as const)('the gradient goes through the statistics of the batch: %s', (_, shape, layers) => {
  const net = read(shape, layers);
  const { inputSize } = inferShapes(net);
  const data = randomDataset(7, inputSize, 2);
  const run = trainingPass(net, data);
  const parameters = initialParameters(net).map((value, i) => value + 0.3 * Math.sin(i + 1));
  const factor = reductionFactor(net.loss.reduction, 7, 2);
  const lossAt = (values: Float64Array): number => factor * run(values).loss(7);
  const pass = run(parameters);
  pass.clearGradients();
  pass.backward(7, factor);
  const gradients = Float64Array.from(pass.arena.gradients);
  const h = 1e-5;
  for (const table of pass.arena.plan.parameterTables) {
    for (let i = table.offset; i < table.offset + table.length; i++) {
      const shifted = (by: number): number =>
        lossAt(parameters.map((value, k) => (k === i ? value + by : value)));
      const numeric = (shifted(h) - shifted(-h)) / (2 * h);
      if (isTrained(table)) expect(gradients[i]).toBeCloseTo(numeric, 7);
      else expect([gradients[i], numeric]).toEqual([0, 0]);
    }
  }
});

describe('running statistics', () => {
  const data = dataset([[1], [3], [8]], [[0], [0], [0]]);
  const layers = [{ ...NORM, momentum: 0.5, learningRateScale: 0 }];

  it('start at 0 and 1, and follow the batch: the variance without bias', () => {
    const trainer = createTrainer(read([1], layers), data);
    expect([...trainer.readParameters()]).toEqual([1, 0, 0, 1]);
    trainer.run({ steps: 1 });
    expect([...trainer.readParameters()]).toEqual([1, 0, 2, 0.5 + 13 / 2]);
  });

  it('are those of the file, and no parameters', () => {
    const net = read([2], [{ ...NORM, mean: [1, 2], variance: [3, 4], bias: [5, 6] }]);
    expect([...initialParameters(net)]).toEqual([1, 1, 5, 6, 1, 2, 3, 4]);
    const { parameters, stored } = inferShapes(net);
    expect([parameters, stored]).toEqual([4, 8]);
  });

  it('normalise the one sample that is left over, and stay', () => {
    const net = read([1], layers, { batchSize: 2 });
    const trainer = createTrainer(net, data);
    trainer.run({ steps: 1 });
    const [, , mean, variance] = trainer.readParameters();
    expect([mean, variance]).toEqual([1, 1.5]);
    trainer.run({ steps: 1 });
    expect([...trainer.readParameters()]).toEqual([1, 0, mean, variance]);
  });

  it('normalise a single sample that a person steps on, also one of an image with one pixel', () => {
    for (const shape of [[2], [1, 1, 2]]) {
      const trainer = createTrainer(read(shape, [NORM, DENSE]), randomDataset(4, 2, 2));
      trainer.stepSample();
      const statistics = trainer.readParameters().slice(4, 8);
      expect([...statistics]).toEqual([0, 0, 1, 1]);
    }
  });

  it('take the pixels of a single image as its numbers', () => {
    const net = read([1, 2, 1], layers, { batchSize: 1 });
    const trainer = createTrainer(net, dataset([[1, 3]], [[0, 0]]));
    trainer.run({ steps: 1 });
    expect([...trainer.readParameters()]).toEqual([1, 0, 1, 0.5 + 1]);
  });

  it('do not decay, and count in no norm and no penalty', () => {
    const optimizer = { type: 'adamw', learningRate: 0.1, weightDecay: 0.5 };
    const still = { ...NORM, momentum: 1, mean: [2], variance: [13] };
    const training = { optimizer, clip: { norm: 1 } };
    const base = read([1], [still], training);
    const regularization = { ...base.regularization, l2: 0.5, bias: true };
    const trainer = createTrainer({ ...base, regularization }, data);
    trainer.run({ steps: 1 });
    const [gamma, , mean, variance] = trainer.readParameters();
    expect([mean, variance]).toEqual([4, 13]);
    expect(gamma).not.toBe(1);
  });

  it('go back with a step that is undone', () => {
    const net = read(
      [1],
      [
        { ...NORM, activation: 'relu' },
        { type: 'dense', units: 1 },
      ],
      {
        optimizer: { type: 'sgd', learningRate: 1e308 },
      },
    );
    const trainer = createTrainer(net, dataset([[1], [3], [8]], [[1], [2], [5]]));
    const before = trainer.readParameters();
    const outcome = trainer.run({ steps: 10 });
    expect(outcome.type).toBe('diverged');
    expect([...trainer.readParameters()]).toEqual([...before]);
  });
});

describe('a checkpoint', () => {
  it('goes on with the same bits, through a file', () => {
    const layers = [{ type: 'dense', units: 3 }, { ...NORM, activation: 'relu' }, DENSE];
    const net = read([2], layers, {
      precision: 'float32',
      batchSize: 3,
      shuffle: true,
      optimizer: { type: 'adam', learningRate: 0.05 },
    });
    const data = randomDataset(10, 2, 2);
    const whole = createTrainer(net, data);
    whole.run({ steps: 2 });
    const bytes = writeCheckpoint(net, whole.checkpoint());
    for (let epoch = 0; epoch < 3; epoch++) whole.run({ steps: 100 });
    const resumed = createTrainer(net, data);
    resumed.resume(readCheckpoint(net, bytes));
    for (let epoch = 0; epoch < 3; epoch++) resumed.run({ steps: 100 });
    expect([...resumed.readParameters()]).toEqual([...whole.readParameters()]);
    expect(resumed.evaluation).toEqual(whole.evaluation);
  });
});

describe('a batch', () => {
  it('is one whole, however large', () => {
    const data = randomDataset(300, 2, 1);
    const trainer = createTrainer(
      read(
        [2],
        [
          { ...NORM, momentum: 1 },
          { type: 'dense', units: 1 },
        ],
      ),
      data,
    );
    trainer.run({ steps: 1 });
    const column = (k: number): number[] =>
      Array.from(data.training, sample => data.inputs.values[2 * sample + k]);
    const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    const found = trainer.readParameters();
    expect(found[4]).toBeCloseTo(mean(column(0)), 12);
    expect(found[5]).toBeCloseTo(mean(column(1)), 12);
  });

  it('is refused where it needs too much memory', () => {
    const net = read([1000, 1000, 1], [NORM, { type: 'dense', units: 1 }], { batchSize: 64 });
    const data = dataset([[0]], [[0]]);
    const training = new Uint32Array(64);
    const large = { ...data, inputSize: 1_000_000, outputSize: 1, training };
    expect(() => createTrainer(net, large)).toThrow(/batchSize: batchNorm needs the whole batch/);
  });
});
