/** What a batchNorm has in the engine's memory beside its parameters, and its records. */
import type { BatchNormLayer, Network } from '../../network/network';
import type { NetworkShapes } from '../../network/shapes';
import type { Allocator } from './allocator';
import type { LayerBuffers, Layout, WeightedBuffers } from './layout';
import { panelLengths, roundUp, type Panels } from './panels';
import type { Fields } from './programWriter';
import * as field from './shared/normRecord';

export interface NormBuffers {
  readonly layer: number;
  /** What the latest batch was normalised by (normRecord.ts). */
  readonly moments: number;
  /** Of two float64. */
  readonly settings: number;
}

export function layOutNorms(
  { layers }: Network,
  shapes: NetworkShapes,
  memory: Allocator,
): NormBuffers[] {
  return layers.flatMap(({ type }, layer): NormBuffers[] => {
    if (type !== 'batchNorm') return [];
    const numbers = 3 * roundUp(shapes.layers[layer].rows, 4) + 4;
    return [{ layer, moments: memory.take(4 * numbers), settings: memory.take(16) }];
  });
}

/** The running mean and variance of as many features: as a layer of one input has its weights and biases. */
export function layOutStatistics(features: number, width: number, memory: Allocator): Panels {
  const lengths = panelLengths(features, 1, width);
  const weights = memory.take(4 * lengths.weights) / 4;
  const bias = memory.take(4 * lengths.bias) / 4;
  return { units: features, inputs: 1, width, height: 4, weights, bias, useBias: true };
}

export function writeNorms(
  buffer: ArrayBuffer,
  { layers }: Network,
  norms: readonly NormBuffers[],
): void {
  for (const { layer, settings } of norms) {
    const { epsilon, momentum } = layers[layer] as BatchNormLayer;
    new Float64Array(buffer, settings, 2).set([epsilon, momentum]);
  }
}

/**
 * The fields of all operations of a batchNorm.
 *
 * @param input address and stride of what comes in
 * @param z address of what goes out, before the activation
 */
export function normFields(
  { parameters, gradients }: Layout,
  { weights, bias, panels, statistics }: WeightedBuffers,
  { units, stride, delta }: LayerBuffers,
  { moments, settings }: NormBuffers,
  input: { readonly address: number; readonly stride: number },
  z: number,
): Fields {
  return {
    [field.INPUT]: input.address,
    [field.INPUT_STRIDE]: input.stride,
    [field.OUTPUT]: z,
    [field.STRIDE]: stride,
    [field.DELTA]: delta,
    [field.UNITS]: units,
    [field.FEATURES]: panels.units,
    [field.GAMMA]: weights,
    [field.BETA]: panels.useBias ? bias : 0,
    [field.MEAN]: 4 * (statistics?.weights ?? 0),
    [field.VARIANCE]: 4 * (statistics?.bias ?? 0),
    [field.MOMENTS]: moments,
    [field.SETTINGS]: settings,
    [field.GRADIENT_GAMMA]: gradients + weights - parameters,
    [field.GRADIENT_BETA]: gradients + bias - parameters,
  };
}
