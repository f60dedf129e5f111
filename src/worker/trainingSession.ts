/**
 * The training session: when to compute, when to listen, what to tell.
 *
 * All platform matters come in as {@link World}, so the same session runs in a desktop worker, in a web
 * worker and in tests. It computes in slices and gives the thread back between them, so that every
 * request is answered within 100 ms while training goes on.
 */
import type { Facts, Scope, Target } from '../engine/facts';
import type { GradcheckReport } from '../engine/gradcheck';
import type { LoadedDataset } from '../data/load';
import type { Codecs } from '../data/steps';
import { KeptSnapshots, type SnapshotList } from '../engine/keptSnapshots';
import { pack, unpack } from '../export/packed';
import type { Tuning } from '../network/tuning';
import type {
  CarriedRun,
  GradcheckRequest,
  LoadRequest,
  LoadResult,
  RunState,
  SampleList,
  StepUnit,
  TrainingMoment,
  TrainOptions,
} from '../protocol';
import { Account, type Tell } from './account';
import { Gradchecks } from './gradchecks';
import { Inspections } from './inspections';
import { Loads } from './loads';
import { Newcomers } from './newcomers';
import type { Ended } from './phase';
import { Run } from './run';
import { Slices, type Clock } from './slices';

/** What the session needs of the place it runs in. */
export interface World extends Clock {
  readonly codecs: Codecs;
}

export class TrainingSession {
  readonly #slices: Slices;
  readonly #account: Account;
  readonly inspections: Inspections;
  readonly loads: Loads;
  readonly gradchecks: Gradchecks;
  readonly #snapshots = new KeptSnapshots();
  #run: Run | undefined;
  /** Counts everything that ends what was under way: a loop goes on only while its own number is current. */
  #generation = 0;
  readonly #newcomers = new Newcomers();
  /** The latest pause, until its loss is known. */
  #settling: Promise<void> = Promise.resolve();

  constructor(world: World, tell: Tell) {
    this.#slices = new Slices(world);
    this.#account = new Account(this.#slices, tell);
    this.inspections = new Inspections({
      loaded: () => this.#loaded(),
      sliceEnd: () => this.#slices.end(),
      turn: milliseconds => this.#slices.turn(milliseconds),
      now: () => this.#slices.now(),
    });
    this.loads = new Loads(this.#slices, world.codecs, part => tell('loadProgress', part));
    this.gradchecks = new Gradchecks(this.#slices, progress => tell('gradcheckProgress', progress));
  }

  /** The run before goes on until the data are there. */
  load(request: LoadRequest): LoadResult | Promise<LoadResult> {
    const loaded = this.loads.load(request);
    if (!(loaded instanceof Promise)) return this.#begin(request, loaded);
    return loaded.then(data => this.#begin(request, data));
  }

  #begin(request: LoadRequest, data: LoadedDataset): LoadResult {
    const { network, keepParameters, recognizes, carried } = request;
    const how = keepParameters ? 'parameters' : 'moments';
    if (carried) this.#take(carried);
    const goesOn = keepParameters || recognizes;
    const previous = goesOn ? (carried ?? this.#run?.forSuccessor) : undefined;
    const run = Run.load(network, data, this.#snapshots, previous, how, request);
    this.#generation += 1;
    this.gradchecks.cancel();
    this.#run = run;
    this.#account.begin(run);
    const { shapes, dataSummary, issues, state, continued } = run;
    return { shapes, data: dataSummary, state, continued, issues: [...issues], engine: run.engine };
  }

  carry(): CarriedRun {
    return { ...this.#loaded().forSuccessor, snapshots: this.#snapshots.state };
  }

  train(options: TrainOptions): RunState {
    const run = this.#loaded();
    run.requireData('Training');
    run.start(options);
    this.#account.tellState(run);
    void this.#loop(run);
    return run.state;
  }

  async pause(): Promise<RunState> {
    const run = this.#loaded();
    if (run.phase === 'running') this.#settling = this.#pause(run);
    if (run.phase === 'paused') await this.#settling;
    return run.state;
  }

  async step(unit: StepUnit): Promise<RunState> {
    const run = this.#loaded();
    run.requireData('Training');
    const mine = ++this.#generation;
    run.beginStep();
    for (;;) {
      const ended = this.#account.timed(run, (...slice) => run.step(unit, ...slice));
      if (mine !== this.#generation) break;
      if (ended) {
        if (ended.phase === 'paused') await (this.#settling = this.#pause(run));
        else this.#end(run, ended);
        break;
      }
      await this.#slices.turn();
    }
    return run.state;
  }

  inspect(target: Target, scope: Scope): Promise<Facts> {
    this.#newcomers.asked(target, this.#slices.now());
    return this.inspections.inspect(target, scope);
  }

  reset(): RunState {
    const run = this.#loaded();
    this.#generation += 1;
    run.reset();
    this.#account.restart(run);
    return run.state;
  }

  /** Between two slices, in whatever phase: nothing is ended, nothing is recorded. */
  tune(tuning: Tuning): RunState {
    const run = this.#loaded();
    run.tune(tuning);
    this.#account.tellState(run);
    return run.state;
  }

  async gradcheck(options: GradcheckRequest): Promise<GradcheckReport> {
    return this.gradchecks.check(this.#loaded(), options);
  }

  parameters(snapshot?: number): Float64Array {
    const run = this.#loaded();
    // A copy: what is answered leaves this thread.
    return snapshot === undefined ? run.parameters() : run.parametersOf(snapshot).slice();
  }

  snapshots(): SnapshotList {
    return this.#loaded().course.list;
  }

  async restore(snapshot: number): Promise<RunState> {
    const run = this.#loaded();
    await this.pause();
    const mine = ++this.#generation;
    run.restore(snapshot);
    while (!run.settle(this.#slices.end())) {
      await this.#slices.turn();
      if (mine !== this.#generation) return run.state;
    }
    this.#account.jump(run);
    this.#account.tellState(run);
    return run.state;
  }

  /** Between two slices, in whatever phase. */
  checkpoint(): Uint8Array {
    return this.#loaded().checkpoint();
  }

  async resume(file: Uint8Array): Promise<RunState> {
    const run = this.#loaded();
    run.requireData('Training');
    await this.pause();
    run.resume(file);
    this.#generation += 1;
    this.#account.restart(run);
    return run.state;
  }

  /** Between two slices, in whatever phase. What was recorded until then has been told when this is answered. */
  moment(): Uint8Array {
    const { moment } = this.#loaded();
    this.#account.recorder.flush();
    return pack(moment);
  }

  async goOnFrom(moment: Uint8Array): Promise<RunState> {
    const run = this.#loaded();
    run.requireData('Training');
    await this.pause();
    run.goOnFrom(unpack(moment) as TrainingMoment);
    this.#generation += 1;
    this.#account.goOn(run.course.position().step);
    this.#account.tellState(run);
    return run.state;
  }

  predict(inputs: number[][], snapshot?: number): number[][] {
    return this.#loaded().predict(inputs, snapshot);
  }

  samples(start: number, count: number): SampleList {
    return this.#loaded().samples(start, count);
  }

  /** A run comes from another worker. */
  #take({ snapshots, course }: CarriedRun): void {
    this.#snapshots.take(snapshots);
    this.#account.goOn(course.begun.step);
  }

  #loaded(): Run {
    if (!this.#run) throw new Error('No network is loaded: load one before any other request.');
    return this.#run;
  }

  /** Trains slice after slice until the run ends, or something else takes over. */
  async #loop(run: Run): Promise<void> {
    const mine = ++this.#generation;
    while (mine === this.#generation && run.phase === 'running') {
      const ended = this.#account.timed(run, (expired, onEpoch) =>
        run.slice(expired, onEpoch, this.#account.recorder),
      );
      this.#account.reportIfDue(run);
      if (ended) return this.#end(run, ended);
      await this.#slices.turn();
      const rest = this.#newcomers.rest(this.#slices.now());
      if (rest > 0) await this.#slices.turn(rest);
    }
  }

  /**
   * No more steps. Where its loss is not known within a slice, the run is paused without it at once; in the end it is
   * not where that has diverged. Whatever else begins meanwhile needs no loss of this place.
   */
  async #pause(run: Run): Promise<void> {
    const mine = ++this.#generation;
    let ended = run.settle(this.#slices.end());
    if (!ended) {
      run.end({ phase: 'paused', settling: true });
      this.#account.report(run);
    }
    while (!ended) {
      await this.#slices.turn();
      if (mine !== this.#generation) return;
      ended = run.settle(this.#slices.end());
    }
    this.#end(run, ended);
  }

  #end(run: Run, ended: Ended): void {
    this.#generation += 1;
    run.end(ended);
    this.#account.record(run, true);
    this.#account.tellState(run);
  }
}
