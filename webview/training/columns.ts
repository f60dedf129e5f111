/** The history's columns as the chart and the table can show them. Pure. */

/** Values that the chosen scale cannot show become gaps; a column without such values is not copied. */
export function drawable(
  values: Float64Array,
  logarithmic: boolean,
): Float64Array | (number | null)[] {
  // In plain loops: this runs with every frame of training, over all that has been recorded.
  const least = logarithmic ? Number.MIN_VALUE : -Number.MAX_VALUE;
  const good = (value: number): boolean => value >= least && value <= Number.MAX_VALUE;
  let row = 0;
  while (row < values.length && good(values[row])) row++;
  if (row === values.length) return values;
  const shown = new Array<number | null>(values.length);
  for (row = 0; row < values.length; row++) shown[row] = good(values[row]) ? values[row] : null;
  return shown;
}

const MOST_ROWS = 50;

/** Evenly spread rows, the first and the last among them. */
export function chosenRows(total: number, most = MOST_ROWS): number[] {
  if (total <= most) return Array.from({ length: total }, (_, row) => row);
  return Array.from({ length: most }, (_, i) => Math.round((i * (total - 1)) / (most - 1)));
}
