import { describe, expect, test } from 'vitest';
import type { Divergence, Trainer } from '../../src/engine/trainer';
import type { Optimizer } from '../../src/network/network';
import { engines, reference } from './engines';
import { dataset, dense, network, randomDataset, XOR } from './networks';

/** Runs until a number is no longer finite; parameters and optimizer state as they were before. */
function diverge(trainer: Trainer): { divergence: Divergence; unchanged: boolean } {
  for (let i = 0; i < 10_000; i++) {
    const before = [trainer.readParameters(), ...trainer.readOptimizerState().moments];
    const outcome = trainer.run({ steps: 1 });
    if (outcome.type !== 'diverged') continue;
    const after = [trainer.readParameters(), ...trainer.readOptimizerState().moments];
    const unchanged = before.every((values, k) =>
      values.every((v, j) => Object.is(v, after[k][j])),
    );
    return { divergence: outcome.divergence, unchanged };
  }
  throw new Error('did not diverge');
}

const huge = dataset([[1]], [[0]]);

/** Numbers whose product is too large, and whose square is not; a learning rate that is. */
const NUMBERS = {
  float64: { large: 1e200, root: 1e150, steep: 1e300 },
  float32: { large: 1e20, root: 1e15, steep: 1e30 },
} as const;

describe.each(engines)('$name', ({ create: createTrainer, precision }) => {
  const { large, root, steep } = NUMBERS[precision];

  test('a learning rate far too large stops before anything is written', () => {
    const net = network(2, [dense(3, 'linear'), dense(1, 'linear')], {
      optimizer: { learningRate: 1e4 },
      training: { batchSize: 4 },
    });
    const trainer = createTrainer(net, randomDataset(10, 2, 1));
    const { divergence, unchanged } = diverge(trainer);
    expect(unchanged).toBe(true);
    expect(divergence).toMatchObject({
      epoch: trainer.epoch,
      batch: trainer.batch,
      step: trainer.step,
      learningRate: 1e4,
    });
    expect(Number.isFinite(divergence.value)).toBe(false);
    expect(trainer.readParameters().every(Number.isFinite)).toBe(true);
    // The same again: nothing has moved on.
    expect(trainer.run({ steps: 1 })).toMatchObject({ type: 'diverged', divergence });
  });

  test('names layer and neuron of the first z that overflows', () => {
    const layers = [
      dense(2, 'linear', { weights: [[1], [large]], bias: [0, 0] }),
      dense(3, 'linear', {
        weights: [
          [1, 0],
          [0, 1e10],
          [0, large],
        ],
      }),
      dense(1, 'linear', { weights: [[1, 1, 1]] }),
    ];
    const { divergence } = diverge(createTrainer(network(1, layers), huge));
    expect(divergence).toMatchObject({
      layer: 1,
      row: 2,
      quantity: 'weightedInput',
      value: Infinity,
      step: 0,
      batch: 0,
    });
  });

  test('a gradient that overflows is found in its layer', () => {
    const layers = [
      dense(1, 'linear', { weights: [[1 / root]] }),
      dense(1, 'linear', { weights: [[root]] }),
      dense(1, 'linear', { weights: [[root]] }),
    ];
    // a = root at the end, whose square is finite; ∂C/∂z of the first layer is its third power.
    const { divergence } = diverge(createTrainer(network(1, layers), huge));
    expect(divergence).toMatchObject({ layer: 0, row: 0, quantity: 'gradient' });
  });

  test('a parameter that overflows in the update is not written', () => {
    const net = network(1, [dense(1, 'linear', { weights: [[1e10]] })], {
      optimizer: { learningRate: steep, momentum: 0.9 },
    });
    const { divergence, unchanged } = diverge(createTrainer(net, huge));
    expect(divergence).toMatchObject({ layer: 0, row: 0, quantity: 'parameter', value: -Infinity });
    expect(unchanged).toBe(true);
  });

  test('NaN does not hide behind a relu', () => {
    const net = network(1, [dense(1, 'relu', { weights: [[1]] }), dense(1, 'linear')]);
    const trainer = createTrainer(net, huge, Float64Array.of(NaN, 0, 1, 0));
    expect(trainer.run({ steps: 1 })).toMatchObject({
      type: 'diverged',
      divergence: { layer: 0, row: 0, quantity: 'weightedInput', value: NaN },
    });
  });
});

/** The sum of the sample losses is a float64 in every engine: that of squared float32 never overflows. */
describe('a loss of float64', () => {
  const { create: createTrainer } = reference;

  test('the loss alone can overflow', () => {
    const net = network(1, [dense(1, 'linear', { weights: [[1e200]] })]);
    const { divergence, unchanged } = diverge(createTrainer(net, huge));
    expect(divergence).toMatchObject({ layer: -1, row: -1, quantity: 'loss', value: Infinity });
    expect(unchanged).toBe(true);
  });

  test('after a reset to other parameters the run goes on', () => {
    const net = network(1, [dense(1, 'linear', { weights: [[1e200]] })]);
    const trainer = createTrainer(net, huge);
    diverge(trainer);
    trainer.reset(Float64Array.of(1, 0));
    expect(trainer.run({ steps: 1 }).type).toBe('epoch');
  });

  describe('an evaluation that is not finite', () => {
    /** From w = 1e153 a step of rate 1000 leads to −9.99e155: finite, but its square is not. */
    const net = (optimizer: Partial<Optimizer> = {}) =>
      network(1, [dense(1, 'linear', { useBias: false, weights: [[1e153]] })], {
        optimizer: { learningRate: 1e3, ...optimizer },
        loss: { half: true },
      });

    test('ends the run at the end of the epoch, with the last step undone', () => {
      const { divergence, unchanged } = diverge(createTrainer(net(), huge));
      expect(divergence).toMatchObject({ layer: -1, quantity: 'loss', value: Infinity });
      expect(divergence).toMatchObject({ epoch: 0, batch: 0, step: 0 });
      expect(unchanged).toBe(true);
    });

    test('leaves counters, moments and loss as they were, and the next run does the same again', () => {
      const trainer = createTrainer(net({ type: 'adam', learningRate: 1e155 }), huge);
      const before = [trainer.readParameters(), trainer.readOptimizerState(), trainer.evaluation];
      const outcome = trainer.run({ steps: 9 });
      expect(outcome).toMatchObject({ type: 'diverged', steps: 0, divergence: { step: 0 } });
      expect([trainer.readParameters(), trainer.readOptimizerState(), trainer.evaluation]).toEqual(
        before,
      );
      expect([trainer.step, trainer.epoch, trainer.batch]).toEqual([0, 0, 0]);
      expect(trainer.gradientNorm).toBeNaN();
      expect(trainer.run({ steps: 9 })).toEqual(outcome);
    });

    test('is found after single samples: at the end of the epoch, or when asked for', () => {
      const two = dataset([[1], [0]], [[0], [0]]);
      const trainer = createTrainer(
        { ...net(), training: { ...net().training, shuffle: false } },
        two,
      );
      expect(trainer.stepSample().type).toBe('steps');
      expect(trainer.settle()).toMatchObject({
        type: 'diverged',
        divergence: { step: 0, layer: -1 },
      });
      expect([...trainer.readParameters()]).toEqual([1e153]);
      expect(trainer.stepSample().type).toBe('steps');
      expect(trainer.stepSample().type).toBe('diverged');
    });

    test('of the validation part counts as well, and names the neuron that overflows', () => {
      const part = dataset([[0], [1e300]], [[1], [0]], 1);
      const wide = network(1, [dense(1, 'linear', { weights: [[1e100]] })]);
      expect(createTrainer(wide, part).run({ steps: 1 })).toMatchObject({
        type: 'diverged',
        divergence: { layer: 0, row: 0, quantity: 'weightedInput', value: Infinity },
      });
    });

    test('does not end a run whose loss is finite', () => {
      const trainer = createTrainer(network(2, [dense(1, 'sigmoid')]), XOR);
      expect(trainer.run({ steps: 9 }).type).toBe('epoch');
      expect(trainer.settle()).toEqual({ type: 'finite' });
      expect(trainer.step).toBe(1);
    });
  });
});
