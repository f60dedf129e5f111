/** Networks with branches: forward, backward and training against numbers computed apart from the engine. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementActivations, softmaxRow } from '../../src/engine/activations';
import { createGradcheck, type GradcheckReport } from '../../src/engine/gradcheck';
import { batchGradient } from '../../src/engine/gradient';
import { initialParameters } from '../../src/engine/initializers';
import { createTrainer } from '../../src/engine/referenceTrainer';
import type { Dataset } from '../../src/data/dataset';
import type { ActivationName, Layer, LossName, Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { dense, merge, network, randomDataset, RESIDUAL, TANGLED, TWO_BRANCHES } from './networks';

const NETWORKS = { RESIDUAL, TWO_BRANCHES, TANGLED };
const names = Object.keys(NETWORKS) as (keyof typeof NETWORKS)[];

/** Parameters that are all different from 0, biases included. */
function scattered(net: Network): Float64Array {
  return initialParameters(net).map((w, i) => 0.5 * w + 0.5 * Math.sin(3 * i + 1));
}

/** Outputs of one sample, by the definition: nothing of the engine but the activations. */
function outputOf(net: Network, parameters: Float64Array, x: Float64Array): number[] {
  const known = new Map<string, readonly number[]>([['input', [...x]]]);
  let above: readonly number[] = [...x];
  let offset = 0;
  for (const layer of net.layers) {
    const sources = layer.from?.map(id => known.get(id) ?? []) ?? [above];
    const z =
      layer.type === 'dense'
        ? weigh(layer.units, sources[0], parameters.subarray(offset))
        : layer.type === 'concat'
          ? sources.flat()
          : sources[0].map((_, j) => sources.reduce((sum, source) => sum + source[j], 0));
    if (layer.type === 'dense') offset += layer.units * (sources[0].length + 1);
    above = activate(layer.activation, z);
    if (layer.id) known.set(layer.id, above);
  }
  return [...above];
}

function weigh(units: number, x: readonly number[], parameters: Float64Array): number[] {
  return Array.from({ length: units }, (_, j) =>
    x.reduce(
      (sum, value, k) => sum + parameters[j * x.length + k] * value,
      parameters[units * x.length + j],
    ),
  );
}

function activate(name: ActivationName, z: readonly number[]): number[] {
  if (name !== 'softmax') return z.map(value => elementActivations[name].value(value));
  const a = new Float64Array(z.length);
  softmaxRow(a, z, 0, z.length);
  return [...a];
}

function check(net: Network, data: Dataset, parameters = scattered(net)): GradcheckReport {
  const job = createGradcheck(net, data, parameters);
  job.run();
  return job.report();
}

describe.each(names)('%s', name => {
  const net = network(3, NETWORKS[name]);
  const data = randomDataset(9, 3, 2);

  test('forward is what the layers define', () => {
    const parameters = scattered(net);
    const outputs = createTrainer(net, data, parameters).predict(data.inputs.values, data.samples);
    for (let s = 0; s < data.samples; s++) {
      const expected = outputOf(net, parameters, data.inputs.values.subarray(3 * s, 3 * s + 3));
      expected.forEach((e, j) => expect(outputs[2 * s + j]).toBeCloseTo(e, 13));
    }
  });

  test('every gradient agrees with differences', () => {
    const report = check(net, data);
    expect(report.failed).toEqual([]);
    expect(report.checked).toBe(inferShapes(net).parameters);
    expect(report.worst?.error).toBeLessThan(1e-6);
  });

  test.each(['float32', 'float64'] as const)(
    'trains in %s, and the same bytes again',
    precision => {
      const run = (): { bytes: string; before: number; after: number } => {
        const trained = network(3, NETWORKS[name], {
          optimizer: { type: 'adam', learningRate: 0.01 },
          training: { precision, batchSize: 4 },
        });
        const trainer = createTrainer(trained, data);
        const before = trainer.evaluation.loss;
        for (let i = 0; i < 100; i++) trainer.run({ steps: Infinity });
        const bytes = Buffer.from(trainer.readParameters().buffer).toString('base64');
        return { bytes, before, after: trainer.evaluation.loss };
      };
      const first = run();
      expect(first.after).toBeLessThan(0.5 * first.before);
      expect(run()).toEqual(first);
    },
  );

  test('tiles add up to the whole batch', () => {
    const big = randomDataset(300, 3, 2);
    const parameters = scattered(net);
    const plain = network(3, NETWORKS[name], { optimizer: { learningRate: 1 } });
    const trainer = createTrainer(plain, big, parameters);
    expect(trainer.plan.batchRows).toBeLessThan(300);
    trainer.run({ steps: 1 });
    const gradient = batchGradient(plain, big, big.training, parameters);
    trainer
      .readParameters()
      .forEach((w, i) => expect(w).toBeCloseTo(parameters[i] - gradient[i], 12));
  });
});

test('a layer that leads nowhere has no gradient, and its overflow stops nothing', () => {
  const net = network(3, TANGLED, { optimizer: { learningRate: 0.1 } });
  const data = randomDataset(9, 3, 2);
  const start = scattered(net);
  const place = 12 + 12;
  const unused = start.length - 2 * 10 - 2 * 4;
  expect(
    inferShapes(net)
      .layers.slice(0, 4)
      .map(({ parameters }) => parameters),
  ).toEqual([12, 12, 0, 16]);
  const gradient = batchGradient(net, data, data.training, start);
  expect([...gradient.subarray(place, place + 16)].every(g => g === 0)).toBe(true);
  expect(unused).toBe(place + 16);
  start.fill(1e308, place, place + 16);
  const trainer = createTrainer(net, data, start);
  const outcome = trainer.run({ steps: Infinity });
  expect(outcome.type).toBe('epoch');
  expect([...trainer.readParameters().subarray(place, place + 16)].every(w => w === 1e308)).toBe(
    true,
  );
});

test('the penalty descends weights that lead nowhere, and gradcheck says so', () => {
  const net = network(3, TANGLED, { regularization: { l2: 0.3, scale: 'lambda' } });
  const report = check(net, randomDataset(9, 3, 2));
  expect(report.failed).toEqual([]);
  expect(report.checked).toBe(inferShapes(net).parameters);
});

test('divergence is named at the merge in which it happens', () => {
  const layers = [
    dense(1, 'linear', { id: 'a' }),
    dense(1, 'linear', { id: 'b', from: ['input'] }),
    merge('add', 1, ['a', 'b']),
  ];
  const net = network(1, layers);
  const data = randomDataset(2, 1, 1);
  data.inputs.values.fill(1);
  const parameters = Float64Array.of(1.5e308, 0, 1.5e308, 0);
  const outcome = createTrainer(net, data, parameters).run({ steps: 1 });
  expect(outcome).toMatchObject({
    type: 'diverged',
    divergence: { layer: 2, row: 0, quantity: 'weightedInput', value: Infinity },
  });
});

const LOSSES: readonly [LossName, ActivationName, 'real' | 'oneHot'][] = [
  ['meanSquaredError', 'linear', 'real'],
  ['meanSquaredError', 'softmax', 'oneHot'],
  ['huber', 'tanh', 'real'],
  ['binaryCrossEntropy', 'sigmoid', 'oneHot'],
  ['crossEntropy', 'softmax', 'oneHot'],
];

describe.each(['add', 'concat'] as const)('the loss at an %s', type => {
  test.each(LOSSES)('%s after %s', (loss, activation, targets) => {
    const width = type === 'add' ? 4 : 2;
    const layers = [
      dense(5, 'tanh', { id: 'trunk' }),
      dense(width, 'silu', { id: 'a' }),
      dense(width, 'tanh', { id: 'b', from: ['trunk'] }),
      merge(type, 4, ['b', 'a'], activation),
    ];
    const net = network(3, layers, { loss: { type: loss } });
    const report = check(net, randomDataset(12, 3, 4, targets));
    expect(report.failed).toEqual([]);
    expect(report.worst?.error).toBeLessThan(1e-6);
    expect(report.checked).toBe(inferShapes(net).parameters);
  });
});

describe('pieces behind a merge', () => {
  const through = (first: ActivationName, joined: ActivationName): Network =>
    network(2, [
      dense(3, first, { id: 'a' }),
      dense(3, 'tanh', { id: 'b' }),
      merge('add', 3, ['a', 'b'], joined),
      dense(2, 'linear'),
    ]);
  const data = randomDataset(3, 2, 2);

  test('a kink of a merge is named a kink', () => {
    const net = network(1, [
      dense(1, 'linear', { id: 'a', useBias: false }),
      merge('add', 1, ['a', 'input'], 'relu'),
    ]);
    const at = randomDataset(1, 1, 1);
    at.inputs.values.fill(1);
    at.targets.fill(3);
    const report = check(net, at, Float64Array.of(-1));
    expect(report.kinks).toHaveLength(1);
    expect(report.failed).toEqual([]);
  });

  test('a step on every path makes the layers before it flat', () => {
    const report = check(through('tanh', 'step'), data);
    expect(report.flat).toBe(9 + 12);
    expect(report.failed).toEqual([]);
    expect(report.worst?.error).toBeLessThan(1e-6);
  });

  test('a path around a step lets the gradient through', () => {
    const layers = [
      dense(3, 'tanh', { id: 'a' }),
      dense(3, 'step', { id: 'b' }),
      merge('add', 3, ['a', 'b']),
      dense(2, 'linear'),
    ];
    const report = check(network(2, layers), data);
    expect(report.flat).toBe(12);
    expect(report.failed).toEqual([]);
    expect(report.worst).toBeDefined();
  });
});

/** Random networks: each layer takes from any that stand above it. */
const graphs = fc
  .array(
    fc.record({
      type: fc.constantFrom('dense', 'dense', 'add', 'concat'),
      units: fc.integer({ min: 1, max: 4 }),
      activation: fc.constantFrom<ActivationName>('tanh', 'sigmoid', 'gelu', 'linear', 'softplus'),
      picks: fc.array(fc.nat(), { minLength: 2, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map(recipes => {
    const sizes = [2];
    const ids = ['input'];
    const layers = recipes.map((recipe, index): Layer => {
      const { activation } = recipe;
      const places = [...new Set(recipe.picks.map(pick => pick % sizes.length))];
      const alike = places.filter(place => sizes[place] === sizes[places[0]]);
      const joined = recipe.type === 'add' ? alike : places;
      const id = `l${index}`;
      const from = joined.map(place => ids[place]);
      ids.push(id);
      if (recipe.type === 'dense' || joined.length < 2) {
        sizes.push(recipe.units);
        return dense(recipe.units, activation, { id, from: from.slice(0, 1) });
      }
      const units = joined.reduce((sum, place) => sum + sizes[place], 0);
      const type = recipe.type === 'add' ? 'add' : 'concat';
      sizes.push(type === 'add' ? sizes[joined[0]] : units);
      return merge(type, sizes[sizes.length - 1], from, activation, id);
    });
    return network(2, [...layers, dense(2, 'linear')]);
  });

test('gradcheck passes for random graphs', () => {
  const data = randomDataset(4, 2, 2);
  fc.assert(
    fc.property(graphs, net => {
      const parameters = scattered(net);
      const outputs = createTrainer(net, data, parameters).predict(data.inputs.values, 4);
      outputOf(net, parameters, data.inputs.values.subarray(0, 2)).forEach((e, j) =>
        expect(outputs[j]).toBeCloseTo(e, 10),
      );
      expect(check(net, data, parameters).failed).toEqual([]);
    }),
    { numRuns: 150, seed: 9 },
  );
});
