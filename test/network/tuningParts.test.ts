/** The settings that may change in mid-training: which they are, what they change, and how far typing them may go. */
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { isTuningBeingTyped, tuningOf, withTuning } from '../../src/network/tuning';
import { tuningChanges } from '../../src/network/tuningChanges';
import { rateOf, ratesOf, withRates } from '../../src/network/rates';

const network = (value: object = {}, layer: object = {}) =>
  parseNetwork(
    JSON.stringify({
      ...{ version: 1, input: { shape: [2] } },
      layers: [
        { type: 'dense', units: 3, ...layer },
        { type: 'dropout', rate: 0.5 },
        { type: 'dense', units: 1 },
      ],
      ...value,
    }),
  ).network!;

const other = network(
  {
    regularization: { l2: 0.5 },
    training: {
      optimizer: { type: 'adam', learningRate: 0.25, beta1: 0.5 },
      schedule: { type: 'cosine', minimum: 0.125 },
      clip: { norm: 2 },
      stop: { targetLoss: 0.5, patience: 3 },
      ...{ batchSize: 'all', epochs: 7 },
    },
  },
  { learningRateScale: 4 },
);

describe('the tuning of a network', () => {
  it('is how it steps and when it ends, and nothing else', () => {
    const { optimizer, schedule, batchSize, clip, epochs, stop } = other.training;
    const { regularization } = other;
    expect(tuningOf(other)).toStrictEqual({
      ...{ optimizer, schedule, batchSize, clip, epochs, stop, regularization },
      scales: [4, 1, 1],
    });
    expect(tuningOf(network()).scales).toEqual([1, 1, 1]);
  });

  it('makes of a network the other one', () => {
    expect(withTuning(network(), tuningOf(other))).toEqual(other);
    expect(withTuning(other, tuningOf(network()))).toEqual(network());
    const shuffled = network({ training: { shuffle: false, precision: 'float64' } });
    expect(withTuning(shuffled, tuningOf(other))).toEqual({
      ...other,
      training: { ...other.training, shuffle: false, precision: 'float64' },
    });
    expect(() => withTuning(network(), { ...tuningOf(other), scales: [1, 1] })).toThrow(
      'rates: expected 3 scales, one a layer, found 2.',
    );
  });

  it('changes in those settings that it has, in the order of the form', () => {
    const changes = tuningChanges(network(), other);
    expect(changes.map(({ path }) => path.join('.'))).toEqual([
      'regularization.l2',
      'training.optimizer.type',
      'training.optimizer.learningRate',
      'training.optimizer.beta1',
      'training.schedule.type',
      'training.schedule.minimum',
      'training.batchSize',
      'training.clip.norm',
      'training.epochs',
      'training.stop.targetLoss',
      'training.stop.patience',
      'layers.0.learningRateScale',
    ]);
    const byPath = new Map(changes.map(({ path, from, to }) => [path.join('.'), [from, to]]));
    expect(byPath.get('layers.0.learningRateScale')).toEqual([1, 4]);
    expect(byPath.get('training.clip.norm')).toEqual([null, 2]);
    expect(byPath.get('training.stop.targetLoss')).toEqual([null, 0.5]);
    expect(byPath.get('regularization.l2')).toEqual([0, 0.5]);
    expect(tuningChanges(other, other)).toEqual([]);
    const back = tuningChanges(other, network());
    expect(back).toContainEqual({ path: ['training', 'clip', 'norm'], from: 2, to: null });
    expect(back).toContainEqual({ path: ['layers', 0, 'learningRateScale'], from: 4, to: 1 });
  });
});

describe('the rates', () => {
  it('are the product of the network and its layer, at the rate of an epoch, too', () => {
    expect([0, 1, 2, 3, -1].map(layer => rateOf(other, layer))).toEqual([1, 0, 0.25, 0, 0]);
    expect([0, 1, 2].map(layer => rateOf(other, layer, 3))).toEqual([12, 0, 3]);
    expect(ratesOf(withRates(other, { rate: 3, scales: [5, 6, 7] }))).toEqual({
      ...{ rate: 3, scales: [5, 1, 7], schedule: other.training.schedule },
    });
    for (const scales of [[], [1, 1], [1, 1, 1, 1]])
      expect(() => withRates(other, { rate: 3, scales })).toThrow(
        `rates: expected 3 scales, one a layer, found ${scales.length}.`,
      );
  });
});

describe('a number that is being typed', () => {
  const typed = (key: string, before: string, after: string, colon = ': '): boolean =>
    isTuningBeingTyped(`{"${key}"${colon}${before}, "x": 1}`, `{"${key}"${colon}${after}, "x": 1}`);

  const keys = [
    ...['learningRate', 'learningRateScale', 'momentum', 'decay', 'beta1', 'beta2', 'epsilon'],
    ...['weightDecay', 'every', 'factor', 'minimum', 'warmUp', 'batchSize', 'norm', 'value'],
    ...['epochs', 'targetLoss', 'patience', 'maxSeconds', 'l1', 'l2'],
  ];
  it.each(keys)('may be that of %s', key => {
    expect(typed(key, '0.5', '0.')).toBe(true);
    expect(typed(key, '', '1')).toBe(true);
    expect(typed(key, '1', '')).toBe(true);
    expect(typed(key, '1', '2')).toBe(true);
  });

  it.each(['units', 'seed', 'scale', 'l3', 'rate', 'Epochs', 'epochs2', 'aepochs', '', 'noise'])(
    'is no such setting: %j',
    key => expect(typed(key, '0.5', '0.')).toBe(false),
  );

  it('has any blanks around its colon, and the characters of a number', () => {
    for (const colon of [':', ' :', ': ', '\n:\n\t', ' \t: '])
      expect(typed('epochs', '1', '12', colon)).toBe(true);
    for (const number of ['-', '+1', '1.', '.5', '1e', '1E-', '1e+9', ' 1 ', '1\n'])
      expect(typed('epochs', '7', number)).toBe(true);
    for (const word of ['a', '1a', '"1"', '[', 'null', '1,2', '{}', '1/2', '1_0']) {
      expect(typed('epochs', '7', word)).toBe(false);
      expect(typed('epochs', word, '7')).toBe(false);
    }
    expect(isTuningBeingTyped('{"epochs" 1}', '{"epochs" 2}')).toBe(false);
    expect(isTuningBeingTyped('{"epochs": x1}', '{"epochs": x2}')).toBe(false);
    expect(isTuningBeingTyped('{epochs: 1}', '{epochs: 2}')).toBe(false);
  });

  it('stands anywhere in a long text, whose other characters are the same', () => {
    const long = `{"name": "${'x'.repeat(500)}", "epochs": 3, "note": "${'y'.repeat(500)}"}`;
    expect(isTuningBeingTyped(long, long.replace(' 3,', ' 35,'))).toBe(true);
    expect(isTuningBeingTyped(long.replace(' 3,', ' 33,'), long.replace(' 3,', ' 333,'))).toBe(
      true,
    );
    expect(isTuningBeingTyped(long, long.replace(' 3,', ' 4,').replace('yy"', 'y"'))).toBe(false);
    expect(isTuningBeingTyped(long, long.replace(' 3,', ' 4,').replace('"xx', '"x'))).toBe(false);
    expect(isTuningBeingTyped('{"epochs": 1', '{"epochs": 12')).toBe(true);
    expect(isTuningBeingTyped('{"epochs": 12', '{"epochs": 1')).toBe(true);
    expect(isTuningBeingTyped('{"epochs": 1}', '{"epochs": 1} ')).toBe(false);
    expect(isTuningBeingTyped('"epochs": ', '"epochs": 1')).toBe(true);
  });
});
