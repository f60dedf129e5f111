/** One weight or bias that a person writes. */
import { describe, expect, it } from 'vitest';
import { EditError, textEdits } from '../../src/network/edit';
import type { NetworkEdit } from '../../src/network/edit';
import { edited, text } from './support/trained';

describe('one parameter by hand', () => {
  const weight = { type: 'setParameter', layer: 0, kind: 'weight', row: 1, column: 1 } as const;
  const bias = { type: 'setParameter', layer: 0, kind: 'bias', row: 1, column: 0 } as const;

  it('changes one token', () => {
    const at = text.indexOf('1e-1');
    expect(textEdits(text, { ...weight, value: 0.75 })).toEqual([
      { start: at, end: at + 4, text: '0.75' },
    ]);
    expect(textEdits(text, { ...weight, value: 0.1 })).toEqual([]);
    expect(edited({ ...bias, value: -2 })).toContain('"bias": [0.1, -2, 0.3, 0.4]');
  });

  it('writes the block of now where it is not in the file', () => {
    const bare = '{ "input": { "shape": [2] }, "layers": [{ "type": "dense", "units": 2 }] }';
    const parameters = {
      weights: [
        [1, 2],
        [3, 4],
      ],
      bias: [5, 6],
    };
    expect(edited({ ...weight, value: 9, parameters }, bare)).toContain(
      '"units": 2, "weights": [[1, 2], [3, 9]], "bias": [5, 6] }',
    );
    expect(edited({ ...bias, value: 9, parameters }, bare)).toContain(
      '"units": 2, "weights": [[1, 2], [3, 4]], "bias": [5, 9] }',
    );
    const half = bare.replace('"units": 2', '"units": 2, "weights": [[0.10, 0], [0, 0]]');
    expect(edited({ ...bias, value: 9, parameters }, half)).toContain(
      '"weights": [[0.10, 0], [0, 0]], "bias": [5, 9]',
    );
    expect(() => edited({ ...weight, value: 9 }, bare)).toThrow('are not in the file');
    expect(() => edited({ ...weight, value: 9, parameters: { weights: [[1, 2]] } }, bare)).toThrow(
      'do not fit',
    );
  });

  it.each<[string, NetworkEdit, string?]>([
    ['only finite numbers', { ...weight, value: Infinity }],
    ['only finite numbers', { ...bias, value: NaN }],
    ['choose a smaller one', { ...bias, value: 1e39 }],
    ['no layers[0].weights[4][1]', { ...weight, row: 4, value: 1 }],
    ['no layers[0].weights[1][3]', { ...weight, column: 3, value: 1 }],
    ['no layers[0].bias[-1]', { ...bias, row: -1, value: 1 }],
    ['no layers[3]', { ...bias, layer: 3, value: 1 }],
    [
      'set useBias to true',
      { ...bias, value: 1 },
      text.replace('"init"', '"useBias": false, "init"'),
    ],
  ])('%s: refused', (words, edit, before = text) => {
    expect(() => edited(edit, before)).toThrow(EditError);
    expect(() => edited(edit, before)).toThrow(words);
  });
});
