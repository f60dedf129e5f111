/** Finding the first number that is not finite, after a cheap check has said that there is one. */
import type { Arena } from './arena';
import type { Numbers } from './numbers';
import type { Divergence } from './trainer';

export type DivergencePlace = Pick<Divergence, 'layer' | 'row' | 'quantity' | 'value'>;

/**
 * In the latest tile, layer by layer: z before a. Undefined when all are finite. Layers that the output does
 * not hang on are left out: what overflows there cannot have reached the loss.
 */
export function findInTile(arena: Arena, rows: number): DivergencePlace | undefined {
  for (const { operation, weightedInput, output } of arena.operations) {
    const { layer, units, reached } = operation;
    if (!reached) continue;
    const z = firstNonFinite(weightedInput, rows * units);
    const row = (i: number): number => i % units;
    if (z >= 0) {
      return { layer, row: row(z), quantity: 'weightedInput', value: weightedInput[z] };
    }
    const a = firstNonFinite(output, rows * units);
    if (a >= 0) return { layer, row: row(a), quantity: 'activation', value: output[a] };
  }
  return undefined;
}

/** Among gradients in the order in which they are computed, from the last layer to the first. */
export function findInGradients(arena: Arena): DivergencePlace | undefined {
  for (let t = arena.parameterViews.length - 1; t >= 0; t--) {
    const { table, gradients } = arena.parameterViews[t];
    const i = firstNonFinite(gradients, gradients.length);
    if (i < 0) continue;
    const row = Math.floor(i / table.columns);
    return { layer: table.layer, row, quantity: 'gradient', value: gradients[i] };
  }
  return undefined;
}

/** Among parameters and the optimizer's moments, in the file's order. */
export function findInParameters(arena: Arena): DivergencePlace | undefined {
  for (const { table, values, first, second } of arena.parameterViews) {
    for (const numbers of [values, first, second]) {
      const i = firstNonFinite(numbers, numbers.length);
      if (i < 0) continue;
      const row = Math.floor(i / table.columns);
      return { layer: table.layer, row, quantity: 'parameter', value: numbers[i] };
    }
  }
  return undefined;
}

/** The loss itself, where every number that it is made of is finite. */
export function lossPlace(value: number): DivergencePlace {
  return { layer: -1, row: -1, quantity: 'loss', value };
}

function firstNonFinite(numbers: Numbers, length: number): number {
  for (let i = 0; i < length; i++) if (!Number.isFinite(numbers[i])) return i;
  return -1;
}
