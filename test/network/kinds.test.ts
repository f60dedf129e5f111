/** What the layers of a network are, who takes values from whom, and which losses go with which outputs. */
import { describe, expect, it } from 'vitest';
import { consumersOf, sourcesOf } from '../../src/network/graph';
import { kindsOf } from '../../src/network/kinds';
import { partners, usualLoss } from '../../src/network/lossPairs';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';

function parsed(shape: readonly number[], layers: readonly object[]) {
  const { network, issues } = parseNetwork(
    JSON.stringify({ version: 1, input: { shape }, layers }),
  );
  if (!network) throw new Error(issues.map(({ message }) => message).join('\n'));
  return network;
}

const dense = (units: number, rest: object = {}) => ({ type: 'dense', units, ...rest });

describe('what the layers are', () => {
  const kinds = (shape: readonly number[], layers: readonly object[]) => {
    const network = parsed(shape, layers);
    return kindsOf(network, inferShapes(network));
  };

  it('is no question of lists and dense layers', () => {
    expect(
      kinds(
        [2],
        [
          dense(2, { id: 'a' }),
          { type: 'add', from: ['a', 'input'], id: 's' },
          { type: 'concat', from: ['a', 's'] },
        ],
      ),
    ).toEqual({});
  });

  it('is said of all where one is another, or the input is an image', () => {
    expect(
      kinds([2], [dense(2), { type: 'dropout', rate: 0.25 }, { type: 'batchNorm', epsilon: 0.5 }]),
    ).toEqual({
      kinds: [
        { type: 'dense' },
        { type: 'dropout', rate: 0.25 },
        { type: 'batchNorm', epsilon: 0.5 },
      ],
    });
    const image = { height: 1, width: 2, channels: 3 };
    expect(kinds([1, 2, 3], [dense(2)])).toEqual({ kinds: [{ type: 'dense' }], inputImage: image });
    const all = kinds(
      [1, 2, 3],
      [
        { type: 'dropout', rate: 0 },
        { type: 'batchNorm', epsilon: 1 },
        { type: 'maxPool2d', size: [1, 1] },
      ],
    );
    expect(all.inputImage).toEqual(image);
    expect(all.kinds).toMatchObject([
      { type: 'dropout', rate: 0, image },
      { type: 'batchNorm', epsilon: 1, image },
      { type: 'maxPool2d', image, window: { source: image, target: image, height: 1, width: 1 } },
    ]);
  });
});

describe('who takes from whom', () => {
  it('above and by name, the last of equal names', () => {
    const layers = [
      { id: 'a' },
      {},
      { id: 'a', from: ['a', 'input'] },
      { from: ['a', 'b'] },
      { from: [] },
    ];
    expect(sourcesOf({ layers })).toEqual([[-1], [0], [0, -1], [2, NaN], []]);
    expect(sourcesOf({ layers: [{ from: ['b'] }, { id: 'b' }] })).toEqual([[NaN], [0]]);
  });

  it('and who is taken from, each once', () => {
    expect(consumersOf([[-1], [0], [0, -1], [1, 1]])).toEqual([[0, 2], [1, 2], [3], [], []]);
    expect(consumersOf([])).toEqual([[]]);
  });
});

describe('losses and their outputs', () => {
  it.each([
    ['softmax', 3, 'crossEntropy'],
    ['softmax', undefined, 'crossEntropy'],
    ['softmax', 1, 'meanSquaredError'],
    ['sigmoid', 1, 'binaryCrossEntropy'],
    ['sigmoid', 3, 'binaryCrossEntropy'],
    ['linear', 1, 'meanSquaredError'],
    ['tanh', 2, 'meanSquaredError'],
  ] as const)('%s of %s: %s', (activation, outputs, loss) => {
    expect(usualLoss(activation, outputs)).toBe(loss);
  });

  it('that belong together', () => {
    expect(partners).toEqual({ crossEntropy: 'softmax', binaryCrossEntropy: 'sigmoid' });
  });
});
