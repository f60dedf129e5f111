/** Parameters as a flat array and as the rows of the file. */
import type { LayerNumbers } from './layerNumbers';
import type { NetworkShapes } from './shapes';

/**
 * By layer; undefined where a layer has no parameters.
 *
 * @param values all numbers in the file's order: per layer the weights row by row, the biases, running statistics
 */
export function parameterRows(
  shapes: NetworkShapes,
  values: Float64Array,
): (LayerNumbers | undefined)[] {
  let offset = 0;
  const take = (count: number): number[] => Array.from(values.subarray(offset, (offset += count)));
  return shapes.layers.map(({ rows, columns, parameters, stored }) => {
    if (parameters === 0) return undefined;
    const weights = Array.from({ length: rows }, () => take(columns));
    return {
      weights,
      ...(parameters > rows * columns && { bias: take(rows) }),
      ...(stored > parameters && { mean: take(rows), variance: take(rows) }),
    };
  });
}
