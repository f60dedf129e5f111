/** When a training of a run ends: an epoch whose steps are all made counts as done, evaluated or not. */
import { StopWatch, type FinishReason, type StopWatchState } from '../engine/stopRule';
import type { Trainer } from '../engine/trainer';
import type { Tuning } from '../network/tuning';

export class Ending {
  readonly #trainer: Trainer;
  #watch: StopWatch | undefined;
  /** Steps that somebody makes one by one end no training. */
  #counts = false;

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
  }

  /**
   * A training begins, or goes on.
   *
   * @param epochs how many more; default those of the network
   * @param paused whether one was paused, which goes on where it has epochs left and `epochs` asks for no others
   * @param seconds spent training until now
   */
  begin(epochs: number | undefined, paused: boolean, seconds: number): void {
    const { network, dataset, epoch, isEpochUsedUp } = this.#trainer;
    this.#counts = true;
    if (epochs === undefined && paused && epoch < this.lastEpoch) return;
    this.#watch = new StopWatch({
      rule: network.training.stop,
      from: { epoch: epoch + Number(isEpochUsedUp), seconds },
      epochs: epochs ?? network.training.epochs,
      hasValidation: dataset.validation.length > 0,
    });
  }

  /** Steps by hand follow. */
  rest(): void {
    this.#counts = false;
  }

  /** There is no training to go on with. */
  forget(): void {
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

  /** A training whose epochs were asked for by number keeps that number. */
  tune({ epochs, stop }: Tuning, before: number): void {
    const asked = this.#watch?.state.goal.epochs;
    const next = asked === before ? epochs : (asked ?? 0);
    this.#watch = this.#watch?.tune(stop, next);
  }

  get state(): StopWatchState | undefined {
    return this.#watch?.state;
  }

  goOn(state: StopWatchState | undefined): void {
    this.#watch = state && new StopWatch(state.goal, state);
  }
}
