/** Numbers of float32 that overflow, wherever an engine comes upon them: in a call of many steps, a tile, an evaluation. */
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { ratesOf } from '../../src/network/rates';
import type { RunOutcome, Trainer } from '../../src/engine/trainer';
import type { Layer, Network } from '../../src/network/network';
import { float32Engines, reference32, stateOf, type Engine } from './engines';
import { imageNetwork } from './imageNetworks';
import { dataset, dense, merge, network, randomDataset } from './networks';

type Settings = NonNullable<Parameters<typeof network>[2]>;

/** What can be seen of a trainer but for rounding. */
const counters = ({ step, epoch, batch }: Trainer): object => ({ step, epoch, batch });

/** In the data's order. */
function straight(inputs: number, layers: readonly Layer[], settings: Settings = {}): Network {
  const training = { shuffle: false, ...settings.training };
  return network(inputs, layers, { ...settings, training });
}

/** Samples like 0.5 of one input, the one at `place` so large that its weighted input overflows. */
function withHuge(samples: number, place: number, value = 3e38): Dataset {
  const x = Array.from({ length: samples }, (_, i) => [i === place ? value : 0.5 + 0.01 * (i % 7)]);
  return dataset(
    x,
    x.map(() => [1]),
  );
}

/** A weight of 2 makes it an overflow. */
const doubling = (settings: Settings = {}): Network =>
  straight(1, [dense(2, 'linear', { weights: [[0.1], [2]] }), dense(1, 'linear')], {
    optimizer: { learningRate: 0.001 },
    ...settings,
  });

describe.each(float32Engines)('$name', engine => {
  const { create } = engine;

  test('in a filter, above a pool and dropout', () => {
    const net = imageNetwork(
      [
        { type: 'conv2d', filters: 2, kernel: [1, 1], weights: [[0.1], [2]] },
        { type: 'maxPool2d', size: [2, 2] },
        { type: 'dropout', rate: 0.5 },
        { type: 'dense', units: 1 },
      ],
      [2, 2, 1],
    );
    const rows = Array.from({ length: 6 }, (_, i) => [0.1, 0.2, 0.3, i === 4 ? 3e38 : 0.4]);
    const data = dataset(
      rows,
      rows.map(() => [1]),
    );
    const trainer = create(net, data);
    const before = stateOf(trainer);
    expect(trainer.run({ steps: 3 })).toMatchObject({
      type: 'diverged',
      divergence: { layer: 0, row: 7, quantity: 'weightedInput', value: Infinity },
    });
    expect(stateOf(trainer)).toBe(before);
  });

  test.each([0, 1, 7, 30])('in step %i of many in one call', at => {
    const net = doubling({ training: { batchSize: 2 } });
    const data = withHuge(80, 2 * at + 1);
    const calm = create(net, withHuge(80, -1));
    for (let i = 0; i < at; i++) calm.run({ steps: 1 });
    const trainer = create(net, data);
    const outcome = trainer.run({ steps: Infinity });
    expect(outcome).toMatchObject({
      type: 'diverged',
      steps: at,
      divergence: {
        ...{ epoch: 0, batch: at, step: at },
        ...{ layer: 0, row: 1, quantity: 'weightedInput', value: Infinity },
      },
    });
    expect(counters(trainer)).toEqual({ step: at, epoch: 0, batch: at });
    expect(stateOf(trainer)).toBe(stateOf(calm));
    if (at > 0) expect(trainer.gradientNorm / calm.gradientNorm).toBeCloseTo(1, 12);
    expect(trainer.run({ steps: 5 })).toEqual({ ...outcome, steps: 0 });
    expect(stateOf(trainer)).toBe(stateOf(calm));
  });

  test.each([0, 300, 649])('at sample %i of a batch of several tiles', place => {
    const trainer = create(doubling(), withHuge(650, place));
    const before = stateOf(trainer);
    const outcome = trainer.run({ steps: 3 });
    expect(outcome).toMatchObject({
      type: 'diverged',
      steps: 0,
      divergence: { step: 0, batch: 0, layer: 0, row: 1, quantity: 'weightedInput' },
    });
    expect(stateOf(trainer)).toBe(before);
    expect(trainer.run({ steps: 3 })).toEqual(outcome);
  });

  test('in a validation sample: the epoch ends with its last step undone', () => {
    const net = doubling({ training: { batchSize: 4 } });
    const all = withHuge(24, 23);
    const data = { ...all, training: all.training.slice(0, 20), validation: Uint32Array.of(23) };
    const trainer = create(net, data);
    const four = create(net, data);
    four.run({ steps: 4 });
    const outcome = trainer.run({ steps: Infinity });
    expect(outcome).toMatchObject({
      type: 'diverged',
      steps: 4,
      divergence: { step: 4, batch: 4, layer: 0, row: 1, quantity: 'weightedInput' },
    });
    expect(stateOf(trainer)).toBe(stateOf(four));
    expect(counters(trainer)).toEqual(counters(four));
    expect(trainer.gradientNorm / four.gradientNorm).toBeCloseTo(1, 12);
    // The same step again, and the same end.
    expect(trainer.run({ steps: Infinity })).toEqual({ ...outcome, steps: 0 });
  });

  /** w₁ = w₂ = 1e10 give a = 1e20 and gradients of 1e30: behind the step both are −1e30, and z is too large. */
  const steep = (settings: Settings = {}): Network => {
    const one = dense(1, 'linear', { weights: [[1e10]], useBias: false });
    return straight(1, [one, one], { optimizer: { learningRate: 1 }, ...settings });
  };
  const ones = (samples: number): Dataset =>
    dataset(
      Array.from({ length: samples }, () => [1]),
      Array.from({ length: samples }, () => [0]),
    );

  test('at the evaluation of the only step: nothing has changed, nor at the second try', () => {
    const trainer = create(steep(), ones(1));
    const before = [stateOf(trainer), trainer.evaluation, counters(trainer)];
    const outcome = trainer.run({ steps: 9 });
    expect(outcome).toMatchObject({
      type: 'diverged',
      steps: 0,
      divergence: { step: 0, layer: 1, row: 0, quantity: 'weightedInput', value: Infinity },
    });
    expect([stateOf(trainer), trainer.evaluation, counters(trainer)]).toEqual(before);
    expect(trainer.gradientNorm).toBeNaN();
    expect(trainer.run({ steps: 9 })).toEqual(outcome);
  });

  test('after single samples: when it is asked for', () => {
    const trainer = create(steep(), ones(3));
    const before = stateOf(trainer);
    expect(trainer.stepSample().type).toBe('steps');
    expect(trainer.settle()).toMatchObject({ type: 'diverged', divergence: { step: 0, layer: 1 } });
    expect(stateOf(trainer)).toBe(before);
  });

  test('behind a step that has failed: what led there is undone when it is asked for', () => {
    const trainer = create(steep({ training: { batchSize: 1 } }), ones(3));
    const before = stateOf(trainer);
    expect(trainer.run({ steps: 1 }).type).toBe('steps');
    expect(trainer.run({ steps: 1 })).toMatchObject({ type: 'diverged', divergence: { step: 1 } });
    expect(trainer.settle()).toMatchObject({ type: 'diverged', divergence: { step: 0, layer: 1 } });
    expect(stateOf(trainer)).toBe(before);
    expect(counters(trainer)).toEqual({ step: 0, epoch: 0, batch: 0 });
  });

  test('behind a step of the same call that has failed: the step before is undone', () => {
    const net = steep({ training: { batchSize: 1 } });
    const trainer = create(net, ones(3));
    const before = stateOf(trainer);
    expect(trainer.run({ steps: 3 })).toMatchObject({ type: 'diverged', steps: 1 });
    expect(trainer.settle()).toMatchObject({ type: 'diverged', divergence: { step: 0, layer: 1 } });
    expect(stateOf(trainer)).toBe(before);
  });

  test('after other rates: the latest step can still be undone', () => {
    const net = doubling({ training: { batchSize: 4 } });
    const all = withHuge(24, 23);
    const data = { ...all, training: all.training.slice(0, 20), validation: Uint32Array.of(23) };
    const [two, trainer] = [2, 3].map(steps => {
      const each = create(net, data);
      each.run({ steps });
      return each;
    });
    const three = stateOf(trainer);
    trainer.setRates({ rate: 0.5, scales: [1, 1] });
    expect(stateOf(trainer)).toBe(three);
    expect(trainer.settle()).toMatchObject({ type: 'diverged', divergence: { step: 2 } });
    expect(stateOf(trainer)).toBe(stateOf(two));
    trainer.setRates(ratesOf(net));
    trainer.run({ steps: 1 });
    expect(stateOf(trainer)).toBe(three);
  });

  test('other rates at the beginning of an epoch change nothing of the one before', () => {
    const net = doubling({ training: { batchSize: 4, shuffle: true } });
    const [one, other] = [0, 1].map(() => create(net, withHuge(24, -1)));
    for (const trainer of [one, other]) expect(trainer.run({ steps: 9 }).type).toBe('epoch');
    other.setRates(ratesOf(net));
    expect(stateOf(other)).toBe(stateOf(one));
    for (const trainer of [one, other]) trainer.run({ steps: 3 });
    expect(stateOf(other)).toBe(stateOf(one));
  });

  test('in a moment', () => {
    // v = 1.5e30² is too large; the gradient and the parameter are not.
    const net = steep({ optimizer: { type: 'adam', learningRate: 1e-3 } });
    const trainer = create(net, ones(1));
    const before = stateOf(trainer);
    expect(trainer.run({ steps: 1 })).toMatchObject({
      type: 'diverged',
      steps: 0,
      divergence: { layer: 0, row: 0, quantity: 'parameter', value: Infinity },
    });
    expect(stateOf(trainer)).toBe(before);
    expect(trainer.readOptimizerState().clock).toEqual({ beta1Power: 1, beta2Power: 1 });
  });

  test('NaN and ∞ among the parameters', () => {
    const net = straight(1, [dense(1, 'relu'), dense(1, 'linear')]);
    for (const value of [NaN, Infinity, -Infinity]) {
      const trainer = create(net, ones(2), Float64Array.of(1, 0, value, 0));
      expect(trainer.run({ steps: 1 })).toMatchObject({
        type: 'diverged',
        divergence: { layer: 1, row: 0, quantity: 'weightedInput', value },
      });
    }
  });

  test.each(['add', 'concat'] as const)('at an %s', type => {
    const side = (id: string) => dense(1, 'linear', { id, weights: [[2e38]], from: ['input'] });
    const joined = merge(type, type === 'add' ? 1 : 2, ['a', 'b'], 'softplus');
    const layers = [
      side('a'),
      side('b'),
      joined,
      dense(1, 'linear', { weights: [[2, 2].slice(type === 'add' ? 1 : 0)] }),
    ];
    expect(create(straight(1, layers), ones(2)).run({ steps: 1 })).toMatchObject({
      type: 'diverged',
      divergence: {
        layer: type === 'add' ? 2 : 3,
        row: 0,
        quantity: 'weightedInput',
        value: Infinity,
      },
    });
  });

  test('a weighted input alone: a bounded output goes on as if nothing had been', () => {
    const net = straight(1, [dense(1, 'sigmoid', { weights: [[2]], useBias: false })], {
      optimizer: { type: 'adam', learningRate: 0.1 },
      training: { batchSize: 2 },
    });
    // 3e38 and 1e38 are both on the flat side of the sigmoid; the product with 1e38 is finite.
    const [over, under] = [3e38, 1e38].map(value => create(net, withHuge(10, 5, value)));
    for (let i = 0; i < 4; i++) {
      expect(over.run({ steps: 5 }).type).toBe('epoch');
      under.run({ steps: 5 });
      expect(stateOf(over)).toBe(stateOf(under));
      expect(over.evaluation).toEqual(under.evaluation);
    }
  });

  test('in layers that lead nowhere: nothing stops, and they stay', () => {
    const net = straight(
      1,
      [
        dense(1, 'tanh', { id: 'a', weights: [[0.5]] }),
        dense(1, 'linear', { id: 'lost', weights: [[3e38]] }),
        dense(2, 'linear', { id: 'more', weights: [[3e38], [1]] }),
        merge('add', 2, ['more', 'more'], 'relu'),
        dense(1, 'linear', { weights: [[2, 3]] }),
        dense(1, 'linear', { weights: [[1]], from: ['a'] }),
      ],
      { optimizer: { learningRate: 0.1 } },
    );
    const trainer = create(net, dataset([[30], [20]], [[0], [1]]));
    const before = trainer.readParameters();
    for (let i = 0; i < 3; i++) expect(trainer.run({ steps: 1 }).type).toBe('epoch');
    const after = trainer.readParameters();
    // Behind the 2 of the first layer, those of the next three: 2, 4 and 3.
    expect(after.subarray(2, 11)).toEqual(before.subarray(2, 11));
    expect(after[11]).not.toBe(before[11]);
  });
});

describe('all engines tell the same', () => {
  const outcomes = ({ create }: Engine): RunOutcome[] =>
    [1e2, 1e4, 1e8, 1e20].flatMap(learningRate =>
      [1, 3, 'all' as const].map(batchSize => {
        const layers = [dense(9, 'relu'), dense(17, 'softplus'), dense(3, 'linear')];
        const net = network(4, layers, {
          optimizer: { learningRate },
          training: { batchSize },
        });
        const trainer = create(net, randomDataset(40, 4, 3));
        for (let i = 0; i < 2000; i++) {
          const outcome = trainer.run({ steps: Infinity });
          if (outcome.type !== 'epoch') return outcome;
        }
        throw new Error('did not diverge');
      }),
    );

  test.each(float32Engines)('$name', engine => {
    const place = (outcome: RunOutcome): unknown =>
      outcome.type === 'diverged' ? { ...outcome.divergence, value: undefined } : outcome;
    expect(outcomes(engine).map(place)).toEqual(outcomes(reference32).map(place));
  });
});
