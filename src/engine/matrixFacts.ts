/**
 * The numbers of a layer as vectors and matrices: what its forward rule, its error terms and its gradients are
 * computed from. Of large layers the first and the last neurons, with the sums of what is left out.
 *
 * Layers count as in the file, −1 is the input; neurons from 0.
 */
import type { ActivationName } from '../network/network';
import type { FactsBase, Scope } from './facts';

export interface MatricesRequest {
  readonly scope: Scope;
  /** −1: input */
  readonly layer: number;
  /** A neuron that is shown in any case, and one of its source. */
  readonly row?: number;
  readonly column?: number;
  /** Of a conv2d, without `row`: the filter of which a parameter is asked for; `column` is a place in its kernel. */
  readonly filter?: number;
}

/** The neurons of a layer that are shown: all, or the first and the last of them, ascending. */
export interface Axis {
  readonly layer: number;
  readonly length: number;
  readonly shown: readonly number[];
  /** Of a conv2d: which of its filters the neurons belong to, or which column of the weights. */
  readonly places?: readonly number[];
}

/** A number for each shown neuron. */
export type Vector = readonly number[];
/** By shown row, then by shown column. */
export type Grid = readonly Vector[];

/** Where a layer takes its values from. */
export interface SourceVector {
  /** Of `add` and `concat` those that go into the shown neurons of the layer. */
  readonly units: Axis;
  readonly activation: Vector;
}

/** A layer that takes this one's values and sends its errors back. */
export interface ConsumerMatrices {
  readonly layer: number;
  /** Its shown neurons: of a merge those that the shown neurons of this layer flow into, one each. */
  readonly units: Axis;
  readonly delta: Vector;
  /** w (units, the shown neurons of this layer); absent where a value goes on as it is. */
  readonly weights: Grid | undefined;
  /** By shown neuron of this layer: Σ w δ over the neurons that are not shown; absent where all are. */
  readonly rest: Vector | undefined;
  /** Of a layer with windows, which has no shown neurons here: what all of it sends back to each neuron. */
  readonly sent?: Vector;
}

/** What only the last layer has. */
export interface OutputMatrices {
  readonly target: Vector;
  /** δ comes from a − y, without ∂C/∂a (see `NeuronFacts`). */
  readonly fused: boolean;
  /** Σ y over all outputs. */
  readonly targetSum: number;
  /** ∂a_j/∂z_k of a softmax that is not fused, and Σ over the outputs that are not shown of ∂a_j/∂z_k ∂C/∂a_k. */
  readonly jacobian: { readonly cells: Grid; readonly rest: Vector | undefined } | undefined;
}

/** Of one sample, by shown neuron. */
export interface SampleMatrices {
  /** In the order of the file; none of the input. */
  readonly sources: readonly SourceVector[];
  /** Σ w a over the neurons of the source that are not shown; absent where all are. */
  readonly rest: Vector | undefined;
  /** None of the input. */
  readonly weightedInput: Vector | undefined;
  readonly activation: Vector;
  /** f′(z); of a softmax ∂a_j/∂z_j. */
  readonly derivative: Vector | undefined;
  readonly delta: Vector | undefined;
  /** ∂C/∂a */
  readonly outputGradient: Vector;
  readonly consumers: readonly ConsumerMatrices[];
  readonly output: OutputMatrices | undefined;
  readonly weightGradient: Grid | undefined;
  readonly biasGradient: Vector | undefined;
  /** Of a conv2d: the part of both gradients that comes from all other places. */
  readonly elsewhere?: { readonly weights: Grid; readonly bias: Vector | undefined };
}

/** Over all samples of the training part: gradient = factor · sum + penalty. */
export interface Accumulated<T> {
  /** Σ of the samples' own gradients. */
  readonly sum: T;
  readonly penalty: T;
  readonly gradient: T;
}

export interface BatchMatrices {
  readonly factor: number;
  readonly weights: Accumulated<Grid> | undefined;
  readonly bias: Accumulated<Vector> | undefined;
}

export interface LayerMatrices extends FactsBase {
  readonly type: 'matrices';
  readonly layer: number;
  /** Of a conv2d: the place of the image that is shown, counted through its rows; its units are the filters there. */
  readonly place?: number;
  /** None of the input. */
  readonly activation: ActivationName | undefined;
  readonly units: Axis;
  /** The neurons that the columns of `weights` belong to; absent without weights. */
  readonly inputs: Axis | undefined;
  readonly weights: Grid | undefined;
  readonly bias: Vector | undefined;
  readonly sample: SampleMatrices | undefined;
  readonly batch: BatchMatrices | undefined;
}
