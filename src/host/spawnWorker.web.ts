/**
 * The training worker in a browser. Its script lies on another origin than the extension host, where a
 * worker may not be started from: it is read through the file system and started from a Blob.
 */
import { Uri, workspace } from 'vscode';
import type { WorkerPort } from './platform';

export async function spawnWorker(dist: Uri): Promise<WorkerPort> {
  const script = await workspace.fs.readFile(Uri.joinPath(dist, 'worker.web.js'));
  const url = URL.createObjectURL(new Blob([new Uint8Array(script)], { type: 'text/javascript' }));
  const worker = new Worker(url);
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
    },
    dispose() {
      disposed = true;
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
