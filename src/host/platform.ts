/** What differs between desktop and web: how a worker is started. */
import type { Uri } from 'vscode';
import type { Endpoint } from '../rpc';

/** A running worker: a thread, or a process. */
export interface WorkerPort extends Endpoint {
  /** Calls `lost` at most once, when the worker ends by itself or fails; not after `dispose`. */
  onLost(lost: (reason: string) => void): void;
  /** Ends the worker. */
  dispose(): void;
}

export interface Platform {
  /** Starts the training worker as a thread, from the bundles in `dist`; `warn` is told where that is not possible. */
  spawnWorker(dist: Uri, warn: (message: string) => void): Promise<WorkerPort>;
  /** The first bytes of a file; undefined where it does not lie on this machine. Absent where there are no such files. */
  readonly readStart?: (uri: Uri, most: number) => Promise<Uint8Array | undefined>;
  /** Whether links lead from a folder to a file outside of it. Absent where nobody can know. */
  readonly leadsOut?: (folder: Uri, file: Uri) => Promise<boolean>;
  /**
   * Writes a file as a whole or not at all; false, and nothing is written, where it does not lie on this machine. Absent where
   * there are no such files.
   */
  readonly writeWhole?: (uri: Uri, bytes: Uint8Array) => Promise<boolean>;
  /** Absent where there are no processes. */
  readonly processes?: Processes;
}

export interface Processes {
  /**
   * Starts the training worker as a process of its own; rejects when it does not start. `printed` is told the lines that
   * it prints.
   */
  spawn(dist: Uri, printed: (line: string) => void): Promise<WorkerPort>;
  /** Whether WebAssembly can compute twice as wide there. */
  isWide(): Promise<boolean>;
}
