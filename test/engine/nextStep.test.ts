/** The sizes of the step that comes next: the step as it is then made, and no other step because of them. */
import { describe, expect, test } from 'vitest';
import { batchGradient } from '../../src/engine/gradient';
import { MOST_MEASURED, stepSizes, trainedLayers } from '../../src/engine/nextStep';
import type { Trainer } from '../../src/engine/trainer';
import { engines, narrow, reference, runTo, stateOf, threaded, type Engine } from './engines';
import { dense, network, randomDataset } from './networks';
import { OPTIMIZERS, randomCase } from './randomCases';
import { randomImageCase } from './randomImageCases';

/** Everything that can be seen of a training, and where a step back leads. */
const seen = (trainer: Trainer): unknown => [
  ...[stateOf(trainer), trainer.step, trainer.epoch, trainer.batch, trainer.gradientNorm],
  ...[trainer.evaluation, trainer.learningRate],
];

const all = [...engines, threaded('plain-4x8', 2)].map(engine => [engine.name, engine] as const);

describe.each(all)('%s', (_, engine) => {
  test.each([
    ['lists', randomCase],
    ['images', randomImageCase],
  ] as const)('looking changes no bit of a training: %s', (_, draw) => {
    for (let seed = 2000; seed < 2024; seed++) {
      const one = draw(seed);
      const optimizer = { ...one.network.training.optimizer, ...OPTIMIZERS[seed % 8] };
      const clip = seed % 3 === 0 ? { norm: 0.1, value: null } : one.network.training.clip;
      const net = { ...one.network, training: { ...one.network.training, optimizer, clip } };
      const create = (): Trainer => engine.create(net, one.dataset, one.start);
      const [plain, looked] = [create(), create()];
      looked.nextStep();
      for (let round = 0; round < 4; round++) {
        for (const trainer of [plain, looked]) {
          if (round === 2) trainer.stepSample();
          else trainer.run({ steps: round === 1 ? 1 : Infinity });
        }
        looked.nextStep();
        expect(seen(looked), `network ${seed}`).toEqual(seen(plain));
        for (const trainer of [plain, looked]) trainer.settle();
        looked.nextStep();
      }
      runTo(plain, plain.step + 7);
      runTo(looked, looked.step + 7);
      expect(seen(looked), `network ${seed}`).toEqual(seen(plain));
    }
  });

  test('they are those of the step that follows', () => {
    for (let seed = 2030; seed < 2060; seed++) {
      const { network: net, dataset, start } = randomCase(seed);
      if (dataset.training.length > MOST_MEASURED) continue;
      const trainer = engine.create(net, dataset, start);
      for (let steps = 0; steps < 3; steps++) {
        const sizes = trainer.nextStep();
        if (!sizes) throw new Error('There is a next step.');
        const before = trainer.readParameters();
        trainer.run({ steps: 1 });
        const after = trainer.readParameters();
        const squares = sizes.gradients.reduce((sum, norm) => sum + norm * norm, 0);
        const scale = Math.max(1e-6, trainer.gradientNorm);
        expect(Math.sqrt(squares) / scale, `network ${seed}`).toBeCloseTo(
          trainer.gradientNorm / scale,
          engine.digits(9),
        );
        const zero = new Float64Array(before.length);
        const step = { gradient: zero, before, after };
        const { ratios } = stepSizes(trainer.plan.parameterTables, step);
        // The functions of small networks add in an order of their own.
        sizes.ratios.forEach((ratio, i) =>
          expect(ratio, `network ${seed}`).toBeCloseTo(ratios[i], engine.digits(9)),
        );
      }
    }
  });
});

const WIDE = network(3, [dense(4, 'tanh'), dense(2, 'linear')], {
  training: { batchSize: 'all', shuffle: false },
});

test('each layer has the norm of its own gradient, weights and biases together', () => {
  const dataset = randomDataset(10, 3, 2);
  const trainer = reference.create(WIDE, dataset);
  const whole = batchGradient(WIDE, dataset, dataset.training, trainer.readParameters());
  const norm = (from: number, to: number): number => Math.hypot(...whole.subarray(from, to));
  const { gradients } = trainer.nextStep() ?? { gradients: [] };
  expect(gradients).toHaveLength(2);
  expect(gradients[0]).toBeCloseTo(norm(0, 16), 12);
  expect(gradients[1]).toBeCloseTo(norm(16, 26), 12);
  expect(trainedLayers(trainer.plan.parameterTables)).toEqual([0, 1]);
});

test.each<Engine>([reference, narrow])(
  'of a large batch the first samples are measured',
  engine => {
    const samples = 3 * MOST_MEASURED + 5;
    const dataset = randomDataset(samples, 3, 2);
    const trainer = engine.create(WIDE, dataset);
    const first = dataset.training.slice(0, MOST_MEASURED);
    const part = batchGradient(WIDE, dataset, first, trainer.readParameters());
    const { gradients } = trainer.nextStep() ?? { gradients: [] };
    const digits = engine.digits(9);
    expect(Math.hypot(...gradients)).toBeCloseTo(Math.hypot(...part), digits);
  },
);
