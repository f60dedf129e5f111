/**
 * Columns of the inputs that are 0 in a whole batch, as the margins of pictures are: their products are left out. The
 * sums are the same, for 0 × w is 0 and adds nothing.
 */

/**
 * Lists the columns of x (rows, width) in which anything is not 0. The list begins with the address of its end; an
 * entry of four bytes tells where a column stands in packed rows, 16 bytes a column. Behind `width` entries (rounded
 * up to 4) stands a word for every four columns: whether any of them is listed.
 *
 * @param stride bytes from row to row; every row has `width` numbers rounded up to 4
 */
export function listColumns(x: usize, stride: usize, rows: i32, width: i32, list: usize): void {
  let end = firstColumn(list);
  const padded = (width + 3) & ~3;
  let four = end + (<usize>padded << 2);
  store<u32>(list + 8, <u32>four);
  for (let k = 0; k < width; k += 4, x += 16, four += 4) {
    let any = v128.load(x);
    let from = x + stride;
    for (let r = 1; r < rows; r++, from += stride) any = v128.or(any, v128.load(from));
    store<i32>(four, 0);
    if (!v128.any_true(any)) continue;
    store<i32>(four, 1);
    if (i32x4.extract_lane(any, 0)) end = put(end, k);
    if (i32x4.extract_lane(any, 1) && k + 1 < width) end = put(end, k + 1);
    if (i32x4.extract_lane(any, 2) && k + 2 < width) end = put(end, k + 2);
    if (i32x4.extract_lane(any, 3) && k + 3 < width) end = put(end, k + 3);
  }
  store<u32>(list, <u32>end);
}

@inline
function put(end: usize, column: i32): usize {
  store<i32>(end, column << 4);
  return end + 4;
}

@inline
export function firstColumn(list: usize): usize {
  return list + 16;
}

/** Behind the last entry. */
@inline
export function lastColumn(list: usize): usize {
  return <usize>load<u32>(list);
}

/** Whether any of the four columns from `column` on is listed. */
@inline
export function hasColumn(list: usize, column: i32): bool {
  return load<i32>(<usize>load<u32>(list + 8) + <usize>column) != 0;
}

/** A listed column costs more than one in a row: an eighth of them must be 0. */
@inline
export function isWorthwhile(list: usize, width: i32): bool {
  const listed = <i32>((lastColumn(list) - firstColumn(list)) >> 2);
  return 8 * listed <= 7 * width;
}
