/** What is measured: networks, data and how they train. The same for every contender. */

/**
 * @typedef {object} Workload
 * @property {string} title
 * @property {readonly number[]} [sizes] inputs, then the units of each dense layer
 * @property {readonly object[]} [layers] as in a network file, where dense layers alone do not say it
 * @property {readonly number[]} [shape] of one input, for `layers`
 * @property {'sigmoid' | 'tanh' | 'relu'} hidden
 * @property {'sigmoid' | 'tanh' | 'linear' | 'softmax'} output
 * @property {'meanSquaredError' | 'crossEntropy'} loss mean over samples and outputs; mean over samples
 * @property {'sgd' | 'adam'} optimizer
 * @property {number} learningRate
 * @property {number} batch
 * @property {DataName} data
 * @property {number} samples of those data, from their start: whole batches
 * @property {number} flops of one sample in one step; see {@link denseFlops}
 * @property {number} checkSteps after which all contenders must have the same loss
 */

/** @typedef {'xor' | 'spiral' | 'digits' | 'noise'} DataName */

/**
 * Floating-point operations of one sample: forward and dW for every layer, dX for all but the first.
 * @param {readonly number[]} sizes
 */
export function denseFlops(sizes) {
  let sum = 0;
  for (let layer = 1; layer < sizes.length; layer++)
    sum += 2 * sizes[layer - 1] * sizes[layer] * (layer === 1 ? 2 : 3);
  return sum;
}

/** @param {readonly number[]} sizes */
const dense = (...sizes) => ({ sizes, flops: denseFlops(sizes) });

/** @type {Pick<Workload, 'hidden' | 'output' | 'loss' | 'data'>} */
const classifier = { hidden: 'relu', output: 'softmax', loss: 'crossEntropy', data: 'digits' };

/** @type {Readonly<Record<string, Workload>>} */
export const workloads = {
  W1: {
    title: '2-3-1 sigmoid, MSE, batch 1, SGD',
    ...dense(2, 3, 1),
    ...{ hidden: 'sigmoid', output: 'sigmoid', loss: 'meanSquaredError', data: 'xor' },
    ...{ optimizer: 'sgd', learningRate: 0.5, batch: 1, samples: 4, checkSteps: 8000 },
  },
  W2: {
    title: '2-8-8-8-1 tanh, MSE, batch 10, SGD',
    ...dense(2, 8, 8, 8, 1),
    ...{ hidden: 'tanh', output: 'tanh', loss: 'meanSquaredError', data: 'spiral' },
    ...{ optimizer: 'sgd', learningRate: 0.03, batch: 10, samples: 500, checkSteps: 500 },
  },
  W3s: {
    title: '784-128-10 relu, softmax cross-entropy, batch 32, SGD',
    ...dense(784, 128, 10),
    ...classifier,
    ...{ optimizer: 'sgd', learningRate: 0.1, batch: 32, samples: 8000, checkSteps: 100 },
  },
  W3a: {
    title: '784-128-10 relu, softmax cross-entropy, batch 32, Adam',
    ...dense(784, 128, 10),
    ...classifier,
    ...{ optimizer: 'adam', learningRate: 0.001, batch: 32, samples: 8000, checkSteps: 100 },
  },
  W4: {
    title: '784-512-512-10 relu, softmax cross-entropy, batch 128, Adam',
    ...dense(784, 512, 512, 10),
    ...classifier,
    ...{ optimizer: 'adam', learningRate: 0.001, batch: 128, samples: 7936, checkSteps: 20 },
  },
  W5: {
    title: '1024-2048-2048-1024 relu, linear output, MSE, batch 256, SGD',
    ...dense(1024, 2048, 2048, 1024),
    ...{ hidden: 'relu', output: 'linear', loss: 'meanSquaredError', data: 'noise' },
    ...{ optimizer: 'sgd', learningRate: 0.5, batch: 256, samples: 256, checkSteps: 2 },
  },
  W6: {
    title: 'conv 5×5×8, pool, conv 5×5×16, pool, dense 10, batch 32, SGD',
    shape: [28, 28, 1],
    layers: [
      { type: 'conv2d', filters: 8, kernel: [5, 5], activation: 'relu', init: 'heNormal' },
      { type: 'maxPool2d', size: [2, 2] },
      { type: 'conv2d', filters: 16, kernel: [5, 5], activation: 'relu', init: 'heNormal' },
      { type: 'maxPool2d', size: [2, 2] },
      { type: 'flatten' },
      { type: 'dense', units: 10, activation: 'softmax', init: 'xavierUniform' },
    ],
    ...classifier,
    // Filters: 24²·8·25 twice, 8²·16·200 three times; dense: 256·10 three times.
    flops: 2 * (2 * 115_200 + 3 * 204_800 + 3 * 2560),
    ...{ optimizer: 'sgd', learningRate: 0.05, batch: 32, samples: 8000, checkSteps: 20 },
  },
};

/** The workload with which contenders race to {@link ACCURACY}. */
export const RACE = 'W3a';
/** Share of the test digits that must be told right. */
export const ACCURACY = 0.94;
/** Steps from one look at the test digits to the next; they are off the clock. */
export const RACE_STEPS = 125;
/** Of the 10,000 shuffled digits these are trained with; the other 2,000 test. */
export const TRAINING_DIGITS = 8000;
/** Seeds of the initial weights in the race: one a round, in turn. */
export const SEEDS = [1, 2, 3, 4, 5];

/**
 * A workload as a network document. Samples keep their order, so that every contender sees the same batches.
 * @param {Workload} workload
 * @param {{ seed?: number, precision?: 'float32' | 'float64', data?: object, epochs?: number }} [more]
 */
export function documentOf(workload, { seed = 1, precision = 'float32', data, epochs = 1 } = {}) {
  const { sizes = [], hidden, output, loss, optimizer, learningRate, batch } = workload;
  const layers = sizes.slice(1).map((units, i) => {
    const activation = i < sizes.length - 2 ? hidden : output;
    return { type: 'dense', units, activation, init: initializerFor(activation) };
  });
  return {
    version: 1,
    name: workload.title,
    seed,
    input: { shape: workload.shape ?? [sizes[0]] },
    layers: workload.layers ?? layers,
    loss:
      loss === 'meanSquaredError'
        ? { type: loss, half: false, reduction: 'meanAll' }
        : { type: loss, reduction: 'mean' },
    training: {
      precision,
      optimizer: { type: optimizer, learningRate },
      ...{ batchSize: batch, epochs, shuffle: false },
    },
    ...(data && { data }),
  };
}

/** He's for relu, Glorot's for the rest. @param {string} activation */
const initializerFor = activation => (activation === 'relu' ? 'heNormal' : 'xavierUniform');
