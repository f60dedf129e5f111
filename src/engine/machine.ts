/**
 * What computes the steps of a training: parameters, moments and samples in one memory.
 *
 * Behind it stand the reference kernels and WebAssembly. It knows no epochs and no curves (steppingTrainer.ts), and
 * no clock: it comes back often enough for its owner to look at one.
 */
import type { LearningRates } from '../network/rates';
import type { DivergencePlace } from './divergence';
import type { AccuracyRule } from './metrics';
import type { TriedStep } from './nextStep';
import type { OptimizerState } from './optimizers';
import type { Plan } from './plan';

/** What a pass over some samples gives. */
export interface Sums {
  /** Σ of the sample losses. No reduction, no penalty. */
  readonly loss: number;
  /** Right answers, NaN where there is no accuracy. */
  readonly correct: number;
  /** Σ(a − y)² of each output, where there is no accuracy. */
  readonly squares?: Float64Array;
}

export interface Machine {
  readonly plan: Plan;
  /**
   * Samples of the epoch under way, in their order; written by the owner. There is room for the orders of several epochs,
   * one behind the other, where their steps can be made in one go as if they were of one epoch: without batches that reach
   * into the next, and with nothing that is drawn for each epoch.
   */
  readonly order: Uint32Array;
  /** Rows that an evaluation takes at a time. */
  readonly evaluationRows: number;
  /** Norm of the latest step's gradient, before it is clipped; NaN where it is not known. */
  readonly gradientNorm: number;
  /**
   * Works on: one tile of a large batch, or as many steps as take some milliseconds. A batch that is begun is
   * gone on with by the next call, which has the same position.
   *
   * @param position of the next sample in the order
   * @param end behind the last sample that may be used: of an epoch, or of a single step
   * @param most updates at most
   * @returns updates that were made. `place` tells of the one behind them, when it has overflowed
   */
  work(position: number, end: number, batchSize: number, most: number): number;
  /** Where the latest `work` has met a number that is not finite: the step was not made. */
  readonly place: DivergencePlace | undefined;
  /** A batch that is begun begins anew. */
  forgetBatch(): void;
  /** The same, for another order has been written: nobody undoes steps of the one before. */
  beginOrder(epoch: number): void;
  /** Parameters and moments as before the latest step; false when there is none to undo. */
  undo(): boolean;
  /**
   * Makes the step that comes next and takes it back: everything is as before, also what can be undone. Undefined within
   * a batch that is begun.
   *
   * @param position of its first sample in the order
   * @param samples of the batch, of which at most `MOST_MEASURED` are looked at
   */
  tryStep(position: number, samples: number): TriedStep | undefined;
  /** One tile of an evaluation: `rows` samples from `start` on. */
  evaluate(samples: Uint32Array, start: number, rows: number, rule: AccuracyRule): Sums;
  /** In the samples of the latest `evaluate`. */
  findOverflow(): DivergencePlace | undefined;
  /** The penalty of the parameters as they are, over that many samples. */
  penalty(samples: number): number;
  /** (count, inputSize) → (count, outputSize) */
  predict(inputs: Float64Array, count: number): Float64Array;
  /** In the file's order. A copy. */
  readParameters(): Float64Array;
  readOptimizerState(): OptimizerState;
  /** Other parameters, and an optimizer at its start or in that state. */
  begin(parameters: Float64Array, optimizer?: OptimizerState, gradientNorm?: number): void;
  /** From the next step on; the rate is that of the epoch, and no schedule is looked at. */
  setRates(rates: LearningRates): void;
}
