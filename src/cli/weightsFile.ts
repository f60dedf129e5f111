/** The file that a network's weights are in, read from the disk and written to it. */
import { webcrypto } from 'node:crypto';
import { dirname, join } from 'node:path';
import { REMEDY, storeWeights, WeightsError, withWeights } from '../export/weightsFile';
import type { Issue, Network, WeightsFile } from '../network/network';
import { fileNamed, reachOf } from './dataFiles';
import type { Fault } from './dataFiles';
import { messageOf } from './io';
import type { CliIo } from './io';

/**
 * The network with the numbers of its file of weights, where it names one; and what is wrong with that. A file
 * that does not do leaves the network without numbers: none are drawn in their place.
 *
 * @param file the network file
 */
export async function readWeightsFile(
  file: string,
  network: Network,
  io: CliIo,
): Promise<{ network: Network; issues: readonly Omit<Issue, 'range'>[] }> {
  if (!network.weights) return { network, issues: [] };
  try {
    const bytes = await bytesOf(file, network.weights, io);
    return { network: await withWeights(network, bytes, webcrypto.subtle), issues: [] };
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    const { code, message, path } = error;
    return { network, issues: [{ code, severity: 'error', path, message }] };
  }
}

/** @throws WeightsError when the file cannot be read, or is out of reach */
async function bytesOf(file: string, { file: name }: WeightsFile, io: CliIo): Promise<Uint8Array> {
  const real = await fileNamed(name, await reachOf(file, io), io);
  if (real === undefined) {
    throw new WeightsError(
      'weights.path',
      `The path ${name} of the weights leads out of the folder of the network and of the current folder. Put the file there, or run nabla in a folder that has both.`,
    );
  }
  const found = typeof real === 'string' ? await io.readFile(real).catch(faultOf) : real;
  if (!('fault' in found)) return found;
  throw new WeightsError(
    'weights.missing',
    `The weights are in the file ${name}, which cannot be read (${found.fault}). ${REMEDY}`,
  );
}

const faultOf = (error: unknown): Fault => ({ fault: messageOf(error) });

/**
 * Writes all parameters into a file of their own. Rejects with the reason; then nothing has changed.
 *
 * @param path where the network itself is written
 * @param beside the file that the network has named, or its own name
 * @returns what the network's text has to name
 */
export function writeWeightsFile(
  path: string,
  beside: string,
  network: Network,
  parameters: Float64Array,
  io: CliIo,
): Promise<WeightsFile> {
  const folder = dirname(path);
  return storeWeights(network, beside, parameters, {
    subtle: webcrypto.subtle,
    read: file => io.readFile(join(folder, file)).catch(() => undefined),
    write: (file, bytes) => io.writeFile(join(folder, file), bytes),
  });
}
