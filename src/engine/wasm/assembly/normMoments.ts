/**
 * The mean and variance by which batchNorm normalises, in float64 until they are kept. Records: normRecord.ts.
 *
 * Features go by fours, each with its sums in registers; what is left over, one by one and in the same order.
 */
import { NR } from './block';
import { field, place, roundUp4 } from './fields';
import { word } from './header';
import { FEATURES, INPUT, INPUT_STRIDE, MEAN, MOMENTS, SETTINGS, UNITS, VARIANCE } from '../shared/normRecord';
import { ROWS } from '../shared/places';

/** Of feature f in panels of one input, which have four rows. */
@inline
export function inPanel(start: usize, f: i32): usize {
  return start + (<usize>((f / NR) * 4 * NR + (f % NR)) << 2);
}

@inline
export function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

@inline
export function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
}

/** Four float64 as float32. */
@inline
export function demote(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 1, 4, 5);
}

/** Of the three lists of moments the n-th, at feature f. */
@inline
export function moment(record: usize, n: i32, f: i32): usize {
  return place(record, MOMENTS) + (<usize>(n * roundUp4(field(record, FEATURES)) + f) << 2);
}

/** How many numbers of a feature the moments are of. */
@inline
export function counter(record: usize): usize {
  return moment(record, 3, 0);
}

export function momentsOfFour(record: usize, f: i32, count: i32): void {
  const rows = word(ROWS);
  const step = place(record, FEATURES) << 2;
  const length = place(record, UNITS) << 2;
  const stride = place(record, INPUT_STRIDE);
  const start = place(record, INPUT) + (<usize>f << 2);
  const n = f64x2.splat(<f64>count);
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let row = start;
  for (let r = 0; r < rows; r++, row += stride) {
    for (let at: usize = 0; at < length; at += step) {
      const x = v128.load(row + at);
      a = f64x2.add(a, low(x));
      b = f64x2.add(b, high(x));
    }
  }
  a = f64x2.div(a, n);
  b = f64x2.div(b, n);
  let s = f64x2.splat(0);
  let t = f64x2.splat(0);
  row = start;
  for (let r = 0; r < rows; r++, row += stride) {
    for (let at: usize = 0; at < length; at += step) {
      const x = v128.load(row + at);
      const d = f64x2.sub(low(x), a);
      const e = f64x2.sub(high(x), b);
      s = f64x2.add(s, f64x2.mul(d, d));
      t = f64x2.add(t, f64x2.mul(e, e));
    }
  }
  storeFour(record, f, demote(a, b), f64x2.div(s, n), f64x2.div(t, n));
}

/** @param s and @param t the variances in float64, two and two */
function storeFour(record: usize, f: i32, mean: v128, s: v128, t: v128): void {
  const epsilon = f64x2.splat(load<f64>(place(record, SETTINGS)));
  const one = f64x2.splat(1);
  const first = f64x2.div(one, f64x2.sqrt(f64x2.add(s, epsilon)));
  const second = f64x2.div(one, f64x2.sqrt(f64x2.add(t, epsilon)));
  v128.store(moment(record, 0, f), mean);
  v128.store(moment(record, 1, f), demote(first, second));
  v128.store(moment(record, 2, f), demote(s, t));
}

export function momentsOfOne(record: usize, f: i32, count: i32): void {
  const rows = word(ROWS);
  const step = place(record, FEATURES) << 2;
  const length = place(record, UNITS) << 2;
  const stride = place(record, INPUT_STRIDE);
  const start = place(record, INPUT) + (<usize>f << 2);
  let sum: f64 = 0;
  let row = start;
  for (let r = 0; r < rows; r++, row += stride) {
    for (let at: usize = 0; at < length; at += step) sum += <f64>load<f32>(row + at);
  }
  const mean = sum / <f64>count;
  let squares: f64 = 0;
  row = start;
  for (let r = 0; r < rows; r++, row += stride) {
    for (let at: usize = 0; at < length; at += step) {
      const d = <f64>load<f32>(row + at) - mean;
      squares += d * d;
    }
  }
  storeOne(record, f, <f32>mean, squares / <f64>count);
}

function storeOne(record: usize, f: i32, mean: f32, variance: f64): void {
  const epsilon = load<f64>(place(record, SETTINGS));
  store<f32>(moment(record, 0, f), mean);
  store<f32>(moment(record, 1, f), <f32>(1 / sqrt<f64>(variance + epsilon)));
  store<f32>(moment(record, 2, f), <f32>variance);
}

export function runningOfFour(record: usize, f: i32): void {
  const variance = v128.load(place(record, VARIANCE) + (<usize>f << 2));
  storeFour(record, f, v128.load(inPanel(place(record, MEAN), f)), low(variance), high(variance));
}

export function runningOfOne(record: usize, f: i32): void {
  const variance = load<f32>(place(record, VARIANCE) + (<usize>f << 2));
  storeOne(record, f, load<f32>(inPanel(place(record, MEAN), f)), <f64>variance);
}
