/** What a compiled network is made of: its operations, and where their numbers stand in the arena. Plain data. */
import type { WindowShape } from '../network/images';
import type { ActivationName, MergeLayer, PoolLayer } from '../network/network';

/** A run of numbers in the arena: offset and length in elements of the plan's precision. */
export interface Region {
  readonly offset: number;
  readonly length: number;
}

/** Where an operation takes values from. */
export interface Source {
  /** Index into the network's `layers`, −1 is the input. */
  readonly layer: number;
  /** Values a sample. */
  readonly units: number;
  /** Merges: the neuron that the source's first value flows into. 0 for the others. */
  readonly start: number;
  /** x (batch, units): the batch, or the output of that layer. */
  readonly values: Region;
  /** ∂C/∂x (batch, units); absent where nobody needs it (the input). */
  readonly gradient: Region | undefined;
  /**
   * A layer that several others take from gets the sum of what each of them finds: the one that backward
   * reaches first writes `gradient`, the others add to it.
   */
  readonly addsGradient: boolean;
}

export interface OperationBase {
  /** Index into the network's `layers`. */
  readonly layer: number;
  readonly activation: ActivationName;
  /** Numbers that come in: of all sources for `concat`, of one of them for the others. */
  readonly inputs: number;
  readonly units: number;
  readonly sources: readonly Source[];
  /**
   * Whether the output of the network hangs on it. Where not, backward leaves it out: its deltas and the
   * gradients of its parameters are 0.
   */
  readonly reached: boolean;
  readonly weightedInput: Region;
  readonly output: Region;
  /** ∂C/∂a (batch, units) */
  readonly outputGradient: Region;
  /** ∂C/∂z (batch, units) */
  readonly delta: Region;
}

/** Of operations with parameters. */
export interface Parametric extends OperationBase {
  readonly weights: Region;
  readonly weightGradient: Region;
  readonly bias: Region | undefined;
  readonly biasGradient: Region | undefined;
}

/** z = x wᵀ + b, a = f(z). Shapes: x (batch, inputs)  w (units, inputs)  b (units)  z, a (batch, units) */
export interface DenseOperation extends Parametric {
  readonly type: 'dense';
}

/** At each place: z = w · window + b, a = f(z). Shapes: w (filters, window)  b (filters)  z, a (batch, units) */
export interface ConvOperation extends Parametric {
  readonly type: 'conv2d';
  readonly window: WindowShape;
}

/** `add`: z = Σ x. `concat`: z = one x behind the other. a = f(z). */
export interface MergeOperation extends OperationBase {
  readonly type: MergeLayer['type'];
}

/** z = the largest value or the mean of each window, a = z. */
export interface PoolOperation extends OperationBase {
  readonly type: PoolLayer['type'];
  readonly window: WindowShape;
}

/** z = x, a = z: only the shape is another. */
export interface FlattenOperation extends OperationBase {
  readonly type: 'flatten';
}

/** z = x ⊙ factors, a = z. */
export interface DropoutOperation extends OperationBase {
  readonly type: 'dropout';
  readonly rate: number;
  /** (batch, units): 0 or 1/(1 − rate) while training, 1 elsewhere. */
  readonly factors: Region;
}

/** z = γ (x − μ)/√(σ² + ε) + β of each feature, a = f(z). Shapes: γ, β, mean, variance (features)  z, a (batch, units) */
export interface BatchNormOperation extends Parametric {
  readonly type: 'batchNorm';
  /** Features: value i of a sample is of feature i mod features. */
  readonly features: number;
  readonly epsilon: number;
  readonly momentum: number;
  /** The running statistics (features). */
  readonly mean: Region;
  readonly variance: Region;
  /** μ, 1/√(σ² + ε) and σ² of the latest forward (3, features); then how many numbers a feature had, 0: running ones. */
  readonly moments: Region;
}

/** Operations with weights. */
export type WeightedOperation = DenseOperation | ConvOperation | BatchNormOperation;

export type Operation =
  WeightedOperation | MergeOperation | PoolOperation | FlattenOperation | DropoutOperation;

/** Whether an operation has weights. */
export const isWeighted = (operation: Operation): operation is WeightedOperation =>
  operation.type === 'dense' || operation.type === 'conv2d' || operation.type === 'batchNorm';
