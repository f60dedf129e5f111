/** Sweeps: which networks they train, and what they refuse. */
import { describe, expect, it } from 'vitest';
import { numbersIn } from '../../src/runs/numberLists';
import {
  MOST_TRAININGS,
  planSweep,
  settingsWords,
  SweepError,
  trainingsOf,
} from '../../src/runs/sweep';

const TEXT = `{
  "version": 1, // mine
  "seed": 3,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 2, "activation": "tanh", "weights": [[1, 2], [3, 4]], "bias": [0, 0] },
    { "type": "dense", "units": 1, "activation": "sigmoid" }
  ],
  "loss": { "type": "binaryCrossEntropy" },
  "training": { "optimizer": { "type": "sgd", "learningRate": 0.5 }, "epochs": 7 },
  "data": { "inline": [{ "x": [0, 1], "y": [1] }] }
}
`;

describe('a sweep', () => {
  it('trains each rate with each width and each seed, from weights of the seed', () => {
    const axes = { rates: [0.1, 0.3], seeds: [1, 2], units: [4, 8], epochs: 5 };
    const { name, trainings } = planSweep(TEXT, axes);
    expect(name).toBe('learningRate 0.1, 0.3 · units 4, 8 · seed 1, 2');
    expect(trainings).toHaveLength(trainingsOf(axes));
    expect(trainings.map(({ settings }) => settingsWords(settings)).slice(0, 3)).toEqual([
      'learningRate 0.1, units 4, seed 1',
      'learningRate 0.1, units 4, seed 2',
      'learningRate 0.1, units 8, seed 1',
    ]);
    for (const { settings, network, text } of trainings) {
      expect(network).toMatchObject({
        seed: settings.seed,
        layers: [{ units: settings.units }, { units: 1 }],
        training: { epochs: 5, optimizer: { learningRate: settings.learningRate } },
      });
      expect(text).toContain('// mine');
      expect(text).not.toContain('weights');
    }
  });

  it('keeps what is not tried, and tries nothing twice', () => {
    const { trainings } = planSweep(TEXT, { seeds: [5, 5, 6] });
    expect(trainings.map(({ settings }) => settings)).toEqual([{ seed: 5 }, { seed: 6 }]);
    expect(trainings[1].network).toMatchObject({
      layers: [{ units: 2 }, {}],
      training: { epochs: 7, optimizer: { learningRate: 0.5 } },
    });
    expect(trainingsOf({ seeds: [5, 5, 6] })).toBe(2);
  });

  it.each([
    [{}, 'give at least one list'],
    [{ rates: [] }, 'give at least one list'],
    [
      { seeds: Array.from({ length: MOST_TRAININGS + 1 }, (_, i) => i) },
      '200 trainings at most, found 201',
    ],
    [{ units: [4], layer: 1 }, 'expected one of layers[0], found layers[1]'],
    [{ rates: [-1] }, 'With learningRate -1 the network is not usable'],
  ])('refuses %j with a sentence', (axes, sentence) => {
    expect(() => planSweep(TEXT, axes)).toThrow(SweepError);
    expect(() => planSweep(TEXT, axes)).toThrow(sentence);
  });

  it('refuses a text that is no network', () => {
    expect(() => planSweep('{', { seeds: [1] })).toThrow('The network is not usable');
  });
});

it('lists are read as a person writes them', () => {
  expect(numbersIn('0.1, 0.3', 'rates')).toEqual([0.1, 0.3]);
  expect(numbersIn(' 1e-3;2 ', 'rates')).toEqual([0.001, 2]);
  expect(numbersIn('1 2', 'seeds')).toEqual([1, 2]);
  for (const text of ['', ' , ', 'a', '0', '-1', '1,x', 'Infinity'])
    expect(numbersIn(text, 'rates')).toBeUndefined();
  for (const text of ['1.5', '-1']) expect(numbersIn(text, 'seeds')).toBeUndefined();
  expect(numbersIn('0', 'seeds')).toEqual([0]);
  expect(numbersIn('0', 'units')).toBeUndefined();
});
