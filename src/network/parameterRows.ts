/** Parameters as a flat array and as the rows of the file. */
import type { Matrix } from './network';
import type { NetworkShapes } from './shapes';

export interface LayerRows {
  /** (rows, columns): dense (units, inputs), conv2d (filters, window) */
  readonly weights: Matrix;
  /** (rows); absent where the layer has none. */
  readonly bias?: readonly number[];
}

/**
 * By layer; undefined where a layer has no parameters.
 *
 * @param values all parameters in the file's order: per layer the weights row by row, then the biases
 */
export function parameterRows(
  shapes: NetworkShapes,
  values: Float64Array,
): (LayerRows | undefined)[] {
  let offset = 0;
  const take = (count: number): number[] => Array.from(values.subarray(offset, (offset += count)));
  return shapes.layers.map(({ rows, columns, parameters }) => {
    if (parameters === 0) return undefined;
    const weights = Array.from({ length: rows }, () => take(columns));
    return parameters > rows * columns ? { weights, bias: take(rows) } : { weights };
  });
}
