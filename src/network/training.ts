/** How a network is trained: the typed form of `training`. */

export type OptimizerName = 'sgd' | 'rmsprop' | 'adagrad' | 'adam' | 'adamw';

export type Precision = 'float32' | 'float64';

export interface Optimizer {
  readonly type: OptimizerName;
  readonly learningRate: number;
  /** sgd */
  readonly momentum: number;
  /** sgd */
  readonly nesterov: boolean;
  /** rmsprop's decay of the squared gradient. */
  readonly decay: number;
  /** adam, adamw */
  readonly beta1: number;
  /** adam, adamw */
  readonly beta2: number;
  /** rmsprop, adagrad, adam, adamw */
  readonly epsilon: number;
  /** adamw */
  readonly weightDecay: number;
}

export type ScheduleName = 'constant' | 'step' | 'exponential' | 'cosine';

/**
 * How the learning rate of the optimizer, η₀, changes from epoch to epoch; e counts completed epochs, from 0. The rate
 * of epoch e is s(e) · min(1, (e + 1) / warmUp), with s(e) = η₀ (`constant`), η₀ · factor^⌊e / every⌋ (`step`),
 * η₀ · factor^e (`exponential`), or minimum + ½ (η₀ − minimum)(1 + cos(π e / epochs)) (`cosine`), behind the
 * planned epochs `minimum`. Without a warm-up the second factor is 1.
 */
export interface Schedule {
  readonly type: ScheduleName;
  /** step: epochs between two steps. */
  readonly every: number;
  /** step, exponential */
  readonly factor: number;
  /** cosine: a rate, as PyTorch's `eta_min`. */
  readonly minimum: number;
  /** Epochs until the whole rate is used; 0 and 1: from the first. */
  readonly warmUp: number;
}

/**
 * What a step does to a gradient that is large: g ← g · min(1, norm / (‖g‖ + 10⁻⁶)) with the Euclidean norm over all
 * parameters, or each of its numbers between −value and value. As PyTorch's `clip_grad_norm_` and `clip_grad_value_`.
 * One of them at most is a number.
 */
export interface Clip {
  readonly norm: number | null;
  readonly value: number | null;
}

/** Reasons to end before `epochs` is reached. */
export interface StopRule {
  readonly targetLoss: number | null;
  /** Epochs without a new best validation loss (training loss where there is no validation part). */
  readonly patience: number | null;
  readonly maxSeconds: number | null;
}

export interface Training {
  readonly precision: Precision;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly clip: Clip;
  /** 1 = stochastic; `all` = full batch. */
  readonly batchSize: number | 'all';
  readonly epochs: number;
  readonly shuffle: boolean;
  readonly stop: StopRule;
}
