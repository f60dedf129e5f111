/** Numbers in one of the two precisions of the engine. */
export type Numbers = Float32Array | Float64Array;

/** Same bits; NaN equals NaN. */
export function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
