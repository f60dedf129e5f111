/** Epochs that are passed over are gone through together: nobody can tell it from one after the other. */
import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../../src/engine/checkpoint';
import type { Machine } from '../../src/engine/machine';
import { SteppingTrainer } from '../../src/engine/steppingTrainer';
import type { RunOutcome, Trainer } from '../../src/engine/trainer';
import { createWasmMachine } from '../../src/engine/wasm/machine';
import type { Layer, Network, Schedule, Training } from '../../src/network/network';
import { ratesOf } from '../../src/network/rates';
import { inferShapes } from '../../src/network/shapes';
import { backendOf, engines, inPrecision, stateOf, threaded } from './engines';
import { dataset, dense, network, randomDataset, STEADY, XOR } from './networks';

/** Everything that can be seen between two steps; the loss only where it is known to both. */
const seen = (trainer: Trainer): object => ({
  ...{ step: trainer.step, epoch: trainer.epoch, batch: trainer.batch },
  ...{ rate: trainer.learningRate, norm: trainer.gradientNorm, state: stateOf(trainer) },
  scheduled: trainer.readOptimizerState().epoch,
});

/** So many updates in all, by calls of `most`; the loss is not wanted before, but for `eachEpoch`. */
function goTo(trainer: Trainer, step: number, most: number, eachEpoch = false): RunOutcome[] {
  const outcomes: RunOutcome[] = [];
  while (trainer.step < step) {
    const steps = Math.min(most, step - trainer.step);
    outcomes.push(trainer.run({ steps, lossAt: eachEpoch ? 0 : Infinity }));
    if (outcomes.at(-1)?.type === 'diverged') break;
  }
  return outcomes;
}

const scheduled = (schedule: Partial<Schedule>): Partial<Training> => ({
  schedule: { ...STEADY.schedule, ...schedule },
});

/** Networks for the four samples of XOR: what steps, orders, batches and rates may be. */
const variants: Readonly<Record<string, Network>> = {
  'one sample a batch': xor({ batchSize: 1 }),
  'in the order of the data': xor({ batchSize: 1, shuffle: false }),
  'two samples a batch': xor({ batchSize: 2 }),
  'all samples a batch': xor({ batchSize: 'all' }),
  'a batch that does not divide them': xor({ batchSize: 3 }),
  'steps of the rate': xor({ batchSize: 1, ...scheduled({ type: 'step', every: 7 }) }),
  'another rate each epoch': xor({
    batchSize: 2,
    ...scheduled({ type: 'exponential', factor: 0.99 }),
  }),
  'a warm-up': xor({ batchSize: 1, shuffle: false, ...scheduled({ warmUp: 9 }) }),
  dropout: xor({ batchSize: 1 }, [
    dense(6, 'tanh'),
    { type: 'dropout', rate: 0.5, units: 6, activation: 'linear' },
    dense(1, 'sigmoid'),
  ]),
  'a network of lists': xor({ batchSize: 1 }, [dense(90, 'tanh'), dense(1, 'sigmoid')]),
};

function xor(training: Partial<Training>, layers?: readonly Layer[]): Network {
  return network(2, layers ?? [dense(3, 'sigmoid'), dense(1, 'sigmoid')], { training });
}

const each = Object.entries(variants);

describe.each([...engines, threaded('plain-4x8', 2)])('$name', ({ create, precision }) => {
  test.each(each)(
    'any number of steps leads where one epoch after the other does: %s',
    (_, net) => {
      for (const most of [1, 3, 7, Infinity]) {
        const [plain, ours] = [create(net, XOR), create(net, XOR)];
        ours.evaluate();
        for (const goal of [2, 29, 30, 4 * 13, 150]) {
          goTo(plain, goal, Infinity, true);
          expect(goTo(ours, goal, most).every(({ type }) => type === 'steps')).toBe(true);
          // A call that ends with an epoch has begun the next one in the one, and told of it in the other.
          expect(seen(ours)).toEqual(seen(plain));
        }
        plain.evaluate();
        ours.evaluate();
        expect(ours.evaluation).toEqual(plain.evaluation);
      }
    },
  );

  test('the loss that is wanted at an epoch ends the call there, whatever has been gone through', () => {
    const trainer = create(variants['one sample a batch'], XOR);
    trainer.evaluate();
    expect(trainer.run({ steps: 10, lossAt: 90 })).toEqual({ type: 'steps', steps: 10 });
    expect(trainer).toMatchObject({ epoch: 2, batch: 2 });
    expect(trainer.run({ steps: Infinity, lossAt: 0 })).toEqual({ type: 'epoch', steps: 2 });
    expect(trainer.run({ steps: Infinity, lossAt: 7.5 })).toEqual({ type: 'epoch', steps: 20 });
    expect(trainer.run({ steps: Infinity, lossAt: 8 })).toEqual({ type: 'epoch', steps: 4 });
    expect(trainer.run({ steps: Infinity, lossAt: 5000 })).toMatchObject({ steps: 4 * 4991 });
    expect(trainer).toMatchObject({ epoch: 5000, batch: 0 });
  });

  test.each(each)('goes on by other rates, another schedule and single samples: %s', (_, net) => {
    const [plain, ours] = [create(net, XOR), create(net, XOR)];
    const all = [plain, ours];
    ours.evaluate();
    const on = (steps: number): void => {
      const goal = plain.step + steps;
      goTo(plain, goal, Infinity, true);
      goTo(ours, goal, Infinity);
      expect(seen(ours)).toEqual(seen(plain));
    };
    const both = (change: (trainer: Trainer) => void): void => {
      all.forEach(change);
      on(31);
    };
    on(29);
    both(trainer => trainer.setRates({ ...ratesOf(trainer.network), rate: 0.1 }));
    all.forEach(trainer => trainer.evaluate());
    both(trainer => trainer.countFrom(5));
    both(trainer => trainer.stepSample());
    both(trainer => trainer.settle());
    both(trainer => trainer.reset());
  });

  test.each(each)(
    'a checkpoint amid epochs that are passed over is one like others: %s',
    (_, net) => {
      const [plain, ours, resumed] = [create(net, XOR), create(net, XOR), create(net, XOR)];
      for (const trainer of [ours, resumed]) trainer.evaluate();
      goTo(plain, 41, Infinity, true);
      goTo(ours, 41, Infinity);
      goTo(resumed, 70, Infinity);
      const taken = ({ evaluation: _, ...rest }: Checkpoint): object => rest;
      expect(taken(ours.checkpoint())).toEqual(taken(plain.checkpoint()));
      resumed.resume(ours.checkpoint());
      expect(seen(resumed)).toEqual(seen(plain));
      for (const trainer of [plain, ours, resumed]) goTo(trainer, 122, Infinity, trainer === plain);
      expect(seen(ours)).toEqual(seen(plain));
      expect(seen(resumed)).toEqual(seen(plain));
    },
  );

  test('an overflow late in a long way is told at its place, in the midst of an epoch and at its start', () => {
    const ends = [0, 1, 2, 3].map(place => {
      const inputs = [0, 1, 2, 3].map(i => [i === place ? 1 : 1e-6]);
      const data = dataset(inputs, [[0], [0], [0], [0]]);
      const net = growing();
      const [plain, ours] = [create(net, data), create(net, data)];
      for (const trainer of [plain, ours]) trainer.evaluate();
      const expected = goTo(plain, 1e6, Infinity, true).at(-1);
      if (expected?.type !== 'diverged') throw new Error('The test needs numbers that overflow.');
      const { type, divergence } = expected;
      expect(divergence.epoch).toBeGreaterThan(20);
      expect(goTo(ours, 1e6, Infinity).at(-1)).toMatchObject({ type, divergence });
      expect(seen(ours)).toEqual(seen(plain));
      expect(ours.evaluation).toEqual(plain.evaluation);
      return divergence.batch;
    });
    // In float64 squares overflow long before a weight does: it is the loss of all samples that is told.
    if (precision === 'float32') expect(new Set(ends).size).toBeGreaterThan(2);
  });
});

/** A weight that grows by a factor at one of the samples. */
const growing = (): Network =>
  network(1, [dense(1, 'linear', { useBias: false, weights: [[1]] })], {
    optimizer: { learningRate: 4 },
    training: { batchSize: 1, shuffle: false },
  });

describe('the machine of WebAssembly', () => {
  /** Counts the calls of a trainer's machine. */
  function counted(net: Network, data = XOR): { trainer: Trainer; calls: () => number } {
    const given = inPrecision(net, 'float32');
    const machine: Machine = createWasmMachine(
      given,
      inferShapes(given),
      data,
      backendOf('plain-4x8'),
    );
    let calls = 0;
    const work = machine.work.bind(machine);
    machine.work = (...args) => {
      calls += 1;
      return work(...args);
    };
    const report = { backend: 'wasm', reason: 'the test asks for it' };
    const trainer = new SteppingTrainer(
      given,
      data,
      () => ({ machine, report }),
      undefined,
      undefined,
    );
    trainer.evaluate();
    return { trainer, calls: () => calls };
  }

  test.each(each)(
    'makes the steps of many small epochs in a call, where they can be joined: %s',
    (name, net) => {
      const { trainer, calls } = counted(net);
      expect(trainer.run({ steps: Infinity, lossAt: 1500 })).toMatchObject({ type: 'epoch' });
      const expected: Readonly<Record<string, number>> = {
        'a batch that does not divide them': 1500,
        'another rate each epoch': 1500,
        dropout: 1500,
        'steps of the rate': Math.ceil(1500 / 7),
        // One call for each rate, then 512 epochs at a time.
        'a warm-up': 8 + Math.ceil(1492 / 512),
      };
      expect(calls()).toBe(expected[name] ?? Math.ceil(1500 / 512));
    },
  );

  test('comes back at the end of each call: epochs of many samples are not joined', () => {
    const net = network(3, [dense(4, 'tanh'), dense(2, 'linear')], { training: { batchSize: 8 } });
    const [few, many] = [800, 4000].map(samples => {
      const { trainer, calls } = counted(net, randomDataset(samples, 3, 2));
      trainer.run({ steps: Infinity, lossAt: 8 });
      return calls();
    });
    expect(few).toBe(4);
    expect(many).toBe(8);
  });

  test('takes the latest step of several epochs back where only the loss overflows', () => {
    const data = dataset([[1], [1e30]], [[0], [1]], 1);
    const [plain, ours] = [counted(growing(), data).trainer, counted(growing(), data).trainer];
    goTo(plain, 1e6, Infinity, true);
    const steps = plain.step;
    goTo(ours, steps + 1, Infinity);
    expect(ours.step, 'the steps alone do not overflow').toBe(steps + 1);
    expect(ours.settle()).toMatchObject({ type: 'diverged' });
    expect(ours.step, 'back at the latest loss that is known').toBe(0);
    expect(goTo(ours, 1e6, Infinity).at(-1)?.type).toBe('diverged');
    expect(seen(ours)).toEqual(seen(plain));
  });
});
