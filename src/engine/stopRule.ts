/** When a training is over. */
import type { Evaluation } from '../engine/trainer';
import type { StopRule } from '../network/network';

export type StopReason = 'epochs' | 'targetLoss' | 'patience' | 'maxSeconds';

/** Asked after each epoch; remembers the best loss. */
export class StopWatch {
  readonly #rule: StopRule;
  readonly #epochs: number;
  readonly #hasValidation: boolean;
  #best = Infinity;
  #bestEpoch = 0;

  constructor(rule: StopRule, epochs: number, hasValidation: boolean) {
    this.#rule = rule;
    this.#epochs = epochs;
    this.#hasValidation = hasValidation;
  }

  /** The first reason that holds after `epoch` epochs, or undefined. */
  after(epoch: number, evaluation: Evaluation, seconds: number): StopReason | undefined {
    const { targetLoss, patience, maxSeconds } = this.#rule;
    const watched = this.#hasValidation ? evaluation.validationLoss : evaluation.loss;
    if (watched < this.#best) {
      this.#best = watched;
      this.#bestEpoch = epoch;
    }
    if (targetLoss !== null && evaluation.loss <= targetLoss) return 'targetLoss';
    if (patience !== null && epoch - this.#bestEpoch >= patience) return 'patience';
    if (maxSeconds !== null && seconds >= maxSeconds) return 'maxSeconds';
    return epoch >= this.#epochs ? 'epochs' : undefined;
  }
}
