/** What is to be known about the types of layers without looking into one. */
import type {
  ConvLayer,
  DenseLayer,
  Layer,
  LayerType,
  MergeLayer,
  ParameterLayer,
  PoolLayer,
} from './network';

interface Traits {
  /** Weights, and biases. */
  readonly hasParameters: boolean;
  /** Joins two sources or more; the others have one. */
  readonly joins: boolean;
  /** Slides a window over an image, so what comes in must be one. */
  readonly slides: boolean;
  /** Gives values of the shape of its only source, or of its equal sources. */
  readonly keepsShape: boolean;
  /** Has a function from z to a that can be chosen. */
  readonly hasActivation: boolean;
}

const plain: Traits = {
  hasParameters: false,
  joins: false,
  slides: false,
  keepsShape: false,
  hasActivation: false,
};
const merge: Traits = { ...plain, joins: true, hasActivation: true };

export const layerTraits: { readonly [K in LayerType]: Traits } = {
  dense: { ...plain, hasParameters: true, hasActivation: true },
  add: { ...merge, keepsShape: true },
  concat: merge,
  conv2d: { ...plain, hasParameters: true, slides: true, hasActivation: true },
  maxPool2d: { ...plain, slides: true },
  averagePool2d: { ...plain, slides: true },
  flatten: plain,
  dropout: { ...plain, keepsShape: true },
  batchNorm: { ...plain, hasParameters: true, keepsShape: true, hasActivation: true },
};

export const isLayerType = (type: unknown): type is LayerType =>
  typeof type === 'string' && Object.hasOwn(layerTraits, type);

export const isMergeType = (type: LayerType): type is MergeLayer['type'] => layerTraits[type].joins;

export const hasParameters = (layer: Layer): layer is ParameterLayer =>
  layerTraits[layer.type].hasParameters;

/** Weights that join each of its neurons with several of its source. */
export const hasMatrix = (layer: Layer): layer is DenseLayer | ConvLayer =>
  hasParameters(layer) && layer.type !== 'batchNorm';

export const isMergeLayer = (layer: Layer): layer is MergeLayer => isMergeType(layer.type);

export const isPoolLayer = (layer: Layer): layer is PoolLayer =>
  layer.type === 'maxPool2d' || layer.type === 'averagePool2d';
