/** What can be seen of a run: its numbers as they are at one moment, asked for while training goes on. */
import type { Dataset } from '../data/dataset';
import type { Facts, Scope, Target } from '../engine/facts';
import {
  createInspector,
  type GradientsRequest,
  type Inspector,
  type Position,
  type SomeGradients,
} from '../engine/inspect';
import type { KeptSnapshots } from '../engine/keptSnapshots';
import {
  ParameterHistories,
  type HistoryJob,
  type HistoryRequest,
} from '../engine/parameterHistory';
import { parameterIndex } from '../engine/inspect/context';
import type { LossTrend } from '../engine/health/alarm';
import { HealthJob } from '../engine/health/measure';
import { MapJob } from '../engine/inspect/map';
import { createFloat64Pass } from '../engine/inspect/samplePass';
import type { WhatIfJob } from '../engine/inspect/whatIf';
import { createLab, type LabJob, type LabRequest } from '../engine/lab/lab';
import type { LayerMatrices, MatricesRequest } from '../engine/matrixFacts';
import type { OptimizerState } from '../engine/optimizers';
import { stepsAlike } from '../engine/retune';
import { ResultsJob } from '../engine/results/results';
import type { Trainer } from '../engine/trainer';
import type { Pass } from '../engine/pass';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import type {
  DataPoints,
  DataRange,
  Fan,
  FanRequest,
  MapRequest,
  MatrixPicture,
  MatrixRequest,
  NetworkView,
  Overview,
  OverviewRequest,
  PointsRequest,
  ResultsRequest,
  ViewRequest,
  WhatIfRequest,
} from '../protocol';
import { dataPoints, dataRange } from './points';
import { requireData } from './samples';

/** The numbers of one moment. The same object as long as nothing has changed them. */
export interface Snapshot {
  readonly parameters: Float64Array;
  readonly position: Position;
  /** Read when it is first asked for: only the next update needs it. */
  optimizer?: OptimizerState;
}

/** Rows of a tile of a map or a prediction. */
const FORWARD_ROWS = 128;

/** What a run has kept, and where it is. */
export interface Past {
  readonly snapshots: KeptSnapshots;
  position(): Position;
}

const newInspector = (network: Network, dataset: Dataset): Inspector =>
  createInspector(network, dataset, { frozen: true });

const newHistories = (dataset: Dataset, { network, plan }: Trainer): ParameterHistories =>
  new ParameterHistories(network, dataset, plan.parameters.length);

export class Looks {
  readonly #dataset: Dataset;
  readonly #trainer: Trainer;
  #inspector: Inspector;
  /** Absent since the parameters may have changed. */
  #snapshot: Snapshot | undefined;
  /** Of maps and of predictions, which set its parameters each anew: one after the other and by turns. */
  #forwardPass: Pass | undefined;
  #dataRange: DataRange | undefined;
  readonly #past: Past;
  #histories: ParameterHistories;

  constructor(dataset: Dataset, trainer: Trainer, past: Past) {
    this.#dataset = dataset;
    this.#trainer = trainer;
    this.#past = past;
    this.#histories = newHistories(dataset, trainer);
    this.#inspector = newInspector(trainer.network, dataset);
  }

  get #network(): Network {
    return this.#trainer.network;
  }

  /** The trainer has other settings: the next updates are others; gradients and losses where the steps are. */
  tune(before: Network): void {
    const network = this.#network;
    if (stepsAlike(before, network)) return this.#inspector.setRates(network);
    this.#inspector = newInspector(network, this.#dataset);
    this.#histories = newHistories(this.#dataset, this.#trainer);
  }

  /** The parameters may be others from now on. */
  forget(): void {
    this.#snapshot = undefined;
  }

  /**
   * The numbers that a scope speaks of: those of a kept snapshot, or as they are now. What is inspected does not move
   * while training goes on; millions of numbers are copied once a change, not once a look.
   *
   * @param next with the optimizer's state, by which the next update is told
   * @throws RangeError when the snapshot is not kept any more
   */
  snapshot(scope: Pick<Scope, 'snapshot'> = {}, next = false): Snapshot {
    if (scope.snapshot !== undefined) return keptOf(this.#past.snapshots, scope.snapshot);
    this.#snapshot ??= {
      parameters: this.#trainer.readParameters(),
      position: this.#past.position(),
    };
    if (next) this.#snapshot.optimizer ??= this.#trainer.readOptimizerState();
    return this.#snapshot;
  }

  /** The same with the optimizer's state where the next update of a parameter is told from it. */
  snapshotFor({ type }: Target, scope: Scope): Snapshot {
    return this.snapshot(scope, type === 'weight' || type === 'bias' || type === 'layer');
  }

  /** @throws RangeError when there is no such weight or bias */
  history(request: HistoryRequest): HistoryJob {
    const { snapshots } = this.#past;
    return this.#histories.job(snapshots.all, request, this.#indexOf(request));
  }

  /** Computes the pass behind an inspection; false when `expired` ended it early. */
  prepare({ parameters }: Snapshot, scope: Scope, expired: () => boolean): boolean {
    return this.#inspector.prepare(parameters, this.#possible(scope), expired);
  }

  inspect({ parameters, position, optimizer }: Snapshot, target: Target, scope: Scope): Facts {
    requireData(this.#dataset, 'A gradient');
    return this.#inspector.inspect(parameters, target, scope, position, optimizer);
  }

  gradients({ parameters, position }: Snapshot, request: GradientsRequest): SomeGradients {
    requireData(this.#dataset, 'A gradient');
    return this.#inspector.someGradients(parameters, request, position);
  }

  view({ parameters, position, optimizer }: Snapshot, request: ViewRequest): NetworkView {
    const scope = this.#possible(request.scope);
    const next = request.updates ? { state: optimizer } : undefined;
    return { ...this.#inspector.view(parameters, scope, next), ...position };
  }

  matrix({ parameters, optimizer }: Snapshot, request: MatrixRequest): MatrixPicture {
    return this.#inspector.matrix(parameters, this.#answerable(request), optimizer);
  }

  fan({ parameters, optimizer }: Snapshot, request: FanRequest): Fan {
    return this.#inspector.fan(parameters, this.#answerable(request), optimizer);
  }

  overview({ parameters, optimizer }: Snapshot, request: OverviewRequest): Overview {
    return this.#inspector.overview(parameters, this.#answerable(request), optimizer);
  }

  /** Of the numbers as they are now. */
  health(losses: LossTrend | undefined): HealthJob {
    const { parameters, optimizer } = this.snapshot({}, true);
    return new HealthJob(this.#network, this.#dataset, parameters, optimizer, losses);
  }

  layerMatrices({ parameters }: Snapshot, request: MatricesRequest): LayerMatrices {
    requireData(this.#dataset, 'A matrix of gradients');
    return this.#inspector.layerMatrices(parameters, request);
  }

  lab(request: LabRequest): LabJob {
    requireData(this.#dataset, 'The formula lab');
    return createLab(
      this.#network,
      this.#dataset,
      this.snapshot(request.scope).parameters,
      request,
    );
  }

  /** Of the numbers as they are now, or of a kept snapshot. */
  map(request: MapRequest): MapJob {
    const { parameters, position } = this.snapshot(request);
    const { normalization } = this.#dataset;
    return new MapJob(this.#forward(), parameters, normalization, request, position.step);
  }

  /**
   * Outputs (count, outputs) with the parameters of a kept snapshot, in float64.
   *
   * @param inputs (count, inputs), as the network sees them
   */
  predict(inputs: Float64Array, count: number, snapshot: number): Float64Array {
    const pass = this.#forward();
    const { arena } = pass;
    const { inputSize, outputSize, batchRows } = arena.plan;
    arena.parameters.set(this.snapshot({ snapshot }).parameters);
    const outputs = new Float64Array(count * outputSize);
    for (let start = 0; start < count; start += batchRows) {
      const rows = Math.min(batchRows, count - start);
      arena.inputs.set(inputs.subarray(start * inputSize, (start + rows) * inputSize));
      pass.forward(rows);
      outputs.set(pass.output.subarray(0, rows * outputSize), start * outputSize);
    }
    return outputs;
  }

  /** Of the numbers as they are now, or of a kept snapshot. */
  results(request: ResultsRequest): ResultsJob {
    requireData(this.#dataset, 'A result');
    const moment = this.snapshot(request);
    return new ResultsJob(this.#network, this.#dataset, this.#forward(), moment, request);
  }

  dataRange(): DataRange {
    return (this.#dataRange ??= dataRange(this.#dataset));
  }

  dataPoints(request: PointsRequest): DataPoints {
    return dataPoints(this.#dataset, request);
  }

  whatIf({ parameters, position, optimizer }: Snapshot, request: WhatIfRequest): WhatIfJob {
    requireData(this.#dataset, 'A curve of the loss');
    return this.#inspector.whatIf(parameters, request, position, optimizer);
  }

  #forward(): Pass {
    const network = this.#network;
    return (this.#forwardPass ??= createFloat64Pass(network, inferShapes(network), FORWARD_ROWS));
  }

  /** Without data there is no sample to show: means over nothing are NaN, weights are there. */
  #possible(scope: Scope): Scope {
    return this.#dataset.samples > 0 ? scope : { type: 'batch' };
  }

  #answerable<R extends { readonly scope: Scope }>(request: R): R {
    return { ...request, scope: this.#possible(request.scope) };
  }

  #indexOf({ target }: HistoryRequest): number {
    const column = target.type === 'weight' ? target.column : 0;
    return parameterIndex(this.#trainer.plan, target.layer, target.type, target.row, column);
  }
}

function keptOf(snapshots: KeptSnapshots, id: number): Snapshot {
  const kept = snapshots.look(id);
  if (!kept) throw notKept();
  const { parameters, position, optimizer } = kept;
  return { parameters, position: { ...position, snapshot: id }, optimizer };
}

/** The page has an older list: the run has begun anew, or the snapshots have become fewer. */
export function notKept(): RangeError {
  return new RangeError(
    'The numbers of that moment are not kept any more; look at another one, or at those of now.',
  );
}
