import { describe, expect, test } from 'vitest';
import { initialParameters } from '../../src/engine/initializers';
import type { Initializer, InitializerName } from '../../src/network/network';
import { dense, network } from './networks';

const INPUTS = 300;
const UNITS = 200;

function weights(type: InitializerName, rest: Partial<Initializer> = {}): Float64Array {
  const init = { type, value: 0.25, scale: 0.5, ...rest };
  const net = network(INPUTS, [dense(UNITS, 'tanh', { init })]);
  const parameters = initialParameters(net);
  expect(parameters.subarray(INPUTS * UNITS).every(bias => bias === 0)).toBe(true);
  return parameters.subarray(0, INPUTS * UNITS);
}

/** With 60,000 numbers the deviation is known to about 0.3 %. */
function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, w) => sum + w, 0) / values.length;
  const variance = values.reduce((sum, w) => sum + (w - mean) ** 2, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.02 * Math.sqrt(variance));
  return Math.sqrt(variance);
}

describe('each initializer has its distribution', () => {
  const uniform = (limit: number): [number, number] => [limit / Math.sqrt(3), limit];
  const cases: [InitializerName, number, number][] = [
    ['uniform', ...uniform(0.5)],
    ['xavierUniform', ...uniform(Math.sqrt(6 / 500))],
    ['heUniform', ...uniform(Math.sqrt(6 / 300))],
    ['normal', 0.5, Infinity],
    ['xavierNormal', Math.sqrt(2 / 500), Infinity],
    ['heNormal', Math.sqrt(2 / 300), Infinity],
  ];
  test.each(cases)('%s: deviation %f, limit %f', (type, expected, limit) => {
    const values = weights(type);
    expect(Math.abs(deviation(values) / expected - 1)).toBeLessThan(0.015);
    const largest = values.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(limit === Infinity ? 3 * expected : 0.999 * limit);
  });

  test('zeros and constant', () => {
    expect(weights('zeros').every(w => w === 0)).toBe(true);
    expect(weights('constant').every(w => w === 0.25)).toBe(true);
  });
});

describe('the seed', () => {
  const layers = (middle: number) => [dense(4, 'tanh'), dense(middle, 'tanh'), dense(2, 'tanh')];

  test('gives the same weights again, another one others', () => {
    expect(initialParameters(network(3, layers(5)))).toEqual(
      initialParameters(network(3, layers(5))),
    );
    const other = initialParameters(network(3, layers(5), { seed: 43 }));
    expect(other).not.toEqual(initialParameters(network(3, layers(5))));
  });

  test('gives every layer its own stream: widening one leaves the ones before it alone', () => {
    const narrow = initialParameters(network(3, layers(5)));
    const wide = initialParameters(network(3, layers(9)));
    expect(wide.slice(0, 16)).toEqual(narrow.slice(0, 16));
    expect(narrow.slice(0, 4)).not.toEqual(narrow.slice(16, 20));
  });

  test('the first numbers of seed 42, on every platform', () => {
    const [first, second] = initialParameters(network(3, layers(5)));
    expect([first, second]).toMatchInlineSnapshot(`
      [
        -0.46588160499415615,
        -0.13672279581604121,
      ]
    `);
  });
});

test('parameters of the file are taken as written, in the network’s precision', () => {
  const layer = dense(1, 'linear', { weights: [[0.05, -3]], bias: [0.1] });
  expect([...initialParameters(network(2, [layer]))]).toEqual([0.05, -3, 0.1]);
  const single = network(2, [layer], { training: { precision: 'float32' } });
  expect([...initialParameters(single)]).toEqual([Math.fround(0.05), -3, Math.fround(0.1)]);
});
