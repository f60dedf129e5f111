/**
 * Where the parameters of a run's network are kept: in its text, or in a file that the text names.
 *
 * The text stays the only truth, also about the numbers: it names a file by its hash, and each set of numbers has a
 * file of its own. So whatever brings back an older text (undo, revert, hot exit, another commit, a comparison)
 * brings back its numbers, two views of a document see the same ones, and a text that was saved under another name
 * in the same folder finds them too. A file that was renamed, moved or changed is told as a problem; nothing is
 * computed until it is back, or the person has said that new weights will do.
 */
import { l10n } from 'vscode';
import type { TextDocument, Uri } from 'vscode';
import { initialParameters } from '../engine/initializers';
import { belongsInFile, WeightsError } from '../export/weightsFile';
import type { EditOf, NetworkEdit } from '../network/edit';
import type { Network } from '../network/network';
import { parameterRows } from '../network/parameterRows';
import { inferShapes } from '../network/shapes';
import type { DataIssue } from '../protocol';
import { EditRefused } from './documents';
import type { Documents } from './documents';
import { messageOf } from './messageOf';
import { readWeights, writeWeights } from './weightsFiles';

export class RunWeights {
  readonly #uri: Uri;
  readonly #documents: Documents;
  /** The latest file that could not be used: it is not read again until the text or the file is another. */
  #refused: { readonly key: string; readonly error: WeightsError } | undefined;

  constructor(uri: Uri, documents: Documents) {
    this.#uri = uri;
    this.#documents = documents;
  }

  /** The network with its numbers, for the worker. Rejects with {@link WeightsError}. */
  async read(network: Network): Promise<Network> {
    // Of the network too: it says which tensors there have to be.
    const key = JSON.stringify([network.weights, inferShapes(network), network.training.precision]);
    if (this.#refused?.key === key) throw this.#refused.error;
    try {
      const read = await readWeights(this.#uri, network);
      this.#refused = undefined;
      return read;
    } catch (error) {
      if (error instanceof WeightsError) this.#refused = { key, error };
      throw error;
    }
  }

  /** The file may be another one now. */
  outdate(): void {
    this.#refused = undefined;
  }

  /**
   * The edit that keeps all parameters where they belong: few in the text, many in a file, which is written first.
   * Rejects with {@link EditRefused} when it cannot be written; then nothing has changed.
   */
  async keeping(network: Network, parameters: Float64Array, label: string): Promise<NetworkEdit> {
    const isUntitled = this.#uri.scheme === 'untitled';
    if (isUntitled || !belongsInFile(network)) return inText(network, parameters, label);
    const layers = network.layers.map(() => undefined);
    const weights = await this.#write(network, parameters);
    return { type: 'setParameters', label, layers, weights };
  }

  /**
   * What brings the numbers of the file that the text names into the text, beside the name; nothing where it names none. Rejects with
   * {@link EditRefused} when the file cannot be used.
   */
  async fromFile(document: TextDocument): Promise<readonly NetworkEdit[]> {
    const network = this.#documents.usable(document);
    if (!network.weights) return [];
    try {
      const parameters = initialParameters(await this.read(network));
      return [{ ...inText(network, parameters, ''), weights: network.weights }];
    } catch (error) {
      throw error instanceof WeightsError ? new EditRefused(error.message) : error;
    }
  }

  /**
   * Edits of layers or weights for a text that names a file: they begin by bringing the numbers into the text
   * ({@link fromFile}), and end by naming a file that has those that they leave. To the person it is one change of a
   * text that never had them.
   */
  async backToFile(
    document: TextDocument,
    edits: readonly NetworkEdit[],
  ): Promise<readonly NetworkEdit[]> {
    const current = this.#documents.usable(document);
    if (!current.weights) return edits;
    const { next } = this.#documents.plan(document, edits);
    const parameters = initialParameters({ ...next, weights: undefined });
    const weights = await this.#write(next, parameters);
    const layers = next.layers.map(() => undefined);
    return [...edits, { type: 'setParameters', label: '', layers, weights }];
  }

  async #write(network: Network, parameters: Float64Array) {
    try {
      return await writeWeights(this.#uri, network, parameters);
    } catch (error) {
      throw new EditRefused(
        l10n.t(
          'The file of weights could not be written ({0}). Make room beside the network, or let it be written to, then try again.',
          messageOf(error),
        ),
      );
    }
  }
}

/** All parameters in the layers. */
function inText(
  network: Network,
  parameters: Float64Array,
  label: string,
): EditOf<'setParameters'> {
  return { type: 'setParameters', label, layers: parameterRows(inferShapes(network), parameters) };
}

/** As the Problems panel shows it. */
export function weightsIssue({ code, message, path }: WeightsError): DataIssue {
  return { code, severity: 'error', path, message };
}
