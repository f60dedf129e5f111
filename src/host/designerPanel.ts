/**
 * One open designer: answers what its page asks and tells it what has changed.
 *
 * Only a visible page that has said `ready` is told anything: messages to a hidden one are dropped by VS
 * Code, and a page that comes back asks for everything anew.
 */
import { ViewColumn, commands, l10n, window } from 'vscode';
import type { Disposable, TextDocument, Uri, WebviewPanel } from 'vscode';
import type { Target } from '../engine/facts';
import { editLabel } from '../network/edit';
import type { NetworkEdit } from '../network/edit';
import type { JsonPath, NotationName, TextRange } from '../network/network';
import { newNetworkText } from '../network/templates';
import type { TemplateName } from '../network/templates';
import type {
  DesignerState,
  DocumentState,
  EditResult,
  HostApi,
  RunCommand,
  WebviewEvents,
} from '../protocol';
import { connect, throughJson } from '../rpc';
import type { Connection, Endpoint, Served } from '../rpc';
import { documentState } from './documentState';
import { EditRefused } from './documents';
import type { Documents } from './documents';
import { commandIds } from './manifest';
import {
  asEdit,
  asIndex,
  asPath,
  asRunCommand,
  asScope,
  asTarget,
  asTemplate,
  asTextRange,
  asViewRequest,
} from './messageChecks';
import { rangeOf, toRange } from './places';
import type { RunEvent } from './runRecord';
import type { Lease, Runs } from './runs';
import { randomSeed } from './seeds';
import { notationFor } from './settings';
import { Store } from './store';

export interface PanelWorld {
  readonly documents: Documents;
  readonly runs: Runs;
}

export class DesignerPanel implements Disposable {
  readonly #document: TextDocument;
  readonly #panel: WebviewPanel;
  readonly #world: PanelWorld;
  readonly #store = new Store();
  readonly #lease: Lease;
  readonly #connection: Connection<object, WebviewEvents>;
  #ready = false;
  #readOnly = false;
  #told: NotationName | undefined;

  constructor(document: TextDocument, panel: WebviewPanel, world: PanelWorld) {
    this.#document = document;
    this.#panel = panel;
    this.#world = world;
    this.#lease = this.#store.add(world.runs.acquire(document.uri));
    this.#connection = this.#store.add(
      connect<object, WebviewEvents, HostApi>(endpointOf(panel), this.#served(), {}),
    );
    this.#store.add(this.#lease.run.record.onDidChange(event => this.#tellRun(event)));
    this.#store.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#ready = false;
      }),
    );
  }

  get uri(): Uri {
    return this.#document.uri;
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  /** The text has changed. */
  tellDocument(): void {
    this.#tell('document', this.#documentState());
    this.tellNotation();
  }

  /** The setting, or the file's own hint, may be another. */
  tellNotation(): void {
    const notation = this.#notation();
    if (notation === this.#told) return;
    this.#told = notation;
    this.#tell('notation', notation);
  }

  /** Selects a place on the canvas. */
  select(target: Target): void {
    this.#tell('select', target);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #served(): Served<HostApi> {
    const { run } = this.#lease;
    return {
      ready: () => this.#becomeReady(),
      edit: edit => this.#answer(() => this.#edit(asEdit(edit))),
      run: command => this.#run(asRunCommand(command)),
      inspect: (target, scope) => run.inspect(asTarget(target), asScope(scope)),
      view: request => run.view(asViewRequest(request)),
      samples: (start, count) => run.samples(asIndex(start, 'start'), asIndex(count, 'count')),
      create: template => this.#answer(() => this.#create(asTemplate(template))),
      reveal: (path, range) => this.#reveal(asPath(path), range && asTextRange(range)),
      openAsText: () => this.#openAsText(),
    };
  }

  async #becomeReady(): Promise<DesignerState> {
    const { run } = this.#lease;
    this.#readOnly = await this.#world.documents.isReadOnly(this.#document);
    this.#ready = true;
    this.#told = this.#notation();
    run.start();
    return {
      document: this.#documentState(),
      run: run.record.state,
      history: run.record.history,
      gradcheck: run.record.gradcheck,
      notation: this.#told,
      // The page has its own words and takes the language from its `lang`.
      strings: {},
    };
  }

  #edit(edit: NetworkEdit): Promise<void> {
    return this.#world.documents.apply(this.#document, [edit], editLabel(edit));
  }

  #create(template: TemplateName): Promise<void> {
    const label = l10n.t('New network');
    return this.#world.documents.fill(this.#document, newNetworkText(template), label);
  }

  /** A refusal is an answer, not a failure. */
  async #answer(change: () => Promise<void>): Promise<EditResult> {
    try {
      await change();
      return { applied: true };
    } catch (error) {
      if (error instanceof EditRefused) return { applied: false, message: error.message };
      throw error;
    }
  }

  #run(command: RunCommand): Promise<void> {
    const { run } = this.#lease;
    switch (command.type) {
      case 'train':
        return run.train();
      case 'pause':
        return run.pause();
      case 'step':
        return run.step(command.unit);
      case 'reset':
        return run.reset();
      case 'newSeed':
        return run.newSeed(randomSeed());
      case 'gradcheck':
        return run.checkGradients().then(() => {});
      case 'cancelGradcheck':
        return run.cancelGradcheck();
    }
  }

  /** Shows the text beside the designer, with the place selected. */
  async #reveal(path: JsonPath, range?: TextRange): Promise<void> {
    const selection = range
      ? toRange(this.#document, range)
      : rangeOf(this.#world.documents, this.#document, path);
    await window.showTextDocument(this.#document, { viewColumn: this.#textColumn(), selection });
  }

  async #openAsText(): Promise<void> {
    await commands.executeCommand(commandIds.openText, this.#document.uri);
  }

  /** Where the text is shown already, else beside. */
  #textColumn(): ViewColumn {
    const key = this.#document.uri.toString();
    const shown = window.visibleTextEditors.find(
      editor => editor.document.uri.toString() === key && editor.viewColumn !== undefined,
    );
    return shown?.viewColumn ?? ViewColumn.Beside;
  }

  #tellRun(event: RunEvent): void {
    switch (event.type) {
      case 'state':
        if (event.state) this.#tell('runState', event.state);
        break;
      case 'metrics':
        this.#tell('metrics', event.chunk);
        break;
      case 'gradcheck':
        this.#tell('gradcheck', event.state);
        break;
      case 'data':
        this.tellDocument();
        break;
    }
  }

  #tell<K extends keyof WebviewEvents & string>(
    name: K,
    ...args: Parameters<WebviewEvents[K]>
  ): void {
    if (!this.#ready || !this.#panel.visible) return;
    this.#connection.tell(name, ...(args as never));
  }

  #documentState(): DocumentState {
    const { record } = this.#lease.run;
    return documentState(this.#document, this.#world.documents, record, this.#readOnly);
  }

  #notation(): NotationName {
    const hint = this.#world.documents.read(this.#document).lastValid?.network.notation;
    return notationFor(this.#document.uri, hint);
  }
}

/** The page as a port. It lies in another process: everything is copied, so nothing is transferred. */
function endpointOf(panel: WebviewPanel): Endpoint {
  return throughJson({
    post: message => void panel.webview.postMessage(message),
    listen(receive) {
      const subscription = panel.webview.onDidReceiveMessage(receive);
      return () => subscription.dispose();
    },
  });
}
