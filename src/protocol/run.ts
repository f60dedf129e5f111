/** What the worker is given, and what it says of the run: its data, where it is, and what is drawn. Types only. */
import type { Checkpoint } from '../engine/checkpoint';
import type { EngineReport, EngineRequest, ThreadsRequest } from '../engine/engineReport';
import type { Scope, Target } from '../engine/facts';
import type { NetworkNumbers, Position } from '../engine/inspect';
import type { KeptState } from '../engine/keptSnapshots';
import type { FinishReason, StopWatchState } from '../engine/stopRule';
import type { Divergence } from '../engine/trainer';
import type { Issue, Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';

export interface LoadRequest {
  network: Network;
  /** The files that `dataFiles(network)` names, by path as written in the network: bytes as they lie there, or texts. */
  files: Record<string, string | Uint8Array>;
  keepParameters: boolean;
  /**
   * Where the network differs in its parameters alone and has those of a kept moment, the run is at that moment and
   * keeps its history: undo leads back to where it was.
   */
  recognizes?: boolean;
  /** Which arithmetic; default: `auto`. */
  engine?: EngineRequest;
  /** How many threads shall compute, where the worker is a process of its own; default: `auto`. */
  threads?: ThreadsRequest;
  /** What another worker gave by `carry`: the run goes on from there as if it had been loaded here. */
  carried?: CarriedRun;
}

export interface LoadResult {
  /** Whether the run and its history go on from the load before. */
  continued: boolean;
  shapes: NetworkShapes;
  data: DataSummary | undefined;
  /** Warnings and information about the data; errors reject. `range` is set by the host from `path`. */
  issues: DataIssue[];
  state: RunState;
  /** What computes the run. */
  engine: EngineReport;
}

/**
 * A run on its way from one worker to another: everything that stays when the same worker loads a network anew. The
 * optimizer's state does not; it begins anew there as well.
 */
export interface CarriedRun {
  readonly shapes: NetworkShapes;
  /** In the file's order. */
  readonly parameters: Float64Array;
  readonly course: CourseState;
  readonly snapshots: KeptState;
}

/** How far a run has come. */
export interface CourseState {
  /** Where counting goes on. */
  readonly begun: Position;
  /** The kept snapshot that the run is at, where it was brought back to one and nothing was trained since. */
  readonly resting: number | undefined;
}

/** A training between two steps, with everything that it needs to go on elsewhere as if nothing had come between. */
export interface TrainingMoment {
  readonly position: Position;
  /** The epoch at which the training is over, at the latest. */
  readonly epochs: number;
  /** Epochs, and parts of one, since the run was loaded, and seconds of training. */
  readonly trained: number;
  readonly seconds: number;
  /** Absent where nothing was being trained. */
  readonly watch?: StopWatchState;
  readonly checkpoint: Checkpoint;
}

/** A training that was cut off by the end of the engine or of the window, for whoever may want to go on with it. */
export interface UnfinishedNote extends Position {
  /** The epoch at which it would be over. */
  readonly epochs: number;
  /** Why the engine has ended; absent where the window did. */
  readonly reason?: string;
  /** Why it does not fit the network as it is now: it cannot be gone on with. */
  readonly misfit?: string;
  /** Somebody has said: not now. */
  readonly hidden: boolean;
}

/** A training that was paused because its network was changed, for whoever may want to go on or begin again. */
export interface InterruptedNote {
  /** Completed epochs, and those at which it would be over. */
  readonly epoch: number;
  readonly epochs: number;
  /** What was changed; `text`: the text is no network at the moment, so that there is nothing to answer. */
  readonly what: 'layers' | 'weights' | 'settings' | 'text';
  /** Somebody has said: not now. */
  readonly hidden: boolean;
}

/** An issue found behind the text, in the data: the host places it at `path` in the document. */
export type DataIssue = Omit<Issue, 'range'>;

export interface DataSummary {
  samples: number;
  training: number;
  validation: number;
  inputNames: readonly string[];
  /** Class names where the target is a column of classes. */
  classNames: readonly string[] | undefined;
  /** Where targets are classes: samples of each, in the order of `classNames` (or 0 and 1 of one output). */
  classCounts?: readonly { name: string; training: number; validation: number }[];
}

export interface SampleList {
  start: number;
  total: number;
  /** In the data's order (before the split). x is normalised as the network sees it. */
  samples: {
    index: number;
    part: 'training' | 'validation';
    x: number[];
    y: number[];
    label: string;
  }[];
}

/** What goes into a network and comes out of it, in the units of its data. */
export interface DataRange {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** As in {@link DataSummary}. */
  readonly classNames: readonly string[] | undefined;
  /** Of each input over the training part, before it is normalised; −1 and 1 without data. */
  readonly least: readonly number[];
  readonly most: readonly number[];
}

/** One sample, or `most` of them evenly chosen. */
export type PointsRequest = { readonly sample: number } | { readonly most: number };

export interface DataPoints {
  /** Samples that the data have. */
  readonly total: number;
  readonly shown: number;
  /** (shown, 1 + inputs + outputs): 0 for training and 1 for validation, x before it is normalised, y. */
  readonly values: Float64Array;
}

export type StepUnit = 'epoch' | 'batch' | 'sample';

/** Where a run is. `step` counts updates, `epoch` completed epochs. */
export type RunState = {
  readonly epoch: number;
  readonly step: number;
  /**
   * Just paused, and the loss of this place is being computed: it and everything that is evaluated with it is NaN. Another
   * state follows, which may be that the run has diverged, unless training goes on before.
   */
  readonly settling?: true;
  /** Loss over the training part with the current parameters; NaN before data exist. */
  readonly loss: number;
  readonly validationLoss: number;
  readonly accuracy: number;
  readonly validationAccuracy: number;
  /** Mean R² of the outputs, where there is no accuracy. */
  readonly r2?: number;
  readonly validationR2?: number;
  /** Seconds spent training since the run was loaded. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
  /** η of the epoch under way, where a schedule changes it. */
  readonly learningRate?: number;
} & (
  | { readonly phase: 'idle' | 'running' | 'paused' }
  | { readonly phase: 'finished'; readonly reason: FinishReason }
  | { readonly phase: 'diverged'; readonly where: Divergence }
);

export interface ViewRequest {
  scope: Scope;
  /** Also the next update of what is drawn. */
  updates?: boolean;
}

/** What the canvas draws. Only shown neurons cross the wire. */
export type NetworkView = NetworkNumbers & Position;

export interface GradcheckRequest {
  /** Number of samples in the batch that is checked; default min(8, all). */
  samples?: number;
  /** Only the parameters of this place; default: all. */
  within?: Target;
  /** Random directions through all parameters, and instead of all some parameters of each tensor. */
  directions?: boolean;
  /** Step of the differences, relative to max(1, |θ|); default: 10⁻⁵, others where there is a doubt. */
  h?: number;
}
