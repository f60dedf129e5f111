/**
 * Neurons that stay copies of each other: the same incoming weights, the same bias, the same outgoing weights. Their
 * gradients are then the same number, so that no step can ever tell them apart.
 */
import { tableOf } from '../inspect/context';
import { isBatchNorm } from '../inspect/normalised';
import type { BatchNormOperation, Operation, ParameterTable, Plan } from '../plan';

export interface Twins {
  readonly layer: number;
  /** Neurons that have a twin, ascending; of a conv2d filters. */
  readonly rows: readonly number[];
}

/** @param parameters in the file's order */
export function twinsOf(plan: Plan, parameters: Float64Array): readonly Twins[] {
  return plan.operations.flatMap(({ layer, type, reached }) => {
    // The outputs are told apart by their targets; what nothing hangs on does not learn at all.
    if ((type !== 'dense' && type !== 'conv2d') || !reached || layer === plan.operations.length - 1)
      return [];
    const rows = twinRows(plan, layer, parameters);
    return rows.length > 0 ? [{ layer, rows }] : [];
  });
}

function twinRows(plan: Plan, layer: number, parameters: Float64Array): readonly number[] {
  const weights = tableOf(plan, layer, 'weight');
  const operation = plan.operations[layer];
  const outgoing = outgoingOf(plan, layer, { start: 0, ...groupsOf(operation) });
  if (!weights || !outgoing || weights.columns === 0) return [];
  const bias = tableOf(plan, layer, 'bias');
  const lines: readonly Line[] = [
    { start: weights.offset, step: 1, count: weights.columns, apart: weights.columns },
    ...(bias ? [{ start: bias.offset, step: 1, count: 1, apart: 1 }] : []),
    ...outgoing,
  ];
  const equal = (j: number, k: number): boolean =>
    lines.every(line => areEqual(parameters, line, j, k));
  return candidates(parameters, lines, weights.rows)
    .flatMap(group => classesOf(group, equal))
    .filter(({ length }) => length > 1)
    .flat()
    .sort((j, k) => j - k);
}

/** Each row is compared with one of every class only: thousands of equal rows are as many comparisons. */
function classesOf(
  rows: readonly number[],
  equal: (j: number, k: number) => boolean,
): readonly (readonly number[])[] {
  const classes: number[][] = [];
  for (const row of rows) {
    const own = classes.find(([first]) => equal(first, row));
    if (own) own.push(row);
    else classes.push([row]);
  }
  return classes;
}

/** The numbers of a neuron in one matrix: those of neuron j begin at start + j · apart. */
interface Line {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly apart: number;
}

/** Neurons whose bias and first, middle and last weights, into them and out of them, are the same: few are compared number by number. */
function candidates(
  parameters: Float64Array,
  lines: readonly Line[],
  neurons: number,
): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (let neuron = 0; neuron < neurons; neuron++) {
    const places = lines.flatMap(({ start, step, count, apart }) => {
      const first = start + neuron * apart;
      return [first, first + step * (count >> 1), first + step * (count - 1)];
    });
    const key = places.map(place => parameters[place]).join(' ');
    const group = groups.get(key);
    if (group) group.push(neuron);
    else groups.set(key, [neuron]);
  }
  return [...groups.values()].filter(group => group.length > 1);
}

/** Whether neurons j and k have the same numbers in a line. */
function areEqual(
  parameters: Float64Array,
  { start, step, count, apart }: Line,
  j: number,
  k: number,
): boolean {
  const [first, second] = [start + j * apart, start + k * apart];
  for (let i = 0; i < count; i++)
    if (parameters[first + i * step] !== parameters[second + i * step]) return false;
  return true;
}

/** Values that go out: neuron (or filter) j has those at start + j + k · apart, k below `count`. */
interface Values {
  readonly start: number;
  readonly apart: number;
  readonly count: number;
}

/** One value a neuron; of images a value of each place a filter or channel. */
function groupsOf(operation: Operation): Omit<Values, 'start'> {
  if (!('window' in operation)) return { apart: operation.units, count: 1 };
  const { height, width, channels } = operation.window.target;
  return { apart: channels, count: height * width };
}

/**
 * The weights that multiply a layer's values. Undefined where the values flow into a sum: then each neuron goes its own
 * way, together with another's.
 */
function outgoingOf(plan: Plan, layer: number, values: Values): readonly Line[] | undefined {
  const all: Line[] = [];
  for (const operation of plan.operations) {
    for (const source of operation.sources) {
      if (source.layer !== layer) continue;
      if (operation.type === 'add') return undefined;
      const table = tableOf(plan, operation.layer, 'weight');
      if (isBatchNorm(operation)) all.push(...featuresOf(plan, operation, values));
      const next =
        table && !isBatchNorm(operation)
          ? columnsOf(table, operation, values)
          : outgoingOf(plan, operation.layer, valuesThrough(operation, source.start, values));
      if (!next) return undefined;
      all.push(...next);
    }
  }
  // A merge at the end: its values are outputs, each with a target of its own.
  return all.length > 0 ? all : undefined;
}

/** γ, β and running statistics of the features that a neuron's values are of. */
function featuresOf(
  { parameterTables }: Plan,
  { layer, units, features }: BatchNormOperation,
  { start, apart, count }: Values,
): readonly Line[] {
  const ofList = units === features;
  return parameterTables
    .filter(table => table.layer === layer)
    .map(({ offset }) => {
      return { start: offset + start, step: apart, count: ofList ? count : 1, apart: 1 };
    });
}

/** A pool keeps channels apart and makes fewer places of them; all others hand values on as they are. */
function valuesThrough(operation: Operation, start: number, values: Values): Values {
  return 'window' in operation
    ? { ...values, count: groupsOf(operation).count }
    : { ...values, start: values.start + start };
}

/** The columns that take a neuron's values; of a convolution those of a channel in its window. */
function columnsOf(
  { offset, columns, rows }: ParameterTable,
  operation: Operation,
  { start, apart, count }: Values,
): readonly Line[] {
  const taken = operation.type === 'conv2d' ? columns / apart : count;
  return Array.from({ length: taken }, (_, k): Line => {
    return { start: offset + start + k * apart, step: columns, count: rows, apart: 1 };
  });
}
