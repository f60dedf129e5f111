/** What is told of a run while it goes on: its rows, its state, and the time that it takes. */
import type { WorkerEvents } from '../protocol';
import type { EventArguments } from '../rpc';
import { Gauge } from './gauge';
import { Recorder } from './recorder';
import { Reports } from './reports';
import type { Run } from './run';
import type { Slices } from './slices';

export type Tell = <K extends keyof WorkerEvents>(
  name: K,
  ...args: EventArguments<WorkerEvents, K>
) => void;

export class Account {
  readonly recorder: Recorder;
  readonly #slices: Slices;
  readonly #tell: Tell;
  readonly #reports = new Reports();
  #gauge: Gauge | undefined;
  /** When the work began that is not yet part of the run's seconds. */
  #since: number | undefined;

  constructor(slices: Slices, tell: Tell) {
    this.#slices = slices;
    this.#tell = tell;
    this.recorder = new Recorder(chunk => tell('metrics', chunk));
  }

  /** Of a run that was just loaded. */
  begin(run: Run): void {
    if (!run.continued) this.recorder.restart();
    else if (run.course.rests) this.jump(run);
    this.recorder.setColumns(run.measures.layerColumns);
    this.#gauge = new Gauge(() => this.#slices.now(), run.measures.sizesCost);
    this.record(run, true);
    this.tellState(run);
  }

  /** The run is at a start: what was recorded before is void. */
  restart(run: Run): void {
    this.recorder.restart();
    this.record(run, true);
    this.tellState(run);
  }

  /** The run is back at a place whose row is there already. */
  jump(run: Run): void {
    this.recorder.jump(run.course.position().step);
  }

  /** What was recorded elsewhere, up to an update, stays. */
  goOn(step: number): void {
    this.recorder.goOn(step);
  }

  /** Does a slice of its work, whose time counts; `onEpoch` is called after each epoch of it. */
  timed<T>(run: Run, work: (expired: () => boolean, onEpoch: () => void) => T): T {
    const start = this.#slices.now();
    this.#since = start;
    const result = work(this.#slices.end(), () => this.record(run));
    this.#since = undefined;
    run.addSeconds((this.#slices.now() - start) / 1000);
    return result;
  }

  /** Adds the run's present state to its history. */
  record(run: Run, last = false): void {
    if (!run.hasData) return;
    const row = run.measures.row(run.seconds + this.#underWay);
    this.recorder.add(row, last, () =>
      this.#gauge?.measure({ ...row, last }, () => run.measures.layerSizes()),
    );
    run.course.keep(last);
    if (last) this.recorder.flush();
  }

  reportIfDue(run: Run): void {
    if (this.#reports.isDue(this.#slices.now())) this.report(run);
  }

  /** Curve and numbers together: the page draws both in one frame. */
  report(run: Run): void {
    this.recorder.flush();
    this.tellState(run);
  }

  tellState(run: Run): void {
    this.#tell('runState', run.state);
  }

  /** Seconds of a slice that is not over: its rows are told apart. */
  get #underWay(): number {
    return this.#since === undefined ? 0 : (this.#slices.now() - this.#since) / 1000;
  }
}
