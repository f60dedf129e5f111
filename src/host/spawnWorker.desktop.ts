/** The training worker as a thread of Node. */
import { Worker } from 'node:worker_threads';
import { Uri } from 'vscode';
import type { WorkerPort } from './platform';

export function spawnWorker(dist: Uri): Promise<WorkerPort> {
  const worker = new Worker(Uri.joinPath(dist, 'worker.js').fsPath);
  let disposed = false;
  return Promise.resolve({
    post: (message, transfer) => worker.postMessage(message, transfer ?? []),
    listen(receive) {
      worker.on('message', receive);
      return () => worker.off('message', receive);
    },
    onLost(lost) {
      let told = false;
      const tell = (reason: string): void => {
        if (told || disposed) return;
        told = true;
        lost(reason);
      };
      worker.once('error', error => tell(error.message));
      worker.once('exit', code => tell(`exit code ${code}`));
    },
    dispose() {
      disposed = true;
      void worker.terminate();
    },
  });
}
