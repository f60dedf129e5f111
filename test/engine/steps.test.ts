/** Batches, epochs and single samples: what a trainer counts, and where it comes back. */
import { describe, expect, test } from 'vitest';
import { batchGradient } from '../../src/engine/gradient';
import { initialParameters } from '../../src/engine/initializers';
import type { RunOutcome, Trainer } from '../../src/engine/trainer';
import type { Network } from '../../src/network/network';
import { engines } from './engines';
import { dense, network, randomDataset } from './networks';

function runEpochs(trainer: Trainer, epochs: number): void {
  const goal = trainer.epoch + epochs;
  while (trainer.epoch < goal) trainer.run({ steps: Infinity });
}

function bytes(parameters: Float64Array): string {
  return Buffer.from(parameters.buffer).toString('base64');
}

describe.each(engines)('$name', ({ create: createTrainer, digits, held }) => {
  describe('steps and epochs', () => {
    const data = randomDataset(10, 2, 1);
    const net = (
      batchSize: number | 'all',
      precision: 'float32' | 'float64' = 'float64',
    ): Network =>
      network(2, [dense(3, 'tanh'), dense(1, 'linear')], {
        optimizer: { learningRate: 0.05, momentum: 0.5 },
        training: { batchSize, precision },
      });

    test('the last incomplete batch is applied in its own epoch', () => {
      const trainer = createTrainer(net(4), data);
      const outcomes: [RunOutcome['type'], number, number][] = [];
      for (let i = 0; i < 3; i++) {
        const { type } = trainer.run({ steps: 1 });
        outcomes.push([type, trainer.epoch, trainer.batch]);
      }
      expect(outcomes).toEqual([
        ['steps', 0, 1],
        ['steps', 0, 2],
        ['epoch', 1, 0],
      ]);
      expect(trainer.step).toBe(3);
    });

    test('the gradient of the last incomplete batch is reduced over its own samples', () => {
      const unshuffled = { ...net(8), training: { ...net(8).training, shuffle: false } };
      const trainer = createTrainer(unshuffled, data);
      trainer.run({ steps: 1 });
      const before = trainer.readParameters();
      trainer.run({ steps: 1 });
      const gradient = batchGradient(unshuffled, data, Uint32Array.of(8, 9), before);
      const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
      expect(trainer.gradientNorm).toBeCloseTo(norm, digits(13));
    });

    test('run returns at every epoch, and after the steps that were asked for', () => {
      const trainer = createTrainer(net(5), data);
      expect(trainer.run({ steps: Infinity })).toEqual({ type: 'epoch', steps: 2 });
      expect(trainer.run({ steps: 1 })).toEqual({ type: 'steps', steps: 1 });
      expect(trainer.run({ steps: 0 })).toEqual({ type: 'steps', steps: 0 });
      expect(trainer.run({ steps: 9 })).toEqual({ type: 'epoch', steps: 1 });
      expect(trainer.epoch).toBe(2);
    });

    test('stepSample updates by one sample, and the rest of its batch follows', () => {
      const trainer = createTrainer(net(5), data);
      expect(trainer.stepSample()).toEqual({ type: 'steps', steps: 1 });
      expect(trainer).toMatchObject({ step: 1, batch: 0, epoch: 0 });
      trainer.run({ steps: 1 }); // the other four samples of the first batch
      expect(trainer).toMatchObject({ step: 2, batch: 1, epoch: 0 });
      for (let i = 0; i < 4; i++) trainer.stepSample();
      expect(trainer.stepSample()).toEqual({ type: 'epoch', steps: 1 });
      expect(trainer).toMatchObject({ step: 7, batch: 0, epoch: 1 });
    });

    test('single samples are the same as batches of one', () => {
      const one = createTrainer(net(1), data);
      const other = createTrainer(net(5), data);
      for (let i = 0; i < 23; i++) {
        one.run({ steps: 1 });
        other.stepSample();
      }
      expect(bytes(one.readParameters())).toBe(bytes(other.readParameters()));
    });

    test('evaluation follows the parameters, and evaluate never ends an epoch', () => {
      const trainer = createTrainer(net(5), data);
      const start = trainer.evaluation;
      trainer.run({ steps: 1 });
      expect(trainer.evaluation).toBe(start);
      expect(trainer.evaluate()).toBe(true);
      expect(trainer.evaluation.loss).not.toBe(start.loss);
      const outcome = trainer.run({ steps: 1, expired: () => true });
      expect(outcome.type).toBe('epoch');
    });

    test('reset gives the same run again', () => {
      const trainer = createTrainer(net(3), data);
      const { loss } = trainer.evaluation;
      runEpochs(trainer, 5);
      const first = bytes(trainer.readParameters());
      const { evaluation } = trainer;
      trainer.reset();
      expect(trainer).toMatchObject({ step: 0, epoch: 0, batch: 0 });
      expect(trainer.gradientNorm).toBeNaN();
      expect(trainer.evaluation.loss).toBe(loss);
      runEpochs(trainer, 5);
      expect(bytes(trainer.readParameters())).toBe(first);
      expect(trainer.evaluation).toEqual(evaluation);
    });

    test('reset takes other parameters, and refuses a wrong number of them', () => {
      const trainer = createTrainer(net(3), data);
      const parameters = held(trainer.readParameters().map(w => w + 1));
      trainer.reset(parameters);
      expect(trainer.readParameters()).toEqual(parameters);
      expect(() => trainer.reset(new Float64Array(3))).toThrow(/13 parameters, found 3/);
    });

    test('epochs come in different orders when shuffled, in the data’s order when not', () => {
      const paths = (shuffle: boolean): number[] => {
        const base = net(1);
        const trainer = createTrainer({ ...base, training: { ...base.training, shuffle } }, data);
        return Array.from({ length: 2 }, () => {
          trainer.reset(initialParameters(base));
          trainer.run({ steps: 1 });
          return trainer.gradientNorm;
        });
      };
      const g = (sample: number): number =>
        Math.sqrt(
          batchGradient(net(1), data, Uint32Array.of(sample), initialParameters(net(1))).reduce(
            (sum, v) => sum + v * v,
            0,
          ),
        );
      expect(paths(false)[0]).toBeCloseTo(g(0), digits(13));
      expect(paths(true)[0]).not.toBeCloseTo(g(0), digits(6));
      expect(paths(true)[0]).toBe(paths(true)[1]);
    });

    test('predict does not disturb a batch under way', () => {
      const large = randomDataset(300, 2, 1);
      const one = createTrainer(net('all'), large);
      const other = createTrainer(net('all'), large);
      for (let i = 0; i < 4; i++) one.run({ steps: 1 });
      while (other.epoch < 4) {
        other.run({ steps: 1, expired: () => true });
        other.predict(Float64Array.of(1, 2), 1);
        other.evaluate(() => true);
      }
      expect(bytes(other.readParameters())).toBe(bytes(one.readParameters()));
    });

    test('predict works for more rows than a tile, and checks the number of inputs', () => {
      const trainer = createTrainer(net(5), data);
      const inputs = randomDataset(33, 2, 1).inputs.values;
      const all = trainer.predict(inputs, 33);
      const last = trainer.predict(inputs.slice(64), 1);
      expect(all[32]).toBe(last[0]);
      expect(() => trainer.predict(inputs, 2)).toThrow(/2 × 2 inputs, found 66/);
    });
  });
});
