/** Every ordinary word in an explanation. One table a language; formulas carry no words of their own. */
import type {
  ActivationName,
  LossName,
  MergeLayer,
  Optimizer,
  Reduction,
} from '../network/network';

/** A neuron as the notation numbers it. */
export interface Place {
  readonly neuron: string;
  readonly layer: string;
  readonly kind: 'input' | 'hidden' | 'output';
  /** Feature name of an input. */
  readonly name?: string;
}

export type Label =
  | 'value'
  | 'gradient'
  | 'error'
  | 'source'
  | 'nextUpdate'
  | 'weightedInput'
  | 'activation'
  | 'slope'
  | 'outputGradient'
  | 'lossShare'
  | 'loss'
  | 'dataPart'
  | 'penaltyPart'
  | 'weights'
  | 'weightGradients'
  | 'biases'
  | 'biasGradients'
  | 'outputs'
  | 'errors'
  | 'forward'
  | 'backward'
  | 'function'
  | 'derivative'
  | 'target'
  | 'where'
  | 'oneSample';

export type Caution =
  | 'saturated'
  | 'flat'
  | 'inactiveRelu'
  | 'step'
  | 'fusedSigmoid'
  | 'fusedSoftmax'
  | 'sourceIsZero'
  | 'errorIsZero'
  | 'noInputError'
  | 'errorSign'
  | 'sampleUpdatePenalty'
  | 'unused'
  | 'notFinite';

export interface Words {
  readonly labels: { readonly [K in Label]: string };
  readonly cautions: { readonly [K in Caution]: string };
  readonly activations: { readonly [K in ActivationName]: string };
  readonly losses: { readonly [K in LossName]: string };
  readonly reductions: { readonly [K in Reduction]: string };
  weight(from: Place, to: Place): string;
  bias(of: Place): string;
  neuron(place: Place): string;
  layer(number: string, units: number, inputs: number, kind: Place['kind']): string;
  /** A layer that joins others. `sources`: their numbers, undefined for the input. */
  merge(
    type: MergeLayer['type'],
    number: string,
    units: number,
    sources: readonly (string | undefined)[],
    kind: Place['kind'],
  ): string;
  loss(name: string, samples: number, scope: 'sample' | 'batch'): string;
  /** "772 more", before the sum of the terms left out. */
  more(count: number): string;
  rank(position: number, of: number): string;
  /** Name of the optimizer where its step has no short formula: "Adam", "SGD with momentum 0.9". */
  optimizer(optimizer: Optimizer): string;
  /** Who makes the next change, where its rule has a memory: "by Adam, learning rate 0.01". */
  updateBy(optimizer: string, learningRate: number): string;
  /** Share of samples for which the activation is nearly flat; at which its slope is 0. */
  saturatedShare(percent: string): string;
  deadShare(percent: string): string;
  activationSetting(name: string): string;
  lossSetting(name: string, reduction: string): string;
  learningRateSetting(optimizer: string): string;
  units(units: number, inputs: number, useBias: boolean): string;
}
