/**
 * Asks the host for the numbers that are looked at, one request at a time: the picture's, those of what is pointed
 * at, of what is selected and of what is pinned, and the sample in scope.
 */
import type { Scope, Target } from '../src/engine/facts';
import { Beat } from './beat';
import { sameTarget } from './canvas/related';
import type { Host } from './host';
import { messageOf } from './messageOf';
import { browserTimer, CARD_INTERVAL, Refresher, type Timer } from './refresher';
import type { Answer, State, Store } from './store';

/** Milliseconds: at most ten pictures a second while training runs. */
const INTERVAL = 100;

/** Asked for before it was pointed at, and the state that it was asked in. */
interface Foreseen {
  readonly target: Target;
  readonly state: State;
  readonly answer: Promise<Answer>;
}

export class Inquiries {
  /** When news of a training are shown: the numbers asked for here, and whatever else it tells. */
  readonly beat: Beat;
  readonly #remote: Host['remote'];
  readonly #store: Store;
  readonly #view: Refresher;
  readonly #pointed: Refresher;
  readonly #selected: Refresher;
  readonly #pins: Refresher;
  readonly #sample: Refresher;
  #viewFailed = false;
  /** What the picture's numbers are of. */
  #viewed: Scope | undefined;
  #foreseen: Foreseen | undefined;

  constructor(remote: Host['remote'], store: Store, timer: Timer = browserTimer) {
    this.#remote = remote;
    this.#store = store;
    this.beat = new Beat(store, timer);
    this.#view = new Refresher(() => this.#fetchView(), INTERVAL, timer);
    this.#pointed = new Refresher(() => this.#fetchPointed(), CARD_INTERVAL, timer);
    this.#selected = new Refresher(() => this.#fetchSelected(), CARD_INTERVAL, timer);
    this.#pins = new Refresher(() => this.#fetchPins(), CARD_INTERVAL, timer);
    this.#sample = new Refresher(() => this.#fetchSample(), 0, timer);
  }

  /** Asks anew for what a change of the state makes stale. */
  follow(state: State, before: State): void {
    const { show } = state;
    const scope = show.scope !== before.show.scope;
    const document = state.document !== before.document;
    const rests = state.run?.phase !== 'running' && before.run?.phase === 'running';
    if (scope || document || state.run !== before.run) this.refresh(scope || document || rests);
    if (show.edges === 'update' && before.show.edges !== 'update') this.#view.ask(true);
    if (scope || document) this.#sample.ask(true);
    if (state.pointed !== before.pointed && state.pointed) this.#pointed.ask(true);
    if (show.selection !== before.show.selection && show.selection) this.#selected.ask(true);
    if (show.pins !== before.show.pins && show.pins.length > 0) this.#pins.ask(true);
  }

  /** The card comes after a delay: most of the time in which the answer travels lies within it. */
  foresee(target: Target): void {
    const { state } = this.#store;
    if (!state.document?.network) return;
    this.#foreseen = { target, state, answer: this.#answer(target) };
  }

  /** The parameters are others; `urgent`: a person waits for the numbers. */
  refresh(urgent: boolean): void {
    const { pointed, show } = this.#store.state;
    // What is past does not change while training goes on.
    if (show.scope.snapshot !== undefined && !urgent) return;
    this.#view.ask(urgent);
    if (pointed) this.#pointed.ask(urgent);
    if (show.selection) this.#selected.ask(urgent);
    if (show.pins.length > 0) this.#pins.ask(urgent);
  }

  async #fetchView(): Promise<void> {
    const { document, show } = this.#store.state;
    if (!document?.network || document.stale) return;
    const { scope } = show;
    try {
      const updates = show.edges === 'update';
      const view = await this.#remote.view({ scope: show.scope, ...(updates && { updates }) });
      if (this.#viewFailed) this.#store.dispatch({ type: 'notice', message: undefined });
      this.#viewFailed = false;
      const urgent = scope !== this.#viewed || !this.#store.state.view;
      this.#viewed = scope;
      this.beat.tell(() => this.#store.dispatch({ type: 'view', view }), urgent);
    } catch (error) {
      // What has failed was about another moment or other samples than those that are looked at by now.
      if (scope !== this.#store.state.show.scope) return;
      this.#viewFailed = true;
      this.#complain(error);
    }
  }

  async #fetchPointed(): Promise<void> {
    const { pointed, document } = this.#store.state;
    if (!pointed || !document?.network) return;
    await this.#tell(async () => [await (this.#takeForeseen(pointed) ?? this.#answer(pointed))]);
  }

  /** Answers about samples or a moment that are not looked at any more are dropped: newer ones are asked for already. */
  async #tell(ask: () => Promise<readonly Answer[]>): Promise<void> {
    const { scope } = this.#store.state.show;
    const answers = await ask();
    const show = (): void => {
      if (scope !== this.#store.state.show.scope) return;
      this.#store.dispatch({ type: 'answers', answers });
    };
    this.beat.tell(show, !this.#areKnown(answers));
  }

  /** Whether all that they are about has numbers already, which they only refresh. */
  #areKnown(answers: readonly Answer[]): boolean {
    const { pointedFacts, selectionFacts, pinFacts } = this.#store.state;
    const known = [pointedFacts, selectionFacts, ...pinFacts];
    return answers.every(({ target }) => known.some(fact => sameTarget(fact?.target, target)));
  }

  /** What was foreseen of it, once, unless its numbers are others by now. Those of training follow soon anyway. */
  #takeForeseen(pointed: Target): Promise<Answer> | undefined {
    const foreseen = this.#foreseen;
    this.#foreseen = undefined;
    if (!foreseen || !sameTarget(foreseen.target, pointed)) return undefined;
    const { document, run, show } = this.#store.state;
    const before = foreseen.state;
    const isSame = document === before.document && show.scope === before.show.scope;
    return isSame && (run === before.run || run?.phase === 'running') ? foreseen.answer : undefined;
  }

  async #fetchSelected(): Promise<void> {
    const { show, document } = this.#store.state;
    const { selection } = show;
    if (!selection || !document?.network) return;
    await this.#tell(async () => [await this.#answer(selection)]);
  }

  /** One after the other, and shown together: the cards stand side by side to be compared. */
  async #fetchPins(): Promise<void> {
    const { show, document } = this.#store.state;
    if (!document?.network) return;
    await this.#tell(async () => {
      const answers: Answer[] = [];
      for (const pin of show.pins) answers.push(await this.#answer(pin));
      return answers;
    });
  }

  async #answer(target: Target): Promise<Answer> {
    try {
      const facts = await this.#remote.inspect(target, this.#store.state.show.scope);
      return { type: 'facts', target, facts };
    } catch (error) {
      return { type: 'failed', target, message: messageOf(error) };
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
