/**
 * Asks the host for the numbers that are looked at, one request at a time: the picture's, those of what is pointed
 * at and of what is selected, and the sample in scope.
 */
import type { Target } from '../src/engine/facts';
import type { Host } from './host';
import { messageOf } from './messageOf';
import { Refresher } from './refresher';
import type { State, Store } from './store';

/** At most ten pictures and ten cards a second while training runs. */
const INTERVAL = 100;

export class Inquiries {
  readonly #remote: Host['remote'];
  readonly #store: Store;
  readonly #view = new Refresher(() => this.#fetchView(), INTERVAL);
  readonly #pointed = new Refresher(() => this.#fetchFacts(s => s.pointed), INTERVAL);
  readonly #selected = new Refresher(() => this.#fetchFacts(s => s.show.selection), INTERVAL);
  readonly #sample = new Refresher(() => this.#fetchSample(), 0);
  #viewFailed = false;

  constructor(remote: Host['remote'], store: Store) {
    this.#remote = remote;
    this.#store = store;
  }

  /** Asks anew for what a change of the state makes stale. */
  follow(state: State, before: State): void {
    const { show } = state;
    const scope = show.scope !== before.show.scope;
    const document = state.document !== before.document;
    if (scope || document || state.run !== before.run) this.refresh(scope || document);
    if (scope || document) this.#sample.ask(true);
    if (state.pointed !== before.pointed && state.pointed) this.#pointed.ask(true);
    if (show.selection !== before.show.selection && show.selection) this.#selected.ask(true);
  }

  /** The parameters are others; `urgent`: a person waits for the numbers. */
  refresh(urgent: boolean): void {
    const { pointed, show } = this.#store.state;
    this.#view.ask(urgent);
    if (pointed) this.#pointed.ask(urgent);
    if (show.selection) this.#selected.ask(urgent);
  }

  async #fetchView(): Promise<void> {
    const { document, show } = this.#store.state;
    if (!document?.network || document.stale) return;
    try {
      const view = await this.#remote.view({ scope: show.scope });
      if (this.#viewFailed) this.#store.dispatch({ type: 'notice', message: undefined });
      this.#viewFailed = false;
      this.#store.dispatch({ type: 'view', view });
    } catch (error) {
      this.#viewFailed = true;
      this.#complain(error);
    }
  }

  async #fetchFacts(of: (state: State) => Target | undefined): Promise<void> {
    const { show, document } = this.#store.state;
    const target = of(this.#store.state);
    if (!target || !document?.network) return;
    try {
      const facts = await this.#remote.inspect(target, show.scope);
      this.#store.dispatch({ type: 'answer', answer: { type: 'facts', target, facts } });
    } catch (error) {
      const message = messageOf(error);
      this.#store.dispatch({ type: 'answer', answer: { type: 'failed', target, message } });
    }
  }

  async #fetchSample(): Promise<void> {
    const { document, show } = this.#store.state;
    if (!document?.data || document.stale || show.scope.type !== 'sample') return;
    try {
      const list = await this.#remote.samples(show.scope.index, 1);
      this.#store.dispatch({ type: 'sample', list });
    } catch (error) {
      this.#complain(error);
    }
  }

  /** A failed picture needs a sentence, unless an error of the text or the data already has a banner. */
  #complain(error: unknown): void {
    const { document } = this.#store.state;
    if (document?.issues.some(({ severity }) => severity === 'error')) return;
    this.#store.dispatch({ type: 'notice', message: messageOf(error) });
  }
}
