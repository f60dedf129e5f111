/**
 * Facts: the numbers of one pass that explain one target, free of any notation.
 *
 * `inspect` (float64, on the parameters as they are) makes them; `explain` turns them into formulas.
 * Indices are zero-based and count as the file does: `layer` is an index into `layers`, −1 is the
 * input; `row` is a neuron of that layer (a row of its weights), `column` a neuron of its source. Of a conv2d the row
 * of a weight or a bias is a filter, and the column a place in its kernel: through its rows, columns and channels.
 */
import type { ActivationName, Loss, Optimizer, Regularization } from '../network/network';
import type { ImageKinds } from '../network/kinds';
import type { NormalisedFacts, PooledFacts, SharedFacts } from './imageFacts';
import type { PerceptronFacts } from './perceptronFacts';
import type { ScheduleFacts, UpdateFacts } from './updateFacts';

export type { NormalisedFacts, PooledFacts, SharedFacts, SharedTerm } from './imageFacts';
export type { PerceptronFacts, PerceptronSample } from './perceptronFacts';
export type { ClipFacts, Moments, ScheduleFacts, UpdateFacts } from './updateFacts';

export type Target =
  | {
      readonly type: 'weight';
      readonly layer: number;
      readonly row: number;
      readonly column: number;
    }
  | { readonly type: 'bias'; readonly layer: number; readonly row: number }
  | { readonly type: 'neuron'; readonly layer: number; readonly row: number }
  | { readonly type: 'layer'; readonly layer: number }
  | { readonly type: 'loss' };

/**
 * Whose loss is differentiated: the sample's own loss (no reduction, no penalty), or that of the whole
 * training part (the file's reduction, penalty included).
 */
export type Scope = (
  { readonly type: 'sample'; readonly index: number } | { readonly type: 'batch' }
) & {
  /** With the parameters of which kept snapshot; absent: as they are now. */
  readonly snapshot?: number;
};

/** What every answer says about its surroundings. */
export interface FactsBase extends ImageKinds {
  readonly scope: Scope;
  /** Units of each layer, input first: `[3, 4, 2]`. */
  readonly sizes: readonly number[];
  /** By layer, where its values come from: indices into `layers`, −1 is the input (see `LayerShape.sources`). */
  readonly sources: readonly (readonly number[])[];
  /** What the data call the inputs; absent where they have no names, or very many. */
  readonly inputNames?: readonly string[];
  readonly loss: Loss;
  readonly regularization: Regularization;
  readonly optimizer: Optimizer;
  /** Samples that a step of the training takes. */
  readonly batchSize: number | 'all';
  /** Value of the loss in this scope. */
  readonly lossValue: number;
  /** Samples in the scope: 1, or the size of the training part. */
  readonly samples: number;
  readonly epoch: number;
  readonly step: number;
}

/** A contribution of one sample to a batch gradient: its own gradient, not yet reduced. */
export interface SampleGradient {
  readonly index: number;
  readonly gradient: number;
}

/** A neuron on a path, and the connection that it is left by. */
export interface PathStep {
  readonly layer: number;
  readonly row: number;
  readonly activation: ActivationName;
  /** f′(z) */
  readonly derivative: number;
  /** Of the connection to the next neuron; 1 into an `add` or a `concat`. */
  readonly weight: number;
  readonly identity?: true;
}

/** One way forward from a parameter to the loss: gradient = Σ over all ways of `product`. */
export interface GradientPath {
  /** From the parameter's own neuron on, without the output. */
  readonly steps: readonly PathStep[];
  /** The neuron of the last layer where the way ends, and its ∂C/∂z. */
  readonly output: number;
  readonly delta: number;
  /** source · Π (f′(z) · weight) · delta */
  readonly product: number;
}

export interface PathFacts {
  /** Those with the largest products by magnitude, largest first. */
  readonly paths: readonly GradientPath[];
  readonly more: { readonly count: number; readonly sum: number };
  readonly count: number;
  /** Needed for this gradient: path by path, and when each δ on the way is computed once and kept. */
  readonly multiplications: { readonly apart: number; readonly shared: number };
}

/** A weight or a bias: gradient = delta · source (sample), or reduced over samples + penalty (batch). */
export interface ParameterFacts extends FactsBase {
  readonly type: 'weight' | 'bias';
  readonly target: Extract<Target, { type: 'weight' | 'bias' }>;
  readonly value: number;
  /** data + penalty */
  readonly gradient: number;
  readonly data: number;
  /** ∂penalty/∂parameter; 0 in sample scope and for biases that are not penalised. */
  readonly penalty: number;
  /**
   * Sample scope: ∂C/∂z of the target neuron and the activation that the weight multiplies (1 for a bias). None of a
   * conv2d, where many neurons share the parameter.
   */
  readonly delta: number | undefined;
  readonly source: number | undefined;
  /** Sample scope: the neuron whose weighted input the parameter is part of; none of a conv2d. */
  readonly neuron: NeuronFacts | undefined;
  /** Sample scope, unless too many connections or layers follow the parameter; none of a conv2d. */
  readonly paths: PathFacts | undefined;
  /** Sample scope, of a conv2d: the places that the gradient adds up. */
  readonly shared?: SharedFacts;
  /** Batch scope: the first samples' own gradients, and how many more with which sum. */
  readonly perSample: readonly SampleGradient[];
  readonly moreSamples: { readonly count: number; readonly sum: number };
  /** Batch scope: data = factor × Σ over samples of the samples' own gradients. */
  readonly reductionFactor: number;
  /** Rank by |gradient| among all parameters, 1 = largest; undefined where it was not computed. */
  readonly rank: { readonly position: number; readonly of: number } | undefined;
  readonly update: UpdateFacts;
  /** Of a network that is one layer of steps, which gradients cannot train. */
  readonly perceptron: PerceptronFacts | undefined;
}

/** One term of a weighted sum. */
export interface Term {
  /** The neuron at the other end: its layer (−1: input), and its index there. */
  readonly layer: number;
  readonly index: number;
  /** 1 where the connection is no parameter: into an `add`, a `concat` … */
  readonly weight: number;
  /** True where the connection is no parameter. */
  readonly identity?: true;
  /** Of a conv2d, whose weights many connections share: the filter and the place in its kernel. */
  readonly parameter?: { readonly row: number; readonly column: number };
  /** Of an averagePool2d: the weight is 1 / divisor, and no parameter. */
  readonly divisor?: number;
  /** Of a batchNorm: incoming γ · x̂ (the factor); outgoing the weight is γ/√(σ² + ε). */
  readonly normalised?: true;
  /** Incoming: its activation. Outgoing: its delta. */
  readonly factor: number;
}

export interface Terms {
  /** All terms while there are at most 12, else the 12 largest products by magnitude, in index order. */
  readonly terms: readonly Term[];
  readonly more: { readonly count: number; readonly sum: number };
}

/** A neuron of a layer, in sample scope. */
export interface NeuronFacts extends FactsBase {
  readonly type: 'neuron';
  readonly target: Extract<Target, { type: 'neuron' }>;
  readonly activation: ActivationName;
  /** Of a conv2d that of the neuron's filter. */
  readonly bias: number | undefined;
  /** Of a maxPool2d the largest value alone. */
  readonly incoming: Terms;
  /** Of a pool. */
  readonly pooled?: PooledFacts;
  /** Of a batchNorm. */
  readonly normalised?: NormalisedFacts;
  /** z = Σ incoming + bias */
  readonly weightedInput: number;
  /** a = f(z) */
  readonly output: number;
  /** f′(z). For softmax ∂a_j/∂z_j = a_j(1 − a_j). */
  readonly derivative: number;
  /** ∂C/∂z */
  readonly delta: number;
  /** ∂C/∂a */
  readonly outputGradient: number;
  /** Output neurons. */
  readonly outputLayer:
    | {
        readonly target: number;
        /** This output's share of the sample loss. */
        readonly lossShare: number;
        /** True when δ = a − y was computed from z (sigmoid with binary, softmax with categorical cross-entropy). */
        readonly fused: boolean;
        /** Softmax that is not fused: δ_j = a_j (∂C/∂a_j − Σ_i a_i ∂C/∂a_i); this is that sum. */
        readonly softmaxSum: number | undefined;
        /** Softmax with its cross-entropy: this output and the first others, and the targets of those left out. */
        readonly crossEntropy:
          | {
              readonly outputs: readonly {
                readonly row: number;
                readonly output: number;
                readonly target: number;
              }[];
              readonly more: { readonly count: number; readonly targets: number };
            }
          | undefined;
      }
    | undefined;
  /** Hidden neurons: ∂C/∂a = Σ weight · delta over all layers that take from this one. */
  readonly outgoing: Terms | undefined;
}

/** An input neuron in sample scope: a value, no δ. */
export interface InputFacts extends FactsBase {
  readonly type: 'input';
  readonly target: Extract<Target, { type: 'neuron' }>;
  readonly name: string | undefined;
  readonly output: number;
  /** ∂C/∂x, never called δ. */
  readonly outputGradient: number;
  readonly outgoing: Terms;
}

/** Unsigned and signed summary of a set of numbers. */
export interface Statistics {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  /** Euclidean norm. */
  readonly norm: number;
}

/** A neuron over all samples of the training part. */
export interface NeuronBatchFacts extends FactsBase {
  readonly type: 'neuronBatch';
  readonly target: Extract<Target, { type: 'neuron' }>;
  readonly activation: ActivationName | undefined;
  readonly name: string | undefined;
  readonly output: Statistics;
  /** Undefined for inputs. */
  readonly delta: Statistics | undefined;
  /** Share of samples with |f′(z)| < 0.01 (saturated) and with f′(z) = 0 (dead where it is 1). */
  readonly saturated: number | undefined;
  readonly dead: number | undefined;
}

export interface LayerFacts extends FactsBase {
  readonly type: 'layer';
  readonly target: Extract<Target, { type: 'layer' }>;
  readonly activation: ActivationName | undefined;
  readonly units: number;
  readonly inputs: number;
  readonly parameters: number;
  readonly weights: Statistics | undefined;
  readonly weightGradients: Statistics | undefined;
  /** Of the next update of the weights, were it made now with the gradient of this scope. */
  readonly weightUpdates: Statistics | undefined;
  readonly biases: Statistics | undefined;
  readonly biasGradients: Statistics | undefined;
  readonly outputs: Statistics;
  readonly delta: Statistics | undefined;
  /** That of the epoch × the layer's scale; 0 where there is nothing to learn (input, `add`, `concat`). */
  readonly learningRate: number;
  /** As in {@link UpdateFacts}. */
  readonly schedule?: ScheduleFacts;
}

export interface LossFacts extends FactsBase {
  readonly type: 'loss';
  readonly target: Extract<Target, { type: 'loss' }>;
  readonly data: number;
  readonly penalty: number;
  readonly squaredWeights: number;
  readonly absoluteWeights: number;
  /** Sample scope: per output target, activation and share. */
  readonly outputs: readonly {
    readonly target: number;
    readonly output: number;
    readonly share: number;
  }[];
  /** Batch scope: first samples' own losses, and how many more with which sum. */
  readonly perSample: readonly { readonly index: number; readonly loss: number }[];
  readonly moreSamples: { readonly count: number; readonly sum: number };
  readonly reductionFactor: number;
}

export type Facts =
  ParameterFacts | NeuronFacts | InputFacts | NeuronBatchFacts | LayerFacts | LossFacts;
