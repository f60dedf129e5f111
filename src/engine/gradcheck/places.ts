/** Parameters by their places in the file's order. */
import type { Target } from '../facts';
import type { GradcheckEntry } from '../gradcheck';
import { isTrained, type ParameterTable } from '../plan';

/** One parameter: its table and its place in it. */
export interface Place {
  readonly table: ParameterTable;
  readonly row: number;
  /** 0 for a bias. */
  readonly column: number;
}

/** @throws RangeError when there is no parameter of this index */
export function placeAt(tables: readonly ParameterTable[], index: number): Place {
  const table = tables.find(({ offset, length }) => index >= offset && index < offset + length);
  if (!table) throw new RangeError(`There is no parameter ${index}.`);
  const within = index - table.offset;
  const row = Math.floor(within / table.columns);
  return { table, row, column: within - row * table.columns };
}

export function targetOf({ table, row, column }: Place): GradcheckEntry['target'] {
  const { layer, kind } = table;
  return kind === 'weight' ? { type: 'weight', layer, row, column } : { type: 'bias', layer, row };
}

/**
 * The trained parameters of a target, ascending: one, a neuron's weights and bias, a layer's; without a target, or for
 * the loss, all.
 */
export function placesIn(tables: readonly ParameterTable[], target?: Target): Uint32Array {
  const places: number[] = [];
  for (const table of tables.filter(isTrained)) {
    const [first, end] = rangeIn(table, target ?? { type: 'loss' });
    for (let i = first; i < end; i++) places.push(table.offset + i);
  }
  return Uint32Array.from(places);
}

/** From the table's first parameter, up to and without the second number. */
function rangeIn(
  { layer, kind, length, columns }: ParameterTable,
  target: Target,
): [number, number] {
  if (target.type === 'loss') return [0, length];
  if (target.layer !== layer) return [0, 0];
  if (target.type === 'layer') return [0, length];
  const start = target.row * columns;
  if (target.type === 'neuron') return [start, start + columns];
  if (target.type !== kind) return [0, 0];
  const column = target.type === 'weight' ? target.column : 0;
  return [start + column, start + column + 1];
}
