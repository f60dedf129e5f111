/**
 * Elementary functions of four float32 at a time.
 *
 * Constants lie in linear memory, each four times: V8 does not keep a splatted constant in a register across a loop.
 * Largest errors, against float64: sigmoid 2.5 ulp, tanh 1.5 ulp, others in test/engine/wasmMaths.test.ts.
 * NaN stays NaN.
 */

@inline
function four(value: f32): v128 {
  return f32x4.splat(value);
}

/** exp: bounds of the argument, 1/ln 2, 1.5 · 2²³, ln 2 in two parts, and Cephes' polynomial (S. Moshier, 1989). */
const EXP: usize = memory.data<f32>([
  88.8, 88.8, 88.8, 88.8, -88, -88, -88, -88, 1.44269504, 1.44269504, 1.44269504, 1.44269504, 12582912, 12582912, 12582912,
  12582912, 0.693359375, 0.693359375, 0.693359375, 0.693359375, -2.1219444e-4, -2.1219444e-4,
  -2.1219444e-4, -2.1219444e-4, 1.9875691e-4, 1.9875691e-4, 1.9875691e-4, 1.9875691e-4,
  1.39819995e-3, 1.39819995e-3, 1.39819995e-3, 1.39819995e-3, 8.33345191e-3, 8.33345191e-3,
  8.33345191e-3, 8.33345191e-3, 4.16657959e-2, 4.16657959e-2, 4.16657959e-2, 4.16657959e-2,
  1.66666655e-1, 1.66666655e-1, 1.66666655e-1, 1.66666655e-1, 0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1,
], 16);

@inline
function one(): v128 {
  return v128.load(EXP, 192);
}

/** e^x for −87.6 ≤ x ≤ 88.3; above ∞, and below 0: at the bounds the power has the exponents 128 and −127. */
@inline
export function exp4(x: v128): v128 {
  return power4(f32x4.pmin(f32x4.pmax(x, v128.load(EXP, 16)), v128.load(EXP)));
}

/** e^x for x ≤ 0, as `exp4` has it. */
@inline
function decay4(x: v128): v128 {
  return v128.andnot(power4(x), f32x4.lt(x, v128.load(EXP, 16)));
}

/** e^x within the bounds. */
@inline
function power4(x: v128): v128 {
  // x = n ln 2 + r; adding 1.5 · 2²³ rounds to an integer, which then stands in the lowest bits.
  const shifted = f32x4.add(f32x4.mul(x, v128.load(EXP, 32)), v128.load(EXP, 48));
  const n = f32x4.sub(shifted, v128.load(EXP, 48));
  let r = f32x4.sub(x, f32x4.mul(n, v128.load(EXP, 64)));
  r = f32x4.sub(r, f32x4.mul(n, v128.load(EXP, 80)));
  // By pairs of powers (Estrin): half as long a way as one power after another.
  const square = f32x4.mul(r, r);
  const fifth = f32x4.add(f32x4.mul(r, v128.load(EXP, 96)), v128.load(EXP, 112));
  const third = f32x4.add(f32x4.mul(r, v128.load(EXP, 128)), v128.load(EXP, 144));
  const first = f32x4.add(f32x4.mul(r, v128.load(EXP, 160)), v128.load(EXP, 176));
  let p = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(fifth, square), third), square), first);
  p = f32x4.add(f32x4.add(f32x4.mul(p, square), r), v128.load(EXP, 192));
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000));
  return f32x4.mul(p, power);
}

/** −|x| */
@inline
function below(x: v128): v128 {
  return v128.or(x, i32x4.splat(<i32>0x80000000));
}

/** 1/(1 + e^−x), or e^x/(1 + e^x) below 0: so there is one bound to keep, and not before the power is known. */
@inline
export function sigmoid4(x: v128): v128 {
  const e = decay4(below(x));
  const above = v128.bitselect(e, one(), f32x4.lt(x, four(0)));
  return f32x4.div(above, f32x4.add(one(), e));
}

/** tanh: the odd polynomial of small arguments (Cephes), its bound, and 2. */
const TANH: usize = memory.data<f32>([
  -5.70498872745e-3, -5.70498872745e-3, -5.70498872745e-3, -5.70498872745e-3, 2.06390887954e-2,
  2.06390887954e-2, 2.06390887954e-2, 2.06390887954e-2, -5.37397155531e-2, -5.37397155531e-2,
  -5.37397155531e-2, -5.37397155531e-2, 1.33314422036e-1, 1.33314422036e-1, 1.33314422036e-1,
  1.33314422036e-1, -3.33332819422e-1, -3.33332819422e-1, -3.33332819422e-1, -3.33332819422e-1,
  0.625, 0.625, 0.625, 0.625, 2, 2, 2, 2,
], 16);

/** A polynomial below 0.625, (1 − e)/(1 + e) with e = e^−2|x| and the sign of x above. */
@inline
export function tanh4(x: v128): v128 {
  const sign = v128.and(x, i32x4.splat(<i32>0x80000000));
  const a = f32x4.abs(x);
  const e = decay4(below(f32x4.add(x, x)));
  const large = f32x4.div(f32x4.sub(one(), e), f32x4.add(one(), e));
  const y = f32x4.mul(a, a);
  let p = v128.load(TANH);
  p = f32x4.add(f32x4.mul(p, y), v128.load(TANH, 16));
  p = f32x4.add(f32x4.mul(p, y), v128.load(TANH, 32));
  p = f32x4.add(f32x4.mul(p, y), v128.load(TANH, 48));
  p = f32x4.add(f32x4.mul(p, y), v128.load(TANH, 64));
  p = f32x4.add(f32x4.mul(f32x4.mul(p, y), a), a);
  return v128.or(v128.bitselect(p, large, f32x4.lt(a, v128.load(TANH, 80))), sign);
}

/** e^x − 1 without cancellation near 0: 2t/(1 − t), t = tanh(x/2). For x ≤ 0. */
@inline
export function expMinusOne4(x: v128): v128 {
  const t = tanh4(f32x4.mul(x, four(0.5)));
  return f32x4.div(f32x4.add(t, t), f32x4.sub(one(), t));
}

/** ln(1 + t) for 0 ≤ t ≤ 1: the series of artanh in s = t/(2 + t). */
@inline
function logOnePlus4(t: v128): v128 {
  const s = f32x4.div(t, f32x4.add(t, v128.load(TANH, 96)));
  const u = f32x4.mul(s, s);
  let p = four(<f32>(1.0 / 13));
  p = f32x4.add(f32x4.mul(p, u), four(<f32>(1.0 / 11)));
  p = f32x4.add(f32x4.mul(p, u), four(<f32>(1.0 / 9)));
  p = f32x4.add(f32x4.mul(p, u), four(<f32>(1.0 / 7)));
  p = f32x4.add(f32x4.mul(p, u), four(<f32>(1.0 / 5)));
  p = f32x4.add(f32x4.mul(p, u), four(<f32>(1.0 / 3)));
  p = f32x4.mul(f32x4.mul(p, u), s);
  return f32x4.mul(f32x4.add(p, s), v128.load(TANH, 96));
}

/** ln(1 + e^x) = max(x, 0) + ln(1 + e^−|x|) */
@inline
export function softplus4(x: v128): v128 {
  const positive = f32x4.max(x, four(0));
  return f32x4.add(positive, logOnePlus4(decay4(below(x))));
}

/** The density of the standard normal distribution. */
@inline
export function normalDensity4(x: v128): v128 {
  return f32x4.mul(four(0.3989422804), exp4(f32x4.mul(f32x4.mul(x, x), four(-0.5))));
}

/**
 * Φ(x) = ½ erfc(−x/√2): erf by a polynomial in y² for y = |x|/√2 ≤ 1, beyond that erfc = e^−y² t q(t) with
 * t = 1/(1 + y/2). Both polynomials are Chebyshev fits of the relative error (below 2e-7).
 */
@inline
export function normalDistribution4(x: v128): v128 {
  const y = f32x4.mul(f32x4.abs(x), four(0.70710678));
  const u = f32x4.mul(y, y);
  let p = four(-0.000562539615);
  p = f32x4.add(f32x4.mul(p, u), four(0.00491602346));
  p = f32x4.add(f32x4.mul(p, u), four(-0.0267099496));
  p = f32x4.add(f32x4.mul(p, u), four(0.112801306));
  p = f32x4.add(f32x4.mul(p, u), four(-0.37612319));
  p = f32x4.add(f32x4.mul(p, u), four(1.12837911));
  const near = f32x4.sub(four(0.5), f32x4.mul(f32x4.mul(p, y), four(0.5)));
  const t = f32x4.div(one(), f32x4.add(one(), f32x4.mul(y, four(0.5))));
  let q = four(0.0918687657);
  q = f32x4.add(f32x4.mul(q, t), four(-0.221776232));
  q = f32x4.add(f32x4.mul(q, t), four(0.0772995204));
  q = f32x4.add(f32x4.mul(q, t), four(0.0641987771));
  q = f32x4.add(f32x4.mul(q, t), four(0.177632019));
  q = f32x4.add(f32x4.mul(q, t), four(0.247203141));
  q = f32x4.add(f32x4.mul(q, t), four(0.28201282));
  q = f32x4.add(f32x4.mul(q, t), four(0.282099634));
  const small = f32x4.mul(f32x4.mul(q, t), f32x4.mul(four(0.5), exp4(f32x4.neg(u))));
  const tail = v128.bitselect(near, small, f32x4.le(y, one()));
  return v128.bitselect(tail, f32x4.sub(one(), tail), f32x4.lt(x, four(0)));
}
