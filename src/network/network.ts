/**
 * What a network is: the typed form of a `*.nn.json` document.
 *
 * Everything here is plain data that survives `structuredClone`, so the same value travels from the
 * parser to the worker and to the webview. Defaults are filled in by the parser: a `Network` has no
 * optional settings, only optional parameters ("no weights" means "initialise from the seed").
 */
import type { Expectation } from './expectation';
import type { JsonPath } from './jsonPath';
import type { Training } from './training';

export type { Expectation };
export { formatPath, parsePath, type JsonPath } from './jsonPath';
export type {
  Clip,
  Optimizer,
  OptimizerName,
  Precision,
  Schedule,
  ScheduleName,
  StopRule,
  Training,
} from './training';

export type ActivationName =
  | 'linear'
  | 'step'
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'leakyRelu'
  | 'elu'
  | 'gelu'
  | 'silu'
  | 'softplus'
  | 'softmax';

export type LossName =
  'meanSquaredError' | 'meanAbsoluteError' | 'huber' | 'binaryCrossEntropy' | 'crossEntropy';

/** Over samples: `sum`, `mean`; `meanAll` divides by samples × outputs. */
export type Reduction = 'sum' | 'mean' | 'meanAll';

/** The factor before the penalty sums: λ/(2m), λ/2 or λ, m being the number of samples. */
export type PenaltyScale = 'lambda/2m' | 'lambda/2' | 'lambda';

export type InitializerName =
  | 'zeros'
  | 'constant'
  | 'uniform'
  | 'normal'
  | 'xavierUniform'
  | 'xavierNormal'
  | 'heUniform'
  | 'heNormal';

export type NotationName = 'nielsen' | 'ng' | 'chain0' | 'zybuluo' | 'triple' | 'plain';

export type LayerType =
  | 'dense'
  | 'add'
  | 'concat'
  | 'conv2d'
  | 'maxPool2d'
  | 'averagePool2d'
  | 'flatten'
  | 'dropout'
  | 'batchNorm';

/** What a window may see at the edge of an image: `valid` only what is there, `same` also zeros around it. */
export type Padding = 'valid' | 'same';

/** Rows and columns: down, and to the right. */
export type Extent = readonly [height: number, width: number];

/** How the weights of a layer without `weights` are drawn. Biases without `bias` start at 0. */
export interface Initializer {
  readonly type: InitializerName;
  /** `constant` only. */
  readonly value: number;
  /** Half-width of `uniform`; standard deviation of `normal`. */
  readonly scale: number;
}

/** One row per target neuron (or filter): `weights[j][k]` leads from value k of what comes in to neuron j. */
export type Matrix = readonly (readonly number[])[];

/** What every layer has. */
interface LayerBase {
  /** The name by which `from` of other layers calls it; unique in the network, never "input". */
  readonly id?: string;
  /** Ids of the layers it takes its values from (`input` is the network's input). Absent: the layer above. */
  readonly from?: readonly string[];
  /** Values that go out. In the file of `dense` alone; the others get it from settings and sources. */
  readonly units: number;
  readonly activation: ActivationName;
}

/** What every layer with weights has. */
interface Parametric extends LayerBase {
  readonly useBias: boolean;
  readonly init: Initializer;
  /**
   * (rows, columns): dense (units, inputs), conv2d (filters, kernel), batchNorm (features, 1). Absent: initialise from
   * the seed.
   */
  readonly weights?: Matrix;
  /** (rows). Absent: zeros. Always absent when `useBias` is false. */
  readonly bias?: readonly number[];
  /** Of batchNorm alone (rows): the running statistics. Absent: 0 and 1. */
  readonly mean?: readonly number[];
  readonly variance?: readonly number[];
  readonly learningRateScale: number;
}

export interface DenseLayer extends Parametric {
  readonly type: 'dense';
}

/** What slides a window over an image. */
interface Sliding {
  readonly stride: Extent;
  readonly padding: Padding;
}

/**
 * A cross-correlation: at each place (y, x) and for each filter f, z = b_f + Σ w_f · window.
 *
 * A row of `weights` holds a filter: columns count through the window's rows, columns and channels, the channel
 * fastest. The values that go out are an image whose channels are the filters.
 */
export interface ConvLayer extends Parametric, Sliding {
  readonly type: 'conv2d';
  readonly filters: number;
  readonly kernel: Extent;
}

/**
 * The largest value, or the mean, of each window of each channel; no parameters, no activation. The mean divides by
 * the size of the window also where it reaches over the edge: padding counts as 0. Padding never is the largest.
 */
export interface PoolLayer extends LayerBase, Sliding {
  readonly type: 'maxPool2d' | 'averagePool2d';
  readonly size: Extent;
}

/** An image as a plain list: row by row, in a row pixel by pixel, in a pixel channel by channel. */
export interface FlattenLayer extends LayerBase {
  readonly type: 'flatten';
}

/** While training a = x/(1 − rate) for values that stay, and 0 with the probability `rate`; elsewhere a = x. */
export interface DropoutLayer extends LayerBase {
  readonly type: 'dropout';
  readonly rate: number;
}

/**
 * Each feature (a value of a list, a channel of an image) is shifted and scaled: z = γ (x − μ) / √(σ² + ε) + β, a = f(z).
 * While training μ and σ² are those of the feature in the batch, elsewhere the running ones, which follow them by
 * `momentum` (Ioffe and Szegedy, "Batch Normalization", 2015; the settings are PyTorch's).
 *
 * γ stands in `weights`, one row of one number a feature, and β in `bias`.
 */
export interface BatchNormLayer extends Parametric {
  readonly type: 'batchNorm';
  readonly epsilon: number;
  /** running ← (1 − momentum) · running + momentum · that of the batch */
  readonly momentum: number;
}

/**
 * Joins the values of at least two sources: `add` z = Σ of equally long sources, `concat` z = the sources one
 * behind the other in the order of `from`; a = f(z). It has no parameters.
 */
export interface MergeLayer extends LayerBase {
  readonly type: 'add' | 'concat';
  readonly from: readonly string[];
}

/** Layers with weights. */
export type ParameterLayer = DenseLayer | ConvLayer | BatchNormLayer;

export type Layer = ParameterLayer | MergeLayer | PoolLayer | FlattenLayer | DropoutLayer;

export interface Loss {
  readonly type: LossName;
  /** `meanSquaredError` only: multiplies the squared error by ½. */
  readonly half: boolean;
  readonly reduction: Reduction;
}

export interface Regularization {
  readonly l2: number;
  readonly l1: number;
  readonly scale: PenaltyScale;
  /** Whether biases are penalised too. */
  readonly bias: boolean;
}

export interface InlineSample {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export type GeneratorName =
  'xor' | 'and' | 'or' | 'circle' | 'moons' | 'spiral' | 'gaussians' | 'plane' | 'sine';

export type DataSource =
  | { readonly type: 'inline'; readonly samples: readonly InlineSample[] }
  | {
      readonly type: 'generator';
      readonly name: GeneratorName;
      /** Number of samples; the truth tables `xor`, `and`, `or` have exactly four when noise is 0. */
      readonly samples: number;
      readonly noise: number;
    }
  | {
      readonly type: 'csv';
      /** Relative to the network file. */
      readonly path: string;
      /** Column names; absent: every column but the targets. */
      readonly inputs?: readonly string[];
      /** One column (numbers or class names), or several columns of numbers. */
      readonly target: string | readonly string[];
    }
  | {
      /** Two files as those of MNIST, packed with gzip or not. */
      readonly type: 'idx';
      /** Relative to the network file, as `labels` is. The first dimension counts the samples. */
      readonly images: string;
      readonly labels: string;
    };

export type Normalize = 'none' | 'standard' | 'minMax';

export interface Data {
  readonly source: DataSource;
  /** Part kept for validation, 0 ≤ v < 1. */
  readonly validation: number;
  /** Statistics are those of the training part. */
  readonly normalize: Normalize;
}

/** A file with the weights and biases of the layers that have none in the text. */
export interface WeightsFile {
  /** Relative to the network file. */
  readonly file: string;
  /** SHA-256 of its bytes in lower-case hexadecimal digits: the text names these numbers and no others. */
  readonly sha256: string;
  /**
   * All parameters in the file's order, once the file has been read and found to be that one; 0 where the text has
   * the numbers. The parser never reads a file: whoever computes puts them here first.
   */
  readonly parameters?: Float64Array;
}

export interface Network {
  readonly version: 1;
  readonly name: string;
  /** A hint that changes no number. */
  readonly notation?: NotationName;
  readonly seed: number;
  readonly input: { readonly shape: readonly number[]; readonly names?: readonly string[] };
  readonly layers: readonly Layer[];
  readonly loss: Loss;
  readonly regularization: Regularization;
  readonly training: Training;
  /** Absent: what is not in the layers is drawn from the seed. */
  readonly weights?: WeightsFile;
  /** Absent: the network can be drawn and predicted with, not trained. */
  readonly data?: Data;
  /** Tests of the network; they change no number of it. */
  readonly expect?: readonly Expectation[];
}

export type Severity = 'error' | 'warning' | 'information';

/** Half-open range of UTF-16 offsets in the text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** One thing that is wrong or worth knowing, with its place in the text. */
export interface Issue {
  /** Stable, dotted: `weights.columns`. */
  readonly code: string;
  readonly severity: Severity;
  readonly path: JsonPath;
  readonly range: TextRange;
  /** Names the place, what was expected, what was found, and the remedy. */
  readonly message: string;
}
