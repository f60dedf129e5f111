/** ln x and ln(1 + x): the exponent is taken from the bits, the rest by fdlibm's kernel. */

const LN2_HIGH = 6.9314718036912381649e-1; // 33 bits: k × LN2_HIGH is exact for |k| < 2²⁰
const LN2_LOW = 1.90821492927058770002e-10;

const FLOAT = new Float64Array(1);
const WORDS = new Int32Array(FLOAT.buffer);
FLOAT[0] = 1;
/** Which of the two words holds sign and exponent: 1 on little-endian machines. */
const HIGH = WORDS[0] === 0 ? 1 : 0;

/** ln(1 + f) − f + f²/2 for s = f/(2 + f), divided by s and without the f²/2 of the series. */
function logKernel(s: number): number {
  const z = s * s;
  const w = z * z;
  return (
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1)) +
    z *
      (6.66666666666673513e-1 +
        w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
  );
}

/** Natural logarithm: −∞ at ±0, NaN below 0. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  FLOAT[0] = x;
  if (x < 2.2250738585072014e-308) {
    FLOAT[0] = x * 18014398509481984; // 2⁵⁴ makes a subnormal number normal
    k = -54;
  }
  // x = 2^k (1 + f) with √½ < 1 + f < √2
  const high = WORDS[HIGH] + (0x3ff00000 - 0x3fe6a09e);
  k += (high >> 20) - 0x3ff;
  WORDS[HIGH] = (high & 0xfffff) + 0x3fe6a09e;
  const f = FLOAT[0] - 1;
  const square = 0.5 * f * f;
  const s = f / (2 + f);
  return s * (square + logKernel(s)) + k * LN2_LOW - square + f + k * LN2_HIGH;
}

/** ln(1 + x) without cancellation near 0: −∞ at −1, NaN below −1. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity) return x;
  if (x < 1.1e-16 && x > -1.1e-16) return x; // keeps −0 and subnormals
  let f = x;
  let k = 0;
  let c = 0; // what rounding took from 1 + x, relative
  if (x > 0.41421356 || x < -0.29289321) {
    const u = 1 + x;
    FLOAT[0] = u;
    const high = WORDS[HIGH] + (0x3ff00000 - 0x3fe6a09e);
    k = (high >> 20) - 0x3ff;
    if (k < 54) c = (k >= 2 ? 1 - (u - x) : x - (u - 1)) / u;
    WORDS[HIGH] = (high & 0xfffff) + 0x3fe6a09e;
    f = FLOAT[0] - 1;
  }
  const square = 0.5 * f * f;
  const s = f / (2 + f);
  return s * (square + logKernel(s)) + (k * LN2_LOW + c) - square + f + k * LN2_HIGH;
}
