/** Batch normalisation: src/engine/kernels/normalisation.ts in float32, with sums in float64. Records: normRecord.ts. */
import { field, place } from './fields';
import { word } from './header';
import { counter, demote, high, inPanel, low, moment, momentsOfFour, momentsOfOne, runningOfFour, runningOfOne } from './normMoments';
import { ADDS_INPUT_GRADIENT, BETA, DELTA, FEATURES, GAMMA, GRADIENT_BETA, GRADIENT_GAMMA, INPUT, INPUT_GRADIENT, INPUT_GRADIENT_STRIDE, INPUT_STRIDE, MEAN, OUTPUT, SETTINGS, STRIDE, UNITS, VARIANCE } from '../shared/normRecord';
import { DROPS, ROWS } from '../shared/places';

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
