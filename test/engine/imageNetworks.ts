/** A small network with every type of layer that images have. */
import type { Dataset } from '../../src/data/dataset';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { randomDataset } from './networks';

/** 6×6 → 2 filters → 3×3×2 → 2×2×3 → 1×1×3 → 3 → 3 → 2. */
const LAYERS = [
  { type: 'conv2d', filters: 2, kernel: [3, 3], padding: 'same', activation: 'tanh' },
  { type: 'maxPool2d', size: [2, 2] },
  { type: 'conv2d', filters: 3, kernel: [2, 2], activation: 'sigmoid' },
  { type: 'averagePool2d', size: [2, 2] },
  { type: 'flatten' },
  { type: 'dropout', rate: 0.5 },
  { type: 'dense', units: 2 },
];

export function imageNetwork(layers: readonly object[] = LAYERS, shape = [6, 6, 1]): Network {
  const value = {
    version: 1,
    seed: 3,
    input: { shape },
    layers,
    loss: { type: 'meanSquaredError' },
    training: { precision: 'float64', batchSize: 'all' },
  };
  const { network, issues } = parseNetwork(JSON.stringify(value));
  if (!network) throw new Error(issues.map(({ message }) => message).join('\n'));
  return network;
}

export function imageData(network: Network, samples: number): Dataset {
  const { inputSize, outputSize } = inferShapes(network);
  return randomDataset(samples, inputSize, outputSize);
}
