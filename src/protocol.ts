/**
 * Everything said between the extension host, the training worker and the webview. Types only.
 *
 * The host is in the middle: worker ⇄ host ⇄ webview. The two ends never speak to each other.
 * Every method is a request that is answered, also with an error (`rpc.ts`); every event is told
 * without an answer. Bulk numbers travel as one typed array a message, never as JSON numbers.
 */
import type { CsvPreview } from './data/preview';
import type { Facts, Scope, Target } from './engine/facts';
import type { GradcheckEntry, GradcheckReport } from './engine/gradcheck';
import type { CurvePoint } from './engine/gradcheck/curve';
import type { GradcheckPicture, GradcheckRows, RowsRequest } from './engine/gradcheck/results';
import type { MetricsChunk } from './engine/history';
import type { SnapshotList } from './engine/keptSnapshots';
import type { HistoryRequest, ParameterHistory } from './engine/parameterHistory';
import type { GradientsRequest, SomeGradients } from './engine/inspect';
import type { Fan, FanEdge, FanRequest } from './engine/inspect/fan';
import type { HealthReport, HealthRequest } from './engine/health/alarm';
import type { MapRequest, NeuronMaps } from './engine/inspect/map';
import type { MatrixPicture, MatrixRequest } from './engine/inspect/matrix';
import type { Overview, OverviewRequest } from './engine/inspect/overview';
import type { WhatIf, WhatIfRequest } from './engine/inspect/whatIf';
import type { LabReport, LabRequest } from './engine/lab/lab';
import type { LayerMatrices, MatricesRequest } from './engine/matrixFacts';
import type { Results, ResultsRequest } from './engine/results/report';
import type { Divergence } from './engine/trainer';
import type { JsonPath, TextRange } from './network/network';
import type { NetworkEdit } from './network/edit';
import type { Tuning } from './network/tuning';
import type { TemplateName } from './network/templates';
import type { CsvFile, DesignerState, EditResult, RunCommand } from './protocol/designer';
import type {
  CarriedRun,
  DataPoints,
  DataRange,
  GradcheckRequest,
  LoadRequest,
  LoadResult,
  NetworkView,
  PointsRequest,
  RunState,
  SampleList,
  StepUnit,
  ViewRequest,
} from './protocol/run';

/** Of a file that a chart becomes. */
export type ChartKind = 'csv' | 'svg' | 'png';

export type * from './protocol/compare';
export type * from './protocol/designer';
export type * from './protocol/menu';
export type * from './protocol/run';
export type * from './protocol/webviewEvents';
export type { Divergence, Fan, FanEdge, FanRequest, MatrixPicture, MatrixRequest };
export type { HistoryRequest, ParameterHistory, SnapshotList };
export type { HealthReport, HealthRequest, Overview, OverviewRequest };
export type { MapRequest, NeuronMaps };
export type { Results, ResultsRequest };
export type { WhatIf, WhatIfRequest };

// ---------------------------------------------------------------------------- host → worker

/** The host asks, the worker answers. */
export interface WorkerApi {
  /**
   * Replaces the current run. Keeps trained parameters (and the history of losses) when `keepParameters` is
   * true and the layer shapes are the same. Rejects with issues when network or data cannot be used. Large data are
   * read in slices, of which the `loadProgress` event tells; the run before goes on until they are there. A newer load
   * ends it: it rejects with the name `Cancelled`.
   */
  load(request: LoadRequest): LoadResult;
  /** Ends a load that is under way, in the same way. */
  cancelLoad(): void;
  /** Answers, between two slices of whatever goes on. */
  alive(): void;
  /** The run as it is now, for another worker: its answer goes into a `load` there. */
  carry(): CarriedRun;
  /** Starts or resumes; resolves at once. Ends by itself after `epochs` more epochs (default: the network's). */
  train(options: TrainOptions): RunState;
  /**
   * Ends training with the running slice, within 100 ms, which a `runState` tells. Resolves when the loss of that place
   * is known, or when something else has begun before.
   */
  pause(): RunState;
  /** One epoch, one batch or one sample (an update by one sample, whatever the batch size). */
  step(unit: StepUnit): RunState;
  /** The parameters the run was loaded with, optimizer state and counters cleared. */
  reset(): RunState;
  /**
   * Other settings from the next step on, in whatever phase; everything else goes on as it is. Of another optimizer the
   * moments begin at 0. A training goes on to the epochs that it has then; one that is paused behind them is finished.
   */
  tune(tuning: Tuning): RunState;
  inspect(target: Target, scope: Scope): Facts;
  /** What the canvas draws. */
  view(request: ViewRequest): NetworkView;
  /** Some gradients at full precision, for what stands beside the text. */
  gradients(request: GradientsRequest): SomeGradients;
  /** A part of a layer's weights, gradients or next updates as a picture of at most 256 × 256 cells. */
  matrix(request: MatrixRequest): MatrixPicture;
  /** All layers side by side. */
  overview(request: OverviewRequest): Overview;
  /** The numbers of a layer as vectors and matrices. */
  layerMatrices(request: MatricesRequest): LayerMatrices;
  /** The strongest connections of one neuron. */
  fan(request: FanRequest): Fan;
  /**
   * How the loss changes when one z, weight or bias is pushed. Computed in slices; another request of the same
   * `asker` (a page), or another network, ends it: it rejects with the name `Cancelled`.
   */
  whatIf(request: WhatIfRequest, asker: number): WhatIf;
  /** A rule of the formula lab, tried on the numbers as they are. In slices, and ended, as `whatIf` is. */
  lab(request: LabRequest, asker: number): LabReport;
  /**
   * What is wrong with the network as it is now. Computed in slices beside training; a newer request, or another
   * network, ends it: it rejects with the name `Cancelled`.
   */
  health(request: HealthRequest): HealthReport;
  /** Progress is told by the `gradcheckProgress` event. */
  gradcheck(options: GradcheckRequest): GradcheckReport;
  /** Ends a gradcheck that is under way; its request rejects with the name `Cancelled`. */
  cancelGradcheck(): void;
  /** Of the last gradcheck, parameter by parameter. Rejects, as the two below, while there was none. */
  checkedRows(request: RowsRequest): GradcheckRows;
  /** The same of a layer's weights and biases, in at most `most` cells along a side. */
  checkedPictures(layer: number, most: number): GradcheckPicture[];
  /** How the difference of one parameter depends on its step. */
  errorCurve(target: GradcheckEntry['target']): CurvePoint[];
  /** All parameters, of a kept snapshot or as they are now, in the file's order: per layer the weights row by row, then the biases. */
  parameters(snapshot?: number): Float64Array;
  /** What one can look back at: a `Scope` names one of them. */
  snapshots(): SnapshotList;
  /**
   * Goes on from the parameters of a kept snapshot, paused; everything that was recorded and kept stays. Rejects when
   * that snapshot is not kept any more.
   */
  restore(snapshot: number): RunState;
  /** The file of a checkpoint (safetensors) of the training as it is between two steps, also while it goes on. */
  checkpoint(): Uint8Array;
  /**
   * Goes on, paused, where the checkpoint in a file was taken: with the same bits as if nothing had come between. What
   * was recorded and kept is forgotten. Rejects when it is none of this network and these data; then nothing changes.
   */
  resume(file: Uint8Array): RunState;
  /**
   * A `TrainingMoment` (packed) of the run between two steps, also while it goes on. Cheaper than a checkpoint. Metrics
   * that were recorded before it have been told when it is answered.
   */
  moment(): Uint8Array;
  /**
   * Goes on, paused, at a moment that this or another worker has given: `train` then makes the rest of that training,
   * with the same bits and the same end as if nothing had come between. Its first row of metrics comes behind the moment.
   * Rejects when it is none of this network and these data; then nothing changes.
   */
  goOnFrom(moment: Uint8Array): RunState;
  /** How a weight or a bias, and its gradient, went over the kept snapshots. In slices. */
  history(request: HistoryRequest): ParameterHistory;
  /**
   * (samples, outputs) of these inputs, raw as the data have them; with the parameters of a kept snapshot, or as they
   * are now.
   */
  predict(inputs: number[][], snapshot?: number): number[][];
  /** Texts of up to `count` samples for the sample picker, from `start`. */
  samples(start: number, count: number): SampleList;
  dataRange(): DataRange;
  dataPoints(request: PointsRequest): DataPoints;
  /**
   * Activations over one or two inputs. In slices, and ended, as `whatIf` is; maps of one neuron and maps of several
   * leave each other alone.
   */
  map(request: MapRequest, asker: number): NeuronMaps;
  /** What the network makes of one part of its data. In slices, and ended, as `whatIf` is. */
  results(request: ResultsRequest, asker: number): Results;
  /** The part of the samples that is done, from 0 to 1, of the results that `asker` waits for; undefined: of none. */
  resultsPart(asker: number): number | undefined;
  /** Ends the results that `asker` waits for: they reject with the name `Cancelled`. */
  cancelResults(asker: number): void;
}

/** `areLeft`: `epochs` are what is left of the network's; where it has another number later, that counts. */
export interface TrainOptions {
  readonly epochs?: number;
  readonly areLeft?: boolean;
}

/** Of the last gradcheck, parameter by parameter. */
export type CheckedApi = Pick<WorkerApi, 'checkedRows' | 'checkedPictures' | 'errorCurve'>;

/** Requests that change nothing in the run. */
export type LookApi = Pick<
  WorkerApi,
  | 'inspect'
  | 'view'
  | 'matrix'
  | 'layerMatrices'
  | 'overview'
  | 'fan'
  | 'whatIf'
  | 'lab'
  | 'samples'
  | 'snapshots'
  | 'history'
  | 'predict'
  | 'dataRange'
  | 'dataPoints'
  | 'map'
  | 'results'
  | 'resultsPart'
  | 'cancelResults'
> &
  CheckedApi;

/** The worker tells, the host listens. */
export interface WorkerEvents {
  /** After every change of phase, and ten times a second while running. */
  runState(state: RunState): void;
  /** At most 30 a second. */
  metrics(chunk: MetricsChunk): void;
  gradcheckProgress(progress: { checked: number; parameters: number }): void;
  /** Of a load that takes longer than a second, ten times a second: the part of the file under way, from 0 to 1. */
  loadProgress(part: number): void;
}

// ---------------------------------------------------------------------------- webview ⇄ host

/** What a page asks in its own name: the host adds which page it is. */
type AskedByPage = 'whatIf' | 'lab' | 'map' | 'results' | 'resultsPart' | 'cancelResults';

/** The webview asks, the host answers. */
export interface HostApi extends Omit<LookApi, AskedByPage> {
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
  /** A newer request of the same page ends an older one: it rejects with the name `Cancelled`. */
  whatIf(request: WhatIfRequest): WhatIf;
  lab(request: LabRequest): LabReport;
  map(request: MapRequest): NeuronMaps;
  results(request: ResultsRequest): Results;
  /** Of those that the page waits for, as the worker answers. */
  resultsPart(): number | undefined;
  cancelResults(): void;
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
  /** Puts a text on the clipboard: a number, an explanation or a table that a person copies. */
  copyText(text: string): void;
  /** Asks where, and writes what was drawn or recorded there; whether it was not given up. */
  saveChart(kind: ChartKind, bytes: Uint8Array): boolean;
  /** The curves of a run that is compared, some thousand rows at most. */
  comparedCurves(id: string): MetricsChunk;
  /** Puts a kept run on the charts, or takes it away. */
  putRun(id: string, on: boolean): void;
  /** Writes the settings that a sweep has changed, and the weights of a kept run, into the text as one undo step. */
  restoreRun(id: string): void;
  /**
   * The keyboard has come to the page and stayed. VS Code looks four times a second where it is, and misses who goes to
   * the text and is back sooner; its undo would then reach neither.
   */
  entered(): void;
}
