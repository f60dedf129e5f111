/** The trainings of a run, one after the other: each from its start until its weights are written. */
import type { Uri } from 'vscode';
import type { RunState, WorkerApi } from '../protocol';
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

  constructor(world: TrainingWorld) {
    this.#world = world;
  }

  /** Resolves when nothing is being trained any more and the weights are written (or refused, or asked for). */
  get stopped(): Promise<void> {
    return this.#stopped;
  }

  /** In a turn: starts or resumes training; resolves when it has started. */
  async start(worker: Remote<WorkerApi>, options: { epochs?: number }): Promise<void> {
    const { record } = this.#world;
    const from = record.state;
    if (!from || record.running) return;
    const stopped = new Promise<void>(resolve => (this.#episode = { from, end: resolve }));
    this.#stopped = stopped;
    record.outdateGradcheck();
    try {
      await worker.train(options);
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  async pause(): Promise<void> {
    const { record, engine } = this.#world;
    if (!record.running) return;
    await (await engine.remote()).pause();
    await this.#stopped;
  }

  /** Ends training without writing anything. */
  async stopQuietly(): Promise<void> {
    const { record, engine } = this.#world;
    if (!record.running) return;
    const episode = this.#endEpisode();
    await (await engine.remote()).pause();
    record.setAhead(true);
    episode?.end(Promise.resolve());
  }

  /** The worker has told its state: when that ends a training, its weights are written in a turn. */
  receive(state: RunState): void {
    const { record } = this.#world;
    const wasRunning = record.running;
    record.setState(state);
    if (wasRunning && state.phase !== 'running') this.#ended(state);
  }

  /** There is nothing to wait for any more: training did not start, or the worker is gone. */
  abandon(): void {
    this.#endEpisode()?.end(Promise.resolve());
  }

  #ended(state: RunState): void {
    const episode = this.#endEpisode();
    if (!episode) return;
    const { uri, notices, record, turns, writeBack } = this.#world;
    if (state.step !== episode.from.step) record.setAhead(true);
    if (state.phase === 'diverged') notices.diverged(uri, state.where);
    const label = trainLabel(episode.from, state);
    episode.end(
      state.phase === 'diverged' ? Promise.resolve() : turns.take(() => writeBack.after(label)),
    );
  }

  /** The episode under way; from now on there is none. */
  #endEpisode(): Episode | undefined {
    const episode = this.#episode;
    this.#episode = undefined;
    return episode;
  }
}
