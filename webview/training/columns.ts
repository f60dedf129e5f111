/** Which rows of the history the table shows. Pure. */

const MOST_ROWS = 50;

/** Evenly spread rows, the first and the last among them. */
export function chosenRows(total: number, most = MOST_ROWS): number[] {
  if (total <= most) return Array.from({ length: total }, (_, row) => row);
  return Array.from({ length: most }, (_, i) => Math.round((i * (total - 1)) / (most - 1)));
}
