/** Watches the data files that a network names. */
import { RelativePattern, Uri, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import { same } from './compare';
import type { DataFile } from '../network/dataFiles';
import { resolveDataPath } from './dataFiles';
import { Store } from './store';

export class DataWatch implements Disposable {
  readonly #document: Uri;
  readonly #changed: () => void;
  #files: readonly DataFile[] = [];
  #store = new Store();

  constructor(document: Uri, changed: () => void) {
    this.#document = document;
    this.#changed = changed;
  }

  /** Watches these files and no others. */
  watch(files: readonly DataFile[]): void {
    if (same(files, this.#files)) return;
    this.#store.dispose();
    this.#store = new Store();
    this.#files = files;
    for (const file of files) this.#watchOne(file);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #watchOne(file: DataFile): void {
    const uri = safely(() => resolveDataPath(this.#document, file));
    if (!uri) return;
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const pattern = new RelativePattern(Uri.joinPath(uri, '..'), escapeGlob(name));
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
