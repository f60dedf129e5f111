/** When a training of a run ends: an epoch whose steps are all made counts as done, evaluated or not. */
import { StopWatch, type FinishReason, type StopWatchState } from '../engine/stopRule';
import type { Trainer } from '../engine/trainer';
import type { Tuning } from '../network/tuning';
import type { TrainOptions } from '../protocol';
import type { Ended, Phase } from './phase';

export class Ending {
  readonly #trainer: Trainer;
  #watch: StopWatch | undefined;
  /** Steps that somebody makes one by one end no training. */
  #counts = false;
  /** Its epochs have become fewer than were done when it was paused: it is over, as long as they are. */
  #isCut = false;

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
  }

  /**
   * A training begins, or goes on.
   *
   * @param options `epochs`: how many more; default those of the network
   * @param paused whether one was paused, which goes on where it has epochs left and no others are asked for
   * @param seconds spent training until now
   */
  begin({ epochs, areLeft }: TrainOptions, paused: boolean, seconds: number): void {
    const { network, dataset, epoch, isEpochUsedUp } = this.#trainer;
    this.#counts = true;
    this.#isCut = false;
    if (epochs === undefined && paused && epoch < this.lastEpoch) return;
    this.#watch = new StopWatch({
      rule: network.training.stop,
      from: { epoch: epoch + Number(isEpochUsedUp), seconds },
      epochs: epochs ?? network.training.epochs,
      isAsked: epochs !== undefined && !areLeft,
      hasValidation: dataset.validation.length > 0,
    });
  }

  /** Steps by hand follow. */
  rest(): void {
    this.#counts = false;
    this.#isCut = false;
  }

  /** There is no training to go on with. */
  forget(): void {
    this.rest();
    this.#watch = undefined;
  }

  /** Completed epochs with which it ends. */
  get lastEpoch(): number {
    return this.#watch?.lastEpoch ?? 0;
  }

  /** Completed epochs after which the loss may next be a reason. */
  get next(): number {
    return this.#watch?.nextAfter(this.#trainer.epoch) ?? 0;
  }

  /** Why it ends after the epoch that has just been completed, if so. */
  reason(seconds: number): FinishReason | undefined {
    const { epoch, evaluation } = this.#trainer;
    return this.#counts ? this.#watch?.after(epoch, evaluation, seconds) : undefined;
  }

  /**
   * A training whose epochs were asked for by number keeps that number. One that is paused behind its last epoch is over,
   * and paused again where it gets more.
   *
   * @param before epochs of the network until now
   * @returns the phase that follows
   */
  tune({ epochs, stop }: Tuning, before: number, phase: Phase): Phase {
    this.#watch = this.#watch?.tune(stop, epochs - before, this.#trainer.epoch);
    const isPaused = phase.phase === 'paused' && !phase.settling;
    return isPaused || this.#isCut ? this.pause() : phase;
  }

  /** No more steps for now: it is paused, or over where its epochs have become fewer than are done. */
  pause(): Ended {
    const isOver = this.#counts && this.#watch && this.#trainer.epoch >= this.lastEpoch;
    this.#isCut = isOver === true;
    return isOver ? { phase: 'finished', reason: 'epochs' } : { phase: 'paused' };
  }

  get state(): StopWatchState | undefined {
    return this.#watch?.state;
  }

  goOn(state: StopWatchState | undefined): void {
    this.#counts = true;
    this.#isCut = false;
    this.#watch = state && new StopWatch(state.goal, state);
  }
}
