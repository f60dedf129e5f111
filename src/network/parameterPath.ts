/** Where a parameter stands in the text of its network. */
import type { JsonPath } from './network';

/** One number that training changes; everything counted from 0. */
export type ParameterPlace =
  | {
      readonly type: 'weight';
      readonly layer: number;
      readonly row: number;
      readonly column: number;
    }
  | { readonly type: 'bias'; readonly layer: number; readonly row: number };

/** `layers[0].weights[2][1]`, `layers[0].bias[2]` */
export function parameterPath(place: ParameterPlace): JsonPath {
  const { layer, row } = place;
  return place.type === 'weight'
    ? ['layers', layer, 'weights', row, place.column]
    : ['layers', layer, 'bias', row];
}
