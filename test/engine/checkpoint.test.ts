import { describe, expect, test } from 'vitest';
import { CheckpointError } from '../../src/engine/checkpoint';
import type { Checkpoint } from '../../src/engine/checkpoint';
import { createTrainer } from '../../src/engine/referenceTrainer';
import type { Trainer } from '../../src/engine/trainer';
import type { Network, Optimizer, Precision } from '../../src/network/network';
import { dense, merge, network, randomDataset } from './networks';

const data = randomDataset(150, 4, 3, 'oneHot', 20);

type Options = Parameters<typeof network>[2];

const LAYERS = [
  dense(6, 'tanh', { id: 'stem' }),
  dense(6, 'gelu'),
  merge('add', 6, ['stem', 'input2']),
  dense(3, 'softmax'),
];
const BRANCHED = LAYERS.map((layer, i) => (i === 1 ? { ...layer, id: 'input2' } : layer));

function build(
  precision: Precision,
  optimizer: Partial<Optimizer>,
  options: Options = {},
): Network {
  return network(4, BRANCHED, {
    seed: 7,
    loss: { type: 'crossEntropy' },
    regularization: { l2: 0.01 },
    ...options,
    optimizer: { learningRate: 0.01, ...optimizer },
    training: { precision, batchSize: 16, shuffle: true, ...options?.training },
  });
}

/** Everything that can be seen of a trainer, to the bit. */
function seen(trainer: Trainer): unknown {
  const { moments, clock } = trainer.readOptimizerState();
  const bytes = [trainer.readParameters(), ...moments].map(values =>
    Buffer.from(values.buffer).toString('base64'),
  );
  const { step, epoch, batch, evaluation, gradientNorm } = trainer;
  return { bytes, clock, step, epoch, batch, evaluation, gradientNorm };
}

/** What is seen after each of so many more steps, epochs' ends included. */
function train(trainer: Trainer, steps: number): unknown[] {
  const course: unknown[] = [];
  const end = trainer.step + steps;
  while (trainer.step < end) {
    trainer.run({ steps: 1 });
    course.push(seen(trainer));
  }
  return course;
}

const OPTIMIZERS: Partial<Optimizer>[] = [
  { type: 'sgd' },
  { type: 'sgd', momentum: 0.9, nesterov: true },
  { type: 'rmsprop' },
  { type: 'adagrad' },
  { type: 'adam' },
  { type: 'adamw' },
];

describe.each(['float32', 'float64'] as const)('%s', precision => {
  test.each(OPTIMIZERS)('goes on to the bit: %o', optimizer => {
    const built = build(precision, optimizer);
    // 130 samples in batches of 16: an epoch has 9 steps.
    for (const steps of [0, 4, 9, 13, 18]) {
      const whole = createTrainer(built, data);
      train(whole, steps);
      const checkpoint = whole.checkpoint();
      const course = train(whole, 25);
      const other = createTrainer(structuredClone(built), structuredClone(data));
      train(other, 3);
      other.resume(structuredClone(checkpoint));
      expect(train(other, 25)).toEqual(course);
    }
  });

  test('in the middle of a batch, and of an evaluation', () => {
    const built = build(precision, { type: 'adam' }, { training: { batchSize: 'all' } });
    const large = randomDataset(700, 4, 3, 'oneHot', 150);
    for (const calls of [1, 2, 3, 6]) {
      const whole = createTrainer(built, large);
      for (let i = 0; i < calls; i++) whole.run({ steps: 1, expired: () => true });
      const checkpoint = whole.checkpoint();
      const other = createTrainer(built, large);
      other.resume(checkpoint);
      expect(train(other, 6)).toEqual(train(whole, 6));
    }
  });

  test('after single samples', () => {
    const built = build(precision, { type: 'rmsprop' });
    const whole = createTrainer(built, data);
    for (let i = 0; i < 21; i++) whole.stepSample();
    const other = createTrainer(built, data);
    other.resume(whole.checkpoint());
    for (let i = 0; i < 5; i++) [whole, other].forEach(trainer => trainer.stepSample());
    expect(seen(other)).toEqual(seen(whole));
    expect(train(other, 12)).toEqual(train(whole, 12));
  });
});

const built = build('float32', { type: 'adam' });

function taken(from = built): Checkpoint {
  const trainer = createTrainer(from, data);
  train(trainer, 5);
  return trainer.checkpoint();
}

test('a checkpoint is a copy, and reset leads back to the start of the trainer', () => {
  const trainer = createTrainer(built, data);
  const start = seen(trainer);
  const checkpoint = taken();
  const before = structuredClone(checkpoint);
  trainer.resume(checkpoint);
  train(trainer, 3);
  expect(checkpoint).toEqual(before);
  trainer.reset();
  expect(seen(trainer)).toEqual(start);
});

test('the learning rate, names and the end of the training may be others', () => {
  const other: Network = {
    ...build('float32', { type: 'adam', learningRate: 0.5 }),
    name: 'another',
    notation: 'ng',
    layers: BRANCHED.map(layer =>
      layer.type === 'dense' ? { ...layer, learningRateScale: 2 } : layer,
    ),
  };
  const stop = { targetLoss: 0.1, patience: 3, maxSeconds: 2 };
  const trainer = createTrainer(
    { ...other, training: { ...other.training, epochs: 3, stop } },
    data,
  );
  trainer.resume(taken());
  expect(trainer.step).toBe(5);
});

describe('refused, and nothing changes', () => {
  const refusal = (checkpoint: Checkpoint, network: Network, dataset = data): string => {
    const trainer = createTrainer(network, dataset);
    train(trainer, 2);
    const before = seen(trainer);
    try {
      trainer.resume(checkpoint);
    } catch (error) {
      expect(error).toBeInstanceOf(CheckpointError);
      expect(seen(trainer)).toEqual(before);
      return (error as Error).message;
    }
    return 'accepted';
  };

  test.each([
    [
      build('float64', { type: 'adam' }),
      'training.precision is "float32" in it and "float64" here',
    ],
    [build('float32', { type: 'adamw' }), 'training.optimizer.type is "adam" in it and "adamw"'],
    [
      build('float32', { type: 'adam', beta1: 0.8 }),
      'training.optimizer.beta1 is 0.9 in it and 0.8 here',
    ],
    [build('float32', { type: 'adam' }, { seed: 8 }), 'seed is 7 in it and 8 here'],
    [
      build('float32', { type: 'adam' }, { training: { batchSize: 'all' } }),
      'training.batchSize is 16 in it and "all" here',
    ],
    [
      {
        ...built,
        layers: [BRANCHED[0], { ...BRANCHED[1], activation: 'relu' }, ...BRANCHED.slice(2)],
      },
      'layers[1].activation is "gelu" in it and "relu" here',
    ],
    [
      { ...built, layers: [...BRANCHED.slice(0, 2), dense(6, 'linear'), ...BRANCHED.slice(3)] },
      'layers[2].type is "add" in it and "dense" here',
    ],
  ] as [Network, string][])('another network: %#', (network, sentence) => {
    const message = refusal(taken(), network);
    expect(message).toContain(`The checkpoint is of another network: ${sentence}`);
    expect(message).toContain('Go on with the network that it was made of, or train anew.');
  });

  test('settings that have no effect may differ', () => {
    expect(refusal(taken(), build('float32', { type: 'adam', momentum: 0.5 }))).toBe('accepted');
    const loss = { ...built.loss, half: !built.loss.half };
    expect(refusal(taken(), { ...built, loss })).toBe('accepted');
    const renamed = structuredClone(BRANCHED) as typeof BRANCHED;
    const layers = renamed.map((layer, i) => (i === 0 ? { ...layer, id: 'root' } : layer));
    const joined = layers.map(layer =>
      layer.type === 'add' ? { ...layer, from: ['root', 'input2'] } : layer,
    );
    expect(refusal(taken(), { ...built, layers: joined })).toBe('accepted');
  });

  test('other data', () => {
    const fewer = randomDataset(149, 4, 3, 'oneHot', 20);
    expect(refusal(taken(), built, fewer)).toContain(
      'of other data: it has 130 samples to train with and 20 to validate, here there are 129 samples',
    );
    for (const part of ['targets', 'training', 'validation'] as const) {
      const changed = structuredClone(data);
      changed[part][3] = changed[part][4] + (part === 'targets' ? 1e-9 : 0);
      expect(refusal(taken(), built, changed), part).toContain(
        'as many samples, but other numbers',
      );
    }
    const changed = structuredClone(data);
    changed.inputs.values[17] += 1;
    expect(refusal(taken(), built, changed)).toContain('as many samples, but other numbers');
  });

  test.each<[string, (whole: Checkpoint) => Checkpoint]>([
    ['numbers, found 3', whole => ({ ...whole, parameters: new Float64Array(3) })],
    [
      'expected 2 moment arrays, found 1',
      ({ optimizer, ...whole }) => ({
        ...whole,
        optimizer: { ...optimizer, moments: optimizer.moments.slice(1) },
      }),
    ],
    [
      'expected finite numbers, found NaN at place 4',
      whole => ({
        ...whole,
        parameters: whole.parameters.map((value, i) => (i === 4 ? NaN : value)),
      }),
    ],
    ['expected a whole step from 0', whole => ({ ...whole, step: 1.5 })],
    ['expected a whole epoch from 0', whole => ({ ...whole, epoch: -1 })],
    ['expected a whole position from 0 to 130, found 131', whole => ({ ...whole, position: 131 })],
    [
      'powers of β',
      ({ optimizer, ...whole }) => ({
        ...whole,
        optimizer: { ...optimizer, clock: { beta1Power: 2, beta2Power: 0.5 } },
      }),
    ],
  ])('damaged: %s', (sentence, damage) => {
    const message = refusal(damage(taken()), built);
    expect(message).toContain('The checkpoint is damaged: ');
    expect(message).toContain(sentence);
  });
});
