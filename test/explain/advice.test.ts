import { expect, it } from 'vitest';
import { smallerRate } from '../../src/explain/advice';

it.each([
  [1e6, 0.1],
  [1, 0.1],
  [0.3, 0.03],
  [0.005, 0.0005],
])('after %f, try %f', (rate, smaller) => expect(smallerRate(rate)).toBe(smaller));
