/** Facts of networks that have more than dense, `add` and `concat`: what windows see. */

/** One place where a parameter of a conv2d, or of a batchNorm over an image, is used. */
export interface SharedTerm {
  /** The neuron of the layer. */
  readonly row: number;
  /** ∂C/∂z of that neuron. */
  readonly delta: number;
  /** The neuron of the source under the weight, and its activation (of batchNorm x̂); of a bias none, and 1. */
  readonly index: number | undefined;
  readonly source: number;
}

/** gradient = Σ delta · source over all places. */
export interface SharedFacts {
  /** The twelve largest products by magnitude, in the order of the places; all where they are no more. */
  readonly terms: readonly SharedTerm[];
  readonly more: { readonly count: number; readonly sum: number };
  /** Places that there are; a weight over the padding is used at fewer. */
  readonly places: number;
  readonly used: number;
}

/** What a batchNorm makes one value of, by running statistics: z = γ · value + β. */
export interface NormalisedFacts {
  readonly gamma: number;
  readonly mean: number;
  readonly variance: number;
  readonly epsilon: number;
  /** The layer of the source (−1: input), and the activation of the neuron of the same number there. */
  readonly from: number;
  readonly source: number;
  /** x̂ = (source − mean)/√(variance + ε) */
  readonly value: number;
}

/** What a pool makes one value of. */
export interface PooledFacts {
  readonly type: 'maxPool2d' | 'averagePool2d';
  /** The values under the window, padding left out: at most 12. */
  readonly values: readonly { readonly index: number; readonly value: number }[];
  /** How many there are. */
  readonly count: number;
  /** Height × width of the window, which an average divides by. */
  readonly size: number;
  /** The largest: the first of equal ones. */
  readonly largest: number;
}
