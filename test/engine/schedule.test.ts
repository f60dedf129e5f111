/** The learning rate from epoch to epoch: its course, and that every trainer goes by it, also one that goes on. */
import { describe, expect, test } from 'vitest';
import { createInspector } from '../../src/engine/inspect';
import { isSteady, layerRateAt, rateAt } from '../../src/engine/schedule';
import { wholePower } from '../../src/math/power';
import type { Network, Schedule } from '../../src/network/network';
import { ratesOf } from '../../src/network/rates';
import { engines, stateOf } from './engines';
import { dense, network, randomDataset, STEADY } from './networks';

const LAYERS = [dense(5, 'tanh', { learningRateScale: 0.5 }), dense(2, 'sigmoid')];

function build(schedule: Partial<Schedule>, epochs = 10, batchSize = 4): Network {
  return network(3, LAYERS, {
    optimizer: { type: 'adam', learningRate: 0.2 },
    training: { schedule: { ...STEADY.schedule, ...schedule }, epochs, batchSize },
  });
}

const course = (schedule: Partial<Schedule>, epochs = 10): number[] =>
  Array.from({ length: 12 }, (_, epoch) => rateAt(build(schedule, epochs).training, epoch));

test('a whole power is what multiplying gives', () => {
  expect([0, 1, 2, 3, 10, 31].map(n => wholePower(0.5, n))).toEqual(
    [0, 1, 2, 3, 10, 31].map(n => 2 ** -n),
  );
  expect(wholePower(0.97, 1e9)).toBe(0);
  expect(wholePower(1, 1e9)).toBe(1);
});

describe('the rate of an epoch', () => {
  test('is that of the optimizer where nothing changes it', () => {
    expect(course({})).toEqual(Array<number>(12).fill(0.2));
    expect(course({ warmUp: 1 })).toEqual(course({}));
    expect(
      [{}, { warmUp: 1 }, { warmUp: 2 }].map(more => isSteady({ ...STEADY.schedule, ...more })),
    ).toEqual([true, true, false]);
  });

  test('falls in steps', () => {
    const rates = course({ type: 'step', every: 5, factor: 0.5 });
    expect(rates).toEqual([
      ...Array<number>(5).fill(0.2),
      ...Array<number>(5).fill(0.1),
      0.05,
      0.05,
    ]);
  });

  test('falls along half a wave, and stays at its end', () => {
    const rates = course({ type: 'cosine', minimum: 0.1 });
    expect(rates[0]).toBe(0.2);
    expect(rates[5]).toBeCloseTo(0.15, 15);
    expect(rates.slice(10)).toEqual([0.1, 0.1]);
  });

  test('rises before that by equal parts', () => {
    expect(course({ warmUp: 4 }).slice(0, 5)).toEqual([0.05, 0.1, 0.75 * 0.2, 0.2, 0.2]);
    const both = course({ type: 'exponential', factor: 0.5, warmUp: 2 });
    expect(both.slice(0, 3)).toEqual([0.1, 0.1, 0.05]);
  });

  test('is multiplied by what the layer says', () => {
    const net = build({ type: 'step', every: 1, factor: 0.5 });
    expect([0, 1].map(layer => layerRateAt(net, layer, 2))).toEqual([0.025, 0.05]);
  });
});

describe.each(engines)('$name', ({ create }) => {
  const data = randomDataset(10, 3, 2, 'binary');
  const net = build({ type: 'exponential', factor: 0.7, warmUp: 3 });
  const toEpoch = (trainer: ReturnType<typeof create>, epoch: number): void => {
    while (trainer.epoch < epoch) trainer.run({ steps: Infinity });
  };

  test('trains each epoch by its rate', () => {
    const whole = create(net, data);
    const byHand = create({ ...net, training: { ...net.training, ...STEADY } }, data);
    const { schedule } = STEADY;
    for (let epoch = 0; epoch < 5; epoch++) {
      expect(whole.learningRate).toBe(rateAt(net.training, epoch));
      byHand.setRates({ ...ratesOf(net), schedule, rate: rateAt(net.training, epoch) });
      [whole, byHand].forEach(trainer => toEpoch(trainer, epoch + 1));
      expect(stateOf(whole)).toBe(stateOf(byHand));
    }
    whole.reset();
    expect(whole.learningRate).toBe(rateAt(net.training, 0));
  });

  test('goes on to the bit from a checkpoint, also of a training that counts from another', () => {
    for (const earlier of [0, 2]) {
      const whole = create(net, data);
      whole.countFrom(earlier);
      toEpoch(whole, 2);
      whole.run({ steps: 1 });
      const other = create(structuredClone(net), data);
      toEpoch(other, 1);
      other.resume(structuredClone(whole.checkpoint()));
      for (const trainer of [whole, other]) {
        expect(trainer.learningRate).toBe(rateAt(net.training, earlier + 2));
        toEpoch(trainer, 4);
      }
      expect(stateOf(other)).toBe(stateOf(whole));
      expect(whole.readOptimizerState().epoch).toBe(earlier + 4);
    }
  });

  test('takes another course from the next step on', () => {
    const trainer = create(net, data);
    toEpoch(trainer, 1);
    trainer.run({ steps: 1 });
    const schedule = { ...STEADY.schedule, type: 'cosine', minimum: 0.01 } as const;
    trainer.setRates({ ...ratesOf(net), schedule });
    const { training } = build(schedule);
    expect(trainer.learningRate).toBe(rateAt(training, 1));
    toEpoch(trainer, 3);
    expect(trainer.learningRate).toBe(rateAt(training, 3));
  });

  test('is what cards tell of the next update', () => {
    const trainer = create(net, data);
    toEpoch(trainer, 4);
    const inspector = createInspector(net, data);
    const facts = inspector.inspect(
      trainer.readParameters(),
      { type: 'bias', layer: 0, row: 1 },
      { type: 'batch' },
      { epoch: 4, step: trainer.step },
      trainer.readOptimizerState(),
    );
    if (facts.type !== 'bias') throw new Error('a bias was asked for');
    expect(facts.update.learningRate).toBe(0.5 * trainer.learningRate);
    expect(facts.update.schedule).toMatchObject({
      epoch: 4,
      epochs: 10,
      rate: trainer.learningRate,
    });
  });
});
