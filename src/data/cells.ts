/** What a cell of a CSV file says. */

export function isBlank(cells: readonly string[]): boolean {
  return cells.every(cell => cell.trim() === '');
}

export function isNumber(cell: string, decimalComma: boolean): boolean {
  return !Number.isNaN(parseNumber(cell, decimalComma));
}

/** NaN where the cell is no plain decimal number; ±∞ where it overflows. */
export function parseNumber(cell: string, decimalComma: boolean): number {
  const trimmed = cell.trim();
  const text = decimalComma ? trimmed.replace(/^([^.,]*),([^.,]*)$/, '$1.$2') : trimmed;
  // Each digit can be matched in one way only, so that a long cell is read in one pass.
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
}
