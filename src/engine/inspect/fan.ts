/** The strongest connections of one neuron. */
import type { Scope } from '../facts';
import type { ConvOperation, ParameterTable, Plan } from '../plan';
import {
  checkNeuron,
  gradientOf,
  parametersOf,
  sourcesOf,
  tableOf,
  type Context,
  type Passed,
} from './context';
import type { MatrixQuantity } from './matrix';
import { underWindow, windowsOver } from './sliding';
import { isBatchNorm } from './normalised';
import { updatesOf } from './updates';

/** Connections that are named one by one, each way. */
const NAMED = 12;

export interface FanRequest {
  readonly scope: Scope;
  /** −1: input */
  readonly layer: number;
  readonly row: number;
  readonly quantity: MatrixQuantity;
}

/** The weight at `[row][column]` of a layer, and the neurons that it joins: of its source and of the layer itself. */
export interface FanEdge {
  layer: number;
  row: number;
  column: number;
  from: number;
  to: number;
  weight: number;
  gradient: number;
  /** Of the next step; only where it is asked for. */
  update?: number;
}

interface Strongest {
  /** At most 12, the strongest first; of equal ones the first in the file. */
  readonly edges: FanEdge[];
  /** `sum` is over the magnitudes. */
  readonly more: { count: number; sum: number };
}

/** Connections that are no parameters (into an `add` or a `concat`) are not among them. */
export interface Fan {
  layer: number;
  row: number;
  incoming: FanEdge[];
  outgoing: FanEdge[];
  moreIncoming: { count: number; sum: number };
  moreOutgoing: { count: number; sum: number };
}

/** @throws RangeError when there is no such neuron */
export function fanOf(context: Context, passed: Passed, { layer, row, quantity }: FanRequest): Fan {
  const { plan } = context;
  checkNeuron(plan, layer, row);
  const numbers = {
    parameters: parametersOf(passed),
    gradient: gradientOf(passed),
    updates: quantity === 'update' ? updatesOf(context, passed) : undefined,
    quantity,
  };
  const incoming = strongest(layer === -1 ? [] : incomingOf(plan, layer, row), numbers);
  const outgoing = strongest(outgoingOf(plan, layer, row), numbers);
  return {
    layer,
    row,
    incoming: incoming.edges,
    outgoing: outgoing.edges,
    moreIncoming: incoming.more,
    moreOutgoing: outgoing.more,
  };
}

/** A row or a column of a table, or some of its numbers: `count` places from `start`, `step` apart. */
interface Line {
  readonly table: ParameterTable;
  readonly start: number;
  readonly step: number;
  readonly count: number;
  /** The neurons that a connection joins, by its place in the line. */
  readonly from: (place: number) => number;
  readonly to: (place: number) => number;
}

function incomingOf(plan: Plan, layer: number, row: number): readonly Line[] {
  const table = tableOf(plan, layer, 'weight');
  const operation = plan.operations[layer];
  if (!table) return [];
  if (isBatchNorm(operation))
    return [single(table, table.offset + (row % operation.features), row, row)];
  if (operation.type === 'conv2d') {
    const { channels: filters } = operation.window.target;
    const start = table.offset + (row % filters) * table.columns;
    return underWindow(operation.window, Math.floor(row / filters)).map(({ column, neuron }) =>
      single(table, start + column, neuron, row),
    );
  }
  const start = table.offset + row * table.columns;
  const from = (place: number): number => place;
  return [{ table, start, step: 1, count: table.columns, from, to: () => row }];
}

/** The column of this neuron in every layer that takes its values through weights. */
function outgoingOf(plan: Plan, layer: number, row: number): readonly Line[] {
  return sourcesOf(plan).flatMap((sources, consumer) => {
    const table = sources.includes(layer) ? tableOf(plan, consumer, 'weight') : undefined;
    const operation = plan.operations[consumer];
    if (!table) return [];
    if (isBatchNorm(operation))
      return [single(table, table.offset + (row % operation.features), row, row)];
    if (operation.type === 'conv2d') return outgoingOfFilters(operation, table, row);
    const to = (place: number): number => place;
    const { columns: step, rows: count } = table;
    return [{ table, start: table.offset + row, step, count, from: () => row, to }];
  });
}

/** Every filter at every place whose window sees the neuron. */
function outgoingOfFilters(
  { window }: ConvOperation,
  table: ParameterTable,
  neuron: number,
): readonly Line[] {
  const { channels: filters } = window.target;
  return windowsOver(window, neuron).map(({ place, column }): Line => {
    const to = (filter: number): number => place * filters + filter;
    const start = table.offset + column;
    return { table, start, step: table.columns, count: filters, from: () => neuron, to };
  });
}

const single = (table: ParameterTable, start: number, from: number, to: number): Line => {
  return { table, start, step: 1, count: 1, from: () => from, to: () => to };
};

interface Numbers {
  readonly parameters: Float64Array;
  readonly gradient: Float64Array;
  readonly updates: Float64Array | undefined;
  readonly quantity: MatrixQuantity;
}

/** One look at each connection; the twelve found so far are kept in order. */
function strongest(lines: readonly Line[], numbers: Numbers): Strongest {
  const { parameters, gradient, updates, quantity } = numbers;
  const values = updates ?? (quantity === 'weight' ? parameters : gradient);
  const found: { line: Line; place: number; index: number; size: number }[] = [];
  const more = { count: 0, sum: 0 };
  const leaveOut = (size: number): void => {
    more.count += 1;
    more.sum += size;
  };
  for (const line of lines) {
    for (let i = 0, place = line.start; i < line.count; i++, place += line.step) {
      const value = Math.abs(values[place]);
      // What is no number is the first that should be seen.
      const size = Number.isNaN(value) ? Infinity : value;
      if (found.length === NAMED && size <= found[NAMED - 1].size) {
        leaveOut(value);
        continue;
      }
      let at = found.length;
      while (at > 0 && found[at - 1].size < size) at--;
      found.splice(at, 0, { line, place, index: i, size });
      if (found.length > NAMED) leaveOut(found.pop()?.size ?? 0);
    }
  }
  return {
    edges: found.map(({ line, place, index }) => ({
      layer: line.table.layer,
      row: Math.floor((place - line.table.offset) / line.table.columns),
      column: (place - line.table.offset) % line.table.columns,
      from: line.from(index),
      to: line.to(index),
      weight: parameters[place],
      gradient: gradient[place],
      ...(updates && { update: updates[place] }),
    })),
    more,
  };
}
