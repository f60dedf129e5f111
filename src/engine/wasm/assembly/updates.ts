/**
 * Optimizers over a run of parameters: the rules of src/engine/optimizers.ts in float32, by the gradients that stand in
 * `g`. 
 *
 * The settings of a step stand at `SETTINGS`, so that nothing has to be passed from call to call.
 */
import { ADAGRAD, ADAM, MOMENTUM, NESTEROV, RMSPROP, SGD } from '../shared/functions';
import { sign4 } from './losses';

/** Numbers of a step: see stepNumbers.ts. */
export const RATE = 0;
export const DECAYED = 4;
export const FIRST = 8;
export const SECOND = 12;
export const EPSILON = 16;
export const L2 = 20;
export const L1 = 24;
/** 1 − β₁, 1 − β₂ and their like. */
export const REST1 = 28;
export const REST2 = 32;
/** 2⁻⁸⁰ */
export const TINY = 36;

@inline
function every(step: usize, place: usize): v128 {
  return v128.load32_splat(step + place);
}

/**
 * A moment as it is kept: from 2⁻⁵⁵ down a multiple of 2⁻¹⁰³, and never a number that is not normal. Such numbers take a
 * hundred times as long, and where an input is 0 for a thousand steps, as at the margins of pictures, decay alone
 * leads to them.
 */
@inline
function kept(moment: v128, tiny: v128): v128 {
  return f32x4.sub(f32x4.add(moment, tiny), tiny);
}

/** g += l2 w + l1 sign w over `length` bytes; the factors hold the penalty's scale, l2 twice. */
export function addPenalty(step: usize, g: usize, w: usize, length: usize): void {
  for (const end = g + length; g < end; g += 16, w += 16) {
    const x = v128.load(w);
    const share = f32x4.add(f32x4.mul(every(step, L2), x), f32x4.mul(every(step, L1), sign4(x)));
    v128.store(g, f32x4.add(v128.load(g), share));
  }
}

/** Σ g² over `length` bytes. */
export function squares(g: usize, length: usize): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (const end = g + length; g < end; g += 16) {
    const x = v128.load(g);
    const low = f64x2.promote_low_f32x4(x);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
    even = f64x2.add(even, f64x2.mul(low, low));
    odd = f64x2.add(odd, f64x2.mul(high, high));
  }
  const sum = f64x2.add(even, odd);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** One step of the optimizer for the parameters at w, whose moments stand at m and v. */
export function update(
  rule: i32,
  step: usize,
  g: usize,
  w: usize,
  m: usize,
  v: usize,
  length: usize,
): void {
  const end = g + length;
  if (rule == SGD) {
    for (; g < end; g += 16, w += 16) {
      v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(v128.load(g), every(step, RATE))));
    }
  } else if (rule == ADAM) updateAdam(step, g, w, m, v, end);
  else if (rule == MOMENTUM || rule == NESTEROV) {
    updateMomentum(rule == NESTEROV, step, g, w, m, end);
  } else updateBySquares(rule, step, g, w, m, end);
}

/** w ← keep·w − rate·m/(√v + ε): AdamW's decay in `keep`, the corrections of m and v in rate and ε. */
function updateAdam(step: usize, g: usize, w: usize, m: usize, v: usize, end: usize): void {
  const beta1 = every(step, FIRST);
  const beta2 = every(step, SECOND);
  const rest1 = every(step, REST1);
  const rest2 = every(step, REST2);
  const keep = every(step, DECAYED);
  const rate = every(step, RATE);
  const epsilon = every(step, EPSILON);
  const tiny = every(step, TINY);
  for (; g < end; g += 16, w += 16, m += 16, v += 16) {
    const x = v128.load(g);
    const mean = kept(f32x4.add(f32x4.mul(v128.load(m), beta1), f32x4.mul(x, rest1)), tiny);
    const sum = f32x4.add(f32x4.mul(v128.load(v), beta2), f32x4.mul(f32x4.mul(x, x), rest2));
    const square = kept(sum, tiny);
    v128.store(m, mean);
    v128.store(v, square);
    const change = f32x4.div(f32x4.mul(mean, rate), f32x4.add(f32x4.sqrt(square), epsilon));
    v128.store(w, f32x4.sub(f32x4.mul(v128.load(w), keep), change));
  }
}

function updateMomentum(
  nesterov: boolean,
  step: usize,
  g: usize,
  w: usize,
  m: usize,
  end: usize,
): void {
  const momentum = every(step, FIRST);
  const rate = every(step, RATE);
  const tiny = every(step, TINY);
  for (; g < end; g += 16, w += 16, m += 16) {
    const x = v128.load(g);
    const velocity = kept(f32x4.add(f32x4.mul(v128.load(m), momentum), x), tiny);
    v128.store(m, velocity);
    const ahead = nesterov ? f32x4.add(x, f32x4.mul(velocity, momentum)) : velocity;
    v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(ahead, rate)));
  }
}

/** rmsprop and adagrad: s ← keep·s + rest·g² with keep = rest = 1 for adagrad. */
function updateBySquares(
  rule: i32,
  step: usize,
  g: usize,
  w: usize,
  m: usize,
  end: usize,
): void {
  const keep = every(step, SECOND);
  const rest = every(step, REST2);
  const rate = every(step, RATE);
  const epsilon = every(step, EPSILON);
  const tiny = every(step, TINY);
  if (rule != RMSPROP && rule != ADAGRAD) unreachable();
  for (; g < end; g += 16, w += 16, m += 16) {
    const x = v128.load(g);
    const sum = f32x4.add(f32x4.mul(v128.load(m), keep), f32x4.mul(f32x4.mul(x, x), rest));
    const square = kept(sum, tiny);
    v128.store(m, square);
    const change = f32x4.div(f32x4.mul(x, rate), f32x4.add(f32x4.sqrt(square), epsilon));
    v128.store(w, f32x4.sub(v128.load(w), change));
  }
}
