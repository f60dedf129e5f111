/** Tables that read well on a console, and are Markdown. */

/**
 * @param {readonly string[]} heads the first column is set left, as is a column whose head ends in a space
 * @param {readonly (readonly string[])[]} rows
 */
export function table(heads, rows) {
  const left = heads.map((head, i) => i === 0 || head.endsWith(' '));
  const lines = [heads.map(head => head.trim()), ...rows];
  const widths = heads.map((_, i) => Math.max(3, ...lines.map(cells => cells[i].length)));
  const set = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell, i) => (left[i] ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = widths.map((width, i) =>
    left[i] ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [set(lines[0]), set(rule), ...lines.slice(1).map(set)].join('\n');
}

const NONE = '–';
const UNITS = /** @type {const} */ ([
  [1e6, ' M'],
  [1e3, ' k'],
  [1, ''],
]);

/** Three digits: "1.23 M". @param {number | undefined} value */
export function short(value) {
  if (value === undefined || !Number.isFinite(value)) return NONE;
  const [size, unit] = UNITS.find(([size]) => Math.abs(value) >= size * 0.9995) ?? [1, ''];
  return digits(value / size) + unit;
}

/** Three digits, more where there are more before the point. @param {number | undefined} value */
export function digits(value) {
  if (value === undefined || !Number.isFinite(value)) return NONE;
  return Math.abs(value) >= 999.5 ? String(Math.round(value)) : value.toPrecision(3);
}

/** "2.4×"; from a hundred on with separators of thousands. @param {number | undefined} ratio */
export function times(ratio) {
  if (ratio === undefined || !Number.isFinite(ratio)) return NONE;
  const text = ratio >= 100 ? Math.round(ratio).toLocaleString('en') : digits(ratio);
  return `${text}×`;
}
