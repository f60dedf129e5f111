/** What a change of the text means for a run: nothing, other rates, other settings, or another start. */
import { describe, expect, it } from 'vitest';
import { changeBetween } from '../../src/host/compare';
import { parseNetwork } from '../../src/network/parse';

const TEXT = `{
  "version": 1,
  "seed": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 2, "activation": "tanh", "learningRateScale": 2 },
    { "type": "dense", "units": 1, "weights": [[0.1, 0.2]], "bias": [0.3] }
  ],
  "loss": { "type": "meanSquaredError" },
  "training": { "optimizer": { "type": "sgd", "learningRate": 0.5, "momentum": 0.9 }, "epochs": 3 }
}`;

const networkOf = (text: string) => {
  const { network } = parseNetwork(text);
  if (!network) throw new Error(`No network: ${text}`);
  return network;
};

/** With each `[what stands there, what stands there afterwards]`. */
const changeBy = (...changes: readonly (readonly [string, string])[]) => {
  const after = changes.reduce((text, [from, to]) => text.replace(from, to), TEXT);
  if (changes.length > 0) expect(after).not.toBe(TEXT);
  return [
    changeBetween(networkOf(TEXT), networkOf(after)),
    changeBetween(networkOf(after), networkOf(TEXT)),
  ];
};

const RATE = ['0.5', '0.25'] as const;

describe('from one network to another', () => {
  it.each([
    ['none', 'comments', [['"seed"', '/* a start */ "seed"']]],
    ['none', 'a default that is written', [['"epochs"', '"shuffle": true, "epochs"']]],
    ['none', 'another way to write the rate', [['0.5', '5e-1']]],
    ['rates', 'the rate', [RATE]],
    ['rates', 'the rate of one layer', [['"learningRateScale": 2', '"learningRateScale": 3']]],
    ['rates', 'the rate of one layer is its default', [[', "learningRateScale": 2', '']]],
    ['rates', 'both', [RATE, ['"learningRateScale": 2', '"learningRateScale": 3']]],
    ['tuning', 'the rate and the momentum', [RATE, ['0.9', '0.8']]],
    ['tuning', 'the rate and the epochs', [RATE, ['"epochs": 3', '"epochs": 4']]],
    ['end', 'the epochs', [['"epochs": 3', '"epochs": 4']]],
    ['end', 'when it stops', [['"epochs": 3', '"epochs": 3, "stop": { "patience": 4 }']]],
    ['tuning', 'the batch size', [['"epochs": 3', '"epochs": 3, "batchSize": 4']]],
    ['tuning', 'a penalty', [['"version": 1,', '"version": 1, "regularization": { "l2": 0.1 },']]],
    ['tuning', 'clipping', [['"epochs": 3', '"epochs": 3, "clip": { "norm": 1 }']]],
    ['settings', 'the precision', [['"epochs": 3', '"epochs": 3, "precision": "float64"']]],
    ['settings', 'shuffling', [['"epochs": 3', '"epochs": 3, "shuffle": false']]],
    [
      'tuning',
      'the rate and the optimizer',
      [RATE, ['"sgd"', '"adam"'], [', "momentum": 0.9', '']],
    ],
    ['settings', 'the rate and an activation', [RATE, ['tanh', 'relu']]],
    ['parameters', 'the rate and a weight', [RATE, ['0.1', '0.4']]],
    ['parameters', 'the rate and the seed', [RATE, ['"seed": 1', '"seed": 2']]],
    [
      'parameters',
      'the rate and one more layer',
      [RATE, ['"layers": [', '"layers": [{ "type": "dense", "units": 2 },']],
    ],
  ] as const)('%s: %s', (expected, _, changes) => {
    expect(changeBy(...changes)).toEqual([expected, expected]);
  });
});
