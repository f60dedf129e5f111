/** What a page is given to draw, what it orders of the run, and what it hears of its edits. Types only. */
import type { GradcheckReport } from '../engine/gradcheck';
import type { MetricsChunk } from '../engine/history';
import type { HealthNote } from '../explain/health';
import type { Notation } from '../explain/notation';
import type { Issue, Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import type { ComparedRun } from './compare';
import type { DataSummary, InterruptedNote, RunState, StepUnit, UnfinishedNote } from './run';

export type RunCommand =
  | {
      type:
        'train' | 'pause' | 'reset' | 'newSeed' | 'gradcheck' | 'cancelGradcheck' | 'cancelLoad';
    }
  /** Of a training that was cut off. */
  | { type: 'continueTraining' | 'discardTraining' | 'postponeTraining' }
  /** Of a training that was paused because its network was changed. */
  | { type: 'continueInterrupted' | 'restartInterrupted' | 'postponeInterrupted' }
  | { type: 'step'; unit: StepUnit }
  /** Back to the parameters of a kept snapshot, in the run and, as one undo step, in the text. */
  | { type: 'restore'; snapshot: number };

export interface DocumentState {
  version: number;
  fileName: string;
  /** The last valid network, without its parameters (those come by `view`). Absent: never valid yet. */
  network: Network | undefined;
  shapes: NetworkShapes | undefined;
  issues: (Issue & { line: number; column: number })[];
  /** True while the text is not a usable network: the picture is that of the last valid version. */
  stale: boolean;
  /** Never valid yet: the picture leaves out what is wrong, which is parameters or data. */
  sketch?: true;
  readOnly: boolean;
  data: DataSummary | undefined;
  /** Settings that stand in the text (`writtenSettings`); every other one has its default. */
  written?: readonly string[];
}

export interface DesignerState {
  document: DocumentState;
  run: RunState | undefined;
  /** Everything recorded so far. */
  history: MetricsChunk | undefined;
  gradcheck: GradcheckState;
  health: readonly HealthNote[];
  /** Kept runs on the charts. */
  compared?: readonly ComparedRun[];
  /** Of data that are being read, which takes long: the part that is done. */
  loadPart?: number;
  /** A training that was cut off, and that one can go on with. */
  unfinished?: UnfinishedNote;
  /** A training that was paused because its network was changed. */
  interrupted?: InterruptedNote;
  notation: Notation;
}

export type GradcheckState =
  | { type: 'none' }
  | { type: 'running'; checked: number; parameters: number }
  | { type: 'done'; report: GradcheckReport; stale: boolean }
  | { type: 'failed'; message: string };

export type EditResult =
  | {
      applied: true;
      /** Of the text with the edit: a gesture that follows at once is made on this. */
      version?: number;
      /** What became of parameters written in the file: how many kept their number, how many are new. */
      kept?: { kept: number; fresh: number };
    }
  | { applied: false; message: string };

export interface CsvFile {
  /** As a network names it: relative to its file. */
  path: string;
  bytes: number;
}
