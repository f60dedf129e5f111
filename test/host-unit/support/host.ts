/** The host's parts around an editor in memory and workers that the test moves. */
import type * as vscode from 'vscode';
import type { EnginePlace } from '../../../src/enginePlace';
import { Documents } from '../../../src/host/documents';
import { Notices } from '../../../src/host/notices';
import type { WorkerPort } from '../../../src/host/platform';
import { Runs } from '../../../src/host/runs';
import { UnfinishedFiles } from '../../../src/host/unfinishedFiles';
import { createLog, editor, Uri, type TextDocument } from './vscode';
import { FakeWorker } from './worker';

export const PATH = '/work/net.nn.json';
/** What VS Code gives the extension for the workspace. */
export const STORAGE = Uri.file('/storage');

/** A neuron without weights in the file: they are drawn from the seed. */
export const TEXT = `{
  "version": 1,
  "seed": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 1, "activation": "linear" }
  ],
  "loss": { "type": "meanSquaredError", "reduction": "mean" },
  "training": { "optimizer": { "type": "sgd", "learningRate": 0.5 }, "epochs": 3 },
  "data": { "inline": [{ "x": [1, 2], "y": [1] }] }
}
`;

export interface Host {
  readonly documents: Documents;
  readonly runs: Runs;
  readonly unfinished: UnfinishedFiles;
  readonly workers: FakeWorker[];
  readonly document: TextDocument;
  readonly uri: vscode.Uri;
}

/** A fresh editor with one document, and the host around it with workers that the test moves. */
export function createHost(text = TEXT, prepare: (worker: FakeWorker) => void = () => {}): Host {
  const workers: FakeWorker[] = [];
  const spawn = (): WorkerPort => {
    const worker = new FakeWorker();
    prepare(worker);
    workers.push(worker);
    return worker.port();
  };
  return { ...createHostWith(spawn, text), workers };
}

/** The same with any worker, for instance the real session; with processes where it is said how wide they are. */
export function createHostWith(
  spawn: (place: EnginePlace) => WorkerPort | Promise<WorkerPort>,
  text = TEXT,
  isWide?: () => Promise<boolean>,
): Omit<Host, 'workers'> {
  editor.reset();
  return { ...createWindow(spawn, isWide), ...openDocument(text) };
}

/** What a window has of the extension, around the editor as it is. */
export function createWindow(
  spawn: (place: EnginePlace) => WorkerPort | Promise<WorkerPort>,
  isWide?: () => Promise<boolean>,
): Pick<Host, 'documents' | 'runs' | 'unfinished'> {
  const documents = new Documents();
  const log = createLog() as unknown as vscode.LogOutputChannel;
  const unfinished = new UnfinishedFiles(STORAGE as unknown as vscode.Uri, why => log.warn(why));
  const runs = new Runs({
    documents,
    notices: new Notices(log),
    spawnWorker: async place => spawn(place),
    isWide,
    unfinished,
  });
  return { documents, runs, unfinished };
}

export function openDocument(text: string): Pick<Host, 'document' | 'uri'> {
  const document = editor.open(PATH, text);
  return { document, uri: document.uri as unknown as vscode.Uri };
}

/** Waits until everything that is under way and needs no clock has happened. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise(resolve => setImmediate(resolve));
}
