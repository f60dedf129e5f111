/** Parameters as a flat array and as the rows of the file. */
import type { Matrix } from './network';
import type { NetworkShapes } from './shapes';

export interface LayerRows {
  /** (units, inputs) */
  readonly weights: Matrix;
  /** (units); absent where the layer has none. */
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
  return shapes.layers.map(({ inputs, units, parameters }) => {
    if (parameters === 0) return undefined;
    const weights = Array.from({ length: units }, () => take(inputs));
    return parameters > units * inputs ? { weights, bias: take(units) } : { weights };
  });
}
