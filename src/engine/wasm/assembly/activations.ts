/** Activations over whole buffers. */
import {
  ELU,
  GELU,
  LEAKY_RELU,
  LINEAR,
  RELU,
  SIGMOID,
  SILU,
  SOFTPLUS,
  STEP,
  TANH,
} from '../shared/functions';
import {
  exp4,
  expMinusOne4,
  normalDensity4,
  normalDistribution4,
  sigmoid4,
  softplus4,
  tanh4,
} from './maths';

const LEAKY_SLOPE: f32 = 0.01;

@inline
function zero(): v128 {
  return f32x4.splat(0);
}

@inline
function one(): v128 {
  return f32x4.splat(1);
}

/** a = f(z) for the bytes from `z` to `end`, a multiple of 16. */
export function activate(f: i32, z: usize, a: usize, end: usize): void {
  if (f == LINEAR) {
    for (; z < end; z += 16, a += 16) v128.store(a, v128.load(z));
  } else if (f == RELU) {
    for (; z < end; z += 16, a += 16) v128.store(a, f32x4.max(v128.load(z), zero()));
  } else if (f == SIGMOID) {
    for (; z < end; z += 16, a += 16) v128.store(a, sigmoid4(v128.load(z)));
  } else if (f == TANH) {
    for (; z < end; z += 16, a += 16) v128.store(a, tanh4(v128.load(z)));
  } else if (f == LEAKY_RELU) {
    for (; z < end; z += 16, a += 16) {
      const x = v128.load(z);
      const small = f32x4.mul(x, f32x4.splat(LEAKY_SLOPE));
      v128.store(a, v128.bitselect(x, small, f32x4.gt(x, zero())));
    }
  } else if (f == STEP) {
    // NaN is kept: it must not become an output that looks right.
    for (; z < end; z += 16, a += 16) {
      const x = v128.load(z);
      const side = v128.and(one(), f32x4.gt(x, zero()));
      v128.store(a, v128.bitselect(side, x, f32x4.eq(x, x)));
    }
  } else activateSmooth(f, z, a, end);
}

function activateSmooth(f: i32, z: usize, a: usize, end: usize): void {
  if (f == ELU) {
    for (; z < end; z += 16, a += 16) {
      const x = v128.load(z);
      v128.store(a, v128.bitselect(x, expMinusOne4(x), f32x4.gt(x, zero())));
    }
  } else if (f == GELU) {
    for (; z < end; z += 16, a += 16) {
      const x = v128.load(z);
      v128.store(a, f32x4.mul(x, normalDistribution4(x)));
    }
  } else if (f == SILU) {
    for (; z < end; z += 16, a += 16) {
      const x = v128.load(z);
      v128.store(a, f32x4.mul(x, sigmoid4(x)));
    }
  } else if (f == SOFTPLUS) {
    for (; z < end; z += 16, a += 16) v128.store(a, softplus4(v128.load(z)));
  } else unreachable();
}

/** d = d ⊙ f′(z), in place; `z` is read by gelu, silu and softplus alone, where it is kept. */
export function activateBackward(f: i32, d: usize, z: usize, a: usize, end: usize): void {
  if (f == LINEAR) return;
  if (f == RELU) {
    for (; d < end; d += 16, a += 16) {
      v128.store(d, v128.and(v128.load(d), f32x4.gt(v128.load(a), zero())));
    }
  } else if (f == SIGMOID) {
    for (; d < end; d += 16, a += 16) {
      const y = v128.load(a);
      v128.store(d, f32x4.mul(v128.load(d), f32x4.mul(y, f32x4.sub(one(), y))));
    }
  } else if (f == TANH) {
    for (; d < end; d += 16, a += 16) {
      const y = v128.load(a);
      v128.store(d, f32x4.mul(v128.load(d), f32x4.sub(one(), f32x4.mul(y, y))));
    }
  } else if (f == LEAKY_RELU) {
    for (; d < end; d += 16, a += 16) {
      const g = v128.load(d);
      const small = f32x4.mul(g, f32x4.splat(LEAKY_SLOPE));
      v128.store(d, v128.bitselect(g, small, f32x4.gt(v128.load(a), zero())));
    }
  } else if (f == STEP) {
    for (; d < end; d += 16) v128.store(d, f32x4.mul(v128.load(d), zero()));
  } else smoothBackward(f, d, z, a, end);
}

function smoothBackward(f: i32, d: usize, z: usize, a: usize, end: usize): void {
  if (f == ELU) {
    // e^z = a + 1 below 0.
    for (; d < end; d += 16, a += 16) {
      const g = v128.load(d);
      const y = v128.load(a);
      const slope = f32x4.mul(g, f32x4.add(y, one()));
      v128.store(d, v128.bitselect(g, slope, f32x4.gt(y, zero())));
    }
  } else if (f == GELU) {
    for (; d < end; d += 16, z += 16) {
      const x = v128.load(z);
      const slope = f32x4.add(normalDistribution4(x), f32x4.mul(x, normalDensity4(x)));
      v128.store(d, f32x4.mul(v128.load(d), slope));
    }
  } else if (f == SILU) {
    for (; d < end; d += 16, z += 16) {
      const x = v128.load(z);
      const s = sigmoid4(x);
      const slope = f32x4.mul(s, f32x4.add(one(), f32x4.mul(x, f32x4.sub(one(), s))));
      v128.store(d, f32x4.mul(v128.load(d), slope));
    }
  } else if (f == SOFTPLUS) {
    for (; d < end; d += 16, z += 16) {
      v128.store(d, f32x4.mul(v128.load(d), sigmoid4(v128.load(z))));
    }
  } else unreachable();
}

/** The sum of the four numbers, (0 + 1) + (2 + 3). */
@inline
export function sum4(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/**
 * a = softmax(z) by rows; columns from `units` to the row's end become 0.
 *
 * @param stride bytes from row to row, of both
 */
export function softmax(z: usize, a: usize, rows: i32, stride: usize, units: i32): void {
  const width = <usize>((units + 3) & ~3) << 2;
  for (let r = 0; r < rows; r++, z += stride, a += stride) {
    let largest = load<f32>(z);
    for (let j = 1; j < units; j++) largest = max<f32>(largest, load<f32>(z + (<usize>j << 2)));
    for (let j: usize = 0; j < width; j += 16) {
      v128.store(a + j, exp4(f32x4.sub(v128.load(z + j), f32x4.splat(largest))));
    }
    for (let j = <usize>units << 2; j < stride; j += 4) store<f32>(a + j, 0);
    let sums = zero();
    for (let j: usize = 0; j < width; j += 16) sums = f32x4.add(sums, v128.load(a + j));
    const scale = <f32>1 / sum4(sums);
    for (let j: usize = 0; j < width; j += 16) {
      v128.store(a + j, f32x4.mul(v128.load(a + j), f32x4.splat(scale)));
    }
  }
}

/** d_j = a_j (d_j − Σ_i a_i d_i) by rows, in place. */
export function softmaxBackward(d: usize, a: usize, rows: i32, stride: usize, units: i32): void {
  const width = <usize>((units + 3) & ~3) << 2;
  for (let r = 0; r < rows; r++, d += stride, a += stride) {
    let sums = zero();
    for (let j: usize = 0; j < width; j += 16) {
      sums = f32x4.add(sums, f32x4.mul(v128.load(a + j), v128.load(d + j)));
    }
    const sum = f32x4.splat(sum4(sums));
    for (let j: usize = 0; j < width; j += 16) {
      v128.store(d + j, f32x4.mul(v128.load(a + j), f32x4.sub(v128.load(d + j), sum)));
    }
  }
}
