/** Epochs after which nobody asks for the loss are passed over: the same bits, and every overflow at its place. */
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { ratesOf } from '../../src/network/rates';
import type { RunOutcome, Trainer } from '../../src/engine/trainer';
import type { Network } from '../../src/network/network';
import { engines, stateOf } from './engines';
import { dataset, dense, network, randomDataset } from './networks';

/** Runs until so many epochs are complete, with the loss at `lossAt` alone. */
function passTo(trainer: Trainer, lossAt: number, expired?: () => boolean): RunOutcome[] {
  const outcomes: RunOutcome[] = [];
  while (trainer.epoch < lossAt) {
    const outcome = trainer.run({ steps: Infinity, lossAt, expired });
    outcomes.push(outcome);
    if (outcome.type === 'diverged') break;
  }
  return outcomes;
}

function everyEpoch(trainer: Trainer, epochs: number): RunOutcome {
  for (;;) {
    const outcome = trainer.run({ steps: Infinity });
    if (outcome.type === 'diverged' || trainer.epoch >= epochs) return outcome;
  }
}

/** Everything that can be seen of it. */
const seen = (trainer: Trainer): object => ({
  ...{ step: trainer.step, epoch: trainer.epoch, batch: trainer.batch },
  ...{ state: stateOf(trainer), evaluation: trainer.evaluation, norm: trainer.gradientNorm },
});

const shuffled = (): Network =>
  network(3, [dense(5, 'tanh'), dense(2, 'linear')], {
    optimizer: { type: 'adam', learningRate: 0.01 },
    training: { batchSize: 4, shuffle: true, epochs: 20 },
  });

describe.each(engines)('$name', ({ create, precision }) => {
  test('makes the same bits as with every evaluation, also in slices, and tells only the last epoch', () => {
    const schedule = { type: 'exponential', factor: 0.9 } as const;
    const scheduled = {
      ...shuffled().training,
      schedule: { ...shuffled().training.schedule, ...schedule },
    };
    for (const net of [shuffled(), { ...shuffled(), training: scheduled }]) {
      const data = randomDataset(10, 3, 2);
      const plain = create(net, data);
      everyEpoch(plain, 12);
      const passing = create(net, data);
      passing.evaluate();
      expect(passTo(passing, 12)).toEqual([{ type: 'epoch', steps: 36 }]);
      expect(seen(passing)).toEqual(seen(plain));
      const sliced = create(net, data);
      sliced.evaluate();
      const types = passTo(sliced, 12, () => true).map(({ type }) => type);
      expect(types.filter(type => type === 'epoch')).toHaveLength(1);
      expect(types.length, 'at the end of each epoch, at least, it comes back').toBeGreaterThan(11);
      expect(seen(sliced)).toEqual(seen(plain));
    }
  });

  test('evaluates first where the loss at the start is not known, and after other rates', () => {
    const trainer = create(shuffled(), randomDataset(10, 3, 2));
    expect(passTo(trainer, 5).map(({ type }) => type)).toEqual(['epoch', 'epoch']);
    expect(trainer.epoch).toBe(5);
    trainer.run({ steps: 4, lossAt: 9 });
    trainer.setRates({ ...ratesOf(trainer.network), rate: 0.02 });
    trainer.run({ steps: Infinity, lossAt: 9 });
    expect(trainer.epoch, 'the way until then cannot be gone once more').toBe(7);
    trainer.run({ steps: Infinity, lossAt: 9 });
    expect(trainer.epoch).toBe(9);
  });

  test('stops after so many steps, within an epoch and behind some', () => {
    const plain = create(shuffled(), randomDataset(10, 3, 2));
    while (plain.step < 8) plain.run({ steps: 8 - plain.step });
    const trainer = create(shuffled(), randomDataset(10, 3, 2));
    trainer.evaluate();
    expect(trainer.run({ steps: 8, lossAt: 9 })).toEqual({ type: 'steps', steps: 8 });
    expect(stateOf(trainer)).toBe(stateOf(plain));
    expect(trainer).toMatchObject({ epoch: 2, batch: 2 });
  });

  test('an overflow is told at its place, and what is kept is what was finite before', () => {
    for (const learningRate of [4, 30, 1000]) {
      expectSameEnd(growing(learningRate), dataset([[1], [0.5]], [[0], [0]]));
    }
  });

  test('a loss that overflows at the end of a passed way is told where it first did', () => {
    // No step comes upon the validation sample, the evaluations alone do.
    const huge = { float64: 1e150, float32: 1e30 }[precision];
    const data = dataset([[1], [huge]], [[0], [1]], 1);
    for (const batchSize of [1, 'all'] as const) expectSameEnd(growing(4, batchSize), data);
  });

  /** The way with all evaluations and the one that passes epochs over end with the same words in the same state. */
  function expectSameEnd(net: Network, data: Dataset): void {
    const [plain, passing] = [create(net, data), create(net, data)];
    for (const each of [plain, passing]) each.evaluate();
    const expected = everyEpoch(plain, 1000);
    if (expected.type !== 'diverged') throw new Error('The test needs numbers that overflow.');
    expect(plain.epoch, 'behind epochs that are passed over').toBeGreaterThan(3);
    const { type, divergence } = expected;
    expect(passTo(passing, 1000).at(-1)).toMatchObject({ type, divergence });
    expect(seen(passing)).toEqual(seen(plain));
  }
});

/** A weight that grows by a factor each step. */
const growing = (learningRate: number, batchSize: number | 'all' = 2): Network =>
  network(1, [dense(1, 'linear', { useBias: false, weights: [[1]] })], {
    optimizer: { learningRate },
    training: { batchSize },
  });
