import { describe, expect, test } from 'vitest';
import { batchGradient } from '../../src/engine/gradient';
import { initialParameters } from '../../src/engine/initializers';
import { createTrainer } from '../../src/engine/referenceTrainer';
import type { RunOutcome, Trainer } from '../../src/engine/trainer';
import type { Network } from '../../src/network/network';
import { dataset, dense, network, randomDataset, XOR } from './networks';

function runEpochs(trainer: Trainer, epochs: number): void {
  const goal = trainer.epoch + epochs;
  while (trainer.epoch < goal) trainer.run({ steps: Infinity });
}

function bytes(parameters: Float64Array): string {
  return Buffer.from(parameters.buffer).toString('base64');
}

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
    const outputs = trainer.predict(XOR.inputs, 4);
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
      expect(after).toBeCloseTo(before[i] - rate * gradient[i], 14);
    });
    const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
    expect(trainer.gradientNorm).toBeCloseTo(norm, 12);
  });

  test('goes on from given parameters; reset leads back to those at the start', () => {
    const net = network(2, [dense(3, 'tanh'), dense(1, 'linear')]);
    const now = initialParameters(net).map(value => 2 * value + 0.5);
    const trainer = createTrainer(net, XOR, undefined, now);
    expect(trainer.readParameters()).toEqual(now);
    trainer.reset();
    expect(trainer.readParameters()).toEqual(initialParameters(net));
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
    const a = trainer.predict(data.inputs, data.samples);
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
      expect(loss).toBeCloseTo(expectedLoss(net, trainer, data.training), 10);
      expect(validationLoss).toBeCloseTo(expectedLoss(net, trainer, data.validation), 10);
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
    expect(difference('loss')).toBeCloseTo(penalty, 12);
    expect(difference('validationLoss')).toBeCloseTo(penalty, 12);
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
      createTrainer(network(2, layers, { regularization: { l2: 1, scale: 'lambda', bias } }), data)
        .evaluation.loss;
    expect(loss(true) - loss(false)).toBeCloseTo(5, 12);
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
    expect(calls).toBe(2); // 180 samples in two tiles, 120 in one: three calls
    expect(trainer.evaluation).toEqual(whole);
  });
});

describe('steps and epochs', () => {
  const data = randomDataset(10, 2, 1);
  const net = (batchSize: number | 'all', precision: 'float32' | 'float64' = 'float64'): Network =>
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
    expect(trainer.gradientNorm).toBeCloseTo(norm, 13);
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
    const parameters = trainer.readParameters().map(w => w + 1);
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
    expect(paths(false)[0]).toBeCloseTo(g(0), 13);
    expect(paths(true)[0]).not.toBeCloseTo(g(0), 6);
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
    const inputs = randomDataset(33, 2, 1).inputs;
    const all = trainer.predict(inputs, 33);
    const last = trainer.predict(inputs.slice(64), 1);
    expect(all[32]).toBe(last[0]);
    expect(() => trainer.predict(inputs, 2)).toThrow(/2 × 2 inputs, found 66/);
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
