/** The history's columns as the chart and the table can show them. Pure. */

/** Values that the chosen scale cannot show become gaps; a column without such values is not copied. */
export function drawable(
  values: Float64Array,
  logarithmic: boolean,
): Float64Array | (number | null)[] {
  const bad = (value: number): boolean => !Number.isFinite(value) || (logarithmic && value <= 0);
  return values.some(bad) ? Array.from(values, value => (bad(value) ? null : value)) : values;
}

const MOST_ROWS = 50;

/** Evenly spread rows, the first and the last among them. */
export function chosenRows(total: number, most = MOST_ROWS): number[] {
  if (total <= most) return Array.from({ length: total }, (_, row) => row);
  return Array.from({ length: most }, (_, i) => Math.round((i * (total - 1)) / (most - 1)));
}
