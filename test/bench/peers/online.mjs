/**
 * Libraries that update after every sample and know no batches: brain.js, synaptic, neataptic. Where the workload has
 * a batch or Adam, they do the nearest they can, which the table says.
 */
import { compete, initialLayers, job, packageOf, samples, sizes, workload } from './contender.mjs';

const { hidden, batch, learningRate, loss: lossName } = workload;

/**
 * Whether a step of brain.js is one of ours: its error is ½ Σ (a − y)², ours the mean of (a − y)², which the rate makes
 * up for. synaptic and neataptic leave the derivative of the last layer out: they descend a cross-entropy.
 */
const exact = batch === 1 && lossName === 'meanSquaredError';
const rate = exact ? (2 * learningRate) / sizes[sizes.length - 1] : 0.03;
/** They have no relu beside a softmax: sigmoid stands for both. */
const squash = hidden === 'tanh' ? 'tanh' : 'sigmoid';
/** A few samples are enough for their speed, and the slow ones of them never get through more. */
const { x, y } = samples();
const isWide = sizes[0] > 100;
const count = Math.min(x.length, isWide ? 100 : 500);

/** A step for a library that takes one sample at a time. @param {(x: number[], y: number[]) => void} train */
const oneByOne = train => (/** @type {number} */ step) => {
  for (let i = 0; i < batch; i++) {
    const k = (step * batch + i) % count;
    train(x[k], y[k]);
  }
};

/** Mean squared error, whatever the library descends. @param {(x: number[]) => ArrayLike<number>} run */
const lossBy = run => () => {
  const errors = x
    .slice(0, count)
    .flatMap((each, i) => Array.from(run(each), (a, k) => a - y[i][k]));
  return errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
};

function synaptic() {
  const { Architect, Neuron } = packageOf('synaptic');
  const network = new Architect.Perceptron(...sizes);
  const layers = [...network.layers.hidden, network.layers.output];
  for (const layer of layers)
    layer.set({ squash: Neuron.squash[squash === 'tanh' ? 'TANH' : 'LOGISTIC'] });
  initialLayers().forEach(({ weights, bias }, l) =>
    layers[l].list.forEach((/** @type {any} */ neuron, /** @type {number} */ j) => {
      neuron.bias = bias[j];
      Object.values(neuron.connections.inputs).forEach((/** @type {any} */ connection, k) => {
        connection.weight = weights[j][k];
      });
    }),
  );
  const train = (/** @type {number[]} */ x, /** @type {number[]} */ y) => {
    network.activate(x);
    network.propagate(rate, y);
  };
  return { step: oneByOne(train), loss: lossBy(each => network.activate(each)), own: true };
}

function neataptic() {
  const { architect, methods } = packageOf('neataptic');
  const network = new architect.Perceptron(...sizes);
  const neurons = network.nodes.filter((/** @type {any} */ { type }) => type !== 'input');
  for (const node of neurons)
    node.squash = methods.activation[squash === 'tanh' ? 'TANH' : 'LOGISTIC'];
  const rows = initialLayers().flatMap(({ weights, bias }) =>
    weights.map((row, j) => ({ row, bias: bias[j] })),
  );
  rows.forEach(({ row, bias }, i) => {
    neurons[i].bias = bias;
    neurons[i].connections.in.forEach((/** @type {any} */ connection, /** @type {number} */ k) => {
      connection.weight = row[k];
    });
  });
  const train = (/** @type {number[]} */ x, /** @type {number[]} */ y) => {
    network.activate(x, true);
    network.propagate(rate, 0, true, y);
  };
  return { step: oneByOne(train), loss: lossBy(each => network.activate(each)), own: true };
}

function brain() {
  const { NeuralNetwork } = packageOf('brain.js');
  const praxis = workload.optimizer === 'adam' ? { praxis: 'adam' } : {};
  const [inputSize, ...hiddenLayers] = sizes.slice(0, -1);
  const outputSize = sizes[sizes.length - 1];
  const shape = { inputSize, hiddenLayers, outputSize };
  const network = new NeuralNetwork({ ...shape, activation: squash });
  const data = x.slice(0, count).map((input, i) => ({ input, output: y[i] }));
  const forever = { errorThresh: 1e-12, timeout: Infinity, log: false };
  // It takes neither a momentum of 0 nor a rate of 1.
  const rates = { learningRate: Math.min(rate, 1 - 1e-7), momentum: 1e-9 };
  const options = { ...forever, ...praxis, ...rates };
  // Whole epochs, because each call checks and copies all samples: many, where an epoch is short.
  const epochs = isWide ? 1 : Math.ceil(2000 / count);
  network.initialize();
  if (exact) takeOurs(network);
  let made = 0;
  const step = (/** @type {number} */ i) => {
    const wanted = Math.floor(((i + 1) * batch) / count);
    for (; made + epochs <= wanted; made += epochs)
      network.train(data, { iterations: epochs, ...options });
  };
  return { step, loss: lossBy(each => network.run(each)), own: !exact };
}

/** @param {any} network of brain.js */
function takeOurs(network) {
  initialLayers().forEach(({ weights, bias }, l) => {
    weights.forEach((row, j) => network.weights[l + 1][j].set(row));
    network.biases[l + 1].set(bias);
  });
}

compete(/** @type {Record<string, () => any>} */ ({ synaptic, neataptic, brain })[job.peer]);
