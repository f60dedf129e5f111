/**
 * Notation profiles: whose names and indices the formulas use. A profile is a table and changes no number.
 *
 * The one exception is stated by the table itself: `errorSign` −1 means that the quantity printed as δ is
 * −∂C/∂z. Gradients of parameters are ∂C/∂parameter in every profile.
 */
import type { NotationName } from '../network/network';

/**
 * Where a symbol carries the number of its layer: w₂₄³, Θ₂₄⁽²⁾, a₁₀ (before the neuron's index), or
 * nowhere because neurons are numbered through the whole network.
 */
export type LayerPlace = 'superscript' | 'parenthesis' | 'prefix' | 'none';

export interface NotationProfile {
  readonly name: NotationName;
  /** Number of the first neuron of a layer. */
  readonly indexBase: 0 | 1;
  /** Number of the input layer. */
  readonly inputLayer: -1 | 0 | 1;
  /** Neurons are counted within their layer, or through the whole network starting at 1. */
  readonly neurons: 'layer' | 'network';
  readonly neuronLayer: LayerPlace;
  readonly weightLayer: LayerPlace;
  /** Whose number a weight carries. */
  readonly weightLayerOf: 'target' | 'source';
  readonly names: {
    readonly activation: string;
    /** An activation of the input layer, where it has a name of its own. */
    readonly input?: string;
    /** An activation of the output layer, where it has a name of its own. */
    readonly output?: string;
    readonly weightedInput: string;
    readonly weight: string;
    readonly bias: string;
    readonly target: string;
    /** ∂C/∂z. Absent: written as the derivative. */
    readonly error?: string;
    readonly learningRate: string;
    /** What a gradient that is too long is multiplied by. */
    readonly clipFactor: string;
    /** Loss of one sample; loss of all of them. */
    readonly sampleLoss: string;
    readonly batchLoss: string;
    /** Index of the loss without its penalty. */
    readonly dataPart: string;
    /** Index over samples, and how many there are. */
    readonly sample: string;
    readonly samples: string;
    /** The logistic function; any other activation function without a name of its own. */
    readonly sigmoid: string;
    readonly activationFunction: string;
  };
  /** A vector b, or a column of the weights with this index, perhaps written with its input, the unit 1. */
  readonly bias:
    | { readonly style: 'vector' }
    | {
        readonly style: 'column';
        readonly index: string;
        readonly unit: boolean;
        /** Where the column stands in the matrix of weights. */
        readonly place: 'first' | 'last';
      };
  /** A layer's gradient is also written as the matrix of sources ⊙ the column of error terms, which is repeated. */
  readonly broadcasts?: true;
  /** δ is ∂C/∂z times this. */
  readonly errorSign: 1 | -1;
  /** `gradient`: w − η ∂C/∂w. `error`: w + η δ a, with δ = −∂C/∂z. */
  readonly update: 'gradient' | 'error';
  /** Activations of a layer as a column (w·a) or as a row (a·wᵀ). */
  readonly vectors: 'columns' | 'rows';
  /** Names of the four equations of backpropagation. */
  readonly equations: {
    readonly outputError: string;
    readonly hiddenError: string;
    readonly bias: string;
    readonly weight: string;
  };
}
