/**
 * Batch normalisation: src/engine/kernels/normalisation.ts in float32, with sums in float64. Records: normRecord.ts.
 *
 * Features go by fours, each with its sums in registers; what is left over, one by one and in the same order.
 */
import { NR } from './block';
import { field, place, roundUp4 } from './fields';
import { word } from './header';
import { ADDS_INPUT_GRADIENT, BETA, DELTA, FEATURES, GAMMA, GRADIENT_BETA, GRADIENT_GAMMA, INPUT, INPUT_GRADIENT, INPUT_GRADIENT_STRIDE, INPUT_STRIDE, MEAN, MOMENTS, OUTPUT, SETTINGS, STRIDE, UNITS, VARIANCE } from '../shared/normRecord';
import { DROPS, ROWS } from '../shared/places';

/** Of feature f in panels of one input, which have four rows. */
@inline
function inPanel(start: usize, f: i32): usize {
  return start + (<usize>((f / NR) * 4 * NR + (f % NR)) << 2);
}

@inline
function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

@inline
function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
}

/** Four float64 as float32. */
@inline
function demote(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 1, 4, 5);
}

/** Of the three lists of moments the n-th, at feature f. */
@inline
function moment(record: usize, n: i32, f: i32): usize {
  return place(record, MOMENTS) + (<usize>(n * roundUp4(field(record, FEATURES)) + f) << 2);
}

/** How many numbers of a feature the moments are of. */
@inline
function counter(record: usize): usize {
  return moment(record, 3, 0);
}

/** z = γ (x − μ)/√(σ² + ε) + β; of the batch in a training, unless it has a single number of each feature. */
export function normalise(record: usize): void {
  const rows = word(ROWS);
  const features = field(record, FEATURES);
  const count = rows * (field(record, UNITS) / features);
  const ofBatch = word(DROPS) != 0 && count > 1;
  store<i32>(counter(record), ofBatch ? count : 0);
  let f = 0;
  for (; f + 4 <= features; f += 4) {
    if (ofBatch) momentsOfFour(record, f, count);
    else runningOfFour(record, f);
    normaliseFour(record, f);
  }
  for (; f < features; f++) {
    if (ofBatch) momentsOfOne(record, f, count);
    else runningOfOne(record, f);
    normaliseOne(record, f);
  }
}

function momentsOfFour(record: usize, f: i32, count: i32): void {
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

function momentsOfOne(record: usize, f: i32, count: i32): void {
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

function runningOfFour(record: usize, f: i32): void {
  const variance = v128.load(place(record, VARIANCE) + (<usize>f << 2));
  storeFour(record, f, v128.load(inPanel(place(record, MEAN), f)), low(variance), high(variance));
}

function runningOfOne(record: usize, f: i32): void {
  const variance = load<f32>(place(record, VARIANCE) + (<usize>f << 2));
  storeOne(record, f, load<f32>(inPanel(place(record, MEAN), f)), <f64>variance);
}

function normaliseFour(record: usize, f: i32): void {
  const rows = word(ROWS);
  const step = place(record, FEATURES) << 2;
  const end = place(record, UNITS) << 2;
  const at = <usize>f << 2;
  const mean = v128.load(moment(record, 0, f));
  const gamma = v128.load(inPanel(place(record, GAMMA), f));
  const scale = f32x4.mul(gamma, v128.load(moment(record, 1, f)));
  const beta = place(record, BETA);
  const shift = beta ? v128.load(beta + at) : f32x4.splat(0);
  let from = place(record, INPUT);
  let to = place(record, OUTPUT);
  for (let r = 0; r < rows; r++) {
    for (let i = at; i < end; i += step) {
      const x = f32x4.sub(v128.load(from + i), mean);
      v128.store(to + i, f32x4.add(f32x4.mul(x, scale), shift));
    }
    from += place(record, INPUT_STRIDE);
    to += place(record, STRIDE);
  }
}

function normaliseOne(record: usize, f: i32): void {
  const rows = word(ROWS);
  const step = place(record, FEATURES) << 2;
  const end = place(record, UNITS) << 2;
  const at = <usize>f << 2;
  const mean = load<f32>(moment(record, 0, f));
  const scale = load<f32>(inPanel(place(record, GAMMA), f)) * load<f32>(moment(record, 1, f));
  const beta = place(record, BETA);
  const shift: f32 = beta ? load<f32>(beta + at) : 0;
  let from = place(record, INPUT);
  let to = place(record, OUTPUT);
  for (let r = 0; r < rows; r++) {
    for (let i = at; i < end; i += step) {
      store<f32>(to + i, (load<f32>(from + i) - mean) * scale + shift);
    }
    from += place(record, INPUT_STRIDE);
    to += place(record, STRIDE);
  }
}

/** ∂C/∂γ, ∂C/∂β and ∂C/∂x of all rows, which are a whole batch. */
export function normaliseBackward(record: usize): void {
  const features = field(record, FEATURES);
  let f = 0;
  for (; f + 4 <= features; f += 4) backwardOfFour(record, f);
  for (; f < features; f++) backwardOfOne(record, f);
}

function backwardOfFour(record: usize, f: i32): void {
  const rows = word(ROWS);
  const step = place(record, FEATURES) << 2;
  const end = place(record, UNITS) << 2;
  const first = <usize>f << 2;
  const mean = v128.load(moment(record, 0, f));
  const inverse = v128.load(moment(record, 1, f));
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let p = f64x2.splat(0);
  let q = f64x2.splat(0);
  let from = place(record, INPUT);
  let delta = place(record, DELTA);
  for (let r = 0; r < rows; r++) {
    for (let i = first; i < end; i += step) {
      const d = v128.load(delta + i);
      const x = f32x4.mul(f32x4.sub(v128.load(from + i), mean), inverse);
      const dx = f32x4.mul(d, x);
      a = f64x2.add(a, low(d));
      b = f64x2.add(b, high(d));
      p = f64x2.add(p, low(dx));
      q = f64x2.add(q, high(dx));
    }
    from += place(record, INPUT_STRIDE);
    delta += place(record, STRIDE);
  }
  v128.store(inPanel(place(record, GRADIENT_GAMMA), f), demote(p, q));
  if (place(record, BETA)) v128.store(place(record, GRADIENT_BETA) + first, demote(a, b));
  if (!place(record, INPUT_GRADIENT)) return;
  const count = load<i32>(counter(record));
  const n = f64x2.splat(<f64>count);
  const zero = f32x4.splat(0);
  const shift = count ? demote(f64x2.div(a, n), f64x2.div(b, n)) : zero;
  const tilt = count ? demote(f64x2.div(p, n), f64x2.div(q, n)) : zero;
  gradientOfFour(record, f, shift, tilt);
}

/** ∂C/∂x [+]= γ/√(σ² + ε) · (δ − shift − x̂ · tilt) */
function gradientOfFour(record: usize, f: i32, shift: v128, tilt: v128): void {
  const rows = word(ROWS);
  const step = place(record, FEATURES) << 2;
  const end = place(record, UNITS) << 2;
  const mean = v128.load(moment(record, 0, f));
  const inverse = v128.load(moment(record, 1, f));
  const slope = f32x4.mul(v128.load(inPanel(place(record, GAMMA), f)), inverse);
  const adds = field(record, ADDS_INPUT_GRADIENT) != 0;
  let from = place(record, INPUT);
  let delta = place(record, DELTA);
  let to = place(record, INPUT_GRADIENT);
  for (let r = 0; r < rows; r++) {
    for (let i = <usize>f << 2; i < end; i += step) {
      const x = f32x4.mul(f32x4.sub(v128.load(from + i), mean), inverse);
      const d = f32x4.sub(f32x4.sub(v128.load(delta + i), shift), f32x4.mul(x, tilt));
      const g = f32x4.mul(slope, d);
      v128.store(to + i, adds ? f32x4.add(v128.load(to + i), g) : g);
    }
    from += place(record, INPUT_STRIDE);
    delta += place(record, STRIDE);
    to += place(record, INPUT_GRADIENT_STRIDE);
  }
}

function backwardOfOne(record: usize, f: i32): void {
  const rows = word(ROWS);
  const step = place(record, FEATURES) << 2;
  const end = place(record, UNITS) << 2;
  const first = <usize>f << 2;
  const mean = load<f32>(moment(record, 0, f));
  const inverse = load<f32>(moment(record, 1, f));
  let sum: f64 = 0;
  let product: f64 = 0;
  let from = place(record, INPUT);
  let delta = place(record, DELTA);
  for (let r = 0; r < rows; r++) {
    for (let i = first; i < end; i += step) {
      const d = load<f32>(delta + i);
      const x: f32 = (load<f32>(from + i) - mean) * inverse;
      const dx: f32 = d * x;
      sum += <f64>d;
      product += <f64>dx;
    }
    from += place(record, INPUT_STRIDE);
    delta += place(record, STRIDE);
  }
  store<f32>(inPanel(place(record, GRADIENT_GAMMA), f), <f32>product);
  if (place(record, BETA)) store<f32>(place(record, GRADIENT_BETA) + first, <f32>sum);
  if (!place(record, INPUT_GRADIENT)) return;
  const count = <f64>load<i32>(counter(record));
  gradientOfOne(record, f, count ? <f32>(sum / count) : 0, count ? <f32>(product / count) : 0);
}

function gradientOfOne(record: usize, f: i32, shift: f32, tilt: f32): void {
  const rows = word(ROWS);
  const step = place(record, FEATURES) << 2;
  const end = place(record, UNITS) << 2;
  const mean = load<f32>(moment(record, 0, f));
  const inverse = load<f32>(moment(record, 1, f));
  const slope: f32 = load<f32>(inPanel(place(record, GAMMA), f)) * inverse;
  const adds = field(record, ADDS_INPUT_GRADIENT) != 0;
  let from = place(record, INPUT);
  let delta = place(record, DELTA);
  let to = place(record, INPUT_GRADIENT);
  for (let r = 0; r < rows; r++) {
    for (let i = <usize>f << 2; i < end; i += step) {
      const x: f32 = (load<f32>(from + i) - mean) * inverse;
      const g: f32 = slope * (load<f32>(delta + i) - shift - x * tilt);
      store<f32>(to + i, adds ? load<f32>(to + i) + g : g);
    }
    from += place(record, INPUT_STRIDE);
    delta += place(record, STRIDE);
    to += place(record, INPUT_GRADIENT_STRIDE);
  }
}

/** The running mean and variance go with those of the batch that was last passed forward. */
export function followBatch(record: usize): void {
  const count = <f64>load<i32>(counter(record));
  if (count == 0) return;
  const momentum = load<f64>(place(record, SETTINGS) + 8);
  const unbiased = count / (count - 1);
  const features = field(record, FEATURES);
  for (let f = 0; f < features; f++) {
    const mean = inPanel(place(record, MEAN), f);
    const variance = place(record, VARIANCE) + (<usize>f << 2);
    const m = <f64>load<f32>(moment(record, 0, f));
    const v = <f64>load<f32>(moment(record, 2, f)) * unbiased;
    store<f32>(mean, <f32>((1 - momentum) * <f64>load<f32>(mean) + momentum * m));
    store<f32>(variance, <f32>((1 - momentum) * <f64>load<f32>(variance) + momentum * v));
  }
}
