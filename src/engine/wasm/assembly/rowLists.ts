/**
 * The rows in which any of four columns is not 0, for the gradient of their weights: the products of other rows are left
 * out, and the rows are packed without them. The sums are the same where δ is finite, for 0 × δ is 0 and adds nothing.
 *
 * For every four columns there is a word that tells how many rows are listed, and for each of these one that tells where
 * in a panel its δ stand.
 */
import { PANEL_BYTES } from './block';
import { IS_FINITE, IS_WORTH_IT, LISTS } from '../shared/listRoom';

/** Before the first δ is looked at. */
@inline
export function expectFinite(room: usize): void {
  store<i32>(room + IS_FINITE, 1);
}

/** Looks through some δ, by whatever thread. */
export function checkFinite(room: usize, delta: usize, bytes: usize): void {
  let sum = f32x4.splat(0);
  for (const end = delta + bytes; delta < end; delta += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(delta), f32x4.splat(0)));
  }
  if (v128.any_true(f32x4.ne(sum, f32x4.splat(0)))) store<i32>(room + IS_FINITE, 0);
}

/** Whether rows are listed, once all δ have been looked at. */
@inline
export function listsRows(room: usize): bool {
  return load<i32>(room + IS_WORTH_IT) != 0 && load<i32>(room + IS_FINITE) != 0;
}

/**
 * x (rows, width) → [width/4][rows][4] without the rows that are 0 in all four columns, behind which there is nothing.
 * Every row has `width` numbers rounded up to 4, those behind the last of which are 0. From the four `first` to before
 * `last`.
 */
export function packListed(
  x: usize,
  stride: usize,
  rows: i32,
  to: usize,
  room: usize,
  first: i32,
  last: i32,
): void {
  for (let four = first; four < last; four++) {
    const list = rowsOf(room, four, rows);
    let from = x + (<usize>four << 4);
    let packed = to + (<usize>(four * rows) << 4);
    let count = 0;
    for (let r = 0; r < rows; r++, from += stride) {
      const numbers = v128.load(from);
      v128.store(packed + (<usize>count << 4), numbers);
      store<u32>(firstRow(list) + (<usize>count << 2), <u32>r * <u32>PANEL_BYTES);
      count += i32(v128.any_true(numbers));
    }
    store<i32>(list, count);
  }
}

/** The list of four columns. */
@inline
export function rowsOf(room: usize, four: i32, rows: i32): usize {
  return room + LISTS + (<usize>(four * (rows + 1)) << 2);
}

@inline
export function countOf(list: usize): i32 {
  return load<i32>(list);
}

@inline
export function firstRow(list: usize): usize {
  return list + 4;
}

@inline
export function endOfRows(list: usize): usize {
  return firstRow(list) + (<usize>countOf(list) << 2);
}
