/**
 * The matrix product behind all three products of a dense layer: c (m, n) += a · bᵀ.
 *
 * Element (i, p) of a stands at i · aOuter + p · aInner, element (j, p) of b at j · bOuter + p · bInner, so
 * a transpose is only another pair of strides. Large products are packed into panels of four rows in
 * float64 scratch, and a 4 × 4 block of c is kept in registers; small ones are plain loops. Both add, to
 * the value that an element of c had, its products in ascending order of p, in a double, and round
 * once: they give the same bits.
 */
import type { Numbers } from '../numbers';

const BLOCK = 4;
/** Below this many multiplications packing costs more than it saves. */
const SMALL = 1024;

const roundUp = (n: number): number => Math.ceil(n / BLOCK) * BLOCK;

/** Numbers of scratch that the products of a dense layer need: all panels of a, one of b, one block of c. */
export function scratchLength(rows: number, inputs: number, units: number): number {
  const width = Math.max(inputs, units);
  const panels = Math.max(roundUp(rows) * width, roundUp(units) * rows);
  return panels + BLOCK * Math.max(width, rows) + BLOCK * BLOCK;
}

/** c (m, n) += a (m, k) · b (n, k)ᵀ, with strides and order of sums as in the head of this file. */
export function accumulateProduct(
  c: Numbers,
  a: Numbers,
  aOuter: number,
  aInner: number,
  b: Numbers,
  bOuter: number,
  bInner: number,
  m: number,
  n: number,
  k: number,
  scratch: Float64Array,
): void {
  if (k < BLOCK || m * n * k < SMALL || (m < BLOCK && bInner === 1)) {
    direct(c, a, aOuter, aInner, b, bOuter, bInner, m, n, k);
    return;
  }
  const panelLength = BLOCK * k;
  const bPanel = roundUp(m) * k;
  const block = bPanel + panelLength;
  for (let i = 0; i < m; i += BLOCK) pack(scratch, i * k, a, i, m, aOuter, aInner, k);
  for (let j = 0; j < n; j += BLOCK) {
    pack(scratch, bPanel, b, j, n, bOuter, bInner, k);
    for (let i = 0; i < m; i += BLOCK) {
      loadBlock(scratch, block, c, i, j, m, n);
      multiplyBlock(scratch, i * k, bPanel, block, k);
      storeBlock(scratch, block, c, i, j, m, n);
    }
  }
}

function direct(
  c: Numbers,
  a: Numbers,
  aOuter: number,
  aInner: number,
  b: Numbers,
  bOuter: number,
  bInner: number,
  m: number,
  n: number,
  k: number,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = c[i * n + j];
      let at = i * aOuter;
      let bt = j * bOuter;
      for (let p = 0; p < k; p++, at += aInner, bt += bInner) sum += a[at] * b[bt];
      c[i * n + j] = sum;
    }
  }
}

/** Four rows from `row` on, element after element: scratch[to + 4p + r]. Rows from `rows` on are zeros. */
function pack(
  scratch: Float64Array,
  to: number,
  values: Numbers,
  row: number,
  rows: number,
  outer: number,
  inner: number,
  k: number,
): void {
  for (let r = 0; r < BLOCK; r++) {
    let place = to + r;
    if (row + r < rows) {
      let from = (row + r) * outer;
      for (let p = 0; p < k; p++, place += BLOCK, from += inner) scratch[place] = values[from];
    } else for (let p = 0; p < k; p++, place += BLOCK) scratch[place] = 0;
  }
}

/** The 4 × 4 block of c at (i, j) into scratch; what lies outside of c is 0. */
function loadBlock(
  scratch: Float64Array,
  block: number,
  c: Numbers,
  i: number,
  j: number,
  m: number,
  n: number,
): void {
  for (let r = 0; r < BLOCK; r++) {
    for (let s = 0; s < BLOCK; s++) {
      scratch[block + r * BLOCK + s] = i + r < m && j + s < n ? c[(i + r) * n + j + s] : 0;
    }
  }
}

function storeBlock(
  scratch: Float64Array,
  block: number,
  c: Numbers,
  i: number,
  j: number,
  m: number,
  n: number,
): void {
  const rows = Math.min(BLOCK, m - i);
  const columns = Math.min(BLOCK, n - j);
  for (let r = 0; r < rows; r++) {
    for (let s = 0; s < columns; s++) {
      c[(i + r) * n + j + s] = scratch[block + r * BLOCK + s];
    }
  }
}

/** block (4, 4) += Σ_p a (4, p) b (4, p)ᵀ, all in scratch at these offsets. */
// eslint-disable-next-line max-lines-per-function -- sixteen sums, written out to stay in registers
function multiplyBlock(x: Float64Array, a: number, b: number, block: number, k: number): void {
  let c00 = x[block];
  let c01 = x[block + 1];
  let c02 = x[block + 2];
  let c03 = x[block + 3];
  let c10 = x[block + 4];
  let c11 = x[block + 5];
  let c12 = x[block + 6];
  let c13 = x[block + 7];
  let c20 = x[block + 8];
  let c21 = x[block + 9];
  let c22 = x[block + 10];
  let c23 = x[block + 11];
  let c30 = x[block + 12];
  let c31 = x[block + 13];
  let c32 = x[block + 14];
  let c33 = x[block + 15];
  for (const end = a + 4 * k; a < end; a += 4, b += 4) {
    const b0 = x[b];
    const b1 = x[b + 1];
    const b2 = x[b + 2];
    const b3 = x[b + 3];
    const a0 = x[a];
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    const a1 = x[a + 1];
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    const a2 = x[a + 2];
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    const a3 = x[a + 3];
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }
  x[block] = c00;
  x[block + 1] = c01;
  x[block + 2] = c02;
  x[block + 3] = c03;
  x[block + 4] = c10;
  x[block + 5] = c11;
  x[block + 6] = c12;
  x[block + 7] = c13;
  x[block + 8] = c20;
  x[block + 9] = c21;
  x[block + 10] = c22;
  x[block + 11] = c23;
  x[block + 12] = c30;
  x[block + 13] = c31;
  x[block + 14] = c32;
  x[block + 15] = c33;
}
