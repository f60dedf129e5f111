/** How large a step is, layer by layer: measured on the step that comes next, which is made and taken back. */
import { isTrained, type ParameterTable } from './plan';

/** Samples that are measured at most: of a larger batch, its first ones. */
export const MOST_MEASURED = 512;

/** Rows of a batch that are measured, of which the machine computes a tile at a time. */
export function measuredRows(samples: number, tile: number): number {
  return Math.min(samples, Math.max(tile, MOST_MEASURED));
}

/** A step that was made and taken back. All numbers in the file's order. */
export interface TriedStep {
  /** ∂C/∂θ of the measured samples, with dropout and penalty as in training, before it is clipped. */
  readonly gradient: Float64Array;
  readonly before: Float64Array;
  /** After the optimizer's step by that gradient, clipped where the training clips. */
  readonly after: Float64Array;
}

/**
 * Of each layer with parameters, in the file's order: the Euclidean norm of ∂C/∂θ over its weights and biases, and
 * |Δθ| / |θ| of the update that it leads to; NaN where all parameters are 0.
 *
 * C is the loss of the batch that comes next (of its first {@link MOST_MEASURED} samples, where it has more) with the
 * parameters as they are now: what the optimizer is about to see.
 */
export interface StepSizes {
  readonly gradients: readonly number[];
  readonly ratios: readonly number[];
}

/** Layers that have parameters, ascending. */
export function trainedLayers(tables: readonly ParameterTable[]): readonly number[] {
  return [...new Set(tables.filter(isTrained).map(({ layer }) => layer))];
}

export function stepSizes(tables: readonly ParameterTable[], step: TriedStep): StepSizes {
  const { gradient, before, after } = step;
  const layers = trainedLayers(tables).map(layer => {
    const sums = { gradient: 0, change: 0, value: 0 };
    for (const table of tables) {
      if (table.layer !== layer || !isTrained(table)) continue;
      for (let i = table.offset; i < table.offset + table.length; i++) {
        const change = after[i] - before[i];
        sums.gradient += gradient[i] * gradient[i];
        sums.change += change * change;
        sums.value += before[i] * before[i];
      }
    }
    return sums;
  });
  return {
    gradients: layers.map(sums => Math.sqrt(sums.gradient)),
    ratios: layers.map(({ change, value }) => (value === 0 ? NaN : Math.sqrt(change / value))),
  };
}
