/**
 * The trainer contract: a compiled network with its data and state, run step by step.
 *
 * An interface, because more than one engine stands behind it: the reference kernels, and WebAssembly
 * that runs many steps in one call. No clock in here: whoever paces the run passes `expired`.
 */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import type { LearningRates } from '../network/rates';
import type { Tuning } from '../network/tuning';
import type { Checkpoint } from './checkpoint';
import type { EngineReport } from './engineReport';
import type { StepSizes } from './nextStep';
import type { OptimizerState } from './optimizers';
import type { Plan } from './plan';

/** What one pass over training and validation part with fixed parameters gives. NaN where it does not exist. */
export interface Evaluation {
  /** The displayed loss: reduction over the training part plus penalty. */
  readonly loss: number;
  /** The same over the validation part (penalty included, so the two curves compare). */
  readonly validationLoss: number;
  readonly accuracy: number;
  readonly validationAccuracy: number;
  /** Where there is no accuracy: the mean R² of the outputs, 1 − Σ(a − y)² / Σ(y − ȳ)². */
  readonly r2: number;
  readonly validationR2: number;
}

/** The first place at which a number was no longer finite. The parameters before that step are kept. */
export interface Divergence {
  /** Completed epochs before it: index of the epoch under way. */
  readonly epoch: number;
  /** Index of the batch within its epoch. */
  readonly batch: number;
  /** Updates made before it. */
  readonly step: number;
  /** Index into `layers`, or −1 when the loss alone overflowed. */
  readonly layer: number;
  /** Neuron of that layer, or −1. */
  readonly row: number;
  readonly quantity: 'weightedInput' | 'activation' | 'loss' | 'gradient' | 'parameter';
  readonly value: number;
  readonly learningRate: number;
}

export interface Budget {
  /** Updates at most. */
  readonly steps: number;
  /** Asked between batches (and between tiles of an evaluation): true ends the call. */
  readonly expired?: () => boolean;
  /**
   * Completed epochs at which the loss is next wanted; default: after the epoch under way. Those that end before may be
   * passed over: `run` goes on without an evaluation, with the same bits. Where numbers overflow meanwhile, it goes back to
   * the latest evaluation and makes all of them from there, so that step and epoch may be less than they were.
   */
  readonly lossAt?: number;
}

/**
 * Why `run` returned. `epoch`: the last batch of an epoch was applied and the evaluation is done
 * (where a loss in it is not finite, that batch is undone and the outcome is `diverged`).
 * `time`: `expired()` said so, possibly in the middle of an evaluation; the next `run` goes on there.
 */
export type RunOutcome =
  | { readonly type: 'steps' | 'time' | 'epoch'; readonly steps: number }
  | { readonly type: 'diverged'; readonly steps: number; readonly divergence: Divergence };

/** `time`: `expired()` ended the evaluation early. `diverged`: the latest step has been undone. */
export type Settlement =
  | { readonly type: 'finite' }
  | { readonly type: 'time' }
  | { readonly type: 'diverged'; readonly divergence: Divergence };

export interface Trainer {
  /** With the learning rates of now. */
  readonly network: Network;
  readonly dataset: Dataset;
  readonly plan: Plan;
  /** What computes it. */
  readonly engine: EngineReport;
  /** Updates made since the start. */
  readonly step: number;
  /** Completed epochs. */
  readonly epoch: number;
  /** Index of the next batch within the current epoch. */
  readonly batch: number;
  /** Whether all steps of the epoch under way are made: it waits for its evaluation, which `run` completes. */
  readonly isEpochUsedUp: boolean;
  /** η of the epoch under way, by the schedule. */
  readonly learningRate: number;
  /**
   * Result of the latest evaluation; before any epoch that of the start, which is computed at the first
   * use unless `evaluate` has done it in slices.
   */
  readonly evaluation: Evaluation;
  /** Euclidean norm of the latest step's gradient, penalty included, before it is clipped; NaN before the first step. */
  readonly gradientNorm: number;
  run(budget: Budget): RunOutcome;
  /**
   * One update by the next sample of the epoch's order alone, whatever the batch size. The batch that it
   * is taken from goes on with the rest. After the last sample of an epoch the evaluation is done at once.
   */
  stepSample(): RunOutcome;
  /**
   * Evaluates the current parameters now (after single steps). Returns false when `expired` ended it early;
   * the next call goes on there. Never ends an epoch: that is told by `run` alone.
   */
  evaluate(expired?: () => boolean): boolean;
  /**
   * Whether the current parameters may be kept, asked before they are shown as a result or written:
   * evaluates them as `evaluate` does, and undoes the latest step (parameters, moments, counters) when a
   * loss is not finite. `run` and `stepSample` do so at the end of each epoch.
   */
  settle(expired?: () => boolean): Settlement;
  /**
   * How large the step that comes next is, which is made and taken back: the steps to come have the same bits. Undefined
   * within a batch that is begun, and where no batch is left of an epoch that has no evaluation yet.
   */
  nextStep(): StepSizes | undefined;
  /** All parameters in the file's order: per layer the weights row by row, then the biases. A copy. */
  readParameters(): Float64Array;
  /** Moments and clock of the optimizer, for `inspect`. A copy. */
  readOptimizerState(): OptimizerState;
  /** Back to these parameters (default: those at the start): optimizer state, counters and order cleared. */
  reset(parameters?: Float64Array): void;
  /**
   * The schedule counts on from so many epochs, made before this trainer's first. `reset` and `resume` set it anew: to
   * 0, and to what the checkpoint says.
   */
  countFrom(epochs: number): void;
  /**
   * Everything that the steps to come depend on, as it is between two steps: a trainer of the same network and
   * data that resumes it goes on with the same bits. A copy. `settle` first, as before anything that is kept:
   * the latest step of a checkpoint cannot be undone.
   *
   * @param sampled its data are told from others by some of their numbers: it takes a moment, however many there are
   */
  checkpoint(sampled?: boolean): Checkpoint;
  /**
   * Goes on where the checkpoint was taken; `reset` still leads back to the start of this trainer.
   *
   * @throws CheckpointError when it is of another network or other data; then nothing has changed
   */
  resume(checkpoint: Checkpoint): void;
  /**
   * Other learning rates from the next step on, also of a batch under way. Parameters, optimizer state, counters and
   * order stay.
   *
   * @throws RangeError when there is not one scale for each layer
   */
  setRates(rates: LearningRates): void;
  /**
   * Other settings from the next step on (`retune.ts`): parameters, counters and order stay, and so does the optimizer's
   * state where the optimizer does. The latest step cannot be undone any more, unless learning rates alone are others.
   *
   * @throws RangeError when there is not one scale for each layer
   */
  tune(tuning: Tuning): void;
  /** (count, inputSize) → (count, outputSize), with the current parameters in the network's precision. */
  predict(inputs: Float64Array, count: number): Float64Array;
}
