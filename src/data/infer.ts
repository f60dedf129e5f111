/**
 * From the columns of a CSV file to a network that learns them. Pure rules, each stated where it stands, so
 * that a person can foresee what comes out.
 */
import type { JsonValue } from '../network/json';
import type { ActivationName, LossName } from '../network/network';
import type { BadCell, BadReason, CsvColumn, CsvPreview } from './preview';

/** Why a column is no input. */
export type LeftOutReason =
  /** It numbers the rows. */
  | 'id'
  | 'text'
  | 'empty'
  /** Some of its cells are no numbers. */
  | 'bad'
  /** All of its numbers are the same. */
  | 'constant'
  | 'unnamed';

export interface ColumnChoice {
  readonly inputs: readonly string[];
  /** Absent where no column can be predicted. */
  readonly target: string | undefined;
  readonly leftOut: readonly { readonly name: string; readonly why: LeftOutReason }[];
}

/** What outputs a target needs. */
export interface OutputPlan {
  readonly purpose: 'classes' | 'binary' | 'numbers';
  readonly outputs: number;
  readonly activation: ActivationName;
  readonly loss: LossName;
}

/** Why no network can be made of a CSV file. */
export type InferFault =
  /** It has no text at all, or no row below its header. */
  | { readonly kind: 'empty' | 'rows' }
  /** It is no table; with the place, where that is among the first bad ones. */
  | { readonly kind: 'table'; readonly place: BadCell | undefined }
  /** No column can be predicted. */
  | { readonly kind: 'target'; readonly spoilt: readonly SpoiltColumn[] }
  /** No column is left besides the one to predict. */
  | { readonly kind: 'inputs'; readonly target: string; readonly spoilt: readonly SpoiltColumn[] };

/** A CSV file of which no network can be made. Words for it has whoever shows it: `host/inferWords.ts`. */
export class InferError extends Error {
  override readonly name = 'InferError';

  constructor(readonly fault: InferFault) {
    super(`No network can be made of this table: ${JSON.stringify(fault)}`);
  }
}

/** A column of more classes than this is a name, not a class. */
const MOST_CLASSES = 100;

const TARGET_NAMES = /^(target|label|class|category|species|outcome|y)$/i;
const ID_NAMES = /^(id|index|row|no|nr|number|unnamed: 0)$|[_ .-]id$/i;

/**
 * The target is the last column called target, label, class, species, outcome or y; else the last column of
 * class names; else the last column that does not number the rows. Inputs are all other columns of numbers.
 */
export function chooseColumns({ columns }: Pick<CsvPreview, 'columns'>): ColumnChoice {
  const usable = columns.filter(column => column.name !== '' && isTarget(column));
  const target =
    last(usable.filter(({ name }) => TARGET_NAMES.test(name))) ??
    last(usable.filter(({ type }) => type === 'class')) ??
    last(usable);
  const others = columns.filter(column => column !== target);
  const judged = others.map(column => ({ name: column.name, why: whyNoInput(column) }));
  return {
    inputs: judged.flatMap(({ name, why }) => (why === undefined ? [name] : [])),
    target: target?.name,
    leftOut: judged.flatMap(({ name, why }) => (why === undefined ? [] : [{ name, why }])),
  };
}

/** A column that would be an input or the target, were it not for some of its cells. */
export interface SpoiltColumn {
  readonly name: string;
  /** Cells that cannot be used. */
  readonly count: number;
  /** The first of them, at most {@link PLACES}; none where the file has very many in other columns. */
  readonly cells: readonly BadCell[];
}

/** Cells of a spoilt column that are told; more help nobody to find them. */
const PLACES = 3;

/** The columns that {@link chooseColumns} would use if each of their cells could be. */
export function spoiltColumns({
  columns,
  bad,
}: Pick<CsvPreview, 'columns' | 'bad'>): SpoiltColumn[] {
  const whole = chooseColumns({ columns: columns.map(column => ({ ...column, bad: 0 })) });
  const wanted = [...whole.inputs, whole.target];
  return columns
    .filter(column => column.bad > 0 && wanted.includes(column.name))
    .map(({ name, bad: count }) => {
      const cells = bad.filter(({ column }) => column === name).slice(0, PLACES);
      return { name, count, cells };
    });
}

function last<T>(items: readonly T[]): T | undefined {
  return items[items.length - 1];
}

/** Whether there is something in it to predict. */
function isTarget(column: CsvColumn): boolean {
  if (column.type === 'empty' || column.bad > 0 || column.distinct < 2) return false;
  return column.type === 'class' ? column.distinct <= MOST_CLASSES : !isId(column);
}

/** Why a column cannot, or should not, be an input; undefined for a good one. */
export function whyNoInput(column: CsvColumn): LeftOutReason | undefined {
  if (column.type === 'empty') return 'empty';
  if (column.name === '') return 'unnamed';
  if (column.type === 'class') return 'text';
  if (column.bad > 0) return 'bad';
  if (isId(column)) return 'id';
  // Pixels at the rim of pictures are always 0, and belong to the picture.
  return column.distinct === 1 && !/\d$/.test(column.name) ? 'constant' : undefined;
}

/** Whole numbers that rise from row to row, under a name like `id`. */
function isId({ name, whole, ascending, distinct }: CsvColumn): boolean {
  return whole && ascending && distinct > 1 && ID_NAMES.test(name);
}

/**
 * What outputs these target columns need.
 *
 * - two class names: one sigmoid output, binary cross-entropy; more: softmax, cross-entropy
 * - the numbers 0 and 1 alone: one sigmoid output a column
 * - one column of 3 to 20 whole numbers without a gap from 0 or 1 on: the numbers of classes, softmax
 * - other numbers: one linear output a column, squared error
 */
export function planOutputs(targets: readonly CsvColumn[]): OutputPlan {
  const [first] = targets;
  if (targets.length === 1 && (first.type === 'class' || numbersClasses(first))) {
    if (first.distinct > 2 || first.type === 'number') return softmax(first.distinct);
    return { purpose: 'binary', outputs: 1, activation: 'sigmoid', loss: 'binaryCrossEntropy' };
  }
  const outputs = targets.length;
  return targets.every(isYesOrNo)
    ? { purpose: 'binary', outputs, activation: 'sigmoid', loss: 'binaryCrossEntropy' }
    : { purpose: 'numbers', outputs, activation: 'linear', loss: 'meanSquaredError' };
}

function softmax(outputs: number): OutputPlan {
  return { purpose: 'classes', outputs, activation: 'softmax', loss: 'crossEntropy' };
}

function numbersClasses({ type, whole, distinct, least, most }: CsvColumn): boolean {
  if (type !== 'number' || !whole || distinct < 2 || distinct > 20) return false;
  const gapless = most - least === distinct - 1 && (least === 0 || least === 1);
  return gapless && !(distinct === 2 && least === 0);
}

function isYesOrNo({ type, whole, least, most }: CsvColumn): boolean {
  return type === 'number' && whole && least >= 0 && most <= 1;
}

/** Columns like p00 … p63 or pixel1 … pixel784: a picture, so its shape is two lengths. */
export function inputShape(inputs: readonly string[]): readonly number[] {
  const side = Math.sqrt(inputs.length);
  const prefix = /^(.*?)\d+$/.exec(inputs[0] ?? '')?.[1];
  const counted = inputs.every(name => /^(.*?)\d+$/.exec(name)?.[1] === prefix);
  return Number.isInteger(side) && side >= 5 && prefix !== undefined && counted
    ? [side, side]
    : [inputs.length];
}

/** Names of more inputs than this would only fill the file: the data have them. */
const NAMED_INPUTS = 16;

/**
 * A whole network for a CSV file: inputs scaled to mean 0 and deviation 1, one hidden tanh layer (the next
 * power of two above inputs + outputs, from 8 to 64), outputs as {@link planOutputs} has them, Adam; about
 * 30,000 samples of training, but 20 to 200 epochs; a fifth of the samples validates where there are ten.
 *
 * @throws InferError when the file cannot be learnt from
 */
export function inferNetwork(preview: CsvPreview): JsonValue {
  const { target, inputs, leftOut } = chooseColumns(preview);
  assertUsable(preview, inputs, target);
  const { path, rows, columns } = preview;
  const plan = planOutputs(columns.filter(({ name }) => name === target));
  const shape = inputShape(inputs);
  const epochs = Math.max(20, Math.min(200, Math.round(30_000 / rows)));
  return {
    version: 1,
    name: baseName(path),
    seed: 1,
    input: { shape, ...(inputs.length <= NAMED_INPUTS && { names: inputs }) },
    layers: [
      { type: 'dense', units: hiddenUnits(inputs.length + plan.outputs), activation: 'tanh' },
      { type: 'dense', units: plan.outputs, activation: plan.activation },
    ],
    loss: { type: plan.loss, reduction: 'mean' },
    training: {
      optimizer: { type: 'adam', learningRate: 0.01 },
      batchSize: Math.min(rows < 500 ? 16 : 32, Math.max(1, rows - Math.round(rows / 5))),
      epochs,
    },
    data: {
      csv: path,
      ...(leftOut.some(({ why }) => why !== 'empty') && { inputs }),
      target,
      ...(rows >= 10 && { split: { validation: 0.2 } }),
      normalize: 'standard',
    },
  };
}

/** `data/iris.csv` → `iris` */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

function hiddenUnits(around: number): number {
  let units = 8;
  while (units < around && units < 64) units *= 2;
  return units;
}

const BLOCKING: readonly BadReason[] = ['cells', 'quote', 'endless', 'size', 'name'];

function assertUsable(
  preview: CsvPreview,
  inputs: readonly string[],
  target: string | undefined,
): asserts target is string {
  const { rows, columns, bad, blocking } = preview;
  if (columns.length === 0) throw new InferError({ kind: 'empty' });
  if (blocking > 0) {
    const place = bad.find(({ kind }) => BLOCKING.includes(kind));
    throw new InferError({ kind: 'table', place });
  }
  if (rows === 0) throw new InferError({ kind: 'rows' });
  // The cells that stand in the way, so that nobody looks for a column that is there.
  if (target === undefined)
    throw new InferError({ kind: 'target', spoilt: spoiltColumns(preview) });
  if (inputs.length === 0)
    throw new InferError({ kind: 'inputs', target, spoilt: spoiltColumns(preview) });
}
