import { describe, expect, test } from 'vitest';
import { createTrainer } from '../../src/engine/referenceTrainer';
import type { Trainer } from '../../src/engine/trainer';
import { Random } from '../../src/math/random';
import type { Network, Precision } from '../../src/network/network';
import { dense, network, randomDataset } from './networks';

const data = randomDataset(700, 5, 3, 'oneHot', 150);

function build(precision: Precision, batchSize: number | 'all', seed = 42): Network {
  return network(5, [dense(7, 'tanh'), dense(6, 'gelu'), dense(3, 'softmax')], {
    seed,
    loss: { type: 'crossEntropy' },
    regularization: { l2: 0.01 },
    optimizer: { type: 'adam', learningRate: 0.01 },
    training: { precision, batchSize },
  });
}

function state(trainer: Trainer): string {
  const { moments } = trainer.readOptimizerState();
  return [trainer.readParameters(), ...moments]
    .map(values => Buffer.from(values.buffer).toString('base64'))
    .join();
}

/** Exactly `steps` updates, however often `expired` interrupts. */
function runSteps(trainer: Trainer, steps: number, expired?: () => boolean): number {
  let calls = 0;
  while (trainer.step < steps) {
    trainer.run({ steps: steps - trainer.step, expired });
    calls += 1;
  }
  return calls;
}

describe.each(['float32', 'float64'] as const)('%s', precision => {
  test('the same seed gives the same bytes after 1,000 steps, another seed others', () => {
    const run = (seed: number): string => {
      const trainer = createTrainer(build(precision, 16, seed), data);
      runSteps(trainer, 1000);
      return state(trainer);
    };
    expect(run(42)).toBe(run(42));
    expect(run(43)).not.toBe(run(42));
  });

  test.each([16, 300, 'all'] as const)('interrupting batches of %s changes no byte', batchSize => {
    const whole = createTrainer(build(precision, batchSize), data);
    runSteps(whole, 40);
    const random = new Random(1, 'interrupt');
    const pieces = createTrainer(build(precision, batchSize), data);
    const calls = runSteps(pieces, 40, () => random.uniform() < 0.6);
    expect(calls).toBeGreaterThan(10);
    expect(state(pieces)).toBe(state(whole));
    whole.evaluate();
    pieces.evaluate();
    expect(pieces.evaluation).toEqual(whole.evaluation);
  });
});

test('a batch larger than a tile is the mean of its samples, whatever the tiles', () => {
  const net = build('float64', 'all');
  const trainer = createTrainer(net, data);
  expect(trainer.plan.batchRows).toBeLessThan(data.training.length);
  const calls: string[] = [];
  for (let i = 0; i < 5; i++) calls.push(trainer.run({ steps: 1, expired: () => true }).type);
  // 550 samples in five tiles: four interruptions, and the fifth makes the step.
  expect(calls.slice(0, 4)).toEqual(['time', 'time', 'time', 'time']);
  expect(trainer.step).toBe(1);
});
