/** Fewer rows that draw the same lines. Pure. */

/** Rows from `from` to before `to`. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

export type Numbers = ArrayLike<number>;

/**
 * Rows that draw the same lines: of each of `places` equal parts of x the first and the last row, and of each column
 * the lowest, the highest, and the first one without a finite number. Ascending.
 */
export function decimated(
  x: Numbers,
  columns: readonly Numbers[],
  { from, to }: Rows,
  places: number,
): Uint32Array {
  if (to - from <= 2 * places) return Uint32Array.from({ length: to - from }, (_, i) => from + i);
  const wide = (x[to - 1] - x[from]) / places || 1;
  const kept: number[] = [];
  const part = new Set<number>();
  for (let start = from; start < to;) {
    const place = Math.floor((x[start] - x[from]) / wide);
    let end = start + 1;
    while (end < to && Math.floor((x[end] - x[from]) / wide) === place) end++;
    part.add(start).add(end - 1);
    for (const column of columns) addExtremes(part, column, start, end);
    kept.push(...[...part].sort((a, b) => a - b));
    part.clear();
    start = end;
  }
  return Uint32Array.from(kept);
}

function addExtremes(rows: Set<number>, column: Numbers, from: number, to: number): void {
  let [low, high, broken] = [-1, -1, -1];
  for (let row = from; row < to; row++) {
    const value = column[row];
    if (value - value !== 0) broken = broken < 0 ? row : broken;
    else {
      if (low < 0 || value < column[low]) low = row;
      if (high < 0 || value > column[high]) high = row;
    }
  }
  for (const row of [low, high, broken]) if (row >= 0) rows.add(row);
}
