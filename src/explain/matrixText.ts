/** A layer in matrices as text in a monospaced font: for terminals, and in Markdown. */
import { columns, oneLine } from './alignedLines';
import { escapeMarkdown, textBlock } from './markdown';
import type { MatrixCard, MatrixSection, MatrixStep } from './matrixCard';
import {
  piecesOf,
  type Matrix,
  type MatrixEquation,
  type Piece,
  type Side,
} from './matrixEquation';
import { formatNumber, type NumberStyle } from './numbers';
import { toUnicode } from './unicode';

/** Columns after which an equation goes on below, at a sign. */
const WRAP_AT = 110;

/** Paragraphs with an empty line between them, without a line break at the end. */
export function matricesToText(card: MatrixCard, options: NumberStyle = {}): string {
  const sections = card.sections.flatMap(({ title, steps }) => [
    title,
    ...steps.map(step => stepText(step, options)),
  ]);
  return [heading(card), ...sections, ...card.notes].map(trimmed).join('\n\n');
}

/** Outside of blocks every mark of Markdown is escaped. */
export function matricesToMarkdown(card: MatrixCard, options: NumberStyle = {}): string {
  const section = ({ title, steps }: MatrixSection): readonly string[] => [
    `**${escapeMarkdown(title)}**`,
    ...steps.flatMap(step => stepMarkdown(step, options)),
  ];
  const [first, ...others] = heading(card).split('\n');
  return [
    [`**${escapeMarkdown(first)}**`, ...others.map(escapeMarkdown)].join('  \n'),
    ...card.sections.flatMap(section),
    ...card.notes.map(escapeMarkdown),
  ].join('\n\n');
}

function heading({ symbol, words, size }: MatrixCard): string {
  const first = `${toUnicode(symbol)} · ${oneLine(words)}`;
  return size === '' ? first : `${first}\n${oneLine(size)}`;
}

/** "error terms: δ² = … [BP2]" */
function ruleText({ label, rule, name }: MatrixStep, options: NumberStyle): string {
  return `${oneLine(label)}: ${toUnicode(rule, options)}${name ? ` [${name}]` : ''}`;
}

function stepText(step: MatrixStep, options: NumberStyle): string {
  return [
    ruleText(step, options),
    '',
    ...equationLines(step.equation, options),
    ...step.notes,
  ].join('\n');
}

function stepMarkdown(step: MatrixStep, options: NumberStyle): readonly string[] {
  return [
    escapeMarkdown(ruleText(step, options)),
    textBlock(trimmed(equationLines(step.equation, options).join('\n'))),
    ...step.notes.map(escapeMarkdown),
  ];
}

const trimmed = (text: string): string => text.replace(/ +$/gm, '');

// ------------------------------------------------------------------ matrices beside each other

/** Lines of the same width; `middle` is the line that signs stand in. */
type Block = readonly string[];

/** As many lines as it takes; a long equation goes on below, at a sign. */
function equationLines(equation: MatrixEquation, options: NumberStyle = {}): readonly string[] {
  const pieces = piecesOf(equation);
  const shown = pieces.flatMap(piece => (piece.type === 'matrix' ? [piece.matrix] : []));
  const head = shown.some(({ columns: side }) => hasLabels(side)) ? 2 : 1;
  const middle = head + Math.floor((Math.min(...shown.map(bodyHeight)) - 1) / 2);
  const rows: Block[] = [];
  for (const group of groupsOf(pieces)) {
    const block = beside(group.map(piece => blockOf(piece, head, middle, options)));
    const last = rows[rows.length - 1];
    const longer = last && beside([last, block]);
    if (longer && columns(longer[0]) <= WRAP_AT) rows[rows.length - 1] = longer;
    else rows.push(block);
  }
  return rows.flatMap((block, i) => (i === 0 ? block : ['', ...block]));
}

const BREAKS = new Set(['=', '·', '⊙', '+', '−', ',']);

/** A sign and what follows it, up to the next. */
function groupsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const groups: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.type === 'sign' && !piece.prefix && BREAKS.has(piece.text)) groups.push([]);
    groups[groups.length - 1].push(piece);
  }
  return groups;
}

function beside(blocks: readonly Block[]): Block {
  const height = Math.max(...blocks.map(block => block.length));
  return Array.from({ length: height }, (_, line) =>
    blocks.map(block => block[line] ?? ' '.repeat(columns(block[0]))).join(''),
  );
}

function blockOf(piece: Piece, head: number, middle: number, options: NumberStyle): Block {
  if (piece.type === 'matrix') return matrixBlock(piece.matrix, head, options);
  const text = piece.type === 'formula' ? toUnicode(piece.expression, options) : signText(piece);
  const blank = ' '.repeat(columns(text));
  return Array.from({ length: middle + 1 }, (_, line) => (line === middle ? text : blank));
}

function signText({ text, prefix }: Extract<Piece, { type: 'sign' }>): string {
  if (prefix) return `${text} `;
  if (text === '(' || text === ')') return text;
  return text === ',' ? ', ' : ` ${text} `;
}

const hasLabels = ({ labels }: Side): boolean => labels.some(label => label !== '');

const bodyHeight = ({ rows }: Matrix): number => rows.labels.length + rows.gaps.length;

function matrixBlock(matrix: Matrix, head: number, options: NumberStyle): Block {
  const { rows, columns: across, cells } = matrix;
  const numbers = cells.map(row =>
    withGaps(
      row.map(value => formatNumber(value, options)),
      across.gaps,
      '⋯',
    ),
  );
  const dots = withGaps(
    across.labels.map(() => '⋮'),
    across.gaps,
    '⋱',
  );
  const body = withGaps(numbers, rows.gaps, dots);
  const labels = withGaps(across.labels, across.gaps, '⋯');
  const widths = labels.map((label, k) =>
    Math.max(columns(label), ...body.map(row => columns(row[k]))),
  );
  const line = (texts: readonly string[]): string =>
    texts.map((text, k) => padStart(text, widths[k])).join('  ');
  const names = withGaps(rows.labels, rows.gaps, '⋮');
  const margin = Math.max(...names.map(columns));
  const lines = body.map((row, j) => {
    const [open, close] = brackets(j, body.length);
    return `${padStart(names[j], margin)}${margin > 0 ? ' ' : ''}${open} ${line(row)} ${close}`;
  });
  const indent = ' '.repeat(margin > 0 ? margin + 1 : 0);
  const top = [indent + caption(matrix), ...(head === 2 ? [`${indent}  ${line(labels)}`] : [])];
  const all = [...top, ...lines];
  const width = Math.max(...all.map(columns));
  return all.map(text => padEnd(text, width));
}

/** "w² 4 × 3", or the words of what has no name. */
function caption({ name, rows, columns: across, words }: Matrix): string {
  return words ?? `${toUnicode(name)} ${rows.length} × ${across.length}`;
}

function brackets(row: number, height: number): readonly [string, string] {
  if (height === 1) return ['[', ']'];
  if (row === 0) return ['⎡', '⎤'];
  return row === height - 1 ? ['⎣', '⎦'] : ['⎢', '⎥'];
}

/** What stands for those that are left out, behind the places where they are. */
export function withGaps<T>(items: readonly T[], gaps: readonly number[], dots: T): readonly T[] {
  return items.flatMap((item, i) => (gaps.includes(i) ? [item, dots] : [item]));
}

const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - columns(text))) + text;
const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - columns(text)));
