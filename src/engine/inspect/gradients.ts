/** Some of the gradients of a scope at full precision: what stands beside the numbers in a text. */
import type { Scope } from '../facts';
import type { ParameterTable } from '../plan';
import {
  cut,
  gradientOf,
  isIndex,
  tableOf,
  type Context,
  type Passed,
  type Position,
} from './context';
import { normOf } from './statistics';

/** One weight, or with `column` undefined one bias. Counts as the file does. */
export interface ParameterPlace {
  readonly layer: number;
  readonly row: number;
  readonly column?: number;
}

/** A row of weights: those into one neuron. */
export interface WeightRow {
  readonly layer: number;
  readonly row: number;
}

export interface GradientsRequest {
  readonly scope: Scope;
  readonly parameters: readonly ParameterPlace[];
  readonly rows: readonly WeightRow[];
}

/** NaN stands where there is no such parameter or row. */
export interface SomeGradients extends Position {
  readonly scope: Scope;
  /** ∂C/∂parameter (parameters asked for) */
  readonly values: Float64Array;
  /** Euclidean norms (rows asked for) */
  readonly rows: Float64Array;
  /** The largest norm of a row of weights in the whole network; 0 without weights. */
  readonly largestRow: number;
  /** Euclidean norm of each layer's weight gradients (layers); the same number as in `LayerFacts`. */
  readonly layers: Float64Array;
}

export function someGradients(
  { plan, position }: Context,
  passed: Passed,
  { scope, parameters, rows }: GradientsRequest,
): SomeGradients {
  const gradient = gradientOf(passed);
  const weights = plan.operations.map(({ layer }) => tableOf(plan, layer, 'weight'));
  const norm = (row: number, table: ParameterTable | undefined): number => {
    if (!table || !isIndex(row, table.rows)) return NaN;
    const start = table.offset + row * table.columns;
    return normOf(gradient.subarray(start, start + table.columns));
  };
  return {
    ...position,
    scope,
    values: Float64Array.from(parameters, ({ layer, row, column }) => {
      const table = column === undefined ? tableOf(plan, layer, 'bias') : weights[layer];
      const isThere = table && isIndex(row, table.rows) && isIndex(column ?? 0, table.columns);
      return isThere ? gradient[table.offset + row * table.columns + (column ?? 0)] : NaN;
    }),
    rows: Float64Array.from(rows, ({ layer, row }) => norm(row, weights[layer])),
    largestRow: weights.reduce((largest, table) => {
      for (let row = 0; row < (table?.rows ?? 0); row++) {
        const own = norm(row, table);
        if (own > largest) largest = own;
      }
      return largest;
    }, 0),
    layers: Float64Array.from(weights, table => (table ? normOf(cut(gradient, table)) : NaN)),
  };
}
