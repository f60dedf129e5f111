import { describe, expect, test } from 'vitest';
import { drawNewWeights } from '../../src/engine/grow';
import { initialParameters } from '../../src/engine/initializers';
import type { DrawRequest } from '../../src/network/editTools';
import type { InitializerName } from '../../src/network/network';
import { dense, INIT, network } from './networks';

const request: DrawRequest = {
  layer: 1,
  init: INIT,
  inputs: 4,
  units: 6,
  count: 8,
  seed: 42,
  precision: 'float32',
};

describe('weights for a layer that has grown', () => {
  test('the same request gives the same numbers, any other one others', () => {
    const drawn = drawNewWeights(request);
    expect(drawn).toHaveLength(8);
    expect(new Set(drawn).size).toBe(8);
    expect(drawNewWeights(request)).toEqual(drawn);
    for (const change of [{ layer: 2 }, { inputs: 5 }, { units: 7 }, { seed: 43 }, { count: 4 }]) {
      const others = drawNewWeights({ ...request, ...change });
      expect(others.some(w => drawn.includes(w))).toBe(false);
    }
    expect(drawNewWeights({ ...request, count: 0 })).toEqual([]);
  });

  test('none of them is one of the first initialisation', () => {
    const net = network(3, [dense(4, 'tanh'), dense(6, 'tanh')], {
      training: { precision: 'float32' },
    });
    const first = new Set(initialParameters(net));
    expect(drawNewWeights(request).some(w => first.has(w))).toBe(false);
  });

  test('a neuron that is dropped and added again is no copy of the one beside it', () => {
    const two = drawNewWeights(request);
    const again = drawNewWeights({ ...request, count: 4 });
    expect(two.slice(0, 4)).not.toEqual(again);
    expect(two.slice(4)).not.toEqual(again);
  });

  test('they lie in the precision of the network', () => {
    const single = drawNewWeights(request);
    expect(single).toEqual(single.map(Math.fround));
    const exact = drawNewWeights({ ...request, precision: 'float64' });
    expect(exact.map(Math.fround)).toEqual(single);
    expect(exact).not.toEqual(single);
  });

  test.each<[InitializerName, number, number]>([
    ['zeros', 0, 0],
    ['constant', 0.25, 0.25],
    ['uniform', -0.5, 0.5],
    ['xavierUniform', -Math.sqrt(6 / 10), Math.sqrt(6 / 10)],
    ['heUniform', -Math.sqrt(6 / 4), Math.sqrt(6 / 4)],
  ])('%s by the size of the whole matrix', (type, low, high) => {
    const init = { type, value: 0.25, scale: 0.5 };
    const drawn = drawNewWeights({ ...request, init, count: 400, precision: 'float64' });
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(high);
    expect(Math.max(...drawn) - Math.min(...drawn)).toBeGreaterThanOrEqual(0.95 * (high - low));
  });

  test.each<[InitializerName, number]>([
    ['normal', 0.5],
    ['xavierNormal', Math.sqrt(2 / 10)],
    ['heNormal', Math.sqrt(2 / 4)],
  ])('%s has its standard deviation', (type, deviation) => {
    const init = { type, value: 0, scale: 0.5 };
    const drawn = drawNewWeights({ ...request, init, count: 4000 });
    const squares = drawn.reduce((sum, w) => sum + w * w, 0);
    expect(Math.sqrt(squares / 4000) / deviation).toBeCloseTo(1, 1);
  });
});
