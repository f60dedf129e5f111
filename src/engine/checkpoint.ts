/**
 * Checkpoints: what a training needs to go on as if it had never stopped.
 *
 * The order of an epoch depends on seed and epoch alone (`epochOrder`), so no state of a random generator is
 * kept. A batch of which some tiles are computed begins anew: nothing of it has been written.
 */
import type { Dataset } from '../data/dataset';
import { sourcesOf } from '../network/graph';
import { numberKeys } from '../network/layerNumbers';
import { formatPath } from '../network/network';
import type { JsonPath, Layer, Network } from '../network/network';
import { readable } from '../network/sentence';
import { losses, optimizers } from '../network/vocabulary';
import { Checksum } from './checksum';
import { clips } from './clip';
import { firstNonFinite } from './divergence';
import type { OptimizerState } from './optimizers';
import type { Plan } from './plan';
import type { Evaluation } from './trainer';

/** A training between two steps. Numbers of a float32 network are kept in float64, which holds them exactly. */
export interface Checkpoint {
  /** The network and the data that it belongs to: {@link ownerOf}. */
  readonly owner: CheckpointOwner;
  /** Updates made since the start. */
  readonly step: number;
  /** Completed epochs. */
  readonly epoch: number;
  /** Samples of the epoch's order that have been applied. */
  readonly position: number;
  /** In the file's order. */
  readonly parameters: Float64Array;
  /** Moments in the same order, each as long; and the clock. */
  readonly optimizer: OptimizerState;
  /** Of the latest step; NaN before the first. */
  readonly gradientNorm: number;
  /** The latest one; undefined where none was made. */
  readonly evaluation: Evaluation | undefined;
}

/** What must be the same for a training to go on with the same numbers. Plain data, which JSON holds exactly. */
export interface CheckpointOwner {
  /** Everything in the network that decides its numbers, apart from parameters and learning rates. */
  readonly network: unknown;
  readonly data: DataMark;
}

interface DataMark {
  readonly training: number;
  readonly validation: number;
  readonly checksum: string;
  /** The checksum is over some of the numbers alone, taken evenly. */
  readonly sampled?: true;
}

/** A checkpoint that does not fit, with the sentence that says why. Nothing has been changed. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
  constructor(message: string) {
    super(readable(message));
  }
}

/**
 * What a checkpoint of this network and these data carries. Not in it: names, learning rates and their schedule, the end
 * of the training, and where the parameters started. Those may change between two parts of a training.
 *
 * @param sampled looks at some of the data alone, which takes a moment however many there are
 */
export function ownerOf(network: Network, dataset: Dataset, sampled = false): CheckpointOwner {
  const data = sampled
    ? known(sampledMarks, dataset, sampledMark)
    : known(dataMarks, dataset, newDataMark);
  return { network: networkMark(network), data };
}

function networkMark(network: Network): unknown {
  const { seed, input, layers, regularization, training } = network;
  const { precision, batchSize, shuffle, clip } = training;
  return {
    seed,
    input: { shape: input.shape },
    layers: layers.map(layerMark),
    sources: sourcesOf(network),
    loss: lossMark(network),
    regularization,
    training: {
      ...{ precision, optimizer: optimizerMark(network), batchSize, shuffle },
      // Not written where there is none: checkpoints of before are of such networks.
      ...(clips(clip) && { clip }),
    },
  };
}

/** Of a layer: where it stands among its sources is said apart, by place, and where it starts decides nothing. */
const UNMARKED: readonly string[] = ['id', 'from', 'init', 'learningRateScale', ...numberKeys];

function layerMark(layer: Layer): unknown {
  return picked(layer, key => !UNMARKED.includes(key));
}

function optimizerMark({ training: { optimizer } }: Network): unknown {
  const used = optimizers[optimizer.type].settings.filter(key => key !== 'learningRate');
  return picked(optimizer, key => key === 'type' || used.includes(key));
}

function lossMark({ loss }: Network): unknown {
  const used = losses[loss.type].settings;
  return picked(loss, key => key !== 'half' || used.includes(key));
}

function picked(group: object, isIn: (key: string) => boolean): unknown {
  return Object.fromEntries(Object.entries(group).filter(([key]) => isIn(key)));
}

/** A data set never changes, and to look at all of a large one takes a while. */
const dataMarks = new WeakMap<Dataset, DataMark>();
const sampledMarks = new WeakMap<Dataset, DataMark>();

function known(
  marks: WeakMap<Dataset, DataMark>,
  dataset: Dataset,
  make: (dataset: Dataset) => DataMark,
): DataMark {
  let mark = marks.get(dataset);
  if (!mark) marks.set(dataset, (mark = make(dataset)));
  return mark;
}

function newDataMark({ inputs, targets, training, validation }: Dataset): DataMark {
  const sum = new Checksum().add(inputs.values);
  if (inputs.type === 'bytes') sum.add(inputs.offset).add(inputs.scale);
  sum.add(targets).add(training).add(validation);
  return { training: training.length, validation: validation.length, checksum: sum.hex() };
}

/** Numbers that are looked at, of inputs and of targets each: all of small data. */
const SAMPLED = 2 ** 16;

function sampledMark({ inputs, targets, training, validation }: Dataset): DataMark {
  const sum = new Checksum();
  for (const numbers of [inputs.values, targets]) {
    const step = Math.ceil(numbers.length / SAMPLED) || 1;
    const count = Math.ceil(numbers.length / step);
    sum.add(Float64Array.from({ length: count }, (_, i) => numbers[i * step]));
  }
  const counts = { training: training.length, validation: validation.length };
  return { ...counts, checksum: sum.hex(), sampled: true };
}

/**
 * @param owner of the network and the data that are to go on
 * @throws CheckpointError when the checkpoint is of another network or other data, or its numbers do not fit
 */
export function checkCheckpoint(checkpoint: Checkpoint, owner: CheckpointOwner, plan: Plan): void {
  checkOwner(checkpoint.owner, owner);
  const { step, epoch, position, parameters, optimizer } = checkpoint;
  const { moments, clock } = optimizer;
  if (moments.length !== plan.moments.length) {
    throw damaged(`${plan.moments.length} moment arrays`, `${moments.length}`);
  }
  for (const numbers of [parameters, ...moments]) {
    const expected = plan.parameters.length;
    if (numbers.length !== expected) throw damaged(`${expected} numbers`, `${numbers.length}`);
    const bad = firstNonFinite(numbers, 0, numbers.length);
    if (bad >= 0) throw damaged('finite numbers', `${numbers[bad]} at place ${bad}`);
  }
  const { training } = owner.data;
  for (const [name, value, most] of [
    ['step', step, Number.MAX_SAFE_INTEGER],
    ['epoch', epoch, Number.MAX_SAFE_INTEGER],
    ['epoch of the schedule', optimizer.epoch ?? epoch, Number.MAX_SAFE_INTEGER],
    ['position', position, training],
  ] as const) {
    const fits = Number.isSafeInteger(value) && value >= 0 && value <= most;
    if (!fits) throw damaged(`a whole ${name} from 0 to ${most}`, `${value}`);
  }
  const powers = [clock.beta1Power, clock.beta2Power];
  if (!powers.every(power => power >= 0 && power <= 1)) {
    throw damaged('powers of β from 0 to 1', powers.join(' and '));
  }
}

/** The sentence about a checkpoint whose numbers cannot be. */
export function damaged(expected: string, found: string): CheckpointError {
  return new CheckpointError(
    `The checkpoint is damaged: expected ${expected}, found ${found}. Use another one.`,
  );
}

/** @throws CheckpointError that names the first difference */
function checkOwner(found: CheckpointOwner, expected: CheckpointOwner): void {
  checkMark(found, expected.network);
  const [theirs, ours] = [found.data, expected.data];
  if (firstDifference(theirs, ours, []) === undefined) return;
  const samples = ({ training, validation }: DataMark): string =>
    `${training} samples to train with and ${validation} to validate`;
  const difference =
    samples(theirs) === samples(ours)
      ? 'as many samples, but other numbers'
      : `it has ${samples(theirs)}, here there are ${samples(ours)}`;
  throw new CheckpointError(
    `The checkpoint is of other data: ${difference}. Go on with the data that it was made of, or train anew.`,
  );
}

/** @throws CheckpointError that names the first difference between the network of the checkpoint and this one */
export function checkNetwork(found: CheckpointOwner, network: Network): void {
  checkMark(found, networkMark(network));
}

function checkMark(found: CheckpointOwner, expected: unknown): void {
  const other = firstDifference(found.network, expected, []);
  if (!other) return;
  const [there, here] = [other.found, other.expected].map(value => JSON.stringify(value));
  throw new CheckpointError(
    `The checkpoint is of another network: ${formatPath(other.path)} is ${there} in it and ${here} here. Go on with the network that it was made of, or train anew.`,
  );
}

interface Difference {
  readonly path: JsonPath;
  readonly found: unknown;
  readonly expected: unknown;
}

/** Between plain data, in the order of the expected ones. */
function firstDifference(
  found: unknown,
  expected: unknown,
  path: JsonPath,
): Difference | undefined {
  if (found === expected) return undefined;
  if (!isObject(found) || !isObject(expected) || Array.isArray(found) !== Array.isArray(expected)) {
    return { path, found, expected };
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const step = Array.isArray(expected) ? Number(key) : key;
    const inner = firstDifference(found[key], expected[key], [...path, step]);
    if (inner) return inner;
  }
  return undefined;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
