/** The custom editor of network files: opens a designer for a document and keeps track of those that are open. */
import { EventEmitter, Uri, ViewColumn, commands, window, workspace } from 'vscode';
import type { CustomTextEditorProvider, Disposable, TextDocument, WebviewPanel } from 'vscode';
import { designerHtml } from './designerHtml';
import { DesignerPanel } from './designerPanel';
import type { PanelWorld } from './designerPanel';
import { DESIGNER, SECTION } from './manifest';
import type { Wanted } from './pageLink';
import { Store } from './store';
import type { Scope, Target } from '../engine/facts';
import type { Comparison, DesignerCommand, DesignerContext, Tool } from '../protocol';

export class DesignerEditor implements CustomTextEditorProvider, Disposable {
  readonly #dist: Uri;
  readonly #world: PanelWorld;
  readonly #store = new Store();
  /** How many there have been: each has a number of its own. */
  #pages = 0;
  readonly #panels = new Set<DesignerPanel>();
  /** What a designer that is about to open is to select, by document. */
  readonly #wanted = new Map<string, Wanted>();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  /** A designer was opened, closed, shown or hidden. */
  readonly onDidChangePanels = this.#changed.event;

  constructor(extension: Uri, world: PanelWorld) {
    this.#dist = Uri.joinPath(extension, 'dist');
    this.#world = world;
    this.#store.add(window.registerCustomEditorProvider(DESIGNER, this));
    this.#store.add(
      world.documents.onDidChange(document => {
        for (const panel of this.#of(document.uri)) panel.tellDocument();
      }),
    );
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(SECTION))
          for (const panel of this.#panels) panel.tellNotation();
      }),
    );
  }

  resolveCustomTextEditor(document: TextDocument, panel: WebviewPanel): void {
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    const designer = new DesignerPanel(document, panel, this.#world, ++this.#pages);
    this.#panels.add(designer);
    const key = document.uri.toString();
    const wanted = this.#wanted.get(key);
    this.#wanted.delete(key);
    if (wanted) designer.select(wanted.target, wanted.unfolds);
    panel.onDidDispose(() => {
      this.#panels.delete(designer);
      designer.dispose();
      this.#changed.fire();
    });
    panel.onDidChangeViewState(() => this.#changed.fire());
    // The page may speak as soon as it is set: everything listens by now.
    webview.html = designerHtml(webview, this.#dist, designer.page);
    this.#changed.fire();
  }

  /** Whether a designer of this document can be seen. */
  isVisible(uri: Uri): boolean {
    return this.#of(uri).some(panel => panel.visible);
  }

  /** The sample that the nearest designer of this document shows. */
  sampleOf(uri: Uri): Scope | undefined {
    return this.#nearest(uri)?.sample;
  }

  /** Brings the nearest designer of this document to the front, and the person to it. Answers whether there is one. */
  goTo(uri: Uri, keepsFocus = false): boolean {
    const panel = this.#nearest(uri);
    panel?.goTo(keepsFocus);
    return panel !== undefined;
  }

  /** Opens a tool in the nearest designer of this document. */
  openTool(uri: Uri, tool: Tool): void {
    this.#nearest(uri)?.openTool(tool);
  }

  /** Shows a table of runs in the nearest designer of this document. */
  compare(uri: Uri, comparison: Comparison): void {
    this.#nearest(uri)?.compare(comparison);
  }

  /** Selects a place on the canvas of every designer of this document. */
  select(uri: Uri, target: Target): void {
    for (const panel of this.#of(uri)) panel.select(target);
  }

  /**
   * The same, and goes there: to the nearest designer, else to a new one beside. `unfolds`: with its derivation and all
   * its paths.
   */
  async reveal(uri: Uri, target: Target, unfolds = false): Promise<void> {
    const panel = this.#nearest(uri);
    if (panel) {
      panel.goTo();
      return panel.select(target, unfolds);
    }
    const key = uri.toString();
    this.#wanted.set(key, { target, unfolds });
    try {
      await commands.executeCommand('vscode.openWith', uri, DESIGNER, ViewColumn.Beside);
    } catch (error) {
      this.#wanted.delete(key);
      throw error;
    }
  }

  /**
   * Hands a command of the menu to the page that it was opened on: VS Code may not have seen yet that the person is
   * there. From elsewhere it is meant for the one that VS Code holds for active.
   */
  command(name: DesignerCommand, { page, ...context }: DesignerContext): void {
    for (const panel of this.#panels)
      if (page === undefined ? panel.active : panel.page === page) panel.command(name, context);
  }

  dispose(): void {
    for (const panel of this.#panels) panel.dispose();
    this.#panels.clear();
    this.#store.dispose();
  }

  /** The designer of this document that is looked at, else one that can be seen, else any. */
  #nearest(uri: Uri): DesignerPanel | undefined {
    const panels = this.#of(uri);
    return (
      panels.find(({ active }) => active) ?? panels.find(({ visible }) => visible) ?? panels[0]
    );
  }

  #of(uri: Uri): DesignerPanel[] {
    const key = uri.toString();
    return [...this.#panels].filter(panel => panel.uri.toString() === key);
  }
}
