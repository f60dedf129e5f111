/** The lessons as a folder in which nothing can be written, for who has no workspace to copy them into. */
import { EventEmitter, FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { Disposable, FileChangeEvent, FileStat, FileSystemProvider } from 'vscode';
import { readLessons } from './lessonPages';
import type { LessonFiles } from './lessonPages';
import { LESSONS_SCHEME } from './manifest';
import { Store } from './store';

function refuse(uri: Uri): never {
  throw FileSystemError.NoPermissions(uri);
}

export class LessonsFolder implements FileSystemProvider, Disposable {
  readonly #extension: Uri;
  readonly #store = new Store();
  // They never change.
  readonly onDidChangeFile = this.#store.add(new EventEmitter<FileChangeEvent[]>()).event;
  #files: Promise<LessonFiles> | undefined;

  constructor(extension: Uri) {
    this.#extension = extension;
    const options = { isReadonly: true, isCaseSensitive: true };
    this.#store.add(workspace.registerFileSystemProvider(LESSONS_SCHEME, this, options));
  }

  /** All of them, read when they are asked for first. */
  files(): Promise<LessonFiles> {
    this.#files ??= readLessons(this.#extension);
    return this.#files;
  }

  /** Where a lesson or a network of theirs lies here. */
  place(name: string): Uri {
    return Uri.from({ scheme: LESSONS_SCHEME, path: `/${name}` });
  }

  async stat(uri: Uri): Promise<FileStat> {
    const times = { ctime: 0, mtime: 0 };
    if (uri.path === '/') return { type: FileType.Directory, size: 0, ...times };
    return { type: FileType.File, size: (await this.readFile(uri)).byteLength, ...times };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const found = (await this.files()).get(uri.path.slice(1));
    if (!found) throw FileSystemError.FileNotFound(uri);
    return found;
  }

  async readDirectory(): Promise<[string, FileType][]> {
    return [...(await this.files()).keys()].map(name => [name, FileType.File]);
  }

  watch(): Disposable {
    return { dispose: () => {} };
  }

  readonly createDirectory = refuse;
  readonly writeFile = refuse;
  readonly delete = refuse;
  readonly rename = refuse;

  dispose(): void {
    this.#store.dispose();
  }
}
