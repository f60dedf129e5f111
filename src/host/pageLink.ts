/**
 * The way to the page of a designer.
 *
 * Only a visible page that has said `ready` is told anything: messages to a hidden one are dropped by VS
 * Code, and a page that comes back asks for everything anew.
 */
import type { Disposable, WebviewPanel } from 'vscode';
import type { Target } from '../engine/facts';
import type { Comparison, HostApi, Tool, WebviewEvents } from '../protocol';
import { connect, throughJson } from '../rpc';
import type { Connection, Endpoint, EventArguments, Served } from '../rpc';
import { Store } from './store';

/** A place to select; `unfolds`: with its derivation and all its paths. */
export interface Wanted {
  readonly target: Target;
  readonly unfolds: boolean;
}

export class PageLink implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #store = new Store();
  readonly #connection: Connection<object, WebviewEvents>;
  #ready = false;
  /** To be selected once the page is there. */
  #wanted: Wanted | undefined;
  /** To be opened then. */
  #tool: Tool | undefined;
  #comparison: Comparison | undefined;

  /** `served`: what the page may ask. */
  constructor(panel: WebviewPanel, served: Served<HostApi>) {
    this.#panel = panel;
    this.#connection = this.#store.add(
      connect<object, WebviewEvents, HostApi>(endpointOf(panel), served, {}),
    );
    this.#store.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#ready = false;
      }),
    );
  }

  /** The page has said so, and is about to be answered. What waited for it comes behind the answer. */
  becomeReady(): void {
    this.#ready = true;
    setTimeout(() => this.#tellWaiting(), 0);
  }

  /** Whether somebody is there who hears what is told. */
  get hears(): boolean {
    return this.#ready && this.#panel.visible;
  }

  tell<K extends keyof WebviewEvents & string>(
    name: K,
    ...args: EventArguments<WebviewEvents, K>
  ): void {
    if (this.hears) this.#connection.tell(name, ...args);
  }

  /** Selects a place on the canvas; where the page is not there yet, as soon as it is. */
  select(target: Target, unfolds: boolean): void {
    if (this.hears) this.tell('select', target, unfolds);
    else this.#wanted = { target, unfolds };
  }

  /** Opens a tool of the page, in the same way. */
  openTool(tool: Tool): void {
    if (this.hears) this.tell(tool);
    else this.#tool = tool;
  }

  /** Shows a table of runs, in the same way. */
  compare(comparison: Comparison): void {
    if (this.hears) this.tell('compare', comparison);
    else this.#comparison = comparison;
  }

  dispose(): void {
    // VS Code throws at whoever asks a closed panel anything.
    this.#ready = false;
    this.#store.dispose();
  }

  #tellWaiting(): void {
    if (!this.hears) return;
    if (this.#wanted) this.tell('select', this.#wanted.target, this.#wanted.unfolds);
    if (this.#tool) this.tell(this.#tool);
    if (this.#comparison) this.tell('compare', this.#comparison);
    this.#wanted = this.#tool = this.#comparison = undefined;
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
