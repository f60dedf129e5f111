/** The gradient of a loss by its outputs. */
import { ABSOLUTE, FUSED_SOFTMAX, HALF_SQUARED, HUBER, SQUARED } from '../shared/functions';

@inline
function clamp(x: v128, bound: f32): v128 {
  return f32x4.min(f32x4.max(x, f32x4.splat(-bound)), f32x4.splat(bound));
}

/** −1, 0 or 1, and NaN of NaN. */
@inline
export function sign4(x: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const positive = v128.and(one, f32x4.gt(x, zero));
  const negative = v128.and(one, f32x4.lt(x, zero));
  return f32x4.add(f32x4.sub(positive, negative), f32x4.mul(x, zero));
}

/** By the residual a − y. */
@inline
function slope(loss: i32, residual: v128): v128 {
  if (loss == ABSOLUTE) return sign4(residual);
  if (loss == HUBER) return clamp(residual, 1);
  return residual;
}

/**
 * d = factor × ∂loss/∂a, or ∂loss/∂z of the fused losses, by rows; columns from `units` to the row's end and all rows
 * from `rows` to `allRows` become 0.
 *
 * @param stride bytes from row to row of a and d
 * @param targetStride of y, a multiple of 16
 */
export function lossGradient(
  loss: i32,
  factor: f32,
  d: usize,
  a: usize,
  y: usize,
  rows: i32,
  allRows: i32,
  stride: usize,
  targetStride: usize,
  units: i32,
): void {
  const width = <usize>((units + 3) & ~3) << 2;
  const scale = f32x4.splat(loss == SQUARED ? 2 * factor : factor);
  for (let r = 0; r < rows; r++, d += stride, a += stride, y += targetStride) {
    let mass: f32 = 1;
    if (loss == FUSED_SOFTMAX) {
      mass = 0;
      for (let j: usize = 0; j < width; j += 4) mass += load<f32>(y + j);
    }
    const weight = f32x4.splat(mass);
    for (let j: usize = 0; j < width; j += 16) {
      const residual = f32x4.sub(f32x4.mul(weight, v128.load(a + j)), v128.load(y + j));
      v128.store(d + j, f32x4.mul(scale, slope(loss, residual)));
    }
    for (let j = <usize>units << 2; j < stride; j += 4) store<f32>(d + j, 0);
  }
  memory.fill(d, 0, <usize>(allRows - rows) * stride);
}

/** Adds 0 × x to the four numbers at `trace` for the rows of x: they stay 0 until one is not finite. */
export function traceFinite(trace: usize, x: usize, rows: i32, stride: usize, units: i32): void {
  const width = <usize>((units + 3) & ~3) << 2;
  let sum = v128.load(trace);
  for (let r = 0; r < rows; r++, x += stride) {
    for (let j: usize = 0; j < width; j += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(x + j), f32x4.splat(0)));
    }
  }
  v128.store(trace, sum);
}
