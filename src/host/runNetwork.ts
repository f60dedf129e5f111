/**
 * The network that a run's worker holds, and how it follows the text.
 *
 * `truth` is that network as the text says it. Comparing the text with it tells a change by somebody else
 * from our own writing, however the messages cross: there is no flag that could stay set.
 */
import { l10n } from 'vscode';
import type { Disposable, TextDocument, Uri } from 'vscode';
import { dataFiles } from '../network/dataFiles';
import type { NetworkEdit } from '../network/edit';
import type { Network } from '../network/network';
import { parameterRows } from '../network/parameterRows';
import type { NetworkShapes } from '../network/shapes';
import type { DataIssue, LoadResult, WorkerApi } from '../protocol';
import { IssuesError } from '../rpc';
import type { Remote } from '../rpc';
import { changeBetween } from './compare';
import type { NetworkChange } from './compare';
import { DataFileError, readDataFiles } from './dataFiles';
import { DataWatch } from './dataWatch';
import { EditRefused, nameOf } from './documents';
import type { Documents } from './documents';
import type { EngineLink } from './engineLink';
import type { RunRecord } from './runRecord';

/** What the worker holds. */
export interface Loaded {
  /** The network that the text must equal while nothing is being trained. */
  readonly truth: Network;
  /** The network at the start of the run: what Reset goes back to. */
  readonly start: Network;
  readonly shapes: NetworkShapes;
  /** Whether trained parameters were carried over from an earlier load. */
  readonly continued: boolean;
}

export class RunNetwork implements Disposable {
  readonly #uri: Uri;
  readonly #documents: Documents;
  readonly #engine: EngineLink;
  readonly #record: RunRecord;
  readonly #watch: DataWatch;
  #loaded: Loaded | undefined;
  #dataChanged = false;
  #equal: readonly [Network?, Network?] = [];

  /** `dataChanged` hears that a data file has changed. */
  constructor(
    uri: Uri,
    documents: Documents,
    engine: EngineLink,
    record: RunRecord,
    dataChanged: () => void,
  ) {
    this.#uri = uri;
    this.#documents = documents;
    this.#engine = engine;
    this.#record = record;
    this.#watch = new DataWatch(uri, () => {
      this.#dataChanged = true;
      dataChanged();
    });
  }

  get loaded(): Loaded | undefined {
    return this.#loaded;
  }

  /** As {@link loaded}, where it was there a moment ago: only the end of the worker can have taken it away. */
  get held(): Loaded {
    if (this.#loaded) return this.#loaded;
    throw new Error(l10n.t('The training engine stopped. Try again.'));
  }

  /** The worker is gone, and with it what it held. */
  forget(): void {
    this.#loaded = undefined;
  }

  /** Whether the worker holds what the text says, or the text says nothing usable. */
  async isCurrent(): Promise<boolean> {
    if (!this.#loaded || this.#dataIsWaiting()) return false;
    const { network } = this.#documents.read(await this.#documents.document(this.#uri));
    return !network || this.#changeTo(network) === 'none';
  }

  /**
   * Brings the worker to the text as it is now. `interrupt` is called before a change of the text (not of
   * the data) takes effect, also of one that makes the text unusable; `kept` when the parameters can stay.
   */
  async follow(interrupt: (kept: boolean) => Promise<void>): Promise<void> {
    const document = await this.#documents.document(this.#uri);
    const { network, lastValid } = this.#documents.read(document);
    if (!this.#loaded) return this.load(usable(network ?? lastValid?.network, document), false);
    const change = network && this.#changeTo(network);
    if (change === 'none' && !this.#dataIsWaiting()) return;
    if (change !== 'none') await interrupt(change !== 'parameters');
    if (!network) return;
    // Trained parameters that the text never had are kept while they fit; else the text is right.
    await this.load(network, this.#record.ahead && change !== 'parameters');
  }

  /** Makes the worker hold `network`. With data that cannot be used it holds the network alone. */
  async load(network: Network, keepParameters: boolean): Promise<void> {
    const worker = await this.#engine.remote();
    const before = this.#loaded;
    this.#watch.watch(dataFiles(network));
    this.#dataChanged = false;
    const { result, issues } = await this.#loadWithData(worker, network, keepParameters);
    const continued = keepParameters && before !== undefined;
    const start = continued ? before.start : network;
    this.#loaded = { truth: network, start, shapes: result.shapes, continued };
    this.#record.setAhead(continued && this.#record.ahead);
    this.#record.outdateGradcheck();
    if (!result.data) this.#record.clearHistory();
    this.#record.setData(result.data, issues);
  }

  /** Edits the text; what it then says is the truth. Rejects with `EditRefused`. */
  async edit(edits: readonly NetworkEdit[], label: string): Promise<void> {
    const before = this.#loaded;
    try {
      await this.#documents.apply(await this.#documents.document(this.#uri), edits, label, {
        planned: (next, current) => before && this.#expect(before, next, current),
      });
    } catch (error) {
      this.#loaded = before;
      throw error;
    }
  }

  /** What the text has to be changed by to have the worker's parameters; nothing where it has them. */
  async seenEdits(): Promise<readonly NetworkEdit[]> {
    const loaded = this.#loaded;
    if (!loaded || !this.#record.ahead) return [];
    const worker = await this.#engine.remote();
    const layers = parameterRows(loaded.shapes, await worker.parameters());
    return [{ type: 'setParameters', label: '', layers }];
  }

  /** Writes the worker's parameters into the text. Rejects with `EditRefused`. */
  async writeParameters(label: string): Promise<void> {
    const loaded = this.#loaded;
    if (!loaded) return;
    const worker = await this.#engine.remote();
    const layers = parameterRows(loaded.shapes, await worker.parameters());
    await this.edit([{ type: 'setParameters', label, layers }], label);
    this.#record.setAhead(false);
  }

  dispose(): void {
    this.#watch.dispose();
  }

  /** New data wait until nothing is being trained. */
  #dataIsWaiting(): boolean {
    return this.#dataChanged && !this.#record.running;
  }

  /** `next` becomes the truth; refuses when somebody's change has not reached the worker yet. */
  #expect(before: Loaded, next: Network, current: Network): void {
    if (changeBetween(before.truth, current) !== 'none')
      throw new EditRefused(
        l10n.t('The text changed at the same moment; nothing was written. Try again.'),
      );
    this.#loaded = { ...before, truth: next };
  }

  /** From the truth to `network`; an object that was found equal is not compared again. */
  #changeTo(network: Network): NetworkChange {
    const truth = this.#loaded?.truth;
    if (!truth) return 'parameters';
    const [knownTruth, knownNetwork] = this.#equal;
    if (truth === knownTruth && network === knownNetwork) return 'none';
    const change = changeBetween(truth, network);
    if (change === 'none') this.#equal = [truth, network];
    return change;
  }

  async #loadWithData(
    worker: Remote<WorkerApi>,
    network: Network,
    keepParameters: boolean,
  ): Promise<{ result: LoadResult; issues: readonly DataIssue[] }> {
    try {
      const files = await readDataFiles(this.#uri, network);
      const result = await worker.load({ network, files, keepParameters });
      return { result, issues: result.issues };
    } catch (error) {
      const issues = issuesOf(error);
      if (!issues || !network.data) throw error;
      const alone = { ...network, data: undefined };
      return { result: await worker.load({ network: alone, files: {}, keepParameters }), issues };
    }
  }
}

function usable(network: Network | undefined, document: TextDocument): Network {
  if (network) return network;
  throw new Error(
    l10n.t(
      'The text of {0} is not a usable network yet: see the Problems panel.',
      nameOf(document),
    ),
  );
}

function issuesOf(error: unknown): readonly DataIssue[] | undefined {
  if (error instanceof DataFileError) return [error.issue];
  return error instanceof IssuesError ? error.issues : undefined;
}
