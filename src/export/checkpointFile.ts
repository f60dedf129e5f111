/**
 * A checkpoint as a safetensors file: the parameters under the names that a file of weights has, the moments of
 * the optimizer behind `moments.<k>.`, everything else as texts in the metadata.
 */
import { CheckpointError, checkNetwork, damaged } from '../engine/checkpoint';
import type { Checkpoint, CheckpointOwner } from '../engine/checkpoint';
import { Checksum } from '../engine/checksum';
import { momentCount } from '../engine/optimizers';
import type { Evaluation } from '../engine/trainer';
import type { Network } from '../network/network';
import { shown } from '../network/sentence';
import { inferShapes } from '../network/shapes';
import { parameterTensors, takeTensors, tensorPlaces, TensorError } from './parameterTensors';
import { readSafetensors, writeSafetensors } from './safetensors';
import type { Tensor, TensorFile } from './safetensors';
import { readHeader, SafetensorsError } from './safetensorsHeader';

const FORMAT = 'nabla.checkpoint';
const VERSION = '1';

const momentPrefix = (index: number): string => `moments.${index}.`;

/** The file of a checkpoint of this network. The same checkpoint gives the same bytes. */
export function writeCheckpoint(network: Network, checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const { owner, step, epoch, position, parameters, optimizer, evaluation } = checkpoint;
  const { clock, moments } = optimizer;
  const tensors = [
    ...parameterTensors(network, parameters),
    ...moments.flatMap((moment, k) => parameterTensors(network, moment, momentPrefix(k))),
  ];
  const scheduled = scheduledApart(checkpoint);
  const numbers = {
    ...{ step, epoch, position, ...clock, gradientNorm: checkpoint.gradientNorm },
    ...(scheduled !== undefined && { scheduleEpoch: scheduled }),
  };
  const entries: [string, string][] = [
    ['format', FORMAT],
    ['version', VERSION],
    ...Object.entries(numbers).map(([key, value]): [string, string] => [key, numberText(value)]),
    ...(evaluation ? evaluationEntries(evaluation) : []),
    ['owner', JSON.stringify(owner)],
    ['checksum', checksumOf(checkpoint)],
  ];
  return writeSafetensors(tensors, new Map(entries));
}

/** The epoch of the schedule, where it is not that of the training: in most files there is none. */
function scheduledApart({ epoch, optimizer }: Checkpoint): number | undefined {
  return optimizer.epoch === epoch ? undefined : optimizer.epoch;
}

/** Whether a file is a checkpoint, of whatever network. */
export function isCheckpoint(bytes: Uint8Array): boolean {
  try {
    return readHeader(bytes).metadata.get('format') === FORMAT;
  } catch (error) {
    if (error instanceof SafetensorsError) return false;
    throw error;
  }
}

/**
 * Reads the checkpoint of a network. Whether the data are the same is checked by the trainer that resumes it.
 *
 * @throws CheckpointError when the file is none, is damaged, or is of another network
 */
export function readCheckpoint(network: Network, bytes: Uint8Array): Checkpoint {
  try {
    return checkpointIn(network, readSafetensors(bytes));
  } catch (error) {
    const known = error instanceof SafetensorsError || error instanceof TensorError;
    throw known ? new CheckpointError(`The checkpoint cannot be read. ${error.message}`) : error;
  }
}

function checkpointIn(network: Network, { tensors, metadata }: TensorFile): Checkpoint {
  const format = metadata.get('format');
  if (format !== FORMAT) {
    throw new CheckpointError(
      `Expected a checkpoint (format ${FORMAT}), found ${format === undefined ? 'a file of tensors alone' : JSON.stringify(format)}. Name a file that was saved as a checkpoint.`,
    );
  }
  const version = metadata.get('version');
  if (version !== VERSION) {
    throw new CheckpointError(
      `The checkpoint has ${version === undefined ? 'no version' : `version ${shown(version)}`}, this Nabla reads version ${VERSION}. Update Nabla, or train anew.`,
    );
  }
  const owner = ownerIn(metadata);
  checkNetwork(owner, network);
  const read = (key: string): number => numberIn(metadata, key);
  const numbers = numbersIn(network, tensors);
  const epoch = read('epoch');
  const checkpoint: Checkpoint = {
    owner,
    step: read('step'),
    epoch,
    position: read('position'),
    parameters: numbers[0],
    optimizer: {
      moments: numbers.slice(1),
      clock: { beta1Power: read('beta1Power'), beta2Power: read('beta2Power') },
      epoch: metadata.has('scheduleEpoch') ? read('scheduleEpoch') : epoch,
    },
    gradientNorm: read('gradientNorm'),
    evaluation: evaluationIn(metadata),
  };
  if (metadata.get('checksum') === checksumOf(checkpoint)) return checkpoint;
  throw damaged('numbers with the checksum that they had', 'others');
}

function ownerIn(metadata: ReadonlyMap<string, string>): CheckpointOwner {
  const text = metadata.get('owner');
  const { network, data } = (parsed(text) ?? {}) as { network?: unknown; data?: unknown };
  const { training, validation, checksum } = (data ?? {}) as { readonly [key: string]: unknown };
  const counts = typeof training === 'number' && typeof validation === 'number';
  if (!counts || typeof checksum !== 'string') throw damaged('a network and its data', shown(text));
  return { network, data: { training, validation, checksum } };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** The parameters, then each of the moments that the network's optimizer keeps. */
function numbersIn(network: Network, tensors: readonly Tensor[]): readonly Float64Array[] {
  const { stored: count } = inferShapes(network);
  const names = tensorPlaces(network);
  const arrays = 1 + momentCount(network.training.optimizer);
  const places = Array.from({ length: arrays }, (_, k) =>
    names.map(place => ({
      ...place,
      name: (k === 0 ? '' : momentPrefix(k - 1)) + place.name,
      offset: k * count + place.offset,
    })),
  );
  const all = new Float64Array(arrays * count);
  takeTensors(network, places.flat(), tensors, all);
  return places.map((_, k) => all.slice(k * count, (k + 1) * count));
}

/** Shortest digits that read back equal; JSON has no NaN. */
function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function numberIn(metadata: ReadonlyMap<string, string>, key: string): number {
  const text = metadata.get(key);
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value) && text !== 'NaN') throw damaged(`a number as ${key}`, shown(text));
  return value;
}

function evaluationIn(metadata: ReadonlyMap<string, string>): Evaluation | undefined {
  if (!metadata.has('evaluation.loss')) return undefined;
  const read = (key: keyof Evaluation): number => numberIn(metadata, `evaluation.${key}`);
  return {
    loss: read('loss'),
    validationLoss: read('validationLoss'),
    accuracy: read('accuracy'),
    validationAccuracy: read('validationAccuracy'),
    r2: metadata.has('evaluation.r2') ? read('r2') : NaN,
    validationR2: metadata.has('evaluation.validationR2') ? read('validationR2') : NaN,
  };
}

/** Over every number: a damaged file is not gone on with. */
function checksumOf({ parameters, optimizer, ...rest }: Checkpoint): string {
  const { step, epoch, position, gradientNorm, evaluation } = rest;
  const scheduled = scheduledApart({ ...rest, parameters, optimizer });
  const { beta1Power, beta2Power } = optimizer.clock;
  const single = [step, epoch, position, gradientNorm, beta1Power, beta2Power];
  if (scheduled !== undefined) single.push(scheduled);
  const sum = new Checksum().add(numbered(single)).add(parameters);
  for (const moment of optimizer.moments) sum.add(moment);
  if (evaluation) sum.add(numbered(evaluationNumbers(evaluation)));
  return sum.hex();
}

/** NaN has many bit patterns, and a text says only that it is one. */
function numbered(values: readonly number[]): Float64Array {
  return Float64Array.from(values, value => (Number.isNaN(value) ? -Infinity : value));
}

/** Files that are older than R² have none, and those of classes need none: it is there where it is a number. */
function evaluationEntries(evaluation: Evaluation): readonly [string, string][] {
  return Object.entries(evaluation)
    .filter(([key, value]) => !/r2$/i.test(key) || !Number.isNaN(value))
    .map(([key, value]) => [`evaluation.${key}`, numberText(value as number)]);
}

function evaluationNumbers(evaluation: Evaluation): readonly number[] {
  const { loss, validationLoss, accuracy, validationAccuracy, r2, validationR2 } = evaluation;
  const late = [r2, validationR2].filter(value => !Number.isNaN(value));
  return [loss, validationLoss, accuracy, validationAccuracy, ...late];
}
