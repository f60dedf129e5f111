/** One open designer: answers what its page asks and tells it what has changed. */
import { commands, env } from 'vscode';
import type { Disposable, TextDocument, Uri, WebviewPanel } from 'vscode';
import type { Scope, Target } from '../engine/facts';
import type { Notation } from '../explain/notation';
import type {
  Comparison,
  DesignerCommand,
  DesignerContext,
  DesignerState,
  DocumentState,
  HostApi,
  RunCommand,
  Tool,
} from '../protocol';
import type { Served } from '../rpc';
import { saveChart } from './chartFiles';
import type { ChartedRuns } from './chartedRuns';
import { documentState } from './documentState';
import { csvFiles, previewCsv } from './csv';
import { DesignerEdits } from './designerEdits';
import { designerLooks } from './designerLooks';
import type { Documents } from './documents';
import type { FirstSteps } from './firstSteps';
import type { KeptRuns } from './keptRuns';
import { commandIds } from './manifest';
import {
  asBytes,
  asChartKind,
  asCopiedText,
  asFilePath,
  asPath,
  asRunCommand,
  asTarget,
  asTextRange,
} from './messageChecks';
import { asText } from './messageShapes';
import { PageLink } from './pageLink';
import { restoreRun } from './restoreRun';
import type { RunEvent } from './runRecord';
import type { Lease, Runs } from './runs';
import { randomSeed } from './seeds';
import { servedEdits } from './servedEdits';
import { notationFor } from './settings';
import { Store } from './store';
import { TextBeside } from './textBeside';

export interface PanelWorld {
  readonly documents: Documents;
  readonly runs: Runs;
  readonly kept: KeptRuns;
  readonly charted: ChartedRuns;
  readonly firstSteps: FirstSteps;
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
  readonly #text: TextBeside;
  readonly #link: PageLink;
  #readOnly = false;
  #told: Notation | undefined;
  #sample: Scope = { type: 'sample', index: 0 };

  constructor(document: TextDocument, panel: WebviewPanel, world: PanelWorld, page: number) {
    this.page = page;
    this.#document = document;
    this.#panel = panel;
    this.#world = world;
    this.#lease = this.#store.add(world.runs.acquire(document.uri));
    this.#edits = new DesignerEdits(document, world.documents, this.#lease.run);
    this.#text = new TextBeside(document, world.documents);
    this.#link = this.#store.add(new PageLink(panel, this.#served()));
    this.#store.add(this.#lease.run.record.onDidChange(event => this.#tellRun(event)));
    this.#store.add(world.charted.onDidChange(() => void this.#tellCompared()));
  }

  get uri(): Uri {
    return this.#document.uri;
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  /** The sample that the page shows; while it shows all of them, the one before. */
  get sample(): Scope {
    return this.#sample;
  }

  /** Whether the person is in it. */
  get active(): boolean {
    return this.#panel.active;
  }

  /** The text has changed. */
  tellDocument(): void {
    if (!this.#link.hears) return;
    this.#link.tell('document', this.#documentState());
    this.tellNotation();
  }

  /** The setting, or the file's own hint, may be another. */
  tellNotation(): void {
    const notation = this.#notation();
    if (notation === this.#told) return;
    this.#told = notation;
    this.#link.tell('notation', notation);
  }

  /** Selects a place on the canvas; where the page is not there yet, as soon as it is. */
  select(target: Target, unfolds = false): void {
    this.#link.select(target, unfolds);
  }

  /** Opens a tool of the page, in the same way. */
  openTool(tool: Tool): void {
    this.#link.openTool(tool);
  }

  /** Shows a table of runs, as soon as the page is there. */
  compare(comparison: Comparison): void {
    this.#link.compare(comparison);
  }

  /** Brings the page to the front, and the person to it unless the focus is to stay where it is. */
  goTo(keepsFocus = false): void {
    this.#panel.reveal(this.#panel.viewColumn, keepsFocus);
  }

  /** A command of the menu that VS Code shows over the page. */
  command(name: DesignerCommand, context: DesignerContext): void {
    this.#link.tell('command', name, context);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #served(): Served<HostApi> {
    const { run } = this.#lease;
    const { uri } = this.#document;
    const { firstSteps } = this.#world;
    return {
      ready: () => this.#becomeReady(),
      ...servedEdits(this.#edits, () => firstSteps.tell('designed')),
      run: command => this.#run(asRunCommand(command)),
      ...designerLooks(run, this.page, {
        sees: scope => this.#see(scope),
        touches: () => firstSteps.tell('touched'),
      }),
      csvFiles: () => csvFiles(uri),
      previewCsv: path => previewCsv(uri, asFilePath(path)),
      reveal: (path, range) =>
        this.#text.reveal(asPath(path), range === undefined ? range : asTextRange(range)),
      selected: target => (target === undefined ? undefined : this.#text.select(asTarget(target))),
      openAsText: () => this.#openAsText(),
      copyText: async copied => env.clipboard.writeText(asCopiedText(copied)),
      saveChart: (kind, bytes) => saveChart(uri, asChartKind(kind), asBytes(bytes)),
      entered: () => this.#enter(),
      ...this.#servedRuns(),
    };
  }

  #servedRuns(): Served<Pick<HostApi, 'comparedCurves' | 'putRun' | 'restoreRun'>> {
    const { charted } = this.#world;
    const find = (id: unknown) => charted.find(asText(id, 'id'));
    return {
      comparedCurves: id => charted.curves(asText(id, 'id')),
      putRun: async (id, on) => charted.put([await find(id)], on === true),
      restoreRun: async id => restoreRun(await find(id), this.#world, true),
    };
  }

  async #tellCompared(): Promise<void> {
    if (!this.#link.hears) return;
    this.#link.tell('compared', await this.#world.charted.of(this.uri));
  }

  async #becomeReady(): Promise<DesignerState> {
    const { run } = this.#lease;
    const compared = await this.#world.charted.of(this.uri);
    this.#readOnly = await this.#world.documents.isReadOnly(this.#document);
    this.#link.becomeReady();
    this.#told = this.#notation();
    run.start();
    return {
      document: this.#documentState(),
      run: run.record.state,
      history: run.record.history,
      gradcheck: run.record.gradcheck,
      health: run.record.health,
      compared,
      loadPart: run.record.loadPart,
      unfinished: run.record.unfinished,
      interrupted: run.record.interrupted,
      notation: this.#told,
      // The page has its own words and takes the language from its `lang`.
    };
  }

  #see(scope: Scope): void {
    if (scope.type === 'sample') this.#sample = { type: 'sample', index: scope.index };
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
      case 'restore':
        return run.restore(command.snapshot);
      case 'reset':
        return run.reset();
      case 'newSeed':
        return run.newSeed(randomSeed());
      case 'gradcheck':
        return run.checkGradients().then(() => {});
      case 'cancelGradcheck':
        return run.cancelGradcheck();
      case 'cancelLoad':
        return run.cancelLoad();
      case 'continueTraining':
        return run.unfinished.continue();
      case 'discardTraining':
        return run.unfinished.discard();
      case 'postponeTraining':
        return Promise.resolve(run.unfinished.postpone());
      case 'continueInterrupted':
        return run.interrupted.continue();
      case 'restartInterrupted':
        return run.interrupted.restart();
      case 'postponeInterrupted':
        return Promise.resolve(run.interrupted.postpone());
    }
  }

  /** Makes the designer VS Code's active editor, where the person is and VS Code has not seen it. */
  #enter(): void {
    if (this.visible && !this.active) this.goTo();
  }

  async #openAsText(): Promise<void> {
    await commands.executeCommand(commandIds.openText, this.#document.uri);
  }

  #tellRun(event: RunEvent): void {
    switch (event.type) {
      case 'state':
        if (event.state) this.#link.tell('runState', event.state);
        break;
      case 'metrics':
        this.#link.tell('metrics', event.chunk);
        break;
      case 'gradcheck':
        this.#link.tell('gradcheck', event.state);
        break;
      case 'health':
        this.#link.tell('health', event.notes);
        break;
      case 'loading':
        this.#link.tell('loadProgress', event.part);
        break;
      case 'unfinished':
        this.#link.tell('unfinished', event.note);
        break;
      case 'interrupted':
        this.#link.tell('interrupted', event.note);
        break;
      case 'data':
        this.tellDocument();
        break;
    }
  }

  #documentState(): DocumentState {
    const { record } = this.#lease.run;
    return documentState(this.#document, this.#world.documents, record, this.#readOnly);
  }

  #notation(): Notation {
    const hint = this.#world.documents.read(this.#document).lastValid?.network.notation;
    return notationFor(this.#document.uri, hint);
  }
}
