/** What is told of training: learning rate, schedule and limits, whole and at both sides of each bound. */
import { describe, expect, it } from 'vitest';
import { network } from './support/marked';
import { codesOf, expectOnly } from './support/told';
import type { Told } from './support/told';

const training = (text: string) => network({ training: `{ ${text} }` });
const optimizer = (text: string) => training(`"optimizer": { ${text} }`);
const schedule = (text: string, rest = '') => training(`"schedule": { ${text} }${rest}`);

const rows: readonly Told[] = [
  [
    'warning learningRate.zero training.optimizer.learningRate',
    optimizer('"learningRate": «0»'),
    'learningRate is 0, so training changes nothing: choose a value such as 0.1.',
  ],
  [
    'warning learningRate.huge training.optimizer.learningRate',
    optimizer('"learningRate": «101»'),
    'learningRate 101 is so large that training will almost surely diverge: choose a value between 0.0001 and 10.',
  ],
  [
    'information setting.unused training.optimizer.momentum',
    optimizer('"type": "adam", «"momentum": 0.9»'),
    'training.optimizer.momentum has no effect on adam (it has learningRate, beta1, beta2, epsilon). Remove it.',
  ],
  [
    'information setting.unused training.optimizer.weightDecay',
    optimizer('«"weightDecay": 0»'),
    'training.optimizer.weightDecay has no effect on sgd (it has learningRate, momentum, nesterov). Remove it.',
  ],
  [
    'information setting.unused training.schedule.every',
    schedule('"type": "cosine", «"every": 3»'),
    'training.schedule.every has no effect on cosine (it has minimum, warmUp). Remove it.',
  ],
  [
    'information setting.unused training.schedule.factor',
    schedule('«"factor": 0.5»'),
    'training.schedule.factor has no effect on constant (it has warmUp). Remove it.',
  ],
  [
    'warning schedule.warmUp training.schedule.warmUp',
    schedule('"warmUp": «6»', ', "epochs": 5'),
    'training.schedule.warmUp is 6 and training.epochs 5, so the whole learning rate is never used: choose a warm-up of at most 5, or more epochs.',
  ],
  [
    'warning schedule.warmUp training.schedule.warmUp',
    schedule('"warmUp": «101»'),
    'training.schedule.warmUp is 101 and training.epochs 100, so the whole learning rate is never used: choose a warm-up of at most 100, or more epochs.',
  ],
  [
    'warning schedule.minimum training.schedule.minimum',
    schedule('"type": "cosine", "minimum": «0.01»', ', "optimizer": "adam"'),
    'training.schedule.minimum is 0.01, above the learning rate 0.001 that it starts from, so the rate rises: choose a smaller minimum, such as 0.',
  ],
  [
    'error clip.both training.clip',
    training('"clip": «{ "norm": 1, "value": 0.5 }»'),
    'training.clip has both norm (1) and value (0.5), expected one limit: remove one of them.',
  ],
];

describe('of training is told', () => {
  it.each(rows)('%s in %s', (...row) => expectOnly(row));
});

describe('nothing is told', () => {
  it.each([
    optimizer('"learningRate": 1e-300'),
    optimizer('"learningRate": 100'),
    schedule('"warmUp": 5', ', "epochs": 5'),
    schedule('"warmUp": 100'),
    schedule('"type": "cosine", "minimum": 0.001', ', "optimizer": "adam"'),
    schedule('"type": "cosine", "minimum": 0.1'),
    training('"clip": { "norm": 1, "value": null }'),
    training('"clip": { "norm": null, "value": 1 }'),
    training('"clip": { "value": 1 }'),
    training('"clip": {}'),
  ])('of %s', text => {
    expect(codesOf(text)).toEqual([]);
  });
});

describe('a setting that a type does not read', () => {
  const optimizers = {
    sgd: ['momentum', 'nesterov'],
    rmsprop: ['decay', 'epsilon'],
    adagrad: ['epsilon'],
    adam: ['beta1', 'beta2', 'epsilon'],
    adamw: ['beta1', 'beta2', 'epsilon', 'weightDecay'],
  };
  const schedules = {
    constant: [],
    step: ['every', 'factor'],
    exponential: ['factor'],
    cosine: ['minimum'],
  };
  /** What is told where everything is written. */
  const told = (group: string, type: string, settings: object) =>
    codesOf(training(`"${group}": ${JSON.stringify({ type, ...settings })}`));

  it.each(Object.entries(optimizers))('is told of %s', (type, own) => {
    const all = {
      ...{ learningRate: 0.1, momentum: 0.5, nesterov: true, decay: 0.5 },
      ...{ beta1: 0.5, beta2: 0.5, epsilon: 0.1, weightDecay: 0.1 },
    };
    const other = Object.keys(all).filter(key => key !== 'learningRate' && !own.includes(key));
    expect(told('optimizer', type, all)).toEqual(
      other.map(key => `setting.unused training.optimizer.${key}`),
    );
  });

  it.each(Object.entries<readonly string[]>(schedules))('is told of %s', (type, own) => {
    const all = { every: 2, factor: 0.5, minimum: 0, warmUp: 1 };
    const other = Object.keys(all).filter(key => key !== 'warmUp' && !own.includes(key));
    expect(told('schedule', type, all)).toEqual(
      other.map(key => `setting.unused training.schedule.${key}`),
    );
  });
});

describe('of values that are wrong in themselves nothing else is told', () => {
  it.each([
    [optimizer('"type": "adm", "momentum": 0.9'), ['value.unknown training.optimizer.type']],
    [schedule('"type": "cos", "every": 3'), ['value.unknown training.schedule.type']],
    [optimizer('"learningRate": "100000"'), ['value.type training.optimizer.learningRate']],
    [schedule('"warmUp": -1', ', "epochs": 5'), ['value.range training.schedule.warmUp']],
    [schedule('"warmUp": 500', ', "epochs": 0'), ['value.range training.epochs']],
    [schedule('"type": "cosine", "minimum": -1'), ['value.range training.schedule.minimum']],
    [
      schedule('"type": "cosine", "minimum": 7', ', "optimizer": { "learningRate": -1 }'),
      ['value.range training.optimizer.learningRate'],
    ],
    [training('"clip": { "norm": 0, "value": 1 }'), ['value.range training.clip.norm']],
    [training('"clip": { "norm": 1, "value": "1" }'), ['value.type training.clip.value']],
    // A minimum that no schedule reads.
    [schedule('"minimum": 7'), ['setting.unused training.schedule.minimum']],
  ])('%s', (text, told) => {
    expect(codesOf(text)).toEqual(told);
  });
});
