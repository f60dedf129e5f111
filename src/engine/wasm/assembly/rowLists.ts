/**
 * The rows in which any of four columns is not 0, for the gradient of their weights: the products of other rows are left
 * out, and the rows are packed without them. The sums are the same where δ is finite, for 0 × δ is 0 and adds nothing.
 *
 * For every four columns there is a word that tells how many rows are listed, and for each of these one that tells where
 * in a panel its δ stand.
 */
import { PANEL_BYTES } from './block';
import { isWorthListing } from './columns';
import { IS_FINITE, LISTS } from '../shared/listRoom';
import { packFours } from './packing';

/** Of eight rows so many may be listed: those of a whole tile are faster one by one. */
const MOST_LISTED = 7;

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
  return isWorthListing(room) && load<i32>(room + IS_FINITE) != 0;
}

/**
 * x (rows, width) → [width/4][rows][4] without the rows that are 0 in all four columns, behind which there is nothing; with
 * all of them where most are not. Every row has `width` numbers rounded up to 4, those behind the last of which are 0. From
 * the four `first` to before `last`.
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
    const from = x + (<usize>four << 4);
    const packed = to + (<usize>(four * rows) << 4);
    const list = rowsOf(room, four, rows);
    const count = packFour(from, stride, rows, packed, firstRow(list));
    const isWorthIt = 8 * count <= MOST_LISTED * rows;
    store<i32>(list, isWorthIt ? count : rows);
    if (!isWorthIt) packFours(from, stride, rows, 4, packed, 0, 1);
  }
}

/** @returns how many rows are listed, from `place` on */
@inline
function packFour(from: usize, stride: usize, rows: i32, packed: usize, place: usize): i32 {
  const first = place;
  for (let panel: u32 = 0; rows > 0; rows--, panel += <u32>PANEL_BYTES, from += stride) {
    const numbers = v128.load(from);
    v128.store(packed, numbers);
    store<u32>(place, panel);
    const isThere = <usize>v128.any_true(numbers);
    place += isThere << 2;
    packed += isThere << 4;
  }
  return <i32>(place - first) >> 2;
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
