/** The code that is made for a small network alone: as the engine's own lists of operations, and as the reference. */
import { describe, expect, test } from 'vitest';
import { isSmall } from '../../src/engine/wasm/small/isSmall';
import type { ActivationName, Loss } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { fusedNarrow, fusedWide, narrow, reference, runTo, wide } from './engines';
import { dense, network, randomDataset } from './networks';
import { OPTIMIZERS } from './randomCases';

/**
 * A small network has code of its own, which sums in another order; a layer that leads nowhere makes it a network that has
 * not. The two are rounded apart, no more.
 */
describe.each(OPTIMIZERS)('the code of small networks, %o', optimizer => {
  const hidden = ['tanh', 'relu', 'sigmoid', 'leakyRelu', 'linear', 'elu'] as const;

  test.each(hidden)('%s: as the lists of operations, but for rounding', activation => {
    const layers = [dense(7, activation, { from: ['input'], id: 'a' }), dense(2, 'sigmoid')];
    const lost = dense(1, 'linear', { id: 'lost' });
    const data = randomDataset(37, 3, 2, 'binary', 5);
    const settings = {
      optimizer: { ...optimizer, learningRate: 0.05 },
      training: { batchSize: 5 },
    };
    const small = narrow.create(network(3, layers, settings), data);
    const start = small.readParameters();
    const initial = Float64Array.of(0, 0, 0, 0, ...start);
    const other = narrow.create(network(3, [lost, ...layers], settings), data, initial);
    for (const trainer of [small, other]) runTo(trainer, 30);
    const [ours, theirs] = [small, other].map(trainer => trainer.readParameters());
    const apart = ours.map((w, i) => Math.abs(w - theirs[i + 4]));
    expect(Math.max(...apart)).toBeLessThan(1e-6);
    expect(ours).not.toEqual(start);
    expect(small.evaluation.loss).toBeCloseTo(other.evaluation.loss, 5);
  });
});

describe('which networks have code of their own', () => {
  const isOwn = (inputs: number, units: readonly number[]) => {
    const net = network(
      inputs,
      units.map(each => dense(each, 'tanh')),
    );
    return isSmall(net, inferShapes(net));
  };

  test('those with layers of at most 16 neurons', () => {
    expect(isOwn(2, [3, 1])).toBe(true);
    expect(isOwn(16, [16, 1])).toBe(true);
    expect(isOwn(16, [17, 1])).toBe(false);
    expect(isOwn(17, [16, 1])).toBe(false);
  });

  test('and at most 256 vectors of four weights', () => {
    // From 16 to 16 neurons: 16 · 16/4 = 64 vectors.
    expect(isOwn(16, [16, 16, 16, 16])).toBe(true);
    // One more neuron begins a vector for each of its 16 weights.
    expect(isOwn(16, [16, 16, 16, 16, 1])).toBe(false);
  });
});

type Case = readonly [ActivationName, ActivationName, Loss['type'], 'real' | 'oneHot' | 'binary'];

/** What the code has ways of its own for, hidden and put out. */
const cases: readonly Case[] = [
  ['tanh', 'tanh', 'meanSquaredError', 'real'],
  ['relu', 'linear', 'meanSquaredError', 'real'],
  ['sigmoid', 'sigmoid', 'binaryCrossEntropy', 'binary'],
  ['leakyRelu', 'softmax', 'crossEntropy', 'oneHot'],
];
/** One by one, by parts of four, by as many as pass at once, by more of them, and with a rest of one. */
const batches = [1, 2, 3, 4, 6, 10, 12, 16, 17, 35, 49, 'all'] as const;

/** The same arithmetic by both blocks. */
const arithmetics = [
  ['plain', narrow, wide],
  ['fused', fusedNarrow, fusedWide],
] as const;

const ways = batches.flatMap(batchSize =>
  arithmetics.map(([name, four, eight]) => [batchSize, name, four, eight] as const),
);

describe.each(cases)('%s, %s with %s', (hidden, output, type, targets) => {
  test.each(ways)(
    'batches of %s, %s: as the reference, and the same bits by both blocks',
    (batchSize, _, four, eight) => {
      const data = randomDataset(50, 5, 6, targets);
      const layers = [
        dense(16, hidden),
        dense(9, hidden, { useBias: false }),
        dense(3, hidden),
        dense(6, output),
      ];
      const settings = {
        loss: { type, half: batchSize === 6, reduction: 'mean' },
        optimizer: { type: 'sgd', learningRate: 0.05 },
        training: { batchSize, shuffle: true },
      } as const;
      const [ours, twin, theirs] = [four, eight, reference].map(({ create }) => {
        const trainer = create(network(5, layers, settings), data);
        runTo(trainer, 20);
        return trainer;
      });
      expect(twin.readParameters()).toEqual(ours.readParameters());
      const [found, right] = [ours, theirs].map(trainer => trainer.readParameters());
      const apart = found.map((w, i) => Math.abs(w - right[i]));
      expect(Math.max(...apart)).toBeLessThan(2e-6);
      expect(ours.gradientNorm / theirs.gradientNorm).toBeCloseTo(1, 4);
      expect(ours.evaluation.loss).toBeCloseTo(theirs.evaluation.loss, 5);
    },
  );
});
