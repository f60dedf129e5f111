/** A layer in matrices as LaTeX: amsmath and nothing else. */
import { toLatex } from './latex';
import { textCommand } from './latexText';
import type { MatrixCard, MatrixStep } from './matrixCard';
import { piecesOf, type Matrix, type Piece } from './matrixEquation';
import { withGaps } from './matrixText';
import type { NumberStyle } from './numbers';
import { number } from './expressions';

/** Columns of a matrix that amsmath takes without being told. */
const AMSMATH_COLUMNS = 10;

/** A displayed equation a rule, each with its words before it; for a document that stands by itself. */
export function matricesToLatex(card: MatrixCard, options: NumberStyle = {}): string {
  const steps = card.sections.flatMap(section => section.steps);
  const widest = Math.max(
    0,
    ...steps.flatMap(({ equation }) =>
      piecesOf(equation).map(piece => (piece.type === 'matrix' ? printedColumns(piece.matrix) : 0)),
    ),
  );
  const counter = widest > AMSMATH_COLUMNS ? [`\\setcounter{MaxMatrixCols}{${widest}}`] : [];
  return [...counter, ...steps.map(step => stepLatex(step, options))].join('\n');
}

/** With a column of dots for each gap. */
const printedColumns = ({ columns }: Matrix): number => columns.labels.length + columns.gaps.length;

/** Two rows: symbols, and under them numbers, each matrix with its size. */
function stepLatex({ label, rule, name, equation }: MatrixStep, options: NumberStyle): string {
  const tag = name ? ` \\qquad ${textCommand(name)}` : '';
  const [left, ...right] = piecesOf(equation);
  const numbers = right.map(piece => pieceLatex(piece, options)).join('');
  return [
    '\\begin{multline*}',
    `${textCommand(label)}\\colon\\quad ${toLatex(rule, options)}${tag} \\\\`,
    `${pieceLatex(left, options)}${numbers}`,
    '\\end{multline*}',
  ].join('\n');
}

const SIGNS: Readonly<Record<string, string>> = {
  '·': '\\cdot',
  '⊙': '\\odot',
  '−': '-',
};

function pieceLatex(piece: Piece, options: NumberStyle): string {
  if (piece.type === 'matrix') return matrixLatex(piece.matrix, options);
  if (piece.type === 'formula') return toLatex(piece.expression, options);
  if (piece.text === '(') return '\\left(';
  if (piece.text === ')') return '\\right)';
  return ` ${SIGNS[piece.text] ?? piece.text} `;
}

/** Rows and columns that are left out are dots; the true size stands below. */
export function matrixLatex(matrix: Matrix, options: NumberStyle = {}): string {
  const { rows, columns, cells, words } = matrix;
  const lines = cells.map(row =>
    withGaps(
      row.map(value => toLatex(number(value), options)),
      columns.gaps,
      '\\cdots',
    ),
  );
  const dots = withGaps(
    columns.labels.map(() => '\\vdots'),
    columns.gaps,
    '\\ddots',
  );
  const body = withGaps(lines, rows.gaps, dots).map(line => line.join(' & '));
  const below =
    words === undefined ? `${rows.length} \\times ${columns.length}` : textCommand(words);
  return `\\underset{${below}}{\\begin{bmatrix} ${body.join(' \\\\ ')} \\end{bmatrix}}`;
}
