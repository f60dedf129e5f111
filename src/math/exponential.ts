/** eˣ, eˣ − 1 and tanh x, by Cody and Waite's reduction to |r| ≤ ½ ln 2 and fdlibm's kernels. */

const LN2_HIGH = 6.9314718036912381649e-1; // 33 bits: k × LN2_HIGH is exact for |k| < 2²⁰
const LN2_LOW = 1.90821492927058770002e-10;
const INVERSE_LN2 = 1.442695040888963387;
const HALF_LN2 = 0.34657359027997264;

/** 2^k at index k + 1022: every normal power of two. A product with one of them is exact or overflows. */
const POWERS = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2046);
  powers[1022] = 1;
  for (let k = 1; k <= 1023; k++) powers[1022 + k] = 2 * powers[1021 + k];
  for (let k = 1; k <= 1022; k++) powers[1022 - k] = 0.5 * powers[1023 - k];
  return powers;
}

/** y × 2^k for y near 1, rounded once, also where the result is subnormal or y × 2^k is near the top. */
function scale(y: number, k: number): number {
  if (k > 1023) return y * 2 * POWERS[1022 + 1023];
  if (k >= -1022) return y * POWERS[1022 + k];
  return y * POWERS[1022 + k + 1000] * POWERS[1022 - 1000];
}

/** eˣ. Overflows to ∞ above 709.78…, underflows to 0 below −745.13… */
export function exp(x: number): number {
  if (!(x < 709.782712893384))
    return x > 709.782712893384 ? Infinity : x === x ? 1.797693134862273e308 : x;
  if (x < -745.1332191019412) return 0;
  // x = k ln 2 + r with |r| ≤ ½ ln 2; r = high − low keeps the bits that k ln 2 loses.
  let k = 0;
  let high = x;
  let low = 0;
  if (x > HALF_LN2 || x < -HALF_LN2) {
    k = (INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
    high = x - k * LN2_HIGH;
    low = k * LN2_LOW;
  }
  const r = high - low;
  const t = r * r;
  // e^r = 1 + 2r/(R − r) with R(r) = r (e^r + 1)/(e^r − 1) ≈ 2 + P1 r² + … ; c = r − (R − 2)
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 +
                t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  return k === 0 ? y : scale(y, k);
}

/** eˣ − 1 without cancellation near 0. */
export function expm1(x: number): number {
  if (!(x < 709.782712893384)) return x > 709.782712893384 ? Infinity : x === x ? exp(x) : x;
  if (x < -38) return -1;
  if (x < 5.5e-17 && x > -5.5e-17) return x; // keeps −0 and subnormals
  let k = 0;
  let r = x;
  let c = 0; // what rounding took from r
  if (x > HALF_LN2 || x < -HALF_LN2) {
    k = (INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
    const high = x - k * LN2_HIGH;
    const low = k * LN2_LOW;
    r = high - low;
    c = high - r - low;
  }
  const half = 0.5 * r;
  const h = r * half;
  const q =
    1 +
    h *
      (-3.33333333333331316428e-2 +
        h *
          (1.58730158725481460165e-3 +
            h *
              (-7.93650757867487942473e-5 +
                h * (4.00821782732936239552e-6 + h * -2.01099218183624371326e-7))));
  const t = 3 - q * half;
  const e = h * ((q - t) / (6 - r * t));
  return k === 0 ? r - (r * e - h) : expm1Scaled(r, r * (e - c) - c - h, k);
}

/** 2^k (1 + r − e) − 1, each k in the order of operations that loses least. */
function expm1Scaled(r: number, e: number, k: number): number {
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k < 0 || k > 56) return scale(r - e + 1, k) - 1;
  const tail = POWERS[1022 - k];
  return (k < 20 ? r - e + (1 - tail) : r - (e + tail) + 1) * POWERS[1022 + k];
}

/** Hyperbolic tangent; ±1 beyond |x| = 22. */
export function tanh(x: number): number {
  const a = x < 0 ? -x : x;
  if (a > 22) return x < 0 ? -1 : 1;
  let y: number;
  if (a > 0.5493061443340549) y = 1 - 2 / (expm1(2 * a) + 2);
  else if (a > 0.2554128118829953) {
    const t = expm1(2 * a);
    y = t / (t + 2);
  } else if (a > 1e-300) {
    const t = expm1(-2 * a);
    y = -t / (t + 2);
  } else return x; // ±0, subnormals, NaN
  return x < 0 ? -y : y;
}
