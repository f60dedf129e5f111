/** Schedules and clipping against PyTorch: see test/reference/make_schedule_fixtures.py. */
import { describe, expect, test } from 'vitest';
import { rateAt } from '../../src/engine/schedule';
import type { Clip, Network, Optimizer, Regularization, Schedule } from '../../src/network/network';
import { float32Engines, reference } from './engines';
import { farthest, loadFixtures } from './fixtures';
import { dataset, dense, network, STEADY } from './networks';

interface Run {
  rates: number[];
  norms: number[];
  parameters: number[];
}

interface Case {
  name: string;
  schedule: Partial<Schedule>;
  clip: Partial<Clip>;
  scales: number[];
  regularization: Regularization;
  after: Record<string, Run>;
}

interface Fixtures {
  sizes: number[];
  epochs: number;
  batchSize: number;
  inputs: number[][];
  targets: number[][];
  parameters: number[];
  optimizers: Record<string, Partial<Optimizer>>;
  cases: Case[];
}

function build(fixtures: Fixtures, one: Case, optimizer: Partial<Optimizer>): Network {
  const { sizes, epochs, batchSize } = fixtures;
  const layers = sizes
    .slice(1)
    .map((units, i) => dense(units, 'tanh', { learningRateScale: one.scales[i] }));
  return network(sizes[0], layers, {
    loss: { type: 'meanSquaredError', half: false, reduction: 'mean' },
    regularization: one.regularization,
    optimizer,
    training: {
      ...{ epochs, batchSize, shuffle: false },
      schedule: { ...STEADY.schedule, ...one.schedule },
      clip: { ...STEADY.clip, ...one.clip },
    },
  });
}

describe.each([
  { engine: reference, tolerance: 1e-10, floor: 1e-3 },
  ...float32Engines.map(engine => ({ engine, tolerance: 1e-5, floor: 0.1 })),
])('$engine.name agrees with PyTorch to $tolerance', ({ engine, tolerance, floor }) => {
  const fixtures = loadFixtures<Fixtures>(`schedules.${engine.precision}`);
  const { inputs, targets, epochs, batchSize, parameters } = fixtures;
  const data = dataset(inputs, targets);
  const optimizers = Object.entries(fixtures.optimizers);
  const rows = fixtures.cases.flatMap(one =>
    optimizers.map(([name, settings]) => ({ title: `${one.name}, ${name}`, one, name, settings })),
  );

  test.each(rows)('$title', ({ one, name, settings }) => {
    const net = build(fixtures, one, settings);
    const trainer = engine.create(net, data, Float64Array.from(parameters));
    const { rates, norms, parameters: wanted } = one.after[name];
    const [ownRates, ownNorms]: number[][] = [[], []];
    while (trainer.epoch < epochs) {
      if (trainer.batch === 0) ownRates.push(trainer.learningRate);
      trainer.run({ steps: 1 });
      ownNorms.push(trainer.gradientNorm);
    }
    expect(ownNorms.length).toBe(epochs * Math.ceil(inputs.length / batchSize));
    expect(farthest(ownRates, rates, 1e-6), 'rates').toBeLessThan(1e-12);
    expect(ownRates).toEqual(rates.map((_, epoch) => rateAt(net.training, epoch)));
    expect(farthest(ownNorms, norms, floor), 'norms').toBeLessThan(tolerance);
    expect(farthest(trainer.readParameters(), wanted, floor), 'parameters').toBeLessThan(tolerance);
  });
});
