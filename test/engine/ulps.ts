/** How far float32 are from numbers in float64, in units of their last place, all over float32. */

/** Distance from one float32 to the next at this size; that of the smallest below. */
export function ulp(value: number): number {
  const size = Math.max(Math.abs(value), 2 ** -126);
  const exponent = Math.floor(Math.log2(size));
  return 2 ** (exponent - 23);
}

/** All finite float32, both signs, so many apart. */
function sweep(apart: number): Float32Array {
  const length = Math.floor(2 ** 32 / apart);
  const bits = Uint32Array.from({ length }, (_, i) => apart * i);
  return new Float32Array(bits.buffer).filter(Number.isFinite);
}

/** 210 of each power of two; of forty times as many, none is a hundredth farther than the bounds of the tests. */
export const everywhere = sweep(40_009);

/** e^z ends there: far below 0, what is smaller becomes 0. */
const SMALLEST = 2 ** -120;

export function errorOf(value: number, right: number, z: number): number {
  if (z < -12 && Math.abs(right) < SMALLEST) return Math.abs(value) < SMALLEST ? 0 : Infinity;
  return Math.abs(value - right) / ulp(right);
}

/** The largest over all of `everywhere`, and where. */
export function worstError(
  values: Float32Array,
  right: (z: number) => number,
): { readonly worst: number; readonly at: number } {
  let [worst, at] = [0, 0];
  everywhere.forEach((z, i) => {
    const error = errorOf(values[i], right(z), z);
    if (!(error <= worst) && !Number.isNaN(worst)) [worst, at] = [error, z];
  });
  return { worst, at };
}
