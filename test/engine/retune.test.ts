import { describe, expect, it } from 'vitest';
import { createTrainer } from '../../src/engine/createTrainer';
import { createTrainer as createReference } from '../../src/engine/referenceTrainer';
import type { Trainer } from '../../src/engine/trainer';
import type { Network, Optimizer } from '../../src/network/network';
import { tuningOf, withTuning } from '../../src/network/tuning';
import { dense, network, randomDataset } from './networks';

const data = randomDataset(50, 3, 2, 'oneHot', 10);

type Options = Parameters<typeof network>[2];

const build = (optimizer: Partial<Optimizer>, options: Options = {}): Network =>
  network(3, [dense(5, 'tanh'), dense(2, 'softmax')], {
    seed: 4,
    loss: { type: 'crossEntropy' },
    ...options,
    optimizer: { learningRate: 0.05, ...optimizer },
    training: { precision: 'float64', batchSize: 8, shuffle: true, ...options?.training },
  });

const steps = (trainer: Trainer, count: number): void => {
  const end = trainer.step + count;
  while (trainer.step < end) trainer.run({ steps: 1 });
};

type Create = (network: Network, dataset: typeof data) => Trainer;

/** A trainer that goes on from another with other settings. */
function goOn(trainer: Trainer, to: Network, create: Create = createReference): Trainer {
  const next = create(trainer.network, data);
  next.resume(trainer.checkpoint());
  next.tune(tuningOf(to));
  return next;
}

describe.each([
  ['float64', createReference],
  ['float32', createTrainer],
] as const)('other settings, %s', (precision, create) => {
  const of = (optimizer: Partial<Optimizer>, options: Options = {}): Network =>
    build(optimizer, { ...options, training: { precision, ...options?.training } });

  it('that are the same ones change no bit', () => {
    const adam = of({ type: 'adam' });
    const trainer = create(adam, data);
    steps(trainer, 7);
    const next = goOn(trainer, structuredClone(adam), create);
    steps(trainer, 20);
    steps(next, 20);
    expect(next.readParameters()).toEqual(trainer.readParameters());
    expect(next.readOptimizerState()).toEqual(trainer.readOptimizerState());
  });

  it('keep step, epoch and place; each sample of the epoch is still seen once', () => {
    const trainer = create(of({ type: 'sgd' }), data);
    // 40 samples in batches of 8: two steps into the second epoch 16 of them have been seen.
    steps(trainer, 7);
    const next = goOn(trainer, of({ type: 'sgd' }, { training: { batchSize: 12 } }), create);
    expect([next.step, next.epoch]).toEqual([7, 1]);
    // 16–24, 24–36, 36–40, and the epoch ends.
    steps(next, 2);
    expect(next.run({ steps: 1 })).toEqual({ type: 'epoch', steps: 1 });
    expect([next.step, next.epoch, next.batch]).toEqual([10, 2, 0]);
  });

  it('of another optimizer begin with its moments at 0', () => {
    const trainer = create(of({ type: 'adam' }), data);
    steps(trainer, 7);
    const next = goOn(trainer, of({ type: 'rmsprop' }), create);
    const { moments, clock } = next.readOptimizerState();
    expect(moments.map(numbers => numbers.every(number => number === 0))).toEqual([true]);
    expect(clock).toEqual({ beta1Power: 1, beta2Power: 1 });
    expect(next.readParameters()).toEqual(trainer.readParameters());
  });
});

describe('the steps to come', () => {
  it('have the new momentum over the velocity of before', () => {
    const trainer = createReference(build({ type: 'sgd', momentum: 0.9 }), data);
    steps(trainer, 5);
    const [before] = trainer.readOptimizerState().moments;
    const start = trainer.readParameters();
    // θ ← θ − η v, v ← μ v + g: from the step with μ = 0.9 follows g, and from g the one with μ = 0.5.
    const next = goOn(trainer, build({ type: 'sgd', momentum: 0.5 }));
    steps(trainer, 1);
    steps(next, 1);
    const [[velocity], after] = [trainer.readOptimizerState().moments, next.readParameters()];
    start.forEach((theta, i) => {
      const gradient = velocity[i] - 0.9 * before[i];
      expect(after[i]).toBeCloseTo(theta - 0.05 * (0.5 * before[i] + gradient), 14);
    });
  });

  it('have a momentum where there was none', () => {
    const trainer = createReference(build({ type: 'sgd' }), data);
    steps(trainer, 5);
    const next = goOn(trainer, build({ type: 'sgd', momentum: 0.9 }));
    steps(trainer, 1);
    steps(next, 1);
    // The first velocity is the gradient alone.
    expect(next.readParameters()).toEqual(trainer.readParameters());
    expect(next.readOptimizerState().moments).toHaveLength(1);
  });

  it('have the new penalty', () => {
    const trainer = createReference(build({ type: 'sgd' }), data);
    steps(trainer, 5);
    const start = trainer.readParameters();
    const next = goOn(trainer, build({ type: 'sgd' }, { regularization: { l2: 0.3 } }));
    steps(trainer, 1);
    steps(next, 1);
    const [without, withIt] = [trainer.readParameters(), next.readParameters()];
    // Of the first weight: C grows by λ/2n w², n the samples that are trained with, as the file's format has it.
    const grown = (without[0] - withIt[0]) / 0.05;
    expect(grown).toBeCloseTo((0.3 / 8) * start[0], 12);
    // No bias is penalised.
    expect(withIt[15]).toBe(without[15]);
  });
});

it('are all settings of a training but data, structure and arithmetic', () => {
  const before = build({ type: 'sgd' });
  const after = build(
    { type: 'adam', learningRate: 0.2 },
    { regularization: { l1: 0.1 }, training: { batchSize: 'all', epochs: 3 } },
  );
  expect(withTuning(before, tuningOf(after))).toEqual(after);
  expect(withTuning(before, tuningOf({ ...after, seed: 9 }))).toEqual(after);
});
