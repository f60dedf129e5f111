/** Networks and data sets for the engine's tests. */
import type { Dataset } from '../../src/data/dataset';
import type { Inputs } from '../../src/data/inputs';
import { Random } from '../../src/math/random';
import type {
  ActivationName,
  DenseLayer,
  Initializer,
  Layer,
  Loss,
  MergeLayer,
  Network,
  Optimizer,
  Regularization,
  Training,
} from '../../src/network/network';

export const INIT: Initializer = { type: 'xavierUniform', value: 0, scale: 1 };

export const SGD: Optimizer = {
  type: 'sgd',
  learningRate: 0.5,
  momentum: 0,
  nesterov: false,
  decay: 0.9,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
};

/** The rate that the optimizer has, and gradients as they are. */
export const STEADY: Pick<Training, 'schedule' | 'clip'> = {
  schedule: { type: 'constant', every: 10, factor: 0.5, minimum: 0, warmUp: 0 },
  clip: { norm: null, value: null },
};

export function dense(
  units: number,
  activation: ActivationName,
  rest: Partial<DenseLayer> = {},
): DenseLayer {
  return {
    type: 'dense',
    units,
    activation,
    useBias: true,
    init: INIT,
    learningRateScale: 1,
    ...rest,
  };
}

/** A layer that joins others: by their ids. `units` is what its sources give. */
export function merge(
  type: MergeLayer['type'],
  units: number,
  from: readonly string[],
  activation: ActivationName = 'linear',
  id?: string,
): MergeLayer {
  return { type, units, from, activation, ...(id ? { id } : {}) };
}

/** 3 → 4 → (4 + skip) → 2: the smallest network with a residual. */
export const RESIDUAL: readonly Layer[] = [
  dense(4, 'tanh', { id: 'stem' }),
  dense(4, 'sigmoid', { id: 'block' }),
  merge('add', 4, ['stem', 'block'], 'tanh'),
  dense(2, 'linear'),
];

/** 3 → 4 and 3 → 3, side by side, then 2. */
export const TWO_BRANCHES: readonly Layer[] = [
  dense(4, 'tanh', { id: 'left' }),
  dense(3, 'sigmoid', { id: 'right', from: ['input'] }),
  merge('concat', 7, ['left', 'right']),
  dense(2, 'linear'),
];

/**
 * Everything at once: the input and one layer have several consumers, a concat takes the input itself, merges
 * feed merges, the output is an add, and one layer ("unused") leads nowhere.
 */
export const TANGLED: readonly Layer[] = [
  dense(3, 'tanh', { id: 'a' }),
  dense(3, 'gelu', { id: 'b', from: ['input'] }),
  merge('add', 3, ['input', 'a', 'b'], 'silu', 'sum'),
  dense(4, 'tanh', { id: 'unused', from: ['a'] }),
  merge('concat', 9, ['sum', 'input', 'a'], 'linear', 'wide'),
  dense(2, 'sigmoid', { id: 'left', from: ['wide'] }),
  dense(2, 'elu', { id: 'right', from: ['sum'] }),
  merge('add', 2, ['right', 'left'], 'linear'),
];

/** How a network trains by gradient descent. */
export function trainingOf(
  optimizer: Partial<Optimizer> = {},
  rest: Partial<Training> = {},
): Training {
  return network(1, [dense(1, 'linear')], { optimizer, training: rest }).training;
}

interface Settings {
  seed?: number;
  loss?: Partial<Loss>;
  regularization?: Partial<Regularization>;
  optimizer?: Partial<Optimizer>;
  training?: Partial<Training>;
}

/** A float64 network with full-batch gradient descent unless the settings say otherwise. */
export function network(
  inputs: number,
  layers: readonly Layer[],
  { seed = 42, loss, regularization, optimizer, training }: Settings = {},
): Network {
  return {
    version: 1,
    name: 'test',
    seed,
    input: { shape: [inputs] },
    layers,
    loss: { type: 'meanSquaredError', half: true, reduction: 'mean', ...loss },
    regularization: { l2: 0, l1: 0, scale: 'lambda/2m', bias: false, ...regularization },
    training: {
      ...STEADY,
      precision: 'float64',
      batchSize: 'all',
      epochs: 100,
      shuffle: true,
      stop: { targetLoss: null, patience: null, maxSeconds: null },
      ...training,
      optimizer: { ...SGD, ...optimizer },
    },
  };
}

/** A data set of numbers, which the tests may look into. */
export interface NumberDataset extends Dataset {
  readonly inputs: Extract<Inputs, { type: 'numbers' }>;
}

/** A data set from rows; the last `validation` samples are kept for validation. */
export function dataset(
  x: readonly (readonly number[])[],
  y: readonly (readonly number[])[],
  validation = 0,
): NumberDataset {
  const samples = x.length;
  const indices = Uint32Array.from({ length: samples }, (_, i) => i);
  return {
    samples,
    inputSize: x[0].length,
    outputSize: y[0].length,
    inputs: { type: 'numbers', values: Float64Array.from(x.flat()) },
    targets: Float64Array.from(y.flat()),
    training: indices.slice(0, samples - validation),
    validation: indices.slice(samples - validation),
    inputNames: x[0].map((_, k) => `x${k + 1}`),
    targetNames: y[0].map((_, k) => `y${k + 1}`),
    classNames: undefined,
    normalization: undefined,
  };
}

export const XOR = dataset(
  [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  [[0], [1], [1], [0]],
);

/** Normally distributed inputs; targets are real numbers, or one-hot classes. */
export function randomDataset(
  samples: number,
  inputs: number,
  outputs: number,
  targets: 'real' | 'oneHot' | 'binary' = 'real',
  validation = 0,
): NumberDataset {
  const random = new Random(7, `test:${samples}:${inputs}:${outputs}`);
  const x = Array.from({ length: samples }, () =>
    Array.from({ length: inputs }, () => random.normal()),
  );
  const y = x.map(() => {
    if (targets === 'real') return Array.from({ length: outputs }, () => random.normal());
    if (targets === 'binary') return Array.from({ length: outputs }, () => random.below(2));
    const hot = random.below(outputs);
    return Array.from({ length: outputs }, (_, j) => (j === hot ? 1 : 0));
  });
  return dataset(x, y, validation);
}
