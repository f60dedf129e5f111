/**
 * Inputs that are 0, as the margins of pictures are: their products are left out. The sums are the same, for 0 × w is 0
 * and adds nothing.
 *
 * Forward, every row has a list of its own: where in a panel the weights of its columns stand that are not 0, and the
 * numbers in them. Four rows are listed together or not at all, so that others can be packed as ever. Of each row there is a
 * word that tells whether its four are listed, the ends of the list for each block of the depth, room for a word for every
 * column, and behind it for their numbers.
 */
import { PANEL_BYTES } from './block';
import { DEPTH } from '../shared/denseRecord';
import { roundUp4 } from './fields';
import { IS_WORTH_IT, LISTS } from '../shared/listRoom';

/** Of sixteen products this many may be listed: one of them costs more than one in a tile. */
const MOST_LISTED = 8;

/** By which of four numbers are 0: where the bytes of the others stand, the first of them first. */
// prettier-ignore
const LEFT: usize = memory.data<u8>([
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 128, 128, 128, 128,
  0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 128, 128, 128, 128,
  8, 9, 10, 11, 12, 13, 14, 15, 128, 128, 128, 128, 128, 128, 128, 128,
  0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 128, 128, 128, 128,
  4, 5, 6, 7, 12, 13, 14, 15, 128, 128, 128, 128, 128, 128, 128, 128,
  0, 1, 2, 3, 12, 13, 14, 15, 128, 128, 128, 128, 128, 128, 128, 128,
  12, 13, 14, 15, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 128, 128, 128, 128,
  4, 5, 6, 7, 8, 9, 10, 11, 128, 128, 128, 128, 128, 128, 128, 128,
  0, 1, 2, 3, 8, 9, 10, 11, 128, 128, 128, 128, 128, 128, 128, 128,
  8, 9, 10, 11, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  0, 1, 2, 3, 4, 5, 6, 7, 128, 128, 128, 128, 128, 128, 128, 128,
  4, 5, 6, 7, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  0, 1, 2, 3, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
]);

/** Whether anything of these rows is listed. */
@inline
export function isWorthListing(room: usize): bool {
  return load<i32>(room + IS_WORTH_IT) != 0;
}

/**
 * Lists the first four rows of x (rows, width), or fewer where there are fewer. Every row has `width` numbers rounded up to
 * 4, those behind the last of which are 0.
 *
 * @returns whether that is worth it, and then for all
 */
export function listFirst(x: usize, stride: usize, rows: i32, width: i32, room: usize): bool {
  const isWorthIt = listFour(x, stride, 0, rows, width, room);
  store<i32>(room + IS_WORTH_IT, isWorthIt ? 1 : 0);
  return isWorthIt;
}

/** Lists four rows, `row` first, of which there are fewer at the end. @returns whether that is worth it */
export function listFour(
  x: usize,
  stride: usize,
  row: i32,
  rows: i32,
  width: i32,
  room: usize,
): bool {
  const last = min(row + 4, rows);
  let count = 0;
  for (let r = row; r < last; r++) {
    count += listRow(x + <usize>r * stride, width, listOf(room, r, width));
  }
  const isWorthIt = 16 * count <= MOST_LISTED * width * (last - row);
  store<i32>(listOf(room, row, width), isWorthIt ? 1 : 0);
  return isWorthIt;
}

/** @returns how many are not 0 */
function listRow(x: usize, width: i32, list: usize): i32 {
  const first = firstPlace(list, 0, width);
  const behind = numbersBehind(width);
  const step = i32x4.splat(4 * <i32>PANEL_BYTES);
  let lanes = i32x4(0, PANEL_BYTES, 2 * PANEL_BYTES, 3 * PANEL_BYTES);
  let place = first;
  let block = list + 4;
  for (let k = 0; k < width; block += 4) {
    for (const end = min(width, k + DEPTH); k < end; k += 4, x += 16) {
      const numbers = v128.load(x);
      const zeros = i32x4.bitmask(i32x4.eq(numbers, i32x4.splat(0)));
      const order = v128.load(LEFT + (<usize>zeros << 4));
      v128.store(place, i8x16.swizzle(lanes, order));
      v128.store(place + behind, i8x16.swizzle(numbers, order));
      place += 16 - (<usize>popcnt(zeros) << 2);
      lanes = i32x4.add(lanes, step);
    }
    store<u32>(block, <u32>place);
  }
  return <i32>(place - first) >> 2;
}

@inline
function headBytes(width: i32): usize {
  return <usize>roundUp4((width + DEPTH - 1) / DEPTH + 1) << 2;
}

/** Of a row. */
@inline
export function listOf(room: usize, row: i32, width: i32): usize {
  return room + LISTS + <usize>row * (headBytes(width) + 2 * numbersBehind(width));
}

/** Whether the four rows that this one begins are listed. */
@inline
export function isListed(room: usize, row: i32, width: i32): bool {
  return load<i32>(listOf(room, row, width)) != 0;
}

/** How far behind the place of a column its number stands, in bytes. */
@inline
export function numbersBehind(width: i32): usize {
  return <usize>roundUp4(width) << 2;
}

/** Of a row's list the place in a block of the depth, the first of which is 0. */
@inline
export function firstPlace(list: usize, block: i32, width: i32): usize {
  return block == 0 ? list + headBytes(width) : endOfPlaces(list, block - 1);
}

@inline
export function endOfPlaces(list: usize, block: i32): usize {
  return <usize>load<u32>(list + 4 + (<usize>block << 2));
}
