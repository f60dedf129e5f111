/** Finding the first number that is not finite, after a cheap check has said that there is one. */
import type { Arena } from './arena';
import type { Divergence } from './trainer';

export type DivergencePlace = Pick<Divergence, 'layer' | 'row' | 'quantity' | 'value'>;

/** What a layer has computed for a tile; `stride`: numbers from sample to sample. */
export interface LayerNumbers {
  readonly layer: number;
  readonly units: number;
  readonly stride: number;
  readonly weightedInput: ArrayLike<number>;
  readonly output: ArrayLike<number>;
}

/** A tensor of parameters, or of something that each of them has. */
export interface TensorNumbers {
  readonly layer: number;
  /** Numbers of a neuron. */
  readonly columns: number;
  readonly numbers: ArrayLike<number>;
}

/**
 * In the latest tile, layer by layer: z before a. Undefined when all are finite. Layers that the output does
 * not hang on are left out: what overflows there cannot have reached the loss.
 */
export function findInTile(arena: Arena, rows: number): DivergencePlace | undefined {
  const reached = arena.operations.filter(({ operation }) => operation.reached);
  const numbers = reached.map(({ operation, weightedInput, output }): LayerNumbers => {
    const { layer, units } = operation;
    return { layer, units, stride: units, weightedInput, output };
  });
  return findInLayers(numbers, rows);
}

/** Layer by layer: z before a. */
export function findInLayers(
  layers: Iterable<LayerNumbers>,
  rows: number,
): DivergencePlace | undefined {
  for (const { layer, units, stride, weightedInput, output } of layers) {
    const find = (
      quantity: DivergencePlace['quantity'],
      numbers: ArrayLike<number>,
    ): DivergencePlace | undefined => {
      for (let r = 0; r < rows; r++) {
        const row = firstNonFinite(numbers, r * stride, units);
        if (row >= 0) return { layer, row, quantity, value: numbers[r * stride + row] };
      }
      return undefined;
    };
    const place = find('weightedInput', weightedInput) ?? find('activation', output);
    if (place) return place;
  }
  return undefined;
}

/** In the order of the tensors. */
export function findInTensors(
  tensors: Iterable<TensorNumbers>,
  quantity: DivergencePlace['quantity'],
): DivergencePlace | undefined {
  for (const { layer, columns, numbers } of tensors) {
    const i = firstNonFinite(numbers, 0, numbers.length);
    if (i >= 0) return { layer, row: Math.floor(i / columns), quantity, value: numbers[i] };
  }
  return undefined;
}

/** Among gradients in the order in which they are computed, from the last layer to the first. */
export function findInGradients(arena: Arena): DivergencePlace | undefined {
  const tensors = arena.parameterViews.map(({ table: { layer, columns }, gradients }) => {
    return { layer, columns, numbers: gradients };
  });
  return findInTensors(tensors.reverse(), 'gradient');
}

/** Among parameters and the optimizer's moments, in the file's order. */
export function findInParameters(arena: Arena): DivergencePlace | undefined {
  const tensors = arena.parameterViews.flatMap(({ table, values, first, second }) =>
    [values, first, second].map(numbers => ({ ...table, numbers })),
  );
  return findInTensors(tensors, 'parameter');
}

/** The loss itself, where every number that it is made of is finite. */
export function lossPlace(value: number): DivergencePlace {
  return { layer: -1, row: -1, quantity: 'loss', value };
}

/** Counted from `start`; −1 when all `length` numbers are finite. */
export function firstNonFinite(numbers: ArrayLike<number>, start: number, length: number): number {
  for (let i = 0; i < length; i++) if (!Number.isFinite(numbers[start + i])) return i;
  return -1;
}
