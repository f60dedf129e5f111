import { describe, expect, test } from 'vitest';
import { batchGradient } from '../../src/engine/gradient';
import { initialParameters } from '../../src/engine/initializers';
import type { Trainer } from '../../src/engine/trainer';
import type { Network } from '../../src/network/network';
import { engines } from './engines';
import { dataset, dense, network, randomDataset, XOR } from './networks';

function runEpochs(trainer: Trainer, epochs: number): void {
  const goal = trainer.epoch + epochs;
  while (trainer.epoch < goal) trainer.run({ steps: Infinity });
}

describe.each(engines)('$name', ({ create: createTrainer, digits, held, name }) => {
  describe('learning', () => {
    test('XOR, from a start that cannot', () => {
      const net = network(2, [dense(4, 'tanh'), dense(1, 'sigmoid')], {
        loss: { type: 'binaryCrossEntropy' },
        optimizer: { type: 'adam', learningRate: 0.05 },
      });
      const trainer = createTrainer(net, XOR);
      expect(trainer.evaluation.loss).toBeGreaterThan(0.5);
      runEpochs(trainer, 500);
      expect(trainer.step).toBe(500);
      expect(trainer.evaluation.loss).toBeLessThan(0.01);
      expect(trainer.evaluation.accuracy).toBe(1);
      expect(trainer.evaluation.validationLoss).toBeNaN();
      expect(trainer.evaluation.validationAccuracy).toBeNaN();
      const outputs = trainer.predict(XOR.inputs.values, 4);
      expect([...outputs].map(Math.round)).toEqual([0, 1, 1, 0]);
    });

    test('one step of gradient descent is θ − η ∂C/∂θ, with the learning-rate scale of the layer', () => {
      const layers = [dense(3, 'tanh', { learningRateScale: 0.25 }), dense(2, 'linear')];
      const net = network(2, layers, { regularization: { l2: 0.3 } });
      const data = randomDataset(7, 2, 2);
      const before = initialParameters(net);
      const gradient = batchGradient(net, data, data.training, before);
      const trainer = createTrainer(net, data);
      trainer.run({ steps: 1 });
      trainer.readParameters().forEach((after, i) => {
        const rate = i < 9 ? 0.5 * 0.25 : 0.5;
        expect(after).toBeCloseTo(before[i] - rate * gradient[i], digits(14));
      });
      const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
      expect(trainer.gradientNorm).toBeCloseTo(norm, digits(12));
    });

    test('goes on from given parameters; reset leads back to those at the start', () => {
      const net = network(2, [dense(3, 'tanh'), dense(1, 'linear')]);
      const now = held(initialParameters(net).map(value => 2 * value + 0.5));
      const trainer = createTrainer(net, XOR, undefined, now);
      expect(trainer.readParameters()).toEqual(now);
      trainer.reset();
      expect(trainer.readParameters()).toEqual(held(initialParameters(net)));
      expect(() => createTrainer(net, XOR, undefined, now.slice(1))).toThrow('found 12');
    });

    test('a neuron without bias has none', () => {
      const net = network(2, [dense(3, 'tanh', { useBias: false }), dense(1, 'linear')]);
      const trainer = createTrainer(net, XOR);
      expect(trainer.readParameters()).toHaveLength(6 + 4);
      expect(trainer.plan.parameterTables.map(({ kind }) => kind)).toEqual([
        'weight',
        'weight',
        'bias',
      ]);
    });
  });

  describe('evaluation', () => {
    const data = randomDataset(300, 2, 2, 'real', 120);

    function expectedLoss(net: Network, trainer: Trainer, samples: Uint32Array): number {
      const a = trainer.predict(data.inputs.values, data.samples);
      let sum = 0;
      for (const s of samples) {
        for (let j = 0; j < 2; j++) sum += (a[2 * s + j] - data.targets[2 * s + j]) ** 2;
      }
      const factor = { sum: 1, mean: 1 / samples.length, meanAll: 0.5 / samples.length };
      return factor[net.loss.reduction] * sum;
    }

    test.each(['sum', 'mean', 'meanAll'] as const)(
      '%s over more samples than a tile holds',
      reduction => {
        const net = network(2, [dense(3, 'tanh'), dense(2, 'linear')], {
          loss: { half: false, reduction },
        });
        const trainer = createTrainer(net, data);
        expect(trainer.plan.batchRows).toBeLessThan(data.training.length);
        const { loss, validationLoss, accuracy } = trainer.evaluation;
        const places = digits(10, reduction === 'sum' ? 1000 : 1);
        expect(loss).toBeCloseTo(expectedLoss(net, trainer, data.training), places);
        expect(validationLoss).toBeCloseTo(expectedLoss(net, trainer, data.validation), places);
        expect(accuracy).toBeNaN();
      },
    );

    test.each([
      ['lambda/2m', 1 / 360],
      ['lambda/2', 1 / 2],
      ['lambda', 1],
    ] as const)('the penalty with scale %s is in both losses, the same number', (scale, factor) => {
      const settings = { loss: { half: false } };
      const layers = [dense(3, 'tanh', { bias: [1, 2, 3] }), dense(2, 'linear')];
      const plain = createTrainer(network(2, layers, settings), data);
      const net = network(2, layers, { ...settings, regularization: { l2: 0.5, l1: 0.25, scale } });
      const penalised = createTrainer(net, data);
      const w = initialParameters(net).filter((_, i) => i < 6 || (i >= 9 && i < 15));
      const penalty =
        factor *
        (0.5 * w.reduce((sum, v) => sum + v * v, 0) +
          0.25 * w.reduce((sum, v) => sum + Math.abs(v), 0));
      expect(penalty).toBeGreaterThan(0.001);
      const difference = (key: 'loss' | 'validationLoss'): number =>
        penalised.evaluation[key] - plain.evaluation[key];
      expect(difference('loss')).toBeCloseTo(penalty, digits(12));
      expect(difference('validationLoss')).toBeCloseTo(penalty, digits(12));
    });

    test('biases are penalised only when the file says so', () => {
      const layers = [
        dense(2, 'linear', {
          weights: [
            [0, 0],
            [0, 0],
          ],
          bias: [1, 2],
        }),
      ];
      const loss = (bias: boolean): number =>
        createTrainer(
          network(2, layers, { regularization: { l2: 1, scale: 'lambda', bias } }),
          data,
        ).evaluation.loss;
      expect(loss(true) - loss(false)).toBeCloseTo(5, digits(12));
    });

    test('accuracy by the largest output where targets are one-hot', () => {
      const net = network(2, [
        dense(2, 'linear', {
          weights: [
            [1, 0],
            [0, 1],
          ],
        }),
      ]);
      const x = [
        [3, 1],
        [0, 2],
        [5, 4],
        [1, 9],
      ];
      const y = [
        [1, 0],
        [0, 1],
        [0, 1],
        [1, 0],
      ];
      expect(createTrainer(net, dataset(x, y)).evaluation.accuracy).toBe(0.5);
      expect(createTrainer(net, dataset(x, y, 2)).evaluation).toMatchObject({
        accuracy: 1,
        validationAccuracy: 0,
      });
    });

    test('accuracy by ½ where targets are 0 and 1, every output on its side', () => {
      const net = network(2, [
        dense(2, 'linear', {
          weights: [
            [1, 0],
            [0, 1],
          ],
        }),
      ]);
      const x = [
        [0.6, 0.7],
        [0.4, 0.7],
        [0.6, 0.2],
        [0.1, 0.2],
      ];
      const y = [
        [1, 1],
        [1, 1],
        [1, 0],
        [0, 0],
      ];
      expect(createTrainer(net, dataset(x, y)).evaluation.accuracy).toBe(0.75);
    });

    test('can be interrupted between tiles and goes on', () => {
      const net = network(2, [dense(3, 'tanh'), dense(2, 'linear')]);
      const whole = createTrainer(net, data).evaluation;
      const trainer = createTrainer(net, data);
      expect(trainer.evaluate(() => true)).toBe(false);
      let calls = 1;
      while (!trainer.evaluate(() => true)) calls += 1;
      // 180 and 120 samples: three tiles of 128 rows, or five of 64 as in WebAssembly; the first was one call.
      expect(calls).toBe(name.startsWith('wasm') ? 4 : 2);
      expect(trainer.evaluation).toEqual(whole);
    });
  });

  describe('what does not fit', () => {
    const net = network(2, [dense(1, 'linear')]);

    test('names the sizes of network and data', () => {
      expect(() => createTrainer(net, randomDataset(4, 3, 1))).toThrow(/2 inputs, the data have 3/);
      expect(() => createTrainer(net, randomDataset(4, 2, 2))).toThrow(/1 units, the data have 2/);
    });

    test('a loss that does not go with the output activation', () => {
      const wrong = network(2, [dense(1, 'linear')], { loss: { type: 'binaryCrossEntropy' } });
      expect(() => createTrainer(wrong, XOR)).toThrow(
        /binaryCrossEntropy needs the activation sigmoid/,
      );
    });

    test('without data it can predict but not train', () => {
      const empty = { ...randomDataset(1, 2, 1), samples: 0, training: new Uint32Array(0) };
      const trainer = createTrainer(net, empty);
      expect(trainer.predict(Float64Array.of(1, 1), 1)).toHaveLength(1);
      expect(trainer.evaluation.loss).toBeNaN();
      expect(() => trainer.run({ steps: 1 })).toThrow(/at least one training sample/);
    });
  });
});
