/**
 * Equations of matrices with their numbers: which cell is made of which, and how it is computed.
 *
 * Data, not text: the page draws tables, the command line aligned text, LaTeX its own brackets. Cells are
 * counted as they are shown, from 0; what a label says is the notation's.
 */
import type { Expression } from './explanation';
import { negate, number, product, sum } from './expressions';

/** The rows or the columns of a matrix that are shown. */
export interface Side {
  /** The notation's numbers of the neurons; empty texts where there is one row or column without a name. */
  readonly labels: readonly string[];
  /** The same in words: "neuron 2 of layer 3". */
  readonly words: readonly string[];
  /** How many there are. */
  readonly length: number;
  /** Left-out ones follow the shown ones at these places. */
  readonly gaps: readonly number[];
}

export interface Matrix {
  readonly type: 'matrix';
  readonly name: Expression;
  readonly rows: Side;
  readonly columns: Side;
  readonly cells: readonly (readonly number[])[];
  /** Instead of a size: what the numbers are, where the name does not say it ("772 more"). */
  readonly words?: string;
}

export interface MatrixProduct {
  readonly type: 'product';
  readonly left: Matrix;
  readonly right: Matrix;
  /** What the columns that are not shown add, as a matrix of the product's own size. */
  readonly rest?: Matrix;
}

export type MatrixExpression =
  | Matrix
  | MatrixProduct
  /** ⊙. A single column stands for as many as the other has. */
  | { readonly type: 'hadamard'; readonly left: Matrix; readonly right: Matrix }
  | { readonly type: 'sum'; readonly terms: readonly MatrixExpression[] }
  | { readonly type: 'negate'; readonly operand: MatrixExpression }
  /** Every cell by the same number; of numbers only. */
  | { readonly type: 'scale'; readonly by: Expression; readonly operand: MatrixExpression }
  /**
   * A function, cell by cell, of matrices of the same size. `wholeVector`: each cell hangs on all of the first
   * operand.
   */
  | {
      readonly type: 'elementwise';
      readonly name: Expression;
      readonly operands: readonly Matrix[];
      readonly write: (values: readonly number[], row: number, column: number) => Expression;
      readonly wholeVector?: boolean;
    }
  /** One vector behind the other. */
  | { readonly type: 'stack'; readonly parts: readonly Matrix[] };

/** left = right, cell by cell. */
export interface MatrixEquation {
  readonly left: Matrix;
  readonly right: MatrixExpression;
}

/** A cell of one of the matrices of an equation. */
export interface CellPlace {
  readonly matrix: Matrix;
  readonly row: number;
  readonly column: number;
}

/** The same product in symbols, in the same order. */
export const inSymbols = ({ left, right }: MatrixProduct): Expression =>
  product(left.name, right.name);

const every = (length: number): readonly number[] => Array.from({ length }, (_, i) => i);

export const heightOf = ({ rows }: Matrix): number => rows.labels.length;
export const widthOf = ({ columns }: Matrix): number => columns.labels.length;

function cellsOf(matrix: Matrix, rows: readonly number[], columns: readonly number[]): CellPlace[] {
  return rows.flatMap(row => columns.map(column => ({ matrix, row, column })));
}

/** What a cell of the left side is made of. */
export function madeOf(of: MatrixExpression, row: number, column: number): readonly CellPlace[] {
  switch (of.type) {
    case 'matrix':
      return [
        { matrix: of, row: narrowed(of, row, 'rows'), column: narrowed(of, column, 'columns') },
      ];
    case 'product':
      return [
        ...cellsOf(of.left, [row], every(widthOf(of.left))),
        ...cellsOf(of.right, every(heightOf(of.right)), [column]),
        ...(of.rest ? madeOf(of.rest, row, column) : []),
      ];
    case 'hadamard':
      return [of.left, of.right].flatMap(operand => madeOf(operand, row, column));
    case 'sum':
      return of.terms.flatMap(term => madeOf(term, row, column));
    case 'negate':
    case 'scale':
      return madeOf(of.operand, row, column);
    case 'elementwise':
      if (of.wholeVector)
        return of.operands.flatMap(operand =>
          cellsOf(operand, every(heightOf(operand)), every(widthOf(operand))),
        );
      return of.operands.flatMap(operand => madeOf(operand, row, column));
    case 'stack': {
      const { part, place } = partAt(of.parts, Math.max(row, column));
      return madeOf(part, row === 0 ? 0 : place, row === 0 ? place : 0).slice(0, 1);
    }
  }
}

/** A single row or column stands for all. */
function narrowed(matrix: Matrix, at: number, side: 'rows' | 'columns'): number {
  return matrix[side].labels.length === 1 ? 0 : at;
}

/** Of vectors one behind the other: which one, and where in it. */
function partAt(parts: readonly Matrix[], at: number): { part: Matrix; place: number } {
  let place = at;
  for (const part of parts) {
    const length = Math.max(heightOf(part), widthOf(part));
    if (heightOf(part) * widthOf(part) === 0) continue;
    if (place < length) return { part, place };
    place -= length;
  }
  throw new RangeError(`cell ${at} is in none of the ${parts.length} vectors`);
}

/** The cells of the left side that a cell of the right side goes into. */
export function goesInto({ left, right }: MatrixEquation, cell: CellPlace): readonly CellPlace[] {
  return cellsOf(left, every(heightOf(left)), every(widthOf(left))).filter(({ row, column }) =>
    madeOf(right, row, column).some(part => samePlace(part, cell)),
  );
}

/** Whether both are the same cell of the same matrix. */
export function samePlace(a: CellPlace, b: CellPlace): boolean {
  return a.matrix === b.matrix && a.row === b.row && a.column === b.column;
}

/** How a cell of the left side is computed, with numbers only. */
export function writtenOut(of: MatrixExpression, row: number, column: number): Expression {
  switch (of.type) {
    case 'matrix':
    case 'stack': {
      const [cell] = madeOf(of, row, column);
      return number(valueOf(cell));
    }
    case 'product':
      return productOf(of, row, column);
    case 'hadamard':
      return product(writtenOut(of.left, row, column), writtenOut(of.right, row, column));
    case 'sum':
      return sum(...of.terms.flatMap(term => termsOf(writtenOut(term, row, column))));
    case 'negate':
      return negate(writtenOut(of.operand, row, column));
    case 'scale':
      return product(of.by, writtenOut(of.operand, row, column));
    case 'elementwise': {
      const values = of.operands.map(operand => valueOf(madeOf(operand, row, column)[0]));
      return of.write(values, row, column);
    }
  }
}

/** Sums within sums need no brackets. */
const termsOf = (expression: Expression): readonly Expression[] =>
  expression.type === 'sum' ? expression.terms : [expression];

/** The number that stands there. */
export function valueOf({ matrix, row, column }: CellPlace): number {
  return matrix.cells[row][column];
}

/** Σ of a row times a column, and what is left out. */
function productOf({ left, right, rest }: MatrixProduct, row: number, column: number): Expression {
  const terms = left.cells[row].map((value, k) =>
    product(number(value), number(right.cells[k][column])),
  );
  if (!rest) return sum(...terms);
  const leftOut = valueOf(madeOf(rest, row, column)[0]);
  const count = left.columns.length - widthOf(left);
  return sum(...terms, { type: 'rest', count, sum: leftOut, label: rest.words ?? '' });
}

/** All matrices of an equation, in the order in which they stand there. */
export function matricesOf({ left, right }: MatrixEquation): readonly Matrix[] {
  return [left, ...operandsOf(right)];
}

function operandsOf(of: MatrixExpression): readonly Matrix[] {
  switch (of.type) {
    case 'matrix':
      return [of];
    case 'product':
      return [of.left, of.right, ...(of.rest ? [of.rest] : [])];
    case 'hadamard':
      return [of.left, of.right];
    case 'sum':
      return of.terms.flatMap(operandsOf);
    case 'negate':
    case 'scale':
      return operandsOf(of.operand);
    case 'elementwise':
      return of.operands;
    case 'stack':
      return of.parts;
  }
}

/** What stands in a line: matrices, signs, and the names of functions. */
export type Piece =
  | { readonly type: 'matrix'; readonly matrix: Matrix }
  /** `=` `·` `⊙` `+` `−` `,` and brackets. */
  | { readonly type: 'sign'; readonly text: string; readonly prefix?: true }
  /** A function's name or a factor. */
  | { readonly type: 'formula'; readonly expression: Expression };

const sign = (text: string): Extract<Piece, { type: 'sign' }> => ({ type: 'sign', text });

/** An equation as it is read, from left to right. */
export function piecesOf({ left, right }: MatrixEquation): readonly Piece[] {
  return [{ type: 'matrix', matrix: left }, sign('='), ...piecesOfSide(right)];
}

function piecesOfSide(of: MatrixExpression): readonly Piece[] {
  switch (of.type) {
    case 'matrix':
      return [{ type: 'matrix', matrix: of }];
    case 'product':
      return [
        { type: 'matrix', matrix: of.left },
        sign('·'),
        { type: 'matrix', matrix: of.right },
        ...(of.rest ? [sign('+'), { type: 'matrix' as const, matrix: of.rest }] : []),
      ];
    case 'hadamard':
      return joined([of.left, of.right], '⊙');
    case 'sum':
      return of.terms.flatMap((term, i) => signed(term, i > 0));
    case 'negate':
      return signed(of, false);
    case 'scale':
      return [{ type: 'formula', expression: of.by }, sign('·'), ...enclosed(of.operand)];
    case 'elementwise':
      return called(of.name, of.operands);
    case 'stack':
      return called({ type: 'symbol', text: 'concat' }, of.parts);
  }
}

/** A term of a sum with its own sign; a sum behind a minus stands in brackets. */
function signed(term: MatrixExpression, follows: boolean): readonly Piece[] {
  if (term.type !== 'negate') return [...(follows ? [sign('+')] : []), ...piecesOfSide(term)];
  const minus: Piece = { ...sign('−'), ...(!follows && { prefix: true }) };
  return [minus, ...enclosed(term.operand)];
}

/** A sum in brackets. */
function enclosed(of: MatrixExpression): readonly Piece[] {
  const isSum = of.type === 'sum' || (of.type === 'product' && of.rest !== undefined);
  return isSum ? [sign('('), ...piecesOfSide(of), sign(')')] : piecesOfSide(of);
}

function called(name: Expression, operands: readonly Matrix[]): readonly Piece[] {
  return [{ type: 'formula', expression: name }, sign('('), ...joined(operands, ','), sign(')')];
}

function joined(matrices: readonly Matrix[], between: string): readonly Piece[] {
  return matrices.flatMap((matrix, i): Piece[] => [
    ...(i > 0 ? [sign(between)] : []),
    { type: 'matrix', matrix },
  ]);
}
