/** What differs between desktop and web: how a worker is started. */
import type { Uri } from 'vscode';
import type { Endpoint } from '../rpc';

/** A running worker thread. */
export interface WorkerPort extends Endpoint {
  /** Calls `lost` at most once, when the worker ends by itself or fails; not after `dispose`. */
  onLost(lost: (reason: string) => void): void;
  /** Ends the thread. */
  dispose(): void;
}

export interface Platform {
  /** Starts the training worker from the bundles in `dist`. */
  spawnWorker(dist: Uri): Promise<WorkerPort>;
}
