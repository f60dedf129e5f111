/** Joins the store with the host: what a person does becomes a request, what the host tells becomes an action. */
import type { Scope, Target } from '../src/engine/facts';
import { History, type MetricsChunk } from '../src/engine/history';
import type { HealthNote } from '../src/explain/health';
import type { JsonPath, TextRange } from '../src/network/network';
import type { TemplateName } from '../src/network/templates';
import type { NetworkEdit } from '../src/network/edit';
import type {
  ChartKind,
  DesignerCommand,
  DesignerContext,
  EditResult,
  RunCommand,
  WebviewEvents,
} from '../src/protocol';
import type { Listeners } from '../src/rpc';
import { sameTarget } from './canvas/related';
import { shownValue } from './design/shownValue';
import type { Asks } from './asks';
import { Edits } from './edits';
import { connectHost, type Host } from './host';
import { Inquiries } from './inquiries';
import { messageOf } from './messageOf';
import { Past } from './past/past';
import { atSnapshot } from './past/places';
import { unfold } from './inspect/unfold';
import { openPredict } from './predict/open';
import { openResults } from './results/open';
import { Compared } from './compare/compared';
import { Deeds } from './outside';
import { Signal } from './signal';
import type { SoFar } from './stepping/soFar';
import { initialState, Store, type Action, type State } from './store';
import { text } from './strings';
import { Told } from './told';
import { restoreView, type ViewState } from './viewState';

/** Commands that have written to the text when they are answered. */
const WRITING: ReadonlySet<RunCommand['type']> = new Set(['pause', 'step', 'reset', 'newSeed']);

export class Controller {
  readonly store: Store;
  /** Losses recorded so far; replaced as a whole when a run starts anew. */
  readonly history = new History();
  /** What is wrong with the network as it runs. */
  readonly health = new Told<readonly HealthNote[]>([]);
  /** How far a pass is stepped through. */
  readonly soFar = new Told<SoFar | undefined>(undefined);
  /** Which moment of the run the page looks from. */
  readonly past: Past;
  /** Kept runs beside this one. */
  readonly compared: Compared;
  readonly #host: Host;
  readonly #inquiries: Inquiries;
  /** What the cursor of the text has selected here. */
  #toldSelection: Target | undefined;
  readonly #recorded = new Signal<[]>();
  readonly #commands = new Signal<[name: DesignerCommand, context: DesignerContext]>();
  readonly #outside = new Signal<[words: string]>();
  readonly #deeds = new Deeds();
  readonly #edits: Edits;
  readonly #words: Promise<void>;

  /** @param words resolves when the page can speak */
  constructor(words: Promise<void>) {
    this.#words = words;
    this.#host = connectHost(this.#listeners());
    this.store = new Store({ ...initialState, show: restoreView(this.#host.kept()) });
    this.past = new Past(this.store, {
      list: () => this.#host.remote.snapshots(),
      restore: snapshot => this.#deeds.during(this.#host.remote.run({ type: 'restore', snapshot })),
      complain: message => this.complain(message),
    });
    this.#edits = new Edits(this.#host.remote, this.store, this.#deeds, message =>
      this.complain(message),
    );
    const { remote } = this.#host;
    this.compared = new Compared({
      curves: id => remote.comparedCurves(id),
      put: (id, on) => remote.putRun(id, on),
      restore: id => this.#deeds.during(remote.restoreRun(id)),
      complain: message => this.complain(message),
    });
    this.compared.listen(() => this.#recorded.tell());
    this.#inquiries = new Inquiries(this.#host.remote, this.store);
    this.store.subscribe((state, before) => this.#follow(state, before));
  }

  /** Requests that only ask, and change nothing. They reject with the reason. */
  get asks(): Asks {
    return this.#host.remote;
  }

  /** Asks for everything that is needed to draw. */
  async start(): Promise<void> {
    try {
      const [state] = await Promise.all([this.#host.remote.ready(), this.#words]);
      if (state.history) this.#record({ ...state.history, restart: true });
      this.store.dispatch({ type: 'ready', state });
      this.health.tell(state.health);
      this.compared.show(state.compared ?? []);
    } catch (error) {
      this.store.dispatch({ type: 'failed', message: messageOf(error) });
    }
  }

  run(command: RunCommand): void {
    const answer = this.#host.remote.run(command);
    const done = WRITING.has(command.type) ? this.#deeds.during(answer) : answer;
    done.catch(error => this.#notice(error));
  }

  /** Says what is meant; see {@link Edits}. `select`: layers that are selected once the text has changed. */
  edit(edit: NetworkEdit, select?: readonly number[]): Promise<EditResult> {
    return this.#edits.edit(edit, select);
  }

  copyLayers(layers: readonly number[]): Promise<void> {
    return this.#edits.copyLayers(layers);
  }

  cutLayers(layers: readonly number[]): Promise<EditResult> {
    return this.#edits.cutLayers(layers);
  }

  pasteLayers(index: number): Promise<EditResult> {
    return this.#edits.pasteLayers(index);
  }

  /** The number that stands at a weight or a bias now. */
  async valueOf(target: Target): Promise<number | undefined> {
    const { view, document } = this.store.state;
    const source =
      'layer' in target ? document?.shapes?.layers[target.layer]?.sources[0] : undefined;
    // Also while the page looks back: what can be changed is the number of now.
    const shown = view && !this.past.isBack && shownValue(view, target, source ?? -1);
    if (typeof shown === 'number') return shown;
    try {
      const scope = atSnapshot(this.store.state.show.scope, undefined);
      const facts = await this.#host.remote.inspect(target, scope);
      return 'value' in facts ? facts.value : undefined;
    } catch (error) {
      this.#notice(error);
      return undefined;
    }
  }

  /** A sentence for everybody: shown as a banner until the next change. Said again, it is heard again. */
  complain(message: string | undefined): void {
    this.store.dispatch({ type: 'notice', message: undefined });
    this.store.dispatch({ type: 'notice', message });
  }

  /** Calls back for each command of VS Code's menu; the returned function ends that. */
  onCommand(listener: (name: DesignerCommand, context: DesignerContext) => void): () => void {
    return this.#commands.listen(listener);
  }

  create(template: TemplateName): void {
    this.#edits.create(template);
  }

  /** Fills an empty file; a refusal is an answer. */
  createFrom(start: TemplateName | { readonly csv: string }): Promise<EditResult> {
    return this.#edits.createFrom(start);
  }

  reveal(path: JsonPath, range?: TextRange): void {
    this.#host.remote.reveal(path, range).catch(error => this.#notice(error));
  }

  openAsText(): void {
    this.#host.remote.openAsText().catch(error => this.#notice(error));
  }

  /** Puts a text on the clipboard; `done` is shown and spoken when it is there. */
  copyText(copied: string, done: string): Promise<void> {
    return this.#host.remote.copyText(copied).then(
      () => this.store.dispatch({ type: 'quiet', words: done }),
      error => this.#notice(error),
    );
  }

  /** Has what was drawn or recorded saved where a person wants it. */
  async saveFile(kind: ChartKind, bytes: Uint8Array): Promise<void> {
    try {
      const isSaved = await this.#host.remote.saveChart(kind, bytes);
      if (isSaved) this.store.dispatch({ type: 'quiet', words: text('chart.saved') });
    } catch (error) {
      this.#notice(error);
    }
  }

  point(target: Target | undefined): void {
    this.store.dispatch({ type: 'point', target });
  }

  /** The pointer is likely to stay there: its numbers are asked for before they are shown. */
  readonly foresee = (target: Target): void => this.#inquiries.foresee(target);

  select(selection: Target | undefined): void {
    this.show({ selection });
  }

  /** The keyboard has come to the page. */
  entered(): void {
    this.#host.remote.entered().catch(error => this.#notice(error));
  }

  /** Other samples, looked at from the same moment. */
  setScope(scope: Scope): void {
    this.show({ scope: atSnapshot(scope, this.store.state.show.scope.snapshot) });
  }

  show(change: Partial<ViewState>): void {
    this.store.dispatch({ type: 'show', change });
  }

  /** What to say when the text was changed, but not on this page; the returned function ends that. */
  onOutside(listener: (words: string) => void): () => void {
    return this.#outside.listen(listener);
  }

  /** Called after every change of the history; the returned function ends that. */
  onHistory(listener: () => void): () => void {
    return this.#recorded.listen(listener);
  }

  #listeners(): Listeners<WebviewEvents> {
    return {
      document: document => this.#show({ type: 'document', document }, true),
      runState: run => this.#show({ type: 'runState', run }, run.phase !== 'running'),
      metrics: chunk => this.#inquiries.beat.tell(() => this.#record(chunk), chunk.restart),
      gradcheck: gradcheck => this.store.dispatch({ type: 'gradcheck', gradcheck }),
      loadProgress: part => this.store.dispatch({ type: 'loadProgress', part }),
      unfinished: note => this.store.dispatch({ type: 'unfinished', note }),
      interrupted: note => this.store.dispatch({ type: 'interrupted', note }),
      health: notes => this.#inquiries.beat.tell(() => this.health.tell(notes), false),
      notation: notation => this.store.dispatch({ type: 'notation', notation }),
      select: (target, unfolds) => {
        this.#toldSelection = target;
        this.select(target);
        if (unfolds) unfold(this);
      },
      openLab: () => this.show({ lab: true, checked: false, results: false }),
      openResults: () => openResults(this),
      predict: () => openPredict(this),
      stepThrough: () => this.show({ stepping: true }),
      compared: runs => this.compared.show(runs),
      compare: comparison => this.compared.table.tell(comparison),
      command: (name, context) => this.#commands.tell(name, context),
    };
  }

  #show(action: Action, urgent: boolean): void {
    this.#inquiries.beat.tell(() => this.store.dispatch(action), urgent);
  }

  /** What follows from a change of the state. */
  #follow(state: State, before: State): void {
    const { show } = state;
    const words = this.#deeds.words(state, before);
    if (words !== undefined) this.#outside.tell(words);
    if (show !== before.show)
      this.#host.keep({ ...show, scope: atSnapshot(show.scope, undefined) });
    // What the text has selected is not told back to it.
    const own = !sameTarget(show.selection, this.#toldSelection);
    if (own) this.#toldSelection = undefined;
    if (own && !sameTarget(show.selection, before.show.selection))
      this.#host.remote.selected(show.selection).catch(error => this.#notice(error));
    this.#inquiries.follow(state, before);
  }

  #record(chunk: MetricsChunk): void {
    this.history.append(chunk);
    if (chunk.restart) this.past.forget();
    this.past.refresh();
    this.#recorded.tell();
    this.#inquiries.refresh(false);
  }

  #notice(error: unknown): void {
    this.complain(messageOf(error));
  }
}
