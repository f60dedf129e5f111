/**
 * Twenty networks, one of each kind that the engine computes in a way of its own. What training makes of them is
 * recorded in `test/reference/trainedBytes.json`: the same bytes in every Node, every host, by every block, with any threads.
 */
import type { Dataset } from '../../src/data/dataset';
import type { Trainer } from '../../src/engine/trainer';
import { sha256, type Digest } from '../../src/export/sha256';
import type { LossName, Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { randomDataset } from './networks';

interface Given {
  readonly shape: readonly number[];
  readonly layers: readonly object[];
  readonly training: object;
  readonly loss?: string | object;
  readonly regularization?: object;
  /** Of which a fifth is for validation. */
  readonly samples?: number;
}

export interface TrainedNetwork {
  readonly name: string;
  readonly network: Network;
  readonly dataset: Dataset;
}

const STEPS = 60;
const SAMPLES = 100;

const TARGETS: { readonly [K in LossName]?: 'oneHot' | 'binary' } = {
  crossEntropy: 'oneHot',
  binaryCrossEntropy: 'binary',
};

const dense = (units: number, activation = 'linear', rest: object = {}): object => ({
  ...{ type: 'dense', units, activation },
  ...rest,
});
const conv = (filters: number, kernel: readonly number[], rest: object = {}): object => ({
  ...{ type: 'conv2d', filters, kernel, activation: 'relu' },
  ...rest,
});
const by = (
  optimizer: object,
  batchSize: number | 'all',
  rest: object = {},
): { optimizer: object } => ({ optimizer, ...{ batchSize, ...rest } });

const SGD = { type: 'sgd', learningRate: 0.1 };
const MOMENTUM = { ...SGD, learningRate: 0.02, momentum: 0.9 };
const ADAM = { type: 'adam', learningRate: 0.01 };
const SQUARES = { type: 'meanSquaredError' };

const GIVEN: { readonly [name: string]: Given } = {
  // Small ones: a function of their own.
  '2-3-1 by single samples': {
    shape: [2],
    layers: [dense(3, 'sigmoid'), dense(1, 'sigmoid')],
    training: by(SGD, 1),
  },
  '2-8-8-8-1 by tens': {
    shape: [2],
    layers: [dense(8, 'tanh'), dense(8, 'tanh'), dense(8, 'tanh'), dense(1, 'tanh')],
    training: by(SGD, 10),
  },
  '3-5-4-2 of bent layers by sevens, Adam': {
    shape: [3],
    layers: [dense(5, 'leakyRelu'), dense(4, 'relu'), dense(2, 'linear')],
    training: by(ADAM, 7),
  },
  '4-6-3 with softmax, whole batches': {
    shape: [4],
    layers: [dense(6, 'tanh'), dense(3, 'softmax')],
    loss: 'crossEntropy',
    training: by(MOMENTUM, 'all'),
  },
  // Lists of operations.
  '33-47-10 with softmax': {
    shape: [33],
    layers: [dense(47, 'relu'), dense(10, 'softmax')],
    loss: 'crossEntropy',
    training: by(SGD, 16),
  },
  '33-47-10 with softmax, Adam': {
    shape: [33],
    layers: [dense(47, 'relu'), dense(10, 'softmax')],
    loss: 'crossEntropy',
    training: by(ADAM, 16),
  },
  '70-130-90-20, whole batches, AdamW': {
    shape: [70],
    layers: [dense(130, 'gelu'), dense(90, 'silu'), dense(20)],
    training: by({ type: 'adamw', learningRate: 0.003 }, 'all'),
    samples: 400,
  },
  '17-40-5 by single samples, Nesterov': {
    shape: [17],
    layers: [dense(40, 'elu'), dense(5, 'softplus')],
    training: by({ ...MOMENTUM, nesterov: true }, 1),
  },
  'sigmoids with penalties': {
    shape: [20],
    layers: [dense(25, 'sigmoid'), dense(6, 'sigmoid')],
    loss: { type: 'binaryCrossEntropy', reduction: 'meanAll' },
    regularization: { l1: 0.001, l2: 0.01, bias: true },
    training: by({ type: 'rmsprop', learningRate: 0.003 }, 12),
  },
  'Huber, AdaGrad, a sum over samples': {
    shape: [19],
    layers: [dense(31, 'softplus', { useBias: false }), dense(3, 'tanh')],
    loss: { type: 'huber', reduction: 'sum' },
    training: by({ type: 'adagrad', learningRate: 0.05 }, 9),
  },
  'absolute errors, gradients cut by their norm': {
    shape: [24],
    layers: [dense(36, 'tanh', { learningRateScale: 0.5 }), dense(4)],
    loss: { type: 'meanAbsoluteError' },
    training: by(SGD, 20, { clip: { norm: 0.5 } }),
  },
  'gradients cut by value, cosine with a warm-up': {
    shape: [24],
    layers: [dense(36, 'sigmoid'), dense(4)],
    training: by(MOMENTUM, 20, {
      clip: { value: 0.02 },
      schedule: { type: 'cosine', minimum: 0.001, warmUp: 3 },
    }),
  },
  'dropout, a rate in steps': {
    shape: [30],
    layers: [dense(64, 'relu'), { type: 'dropout', rate: 0.4 }, dense(7, 'softmax')],
    loss: 'crossEntropy',
    training: by(ADAM, 25, { schedule: { type: 'step', every: 4, factor: 0.5 } }),
  },
  'two branches side by side': {
    shape: [12],
    layers: [
      dense(20, 'tanh', { id: 'left' }),
      dense(15, 'sigmoid', { id: 'right', from: ['input'] }),
      { type: 'concat', from: ['left', 'right', 'input'] },
      dense(3),
    ],
    training: by(ADAM, 16),
  },
  'a residual': {
    shape: [16],
    layers: [
      dense(32, 'relu', { id: 'stem' }),
      dense(32, 'tanh', { id: 'block' }),
      { type: 'add', from: ['stem', 'block'], activation: 'relu' },
      dense(2),
    ],
    training: by(MOMENTUM, 10),
  },
  'normalised lists': {
    shape: [22],
    layers: [dense(30), { type: 'batchNorm', activation: 'relu' }, dense(5, 'softmax')],
    loss: 'crossEntropy',
    training: by(SGD, 20),
  },
  // Images.
  'two filters with pools': {
    shape: [14, 14, 1],
    layers: [
      conv(8, [5, 5]),
      { type: 'maxPool2d', size: [2, 2] },
      conv(5, [3, 3]),
      { type: 'averagePool2d', size: [2, 2] },
      { type: 'flatten' },
      dense(10, 'softmax'),
    ],
    loss: 'crossEntropy',
    training: by(SGD, 16),
  },
  'three channels, strides, padding, Adam': {
    shape: [11, 9, 3],
    layers: [
      conv(7, [3, 3], { stride: [2, 1], padding: 'same', activation: 'gelu' }),
      { type: 'maxPool2d', size: [3, 2], stride: [1, 2], padding: 'same' },
      conv(12, [2, 3], { activation: 'tanh' }),
      { type: 'flatten' },
      dense(4),
    ],
    training: by(ADAM, 8),
  },
  'images by single samples': {
    shape: [8, 8, 1],
    layers: [conv(4, [3, 3], { activation: 'sigmoid' }), { type: 'flatten' }, dense(2)],
    training: by(SGD, 1),
  },
  'normalised images with dropout': {
    shape: [10, 10, 2],
    layers: [
      conv(9, [3, 3], { useBias: false, activation: 'linear' }),
      { type: 'batchNorm', activation: 'relu' },
      { type: 'averagePool2d', size: [2, 2] },
      { type: 'flatten' },
      { type: 'dropout', rate: 0.25 },
      dense(6, 'softmax'),
    ],
    loss: 'crossEntropy',
    regularization: { l2: 0.01 },
    training: by(MOMENTUM, 20),
  },
};

function build(name: string, { samples = SAMPLES, ...given }: Given): TrainedNetwork {
  const { shape, layers, training, loss = SQUARES, regularization } = given;
  const value = {
    ...{ version: 1, seed: 11, input: { shape }, layers },
    ...{ loss: typeof loss === 'string' ? { type: loss } : loss, regularization },
    training: { ...training, precision: 'float32', epochs: 40 },
  };
  const { network, issues } = parseNetwork(JSON.stringify(value));
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (!network || errors.length > 0)
    throw new Error(`${name}: ${issues.map(({ message }) => message).join('\n')}`);
  const { inputSize, outputSize } = inferShapes(network);
  const targets = TARGETS[network.loss.type] ?? 'real';
  const dataset = randomDataset(samples, inputSize, outputSize, targets, samples / 5);
  return { name, network, dataset };
}

export const twentyNetworks: readonly TrainedNetwork[] = Object.entries(GIVEN).map(entry =>
  build(...entry),
);

/** By name: what sixty steps have made of the parameters and of what the optimizer keeps, as one number. */
export async function trainedBytes(
  create: (network: Network, dataset: Dataset) => Trainer,
  subtle: Digest,
): Promise<{ readonly [name: string]: string }> {
  const digests: [string, string][] = [];
  for (const { name, network, dataset } of twentyNetworks) {
    const trainer = create(network, dataset);
    while (trainer.step < STEPS) {
      const outcome = trainer.run({ steps: STEPS - trainer.step });
      if (outcome.type === 'diverged') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
    }
    const { moments } = trainer.readOptimizerState();
    trainer.evaluate();
    const numbers = [
      ...[trainer.readParameters(), ...moments],
      Float64Array.of(trainer.evaluation.loss),
    ];
    digests.push([name, await sha256(bytesOf(numbers), subtle)]);
  }
  return Object.fromEntries(digests);
}

/** One behind the other, in the byte order of WebAssembly. */
function bytesOf(lists: readonly Float64Array[]): Uint8Array {
  const all = lists.flatMap(list => [...list]);
  const view = new DataView(new ArrayBuffer(8 * all.length));
  all.forEach((value, i) => view.setFloat64(8 * i, value, true));
  return new Uint8Array(view.buffer);
}
