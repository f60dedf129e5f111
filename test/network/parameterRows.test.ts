/** All parameters in a row, as the rows of the file; and where each of them stands there. */
import { describe, expect, it } from 'vitest';
import { listKeys, isNumberKey, numberKeys, withoutNumbers } from '../../src/network/layerNumbers';
import { parameterPath } from '../../src/network/parameterPath';
import { parameterRows } from '../../src/network/parameterRows';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';

const networkOf = (shape: readonly number[], layers: readonly object[]) =>
  parseNetwork(JSON.stringify({ version: 1, input: { shape }, layers, training: {} })).network!;

function rows(shape: readonly number[], layers: readonly object[]): unknown {
  const shapes = inferShapes(networkOf(shape, layers));
  return parameterRows(
    shapes,
    Float64Array.from({ length: shapes.stored }, (_, i) => i),
  );
}

describe('parameters by layer', () => {
  it('are weights row by row, then biases, then statistics', () => {
    const dense = { type: 'dense', units: 2 };
    expect(rows([3], [dense, { type: 'dropout', rate: 0.1 }, { ...dense, units: 1 }])).toEqual([
      {
        weights: [
          [0, 1, 2],
          [3, 4, 5],
        ],
        bias: [6, 7],
      },
      undefined,
      { weights: [[8, 9]], bias: [10] },
    ]);
    expect(rows([1], [{ ...dense, useBias: false }, { type: 'batchNorm' }])).toEqual([
      { weights: [[0], [1]] },
      { weights: [[2], [3]], bias: [4, 5], mean: [6, 7], variance: [8, 9] },
    ]);
    expect(rows([2], [{ type: 'batchNorm', useBias: false }])).toEqual([
      { weights: [[0], [1]], mean: [2, 3], variance: [4, 5] },
    ]);
    const conv = { type: 'conv2d', filters: 2, kernel: [1, 2] };
    expect(
      rows([1, 2, 1], [conv, { ...conv, useBias: false, filters: 1, kernel: [1, 1] }]),
    ).toEqual([
      {
        weights: [
          [0, 1],
          [2, 3],
        ],
        bias: [4, 5],
      },
      { weights: [[6, 7]] },
    ]);
  });
});

describe('the place of a parameter', () => {
  it('is that of the file', () => {
    expect(parameterPath({ type: 'weight', layer: 1, row: 2, column: 3 })).toEqual([
      ...['layers', 1, 'weights', 2, 3],
    ]);
    expect(parameterPath({ type: 'bias', layer: 1, row: 2 })).toEqual(['layers', 1, 'bias', 2]);
  });
});

describe('the numbers of a layer', () => {
  it('are weights, biases and statistics, and nothing else', () => {
    expect(numberKeys).toEqual(['weights', 'bias', 'mean', 'variance']);
    expect([...numberKeys, ...listKeys].filter(key => !isNumberKey(key))).toEqual([]);
    expect(['units', '', 'Bias', 0, undefined].filter(isNumberKey)).toEqual([]);
  });

  it('can be left out', () => {
    const bare = { type: 'batchNorm', activation: 'relu' };
    const numbers = { weights: [[1]], bias: [2], mean: [3], variance: [4] };
    const [full] = networkOf([1], [{ ...bare, ...numbers }]).layers;
    expect(full).toMatchObject(numbers);
    expect(withoutNumbers(full)).toEqual(withoutNumbers(networkOf([1], [bare]).layers[0]));
    expect(Object.keys(withoutNumbers(full)).filter(isNumberKey)).toEqual([]);
    expect(withoutNumbers(full)).toMatchObject(bare);
  });
});
