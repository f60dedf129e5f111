/** One training of one network, from load to finish: its data, its trainer and where it is. No clock, no messages. */
import type { DataIssue } from '../data/issue';
import { loadDataset } from '../data/load';
import { applyNormalization } from '../data/normalize';
import type { Dataset } from '../data/dataset';
import type { Facts, Scope, Target } from '../engine/facts';
import { createGradcheck, type GradcheckJob } from '../engine/gradcheck';
import { createInspector, type Inspector, type Position } from '../engine/inspect';
import type { OptimizerState } from '../engine/optimizers';
import { createTrainer } from '../engine/referenceTrainer';
import { StopWatch, type FinishReason } from '../engine/stopRule';
import type { Divergence, RunOutcome, Trainer } from '../engine/trainer';
import type { Network } from '../network/network';
import { inferShapes, type NetworkShapes } from '../network/shapes';
import type {
  DataSummary,
  Fan,
  FanRequest,
  MatrixPicture,
  MatrixRequest,
  NetworkView,
  RunState,
  SampleList,
  StepUnit,
} from '../protocol';
import { IssuesError, NoData } from '../rpc';
import type { MetricRow } from './recorder';
import { classCounts, emptyDataset, listSamples } from './samples';

export type Ended =
  | { readonly phase: 'paused' }
  | { readonly phase: 'finished'; readonly reason: FinishReason }
  | { readonly phase: 'diverged'; readonly where: Divergence };

/** The numbers of one moment. The same object as long as nothing has changed them. */
export interface Snapshot {
  readonly parameters: Float64Array;
  readonly position: Position;
  /** Read when it is first asked for: only the next update needs it. */
  optimizer?: OptimizerState;
}

type Phase = { readonly phase: 'idle' | 'running' } | Ended;

export class Run {
  readonly network: Network;
  readonly shapes: NetworkShapes;
  readonly issues: readonly DataIssue[];
  /** True when parameters and history go on from the run before. */
  readonly continued: boolean;
  readonly #dataset: Dataset;
  readonly #trainer: Trainer;
  readonly #inspector: Inspector;
  #phase: Phase = { phase: 'idle' };
  #seconds = 0;
  #stopWatch: StopWatch | undefined;
  /** Absent since the parameters may have changed. */
  #snapshot: Snapshot | undefined;

  private constructor(parts: {
    network: Network;
    shapes: NetworkShapes;
    issues: readonly DataIssue[];
    dataset: Dataset;
    previous: Run | undefined;
  }) {
    this.network = parts.network;
    this.shapes = parts.shapes;
    this.issues = parts.issues;
    this.#dataset = parts.dataset;
    this.continued = parts.previous !== undefined;
    const now = parts.previous ? parts.previous.#trainer.readParameters() : undefined;
    this.#trainer = createTrainer(this.network, this.#dataset, undefined, now);
    this.#inspector = createInspector(this.network, this.#dataset, { frozen: true });
  }

  /**
   * Compiles a network with its data.
   *
   * @param previous its parameters go on where the shapes are the same
   * @throws IssuesError when the data cannot be used
   */
  static load(network: Network, files: Readonly<Record<string, string>>, previous?: Run): Run {
    const shapes = inferShapes(network);
    const { dataset = emptyDataset(network, shapes), issues } = loadDataset(network, shapes, files);
    const errors = issues.filter(issue => issue.severity === 'error');
    if (errors.length > 0) throw new IssuesError(errors[0].message, errors);
    const same = previous && JSON.stringify(previous.shapes) === JSON.stringify(shapes);
    return new Run({ network, shapes, issues, dataset, previous: same ? previous : undefined });
  }

  get hasData(): boolean {
    return this.#dataset.samples > 0;
  }

  get phase(): Phase['phase'] {
    return this.#phase.phase;
  }

  get dataSummary(): DataSummary | undefined {
    if (!this.hasData) return undefined;
    const { samples, training, validation, inputNames, classNames } = this.#dataset;
    return {
      samples,
      training: training.length,
      validation: validation.length,
      inputNames,
      classNames,
      classCounts: classCounts(this.#dataset),
    };
  }

  get state(): RunState {
    const { epoch, step, evaluation } = this.#trainer;
    const seen = this.#fractionalEpoch() * this.#dataset.training.length;
    return {
      ...this.#phase,
      epoch,
      step,
      ...evaluation,
      seconds: this.#seconds,
      samplesPerSecond: this.#seconds > 0 ? seen / this.#seconds : 0,
    };
  }

  metricRow(): MetricRow {
    const { step, evaluation, gradientNorm } = this.#trainer;
    const epoch = this.#fractionalEpoch();
    return { epoch, step, seconds: this.#seconds, gradientNorm, ...evaluation };
  }

  addSeconds(seconds: number): void {
    this.#seconds += seconds;
  }

  /** @throws NoData that says what is missing and where to put it */
  requireData(what: string): void {
    if (this.hasData) return;
    throw new NoData(
      `${what} needs data, and this network has none: add "data" to the file, for example {"generator": "xor"}, or a CSV file.`,
    );
  }

  /** Starts, or goes on after a pause. `epochs`: how many more; default those the network asks for. */
  start(epochs?: number): void {
    const { epoch } = this.#trainer;
    const resumes = this.#phase.phase === 'paused' && epoch < (this.#stopWatch?.lastEpoch ?? 0);
    if (epochs !== undefined || !resumes) {
      this.#stopWatch = new StopWatch({
        rule: this.network.training.stop,
        from: { epoch, seconds: this.#seconds },
        epochs: epochs ?? this.network.training.epochs,
        hasValidation: this.#dataset.validation.length > 0,
      });
    }
    this.#phase = { phase: 'running' };
  }

  beginStep(): void {
    this.#phase = { phase: 'running' };
  }

  /** Trains until `expired`; `onEpoch` after each completed epoch. Answers why the run ended, if it did. */
  slice(expired: () => boolean, onEpoch: () => void): Ended | undefined {
    this.#snapshot = undefined;
    for (;;) {
      const outcome = this.#trainer.run({ steps: Infinity, expired });
      if (outcome.type === 'diverged') return { phase: 'diverged', where: outcome.divergence };
      if (outcome.type !== 'epoch') return undefined;
      onEpoch();
      const { epoch, evaluation } = this.#trainer;
      const reason = this.#stopWatch?.after(epoch, evaluation, this.#seconds);
      if (reason) return { phase: 'finished', reason };
      if (expired()) return undefined;
    }
  }

  /** Works on one step; undefined means there is more to do. */
  step(unit: StepUnit, expired: () => boolean): Ended | undefined {
    this.#snapshot = undefined;
    const outcome = this.#stepOnce(unit, expired);
    if (outcome.type === 'diverged') return { phase: 'diverged', where: outcome.divergence };
    return outcome.type === 'time' ? undefined : { phase: 'paused' };
  }

  /**
   * Brings the loss up to date before a pause: parameters whose loss is not finite are no state to stay in.
   * Undefined means there is more to do.
   */
  settle(expired: () => boolean): Ended | undefined {
    const settled = this.#trainer.settle(expired);
    if (settled.type === 'diverged') {
      // The latest step has been undone.
      this.#snapshot = undefined;
      return { phase: 'diverged', where: settled.divergence };
    }
    return settled.type === 'time' ? undefined : { phase: 'paused' };
  }

  /** Ends training or a step. */
  end(ended: Ended): void {
    this.#phase = ended;
  }

  reset(): void {
    this.#snapshot = undefined;
    this.#trainer.reset();
    this.#phase = { phase: 'idle' };
    this.#seconds = 0;
  }

  /**
   * The numbers as they are now: what is inspected does not move while training goes on. Millions of them are
   * copied once a change, not once a look.
   */
  snapshot(): Snapshot {
    const { epoch, step } = this.#trainer;
    this.#snapshot ??= {
      parameters: this.#trainer.readParameters(),
      position: { epoch, step },
    };
    return this.#snapshot;
  }

  /** The same with the optimizer's state, which the next update of a parameter is told from. */
  fullSnapshot(): Snapshot {
    const snapshot = this.snapshot();
    snapshot.optimizer ??= this.#trainer.readOptimizerState();
    return snapshot;
  }

  /** Computes the pass behind an inspection; false when `expired` ended it early. */
  prepare({ parameters }: Snapshot, scope: Scope, expired: () => boolean): boolean {
    return this.#inspector.prepare(parameters, this.#possible(scope), expired);
  }

  inspect({ parameters, position, optimizer }: Snapshot, target: Target, scope: Scope): Facts {
    this.requireData('A gradient');
    return this.#inspector.inspect(parameters, target, scope, position, optimizer);
  }

  view({ parameters, position }: Snapshot, scope: Scope): NetworkView {
    return { ...this.#inspector.view(parameters, this.#possible(scope)), ...position };
  }

  matrix({ parameters }: Snapshot, request: MatrixRequest): MatrixPicture {
    return this.#inspector.matrix(parameters, { ...request, scope: this.#possible(request.scope) });
  }

  fan({ parameters }: Snapshot, request: FanRequest): Fan {
    return this.#inspector.fan(parameters, { ...request, scope: this.#possible(request.scope) });
  }

  gradcheck(samples?: number): GradcheckJob {
    return createGradcheck(this.network, this.#dataset, this.#trainer.readParameters(), {
      samples,
    });
  }

  parameters(): Float64Array {
    return this.#trainer.readParameters();
  }

  /** Raw inputs, as the data have them: they are normalised as the training part was. */
  predict(inputs: readonly (readonly number[])[]): number[][] {
    const { inputSize, outputSize } = this.shapes;
    inputs.forEach((row, index) => {
      if (row.length !== inputSize)
        throw new Error(`Input ${index} has ${row.length} values, the network takes ${inputSize}.`);
    });
    const values = Float64Array.from(inputs.flat());
    const { normalization } = this.#dataset;
    if (normalization) applyNormalization(values, normalization);
    const outputs = this.#trainer.predict(values, inputs.length);
    return inputs.map((_, i) => [...outputs.subarray(i * outputSize, (i + 1) * outputSize)]);
  }

  samples(start: number, count: number): SampleList {
    return listSamples(this.#dataset, start, count);
  }

  #stepOnce(unit: StepUnit, expired: () => boolean): RunOutcome {
    if (unit === 'sample') return this.#trainer.stepSample();
    if (unit === 'epoch') return this.#trainer.run({ steps: Infinity, expired });
    return this.#trainer.run({ steps: 1 });
  }

  /** Without data there is no sample to show: means over nothing are NaN, weights are there. */
  #possible(scope: Scope): Scope {
    return this.hasData ? scope : { type: 'batch' };
  }

  #fractionalEpoch(): number {
    const { batchSize } = this.network.training;
    const { length } = this.#dataset.training;
    if (length === 0) return 0;
    const batches = batchSize === 'all' ? 1 : Math.ceil(length / batchSize);
    return this.#trainer.epoch + this.#trainer.batch / batches;
  }
}
