/**
 * The runs: at most one per document, started when somebody needs it, closed when nobody has for a while.
 *
 * Designers and hovers hold a lease. When the last one is given back the run stays for a moment (the next
 * hover would start a worker again), and as long as it trains.
 */
import { EventEmitter, workspace } from 'vscode';
import type { Disposable, TextDocument, Uri } from 'vscode';
import { SECTION, settingIds } from './manifest';
import { Run } from './run';
import type { RunWorld } from './run';
import type { RunEvent } from './runRecord';
import { Store } from './store';
import { isIn } from './unfinishedFiles';

/** How long a run that nobody needs stays, in milliseconds. */
export const GRACE = 5000;

/** The right to use a run until it is disposed. */
export interface Lease extends Disposable {
  readonly run: Run;
}

/** `event` is absent when the run has just begun or ended. */
export interface RunsEvent {
  readonly uri: Uri;
  readonly event: RunEvent | undefined;
}

interface Entry {
  readonly run: Run;
  readonly store: Store;
  leases: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class Runs implements Disposable {
  readonly #world: RunWorld;
  readonly #store = new Store();
  readonly #entries = new Map<string, Entry>();
  readonly #changed = this.#store.add(new EventEmitter<RunsEvent>());
  readonly onDidChange = this.#changed.event;

  constructor(world: RunWorld) {
    this.#world = world;
    this.#store.add(
      world.documents.onDidChange((document: TextDocument) =>
        this.get(document.uri)?.textChanged(document),
      ),
    );
    this.#followFiles();
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        const ids = [settingIds.engine, settingIds.threads, settingIds.fastMaths];
        if (!ids.some(id => event.affectsConfiguration(`${SECTION}.${id}`))) return;
        for (const run of this.all()) run.engineChanged();
      }),
    );
  }

  /** The run of a document, if there is one now. */
  get(uri: Uri): Run | undefined {
    return this.#entries.get(uri.toString())?.run;
  }

  all(): readonly Run[] {
    return [...this.#entries.values()].map(({ run }) => run);
  }

  /** The run of a document, made if need be. It stays at least until the lease is disposed. */
  acquire(uri: Uri): Lease {
    const entry = this.#entries.get(uri.toString()) ?? this.#begin(uri);
    clearTimeout(entry.timer);
    entry.leases += 1;
    let held = true;
    return {
      run: entry.run,
      dispose: () => {
        if (!held) return;
        held = false;
        entry.leases -= 1;
        this.#endLater(entry);
      },
    };
  }

  /** Uses the run of a document for one task. */
  async use<T>(uri: Uri, task: (run: Run) => Promise<T>): Promise<T> {
    const lease = this.acquire(uri);
    try {
      return await task(lease.run);
    } finally {
      lease.dispose();
    }
  }

  dispose(): void {
    for (const entry of this.#entries.values()) this.#end(entry);
    this.#store.dispose();
  }

  /** What is trained goes with a file that is renamed, and ends with one that is deleted: nobody would see it. */
  #followFiles(): void {
    const runsIn = (files: readonly Uri[]): readonly Run[] =>
      this.all().filter(({ uri }) => files.some(file => isIn(uri.toString(), file)));
    this.#store.add(
      workspace.onWillRenameFiles(event => {
        const leaving = runsIn(event.files.map(({ oldUri }) => oldUri));
        event.waitUntil(
          Promise.all(leaving.map(run => run.unfinished.leave(run.interrupted.resting))),
        );
      }),
    );
    this.#store.add(
      workspace.onDidDeleteFiles(({ files }) => {
        for (const run of runsIn(files))
          run.stop().catch((error: unknown) => this.#world.notices.failed(error));
      }),
    );
  }

  #begin(uri: Uri): Entry {
    const store = new Store();
    const run = store.add(new Run(uri, this.#world));
    store.add(run.record.onDidChange(event => this.#changed.fire({ uri, event })));
    const entry: Entry = { run, store, leases: 0, timer: undefined };
    this.#entries.set(uri.toString(), entry);
    this.#changed.fire({ uri, event: undefined });
    return entry;
  }

  #endLater(entry: Entry): void {
    clearTimeout(entry.timer);
    if (entry.leases > 0 || entry.store.disposed) return;
    entry.timer = setTimeout(() => {
      if (entry.leases > 0) return;
      if (entry.run.record.busy) void entry.run.whenStopped().then(() => this.#endLater(entry));
      else this.#end(entry);
    }, GRACE);
  }

  #end(entry: Entry): void {
    clearTimeout(entry.timer);
    const { uri } = entry.run;
    this.#entries.delete(uri.toString());
    entry.store.dispose();
    this.#changed.fire({ uri, event: undefined });
  }
}
