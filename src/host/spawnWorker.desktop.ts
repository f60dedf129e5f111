/** The training worker as a thread of Node, and as a process. */
import { Worker } from 'node:worker_threads';
import { Uri } from 'vscode';
import { isWide } from '../node/wideProcess';
import type { Processes, WorkerPort } from './platform';
import { forkWorker } from './spawnProcess.desktop';

const scriptIn = (dist: Uri): string => Uri.joinPath(dist, 'worker.js').fsPath;

export const processes: Processes = {
  spawn: async (dist, printed) =>
    forkWorker({ script: scriptIn(dist), wide: await isWide(), printed }),
  isWide,
};

export function spawnWorker(dist: Uri): Promise<WorkerPort> {
  const worker = new Worker(scriptIn(dist));
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
      worker.once('messageerror', ({ message }) => tell(message));
      worker.once('exit', code => tell(`exit code ${code}`));
    },
    dispose() {
      disposed = true;
      void worker.terminate();
    },
  });
}
