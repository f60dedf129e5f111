/** A parameter's number where the picture carries it: every digit, and also without data. Pure. */
import type { Target } from '../../src/engine/facts';
import type { LayerColumns } from '../../src/engine/inspect/view';
import type { NetworkView } from '../../src/protocol';

/**
 * @param source the layer that the weights of the target's layer come from (−1: input)
 * @returns undefined where the neuron is one of those that are not drawn
 */
export function shownValue(
  { layers, values }: NetworkView,
  target: Target,
  source: number,
): number | undefined {
  if (target.type !== 'weight' && target.type !== 'bias') return undefined;
  const own = layers[target.layer + 1];
  if (!own) return undefined;
  const { rows, columns, row, column } = own.kernels
    ? inFilters(own.kernels, target)
    : inNeurons(own.shown, layers[source + 1]?.shown ?? [], target);
  if (row < 0 || row >= rows) return undefined;
  if (target.type === 'bias') return own.bias < 0 ? undefined : values[own.bias + row];
  if (column < 0 || own.weights < 0) return undefined;
  return values[own.weights + row * columns + column];
}

/** Where a parameter stands among those that are sent; −1: not there. */
interface Place {
  readonly rows: number;
  readonly columns: number;
  readonly row: number;
  readonly column: number;
}

type Parameter = Extract<Target, { type: 'weight' | 'bias' }>;

const inNeurons = (
  shown: readonly number[],
  before: readonly number[],
  target: Parameter,
): Place => ({
  rows: shown.length,
  columns: before.length,
  row: shown.indexOf(target.row),
  column: target.type === 'weight' ? before.indexOf(target.column) : -1,
});

/** All weights of the first filters are sent. */
const inFilters = (
  { filters, length }: NonNullable<LayerColumns['kernels']>,
  target: Parameter,
): Place => ({
  rows: filters,
  columns: length,
  row: target.row,
  column: target.type === 'weight' ? target.column : -1,
});
