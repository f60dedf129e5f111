/** Powers with whole exponents. */

/** base to the power of a whole n ≥ 0, by squaring: the same bits on every platform. */
export function wholePower(base: number, n: number): number {
  let result = 1;
  let factor = base;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= factor;
    factor *= factor;
  }
  return result;
}
