/** What optimizers keep of gradients that have become 0 for good: never numbers that are not normal. */
import { expect, test } from 'vitest';
import type { Optimizer } from '../../src/network/network';
import { narrow, reference, runTo, wide } from './engines';
import { dense, network, randomDataset } from './networks';

/** Below it float32 have fewer digits, and processors take a hundred times as long. */
const SMALLEST_NORMAL = 2 ** -126;

const data = randomDataset(8000, 21, 2);
// An input that is there in the first batch alone.
data.inputs.values.forEach((_, i) => {
  if (i % 21 === 4 && i >= 8 * 21) data.inputs.values[i] = 0;
});

const build = (optimizer: Partial<Optimizer>, clip: number | null) =>
  network(21, [dense(19, 'tanh'), dense(2, 'linear')], {
    optimizer: { learningRate: 0.001, ...optimizer },
    training: { batchSize: 8, shuffle: false, clip: { norm: clip, value: null } },
  });

/** Those whose moments decay. */
const optimizers = [
  { type: 'sgd', momentum: 0.9 },
  { type: 'sgd', momentum: 0.9, nesterov: true },
  { type: 'rmsprop', decay: 0.9 },
  { type: 'adam' },
  { type: 'adamw' },
] as const;

/** Clipped gradients are stored first: another way to the same rule. */
const ways = optimizers.flatMap(optimizer => [null, 1e6].map(clip => ({ optimizer, clip })));

test.each(ways)('$optimizer, clipped by $clip', ({ optimizer, clip }) => {
  for (const engine of [narrow, wide]) {
    const trainer = engine.create(build(optimizer, clip), data);
    runTo(trainer, 995);
    const { moments } = trainer.readOptimizerState();
    const sizes = moments.flatMap(moment => [...moment].map(Math.abs));
    expect(sizes.filter(size => size > 0 && size < SMALLEST_NORMAL)).toEqual([]);
    const decayed = [...moments[0]].filter((_, i) => i < 19 * 21 && i % 21 === 4);
    expect(Math.max(...decayed.map(Math.abs))).toBeLessThan(1e-30);
    const exact = reference.create(build(optimizer, clip), data);
    runTo(exact, 995);
    const far = trainer.readParameters().map((w, i) => Math.abs(w - exact.readParameters()[i]));
    expect(Math.max(...far)).toBeLessThan(1e-4);
  }
});
