/** Clipping where it is more than a number: many tiles, wide layers, gradients that overflow, and the next update. */
import { describe, expect, test } from 'vitest';
import { clipFactor, clipGradient, clipOne, clips } from '../../src/engine/clip';
import { createInspector } from '../../src/engine/inspect';
import type { Clip, Network } from '../../src/network/network';
import { engines, float32Engines, reference32, stateOf, wasmEngines } from './engines';
import { farthest } from './fixtures';
import { dataset, dense, network, randomDataset, STEADY } from './networks';

const none = STEADY.clip;
const byNorm = (norm: number): Clip => ({ ...none, norm });
const byValue = (value: number): Clip => ({ ...none, value });

describe('a gradient', () => {
  const g = [3, -4, 0.5];
  const clipped = (clip: Clip): number[] => {
    const own = Float64Array.from(g);
    clipGradient(clip, own, Math.sqrt(25.25));
    return [...own];
  };

  test('that is not clipped is the same to the bit', () => {
    expect(clipped(none)).toEqual(g);
    expect(clipped(byNorm(6))).toEqual(g);
    expect(clipped(byValue(4))).toEqual(g);
    expect([none, byNorm(1), byValue(1)].map(clips)).toEqual([false, true, true]);
  });

  test('that is too long keeps its direction', () => {
    const factor = 2 / (Math.sqrt(25.25) + 1e-6);
    expect(clipped(byNorm(2))).toEqual(g.map(value => factor * value));
    expect(clipFactor(byNorm(2), Math.sqrt(25.25))).toBe(factor);
  });

  test('with large numbers loses what is too much of each', () => {
    expect(clipped(byValue(1))).toEqual([1, -1, 0.5]);
    expect(clipOne(byValue(1), 1, -7)).toBe(-1);
    // No norm is limited: what cards tell of the whole gradient.
    expect([none, byValue(1)].map(clip => clipFactor(clip, 1e9))).toEqual([1, 1]);
  });
});

const WIDE = [dense(40, 'tanh'), dense(24, 'elu'), dense(3, 'linear', { useBias: false })];

function build(clip: Clip, batchSize: number, rest: Parameters<typeof network>[2] = {}): Network {
  return network(19, WIDE, { ...rest, training: { batchSize, clip, shuffle: false } });
}

describe.each(wasmEngines)('$name', ({ create }) => {
  const data = randomDataset(700, 19, 3);

  test.each([
    ['norm', byNorm(0.3)],
    ['value', byValue(0.02)],
  ])('clips by %s as the reference does: wide layers, batches of several tiles', (_, clip) => {
    for (const batchSize of [16, 700])
      for (const regularization of [
        {},
        { l2: 0.1, l1: 0.01, scale: 'lambda', bias: true } as const,
      ]) {
        const net = build(clip, batchSize, {
          optimizer: { learningRate: 0.05, momentum: 0.9 },
          regularization,
        });
        const [own, other] = [create, reference32.create].map(make => {
          const trainer = make(net, data);
          while (trainer.step < 12) trainer.run({ steps: 12 - trainer.step });
          return trainer;
        });
        const wanted = [...other.readParameters()];
        expect(farthest(own.readParameters(), wanted, 0.1)).toBeLessThan(1e-5);
        expect(own.gradientNorm / other.gradientNorm).toBeCloseTo(1, 4);
      }
  });

  test('the clip decides: other limits lead elsewhere', () => {
    const after = ([...limits]: readonly Clip[]): readonly string[] =>
      limits.map(clip => {
        const trainer = create(build(clip, 16), data);
        trainer.run({ steps: 5 });
        return stateOf(trainer);
      });
    const states = after([none, byNorm(0.3), byNorm(0.2), byValue(0.02), byNorm(1e6)]);
    expect(new Set(states.slice(0, 4)).size).toBe(4);
    expect(farthest(ofLimit(byNorm(1e6)), [...ofLimit(none)], 0.1)).toBeLessThan(1e-5);
  });

  function ofLimit(clip: Clip): Float64Array {
    const trainer = create(build(clip, 16), data);
    trainer.run({ steps: 5 });
    return trainer.readParameters();
  }
});

describe.each(float32Engines)('$name: a gradient that overflows', ({ create }) => {
  test.each([
    ['no limit', none],
    ['norm', byNorm(1)],
    ['value', byValue(1)],
  ])('is told, not clipped: %s', (_, clip) => {
    // The loss is finite, 10³⁶; the gradient of the weight, 10¹⁸ · 10³⁰, is no float32.
    const data = dataset([[1e30], [1]], [[0], [0]]);
    const layers = [dense(1, 'linear', { weights: [[1e-12]], bias: [0] })];
    for (const batchSize of [1, 2]) {
      const trainer = create(
        network(1, layers, { training: { batchSize, clip, shuffle: false } }),
        data,
      );
      const before = stateOf(trainer);
      const outcome = trainer.run({ steps: 3 });
      expect(outcome).toMatchObject({
        type: 'diverged',
        steps: 0,
        divergence: { step: 0, layer: 0, quantity: 'gradient', value: Infinity },
      });
      expect(stateOf(trainer)).toBe(before);
    }
  });
});

describe.each(engines)('$name: the next update of a card', ({ create, digits }) => {
  test.each([
    ['norm', byNorm(0.2)],
    ['value', byValue(0.01)],
  ])('is what the step does: clipped by %s', (_, clip) => {
    const data = randomDataset(9, 19, 3);
    const net = build(clip, 9, {
      optimizer: { type: 'sgd', momentum: 0.9 },
      regularization: { l2: 0.2, scale: 'lambda' },
    });
    const trainer = create(net, data);
    while (trainer.epoch < 1) trainer.run({ steps: 1 });
    const inspector = createInspector(trainer.network, data);
    const [parameters, state] = [trainer.readParameters(), trainer.readOptimizerState()];
    const [scope, layer, row, column] = [{ type: 'batch' }, 1, 2, 3] as const;
    const target = { type: 'weight', layer, row, column } as const;
    const facts = inspector.inspect(parameters, target, scope, { epoch: 1, step: 1 }, state);
    const { values } = inspector.matrix(
      parameters,
      { scope, layer, quantity: 'update', rows: [2, 3], columns: [3, 4], most: 1 },
      state,
    );
    trainer.run({ steps: 1 });
    if (facts.type !== 'weight') throw new Error('a weight was asked for');
    const { update, gradient } = facts;
    expect(update.gradient).toBe(gradient);
    expect(Math.abs(update.taken)).toBeLessThan(Math.abs(gradient));
    expect(values[0]).toBe(Math.fround(update.change));
    const index = 40 * (19 + 1) + row * 40 + column;
    expect(trainer.readParameters()[index]).toBeCloseTo(update.next, digits(12));
  });
});
