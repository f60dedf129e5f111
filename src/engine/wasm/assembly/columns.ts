/**
 * Inputs that are 0, as the margins of pictures are: their products are left out. The sums are the same, for 0 × w is 0
 * and adds nothing.
 *
 * The room begins with a word for every four columns: whether anything in them is not 0 in the whole batch. Behind stand
 * the groups of four rows, each with the columns in which any of its own rows has something: rows far apart have little
 * in common. A group has a word that tells whether its list is worth it, the ends of the list for each block of the
 * depth, and the list: where a column stands in packed rows, 16 bytes a column.
 */
import { DEPTH, LISTED_ROWS } from '../shared/denseRecord';
import { roundUp4 } from './fields';

/** Marks the columns of x (rows, width) four by four. Every row has `width` numbers rounded up to 4. */
export function markColumns(x: usize, stride: usize, rows: i32, width: i32, room: usize): void {
  for (let k = 0; k < width; k += 4, x += 16, room += 4) {
    let any = v128.load(x);
    let from = x + stride;
    for (let r = 1; r < rows; r++, from += stride) any = v128.or(any, v128.load(from));
    store<i32>(room, v128.any_true(any) ? 1 : 0);
  }
}

/** Whether anything is not 0 in the four columns from `column` on. */
@inline
export function hasColumn(room: usize, column: i32): bool {
  return load<i32>(room + <usize>column) != 0;
}

/** Lists the columns of all groups of packed rows, or of none where that of the first is not worth it. */
export function listGroups(packed: usize, rows: i32, width: i32, room: usize): void {
  let worthIt = true;
  for (let r = 0; r < rows; r += LISTED_ROWS, packed += <usize>(width * LISTED_ROWS) << 2) {
    const group = groupAt(room, r, width);
    store<i32>(group, 0);
    if (worthIt) listGroup(packed, width, group);
    if (r == 0) worthIt = load<i32>(group) != 0;
  }
}

/** A listed column costs more than one in a row: an eighth of them must be 0. */
function listGroup(packed: usize, width: i32, group: usize): void {
  const first = group + headBytes(width);
  let end = first;
  let block = group + 4;
  for (let k = 0; k < width; block += 4) {
    for (const last = min(width, k + DEPTH); k < last; k++, packed += 16) {
      store<i32>(end, k << 4);
      end += <usize>v128.any_true(v128.load(packed)) << 2;
    }
    store<u32>(block, <u32>end);
  }
  store<i32>(group, 8 * (<i32>(end - first) >> 2) <= 7 * width ? 1 : 0);
}

@inline
function headBytes(width: i32): usize {
  return <usize>roundUp4((width + DEPTH - 1) / DEPTH + 1) << 2;
}

@inline
function groupAt(room: usize, row: i32, width: i32): usize {
  const bytes = headBytes(width) + (<usize>roundUp4(width) << 2);
  return room + (<usize>roundUp4((width + 3) >> 2) << 2) + <usize>(row / LISTED_ROWS) * bytes;
}

/** The group that a row begins, or 0 where all of its columns are to be used. */
@inline
export function listedGroup(room: usize, row: i32, width: i32): usize {
  const group = groupAt(room, row, width);
  return load<i32>(group) != 0 ? group : 0;
}

/** The list of a block of the depth, the first of which is 0. */
@inline
export function firstPlace(group: usize, block: i32, width: i32): usize {
  return block == 0 ? group + headBytes(width) : endOfPlaces(group, block - 1);
}

@inline
export function endOfPlaces(group: usize, block: i32): usize {
  return <usize>load<u32>(group + 4 + (<usize>block << 2));
}
