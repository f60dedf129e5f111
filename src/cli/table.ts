/** Numbers and columns for people. */
import { printable } from './printable';

/** Columns padded to their widest cell, two blanks between them; `left` columns start, the others end flush. */
export function alignColumns(
  cells: readonly (readonly string[])[],
  left: readonly number[] = [0],
): string {
  const rows = cells.map(row => row.map(printable));
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, k) => (widths[k] = Math.max(widths[k] ?? 0, cell.length)));
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, k) => (left.includes(k) ? cell.padEnd(widths[k]) : cell.padStart(widths[k])))
      .join('  ')
      .trimEnd();
  return rows.map(row => `${line(row)}\n`).join('');
}

/** Six decimals where that says enough, else six digits and a power of ten. */
export function formatNumber(value: number): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  return magnitude >= 1e-4 && magnitude < 1e6 ? value.toFixed(6) : value.toExponential(5);
}

/** One digit after the point: `96.7 %`; a dash where there is no such number. */
export function formatShare(value: number): string {
  return Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`;
}

export function formatLoss(value: number): string {
  return Number.isNaN(value) ? '–' : formatNumber(value);
}
