import { expect, it } from 'vitest';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { tuningChanges } from '../../src/network/tuningChanges';

const network = (training: object, more: object = {}, layer: object = {}): Network =>
  parseNetwork(
    JSON.stringify({
      ...{ version: 1, input: { shape: [2] }, training, ...more },
      layers: [
        { type: 'dense', units: 3 },
        { type: 'dense', units: 1, ...layer },
      ],
    }),
  ).network!;

const words = (before: Network, after: Network): string[] =>
  tuningChanges(before, after).map(({ path, from, to }) => `${path.join('.')} ${from} ${to}`);

it('names each setting with both of its values', () => {
  const before = network({ epochs: 100, optimizer: { type: 'sgd', learningRate: 0.1 } });
  expect(words(before, before)).toEqual([]);
  const other = {
    epochs: 50,
    batchSize: 'all',
    optimizer: { type: 'sgd', learningRate: 0.01, momentum: 0.9 },
    clip: { norm: 1 },
    stop: { patience: 5 },
    schedule: { type: 'cosine' },
  };
  const penalty = { regularization: { l2: 0.001 } };
  expect(words(before, network(other, penalty, { learningRateScale: 3 })).sort()).toEqual([
    'layers.1.learningRateScale 1 3',
    'regularization.l2 0 0.001',
    expect.stringMatching(/^training\.batchSize \d+ all$/),
    'training.clip.norm null 1',
    'training.epochs 100 50',
    'training.optimizer.learningRate 0.1 0.01',
    'training.optimizer.momentum 0 0.9',
    'training.schedule.type constant cosine',
    'training.stop.patience null 5',
  ]);
});

it('says another optimizer, and what else of it is another', () => {
  const before = network({ optimizer: { type: 'sgd', learningRate: 0.1 } });
  const after = network({ optimizer: { type: 'adam', learningRate: 0.001 } });
  expect(words(before, after)).toEqual([
    'training.optimizer.type sgd adam',
    'training.optimizer.learningRate 0.1 0.001',
  ]);
});
