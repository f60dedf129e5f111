/** Networks for the tests of `data`, without the parser. */
import type { Data, DataSource, DenseLayer, Loss, Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { loadDataset } from '../../src/data/load';
import type { LoadedDataset } from '../../src/data/load';
import { LoadJob } from '../../src/data/loadJob';
import type { Codecs, DataFiles } from '../../src/data/steps';
import { codecs as nodeCodecs } from '../../src/cli/codecs';
import { STEADY } from '../engine/networks';
import { expectChinese } from '../support/english';

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
      ...STEADY,
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
  const loaded = loadDataset(network, inferShapes(network), files);
  expectChinese(loaded.issues);
  return loaded;
}

/** The same from files as they lie on a disk. */
export async function loadBytes(
  source: DataSource,
  options: NetworkOptions = {},
  files: DataFiles = {},
  codecs: Codecs = nodeCodecs,
): Promise<LoadedDataset> {
  const network = networkWith(source, options);
  const loaded = await new LoadJob(network, inferShapes(network), files, codecs).whole();
  expectChinese(loaded.issues);
  return loaded;
}

const sizes = { 0x08: 1, 0x09: 1, 0x0b: 2, 0x0c: 4, 0x0d: 4, 0x0e: 8 } as const;

/** An IDX file: two zero bytes, type, number of dimensions, dimensions, values; all big-endian. */
export function idxFile(
  dimensions: readonly number[],
  values: readonly number[],
  type: keyof typeof sizes = 0x08,
): Uint8Array {
  const start = 4 + 4 * dimensions.length;
  const view = new DataView(new ArrayBuffer(start + values.length * sizes[type]));
  view.setUint8(2, type);
  view.setUint8(3, dimensions.length);
  dimensions.forEach((length, i) => view.setUint32(4 + 4 * i, length));
  values.forEach((value, i) => {
    const at = start + i * sizes[type];
    if (type === 0x08) view.setUint8(at, value);
    else if (type === 0x09) view.setInt8(at, value);
    else if (type === 0x0b) view.setInt16(at, value);
    else if (type === 0x0c) view.setInt32(at, value);
    else if (type === 0x0d) view.setFloat32(at, value);
    else view.setFloat64(at, value);
  });
  return new Uint8Array(view.buffer);
}
