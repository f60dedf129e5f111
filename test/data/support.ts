/** Networks for the tests of `data`, without the parser. */
import type { Data, DataSource, DenseLayer, Loss, Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { loadDataset } from '../../src/data/load';
import type { LoadedDataset } from '../../src/data/load';

const LAYER: DenseLayer = {
  type: 'dense',
  units: 1,
  activation: 'linear',
  useBias: true,
  init: { type: 'xavierUniform', value: 0, scale: 1 },
  learningRateScale: 1,
};

export interface NetworkOptions {
  readonly inputs?: number;
  readonly outputs?: number;
  readonly activation?: DenseLayer['activation'];
  readonly loss?: Loss['type'];
  readonly seed?: number;
  readonly validation?: number;
  readonly normalize?: Data['normalize'];
  readonly precision?: Network['training']['precision'];
}

export function networkWith(source: DataSource | undefined, options: NetworkOptions = {}): Network {
  const { inputs = 2, outputs = 1, activation = 'linear', loss = 'meanSquaredError' } = options;
  const { seed = 1, validation = 0, normalize = 'none', precision = 'float32' } = options;
  return {
    version: 1,
    name: 'test',
    seed,
    input: { shape: [inputs] },
    layers: [{ ...LAYER, units: outputs, activation }],
    loss: { type: loss, half: false, reduction: 'mean' },
    regularization: { l2: 0, l1: 0, scale: 'lambda', bias: false },
    training: {
      precision,
      optimizer: {
        type: 'sgd',
        learningRate: 0.1,
        momentum: 0,
        nesterov: false,
        decay: 0.9,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        weightDecay: 0,
      },
      batchSize: 1,
      epochs: 1,
      shuffle: true,
      stop: { targetLoss: null, patience: null, maxSeconds: null },
    },
    data: source && { source, validation, normalize },
  };
}

export function load(
  source: DataSource,
  options: NetworkOptions = {},
  files: Record<string, string> = {},
): LoadedDataset {
  const network = networkWith(source, options);
  return loadDataset(network, inferShapes(network), files);
}
