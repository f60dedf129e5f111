/** Columns of rows, copied or added; the values of dropout among them, times a factor each. Records: operations.ts. */
import { field, place, roundUp4 } from './fields';
import { word } from './header';
import {
  ADDS_TO,
  COUNT,
  FACTORS,
  FROM,
  FROM_STRIDE,
  KEPT,
  KEY,
  LARGEST_DROPPED,
  TO,
  TO_STRIDE,
} from '../shared/operations';
import { DROPS, EPOCH_PLACE, ROWS } from '../shared/places';
import { split } from './team';

/** Vector operations of a row. */
@inline
function rowCost(record: usize): i32 {
  return (field(record, COUNT) + 3) >> 2;
}

export function copy(record: usize): void {
  split(copyRows, record, roundUp4(word(ROWS)), rowCost(record));
}

function copyRows(record: usize, first: i32, last: i32): void {
  const count = <usize>field(record, COUNT) << 2;
  const adds = field(record, ADDS_TO) != 0;
  let to = place(record, TO) + <usize>first * place(record, TO_STRIDE);
  let from = place(record, FROM) + <usize>first * place(record, FROM_STRIDE);
  for (let r = first; r < last; r++) {
    copyNumbers(from, to, count, adds);
    to += place(record, TO_STRIDE);
    from += place(record, FROM_STRIDE);
  }
}

/** `length` bytes of numbers; with `adds` they are added. */
@inline
export function copyNumbers(from: usize, to: usize, length: usize, adds: bool): void {
  let j: usize = 0;
  for (; j + 16 <= length; j += 16) {
    const x = v128.load(from + j);
    v128.store(to + j, adds ? f32x4.add(v128.load(to + j), x) : x);
  }
  for (; j < length; j += 4) {
    const x = load<f32>(from + j);
    store<f32>(to + j, adds ? load<f32>(to + j) + x : x);
  }
}

/** The hash of src/engine/dropout.ts, which tells why. */
const STEP: i32 = <i32>0x9e3779b1;

@inline
function mixed(a: i32): i32 {
  let h = a;
  h = (h ^ <i32>(<u32>h >> 16)) * <i32>0x85ebca6b;
  h = (h ^ <i32>(<u32>h >> 13)) * <i32>0xc2b2ae35;
  return h ^ <i32>(<u32>h >> 16);
}

@inline
function mixed4(a: v128): v128 {
  let h = a;
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(<i32>0x85ebca6b));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(<i32>0xc2b2ae35));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/** z = x ⊙ factors, which are drawn where values are dropped; elsewhere z = x. */
export function drop(record: usize): void {
  if (!word(DROPS)) return copy(record);
  split(dropRows, record, word(ROWS), 4 * rowCost(record));
}

function dropRows(record: usize, first: i32, last: i32): void {
  const count = roundUp4(field(record, COUNT));
  const key = load<i32>(place(record, KEY));
  const largest = i32x4.splat(field(record, LARGEST_DROPPED));
  const kept = i32x4.splat(field(record, KEPT));
  const stride = place(record, TO_STRIDE);
  let to = place(record, TO) + <usize>first * stride;
  let from = place(record, FROM) + <usize>first * place(record, FROM_STRIDE);
  let factors = place(record, FACTORS) + <usize>first * stride;
  for (let r = first; r < last; r++) {
    const row = mixed(key ^ ((word(EPOCH_PLACE) + r + 1) * STEP));
    let part = i32x4.add(i32x4.splat(row), i32x4.mul(i32x4(1, 2, 3, 4), i32x4.splat(STEP)));
    for (let j = 0; j < count; j += 4) {
      const at = <usize>j << 2;
      const factor = v128.andnot(kept, i32x4.le_u(mixed4(part), largest));
      v128.store(factors + at, factor);
      v128.store(to + at, f32x4.mul(v128.load(from + at), factor));
      part = i32x4.add(part, i32x4.splat(4 * STEP));
    }
    to += stride;
    factors += stride;
    from += place(record, FROM_STRIDE);
  }
}

/** ∂C/∂x [+]= δ ⊙ factors */
export function dropBackward(record: usize): void {
  split(dropRowsBackward, record, word(ROWS), rowCost(record));
}

function dropRowsBackward(record: usize, first: i32, last: i32): void {
  const length = <usize>roundUp4(field(record, COUNT)) << 2;
  const adds = field(record, ADDS_TO) != 0;
  const stride = place(record, FROM_STRIDE);
  let to = place(record, TO) + <usize>first * place(record, TO_STRIDE);
  let from = place(record, FROM) + <usize>first * stride;
  let factors = place(record, FACTORS) + <usize>first * stride;
  for (let r = first; r < last; r++) {
    for (let j: usize = 0; j < length; j += 16) {
      const x = f32x4.mul(v128.load(from + j), v128.load(factors + j));
      v128.store(to + j, adds ? f32x4.add(v128.load(to + j), x) : x);
    }
    to += place(record, TO_STRIDE);
    from += stride;
    factors += stride;
  }
}
