/** Files that lie on no disk, as a virtual workspace has them: a provider of the scheme `nabla-memory`. */
import { EventEmitter, FileChangeType, FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { Disposable, FileChangeEvent, FileStat, FileSystemProvider } from 'vscode';

const SCHEME = 'nabla-memory';

interface File {
  readonly bytes: Uint8Array;
  readonly changed: number;
}

export class MemoryFiles implements FileSystemProvider {
  readonly #files = new Map<string, File>();
  readonly #registered: Disposable;
  readonly #emitter = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#emitter.event;
  /** How often something was written. */
  writes = 0;

  constructor() {
    this.#registered = workspace.registerFileSystemProvider(SCHEME, this, {
      isCaseSensitive: true,
    });
  }

  at(path: string): Uri {
    return Uri.from({ scheme: SCHEME, path });
  }

  names(): string[] {
    return [...this.#files.keys()].sort();
  }

  stat(uri: Uri): FileStat {
    const file = this.#files.get(uri.path);
    if (file)
      return { type: FileType.File, ctime: 0, mtime: file.changed, size: file.bytes.length };
    if (this.readDirectory(uri).length === 0) throw FileSystemError.FileNotFound(uri);
    return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory({ path }: Uri): [string, FileType][] {
    const within = path.endsWith('/') ? path : `${path}/`;
    const rest = this.names()
      .filter(name => name.startsWith(within))
      .map(name => name.slice(within.length).split('/'));
    return [
      ...new Map(
        rest.map(([name, ...more]) => [name, more.length > 0 ? FileType.Directory : FileType.File]),
      ),
    ];
  }

  readFile(uri: Uri): Uint8Array {
    const file = this.#files.get(uri.path);
    if (!file) throw FileSystemError.FileNotFound(uri);
    return file.bytes;
  }

  writeFile(uri: Uri, bytes: Uint8Array): void {
    const type = this.#files.has(uri.path) ? FileChangeType.Changed : FileChangeType.Created;
    this.#files.set(uri.path, { bytes, changed: Date.now() });
    this.writes += 1;
    this.#emitter.fire([{ type, uri }]);
  }

  delete(uri: Uri): void {
    if (!this.#files.delete(uri.path)) throw FileSystemError.FileNotFound(uri);
    this.#emitter.fire([{ type: FileChangeType.Deleted, uri }]);
  }

  rename(from: Uri, to: Uri): void {
    this.writeFile(to, this.readFile(from));
    this.delete(from);
  }

  /** Folders are where files are. */
  createDirectory(): void {}

  watch(): Disposable {
    return { dispose: () => {} };
  }

  dispose(): void {
    this.#registered.dispose();
    this.#emitter.dispose();
  }
}
