/**
 * From rows to what the tiles read: every tile walks through its operands in the order in which they lie.
 *
 * Names of sizes: rows of a batch, NR = the width of a panel. Strides are in bytes.
 */
import { NR, PANEL_BYTES } from './block';

/** Four vectors of four, turned: row i becomes lane i. Stored one behind the other, `step` bytes apart. */
@inline
function turn(a: v128, b: v128, c: v128, d: v128, to: usize, step: usize): void {
  const ab02 = v128.shuffle<f32>(a, b, 0, 4, 2, 6);
  const ab13 = v128.shuffle<f32>(a, b, 1, 5, 3, 7);
  const cd02 = v128.shuffle<f32>(c, d, 0, 4, 2, 6);
  const cd13 = v128.shuffle<f32>(c, d, 1, 5, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab02, cd02, 0, 1, 4, 5));
  v128.store(to + step, v128.shuffle<f32>(ab13, cd13, 0, 1, 4, 5));
  v128.store(to + 2 * step, v128.shuffle<f32>(ab02, cd02, 2, 3, 6, 7));
  v128.store(to + 3 * step, v128.shuffle<f32>(ab13, cd13, 2, 3, 6, 7));
}

/**
 * x (rows, width) → [rows/4][width][4]: four rows side by side. `rows` is a multiple of 4; every row has at least
 * `width` numbers rounded up to 4. Of what is larger, x and `to` may be where any four rows begin.
 */
export function packRows(x: usize, stride: usize, rows: i32, width: i32, to: usize): void {
  for (let r = 0; r < rows; r += 4, x += 4 * stride) {
    let from = x;
    let k = 0;
    for (; k + 4 <= width; k += 4, from += 16, to += 64) {
      turn(
        v128.load(from),
        v128.load(from + stride),
        v128.load(from + 2 * stride),
        v128.load(from + 3 * stride),
        to,
        16,
      );
    }
    for (; k < width; k++, from += 4, to += 16) {
      store<f32>(to, load<f32>(from));
      store<f32>(to, load<f32>(from + stride), 4);
      store<f32>(to, load<f32>(from + 2 * stride), 8);
      store<f32>(to, load<f32>(from + 3 * stride), 12);
    }
  }
}

/**
 * x (rows, width) → [width/4][rows][4]: groups of four columns, from the group `first` to before `last`. Columns from
 * `width` on become 0; every row has at least `width` numbers rounded up to 4.
 */
export function packFours(
  x: usize,
  stride: usize,
  rows: i32,
  width: i32,
  to: usize,
  first: i32,
  last: i32,
): void {
  let k = first << 2;
  to += <usize>(k * rows) << 2;
  for (; k + 4 <= width && k < last << 2; k += 4) {
    let from = x + (<usize>k << 2);
    for (let r = 0; r < rows; r++, from += stride, to += 16) v128.store(to, v128.load(from));
  }
  if (k >= width || k == last << 2) return;
  for (let r = 0; r < rows; r++, to += 16) {
    const from = x + <usize>r * stride + (<usize>k << 2);
    v128.store(to, f32x4.splat(0));
    for (let j = 0; j < width - k; j++) {
      store<f32>(to + (<usize>j << 2), load<f32>(from + (<usize>j << 2)));
    }
  }
}

/** x (rows, NR × panels) → [panels][rows][NR], from the panel `first` to before `last` */
export function packPanels(
  x: usize,
  stride: usize,
  rows: i32,
  to: usize,
  first: i32,
  last: i32,
): void {
  to += <usize>(first * rows * NR) << 2;
  for (let p = first; p < last; p++) {
    let from = x + (<usize>(p * NR) << 2);
    for (let r = 0; r < rows; r++, from += stride) {
      for (let j: usize = 0; j < PANEL_BYTES; j += 16, to += 16) {
        v128.store(to, v128.load(from + j));
      }
    }
  }
}

/**
 * w in panels [units/NR][height][NR] → its transpose in panels [inputs/NR][units][NR]. Inputs from `inputs` on
 * become 0; `units` is a multiple of NR. From the panel `first` to before `last`.
 */
export function packTransposed(
  w: usize,
  inputs: i32,
  height: i32,
  units: i32,
  to: usize,
  first: i32,
  last: i32,
): void {
  to += <usize>(first * units * NR) << 2;
  for (let i = first * NR; i < last * NR; i += NR) {
    for (let j = 0; j < units; j += NR) {
      const from = w + (<usize>(j * height + i * NR) << 2);
      for (let h = 0; h < NR; h += 4) {
        for (let g = 0; g < NR; g += 4) {
          turnWithin(from, i + g, inputs, g, h, to + (<usize>(h * NR + g) << 2));
        }
      }
      to += <usize>(NR * NR) << 2;
    }
  }
}

/** Four inputs of four units; those beyond the last are 0. */
@inline
function turnWithin(from: usize, input: i32, inputs: i32, g: i32, h: i32, to: usize): void {
  const a = from + (<usize>(g * NR + h) << 2);
  const zero = f32x4.splat(0);
  turn(
    input < inputs ? v128.load(a) : zero,
    input + 1 < inputs ? v128.load(a + NR * 4) : zero,
    input + 2 < inputs ? v128.load(a + 2 * NR * 4) : zero,
    input + 3 < inputs ? v128.load(a + 3 * NR * 4) : zero,
    to,
    NR * 4,
  );
}
