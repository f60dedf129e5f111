/** Watches the data files that a network names. */
import { RelativePattern, Uri, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import { same } from './compare';
import { resolveDataPath } from './dataFiles';
import { Store } from './store';

export class DataWatch implements Disposable {
  readonly #document: Uri;
  readonly #changed: () => void;
  #paths: readonly string[] = [];
  #store = new Store();

  constructor(document: Uri, changed: () => void) {
    this.#document = document;
    this.#changed = changed;
  }

  /** Watches these paths, as the network names them, and no others. */
  watch(paths: readonly string[]): void {
    if (same(paths, this.#paths)) return;
    this.#store.dispose();
    this.#store = new Store();
    this.#paths = paths;
    for (const path of paths) this.#watchOne(path);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #watchOne(path: string): void {
    const file = safely(() => resolveDataPath(this.#document, path));
    if (!file) return;
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const pattern = new RelativePattern(Uri.joinPath(file, '..'), escapeGlob(name));
    const watcher = this.#store.add(workspace.createFileSystemWatcher(pattern));
    this.#store.add(watcher.onDidChange(this.#changed));
    this.#store.add(watcher.onDidCreate(this.#changed));
    this.#store.add(watcher.onDidDelete(this.#changed));
  }
}

/** A path that is refused is reported where the file is read; here it is only not watched. */
function safely(resolve: () => Uri): Uri | undefined {
  try {
    return resolve();
  } catch {
    return undefined;
  }
}

function escapeGlob(name: string): string {
  return name.replace(/[*?[\]{}]/g, '[$&]');
}
