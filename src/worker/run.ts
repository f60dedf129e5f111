/** One training of one network, from load to finish: its data, its trainer and where it is. No clock, no messages. */
import type { DataIssue } from '../data/issue';
import type { LoadedDataset } from '../data/load';
import type { Dataset } from '../data/dataset';
import { createGradcheck, type GradcheckJob } from '../engine/gradcheck';
import type { KeptSnapshots } from '../engine/keptSnapshots';
import { createTrainer, type Computing } from '../engine/createTrainer';
import type { EngineReport } from '../engine/engineReport';
import type { Divergence, RunOutcome, Trainer } from '../engine/trainer';
import { readCheckpoint, writeCheckpoint } from '../export/checkpointFile';
import type { Network } from '../network/network';
import type { Tuning } from '../network/tuning';
import type { NetworkShapes } from '../network/shapes';
import type {
  GradcheckRequest,
  DataSummary,
  RunState,
  SampleList,
  StepUnit,
  TrainingMoment,
  TrainOptions,
} from '../protocol';
import { Course, knownMoment } from './course';
import { Ending } from './ending';
import { Looks } from './looks';
import { Measures } from './measures';
import type { Ended, Phase } from './phase';
import { runParts, type Predecessor, type RunParts } from './runParts';
import { dataSummary, listSamples, networkInputs, requireData } from './samples';

export class Run {
  readonly shapes: NetworkShapes;
  readonly issues: readonly DataIssue[];
  /** True when the history goes on from the run before, and so do the parameters or they are those of a kept moment. */
  readonly continued: boolean;
  /** What can be seen of it. */
  readonly looks: Looks;
  /** How far it has come. */
  readonly course: Course;
  readonly measures: Measures;
  readonly #dataset: Dataset;
  readonly #trainer: Trainer;
  readonly #ending: Ending;
  #phase: Phase = { phase: 'idle' };
  #seconds = 0;
  /** An epoch was used up, but not evaluated, when a step was asked for: that one is ended first. */
  #endsEpoch = false;

  private constructor(parts: RunParts) {
    this.shapes = parts.shapes;
    this.issues = parts.issues;
    this.#dataset = parts.dataset;
    const now = parts.previous?.parameters;
    this.#trainer = createTrainer(parts.network, this.#dataset, { ...parts.computing, now });
    this.#ending = new Ending(this.#trainer);
    const moment = parts.recognizes ? knownMoment(parts.snapshots, this.#trainer) : undefined;
    const from = parts.previous?.course ?? moment;
    this.continued = from !== undefined;
    this.course = new Course(this.#trainer, parts.snapshots, from);
    this.measures = new Measures(this.#trainer, this.course, parts.shapes);
    this.looks = new Looks(this.#dataset, this.#trainer, this.course);
  }

  /**
   * Compiles a network with what was loaded of its data.
   *
   * @param snapshots of the session; those of another run are cleared
   * @param previous the run before, of which something may go on where the shapes are the same
   * @param how `parameters`: they go on; `moments`: where the network has those of a kept moment, the run is there
   * @param computing what shall compute it; default: the fastest that can
   * @throws IssuesError when the data cannot be used
   */
  static load(
    network: Network,
    loaded: LoadedDataset,
    snapshots: KeptSnapshots,
    previous?: Predecessor,
    how: 'parameters' | 'moments' = 'parameters',
    { engine, threads }: Computing = {},
  ): Run {
    return new Run(runParts(network, loaded, snapshots, previous, how, { engine, threads }));
  }

  /** For a run that goes on from here. */
  get forSuccessor(): Predecessor {
    return { shapes: this.shapes, parameters: this.parameters(), course: this.course.state };
  }

  /** What computes it. */
  get engine(): EngineReport {
    return this.#trainer.engine;
  }

  /** With the learning rates of now. */
  get network(): Network {
    return this.#trainer.network;
  }

  get hasData(): boolean {
    return this.#dataset.samples > 0;
  }

  get phase(): Phase['phase'] {
    return this.#phase.phase;
  }

  get dataSummary(): DataSummary | undefined {
    return dataSummary(this.#dataset);
  }

  get state(): RunState {
    return this.measures.state(this.#phase, this.#seconds);
  }

  /** Spent training. */
  get seconds(): number {
    return this.#seconds;
  }

  addSeconds(seconds: number): void {
    this.#seconds += seconds;
  }

  /** @throws NoData that says what is missing and where to put it */
  requireData(what: string): void {
    requireData(this.#dataset, what);
  }

  /** Starts, or goes on after a pause. */
  start(options: TrainOptions): void {
    this.#ending.begin(options, this.phase === 'paused', this.#seconds);
    this.#phase = { phase: 'running' };
  }

  beginStep(): void {
    this.#ending.rest();
    this.#endsEpoch = this.#trainer.isEpochUsedUp;
    this.#phase = { phase: 'running' };
  }

  /**
   * Trains until `expired`; `onEpoch` after each completed epoch, where those before `record.next` may be passed over.
   * Answers why the run ended, if it did.
   */
  slice(expired: () => boolean, onEpoch: () => void, record: { next: number }): Ended | undefined {
    this.looks.forget();
    for (;;) {
      const lossAt = Math.min(this.course.wantedAt(record.next), this.#ending.next);
      const outcome = this.#trainer.run({ steps: Infinity, expired, lossAt });
      if (outcome.type === 'diverged') return this.#diverged(outcome.divergence);
      if (outcome.type !== 'epoch') return undefined;
      onEpoch();
      const reason = this.#ending.reason(this.#seconds);
      if (reason) return { phase: 'finished', reason };
      if (expired()) return undefined;
    }
  }

  /** Works on one step; undefined means there is more to do. `onEpoch`: an epoch before it was ended. */
  step(unit: StepUnit, expired: () => boolean, onEpoch: () => void): Ended | undefined {
    this.looks.forget();
    const ends = this.#endsEpoch;
    const outcome = ends ? this.#trainer.run({ steps: 0, expired }) : this.#stepOnce(unit, expired);
    if (outcome.type === 'diverged') return this.#diverged(outcome.divergence);
    this.#endsEpoch = ends && outcome.type === 'time';
    if (ends && outcome.type === 'epoch') onEpoch();
    if (ends) return undefined;
    return outcome.type === 'time' ? undefined : { phase: 'paused' };
  }

  /**
   * Brings the loss up to date before a pause: parameters whose loss is not finite are no state to stay in.
   * An epoch whose steps are all made is done with it, which may be the last. Undefined means there is more to do.
   */
  settle(expired: () => boolean): Ended | undefined {
    const settled = this.#trainer.settle(expired);
    if (settled.type === 'diverged') {
      // The latest step has been undone.
      this.looks.forget();
      return this.#diverged(settled.divergence);
    }
    if (settled.type === 'time') return undefined;
    return this.#endEpoch() ?? this.#ending.pause();
  }

  /** Ends training or a step. */
  end(ended: Ended): void {
    this.#phase = ended;
  }

  /** Other settings from the next step on. A paused training may be over with them. */
  tune(tuning: Tuning): void {
    const before = this.network;
    this.#trainer.tune(tuning);
    this.looks.tune(before);
    this.#phase = this.#ending.tune(tuning, before.training.epochs, this.#phase);
  }

  reset(): void {
    this.looks.forget();
    this.course.reset();
    this.#phase = { phase: 'idle' };
    this.#seconds = 0;
  }

  /** The parameters of a kept snapshot, in the file's order. */
  parametersOf(snapshot: number): Float64Array {
    return this.looks.snapshot({ snapshot }).parameters;
  }

  /** Back to a kept snapshot; its loss is not computed anew yet. */
  restore(snapshot: number): void {
    this.course.restore(snapshot);
    this.looks.forget();
    this.#ending.forget();
    this.#phase = { phase: 'idle' };
  }

  /** The file of a checkpoint of the training as it is. */
  checkpoint(): Uint8Array {
    return writeCheckpoint(this.network, this.#trainer.checkpoint());
  }

  /**
   * Goes on where the checkpoint in a file was taken.
   *
   * @throws CheckpointError when it is none of this network and these data; then nothing has changed
   */
  resume(file: Uint8Array): void {
    this.#trainer.resume(readCheckpoint(this.network, file));
    this.course.resumed();
    this.looks.forget();
    this.#ending.forget();
    this.#phase = { phase: 'idle' };
    this.#seconds = 0;
  }

  /** The training as it is now. */
  get moment(): TrainingMoment {
    const checkpoint = this.#trainer.checkpoint(true);
    const position = this.course.position();
    const watch = this.#ending.state;
    const epochs = position.epoch + this.#ending.lastEpoch - this.#trainer.epoch;
    const at = { position, epochs, trained: this.course.trained, seconds: this.#seconds };
    return { ...at, watch, checkpoint };
  }

  /** @throws CheckpointError when it is none of this network and these data; then nothing has changed */
  goOnFrom(moment: TrainingMoment): void {
    this.#trainer.resume(moment.checkpoint);
    this.course.wentOn(moment);
    this.looks.forget();
    this.#ending.goOn(moment.watch);
    this.#phase = { phase: 'paused' };
    this.#seconds = moment.seconds;
  }

  /** @param now milliseconds of a clock, to tell how long a check of all parameters would take */
  gradcheck(options: GradcheckRequest, now: () => number): GradcheckJob {
    const parameters = this.#trainer.readParameters();
    return createGradcheck(this.network, this.#dataset, parameters, { ...options, now });
  }

  parameters(): Float64Array {
    return this.#trainer.readParameters();
  }

  /** Raw inputs, as the data have them: they are normalised as the training part was. */
  predict(inputs: readonly (readonly number[])[], snapshot?: number): number[][] {
    const { outputSize } = this.shapes;
    const rows = networkInputs(this.#dataset, inputs);
    const outputs =
      snapshot === undefined
        ? this.#trainer.predict(rows, inputs.length)
        : this.looks.predict(rows, inputs.length, snapshot);
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

  /** Ends the epoch that is used up, and whose loss is known; answers why the training ends with it, if so. */
  #endEpoch(): Ended | undefined {
    if (!this.#trainer.isEpochUsedUp) return undefined;
    this.#trainer.run({ steps: 0 });
    const reason = this.#ending.reason(this.#seconds);
    return reason && { phase: 'finished', reason };
  }

  #diverged(divergence: Divergence): Ended {
    return { phase: 'diverged', where: this.course.placed(divergence) };
  }
}
