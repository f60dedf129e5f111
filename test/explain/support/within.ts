import { expect } from 'vitest';

/**
 * `expect` is asked only where it would fail: to make it takes longer than to compute most formulas, and there are
 * millions of them.
 * @param most the largest difference that is allowed
 */
export function expectWithin(found: number, value: number, most: number, what: () => string): void {
  const difference = Math.abs(found - value);
  if (!(difference <= most)) expect(difference, what()).toBeLessThanOrEqual(most);
}
