/** The host's parts around an editor in memory and workers that the test moves. */
import type * as vscode from 'vscode';
import type { EnginePlace } from '../../../src/enginePlace';
import { Documents } from '../../../src/host/documents';
import { Notices } from '../../../src/host/notices';
import type { WorkerPort } from '../../../src/host/platform';
import { Runs } from '../../../src/host/runs';
import { createLog, editor, type TextDocument } from './vscode';
import { FakeWorker } from './worker';

export const PATH = '/work/net.nn.json';

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
  const documents = new Documents();
  const runs = new Runs({
    documents,
    notices: new Notices(createLog() as unknown as vscode.LogOutputChannel),
    spawnWorker: async place => spawn(place),
    isWide,
  });
  const document = editor.open(PATH, text);
  return { documents, runs, document, uri: document.uri as unknown as vscode.Uri };
}

/** Waits until everything that is under way and needs no clock has happened. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise(resolve => setImmediate(resolve));
}
