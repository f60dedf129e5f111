/** Loading the data of a run: how far it is where it takes long, and ending it before it is done. */
import { l10n } from 'vscode';
import type { Uri } from 'vscode';
import type { Network } from '../network/network';
import type { LoadResult } from '../protocol';
import { changeBetween, leavesSteps } from './compare';
import { DataFileError } from './dataFiles';
import { nameOf } from './documents';
import type { EngineLink } from './engineLink';
import { showProgress } from './plainMessages';
import type { RunRecord } from './runRecord';
import { Store } from './store';

/** The text or the data are others than those that were being loaded. */
export class LoadOutdated extends Error {
  override readonly name = 'LoadOutdated';
}

export class RunLoading {
  readonly #uri: Uri;
  readonly #engine: EngineLink;
  readonly #record: RunRecord;
  /** What is being loaded. */
  #network: Network | undefined;
  /** Who wants it to end. */
  #ended: 'person' | 'newer' | undefined;

  constructor(uri: Uri, engine: EngineLink, record: RunRecord) {
    this.#uri = uri;
    this.#engine = engine;
    this.#record = record;
  }

  /**
   * Reads the files of a network and loads them. Rejects with {@link LoadOutdated} when something newer is to be loaded,
   * and with {@link DataFileError} when the person has ended it.
   */
  async load<F>(
    network: Network,
    read: () => Promise<F>,
    load: (files: F) => Promise<LoadResult>,
  ): Promise<LoadResult> {
    this.#network = network;
    this.#ended = undefined;
    try {
      const files = await read();
      if (this.#ended) throw this.#reason();
      return await load(files);
    } catch (error) {
      const isCancelled = error instanceof Error && error.name === 'Cancelled';
      throw isCancelled ? this.#reason() : error;
    } finally {
      this.#network = undefined;
      this.#record.setLoadPart(undefined);
    }
  }

  /** The part of the file under way, from 0 to 1. */
  showProgress(part: number): void {
    if (!this.#network) return;
    const isFirst = this.#record.loadPart === undefined;
    this.#record.setLoadPart(part);
    if (isFirst) this.#notify();
  }

  /** The person does not want to wait for it. */
  async cancel(): Promise<void> {
    await this.#end('person');
  }

  /** There is something newer: other data, or a text that says `network`. What changes no step's work can wait. */
  outdate(network?: Network): void {
    if (!this.#network) return;
    const change = network && changeBetween(this.#network, network);
    const waits = change === 'none' || (change && leavesSteps(change));
    if (!waits) void this.#end('newer').catch(() => undefined);
  }

  async #end(by: 'person' | 'newer'): Promise<void> {
    if (!this.#network) return;
    this.#ended = by;
    await (await this.#engine.beginning()).cancelLoad();
  }

  #reason(): Error {
    if (this.#ended !== 'person') return new LoadOutdated();
    const message = l10n.t(
      'Reading the data was cancelled, so there is nothing to train with. Train, a step or a gradcheck reads them again.',
    );
    return new DataFileError({
      code: 'data.cancelled',
      severity: 'error',
      path: ['data'],
      message,
    });
  }

  #notify(): void {
    const title = l10n.t('Reading the data of {0}', nameOf({ uri: this.#uri }));
    void showProgress(title, (progress, token) => {
      const store = new Store();
      let before = 0;
      return new Promise<void>(resolve => {
        store.add(token.onCancellationRequested(() => void this.cancel()));
        store.add(
          this.#record.onDidChange(event => {
            if (event.type !== 'loading') return;
            if (event.part === undefined) return resolve();
            progress.report({ increment: 100 * (event.part - before) });
            before = event.part;
          }),
        );
      }).finally(() => store.dispose());
    });
  }
}
