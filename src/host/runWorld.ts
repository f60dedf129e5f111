/** What the run of a document needs of the extension. */
import type { Uri } from 'vscode';
import type { EnginePlace } from '../enginePlace';
import type { Documents } from './documents';
import type { Notices } from './notices';
import type { WorkerPort } from './platform';
import type { UnfinishedFiles } from './unfinishedFiles';

export interface RunWorld {
  readonly documents: Documents;
  readonly notices: Notices;
  spawnWorker(place: EnginePlace): Promise<WorkerPort>;
  /** Whether a process computes twice as wide; absent where there are no processes. */
  isWide?(): Promise<boolean>;
  /** Where trainings are kept while they are under way. */
  readonly unfinished: UnfinishedFiles;
  /** Whether a designer shows a document. */
  isShown?(uri: Uri): boolean;
}
