/**
 * The training worker in a browser. Its script lies on another origin than the extension host, where a
 * worker may not be started from: it is read through the file system and started from a Blob.
 */
import { Uri, l10n, workspace } from 'vscode';
import { UNREADABLE } from '../rpc';
import { engineHere } from './engineHere.web';
import { messageOf } from './messageOf';
import type { WorkerPort } from './platform';

/** The first message of a worker: the browser lets it run. */
const READY = 'ready';

export async function spawnWorker(dist: Uri, warn: (message: string) => void): Promise<WorkerPort> {
  const read = await workspace.fs.readFile(Uri.joinPath(dist, 'worker.web.js'));
  const script = new Uint8Array(read);
  try {
    return await started(script);
  } catch (error) {
    warn(
      l10n.t(
        'No worker can be started in this browser ({0}). The training engine runs in the extension host, where other extensions wait for it a little.',
        messageOf(error),
      ),
    );
    return engineHere(script);
  }
}

/** Rejects where a worker is not allowed to start another one, or does not know how to. */
async function started(script: Uint8Array<ArrayBuffer>): Promise<WorkerPort> {
  const parts = [`self.postMessage(${JSON.stringify(READY)});`, script];
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/javascript' }));
  try {
    const worker = new Worker(url);
    await isReady(worker);
    return portOf(worker);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function isReady(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', () => resolve(), { once: true });
    worker.addEventListener(
      'error',
      ({ message }) => reject(new Error(message || 'it was refused')),
      { once: true },
    );
  });
}

function portOf(worker: Worker): WorkerPort {
  let disposed = false;
  return {
    post: (message, transfer) => worker.postMessage(message, [...(transfer ?? [])]),
    listen(receive) {
      const hear = (event: MessageEvent): void => receive(event.data);
      worker.addEventListener('message', hear);
      return () => worker.removeEventListener('message', hear);
    },
    onLost(lost) {
      const tell = (event: ErrorEvent): void => {
        if (!disposed) lost(event.message || 'the worker failed');
      };
      worker.addEventListener('error', tell, { once: true });
      const unreadable = (): void => {
        if (!disposed) lost(UNREADABLE);
      };
      worker.addEventListener('messageerror', unreadable, { once: true });
    },
    dispose() {
      disposed = true;
      worker.terminate();
    },
  };
}
