/** ConvNetJS, in float64. It has no sigmoid or tanh as an output, and adadelta for Adam. */
import { compete, lossOf, packageOf, samples, sizes, workload } from './contender.mjs';

const { Vol, Net, Trainer } = packageOf('convnetjs');
const { hidden, loss, optimizer, learningRate, batch, shape } = workload;

const outputs = workload.layers ? 10 : sizes[sizes.length - 1];
const last =
  loss === 'crossEntropy'
    ? { type: 'softmax', num_classes: outputs }
    : { type: 'regression', num_neurons: outputs };

const convolution = (/** @type {number} */ filters) => [
  { type: 'conv', sx: 5, filters, stride: 1, pad: 0, activation: 'relu' },
  { type: 'pool', sx: 2, stride: 2 },
];
const hiddenLayers = workload.layers
  ? [...convolution(8), ...convolution(16)]
  : sizes.slice(1, -1).map(num_neurons => ({ type: 'fc', num_neurons, activation: hidden }));
const [width, height, depth] = shape ?? [1, 1, sizes[0]];

/** @param {readonly number[]} values */
function volume(values) {
  const result = new Vol(width, height, depth, 0);
  values.forEach((value, i) => (result.w[i] = value));
  return result;
}

compete(() => {
  const net = new Net();
  net.makeLayers([
    { type: 'input', out_sx: width, out_sy: height, out_depth: depth },
    ...hiddenLayers,
    last,
  ]);
  const method = optimizer === 'adam' ? 'adadelta' : 'sgd';
  // Its squared error is ½ Σ (a − y)², ours the mean of (a − y)²; with a linear output a larger rate may diverge.
  const scale = loss === 'crossEntropy' ? 1 : 2 / outputs;
  const rate = Math.min(0.05, learningRate * scale);
  const trainer = new Trainer(net, { method, learning_rate: rate, momentum: 0, batch_size: batch });
  const { x, y, count } = samples();
  const inputs = x.map(volume);
  const targets = loss === 'crossEntropy' ? y.map(row => row.indexOf(1)) : y;
  const outputsOf = (/** @type {object} */ input) =>
    Array.from(/** @type {ArrayLike<number>} */ (net.forward(input).w));
  const some = Math.min(count, 500);
  return {
    own: true,
    step: step => {
      for (let i = 0; i < batch; i++) {
        const k = (step * batch + i) % count;
        trainer.train(inputs[k], targets[k]);
      }
    },
    loss: () => lossOf(inputs.slice(0, some).map(outputsOf), y),
    predict: all => all.map(row => outputsOf(volume(row))),
  };
});
