/** What the catalogue just allows, and what is told where several values are wrong. */
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { layer, network, withData } from './support/marked';
import { codesOf } from './support/told';

const training = (text: string) => network({ training: `{ ${text} }` });
const layers = (...texts: string[]) => network({ layers: `[${texts.join(', ')}]` });
const long = (length: number) => '😀'.repeat(length);

describe('nothing is told', () => {
  it.each([
    training('"stop": { "patience": null, "targetLoss": null, "maxSeconds": null }'),
    training('"batchSize": "all", "optimizer": "adam", "schedule": "cosine", "epochs": 1000000000'),
    training('"optimizer": { "momentum": 0 }, "stop": { "patience": 1, "targetLoss": -1e308 }'),
    training('"optimizer": { "momentum": 0.999 }, "clip": { "norm": null, "value": 1e-308 }'),
    network({ seed: '9007199254740991', name: '""' }),
    network({ input: '{ "shape": [1, 1, 1, 1, 1, 1, 1, 2] }' }),
    layer(`"units": 65536, "id": "${long(100)}"`),
    layer('"units": 1, "from": "input"'),
    layer('"units": 1, "from": ["input"]'),
    layer('"units": 1, "init": "heNormal"'),
    withData('{ "csv": "a", "target": "y" }'),
    withData('{ "csv": "a", "target": ["y", "z"] }', {
      layers: '[{ "type": "dense", "units": 2 }]',
    }),
  ])('of %s', text => {
    expect(codesOf(text)).toEqual([]);
  });
});

describe('where several values are wrong', () => {
  it.each([
    [
      'the object and what is in it',
      withData('{ "idx": { "images": "" } }'),
      ['value.missing data.idx.labels', 'value.empty data.idx.images'],
    ],
    [
      'all keys that are missing',
      '{ "version": 1 }',
      ['value.missing input', 'value.missing layers'],
    ],
    [
      'each member but the last',
      network({ seed: '1, "seed": "2", "seed": -3' }),
      ['value.range seed', 'key.duplicate seed', 'key.duplicate seed'],
    ],
    [
      'entries before the last possible one',
      network({ input: '{ "shape": [1, 0, 1, 1, 1, 1, 1, 1, 1] }' }),
      ['value.range input.shape[1]', 'list.long input.shape'],
    ],
    [
      'numbers of one list',
      layer('"units": 1, "weights": [[true, 1e999]], "bias": ["0"]'),
      [
        'value.type layers[0].weights[0][0]',
        'value.infinite layers[0].weights[0][1]',
        'value.type layers[0].bias[0]',
      ],
    ],
    [
      'a layer of no known type, as a dense one',
      layers('{ "type": "dens", "units": 0, "rate": 1 }'),
      ['value.unknown layers[0].type', 'value.range layers[0].units', 'key.unknown layers[0].rate'],
    ],
    [
      'a layer without a type, as a dense one',
      layers('{ "units": 0 }'),
      ['value.missing layers[0].type', 'value.range layers[0].units'],
    ],
    [
      'a layer whose type is no text',
      layers('{ "type": 7, "units": 0 }'),
      ['value.type layers[0].type', 'value.range layers[0].units'],
    ],
    [
      'a type that is no own key',
      layers('{ "type": "toString", "units": 1 }'),
      ['value.unknown layers[0].type'],
    ],
  ])('%s', (_what, text, told) => {
    expect(codesOf(text)).toEqual(told);
  });
});

describe('who writes samples as lists', () => {
  const message = (members: string) =>
    parseNetwork(withData(`{ ${members} }`)).issues.find(({ code }) => code === 'data.source')
      ?.message ?? '';
  it.each([
    ['"y": [[1], [0]]', true],
    ['"y": [1, 0]', true],
    ['"normalize": "none", "y": [1]', true],
    ['"y": []', false],
    ['"y": ["a"]', false],
    ['"y": [{ "x": 1 }]', false],
    ['"y": 1', false],
    ['"y": { "z": [1] }', false],
    ['"y": {}', false],
  ])('%s: %s', (members, isTold) => {
    expect(message(members).includes('sample by sample')).toBe(isTold);
  });
});
