/** When a training is over. */
import type { StopRule } from '../network/network';
import type { Evaluation } from './trainer';

export type FinishReason = 'epochs' | 'targetLoss' | 'patience' | 'maxSeconds';

/** Where a training starts to count, and how far it may go. */
export interface Goal {
  readonly rule: StopRule;
  /** Completed epochs and seconds of training at the start. */
  readonly from: { readonly epoch: number; readonly seconds: number };
  /** Epochs to add. */
  readonly epochs: number;
  /** Whether these were asked for: another number in the network does not count. */
  readonly isAsked?: boolean;
  /** Whether patience watches the validation loss rather than the training loss. */
  readonly hasValidation: boolean;
}

/** What a watch has seen, for one that goes on elsewhere. Plain data. */
export interface StopWatchState {
  readonly goal: Goal;
  readonly best: number;
  readonly bestEpoch: number;
}

/** Asked after each epoch; remembers the best loss. */
export class StopWatch {
  readonly #goal: Goal;
  #best: number;
  #bestEpoch: number;

  constructor(goal: Goal, seen?: StopWatchState) {
    this.#goal = goal;
    this.#best = seen?.best ?? Infinity;
    this.#bestEpoch = seen?.bestEpoch ?? goal.from.epoch;
  }

  get state(): StopWatchState {
    return { goal: this.#goal, best: this.#best, bestEpoch: this.#bestEpoch };
  }

  /**
   * The same, which may end elsewhere after `epoch` completed epochs. Patience that there was none of begins there.
   *
   * @param more what the network's epochs became more by, or less
   */
  tune(rule: StopRule, more: number, epoch: number): StopWatch {
    const { rule: before, epochs, isAsked } = this.#goal;
    const goal = { ...this.#goal, rule, epochs: isAsked ? epochs : epochs + more };
    const bestEpoch = before.patience === null ? Math.max(epoch, this.#bestEpoch) : this.#bestEpoch;
    return new StopWatch(goal, { ...this.state, bestEpoch });
  }

  get lastEpoch(): number {
    return this.#goal.from.epoch + this.#goal.epochs;
  }

  /** Completed epochs after which the loss may next be a reason, where `epoch` are completed; the last one always is. */
  nextAfter(epoch: number): number {
    const { targetLoss, patience } = this.#goal.rule;
    return targetLoss === null && patience === null ? this.lastEpoch : epoch + 1;
  }

  /**
   * The first reason that holds after `epoch` completed epochs and `seconds` of training, or undefined. An epoch whose steps
   * were all made before the start, and that is only evaluated now, is none.
   */
  after(epoch: number, evaluation: Evaluation, seconds: number): FinishReason | undefined {
    const { rule, from, hasValidation } = this.#goal;
    if (epoch <= from.epoch) return undefined;
    const watched = hasValidation ? evaluation.validationLoss : evaluation.loss;
    if (watched < this.#best) {
      this.#best = watched;
      this.#bestEpoch = epoch;
    }
    if (rule.targetLoss !== null && evaluation.loss <= rule.targetLoss) return 'targetLoss';
    if (rule.patience !== null && epoch - this.#bestEpoch >= rule.patience) return 'patience';
    if (rule.maxSeconds !== null && seconds - from.seconds >= rule.maxSeconds) return 'maxSeconds';
    return epoch >= this.lastEpoch ? 'epochs' : undefined;
  }
}
