/** How much a step computes, against counts by hand. */
import { expect, it } from 'vitest';
import { stepMilliseconds, stepOperations } from '../../src/engine/stepWork';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';

function network(units: readonly number[], batchSize: number | 'all' = 32) {
  const [inputs, ...others] = units;
  const layers = others.map(n => ({ type: 'dense', units: n, activation: 'linear' }));
  const { network: parsed } = parseNetwork(
    JSON.stringify({
      version: 1,
      input: { shape: [inputs] },
      layers,
      loss: { type: 'meanSquaredError' },
      training: { optimizer: { type: 'sgd', learningRate: 0.1 }, batchSize },
    }),
  );
  if (!parsed) throw new Error('no network');
  return { network: parsed, shapes: inferShapes(parsed) };
}

const operations = (units: readonly number[], rows: number) =>
  stepOperations(network(units).shapes, rows);

it('counts forward and ∂C/∂w of the first layer, and ∂C/∂x of the others, too', () => {
  // 2 × 3 weights and 3 biases; 3 × 1 and 1.
  expect(operations([2, 3, 1], 1)).toBe(2 * (2 * 9 + 3 * 4));
  expect(operations([2, 3, 1], 5)).toBe(5 * operations([2, 3, 1], 1));
});

it('counts nothing for layers without parameters', () => {
  const { network: parsed } = parseNetwork(
    JSON.stringify({
      version: 1,
      input: { shape: [2] },
      layers: [
        { type: 'dense', id: 'a', units: 2, activation: 'linear' },
        { type: 'dense', id: 'b', from: 'input', units: 2, activation: 'linear' },
        { type: 'add', from: ['a', 'b'] },
        { type: 'dense', units: 1, activation: 'linear' },
      ],
      loss: { type: 'meanSquaredError' },
    }),
  );
  // Two layers stand on the input, one on the sum.
  expect(stepOperations(inferShapes(parsed!), 1)).toBe(2 * (2 * 6 + 2 * 6 + 3 * 3));
});

it('calls the digit network of a batch of 32 short, and larger ones long', () => {
  const time = (units: readonly number[], rows: number | 'all', samples = 60_000) => {
    const { network: parsed, shapes } = network(units, rows);
    return stepMilliseconds(parsed, shapes, samples);
  };
  expect(time([784, 128, 10], 32)).toBeCloseTo(0.524, 3);
  expect(time([784, 512, 512, 10], 128)).toBeCloseTo(16.46, 2);
  expect(time([4, 8, 3], 'all', 120)).toBeLessThan(0.01);
  // A batch is not larger than what there is.
  expect(time([784, 128, 10], 'all', 32)).toBe(time([784, 128, 10], 32));
  expect(time([784, 128, 10], 100, 32)).toBe(time([784, 128, 10], 32));
  expect(time([784, 128, 10], 32, 0)).toBe(0);
});
