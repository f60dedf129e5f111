/** Other learning rates in the middle of a training. */
import { describe, expect, test } from 'vitest';
import { batchGradient } from '../../src/engine/gradient';
import { initialParameters } from '../../src/engine/initializers';
import { optimizerRules, startClock, tick } from '../../src/engine/optimizers';
import { parameterTablesOf } from '../../src/engine/plan';
import type { Trainer } from '../../src/engine/trainer';
import type { Network, Optimizer } from '../../src/network/network';
import { ratesOf, withRates, type LearningRates } from '../../src/network/rates';
import { inferShapes } from '../../src/network/shapes';
import { engines } from './engines';
import { dense, network, randomDataset } from './networks';

const FIRST: LearningRates = { rate: 0.05, scales: [1, 0.5] };
const SECOND: LearningRates = { rate: 0.007, scales: [3, 1] };
const data = randomDataset(90, 3, 2);

const OPTIMIZERS: readonly (readonly [string, Partial<Optimizer>])[] = [
  ['plain', { type: 'sgd' }],
  ['momentum', { type: 'sgd', momentum: 0.9 }],
  ['Nesterov', { type: 'sgd', momentum: 0.9, nesterov: true }],
  ['rmsprop', { type: 'rmsprop' }],
  ['adagrad', { type: 'adagrad' }],
  ['adam', { type: 'adam' }],
  ['adamw', { type: 'adamw' }],
];

function build(
  optimizer: Partial<Optimizer>,
  training: Partial<Network['training']> = {},
): Network {
  const net = network(3, [dense(5, 'tanh'), dense(2, 'sigmoid')], {
    regularization: { l2: 0.1 },
    optimizer,
    training,
  });
  return withRates(net, FIRST);
}

const bytes = (trainer: Trainer): string =>
  [trainer.readParameters(), ...trainer.readOptimizerState().moments]
    .map(values => Buffer.from(values.buffer).toString('base64'))
    .join();

function runEpochs(trainer: Trainer, goal: number): void {
  while (trainer.epoch < goal) trainer.run({ steps: Infinity });
}

/** The definition in plain loops: one update an epoch, each with the rates of its own. */
function byHand(net: Network, updates: readonly LearningRates[]): Float64Array {
  const { optimizer } = net.training;
  const parameters = initialParameters(net);
  const moments = [0, 1].map(() => new Float64Array(parameters.length));
  const clock = startClock();
  for (const { rate, scales } of updates) {
    const gradient = batchGradient(net, data, data.training, parameters);
    tick(clock, optimizer);
    for (const { layer, offset, length } of parameterTablesOf(net, inferShapes(net))) {
      const [own, slope, first, second] = [parameters, gradient, ...moments].map(all =>
        all.subarray(offset, offset + length),
      );
      const rule = optimizerRules[optimizer.type];
      rule.update(optimizer, rate * scales[layer], clock, own, slope, first, second);
    }
  }
  return parameters;
}

describe.each(engines)('$name: rates that change after epoch 4 of 10', engine => {
  const { create: createTrainer, precision, digits } = engine;

  test.each(OPTIMIZERS)(
    '%s: the same as 4 updates with the first and 6 with the second',
    (_, o) => {
      const trainer = createTrainer(build(o, { shuffle: false }), data);
      runEpochs(trainer, 4);
      trainer.setRates(SECOND);
      expect([trainer.epoch, trainer.step]).toEqual([4, 4]);
      runEpochs(trainer, 10);
      const rates = Array.from({ length: 10 }, (_, epoch) => (epoch < 4 ? FIRST : SECOND));
      const wanted = byHand(build(o), rates);
      const found = trainer.readParameters();
      if (precision === 'float64') expect(found).toEqual(wanted);
      found.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], digits(14)));
      expect(ratesOf(trainer.network)).toMatchObject(SECOND);
    },
  );

  test.each(OPTIMIZERS)('%s: nothing but the rate is others, in small batches', (_, o) => {
    const net = build(o, { batchSize: 16 });
    const given = createTrainer(net, data);
    runEpochs(given, 4);
    const kept = bytes(given);
    given.setRates(SECOND);
    expect(bytes(given)).toBe(kept);
    runEpochs(given, 10);
    // Begun with the second rates, and given the first for the first epochs.
    const other = createTrainer(withRates(net, SECOND), data);
    other.setRates(FIRST);
    runEpochs(other, 4);
    other.setRates(SECOND);
    runEpochs(other, 10);
    expect(bytes(other)).toBe(bytes(given));
    const constant = createTrainer(net, data);
    runEpochs(constant, 10);
    expect(bytes(constant)).not.toBe(bytes(given));
  });
});

describe.each(engines)('$name: other rates', ({ create: createTrainer }) => {
  const large = randomDataset(700, 3, 2);

  test('count for the batch under way, whose gradient has been gathered in part', () => {
    const [before, within] = [0, 1].map(() => createTrainer(build({ type: 'adam' }), large));
    before.setRates(SECOND);
    before.run({ steps: 1 });
    expect(within.run({ steps: 1, expired: () => true })).toEqual({ type: 'time', steps: 0 });
    within.setRates(SECOND);
    within.run({ steps: 1 });
    expect(within.step).toBe(1);
    expect(bytes(within)).toBe(bytes(before));
  });

  test('stay after a reset, and are those that a divergence names', () => {
    const trainer = createTrainer(build({ type: 'sgd' }), data);
    trainer.setRates({ rate: 1e200, scales: [1, 1] });
    trainer.reset();
    const outcome = trainer.run({ steps: Infinity });
    expect(outcome).toMatchObject({ type: 'diverged', divergence: { learningRate: 1e200 } });
  });
});
