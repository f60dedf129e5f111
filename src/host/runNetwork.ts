/**
 * The network that a run's worker holds, and how it follows the text.
 *
 * `truth` is that network as the text says it. Comparing the text with it tells a change by somebody else
 * from our own writing, however the messages cross: there is no flag that could stay set.
 */
import { l10n } from 'vscode';
import type { Disposable, TextDocument, Uri } from 'vscode';
import { dataFilePlaces } from '../network/dataFiles';
import type { NetworkEdit } from '../network/edit';
import type { Network } from '../network/network';
import { parameterRows } from '../network/parameterRows';
import { tuningOf } from '../network/tuning';
import { tuningChanges } from '../network/tuningChanges';
import type { NetworkShapes } from '../network/shapes';
import { changeBetween, goesOnThrough, leavesSteps } from './compare';
import type { NetworkChange } from './compare';
import { DataWatch } from './dataWatch';
import { EditRefused } from './documents';
import type { Documents } from './documents';
import type { EngineLink } from './engineLink';
import { filePlaces, RunFiles } from './runFiles';
import type { Going } from './runFiles';
import { LoadOutdated, RunLoading } from './runLoading';
import type { RunPlace } from './runPlace';
import type { RunRecord } from './runRecord';
import { RunWeights } from './runWeights';
import { isHalfTyped, usable } from './usable';

/** Milliseconds without a key, after which a rate that is typed while training goes on is meant: 5 may become 5e-3. */
export const TYPING_REST = 400;

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
  readonly loading: RunLoading;
  readonly weights: RunWeights;
  readonly #uri: Uri;
  readonly #documents: Documents;
  readonly #engine: EngineLink;
  readonly #place: RunPlace;
  readonly #files: RunFiles;
  readonly #record: RunRecord;
  readonly #watch: DataWatch;
  #loaded: Loaded | undefined;
  #dataChanged = false;
  /** The person has ended the reading of the data. */
  #isCancelled = false;
  #equal: readonly [Network?, Network?] = [];
  readonly #changed: () => void;
  /** Runs while a learning rate is being typed. */
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** `changed` hears that the text or a data file has changed. */
  constructor(
    uri: Uri,
    documents: Documents,
    engine: EngineLink,
    place: RunPlace,
    record: RunRecord,
    changed: () => void,
  ) {
    this.#uri = uri;
    this.#documents = documents;
    this.#engine = engine;
    this.#place = place;
    this.#record = record;
    this.#changed = changed;
    this.loading = new RunLoading(uri, engine, record);
    this.weights = new RunWeights(uri, documents);
    const { loading, weights } = this;
    const holds = (): boolean => this.#loaded !== undefined;
    this.#files = new RunFiles({ uri, place, record, loading, weights, holds });
    this.#watch = new DataWatch(uri, () => {
      this.#dataChanged = true;
      this.weights.outdate();
      this.loading.outdate();
      changed();
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
    if (!this.#loaded || this.#dataIsWaiting() || this.#placeIsWaiting()) return false;
    const { network } = this.#documents.read(await this.#documents.document(this.#uri));
    if (!network) return true;
    const change = this.#changeTo(network);
    return change === 'none' || (goesOnThrough(change) && this.#rest !== undefined);
  }

  /** The text is another. A setting that is typed while training goes on is waited for, and its end always. */
  textChanged(document: TextDocument): void {
    clearTimeout(this.#rest);
    const { network, typed } = this.#documents.read(document);
    if (network) this.loading.outdate(network);
    const change = typed && network ? this.#changeTo(network) : 'none';
    const waits = this.#record.running ? goesOnThrough(change) : change === 'end';
    const tell = (): void => {
      this.#rest = undefined;
      this.#changed();
    };
    if (waits) this.#rest = setTimeout(tell, TYPING_REST);
    else tell();
  }

  /**
   * Brings the worker to the text as it is now. Other settings of the training are told to it: the run goes on as it is.
   * `interrupt` is called before any other change of the text (not of the data) takes effect, also of one that makes
   * the text unusable; `kept` when the parameters can stay.
   */
  async follow(interrupt: (kept: boolean) => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await this.#followOnce(interrupt);
      } catch (error) {
        if (!(error instanceof LoadOutdated)) throw error;
      }
    }
  }

  /** Data whose reading a person has ended are read again with the next `follow`. */
  wantData(): void {
    if (this.#isCancelled) this.#dataChanged = true;
  }

  async #followOnce(interrupt: (kept: boolean) => Promise<void>): Promise<void> {
    const document = await this.#documents.document(this.#uri);
    const read = this.#documents.read(document);
    if (!this.#loaded) return this.load(usable(read.network ?? read.lastValid?.network, document));
    if (this.#record.busy && isHalfTyped(read)) return;
    const { network } = read;
    const change = network && this.#changeTo(network);
    if (network && change === 'none' && !this.#dataIsWaiting())
      return this.#placeIsWaiting() ? this.load(network, { keepParameters: true }) : undefined;
    if (network && change && this.#goesOn(change)) return this.#tune(network);
    if (change !== 'none') await interrupt(change !== 'parameters');
    if (!network) return;
    // Trained parameters that the text never had are kept while they fit; else the text is right.
    const keepParameters = this.#record.ahead && change !== 'parameters';
    await this.load(network, { keepParameters, recognizes: change === 'parameters' });
  }

  /**
   * Makes the worker hold `network`, by itself with the parameters that it has in the text. With data that cannot be used
   * it holds the network alone.
   */
  async load(network: Network, how: Partial<Going> = {}): Promise<void> {
    const { keepParameters = false } = how;
    const before = this.#loaded;
    this.#watch.watch(filePlaces(network));
    const dataChanged = this.#dataChanged;
    this.#dataChanged = false;
    const going = { ...how, keepParameters };
    const { result, issues } = await this.#files.load(network, going).catch((error: unknown) => {
      this.#dataChanged ||= dataChanged;
      throw error;
    });
    this.#isCancelled = issues.some(({ code }) => code === 'data.cancelled');
    const continued = (keepParameters || result.continued) && before !== undefined;
    const start = continued ? before.start : network;
    this.#loaded = { truth: network, start, shapes: result.shapes, continued };
    this.#record.setAhead(keepParameters && continued && this.#record.ahead);
    if (before && keepParameters)
      this.#record.markChange(result.state, tuningChanges(before.truth, network));
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

  /**
   * What the text has to be changed by to have the parameters that are seen: those of the worker where it is ahead of
   * the text (and they are wanted), those of the file that the text names; nothing where the text has them.
   */
  async seenEdits(wantsTrained: boolean): Promise<readonly NetworkEdit[]> {
    const loaded = this.#loaded;
    if (!loaded || !this.#record.ahead || !wantsTrained)
      return this.weights.fromFile(await this.#documents.document(this.#uri));
    const worker = await this.#engine.remote();
    const layers = parameterRows(loaded.shapes, await worker.parameters());
    return [{ type: 'setParameters', label: '', layers, weights: loaded.truth.weights }];
  }

  /** Writes the worker's parameters, or those of a kept snapshot, into the text. Rejects with `EditRefused`. */
  async writeParameters(label: string, snapshot?: number): Promise<void> {
    if (!this.#loaded) return;
    const worker = await this.#engine.remote();
    await this.replaceParameters(await worker.parameters(snapshot), label);
    this.#record.setAhead(false);
  }

  /**
   * Writes parameters into the text, or the file that it names; with `change` after edits that make the network `next`.
   * Rejects with `EditRefused`.
   */
  async replaceParameters(
    parameters: Float64Array,
    label: string,
    { edits, next }: { readonly edits: readonly NetworkEdit[]; readonly next: Network } = {
      edits: [],
      next: this.held.truth,
    },
  ): Promise<void> {
    await this.edit([...edits, await this.weights.keeping(next, parameters, label)], label);
    // What has just been written is known: only a file that was read can be another one later.
    this.#watch.watch(dataFilePlaces(next));
  }

  dispose(): void {
    clearTimeout(this.#rest);
    this.#watch.dispose();
  }

  /**
   * Whether the run stays as it is. After a divergence the optimizer's state is nothing to go on from; and where nothing
   * is being trained, another place may be the better one for other steps.
   */
  #goesOn(change: NetworkChange): boolean {
    const { state, running } = this.#record;
    const isTuned = leavesSteps(change) || (change === 'tuning' && running);
    return isTuned && state?.phase !== 'diverged' && !this.#dataIsWaiting();
  }

  async #tune(network: Network): Promise<void> {
    const before = this.held;
    const worker = await this.#engine.remote();
    const at = await worker.tune(tuningOf(network));
    this.#record.markChange(at, tuningChanges(before.truth, network));
    this.#loaded = { ...before, truth: network };
  }

  /** New data wait until nothing is being trained. */
  #dataIsWaiting(): boolean {
    return this.#dataChanged && !this.#record.busy;
  }

  /** Another place or arithmetic waits as well. */
  #placeIsWaiting(): boolean {
    return this.#place.isOutdated && !this.#record.busy;
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
}
