/** The first number that is not finite, wherever it stands: which layer, which row, and what it is of. */
import { describe, expect, it } from 'vitest';
import {
  findInLayers,
  findInTensors,
  firstNonFinite,
  lossPlace,
  type LayerNumbers,
} from '../../src/engine/divergence';

/** Layers 1 and 3 of three samples, two and three neurons, with a column beside them that is nobody's. */
function layers(
  ...changes: readonly (readonly [layer: number, of: 'z' | 'a', at: number, value: number])[]
) {
  const numbers = (units: number) => new Float64Array(3 * (units + 1)).fill(0.5);
  const all = [
    { layer: 1, units: 2, z: numbers(2), a: numbers(2) },
    { layer: 3, units: 3, z: numbers(3), a: numbers(3) },
  ];
  for (const [layer, of, at, value] of changes) {
    const own = all.find(each => each.layer === layer);
    if (own) own[of][at] = value;
  }
  return all.map(({ layer, units, z, a }): LayerNumbers => {
    return { layer, units, stride: units + 1, weightedInput: z, output: a };
  });
}

describe('in the layers of a tile', () => {
  it.each([NaN, Infinity, -Infinity])(
    '%d is found with its row, by layer, then z before a, then sample',
    value => {
      const place = (layer: number, row: number, quantity: string) => ({
        layer,
        row,
        quantity,
        value,
      });
      expect(findInLayers(layers([1, 'z', 0, value]), 3)).toEqual(place(1, 0, 'weightedInput'));
      expect(findInLayers(layers([1, 'z', 7, value]), 3)).toEqual(place(1, 1, 'weightedInput'));
      expect(findInLayers(layers([3, 'z', 10, value]), 3)).toEqual(place(3, 2, 'weightedInput'));
      expect(findInLayers(layers([1, 'a', 4, value]), 3)).toEqual(place(1, 1, 'activation'));
      expect(findInLayers(layers([3, 'a', 0, value]), 3)).toEqual(place(3, 0, 'activation'));
      // Of several the first.
      const several = layers(
        [3, 'z', 0, 1 / 0],
        [1, 'a', 0, -1 / 0],
        [1, 'z', 6, value],
        [1, 'z', 7, NaN],
      );
      expect(findInLayers(several, 3)).toEqual(place(1, 0, 'weightedInput'));
    },
  );

  it('nothing is found behind the rows of the tile, nor in what is nobody’s', () => {
    expect(findInLayers(layers([1, 'z', 6, NaN], [3, 'a', 8, NaN]), 2)).toBeUndefined();
    expect(
      findInLayers(layers([1, 'z', 2, NaN], [1, 'a', 8, NaN], [3, 'z', 3, NaN]), 3),
    ).toBeUndefined();
    expect(findInLayers(layers(), 3)).toBeUndefined();
    expect(findInLayers([], 3)).toBeUndefined();
  });
});

describe('in tensors', () => {
  const tensors = (at: number, value: number) =>
    [
      { layer: 4, columns: 3, numbers: new Float64Array(6).fill(1) },
      { layer: 2, columns: 1, numbers: new Float64Array(4).fill(1) },
    ].map((tensor, i, all) => {
      const start = i * all[0].numbers.length;
      if (at >= start && at < start + tensor.numbers.length) tensor.numbers[at - start] = value;
      return tensor;
    });

  it.each([
    [0, 4, 0],
    [2, 4, 0],
    [3, 4, 1],
    [5, 4, 1],
    [6, 2, 0],
    [9, 2, 3],
  ])('number %i is in layer %i, row %i', (at, layer, row) => {
    for (const value of [NaN, Infinity])
      expect(findInTensors(tensors(at, value), 'gradient')).toEqual({
        ...{ layer, row, quantity: 'gradient', value },
      });
  });

  it('there may be none', () => {
    expect(findInTensors(tensors(-1, 0), 'parameter')).toBeUndefined();
    expect(lossPlace(NaN)).toEqual({ layer: -1, row: -1, quantity: 'loss', value: NaN });
  });
});

it('the first of some numbers is counted from where they begin', () => {
  const numbers = [NaN, 1, 2, Infinity, NaN];
  expect(firstNonFinite(numbers, 0, 5)).toBe(0);
  expect(firstNonFinite(numbers, 1, 4)).toBe(2);
  expect(firstNonFinite(numbers, 1, 2)).toBe(-1);
  expect(firstNonFinite(numbers, 4, 1)).toBe(0);
  expect(firstNonFinite(numbers, 0, 0)).toBe(-1);
});
