/** The recorded numbers in files of others: a table of text, and a picture of lines. Pure. */
import type { History } from '../../src/engine/history';
import { extent, picked, ticks } from './curves';
import { PAPER, type Line } from './look';

/** All columns with all their digits; what was not measured is empty, as programs that read tables expect. */
export function csvOf(history: History): string {
  const { columns } = history;
  const values = columns.map(column => history.column(column));
  const lines = Array.from(values[0], (_, row) =>
    values.map(column => (Number.isNaN(column[row]) ? '' : String(column[row]))).join(','),
  );
  return [columns.join(','), ...lines, ''].join('\n');
}

interface DrawnLine extends Line {
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** Gaps are rows that were not measured: the line goes on over them. */
  readonly spans: boolean;
}

export interface Drawing {
  readonly title: string;
  readonly xTitle: string;
  readonly logarithmic: boolean;
  /** Ascending. */
  readonly x: ArrayLike<number>;
  readonly rows: Uint32Array;
  readonly lines: readonly DrawnLine[];
  /** As a number is written on an axis. */
  readonly format: (value: number) => string;
}

const [WIDTH, HEIGHT] = [640, 360];
const PLOT = { left: 72, right: 616, top: 56, bottom: 312 } as const;
const INK = '#333333';

/** One chart below the other, on white. */
export function svgOf(drawings: readonly Drawing[]): string {
  const height = HEIGHT * drawings.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12" fill="${INK}">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...drawings.map(
      (drawing, i) => `<g transform="translate(0 ${i * HEIGHT})">${drawn(drawing)}</g>`,
    ),
    '</svg>\n',
  ].join('\n');
}

function drawn(drawing: Drawing): string {
  const { x, rows, lines, logarithmic, format } = drawing;
  const columns = lines.map(({ values }) => picked(values, rows, logarithmic));
  const all = { from: 0, to: rows.length };
  const known = columns.map(column => column.map(value => value ?? NaN));
  const [low, high] = widened(extent(known, all, logarithmic) ?? [0.1, 1], logarithmic);
  const first = x[rows[0]];
  const last = x[rows[rows.length - 1]];
  const scale = logarithmic ? Math.log10 : Number;
  const toX = (value: number): number => between(PLOT.left, PLOT.right, value, first, last);
  const toY = (value: number): number =>
    between(PLOT.bottom, PLOT.top, scale(value), scale(low), scale(high));
  const across = ticks(low, high, logarithmic).map(
    tick =>
      `<path d="M${PLOT.left} ${toY(tick)}H${PLOT.right}" stroke="#dddddd"/><text x="${PLOT.left - 8}" y="${toY(tick)}" dy="4" text-anchor="end">${format(tick)}</text>`,
  );
  const along = ticks(first, last, false).map(
    tick =>
      `<text x="${toX(tick)}" y="${PLOT.bottom + 18}" text-anchor="middle">${format(tick)}</text>`,
  );
  const paths = lines.map(({ colour, dash, spans }, i) => {
    const d = pathOf(columns[i], spans, row => toX(x[rows[row]]), toY);
    return `<path d="${d}" fill="none" stroke="${PAPER[colour]}" stroke-width="1.5" stroke-dasharray="${dash.join(' ') || 'none'}"/>`;
  });
  return [
    `<text x="${PLOT.left}" y="22" font-size="14">${escaped(drawing.title)}</text>`,
    legend(drawing),
    ...across,
    `<path d="M${PLOT.left} ${PLOT.top}V${PLOT.bottom}H${PLOT.right}" fill="none" stroke="${INK}"/>`,
    ...along,
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 38}" text-anchor="middle">${escaped(drawing.xTitle)}</text>`,
    ...paths,
  ].join('\n');
}

function legend({ lines }: Drawing): string {
  const wide = (PLOT.right - PLOT.left) / Math.max(1, lines.length);
  return lines
    .map(({ name, colour, dash }, i) => {
      const left = PLOT.left + i * Math.min(140, wide);
      return `<path d="M${left} 40h22" stroke="${PAPER[colour]}" stroke-width="2" stroke-dasharray="${dash.join(' ') || 'none'}"/><text x="${left + 28}" y="44">${escaped(name)}</text>`;
    })
    .join('');
}

/** Broken where there is no number, unless the line `spans` that. */
function pathOf(
  values: readonly (number | null)[],
  spans: boolean,
  toX: (row: number) => number,
  toY: (value: number) => number,
): string {
  let pen = 'M';
  let path = '';
  values.forEach((value, row) => {
    if (value !== null) path += `${pen}${toX(row).toFixed(1)} ${toY(value).toFixed(1)}`;
    if (value !== null || !spans) pen = value === null ? 'M' : 'L';
  });
  return path;
}

function widened([low, high]: readonly [number, number], logarithmic: boolean): [number, number] {
  if (low < high) return [low, high];
  return logarithmic ? [low / 2, high * 2] : [low - 0.5, high + 0.5];
}

const between = (a: number, b: number, value: number, low: number, high: number): number =>
  Number((a + ((value - low) / (high - low || 1)) * (b - a)).toFixed(1));

const escaped = (words: string): string =>
  words.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
