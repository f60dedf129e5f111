/** Vectors and matrices with the notation's labels: columns or rows, transposed or not, with the bias or without. */
import type { Axis, Grid, Vector } from '../engine/matrixFacts';
import type { Context } from './context';
import type { Expression } from './explanation';
import { symbol, transposed } from './expressions';
import type { Matrix, MatrixExpression, MatrixProduct, Side } from './matrixEquation';

const ONE: Side = { labels: [''], words: [''], length: 1, gaps: [] };

/** Stands as a name where there is none. */
const NAMELESS = symbol('⋯');

export class MatrixMaker {
  readonly context: Context;
  /** Where biases are a column of the weights; undefined where they stand apart. */
  readonly biasPlace: 'first' | 'last' | undefined;

  /** @param biasColumn biases are shown as a column where the notation has them so */
  constructor(context: Context, biasColumn: boolean) {
    const { bias } = context.profile;
    this.context = context;
    this.biasPlace = biasColumn && bias.style === 'column' ? bias.place : undefined;
  }

  get isRows(): boolean {
    return this.context.profile.vectors === 'rows';
  }

  side({ layer, length, shown, places = shown }: Axis): Side {
    const { context } = this;
    return {
      labels: shown.map(row => context.names.neuronNumber(layer, row)),
      words: shown.map(row => context.words.neuron(context.place(layer, row))),
      length,
      gaps: places.flatMap((place, i) => (places[i + 1] > place + 1 ? [i] : [])),
    };
  }

  /** As the notation writes vectors: a column, or a row. */
  vector(name: Expression, side: Side, values: Vector): Matrix {
    return this.isRows ? across(name, side, values) : down(name, side, values);
  }

  matrix(name: Expression, rows: Side, columns: Side, cells: Grid): Matrix {
    return { type: 'matrix', name, rows, columns, cells };
  }

  /** What is left out of a sum of products over an axis. */
  rest(side: Side, { length, shown }: Axis, values: Vector | undefined): { rest?: Matrix } {
    if (!values) return {};
    const words = this.context.words.more(length - shown.length);
    return { rest: { ...this.vector(NAMELESS, side, values), words } };
  }

  /** M·v, with row vectors v·Mᵀ. */
  weigh(matrix: Matrix, vector: Matrix, rest: { rest?: Matrix } = {}): MatrixProduct {
    return this.isRows
      ? { type: 'product', left: vector, right: transpose(matrix), ...rest }
      : { type: 'product', left: matrix, right: vector, ...rest };
  }

  /** Every pair of an error term and a source: δ·aᵀ, with row vectors δᵀ·a. */
  outer(errors: Matrix, sources: Matrix): MatrixProduct {
    return this.isRows
      ? { type: 'product', left: transpose(errors), right: sources }
      : { type: 'product', left: errors, right: transpose(sources) };
  }

  /** The sign that goes with δ. */
  signed(expression: MatrixExpression): MatrixExpression {
    return this.context.profile.errorSign === 1
      ? expression
      : { type: 'negate', operand: expression };
  }

  /** Numbers in the sign that goes with δ. */
  inSign(values: Vector): Vector {
    return values.map(value => this.context.names.errorValue(value));
  }

  /** The columns of the weights and one more for the bias, where that is a column. */
  withUnit(side: Side): Side {
    const { bias } = this.context.profile;
    if (bias.style !== 'column' || !this.biasPlace) return side;
    const { gaps } = side;
    return {
      labels: this.#joined(bias.index, side.labels),
      words: this.#joined(this.context.words.matrices.unit, side.words),
      length: side.length + 1,
      gaps: this.biasPlace === 'first' ? gaps.map(gap => gap + 1) : gaps,
    };
  }

  /** The sources and the unit 1, where biases are a column. */
  unitAmong(sources: Vector): Vector {
    return this.biasPlace ? this.#joined(1, sources) : sources;
  }

  /** Rows of weights, each with its bias where that is a column. */
  biasAmong(weights: Grid, bias: Vector | undefined): Grid {
    return this.biasPlace && bias ? weights.map((row, j) => this.#joined(bias[j], row)) : weights;
  }

  /** The column of the biases. */
  isBiasColumn(column: number, columns: Side): boolean {
    if (!this.biasPlace) return false;
    return column === (this.biasPlace === 'first' ? 0 : columns.labels.length - 1);
  }

  #joined<T>(own: T, others: readonly T[]): readonly T[] {
    return this.biasPlace === 'first' ? [own, ...others] : [...others, own];
  }
}

function down(name: Expression, side: Side, values: Vector): Matrix {
  return { type: 'matrix', name, rows: side, columns: ONE, cells: values.map(value => [value]) };
}

function across(name: Expression, side: Side, values: Vector): Matrix {
  return { type: 'matrix', name, rows: ONE, columns: side, cells: [values] };
}

/** Rows become columns. */
export function transpose(matrix: Matrix): Matrix {
  const { name, rows, columns, cells } = matrix;
  return {
    ...matrix,
    name: transposed(name),
    rows: columns,
    columns: rows,
    cells: columns.labels.map((_, k) => rows.labels.map((_row, j) => cells[j][k])),
  };
}
