/** The engine's numbers for the functions that a network can name. */
import type { Clip, Loss, Optimizer, PenaltyScale, Reduction } from '../../network/network';
import type { ElementActivationName } from '../activations';
import * as code from './shared/functions';

export const activationCodes: { readonly [K in ElementActivationName]: number } = {
  linear: code.LINEAR,
  step: code.STEP,
  sigmoid: code.SIGMOID,
  tanh: code.TANH,
  relu: code.RELU,
  leakyRelu: code.LEAKY_RELU,
  elu: code.ELU,
  gelu: code.GELU,
  silu: code.SILU,
  softplus: code.SOFTPLUS,
};

const lossCodes: { readonly [K in Loss['type']]: number } = {
  meanSquaredError: code.SQUARED,
  meanAbsoluteError: code.ABSOLUTE,
  huber: code.HUBER,
  binaryCrossEntropy: code.FUSED_SIGMOID,
  crossEntropy: code.FUSED_SOFTMAX,
};

export function lossCode({ type, half }: Loss): number {
  return type === 'meanSquaredError' && half ? code.HALF_SQUARED : lossCodes[type];
}

export function optimizerCode({ type, momentum, nesterov }: Optimizer): number {
  switch (type) {
    case 'sgd':
      if (momentum === 0) return code.SGD;
      return nesterov ? code.NESTEROV : code.MOMENTUM;
    case 'rmsprop':
      return code.RMSPROP;
    case 'adagrad':
      return code.ADAGRAD;
    case 'adam':
    case 'adamw':
      return code.ADAM;
  }
}

export function clipCode({ norm, value }: Clip): number {
  if (norm !== null) return code.CLIP_NORM;
  return value === null ? code.CLIP_NOTHING : code.CLIP_VALUE;
}

export const reductionCodes: { readonly [K in Reduction]: number } = {
  sum: code.SUM,
  mean: code.MEAN,
  meanAll: code.MEAN_ALL,
};

export const penaltyCodes: { readonly [K in PenaltyScale]: number } = {
  'lambda/2m': code.BY_TWO_SAMPLES,
  'lambda/2': code.BY_TWO,
  lambda: code.WHOLE,
};
