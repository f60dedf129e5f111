/** A part of a layer's weights, gradients or next updates as a picture of few cells. */
import type { Scope, Statistics } from '../facts';
import { condenseMatrix, tableSummary, type Span } from './condense';
import { gradientOf, parametersOf, tableOf, type Context, type Passed } from './context';
import { updatesOf } from './updates';

/** Cells of a picture at most: 256 × 256, or one row of a picture of 784 pixels in full. */
const MOST_CELLS = 65_536;

/** `update`: Δ of the next step. */
export type MatrixQuantity = 'weight' | 'gradient' | 'update';

/** Which cells of a layer's matrix. Rows and columns are half-open. */
export interface MatrixRequest {
  readonly scope: Scope;
  readonly layer: number;
  readonly quantity: MatrixQuantity;
  readonly rows: Span;
  readonly columns: Span;
  /** Most cells along each side; their product is at most 65,536 whatever this says. */
  readonly most: number;
}

export interface MatrixPicture {
  layer: number;
  quantity: MatrixQuantity;
  rows: [from: number, to: number];
  columns: [from: number, to: number];
  height: number;
  width: number;
  /** (height, width) */
  values: Float32Array;
  /** Largest magnitude of the whole matrix, and its statistics. */
  largest: number;
  statistics: Statistics;
}

const sources: {
  readonly [Q in MatrixQuantity]: (context: Context, passed: Passed) => Float64Array;
} = {
  weight: (_, passed) => parametersOf(passed),
  gradient: (_, passed) => gradientOf(passed),
  update: updatesOf,
};

/** @throws RangeError when the layer has no weights, or not those rows and columns */
export function matrixPicture(
  context: Context,
  passed: Passed,
  { layer, quantity, rows, columns, most }: MatrixRequest,
): MatrixPicture {
  const table = tableOf(context.plan, layer, 'weight');
  if (!table) throw new RangeError(`layers[${layer}] has no weights: there is no matrix to show.`);
  checkSpan(`layers[${layer}].weights: rows`, rows, table.rows);
  checkSpan(`layers[${layer}].weights: columns`, columns, table.columns);
  if (!(Number.isInteger(most) && most >= 1)) {
    throw new RangeError(`A picture needs at least 1 cell along each side, not ${most}.`);
  }
  const height = Math.min(rows[1] - rows[0], most);
  const width = Math.min(columns[1] - columns[0], most);
  if (height * width > MOST_CELLS) {
    throw new RangeError(
      `A picture of ${height} × ${width} cells is too large: ask for at most ${MOST_CELLS} cells.`,
    );
  }
  const values = sources[quantity](context, passed);
  return {
    layer,
    quantity,
    rows: [...rows],
    columns: [...columns],
    height,
    width,
    values: condenseMatrix(values, table, { rows, columns, height, width }),
    ...tableSummary(values, table),
  };
}

function checkSpan(name: string, [from, to]: Span, count: number): void {
  const isPart = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to;
  if (isPart && to <= count) return;
  throw new RangeError(`${name} ${from} to ${to} do not exist; there are 0 to ${count}.`);
}
