/** What stands for the data of a network that has none. */
import type { Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import type { Dataset } from './dataset';

/** No samples: the network can still be drawn and predicted with. */
export function emptyDataset(network: Network, { inputSize, outputSize }: NetworkShapes): Dataset {
  return {
    samples: 0,
    inputSize,
    outputSize,
    inputs: { type: 'numbers', values: new Float64Array(0) },
    targets: new Float64Array(0),
    training: new Uint32Array(0),
    validation: new Uint32Array(0),
    inputNames: network.input.names ?? Array.from({ length: inputSize }, (_, i) => `x${i + 1}`),
    targetNames: Array.from({ length: outputSize }, (_, i) => `y${i + 1}`),
    classNames: undefined,
    normalization: undefined,
  };
}
