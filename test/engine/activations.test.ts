import { describe, expect, test } from 'vitest';
import { elementActivations, logSumExp, softmaxRow } from '../../src/engine/activations';

const names = Object.keys(elementActivations) as (keyof typeof elementActivations)[];

describe.each(names)('%s', name => {
  const { value, derivative } = elementActivations[name];

  test('the derivative is that of the value', () => {
    for (let z = -6.03; z < 6; z += 0.11) {
      const h = 1e-5;
      const numeric = (value(z + h) - value(z - h)) / (2 * h);
      expect(Math.abs(derivative(z, value(z)) - numeric)).toBeLessThan(1e-9);
    }
  });

  test('stays finite for large numbers, and passes NaN on', () => {
    for (const z of [-1e300, -1000, -40, 40, 1000, 1e300]) {
      expect(Number.isFinite(value(z)), `value at ${z}`).toBe(true);
      expect(Number.isFinite(derivative(z, value(z))), `derivative at ${z}`).toBe(true);
    }
    expect(value(NaN)).toBeNaN();
  });
});

test('the values at 0 that are a matter of definition', () => {
  expect(elementActivations.relu.derivative(0, 0)).toBe(0);
  expect(elementActivations.step.value(0)).toBe(0);
  expect(elementActivations.step.value(1e-300)).toBe(1);
  expect(elementActivations.step.derivative(3, 1)).toBe(0);
  expect(elementActivations.leakyRelu.value(-2)).toBe(-0.02);
});

test('softmax and logSumExp do not overflow', () => {
  const z = [1000, 1001, 999];
  const a = [0, 0, 0];
  softmaxRow(a, z, 0, 3);
  const plain = z.map(v => Math.exp(v - 1001));
  const total = plain.reduce((sum, e) => sum + e);
  a.forEach((value, j) => expect(value).toBeCloseTo(plain[j] / total, 15));
  expect(logSumExp(z, 0, 3)).toBeCloseTo(1001 + Math.log(total), 12);
  expect(logSumExp([-1000, -1000], 0, 2)).toBeCloseTo(-1000 + Math.LN2, 12);
});
