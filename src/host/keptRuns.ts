/**
 * The trainings that are kept: files below `.nabla/runs` of each workspace folder, written by the editor or by the
 * command line. Nothing is held of them but what a list shows, and that only once it was asked for.
 */
import { EventEmitter, FileType, Uri, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import { beginningIn, RUN_ENDING } from '../runs/run';
import { readRun, readSummary } from '../runs/readRun';
import type { RunFile, RunSummary } from '../runs/readRun';
import { parametersOf } from '../runs/runParameters';
import type { RunFiles } from '../runs/writeRun';
import { nameOf } from './documents';
import { isNetworkUri, NABLA_FOLDER, RUNS_FOLDER } from './manifest';
import { messageOf } from './messageOf';
import { Store } from './store';
import { writeWhole } from './wholeFiles';

/** A file among the runs of a workspace folder. */
export interface KeptRun {
  readonly uri: Uri;
  /** Another one when the file has changed. */
  readonly stamp?: string;
  /** Absent where the file is none of a run; `fault` says why. */
  readonly summary?: RunSummary;
  readonly fault?: string;
  /** The network that was trained; absent where the file names none inside of the folder. */
  readonly network?: Uri;
}

/** Files that are read at once. */
const AT_ONCE = 16;

export class KeptRuns implements Disposable {
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  /** A run was kept, or is gone. */
  readonly onDidChange = this.#changed.event;
  readonly #known = new Map<string, { readonly stamp: string; readonly run: KeptRun }>();

  constructor() {
    // Of a folder that goes nothing is told but its own end.
    const places = [NABLA_FOLDER, RUNS_FOLDER, `${RUNS_FOLDER}/*${RUN_ENDING}`];
    const watcher = this.#store.add(workspace.createFileSystemWatcher(`**/{${places.join(',')}}`));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
      this.#store.add(event(() => this.#changed.fire()));
    this.#store.add(workspace.onDidChangeWorkspaceFolders(() => this.#changed.fire()));
  }

  /** All of them, the newest first. */
  async list(): Promise<readonly KeptRun[]> {
    const folders = workspace.workspaceFolders ?? [];
    const runs = await Promise.all(folders.map(({ uri }) => this.#listIn(uri)));
    return runs.flat().sort((a, b) => (begunOf(b) < begunOf(a) ? -1 : 1));
  }

  /** With all of its columns. Rejects when it cannot be read, or is none. */
  async read(uri: Uri): Promise<RunFile> {
    return readRun(textOf(await workspace.fs.readFile(uri)));
  }

  /** The parameters at its end, in the file's order. Rejects when there are none that are whole. */
  async parameters(uri: Uri): Promise<{ summary: RunSummary; parameters: Float64Array }> {
    const summary = readSummary(textOf(await workspace.fs.readFile(uri)));
    const read = (file: string): Thenable<Uint8Array> =>
      workspace.fs.readFile(Uri.joinPath(uri, '..', file));
    return { summary, parameters: await parametersOf(summary, read, crypto.subtle) };
  }

  /** Whether a workspace folder has that run. */
  async has(folder: Uri, { name }: RunFiles): Promise<boolean> {
    return (await namesIn(Uri.joinPath(folder, RUNS_FOLDER))).includes(name);
  }

  /** Keeps a run in a workspace folder, as this file; of all there the newest so many stay. */
  async keep(folder: Uri, { name, lines, weights }: RunFiles, most: number): Promise<Uri> {
    const runs = Uri.joinPath(folder, RUNS_FOLDER);
    await prepare(folder, runs);
    if (weights) await writeWhole(Uri.joinPath(runs, weights.name), weights.bytes);
    await writeWhole(Uri.joinPath(runs, name), new TextEncoder().encode(lines));
    const others = (await namesIn(runs)).filter(other => other !== name);
    const dated = others.filter(other => beginningIn(other) !== undefined);
    dated.sort((a, b) => ((beginningIn(b) ?? '') < (beginningIn(a) ?? '') ? -1 : 1));
    for (const old of dated.slice(Math.max(0, most - 1))) await remove(Uri.joinPath(runs, old));
    this.#changed.fire();
    return Uri.joinPath(runs, name);
  }

  /** Removes runs with their weights. */
  async delete(uris: readonly Uri[]): Promise<void> {
    try {
      for (const uri of uris) await remove(uri);
    } finally {
      this.#changed.fire();
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #listIn(folder: Uri): Promise<readonly KeptRun[]> {
    const runs = Uri.joinPath(folder, RUNS_FOLDER);
    const names = await namesIn(runs);
    const found: KeptRun[] = [];
    for (let i = 0; i < names.length; i += AT_ONCE) {
      const some = names.slice(i, i + AT_ONCE).map(name => Uri.joinPath(runs, name));
      found.push(...(await Promise.all(some.map(uri => this.#lookAt(uri, folder)))));
    }
    return found;
  }

  /** Read once for each version of the file. */
  async #lookAt(uri: Uri, folder: Uri): Promise<KeptRun> {
    const key = uri.toString();
    try {
      const { mtime, size } = await workspace.fs.stat(uri);
      const stamp = `${mtime} ${size}`;
      const known = this.#known.get(key);
      if (known?.stamp === stamp) return known.run;
      const summary = readSummary(edgesOf(await workspace.fs.readFile(uri)));
      const run = { uri, stamp, summary, network: networkUri(folder, summary.head.file) };
      this.#known.set(key, { stamp, run });
      return run;
    } catch (error) {
      return { uri, fault: messageOf(error) };
    }
  }
}

/** Text that is not UTF-8 is no JSON either, and is told as that. */
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const LINE_END = 10;

/** The first line and the last two: a list needs no other rows. */
function edgesOf(bytes: Uint8Array): string {
  const first = bytes.indexOf(LINE_END);
  const last = bytes.lastIndexOf(LINE_END, bytes.lastIndexOf(LINE_END, bytes.length - 2) - 1);
  if (last <= first) return textOf(bytes);
  return textOf(bytes.subarray(0, first)) + textOf(bytes.subarray(last));
}

function networkUri(folder: Uri, file: string): Uri | undefined {
  const isInside = !file.split(/[/\\]/).includes('..');
  const uri = Uri.joinPath(folder, file);
  return isInside && isNetworkUri(uri) ? uri : undefined;
}

const begunOf = ({ uri, summary }: KeptRun): string =>
  summary?.head.begun.replace(/[-:.]/g, '') ?? beginningIn(nameOf({ uri })) ?? '';

/** None where there is no such folder. */
async function namesIn(runs: Uri): Promise<readonly string[]> {
  const entries = await Promise.resolve(workspace.fs.readDirectory(runs)).catch(() => []);
  return entries
    .filter(([name, type]) => (type & FileType.File) !== 0 && name.endsWith(RUN_ENDING))
    .map(([name]) => name);
}

/** Makes the folder. Version control leaves out what was not asked for, unless somebody has decided otherwise. */
async function prepare(folder: Uri, runs: Uri): Promise<void> {
  const own = Uri.joinPath(folder, NABLA_FOLDER);
  const isThere = await Promise.resolve(workspace.fs.stat(own)).catch(() => undefined);
  if (!isThere)
    await workspace.fs.writeFile(Uri.joinPath(own, '.gitignore'), new TextEncoder().encode('*\n'));
  await workspace.fs.createDirectory(runs);
}

async function remove(uri: Uri): Promise<void> {
  await workspace.fs.delete(uri);
  const weights = uri.with({ path: uri.path.replace(/\.jsonl$/, '.safetensors') });
  await Promise.resolve(workspace.fs.delete(weights)).catch(() => undefined);
}
