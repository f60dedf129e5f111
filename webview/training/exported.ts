/** The recorded numbers in files of others: a table of text, and a picture of lines. Pure. */
import type { History } from '../../src/engine/history';
import type { ShownRun } from '../compare/compared';
import type { Overlay } from '../compare/overlay';
import { extent, picked, ticks } from './curves';
import { PAPER, type Line } from './look';

/** All columns with all their digits; what was not measured is empty, as programs that read tables expect. */
export function csvOf(history: History): string {
  return [history.columns.join(','), ...csvLines(history, history.columns), ''].join('\n');
}

/** The same with compared runs behind it: whose a row is stands first. `now`: the name of this training. */
export function comparedCsv(history: History, runs: readonly ShownRun[], now: string): string {
  const { columns } = history;
  const all = [{ name: now, history }, ...runs];
  const lines = all.flatMap(({ name, history: of }) =>
    csvLines(of, columns).map(line => `${csvText(name)},${line}`),
  );
  return [['run', ...columns].join(','), ...lines, ''].join('\n');
}

function csvLines(history: History, columns: History['columns']): readonly string[] {
  const values = columns.map(column => history.column(column));
  return Array.from(values[0], (_, row) =>
    values
      .map(column => (Number.isFinite(column[row]) ? String(column[row]) : infinite(column[row])))
      .join(','),
  );
}

/** What was not measured is empty; so is a column that a run does not have. */
const infinite = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '' : String(value);

/**
 * A name as a cell. Programs for tables compute what begins as a formula: a mark that they know makes words of it.
 */
export function csvText(words: string): string {
  const plain = /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
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
  /** Of compared runs. */
  readonly overlay: Overlay;
  /** Where settings were changed, on the x axis, and what is said of that. */
  readonly changes?: readonly { readonly at: number; readonly words: string }[];
  /** As a number is written on an axis. */
  readonly format: (value: number) => string;
}

const [WIDTH, HEIGHT] = [640, 360];
const PLOT = { left: 72, right: 616, top: 56, bottom: 312 } as const;
const INK = '#333333';

/** One chart below the other, on white. */
export function svgOf(drawings: readonly Drawing[]): string {
  const tops = drawings.map((_, i) =>
    drawings.slice(0, i).reduce((sum, of) => sum + heightOf(of), 0),
  );
  const height = drawings.reduce((sum, of) => sum + heightOf(of), 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12" fill="${INK}">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...drawings.map((drawing, i) => `<g transform="translate(0 ${tops[i]})">${drawn(drawing)}</g>`),
    '</svg>\n',
  ].join('\n');
}

function drawn(drawing: Drawing): string {
  const { x, rows, lines, logarithmic } = drawing;
  const columns = lines.map(({ values }) => picked(values, rows, logarithmic));
  const all = { from: 0, to: rows.length };
  const known = columns.map(column => column.map(value => value ?? NaN));
  const { overlay } = drawing;
  const own = extent(known, all, logarithmic);
  const [low, high] = widened(spanOf([own, overlay.y]) ?? [0.1, 1], logarithmic);
  const ends = rows.length > 0 ? ([x[rows[0]], x[rows[rows.length - 1]]] as const) : undefined;
  const [first, last] = spanOf([ends, overlay.x]) ?? [0, 1];
  const scale = logarithmic ? Math.log10 : Number;
  const toX = (value: number): number => between(PLOT.left, PLOT.right, value, first, last);
  const toY = (value: number): number =>
    between(PLOT.bottom, PLOT.top, scale(value), scale(low), scale(high));
  const paths = lines.map(({ colour, dash, spans }, i) => {
    const d = pathOf(columns[i], spans, row => toX(x[rows[row]]), toY);
    return stroke(d, { colour, dash }, 1.5);
  });
  const compared = overlay.lines.map(line =>
    stroke(
      pathOf(line.y, false, row => toX(line.x[row]), toY),
      line,
      line.thin ? 0.75 : 1.5,
    ),
  );
  return [
    `<text x="${PLOT.left}" y="22" font-size="14">${escaped(drawing.title)}</text>`,
    legend(drawing),
    ...axes(drawing, { x: [first, last], y: [low, high], toX, toY }),
    ...changeTicks(drawing, toX),
    ...compared,
    ...paths,
    ...comparedLegend(runsOf(drawing)),
  ].join('\n');
}

/** Pointed at, a viewer tells its words. */
function changeTicks({ changes = [] }: Drawing, toX: (value: number) => number): readonly string[] {
  const { top, bottom } = PLOT;
  return changes.map(({ at, words }) => {
    const x = toX(at);
    const arrow = `<path d="M${x} ${bottom - 7}L${x - 4} ${bottom}H${x + 4}Z" fill="${PAPER.yellow}"/>`;
    const line = stroke(`M${x} ${top}V${bottom}`, { colour: 'yellow', dash: [4, 3] }, 1);
    return `<g><title>${escaped(words)}</title>${line}${arrow}</g>`;
  });
}

interface Scales {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  toX(value: number): number;
  toY(value: number): number;
}

/** Their numbers, lines across and names. */
function axes({ logarithmic, format, xTitle }: Drawing, { x, y, toX, toY }: Scales): string[] {
  const across = ticks(...y, logarithmic).map(
    tick =>
      `<path d="M${PLOT.left} ${toY(tick)}H${PLOT.right}" stroke="#dddddd"/><text x="${PLOT.left - 8}" y="${toY(tick)}" dy="4" text-anchor="end">${format(tick)}</text>`,
  );
  const along = ticks(...x, false).map(
    tick =>
      `<text x="${toX(tick)}" y="${PLOT.bottom + 18}" text-anchor="middle">${format(tick)}</text>`,
  );
  return [
    ...across,
    `<path d="M${PLOT.left} ${PLOT.top}V${PLOT.bottom}H${PLOT.right}" fill="none" stroke="${INK}"/>`,
    ...along,
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 38}" text-anchor="middle">${escaped(xTitle)}</text>`,
  ];
}

const stroke = (path: string, { colour, dash }: Line, width: number): string =>
  `<path d="${path}" fill="none" stroke="${PAPER[colour]}" stroke-width="${width}" stroke-dasharray="${dash.join(' ') || 'none'}"/>`;

/** One line of each compared run. */
const runsOf = ({ overlay }: Drawing): Overlay['lines'] =>
  overlay.lines.filter(({ thin }) => !thin);

/** Names of compared runs stand below, three in a row. */
const [NAMES, NAME_WIDE, NAME_HIGH] = [3, 190, 18];

const heightOf = (drawing: Drawing): number =>
  HEIGHT + Math.ceil(runsOf(drawing).length / NAMES) * NAME_HIGH;

function comparedLegend(lines: Overlay['lines']): readonly string[] {
  return lines.map((line, i) => {
    const left = PLOT.left + (i % NAMES) * NAME_WIDE;
    const top = HEIGHT + Math.floor(i / NAMES) * NAME_HIGH;
    return `${stroke(`M${left} ${top}h22`, line, 2)}<text x="${left + 28}" y="${top + 4}">${escaped(line.run.name)}</text>`;
  });
}

/** From the least to the greatest of those that there are. */
function spanOf(
  ranges: readonly (readonly [number, number] | undefined)[],
): readonly [number, number] | undefined {
  const known = ranges.flatMap(range => (range ? [range] : []));
  if (known.length === 0) return undefined;
  return [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))];
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
