/**
 * Joins the store with the host: what a person does becomes a request, what the host tells becomes an
 * action. Asks for numbers only when they are looked at, one request at a time.
 */
import type { Scope, Target } from '../src/engine/facts';
import { History } from '../src/engine/history';
import type { JsonPath, TextRange } from '../src/network/network';
import type { TemplateName } from '../src/network/templates';
import type { NetworkEdit } from '../src/network/edit';
import type { MetricsChunk } from '../src/engine/history';
import type { RunCommand, WebviewEvents } from '../src/protocol';
import type { Listeners } from '../src/rpc';
import { connectHost, type Host } from './host';
import { Refresher } from './refresher';
import { initialState, restoreView, Store, type State, type ViewState } from './store';
import { useLanguage } from './strings';

/** At most ten pictures and ten cards a second while training runs. */
const INTERVAL = 100;

export class Controller {
  readonly store: Store;
  /** Losses recorded so far; replaced as a whole when a run starts anew. */
  readonly history = new History();
  readonly #host: Host;
  readonly #view = new Refresher(() => this.#fetchView(), INTERVAL);
  readonly #pointed = new Refresher(() => this.#fetchFacts(s => s.pointed), INTERVAL);
  readonly #selected = new Refresher(() => this.#fetchFacts(s => s.show.selection), INTERVAL);
  readonly #sample = new Refresher(() => this.#fetchSample(), 0);
  #viewFailed = false;
  readonly #historyListeners = new Set<() => void>();

  constructor() {
    this.#host = connectHost(this.#listeners());
    this.store = new Store({ ...initialState, show: restoreView(this.#host.kept()) });
    this.store.subscribe((state, before) => this.#follow(state, before));
  }

  /** Asks for everything that is needed to draw. */
  async start(): Promise<void> {
    try {
      const state = await this.#host.remote.ready();
      useLanguage(document.documentElement.lang, state.strings);
      if (state.history) this.#record({ ...state.history, restart: true });
      this.store.dispatch({ type: 'ready', state });
    } catch (error) {
      this.store.dispatch({ type: 'failed', message: messageOf(error) });
    }
  }

  run(command: RunCommand): void {
    this.#host.remote.run(command).catch(error => this.#notice(error));
  }

  /** Says what is meant; the host changes the text, and the picture follows the text. */
  async edit(edit: NetworkEdit): Promise<void> {
    try {
      const result = await this.#host.remote.edit(edit);
      this.store.dispatch({
        type: 'notice',
        message: result.applied ? undefined : result.message,
      });
    } catch (error) {
      this.#notice(error);
    }
  }

  create(template: TemplateName): void {
    this.#host.remote
      .create(template)
      .then(result => {
        if (!result.applied) this.#notice(new Error(result.message));
      })
      .catch(error => this.#notice(error));
  }

  reveal(path: JsonPath, range?: TextRange): void {
    this.#host.remote.reveal(path, range).catch(error => this.#notice(error));
  }

  openAsText(): void {
    this.#host.remote.openAsText().catch(error => this.#notice(error));
  }

  point(target: Target | undefined): void {
    this.store.dispatch({ type: 'point', target });
  }

  select(selection: Target | undefined): void {
    this.show({ selection });
  }

  setScope(scope: Scope): void {
    this.show({ scope });
  }

  show(change: Partial<ViewState>): void {
    this.store.dispatch({ type: 'show', change });
  }

  /** Called after every change of the history; the returned function ends that. */
  onHistory(listener: () => void): () => void {
    this.#historyListeners.add(listener);
    return () => this.#historyListeners.delete(listener);
  }

  #listeners(): Listeners<WebviewEvents> {
    return {
      document: document => this.store.dispatch({ type: 'document', document }),
      runState: run => this.store.dispatch({ type: 'runState', run }),
      metrics: chunk => this.#record(chunk),
      gradcheck: gradcheck => this.store.dispatch({ type: 'gradcheck', gradcheck }),
      notation: notation => this.store.dispatch({ type: 'notation', notation }),
      select: target => this.select(target),
    };
  }

  /** What a change of the state makes stale. */
  #follow(state: State, before: State): void {
    const { show } = state;
    if (show !== before.show) this.#host.keep(show);
    const scope = show.scope !== before.show.scope;
    const document = state.document !== before.document;
    if (scope || document || state.run !== before.run) this.#refresh(scope || document);
    if (scope || document) this.#sample.ask(true);
    if (state.pointed !== before.pointed && state.pointed) this.#pointed.ask(true);
    if (show.selection !== before.show.selection && show.selection) this.#selected.ask(true);
  }

  #refresh(urgent: boolean): void {
    this.#view.ask(urgent);
    if (this.store.state.pointed) this.#pointed.ask(urgent);
    if (this.store.state.show.selection) this.#selected.ask(urgent);
  }

  #record(chunk: MetricsChunk): void {
    this.history.append(chunk);
    for (const listener of this.#historyListeners) listener();
    this.#refresh(false);
  }

  async #fetchView(): Promise<void> {
    const { document, show } = this.store.state;
    if (!document?.network || document.stale) return;
    try {
      const view = await this.#host.remote.view({ scope: show.scope });
      if (this.#viewFailed) this.store.dispatch({ type: 'notice', message: undefined });
      this.#viewFailed = false;
      this.store.dispatch({ type: 'view', view });
    } catch (error) {
      this.#viewFailed = true;
      this.#complain(error);
    }
  }

  async #fetchFacts(of: (state: State) => Target | undefined): Promise<void> {
    const { show, document } = this.store.state;
    const target = of(this.store.state);
    if (!target || !document?.network) return;
    try {
      const facts = await this.#host.remote.inspect(target, show.scope);
      this.store.dispatch({ type: 'answer', answer: { type: 'facts', target, facts } });
    } catch (error) {
      const message = messageOf(error);
      this.store.dispatch({ type: 'answer', answer: { type: 'failed', target, message } });
    }
  }

  async #fetchSample(): Promise<void> {
    const { document, show } = this.store.state;
    if (!document?.data || document.stale || show.scope.type !== 'sample') return;
    try {
      const list = await this.#host.remote.samples(show.scope.index, 1);
      this.store.dispatch({ type: 'sample', list });
    } catch (error) {
      this.#complain(error);
    }
  }

  /** A failed picture needs a sentence, unless an error of the text or the data already has a banner. */
  #complain(error: unknown): void {
    const { document } = this.store.state;
    if (!document?.issues.some(({ severity }) => severity === 'error')) this.#notice(error);
  }

  #notice(error: unknown): void {
    this.store.dispatch({ type: 'notice', message: messageOf(error) });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
