/** TensorFlow.js: variables, `optimizer.minimize`, fused dense layers. Its backend is the peer's: `wasm` or `cpu`. */
import { dirname } from 'node:path';
import {
  compete,
  floats,
  initialLayers,
  job,
  fileOf,
  packageOf,
  samples,
  sizes,
  workload,
} from './contender.mjs';

// It praises its other packages when it is loaded.
const { warn, log } = console;
console.warn = console.log = () => {};
const tf = packageOf('@tensorflow/tfjs');
if (job.peer === 'wasm') {
  const file = fileOf('@tensorflow/tfjs-backend-wasm');
  packageOf('@tensorflow/tfjs-backend-wasm').setWasmPaths(`${dirname(file)}/`);
}
await tf.setBackend(job.peer);
await tf.ready();
Object.assign(console, { warn, log });

const { hidden, output, loss, optimizer, learningRate, batch, data } = workload;

/** Layers of our weights, which it has the other way round: (inputs, units). */
const variables = () =>
  initialLayers().map(({ weights, bias }) => ({
    w: tf.variable(tf.tidy(() => tf.tensor2d(weights).transpose())),
    b: tf.variable(tf.tensor1d(bias)),
  }));

/** The outputs, before softmax where that belongs to the loss. @param {any} x @param {any[]} layers */
function forward(x, layers) {
  return layers.reduce((values, { w, b }, i) => {
    const name = i < layers.length - 1 ? hidden : output;
    const fused = name === 'relu' ? { activation: name } : {};
    const z = tf.fused.matMul({ a: values, b: w, bias: b, ...fused });
    return name === 'sigmoid' || name === 'tanh' ? tf[name](z) : z;
  }, x);
}

/** @param {any} targets @param {any} outputs */
const lossTensor = (targets, outputs) =>
  loss === 'crossEntropy'
    ? tf.losses.softmaxCrossEntropy(targets, outputs)
    : tf.losses.meanSquaredError(targets, outputs);

function makeDense() {
  const { count } = samples();
  const layers = variables();
  const all = layers.flatMap(({ w, b }) => [w, b]);
  const batches = slices(count);
  const updates =
    optimizer === 'adam'
      ? tf.train.adam(learningRate, 0.9, 0.999, 1e-8)
      : tf.train.sgd(learningRate);
  return {
    step: (/** @type {number} */ i) => {
      const { x, y } = batches[i % batches.length];
      tf.tidy(() => void updates.minimize(() => lossTensor(y, forward(x, layers)), false, all));
    },
    loss: () => {
      const each = batches.map(({ x, y }) =>
        tf.tidy(() => lossTensor(y, forward(x, layers)).dataSync()[0]),
      );
      return each.reduce((a, b) => a + b, 0) / each.length;
    },
    predict: (/** @type {readonly number[][]} */ inputs) =>
      tf.tidy(() => forward(tf.tensor2d(inputs), layers).arraySync()),
  };
}

/** Batches as tensors, made off the clock. @param {number} count */
function slices(count) {
  const rows = (/** @type {string} */ part, /** @type {number} */ width, /** @type {number} */ i) =>
    tf.tensor2d(floats(`${data}.${part}`).slice(i * batch * width, (i + 1) * batch * width), [
      batch,
      width,
    ]);
  return Array.from({ length: count / batch }, (_, i) => ({
    x: rows('x', sizes[0], i),
    y: rows('y', sizes[sizes.length - 1], i),
  }));
}

compete(makeDense);
process.exit(0);
