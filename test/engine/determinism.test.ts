import { describe, expect, test } from 'vitest';
import { Random } from '../../src/math/random';
import type { Network } from '../../src/network/network';
import { engines, reference, runTo, stateOf } from './engines';
import { dense, network, randomDataset } from './networks';

const data = randomDataset(700, 5, 3, 'oneHot', 150);

function build(batchSize: number | 'all', seed = 42): Network {
  return network(5, [dense(7, 'tanh'), dense(6, 'gelu'), dense(3, 'softmax')], {
    seed,
    loss: { type: 'crossEntropy' },
    regularization: { l2: 0.01 },
    optimizer: { type: 'adam', learningRate: 0.01 },
    training: { batchSize },
  });
}

describe.each(engines)('$name', ({ create: createTrainer, name }) => {
  test('the same seed gives the same bytes after 1,000 steps, another seed others', () => {
    const run = (seed: number): string => {
      const trainer = createTrainer(build(16, seed), data);
      runTo(trainer, 1000);
      return stateOf(trainer);
    };
    expect(run(42)).toBe(run(42));
    expect(run(43)).not.toBe(run(42));
  });

  test.each([16, 300, 'all'] as const)('interrupting batches of %s changes no byte', batchSize => {
    const whole = createTrainer(build(batchSize), data);
    runTo(whole, 40);
    const random = new Random(1, 'interrupt');
    const pieces = createTrainer(build(batchSize), data);
    // WebAssembly makes many steps before it asks.
    const most = name.startsWith('wasm') ? 3 : Infinity;
    const calls = runTo(pieces, 40, () => random.uniform() < 0.6, most);
    expect(calls).toBeGreaterThan(10);
    expect(stateOf(pieces)).toBe(stateOf(whole));
    whole.evaluate();
    pieces.evaluate();
    expect(pieces.evaluation).toEqual(whole.evaluation);
  });
});

test('a batch larger than a tile is the mean of its samples, whatever the tiles', () => {
  const net = build('all');
  const trainer = reference.create(net, data);
  expect(trainer.plan.batchRows).toBeLessThan(data.training.length);
  const calls: string[] = [];
  for (let i = 0; i < 5; i++) calls.push(trainer.run({ steps: 1, expired: () => true }).type);
  // 550 samples in five tiles: four interruptions, and the fifth makes the step.
  expect(calls.slice(0, 4)).toEqual(['time', 'time', 'time', 'time']);
  expect(trainer.step).toBe(1);
});
