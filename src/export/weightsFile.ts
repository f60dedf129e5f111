/**
 * The file that a network's weights are in, when they are too many for its text.
 *
 * Its name carries the first digits of its hash (`name.1a2b3c4d.safetensors`), and a file that is there is never
 * written over. So every version of the text (undone, saved, reverted, restored after a crash, of another commit)
 * finds the very numbers that it was written with, and there is no moment in which text and file do not fit. What
 * is not needed any more is for the person to delete, as the undone text may still name it.
 */
import { numberKeys, withoutNumbers } from '../network/layerNumbers';
import { hasParameters } from '../network/layerTypes';
import type { JsonPath, Network, WeightsFile } from '../network/network';
import { readable } from '../network/sentence';
import { inferShapes } from '../network/shapes';
import { parameterTensors, takeTensors, TensorError, tensorPlaces } from './parameterTensors';
import { readSafetensors, writeSafetensors } from './safetensors';
import { SafetensorsError } from './safetensorsHeader';
import { sha256 } from './sha256';
import type { Digest } from './sha256';

/** Networks with more parameters have them in a file. */
export const MOST_INLINE = 20_000;

/** A file that is not the one that the text names, or does not fit the network, and where to say so. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';

  constructor(
    readonly code: string,
    message: string,
    readonly path: JsonPath = ['weights', 'file'],
  ) {
    super(readable(message));
  }
}

/** How to go on without the file: the end of every sentence about it. */
export const REMEDY =
  'Put the right file there, or remove "weights" to start with new ones from the seed.';

/** Whether the parameters of a network belong in a file. Who has one keeps it. */
export function belongsInFile(network: Network): boolean {
  return network.weights !== undefined || inferShapes(network).parameters > MOST_INLINE;
}

/** Where files of weights are kept, by the names that the text gives them. */
export interface WeightsStore {
  readonly subtle: Digest;
  /** Undefined where there is none. */
  read(file: string): Promise<Uint8Array | undefined>;
  /** Where nothing is yet: as a whole, or not at all. */
  write(file: string, bytes: Uint8Array): Promise<void>;
}

/**
 * Keeps all parameters of a network in a file of its precision. Rejects as the store does; then nothing has changed.
 *
 * @param beside the file that the network has named, or the network's own name: the new one is named alike
 * @param parameters in the file's order
 * @returns what the text has to name
 */
export async function storeWeights(
  network: Network,
  beside: string,
  parameters: Float64Array,
  { subtle, read, write }: WeightsStore,
): Promise<WeightsFile> {
  const bytes = writeSafetensors(parameterTensors(network, parameters));
  const sum = await sha256(bytes, subtle);
  const stem = beside
    .replace(/\.nn\.json$/, '')
    .replace(/(\.([0-9a-f]{8}|[0-9a-f]{64}))?\.safetensors$/, '');
  const named = (digits: number): string => `${stem}.${sum.slice(0, digits)}.safetensors`;
  const present = await read(named(8));
  const isOther = present !== undefined && (await sha256(present, subtle)) !== sum;
  // Other numbers under the short name are somebody else's, or damaged: they stay as they are.
  const file = isOther ? named(sum.length) : named(8);
  if (!present || isOther) await write(file, bytes);
  return { file, sha256: sum };
}

/**
 * The network with the parameters of the file that it names.
 *
 * @throws WeightsError when the bytes are not those that the text means, or their tensors do not fit the network
 */
export async function withWeights(
  network: Network,
  bytes: Uint8Array,
  subtle: Digest,
): Promise<Network> {
  const { weights } = network;
  if (!weights) return network;
  const { file, sha256: expected } = weights;
  const found = await sha256(bytes, subtle);
  if (found !== expected) {
    throw new WeightsError(
      'weights.hash',
      `${file} (${bytes.length} bytes) is not the file that the network was saved with: expected SHA-256 ${expected}, found ${found}. ${REMEDY}`,
      ['weights', 'sha256'],
    );
  }
  return { ...network, weights: { ...weights, parameters: parametersIn(network, file, bytes) } };
}

function parametersIn(network: Network, file: string, bytes: Uint8Array): Float64Array {
  const parameters = new Float64Array(inferShapes(network).stored);
  // A layer with numbers in the text has none in the file: two answers to one question are none.
  const places = tensorPlaces(network).filter(({ layer }) => !isInText(network, layer));
  try {
    takeTensors(network, places, readSafetensors(bytes).tensors, parameters);
    return parameters;
  } catch (error) {
    const message = error instanceof Error ? `${file}: ${error.message} ${REMEDY}` : '';
    if (error instanceof SafetensorsError) throw new WeightsError('weights.format', message);
    if (!(error instanceof TensorError)) throw error;
    const { layer } = error;
    const path = layer !== undefined && isInText(network, layer) ? ['layers', layer] : undefined;
    throw new WeightsError('weights.tensors', message, path);
  }
}

function isInText({ layers }: Network, index: number): boolean {
  const layer = layers[index];
  return hasParameters(layer) && numberKeys.some(key => layer[key] !== undefined);
}

/** The network as a new one of its seed: without parameters, wherever they are. */
export function withoutWeights(network: Network): Network {
  return { ...network, layers: network.layers.map(withoutNumbers), weights: undefined };
}
