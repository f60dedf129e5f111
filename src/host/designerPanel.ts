/**
 * One open designer: answers what its page asks and tells it what has changed.
 *
 * Only a visible page that has said `ready` is told anything: messages to a hidden one are dropped by VS
 * Code, and a page that comes back asks for everything anew.
 */
import { ViewColumn, commands, window } from 'vscode';
import type { Disposable, TextDocument, Uri, WebviewPanel } from 'vscode';
import type { Target } from '../engine/facts';
import type { JsonPath, NotationName, TextRange } from '../network/network';
import type {
  DesignerCommand,
  DesignerContext,
  DesignerState,
  DocumentState,
  HostApi,
  RunCommand,
  WebviewEvents,
} from '../protocol';
import { connect, throughJson } from '../rpc';
import type { Connection, Endpoint, Served } from '../rpc';
import { documentState } from './documentState';
import { same } from './compare';
import { csvFiles, previewCsv } from './csv';
import { DesignerEdits } from './designerEdits';
import type { Documents } from './documents';
import { commandIds } from './manifest';
import {
  asEdit,
  asFanRequest,
  asFilePath,
  asIndex,
  asLayers,
  asMatrixRequest,
  asPath,
  asRunCommand,
  asScope,
  asStart,
  asTarget,
  asTextRange,
  asVersion,
  asViewRequest,
} from './messageChecks';
import { placeAt, rangeOf, selectQuietly, textEditorOf, toRange } from './places';
import type { RunEvent } from './runRecord';
import type { Lease, Runs } from './runs';
import { randomSeed } from './seeds';
import { notationFor } from './settings';
import { Store } from './store';
import { pathOfTarget, targetOf } from './subjects';

export interface PanelWorld {
  readonly documents: Documents;
  readonly runs: Runs;
}

export class DesignerPanel implements Disposable {
  /** Its number among all pages of this window. */
  readonly page: number;
  readonly #document: TextDocument;
  readonly #panel: WebviewPanel;
  readonly #world: PanelWorld;
  readonly #store = new Store();
  readonly #lease: Lease;
  readonly #edits: DesignerEdits;
  readonly #connection: Connection<object, WebviewEvents>;
  #ready = false;
  #readOnly = false;
  #told: NotationName | undefined;

  constructor(document: TextDocument, panel: WebviewPanel, world: PanelWorld, page: number) {
    this.page = page;
    this.#document = document;
    this.#panel = panel;
    this.#world = world;
    this.#lease = this.#store.add(world.runs.acquire(document.uri));
    this.#edits = new DesignerEdits(document, world.documents, this.#lease.run);
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

  /** Whether the person is in it. */
  get active(): boolean {
    return this.#panel.active;
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

  /** A command of the menu that VS Code shows over the page. */
  command(name: DesignerCommand, context: DesignerContext): void {
    this.#tell('command', name, context);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #served(): Served<HostApi> {
    const { run } = this.#lease;
    const { uri } = this.#document;
    const edits = this.#edits;
    return {
      ready: () => this.#becomeReady(),
      edit: (edit, base) => edits.edit(asEdit(edit), asVersion(base)),
      copyLayers: (layers, base) => edits.copyLayers(asLayers(layers), asVersion(base)),
      cutLayers: (layers, base) => edits.cutLayers(asLayers(layers), asVersion(base)),
      pasteLayers: (at, base) => edits.pasteLayers(asIndex(at, 'index'), asVersion(base)),
      create: start => edits.create(asStart(start)),
      run: command => this.#run(asRunCommand(command)),
      inspect: (target, scope) => run.inspect(asTarget(target), asScope(scope)),
      view: request => run.view(asViewRequest(request)),
      matrix: request => run.matrix(asMatrixRequest(request)),
      fan: request => run.fan(asFanRequest(request)),
      samples: (start, count) => run.samples(asIndex(start, 'start'), asIndex(count, 'count')),
      csvFiles: () => csvFiles(uri),
      previewCsv: path => previewCsv(uri, asFilePath(path)),
      reveal: (path, range) => this.#reveal(asPath(path), range && asTextRange(range)),
      selected: target => this.#showSelected(target && asTarget(target)),
      openAsText: () => this.#openAsText(),
      entered: () => this.#enter(),
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

  /**
   * Selects the same in the text where it can be seen, unless the cursor is there already. The page tells only what
   * was selected on it; a click on it may be heard before VS Code says that the person is there.
   */
  #showSelected(target: Target | undefined): void {
    if (!target) return;
    const editor = textEditorOf(this.#document.uri);
    if (!editor) return;
    const { documents } = this.#world;
    const here = placeAt(documents, this.#document, editor.selection.active);
    if (here && same(targetOf(here), target)) return;
    selectQuietly(editor, rangeOf(documents, this.#document, pathOfTarget(target)));
  }

  /** Makes the designer VS Code's active editor, where the person is and VS Code has not seen it. */
  #enter(): void {
    const { active, visible, viewColumn } = this.#panel;
    if (visible && !active) this.#panel.reveal(viewColumn);
  }

  async #openAsText(): Promise<void> {
    await commands.executeCommand(commandIds.openText, this.#document.uri);
  }

  /** Where the text is shown already, else beside. */
  #textColumn(): ViewColumn {
    return textEditorOf(this.#document.uri)?.viewColumn ?? ViewColumn.Beside;
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
