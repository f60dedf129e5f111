/** Whether the workspace has a network, for views that are of no use without one. */
import { commands, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import { contextKeys, NETWORK_SELECTOR } from './manifest';
import { Store } from './store';

export class NetworkPresence implements Disposable {
  readonly #store = new Store();
  #told: boolean | undefined;

  constructor() {
    const watcher = this.#store.add(
      workspace.createFileSystemWatcher(NETWORK_SELECTOR.pattern, false, true),
    );
    this.#store.add(watcher.onDidCreate(() => this.#tell(true)));
    this.#store.add(watcher.onDidDelete(() => void this.look()));
  }

  /** Looks for one. */
  async look(): Promise<void> {
    const found = await workspace.findFiles(NETWORK_SELECTOR.pattern, '**/node_modules/**', 1);
    this.#tell(found.length > 0);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #tell(has: boolean): void {
    if (has === this.#told) return;
    this.#told = has;
    void commands.executeCommand('setContext', contextKeys.hasNetwork, has);
  }
}
