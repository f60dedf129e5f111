/** Rules about the data, as far as they can be judged without reading a file. */
import { dataPlaces, pathFault } from './dataFiles';
import { dataSources } from './catalog';
import { formatPath } from './network';
import type { DataSource, InlineSample, LossName } from './network';
import { grouped } from './setting';
import { child, descend, property, range } from './tree';
import { many } from './judge';
import type { Judge, Sizes } from './judge';
import { activations } from './vocabulary';

type Inline = Extract<DataSource, { type: 'inline' }>;

export function validateData(judge: Judge, sizes: Sizes): void {
  foreignKeys(judge);
  files(judge);
  csv(judge);
  const source = judge.draft.data?.source;
  if (source?.type === 'inline') inline(judge, source, sizes);
  batch(judge, source);
}

/** Keys of another source than the one that is there: `noise` beside `csv`. */
function foreignKeys(judge: Judge): void {
  const data = child(judge.root, 'data');
  const sources = Object.keys(dataSources).filter(name => child(data, name));
  if (sources.length !== 1) return;
  const [source] = sources;
  for (const key of Object.values(dataSources).flat()) {
    const member = property(data, key);
    if (!member || dataSources[source].includes(key)) continue;
    const message = `data.${key} has no effect on ${source} data. Remove it.`;
    judge.tell('information', 'setting.unused', ['data', key], message, range(member));
  }
}

/** Paths that no file can have. */
function files(judge: Judge): void {
  for (const place of dataPlaces) {
    const path: unknown = descend(judge.root, place)?.value;
    const fault = typeof path === 'string' && path !== '' ? pathFault(path) : undefined;
    if (fault) judge.tell('error', 'data.path', place, `The path of ${formatPath(place)} ${fault}`);
  }
}

function csv(judge: Judge): void {
  const data = child(judge.root, 'data');
  const file = child(data, 'csv');
  if (typeof file?.value !== 'string' || file.value === '') return;
  const target = child(data, 'target');
  if (!target) {
    const message = 'data.target is missing: name the column that is to be predicted.';
    judge.tell('error', 'data.target', ['data', 'target'], message, judge.key(['data', 'csv']));
  }
  const inputs = (child(data, 'inputs')?.children ?? []).map(column => column.value as unknown);
  const targets = target?.children?.map(column => column.value as unknown) ?? [target?.value];
  repeated(judge, inputs, 'inputs');
  if (target?.children) repeated(judge, targets, 'target');
  const both = inputs.findIndex(column => targets.includes(column));
  if (both < 0) return;
  const message = `The column "${String(inputs[both])}" is an input and the target: remove it from one.`;
  judge.tell('error', 'data.columns', ['data', 'inputs', both], message);
}

/** A column that one list names twice. */
function repeated(judge: Judge, names: readonly unknown[], key: 'inputs' | 'target'): void {
  const columns = names.map(name => (typeof name === 'string' ? name.trim() : name));
  columns.forEach((column, index) => {
    if (columns.indexOf(column) === index) return;
    const message = `data.${key} names the column "${String(column)}" twice: remove one.`;
    judge.tell('error', 'data.columns', ['data', key, index], message);
  });
}

function inline(judge: Judge, { samples }: Inline, sizes: Sizes): void {
  if (samples.length === 0) {
    const message =
      'data.inline has no sample: the network can be looked at, but not trained. Add { "x": […], "y": […] }.';
    return judge.tell('warning', 'data.empty', ['data', 'inline'], message);
  }
  misfits(judge, samples, 'x', sizes.inputs);
  if (misfits(judge, samples, 'y', sizes.outputs) && targetRange(judge, samples)) {
    classSums(judge, samples);
  }
}

const sides = {
  x: { code: 'data.inputs', noun: 'input' },
  y: { code: 'data.outputs', noun: 'output' },
} as const;

/** Tells the first sample that has not `expected` numbers on one side, and how many more there are. */
function misfits(
  judge: Judge,
  samples: readonly InlineSample[],
  side: 'x' | 'y',
  expected: number | undefined,
): boolean {
  const bad = samples.flatMap((sample, index) => (sample[side].length === expected ? [] : [index]));
  if (expected === undefined || bad.length === 0) return true;
  const [index] = bad;
  const found = samples[index][side].length;
  const { code, noun } = sides[side];
  const adapts = side === 'x' ? `set input.shape to [${found}]` : outputRemedy(judge, found);
  // Where some samples fit, or those that do not differ among themselves, it is they that are wrong.
  const alike = samples.every(sample => sample[side].length === found);
  const remedy = isClassNumber(judge, samples, side, expected)
    ? ` (1 for the class ${samples[index].y[0]}, 0 for the others)`
    : alike
      ? `, or ${adapts}`
      : '';
  const more = bad.length === 1 ? '' : ` (and ${many(bad.length - 1, 'more sample')})`;
  const message = `data.inline[${index}].${side} has ${many(found, 'number')}${more}, the network has ${many(expected, noun)}: write one number per ${noun}${remedy}.`;
  judge.tell('error', code, ['data', 'inline', index, side], message);
  return false;
}

/** Whether every target is the number of a class, where one number per class is wanted. */
function isClassNumber(
  { draft }: Judge,
  samples: readonly InlineSample[],
  side: 'x' | 'y',
  outputs: number,
): boolean {
  if (side === 'x' || draft.loss.type !== 'crossEntropy') return false;
  return samples.every(({ y: [number, ...more] }) => {
    const isNumber = Number.isInteger(number) && number >= 0 && number < outputs;
    return isNumber && more.length === 0;
  });
}

/** The units of a last layer that is not dense come from its sources. */
function outputRemedy({ draft: { layers } }: Judge, outputs: number): string {
  const last = layers.length - 1;
  return (layers[last].type ?? 'dense') !== 'dense'
    ? `add a dense layer of ${many(outputs, 'unit')} at the end`
    : `set layers[${last}].units to ${outputs}`;
}

const probabilities: readonly (LossName | undefined)[] = ['crossEntropy', 'binaryCrossEntropy'];

/** The first target that the output cannot reach, and how many more there are; true where there is none. */
function targetRange(judge: Judge, samples: readonly InlineSample[]): boolean {
  const { layers, loss } = judge.draft;
  const activation = layers[layers.length - 1]?.activation;
  if (!activation) return true;
  const strict = probabilities.includes(loss.type);
  const [low, high] = strict ? [0, 1] : activations[activation].outputs;
  const bad = samples.flatMap(({ y }, index) =>
    y.flatMap((value, k) => (value < low || value > high ? [{ index, k, value }] : [])),
  );
  if (bad.length === 0) return true;
  const [{ index, k, value }] = bad;
  const more = bad.length === 1 ? '' : ` (and ${grouped(bad.length - 1)} more)`;
  const reach = high === Infinity ? `of at least ${low}` : `from ${low} to ${high}`;
  const remedy = strict ? 'write 0 and 1 for no and yes' : 'change the targets';
  const why = strict ? `${loss.type} takes targets` : `${activation} gives outputs`;
  const message = `data.inline[${index}].y[${k}] is ${value}${more}, but ${why} ${reach}: ${remedy}, or use linear outputs with meanSquaredError${classesRemedy(samples)}.`;
  const path = ['data', 'inline', index, 'y', k];
  judge.tell(strict ? 'error' : 'warning', 'data.targetRange', path, message);
  return false;
}

/** Numbers of more than two classes, one a sample: what would learn them. */
function classesRemedy(samples: readonly InlineSample[]): string {
  if (!samples.every(({ y }) => y.length === 1 && Number.isInteger(y[0]))) return '';
  const numbers = [...new Set(samples.map(({ y }) => y[0]))].sort((a, b) => a - b);
  const [least] = numbers;
  const { length: classes } = numbers;
  const gapless = numbers.every((number, i) => number === least + i);
  if (!gapless || least < 0 || least > 1 || classes < 3) return '';
  return `; if they are numbers of classes, use ${classes} softmax outputs with crossEntropy and write one number per class (1 for the class of the sample, 0 for the others)`;
}

/** Targets of classes that a person has rounded still sum to 1. */
const ROUNDED = 0.01;

/** The first target of a softmax output that is no distribution over the classes. */
function classSums(judge: Judge, samples: readonly InlineSample[]): void {
  if (judge.draft.loss.type !== 'crossEntropy') return;
  const sums = samples.map(({ y }) => y.reduce((sum, value) => sum + value, 0));
  const bad = sums.flatMap((sum, index) => (Math.abs(sum - 1) > ROUNDED ? [index] : []));
  if (bad.length === 0) return;
  const [index] = bad;
  const more = bad.length === 1 ? '' : ` (and ${many(bad.length - 1, 'more sample')})`;
  const message = `data.inline[${index}].y sums to ${Number(sums[index].toPrecision(6))}${more}, the outputs of softmax always to 1: write 1 for the class of the sample and 0 for all others, or use sigmoid with binaryCrossEntropy where several can be true.`;
  judge.tell('warning', 'data.classes', ['data', 'inline', index, 'y'], message);
}

function batch(judge: Judge, source: DataSource | undefined): void {
  const { batchSize } = judge.draft.training;
  const written = child(child(judge.root, 'training'), 'batchSize');
  const samples = source?.type === 'inline' ? source.samples.length : undefined;
  if (!written || samples === undefined || typeof batchSize !== 'number') return;
  if (batchSize <= samples || samples === 0) return;
  const message = `batchSize ${batchSize} is more than the ${many(samples, 'sample')}: each step takes all of them. Write "all" to say so.`;
  judge.tell('information', 'batchSize.large', ['training', 'batchSize'], message);
}
