/**
 * Gradients for what stands beside a text: hints behind its numbers, lenses above its layers, strips on its rows.
 *
 * Asking never trains. A worker is started only for a text that can be seen where the settings ask for numbers
 * in it always; everything else takes the numbers of a run that is there anyway.
 */
import { EventEmitter, window, workspace } from 'vscode';
import type { Disposable, TextDocument, TextEditor, Uri } from 'vscode';
import type { GradientsRequest, SomeGradients } from '../engine/inspect';
import type { Documents } from './documents';
import { SECTION, isNetworkUri } from './manifest';
import type { RunEvent } from './runRecord';
import type { Lease, Runs, RunsEvent } from './runs';
import { gradientStripFor, inlayGradientsFor } from './settings';
import { Store } from './store';

/** Milliseconds from a change to its telling: several that come together are told once. */
const SOON = 50;
/** While training goes on. */
const WHILE_TRAINING = 1000;

/** Whether gradients may be others after it. */
const changesNumbers: { readonly [T in RunEvent['type']]: boolean } = {
  state: true,
  metrics: true,
  data: true,
  loading: false,
  gradcheck: false,
  health: false,
  unfinished: false,
  interrupted: false,
};

interface Timer {
  readonly handle: ReturnType<typeof setTimeout>;
  readonly soon: boolean;
}

export class TextNumbers implements Disposable {
  readonly #documents: Documents;
  readonly #runs: Runs;
  readonly #store = new Store();
  readonly #leases = new Map<string, Lease>();
  readonly #timers = new Map<string, Timer>();
  readonly #changed = this.#store.add(new EventEmitter<Uri>());
  /** The gradients of this document may be others: at most once a second while it is being trained. */
  readonly onDidChange = this.#changed.event;

  constructor(documents: Documents, runs: Runs) {
    this.#documents = documents;
    this.#runs = runs;
    this.#store.add(runs.onDidChange(event => this.#hear(event)));
    this.#store.add(window.onDidChangeVisibleTextEditors(() => this.#lease()));
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(SECTION)) this.#lease();
      }),
    );
    this.#lease();
  }

  /** Whether there is a run to take numbers from. */
  has(uri: Uri): boolean {
    return this.#runs.get(uri) !== undefined;
  }

  /** Whether the run's parameters are those in the text, or will be once it has read the text. */
  isOfText(uri: Uri): boolean {
    const record = this.#runs.get(uri)?.record;
    return !record?.busy && !record?.ahead;
  }

  /**
   * Undefined where there are none for the text as it is: it is no usable network, has no data, or has changed
   * meanwhile. Why, the Problems panel and the hover say.
   */
  async gradients(
    document: TextDocument,
    request: GradientsRequest,
  ): Promise<SomeGradients | undefined> {
    const { network, version } = this.#documents.read(document);
    if (!network?.data) return undefined;
    try {
      const found = await this.#runs.use(document.uri, run => run.gradients(request));
      return document.version === version ? found : undefined;
    } catch {
      return undefined;
    }
  }

  dispose(): void {
    for (const { handle } of this.#timers.values()) clearTimeout(handle);
    this.#timers.clear();
    for (const lease of this.#leases.values()) lease.dispose();
    this.#leases.clear();
    this.#store.dispose();
  }

  /** The beginning and the end of a run change no number: a run that has begun says so when it has loaded. */
  #hear({ uri, event }: RunsEvent): void {
    if (!event || !changesNumbers[event.type]) return;
    const soon = !this.#runs.get(uri)?.record.running;
    const key = uri.toString();
    const waiting = this.#timers.get(key);
    if (waiting && (waiting.soon || !soon)) return;
    clearTimeout(waiting?.handle);
    const tell = (): void => {
      this.#timers.delete(key);
      this.#changed.fire(uri);
    };
    this.#timers.set(key, { handle: setTimeout(tell, soon ? SOON : WHILE_TRAINING), soon });
  }

  /** Keeps the runs of the texts that show numbers always, as long as they can be seen. */
  #lease(): void {
    const wanted = new Map(
      networkEditors()
        .map(({ document }) => document.uri)
        .filter(uri => inlayGradientsFor(uri) !== 'off' || gradientStripFor(uri) === 'always')
        .map(uri => [uri.toString(), uri]),
    );
    for (const [key, uri] of wanted)
      if (!this.#leases.has(key)) this.#leases.set(key, this.#runs.acquire(uri));
    for (const [key, lease] of this.#leases) {
      if (wanted.has(key)) continue;
      this.#leases.delete(key);
      lease.dispose();
    }
  }
}

/** Text editors of networks that can be seen; the sides of a comparison have no column of their own. */
export function networkEditors(): readonly TextEditor[] {
  return window.visibleTextEditors.filter(
    ({ document, viewColumn }) => viewColumn !== undefined && isNetworkUri(document.uri),
  );
}
