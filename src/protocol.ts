/**
 * Everything said between the extension host, the training worker and the webview. Types only.
 *
 * The host is in the middle: worker ⇄ host ⇄ webview. The two ends never speak to each other.
 * Every method is a request that is answered, also with an error (`rpc.ts`); every event is told
 * without an answer. Bulk numbers travel as one typed array a message, never as JSON numbers.
 */
import type { CsvPreview } from './data/preview';
import type { Facts, Scope, Target } from './engine/facts';
import type { GradcheckReport } from './engine/gradcheck';
import type { MetricsChunk } from './engine/history';
import type { NetworkNumbers, Position } from './engine/inspect';
import type { Fan, FanEdge, FanRequest } from './engine/inspect/fan';
import type { MatrixPicture, MatrixRequest } from './engine/inspect/matrix';
import type { FinishReason } from './engine/stopRule';
import type { Divergence } from './engine/trainer';
import type { Issue, JsonPath, Network, NotationName, TextRange } from './network/network';
import type { NetworkEdit } from './network/edit';
import type { NetworkShapes } from './network/shapes';
import type { TemplateName } from './network/templates';

export type { Divergence, Fan, FanEdge, FanRequest, FinishReason, MatrixPicture, MatrixRequest };

// ---------------------------------------------------------------------------- host → worker

/** The host asks, the worker answers. */
export interface WorkerApi {
  /**
   * Replaces the current run. Keeps trained parameters (and the history of losses) when `keepParameters` is
   * true and the layer shapes are the same. Rejects with issues when network or data cannot be used.
   */
  load(request: LoadRequest): LoadResult;
  /** Starts or resumes; resolves at once. Ends by itself after `epochs` more epochs (default: the network's). */
  train(options: { epochs?: number }): RunState;
  /** Resolves when the running slice has ended: at most 100 ms. */
  pause(): RunState;
  /** One epoch, one batch or one sample (an update by one sample, whatever the batch size). */
  step(unit: StepUnit): RunState;
  /** The parameters the run was loaded with, optimizer state and counters cleared. */
  reset(): RunState;
  inspect(target: Target, scope: Scope): Facts;
  /** What the canvas draws. */
  view(request: ViewRequest): NetworkView;
  /** A part of a layer's weights or gradients as a picture of at most 256 × 256 cells. */
  matrix(request: MatrixRequest): MatrixPicture;
  /** The strongest connections of one neuron. */
  fan(request: FanRequest): Fan;
  /** Progress is told by the `gradcheckProgress` event. */
  gradcheck(options: GradcheckRequest): GradcheckReport;
  /** Ends a gradcheck that is under way; its request rejects with the name `Cancelled`. */
  cancelGradcheck(): void;
  /** All parameters as they are now, in the file's order: per layer the weights row by row, then the biases. */
  parameters(): Float64Array;
  /** (samples, outputs) of these inputs, raw as the data have them. */
  predict(inputs: number[][]): number[][];
  /** Texts of up to `count` samples for the sample picker, from `start`. */
  samples(start: number, count: number): SampleList;
}

/** The worker tells, the host listens. */
export interface WorkerEvents {
  /** After every change of phase, and ten times a second while running. */
  runState(state: RunState): void;
  /** At most 30 a second. */
  metrics(chunk: MetricsChunk): void;
  gradcheckProgress(progress: { checked: number; parameters: number }): void;
}

export interface LoadRequest {
  network: Network;
  /** Contents of the files that `dataFiles(network)` names, by path as written in the network. */
  files: Record<string, string>;
  keepParameters: boolean;
}

export interface LoadResult {
  shapes: NetworkShapes;
  data: DataSummary | undefined;
  /** Warnings and information about the data; errors reject. `range` is set by the host from `path`. */
  issues: DataIssue[];
  state: RunState;
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

export type StepUnit = 'epoch' | 'batch' | 'sample';

/** Where a run is. `step` counts updates, `epoch` completed epochs. */
export type RunState = {
  readonly epoch: number;
  readonly step: number;
  /** Loss over the training part with the current parameters; NaN before data exist. */
  readonly loss: number;
  readonly validationLoss: number;
  readonly accuracy: number;
  readonly validationAccuracy: number;
  /** Seconds spent training since the run was loaded. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
} & (
  | { readonly phase: 'idle' | 'running' | 'paused' }
  | { readonly phase: 'finished'; readonly reason: FinishReason }
  | { readonly phase: 'diverged'; readonly where: Divergence }
);

export interface ViewRequest {
  scope: Scope;
}

/** What the canvas draws. Only shown neurons cross the wire. */
export type NetworkView = NetworkNumbers & Position;

export interface GradcheckRequest {
  /** Number of samples in the batch that is checked; default min(8, all). */
  samples?: number;
}

// ---------------------------------------------------------------------------- webview ⇄ host

/** The webview asks, the host answers. */
export interface HostApi {
  /** First call of a new webview: everything needed to draw. */
  ready(): DesignerState;
  /**
   * Semantic edit, applied to the newest text as one undo step. `base` is the document version that the person
   * saw: if the text has changed since so that the edit would mean something else, it is refused.
   */
  edit(edit: NetworkEdit, base: number): EditResult;
  /** Puts the text of layers on the clipboard. */
  copyLayers(layers: number[], base: number): void;
  /** The same, and removes them. */
  cutLayers(layers: number[], base: number): EditResult;
  /** Inserts the layers on the clipboard before the layer at `index`. */
  pasteLayers(index: number, base: number): EditResult;
  run(command: RunCommand): void;
  inspect(target: Target, scope: Scope): Facts;
  view(request: ViewRequest): NetworkView;
  matrix(request: MatrixRequest): MatrixPicture;
  fan(request: FanRequest): Fan;
  samples(start: number, count: number): SampleList;
  /** Fills a file without a network from a template or from a CSV file, as one undo step. */
  create(start: TemplateName | { csv: string }): EditResult;
  /** CSV files of the workspace that this network may use, as the network would name them. */
  csvFiles(): CsvFile[];
  /** The first rows of a CSV file, what was detected, and what is wrong with it. */
  previewCsv(path: string): CsvPreview;
  /** Shows the text beside the designer with the place selected: what stands at `path`, or `range`. */
  reveal(path: JsonPath, range?: TextRange): void;
  /** What is selected on the canvas: a text editor beside it shows the same, without taking the focus. */
  selected(target: Target | undefined): void;
  openAsText(): void;
  /**
   * The keyboard has come to the page and stayed. VS Code looks four times a second where it is, and misses who goes to
   * the text and is back sooner; its undo would then reach neither.
   */
  entered(): void;
}

/** The host tells, the webview listens. Only visible webviews are told; the rest catch up on `ready`. */
export interface WebviewEvents {
  /** After every change of the text, whoever made it. */
  document(state: DocumentState): void;
  runState(state: RunState): void;
  metrics(chunk: MetricsChunk): void;
  gradcheck(state: GradcheckState): void;
  /** The profile chosen by the settings. */
  notation(name: NotationName): void;
  /** Selects a place on the canvas. */
  select(target: Target): void;
  /** A command of VS Code's own menu was chosen over the canvas. */
  command(name: DesignerCommand, context: DesignerContext): void;
}

/** What the menu of the canvas offers. */
export type DesignerCommand =
  | 'insertBefore'
  | 'insertAfter'
  | 'duplicate'
  | 'moveLeft'
  | 'moveRight'
  | 'delete'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'editWeight'
  | 'showInText';

/**
 * What the menu was opened on: the JSON of `data-vscode-context` of the element and those around it
 * (`webviewSection` is `layer`, `input`, `neuron`, `weight` or `canvas`). Empty where the command came from elsewhere.
 */
export interface DesignerContext {
  /** Which page the menu was opened on. */
  page?: number;
  /** −1: input */
  layer?: number;
  row?: number;
  /** With `row`: a weight. */
  column?: number;
  /** With `row` and without `column`: the bias. */
  bias?: boolean;
}

export type RunCommand =
  | { type: 'train' | 'pause' | 'reset' | 'newSeed' | 'gradcheck' | 'cancelGradcheck' }
  | { type: 'step'; unit: StepUnit };

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
  notation: NotationName;
  /** Visible strings in the language of VS Code, by key; English where a key is missing. */
  strings: Record<string, string>;
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
