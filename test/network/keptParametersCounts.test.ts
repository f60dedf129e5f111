/** What an edit has done to written parameters, from the two texts alone: each number counted once. */
import { describe, expect, it } from 'vitest';
import { keptParameters } from '../../src/network/keptParameters';
import { parseNetwork } from '../../src/network/parse';

const matrix = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(0.5));

/** A dense layer; its weights and biases are written as asked. */
function dense(units: number, inputs = 0, written = ''): object {
  return {
    ...{ type: 'dense', units },
    ...(written.includes('w') && { weights: matrix(units, inputs) }),
    ...(written.includes('b') && { bias: new Array<number>(units).fill(0.5) }),
    ...(written.includes('n') && { useBias: false }),
  };
}

const parsed = (inputs: number, layers: readonly object[], rest: object = {}) =>
  parseNetwork(JSON.stringify({ version: 1, input: { shape: [inputs] }, layers, ...rest }));

const stored = { weights: { file: 'w.bin', sha256: 'a'.repeat(64) } };

describe('kept and fresh parameters', () => {
  type Side = Parameters<typeof parsed>;
  it.each<[string, Side, Side, number, object | undefined]>([
    ['the same', [2, [dense(3, 2, 'wb')]], [2, [dense(3, 2, 'wb')]], 0, undefined],
    ['nothing was written', [2, [dense(3)]], [2, [dense(4)]], 0, undefined],
    ['nothing was written, all is drawn', [2, [dense(3)]], [2, [dense(3, 2, 'wb')]], 9, undefined],
    ['all goes', [2, [dense(3, 2, 'wb')]], [2, [dense(3)]], 0, { kept: 0, fresh: 6 + 3 }],
    ['the weights go', [2, [dense(3, 2, 'wb')]], [2, [dense(3, 2, 'b')]], 0, { kept: 3, fresh: 6 }],
    ['the biases go', [2, [dense(3, 2, 'wb')]], [2, [dense(3, 2, 'w')]], 0, { kept: 6, fresh: 3 }],
    ['the biases come', [2, [dense(3, 2, 'w')]], [2, [dense(3, 2, 'wb')]], 0, undefined],
    [
      'the biases are drawn',
      [2, [dense(3, 2, 'w')]],
      [2, [dense(3, 2, 'wb')]],
      3,
      { kept: 6, fresh: 3 },
    ],
    ['no biases any more', [2, [dense(3, 2, 'w')]], [2, [dense(3, 2, 'wn')]], 0, undefined],
    ['grown', [2, [dense(3, 2, 'wb')]], [2, [dense(4, 2, 'wb')]], 3, { kept: 9, fresh: 3 }],
    ['shrunk', [2, [dense(3, 2, 'wb')]], [2, [dense(2, 2, 'wb')]], 0, { kept: 6, fresh: 0 }],
    [
      'grown by what was pasted',
      [2, [dense(3, 2, 'wb')]],
      [2, [dense(4, 2, 'wb')]],
      0,
      { kept: 9, fresh: 0 },
    ],
    [
      'a layer more, left to the seed',
      [2, [dense(3, 2, 'w')]],
      [2, [dense(3, 2, 'w'), dense(1)]],
      0,
      { kept: 6, fresh: 3 + 1 },
    ],
    [
      'one of two of the same size goes',
      [2, [dense(2, 2, 'w'), dense(2), dense(2)]],
      [2, [dense(2), dense(2)]],
      0,
      { kept: 0, fresh: 0 },
    ],
    [
      'one of two of the same size is another',
      [2, [dense(2, 2, 'w'), dense(2)]],
      [2, [dense(2), dense(2)]],
      0,
      { kept: 0, fresh: 4 },
    ],
    [
      'as many rows, other columns',
      [2, [dense(3, 2, 'w'), dense(2)]],
      [2, [dense(4, 2, 'w'), dense(2)]],
      0,
      { kept: 6, fresh: 8 + 1 },
    ],
    [
      'other rows, as many columns',
      [2, [dense(3, 2, 'w'), dense(2)]],
      [2, [dense(3, 2, 'w'), dense(4)]],
      0,
      { kept: 6, fresh: 12 + 2 },
    ],
    ['in a file, then not', [2, [dense(3)], stored], [2, [dense(3)]], 0, { kept: 0, fresh: 6 + 3 }],
    [
      'in a file, then in the text',
      [2, [dense(3)], stored],
      [2, [dense(3, 2, 'wb')]],
      0,
      undefined,
    ],
    [
      'in a file, then drawn',
      [2, [dense(3)], stored],
      [2, [dense(3, 2, 'wb')]],
      9,
      { kept: 0, fresh: 9 },
    ],
    [
      'in a file without biases, then not',
      [2, [dense(3, 2, 'n')], stored],
      [2, [dense(3, 2, 'n')]],
      0,
      { kept: 0, fresh: 6 },
    ],
    [
      'without anything to learn',
      [2, [dense(3, 2, 'w')]],
      [2, [dense(3, 2, 'w'), { type: 'dropout', rate: 0.5 }]],
      0,
      { kept: 6, fresh: 0 },
    ],
  ])('%s', (_, before, after, drawn, expected) =>
    expect(keptParameters(parsed(...before), parsed(...after), drawn)).toEqual(expected),
  );

  it('of a text that is no network are not counted', () => {
    const [network, none] = [parsed(2, [dense(3, 2, 'wb')]), parsed(2, [])];
    expect(keptParameters(network, none, 0)).toBeUndefined();
    expect(keptParameters(none, network, 0)).toBeUndefined();
  });
});
