/**
 * The files that the weights of networks are in, through VS Code's file system (so that they may lie on another
 * machine or in a browser). How they are named, and why none is written over: `export/weightsFile.ts`.
 */
import { Uri, l10n, workspace } from 'vscode';
import { storeWeights, WeightsError, withWeights } from '../export/weightsFile';
import { pathFault } from '../network/dataFiles';
import { limits } from '../network/limits';
import type { Network, WeightsFile } from '../network/network';
import { dataReach, isWithinReach } from './dataFiles';
import { nameOf } from './documents';
import { leadsOutOf } from './links';
import { messageOf } from './messageOf';
import { writeWhole } from './wholeFiles';

/** As many float64 numbers as a network can have, and a header. */
const MAX_WEIGHTS_BYTES = 8 * limits.parameters + 1024 * 1024;

/**
 * The network with the numbers of the file that it names; the same network where it names none.
 *
 * Rejects with {@link WeightsError} when the file is missing, out of reach, another one, or does not fit.
 */
export async function readWeights(document: Uri, network: Network): Promise<Network> {
  if (!network.weights) return network;
  const { file } = network.weights;
  const bytes = await bytesOf(await resolve(document, file), file);
  return withWeights(network, bytes, crypto.subtle);
}

async function bytesOf(uri: Uri, file: string): Promise<Uint8Array> {
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size <= MAX_WEIGHTS_BYTES) return await workspace.fs.readFile(uri);
  } catch (error) {
    throw new WeightsError(
      'weights.missing',
      l10n.t(
        'The weights are in the file "{0}", which cannot be read ({1}). Put the right file there, or remove "weights" to start with new ones from the seed.',
        file,
        messageOf(error),
      ),
    );
  }
  throw new WeightsError(
    'weights.size',
    l10n.t(
      'The file of weights "{0}" has more than {1} MB, which no network needs. Put the right file there, or remove "weights" to start with new ones from the seed.',
      file,
      Math.floor(MAX_WEIGHTS_BYTES / 1e6),
    ),
  );
}

/** Rejects with {@link WeightsError} when the path leaves the workspace folder, as one of data may not either. */
async function resolve(document: Uri, file: string): Promise<Uri> {
  const isFaulty = pathFault(file) !== undefined || !isWithinReach(document, file);
  const uri = Uri.joinPath(document, '..', file);
  if (!isFaulty && !(await leadsOutOf(dataReach(document), uri))) return uri;
  throw new WeightsError(
    'weights.path',
    l10n.t(
      'The path "{0}" of the weights leaves the workspace folder. Put the file inside of it.',
      file,
    ),
  );
}

/**
 * Keeps all parameters in a file of their own beside the network. Rejects with the reason; then nothing has changed.
 *
 * @returns what the text has to name
 */
export function writeWeights(
  document: Uri,
  network: Network,
  parameters: Float64Array,
): Promise<WeightsFile> {
  const beside = network.weights?.file ?? nameOf({ uri: document });
  return storeWeights(network, beside, parameters, {
    subtle: crypto.subtle,
    read: async file => {
      const uri = await resolve(document, file);
      return Promise.resolve(workspace.fs.readFile(uri)).catch(() => undefined);
    },
    write: async (file, bytes) => writeWhole(await resolve(document, file), bytes),
  });
}
