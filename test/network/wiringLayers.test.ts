/** What an edit knows of each layer of a text, right or wrong. */
import { describe, expect, it } from 'vitest';
import { syntaxTree } from '../../src/network/syntaxTree';
import { child } from '../../src/network/tree';
import { namesIn, readLayer } from '../../src/network/wiring';

function tree(text: string) {
  const { root } = syntaxTree(text);
  if (!root) throw new Error('no tree');
  return root;
}

describe('a layer is read', () => {
  it.each([
    [
      '{ "type": "dense", "units": 3, "activation": "relu", "id": "a" }',
      { type: 'dense', units: 3, useBias: true, activation: 'relu', id: 'a' },
    ],
    [
      '{ "type": "dense", "units": "3", "useBias": false }',
      { type: 'dense', units: NaN, useBias: false, activation: undefined },
    ],
    ['{}', { type: 'dense', units: NaN, useBias: true, activation: undefined }],
    [
      '{ "type": "lstm", "units": 2, "id": 7 }',
      { type: 'dense', units: 2, useBias: true, activation: undefined },
    ],
    [
      '{ "type": "toString", "useBias": 0 }',
      { type: 'dense', units: NaN, useBias: true, activation: undefined },
    ],
    [
      '{ "type": "add", "units": 3, "from": ["a", "b"] }',
      { type: 'add', units: NaN, useBias: true, activation: undefined, from: ['a', 'b'] },
    ],
    [
      '{ "type": "flatten", "from": "a", "activation": 7 }',
      { type: 'flatten', units: NaN, useBias: true, activation: 7, from: ['a'] },
    ],
    [
      '{ "type": "conv2d", "filters": 2, "kernel": [3, 4] }',
      {
        type: 'conv2d',
        units: NaN,
        useBias: true,
        activation: undefined,
        sliding: { window: [3, 4], stride: [1, 1], padding: 'valid', channels: 2 },
      },
    ],
    [
      '{ "type": "maxPool2d", "size": [3, 4], "padding": "same" }',
      {
        type: 'maxPool2d',
        units: NaN,
        useBias: true,
        activation: undefined,
        sliding: { window: [3, 4], stride: [3, 4], padding: 'same' },
      },
    ],
    [
      '{ "type": "conv2d", "kernel": [3, 4] }',
      { type: 'conv2d', units: NaN, useBias: true, activation: undefined },
    ],
    [
      '{ "type": "maxPool2d", "size": 3 }',
      { type: 'maxPool2d', units: NaN, useBias: true, activation: undefined },
    ],
  ])('%s', (text, expected) => {
    expect(readLayer(tree(text))).toStrictEqual(expected);
  });

  it.each([
    ['"a"', ['a']],
    ['["a", "b"]', ['a', 'b']],
    ['[]', []],
    ['[1, null]', ['1', 'null']],
    ['7', ['7']],
  ])('its sources %s', (text, names) => {
    expect(namesIn(child(tree(`{ "from": ${text} }`), 'from'))).toEqual(names);
  });

  it('which are those of the layer above where nothing is written', () => {
    expect(namesIn(undefined)).toBeUndefined();
  });
});
