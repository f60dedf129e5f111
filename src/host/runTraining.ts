/** The trainings of a run, one after the other: each from its start until its weights are written. */
import type { Uri } from 'vscode';
import type { RunState, TrainOptions, WorkerApi } from '../protocol';
import type { Remote } from '../rpc';
import type { EngineLink } from './engineLink';
import type { Notices } from './notices';
import { trainLabel } from './parameters';
import type { RunRecord } from './runRecord';
import type { Turns } from './turns';
import type { WriteBack } from './writeBack';

export interface TrainingWorld {
  readonly uri: Uri;
  readonly notices: Notices;
  readonly record: RunRecord;
  readonly engine: EngineLink;
  readonly turns: Turns;
  readonly writeBack: WriteBack;
}

/** One training, from its start until its weights are written. */
interface Episode {
  readonly from: RunState;
  end(done: Promise<void>): void;
}

export class RunTraining {
  readonly #world: TrainingWorld;
  #episode: Episode | undefined;
  #stopped: Promise<void> = Promise.resolve();
  /** Where a training began that has ended, and whose weights are about to be written. */
  #unwritten: RunState | undefined;
  /** A training that is paused, and whose loss is not known, is being told to go on. */
  #goesOn = false;

  constructor(world: TrainingWorld) {
    this.#world = world;
  }

  /** Resolves when nothing is being trained any more and the weights are written (or refused, or asked for). */
  get stopped(): Promise<void> {
    return this.#stopped;
  }

  /** Resolves when the loss of a pause is known and its weights are written, or when training has gone on from there. */
  async settled(): Promise<void> {
    if (this.#world.record.settling) await this.pause();
  }

  /**
   * In a turn: starts or resumes training; resolves when it has started. Where the loss of a pause is not known yet, it is
   * the same training that goes on, as if there had been no pause.
   */
  async start(worker: Remote<WorkerApi>, options: TrainOptions): Promise<void> {
    const { record } = this.#world;
    const from = this.#unwritten ?? record.state;
    if (!from || record.running) return;
    if (record.settling && this.#episode) return this.#goOn(worker, options);
    this.#unwritten = undefined;
    const stopped = new Promise<void>(resolve => (this.#episode = { from, end: resolve }));
    this.#stopped = stopped;
    record.outdateGradcheck();
    this.#world.notices.trainingBegins(this.#world.uri, from.epoch);
    try {
      await worker.train(options);
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  /** The loss of the pause may become known before the worker hears of it: that ends nothing. */
  async #goOn(worker: Remote<WorkerApi>, options: TrainOptions): Promise<void> {
    const { record } = this.#world;
    this.#goesOn = true;
    try {
      await worker.train(options);
    } finally {
      this.#goesOn = false;
      if (record.state && !record.busy) this.#ended(record.state);
    }
  }

  /**
   * Training stops at once; resolves when its loss is known and its weights are written (or refused, or asked for), or
   * when somebody has gone on with it before.
   */
  async pause(): Promise<void> {
    const { record, engine } = this.#world;
    if (!record.busy) return;
    const { phase } = await (await engine.remote()).pause();
    if (phase !== 'running') await this.#stopped;
  }

  /** Whether it is a training that goes on, and not a step. */
  get underWay(): boolean {
    return this.#world.record.busy && this.#episode !== undefined;
  }

  /** Ends training without writing anything. */
  async stopQuietly(): Promise<void> {
    const { record, engine } = this.#world;
    if (!record.busy) return;
    const episode = this.#endEpisode();
    await (await engine.remote()).pause();
    record.setAhead(true);
    episode?.end(Promise.resolve());
  }

  /** The worker has told its state: when that ends a training, and its loss is known, its weights are written in a turn. */
  receive(state: RunState): void {
    const { record } = this.#world;
    const wasBusy = record.busy;
    record.setState(state);
    if (wasBusy && !record.busy && !this.#goesOn) this.#ended(state);
  }

  /** There is nothing to wait for any more: training did not start, or the worker is gone. */
  abandon(): void {
    this.#endEpisode()?.end(Promise.resolve());
  }

  #ended(state: RunState): void {
    const episode = this.#endEpisode();
    if (!episode) return;
    const { uri, notices, record } = this.#world;
    notices.trainingEnds(uri, state);
    if (state.step !== episode.from.step) record.setAhead(true);
    if (state.phase === 'diverged') notices.diverged(uri, state.where);
    episode.end(state.phase === 'diverged' ? Promise.resolve() : this.#write(episode.from, state));
  }

  /** In a turn of its own, before which training may have gone on: then its end writes all of it. */
  #write(from: RunState, state: RunState): Promise<void> {
    const { record, turns, writeBack } = this.#world;
    this.#unwritten = from;
    return turns.take(async () => {
      if (record.busy) return;
      this.#unwritten = undefined;
      await writeBack.after(trainLabel(from, state));
    });
  }

  /** The episode under way; from now on there is none. */
  #endEpisode(): Episode | undefined {
    const episode = this.#episode;
    this.#episode = undefined;
    return episode;
  }
}
