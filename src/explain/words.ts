/** Every ordinary word in an explanation. One table a language; formulas carry no words of their own. */
import type {
  ActivationName,
  LossName,
  MergeLayer,
  Optimizer,
  Reduction,
} from '../network/network';
import type { ImagePlace, ImageWords } from './imageWords';

/** A neuron as the notation numbers it. */
export interface Place {
  readonly neuron: string;
  readonly layer: string;
  readonly kind: 'input' | 'hidden' | 'output';
  /** Feature name of an input. */
  readonly name?: string;
  /** Of a layer whose values are an image. */
  readonly image?: ImagePlace;
}

export type Label =
  | 'value'
  | 'gradient'
  | 'error'
  | 'source'
  | 'nextUpdate'
  | 'update'
  | 'stepGradient'
  | 'clipFactor'
  | 'clippedGradient'
  | 'learningRate'
  | 'velocity'
  | 'meanGradient'
  | 'meanSquare'
  | 'sumOfSquares'
  | 'weightedInput'
  | 'activation'
  | 'slope'
  | 'outputGradient'
  | 'lossShare'
  | 'loss'
  | 'dataPart'
  | 'penaltyPart'
  | 'weights'
  | 'biases'
  | 'outputs'
  | 'weightNorm'
  | 'weightGradients'
  | 'weightGradientNorm'
  | 'updateNorm'
  | 'nextUpdateNorm'
  | 'updateRatio'
  | 'biasNorm'
  | 'biasGradients'
  | 'biasGradientNorm'
  | 'errorNorm'
  | 'forward'
  | 'backward'
  | 'function'
  | 'derivative'
  | 'target'
  | 'where'
  | 'oneSample'
  | 'change'
  | 'newValue'
  | 'otherOutputs'
  | 'chainRule'
  | 'inside'
  | 'together';

/** What training changes, and what people set before it. */
export type Kind = 'parameter' | 'hyperParameter';

/** What can be unfolded under an explanation. */
export type SectionName = 'derivation' | 'paths' | 'incoming' | 'outgoing' | 'perceptron';

export type Caution =
  | 'saturated'
  | 'flat'
  | 'inactiveRelu'
  | 'step'
  | 'stepPerceptron'
  | 'fusedSigmoid'
  | 'fusedSoftmax'
  | 'sourceIsZero'
  | 'errorIsZero'
  | 'noInputError'
  | 'errorSign'
  | 'sampleUpdatePenalty'
  | 'unused'
  | 'notFinite';

/** Why a line of a derivation follows. */
export type Reason =
  | 'throughZ'
  | 'throughEveryOutput'
  | 'indicator'
  | 'activationCancels'
  | 'targetsAreShares'
  | 'dividesBySlope'
  | 'oneTerm'
  | 'unit'
  | 'biasUnit'
  | 'otherOutputs'
  | 'throughAll'
  | 'forwardBackward'
  | 'fromForward';

export type MatrixSectionName = 'forward' | 'backward' | 'gradient' | 'batch';

export type MatrixRole =
  | 'weightedInput'
  | 'activation'
  | 'slope'
  | 'outputGradient'
  | 'carried'
  | 'inputGradient'
  | 'error'
  | 'weightGradient'
  | 'biasGradient'
  | 'broadcast'
  | 'weightPenalty'
  | 'biasPenalty';

export type MatrixNote =
  | 'hadamard'
  | 'broadcast'
  | 'jacobian'
  | 'fused'
  | 'transposed'
  | 'rows'
  | 'noBiasColumn'
  | 'biasNotPenalised'
  | 'asItIs'
  | 'noParameters'
  | 'onlySample'
  | 'inputs'
  | 'accumulated'
  | 'onePlace'
  | 'sentBack'
  | 'noMatrix'
  | 'featurewise';

export interface MatrixWords {
  readonly sections: { readonly [K in MatrixSectionName]: string };
  readonly steps: { readonly [K in MatrixRole]: string };
  readonly notes: { readonly [K in MatrixNote]: string };
  /** The row or column of the biases. */
  readonly unit: string;
  size(rows: number, columns: number): string;
  /** Of a layer's weights; with the bias as a column that has this name. */
  weightSize(name: string, rows: number, columns: number): string;
  weightSizeWithBias(name: string, rows: number, columns: number, column: string): string;
  /** A cell by its matrix, its row and its column, of which some may be empty. */
  cell(matrix: string, row: string, column: string): string;
}

export interface Words {
  readonly matrices: MatrixWords;
  readonly images: ImageWords;
  readonly labels: { readonly [K in Label]: string };
  readonly reasons: { readonly [K in Reason]: string };
  readonly cautions: { readonly [K in Caution]: string };
  readonly activations: { readonly [K in ActivationName]: string };
  readonly losses: { readonly [K in LossName]: string };
  readonly reductions: { readonly [K in Reduction]: string };
  readonly kinds: { readonly [K in Kind]: string };
  weight(from: Place, to: Place): string;
  bias(of: Place): string;
  neuron(place: Place): string;
  /**
   * `of`: the number of the last layer; `hidden`: which of several hidden layers.
   * "layer 2 of 4 (hidden 1) · 4 neurons, 3 inputs each"
   */
  layer(
    place: { readonly number: string; readonly of?: string; readonly hidden?: number },
    units: number,
    inputs: number,
    kind: Place['kind'],
  ): string;
  /** Where the sample in scope stands in the data, counted from 1. */
  ofSample(number: number): string;
  /** The mean or the sum over samples of one sample's loss, by its name. */
  reducedLoss(name: string, samples: number, reduction: Reduction): string;
  /** ½ (a − y)² by its name. */
  readonly halfSquaredError: string;
  /** A layer that joins others. `sources`: their numbers, undefined for the input. */
  merge(
    type: MergeLayer['type'],
    number: string,
    units: number,
    sources: readonly (string | undefined)[],
    kind: Place['kind'],
  ): string;
  sampleLoss(name: string): string;
  /** A loss by its name, to which a penalty is added. */
  withPenalty(name: string): string;
  /** The smallest, mean or largest of what the label names. */
  statistic(which: 'min' | 'mean' | 'max', label: string): string;
  /** What an update supposes that is none of the training's: a batch of the sample in scope, or of all samples. */
  readonly ifOnlySample: string;
  ifAllSamples(count: number): string;
  /** Of a matrix that otherwise holds the biases too. */
  readonly withoutBiasColumn: string;
  /** Where a share of a sum comes from: "from neuron 4 of layer 1". */
  from(place: Place): string;
  /** Which way a share of ∂C/∂a comes: "by way of neuron 8 of layer 2". */
  via(place: Place): string;
  readonly sections: { readonly [K in SectionName]: string };
  /** "772 more", before the sum of the terms left out. */
  more(count: number): string;
  /** "first 6", before the sum of the terms that a longer sum begins with. */
  first(count: number): string;
  rank(position: number, of: number): string;
  /** A path by the numbers of its neurons: "path 2: 4 → 8". */
  path(position: number, neurons: readonly string[]): string;
  /** Why the perceptron rule works where there is no gradient, and when it ends. */
  readonly perceptron: string;
  /** How many paths; multiplications without and with stored δ. */
  pathCounts(count: number, apart: number, shared: number): string;
  /** Name of the optimizer where its step has no short formula: "Adam", "SGD with momentum 0.9". */
  optimizer(optimizer: Optimizer): string;
  /** Who makes the next change, where its rule has a memory: "by Adam, learning rate 0.01". */
  updateBy(optimizer: string, learningRate: number): string;
  /** Where a rate stands in its schedule: "by the schedule, after 12 epochs". */
  scheduled(epoch: number): string;
  /** In a rule of a schedule, what `epoch` counts. */
  readonly epochsCounted: string;
  /** What ‖g‖ is. */
  readonly clipLength: string;
  /** Of a number that is the same after clipping. */
  readonly notClipped: string;
  /** Share of samples for which the activation is nearly flat; at which its slope is 0. */
  saturatedShare(percent: string): string;
  deadShare(percent: string): string;
  activationSetting(name: string): string;
  lossSetting(name: string, reduction: string): string;
  learningRateSetting(optimizer: string): string;
  units(units: number, inputs: number, useBias: boolean): string;
}
