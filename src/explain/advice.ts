/** What to try when numbers overflow. */

/**
 * A smaller learning rate on one digit, so that 0.30000000000000004 is never written: a tenth, and never
 * more than 0.1, because what overflows with 1e6 overflows with 1e5 too.
 */
export function smallerRate(rate: number): number {
  return Number(Math.min(rate / 10, 0.1).toPrecision(1));
}
