/**
 * The training session: when to compute, when to listen, what to tell.
 *
 * All platform matters come in as {@link World}, so the same session runs in a desktop worker, in a web
 * worker and in tests. It computes in slices and gives the thread back between them, so that every
 * request is answered within 100 ms while training goes on.
 */
import type { Facts, Scope, Target } from '../engine/facts';
import type { GradcheckReport } from '../engine/gradcheck';
import type {
  Fan,
  FanRequest,
  GradcheckRequest,
  LoadRequest,
  LoadResult,
  MatrixPicture,
  MatrixRequest,
  NetworkView,
  RunState,
  SampleList,
  StepUnit,
  ViewRequest,
  WorkerApi,
  WorkerEvents,
} from '../protocol';
import type { EventArguments, Served } from '../rpc';
import { Recorder } from './recorder';
import { Run, type Ended, type Snapshot } from './run';

/** Milliseconds of computing before the thread is given back for messages. */
const SLICE_MS = 16;
/** Milliseconds between two reports of progress. */
const PROGRESS_MS = 100;

/** What the session needs of the place it runs in. */
export interface World {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Calls `callback` after other work that waits (messages) has had its turn. */
  later(callback: () => void): void;
}

export type Tell = <K extends keyof WorkerEvents>(
  name: K,
  ...args: EventArguments<WorkerEvents, K>
) => void;

export function createSession(world: World, tell: Tell): Served<WorkerApi> {
  const session = new Session(world, tell);
  return {
    load: request => session.load(request),
    train: options => session.train(options.epochs),
    pause: () => session.pause(),
    step: unit => session.step(unit),
    reset: () => session.reset(),
    inspect: (target, scope) => session.inspect(target, scope),
    view: request => session.view(request),
    matrix: request => session.matrix(request),
    fan: request => session.fan(request),
    gradcheck: options => session.gradcheck(options),
    cancelGradcheck: () => session.cancelGradcheck(),
    parameters: () => session.parameters(),
    predict: inputs => session.predict(inputs),
    samples: (start, count) => session.samples(start, count),
  };
}

class Session {
  readonly #world: World;
  readonly #tell: Tell;
  readonly #recorder: Recorder;
  #run: Run | undefined;
  /** Counts everything that ends what was under way: a loop goes on only while its own number is current. */
  #generation = 0;
  #gradchecks = 0;
  #progressTold = -Infinity;
  #inspections: Promise<unknown> = Promise.resolve();

  constructor(world: World, tell: Tell) {
    this.#world = world;
    this.#tell = tell;
    this.#recorder = new Recorder(
      chunk => tell('metrics', chunk),
      () => world.now(),
    );
  }

  load({ network, files, keepParameters }: LoadRequest): LoadResult {
    const run = Run.load(network, files, keepParameters ? this.#run : undefined);
    this.#generation += 1;
    this.#gradchecks += 1;
    this.#run = run;
    if (!run.continued) this.#recorder.restart();
    this.#record(true);
    this.#tell('runState', run.state);
    return { shapes: run.shapes, data: run.dataSummary, issues: [...run.issues], state: run.state };
  }

  train(epochs?: number): RunState {
    const run = this.#loaded();
    run.requireData('Training');
    run.start(epochs);
    this.#tell('runState', run.state);
    void this.#loop(run);
    return run.state;
  }

  async pause(): Promise<RunState> {
    const run = this.#loaded();
    if (run.phase === 'running') await this.#pause(run);
    return run.state;
  }

  async step(unit: StepUnit): Promise<RunState> {
    const run = this.#loaded();
    run.requireData('Training');
    const mine = ++this.#generation;
    run.beginStep();
    for (;;) {
      const ended = this.#timed(run, expired => run.step(unit, expired));
      if (mine !== this.#generation) break;
      if (ended) {
        if (ended.phase === 'paused') await this.#pause(run);
        else this.#end(run, ended);
        break;
      }
      await this.#turn();
    }
    return run.state;
  }

  reset(): RunState {
    const run = this.#loaded();
    this.#generation += 1;
    run.reset();
    this.#recorder.restart();
    this.#record(true);
    this.#tell('runState', run.state);
    return run.state;
  }

  inspect(target: Target, scope: Scope): Promise<Facts> {
    const isParameter = target.type === 'weight' || target.type === 'bias';
    return this.#inspected(
      scope,
      (run, snapshot) => run.inspect(snapshot, target, scope),
      isParameter ? run => run.fullSnapshot() : undefined,
    );
  }

  view({ scope }: ViewRequest): Promise<NetworkView> {
    return this.#inspected(scope, (run, snapshot) => run.view(snapshot, scope));
  }

  matrix(request: MatrixRequest): Promise<MatrixPicture> {
    return this.#inspected(request.scope, (run, snapshot) => run.matrix(snapshot, request));
  }

  fan(request: FanRequest): Promise<Fan> {
    return this.#inspected(request.scope, (run, snapshot) => run.fan(snapshot, request));
  }

  async gradcheck(options: GradcheckRequest): Promise<GradcheckReport> {
    const run = this.#loaded();
    run.requireData('Gradcheck');
    const mine = ++this.#gradchecks;
    const check = run.gradcheck(options.samples);
    let told = -Infinity;
    while (!check.run(this.#sliceEnd())) {
      if (this.#world.now() - told > PROGRESS_MS) {
        told = this.#world.now();
        this.#tell('gradcheckProgress', check.progress);
      }
      await this.#turn();
      if (mine !== this.#gradchecks) throw cancelled();
    }
    return check.report();
  }

  cancelGradcheck(): void {
    this.#gradchecks += 1;
  }

  parameters(): Float64Array {
    return this.#loaded().parameters();
  }

  predict(inputs: number[][]): number[][] {
    return this.#loaded().predict(inputs);
  }

  samples(start: number, count: number): SampleList {
    return this.#loaded().samples(start, count);
  }

  /** One inspection after another: each keeps the pass of its own snapshot until it is answered. */
  #inspected<T>(
    scope: Scope,
    answer: (run: Run, snapshot: Snapshot) => T,
    snapshotOf: (run: Run) => Snapshot = run => run.snapshot(),
  ): Promise<T> {
    const result = this.#inspections.then(async () => {
      const run = this.#loaded();
      const snapshot = snapshotOf(run);
      while (!run.prepare(snapshot, scope, this.#sliceEnd())) await this.#turn();
      return answer(run, snapshot);
    });
    this.#inspections = result.catch(() => undefined);
    return result;
  }

  #loaded(): Run {
    if (!this.#run) throw new Error('No network is loaded: load one before any other request.');
    return this.#run;
  }

  /** Trains slice after slice until the run ends, or something else takes over. */
  async #loop(run: Run): Promise<void> {
    const mine = ++this.#generation;
    while (mine === this.#generation && run.phase === 'running') {
      const ended = this.#timed(run, expired => run.slice(expired, () => this.#record()));
      this.#recorder.flush();
      this.#tellProgress(run);
      if (ended) this.#end(run, ended);
      else await this.#turn();
    }
  }

  /** Epoch and loss of a running training, ten times a second. */
  #tellProgress(run: Run): void {
    const now = this.#world.now();
    if (now - this.#progressTold < PROGRESS_MS) return;
    this.#progressTold = now;
    this.#tell('runState', run.state);
  }

  #timed<T>(run: Run, work: (expired: () => boolean) => T): T {
    const start = this.#world.now();
    const result = work(this.#sliceEnd());
    run.addSeconds((this.#world.now() - start) / 1000);
    return result;
  }

  /** No more steps; the run is paused as soon as its loss is known, and not at all when that has diverged. */
  async #pause(run: Run): Promise<void> {
    const mine = ++this.#generation;
    for (;;) {
      const ended = run.settle(this.#sliceEnd());
      if (ended) return this.#end(run, ended);
      await this.#turn();
      if (mine !== this.#generation) return;
    }
  }

  #end(run: Run, ended: Ended): void {
    this.#generation += 1;
    run.end(ended);
    this.#record(true);
    this.#tell('runState', run.state);
  }

  /** Adds the run's present state to its history. */
  #record(last = false): void {
    if (!this.#run?.hasData) return;
    this.#recorder.add(this.#run.metricRow(), last);
    if (last) this.#recorder.flush(true);
  }

  #sliceEnd(): () => boolean {
    const end = this.#world.now() + SLICE_MS;
    return () => this.#world.now() >= end;
  }

  #turn(): Promise<void> {
    return new Promise(resolve => this.#world.later(resolve));
  }
}

/** Rejects a request whose work was cancelled. */
function cancelled(): Error {
  const error = new Error('The gradcheck was cancelled.');
  error.name = 'Cancelled';
  return error;
}
