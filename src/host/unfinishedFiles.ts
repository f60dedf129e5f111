/**
 * The trainings that are under way or were cut off: one for each document, held here, and as a file in the storage of the
 * workspace, where it outlives the window. A person's folder would be the wrong place: it may be synchronized, and two
 * windows may look at it, of which one trains.
 */
import { EventEmitter, FileType, Uri, workspace } from 'vscode';
import type { Disposable, FileRenameEvent } from 'vscode';
import { sha256 } from '../export/sha256';
import { readUnfinished, unfinishedFile } from '../runs/unfinished';
import type { Unfinished } from '../runs/unfinished';
import { nameOf } from './documents';
import { messageOf } from './messageOf';
import { Store } from './store';
import { Turns } from './turns';
import { writeWhole } from './wholeFiles';

const FOLDER = 'unfinished';
const ENDING = '.nabla';
/** What `writeWhole` adds to a name while it writes. */
const TEMPORARY = /\.[\w-]+\.tmp$/;

export class UnfinishedFiles implements Disposable {
  readonly #folder: Uri | undefined;
  readonly #log: (message: string) => void;
  readonly #store = new Store();
  readonly #turns = new Turns();
  readonly #held = new Map<string, Unfinished>();
  readonly #moved = this.#store.add(new EventEmitter<string>());
  /** One belongs to a document of another name now: the URI. */
  readonly onDidMove = this.#moved.event;
  /** Why nothing could be written: said once. */
  #fault: string | undefined;

  /** `storage`: the workspace's; undefined where there is none. */
  constructor(storage: Uri | undefined, log: (message: string) => void) {
    this.#folder = storage && Uri.joinPath(storage, FOLDER);
    this.#log = log;
    this.#store.add(workspace.onDidRenameFiles(event => void this.#follow(event)));
    this.#store.add(
      workspace.onDidDeleteFiles(({ files }) => {
        for (const file of files) void this.#drop(uri => isIn(uri, file));
      }),
    );
  }

  /** What is held of a document: of the training that this window has begun. */
  held(uri: Uri): Unfinished | undefined {
    return this.#held.get(uri.toString());
  }

  /** Takes the place of what was kept of the same document. Never rejects: what cannot be written is held. */
  keep(unfinished: Unfinished): Promise<void> {
    this.#held.set(unfinished.uri, unfinished);
    return this.#turns.take(() => this.#write(unfinished));
  }

  /** Also one that a window before this has left. What is damaged goes. */
  find(uri: Uri): Promise<Unfinished | undefined> {
    return this.#turns.take(
      async () => this.held(uri) ?? (await this.#read((await this.#left(uri))[0])),
    );
  }

  /** It came to its end, or nobody wants it. */
  drop(uri: Uri): Promise<void> {
    this.#held.delete(uri.toString());
    return this.#turns.take(async () => {
      for (const file of await this.#left(uri)) await remove(file);
    });
  }

  /** All that windows before this have left, without those whose document is gone: these go. */
  left(): Promise<readonly Unfinished[]> {
    return this.#turns.take(async () => {
      const all = await this.#all();
      const there = await Promise.all(all.map(({ unfinished }) => exists(unfinished.uri)));
      for (const [i, { file }] of all.entries()) if (!there[i]) await remove(file);
      return all.filter((_, i) => there[i]).map(({ unfinished }) => unfinished);
    });
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #write(unfinished: Unfinished): Promise<void> {
    const uri = Uri.parse(unfinished.uri);
    const file = await this.#file(uri);
    if (!file || !workspace.isTrusted || !workspace.getWorkspaceFolder(uri)) return;
    try {
      await workspace.fs.createDirectory(Uri.joinPath(file, '..'));
      await writeWhole(file, unfinishedFile(unfinished));
      this.#fault = undefined;
    } catch (error) {
      const fault = messageOf(error);
      if (fault !== this.#fault) this.#log(fault);
      this.#fault = fault;
    }
  }

  async #read(file: Uri | undefined): Promise<Unfinished | undefined> {
    const bytes =
      file && (await Promise.resolve(workspace.fs.readFile(file)).catch(() => undefined));
    if (!bytes) return undefined;
    try {
      return readUnfinished(bytes);
    } catch (error) {
      this.#log(messageOf(error));
      await remove(file);
      return undefined;
    }
  }

  async #all(): Promise<readonly { file: Uri; unfinished: Unfinished }[]> {
    const folder = this.#folder;
    if (!folder) return [];
    const entries = await entriesOf(folder);
    const names = new Set(entries.map(([name]) => name));
    const found: { file: Uri; unfinished: Unfinished }[] = [];
    for (const [name, type] of entries) {
      const file = Uri.joinPath(folder, name);
      const own = ownName(name);
      // Others are what was being written when the window ended, beside one that was written before.
      const isLeft = own.endsWith(ENDING) && (own === name || !names.has(own));
      const isOne = (type & FileType.File) !== 0 && isLeft;
      const unfinished = isOne ? await this.#read(file) : await remove(file);
      if (unfinished) found.push({ file, unfinished });
    }
    return found;
  }

  /** A document has another name, or a folder above it. */
  #follow({ files }: FileRenameEvent): Promise<void> {
    return this.#turns.take(async () => {
      for (const { file, unfinished } of await this.#alsoHeld())
        for (const { oldUri, newUri } of files) {
          const { uri } = unfinished;
          if (!isIn(uri, oldUri)) continue;
          // What could not be written may be newer than its file.
          const newest = this.#held.get(uri) ?? unfinished;
          const moved = { ...newest, uri: `${newUri}${uri.slice(`${oldUri}`.length)}` };
          if (this.#held.delete(uri)) this.#held.set(moved.uri, moved);
          await this.#write(moved);
          await remove(file);
          this.#moved.fire(moved.uri);
        }
    });
  }

  /** All files, and what is in none: of a workspace that is not trusted, or a disk that is full. */
  async #alsoHeld(): Promise<readonly { file?: Uri; unfinished: Unfinished }[]> {
    const stored = await this.#all();
    const known = new Set(stored.map(({ unfinished }) => unfinished.uri));
    const others = [...this.#held.values()].filter(({ uri }) => !known.has(uri));
    return [...stored, ...others.map(unfinished => ({ unfinished }))];
  }

  #drop(which: (uri: string) => boolean): Promise<void> {
    for (const uri of [...this.#held.keys()]) if (which(uri)) this.#held.delete(uri);
    return this.#turns.take(async () => {
      for (const { file, unfinished } of await this.#all())
        if (which(unfinished.uri)) await remove(file);
    });
  }

  /** Where that of a document was left, under its own name first. */
  async #left(uri: Uri): Promise<readonly Uri[]> {
    const [folder, file] = [this.#folder, await this.#file(uri)];
    if (!folder || !file) return [];
    const names = (await entriesOf(folder)).map(([name]) => name).sort();
    const own = nameOf({ uri: file });
    return names.filter(name => ownName(name) === own).map(name => Uri.joinPath(folder, name));
  }

  async #file(uri: Uri): Promise<Uri | undefined> {
    if (!this.#folder) return undefined;
    // A name may be longer than a file system takes.
    const sum = await sha256(new TextEncoder().encode(uri.toString()), crypto.subtle);
    return Uri.joinPath(this.#folder, `${sum.slice(0, 32)}${ENDING}`);
  }
}

/** None where there is no such folder. */
async function entriesOf(folder: Uri): Promise<readonly [string, FileType][]> {
  return Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []);
}

/**
 * The name that a file was to have: it has another one where the window ended, or the disk failed, when the old file was gone
 * already and the new one was not yet in its place.
 */
const ownName = (name: string): string => name.replace(TEMPORARY, '');

/** Whether a document is this file, or lies in this folder. */
export function isIn(uri: string, file: Uri): boolean {
  return uri === file.toString() || uri.startsWith(`${file.toString()}/`);
}

/** Whether a document is there; where the folder cannot be reached at all, it may be. */
async function exists(uri: string): Promise<boolean> {
  const document = Uri.parse(uri);
  const found = await Promise.resolve(workspace.fs.stat(document)).catch(() => undefined);
  return found !== undefined || !workspace.getWorkspaceFolder(document);
}

async function remove(file: Uri | undefined): Promise<undefined> {
  if (file) await Promise.resolve(workspace.fs.delete(file)).catch(() => undefined);
}
