/** Odd numbers in samples, weights and settings of a network file, and what becomes of each. */
import { SAMPLES } from './odd';
import type { Odd, OddCase } from './odd';

const inputs = (x: number): Odd => ({
  data: { inline: [{ x: [x, 0], y: [0] }, ...SAMPLES.slice(1)] },
});
const targets = (y: number, more: Odd = {}): Odd => ({
  data: { inline: [{ x: [0, 0], y: [y] }, ...SAMPLES.slice(1)] },
  ...more,
});
const weights = (w: number): Odd => ({
  layers: [
    {
      type: 'dense',
      units: 2,
      activation: 'tanh',
      weights: [
        [w, 1],
        [1, -1],
      ],
      bias: [0, 0],
    },
    { type: 'dense', units: 1, activation: 'linear', weights: [[1, 1]], bias: [0] },
  ],
});
const linear = (w: number, bias = 0): Odd => ({
  layers: [{ type: 'dense', units: 1, activation: 'linear', weights: [[w, w]], bias: [bias] }],
});
const rate = (learningRate: number): Odd => ({ optimizer: { learningRate } });
const literal = (odd: Odd, to: string): Odd => ({ ...odd, written: [['12345', to]] });
export const oddSettings: readonly OddCase[] = [
  {
    name: 'NaN as an input',
    answer: 'refused: json.syntax at ',
    odd: literal(inputs(12345), 'NaN'),
  },
  {
    name: '∞ as an input',
    answer: 'refused: value.infinite at data.inline[0].x[0]',
    odd: literal(inputs(12345), '1e999'),
  },
  {
    name: '1e308 as an input',
    answer: { float64: 'trains', float32: 'refused: data.precision at data.inline[0].x[0]' },
    odd: inputs(1e308),
  },
  { name: '1e38 as an input', answer: 'trains', odd: inputs(1e38) },
  { name: '5e-324 as an input', answer: 'trains', odd: inputs(5e-324) },
  { name: '1e-40 as an input', answer: 'trains', odd: inputs(1e-40) },
  { name: '−0 as an input', answer: 'trains', odd: literal(inputs(12345), '-0') },
  {
    name: 'null as an input',
    answer: 'refused: value.type at data.inline[0].x[0]',
    odd: literal(inputs(12345), 'null'),
  },
  {
    name: 'NaN as a target',
    answer: 'refused: json.syntax at ',
    odd: literal(targets(12345), 'NaN'),
  },
  {
    name: '−∞ as a target',
    answer: 'refused: value.infinite at data.inline[0].y[0]',
    odd: literal(targets(12345), '-1e999'),
  },
  {
    name: '1e308 as a target',
    answer: {
      float64: 'stops: loss of layer -1 in epoch 1',
      float32: 'refused: data.precision at data.inline[0].y[0]',
    },
    odd: targets(1e308),
  },
  {
    name: '1e200 as a target',
    answer: {
      float64: 'stops: loss of layer -1 in epoch 1',
      float32: 'refused: data.precision at data.inline[0].y[0]',
    },
    odd: targets(1e200),
  },
  {
    name: '1e38 as a target',
    answer: { float64: 'trains', float32: 'stops: gradient of layer 0 in epoch 2' },
    odd: targets(1e38),
  },
  {
    name: '1e30 as a target',
    answer: { float64: 'trains', float32: 'stops: gradient of layer 0 in epoch 2' },
    odd: targets(1e30),
  },
  { name: '5e-324 as a target', answer: 'trains', odd: targets(5e-324) },
  {
    name: '1e38 as a target of mean absolute error',
    answer: 'trains',
    odd: targets(1e38, { loss: { type: 'meanAbsoluteError' } }),
  },
  {
    name: '1e38 as a target of huber',
    answer: 'trains',
    odd: targets(1e38, { loss: { type: 'huber' } }),
  },
  {
    name: '2 as a target of binary cross-entropy',
    answer: 'refused: data.targetRange at data.inline[0].y[0]',
    odd: targets(2, {
      loss: { type: 'binaryCrossEntropy' },
      layers: [{ type: 'dense', units: 1, activation: 'sigmoid' }],
    }),
  },
  {
    name: 'NaN as a weight',
    answer: 'refused: json.syntax at ',
    odd: literal(weights(12345), 'NaN'),
  },
  {
    name: '∞ as a weight',
    answer: 'refused: value.infinite at layers[0].weights[0][0]',
    odd: literal(weights(12345), '1e999'),
  },
  {
    name: '1e308 as a weight',
    answer: {
      float64: 'trains, inspection of the batch has numbers that are not finite',
      float32: 'refused: number.float32 at layers[0].weights[0][0]',
    },
    odd: weights(1e308),
  },
  { name: '1e38 as a weight', answer: 'trains', odd: weights(1e38) },
  {
    name: '3.5e38 as a weight',
    answer: { float64: 'trains', float32: 'refused: number.float32 at layers[0].weights[0][0]' },
    odd: weights(3.5e38),
  },
  { name: '5e-324 as a weight', answer: 'trains', odd: weights(5e-324) },
  { name: '1e-40 as a weight', answer: 'trains', odd: weights(1e-40) },
  { name: '1e30 as the weights of a linear output', answer: 'trains', odd: linear(1e30) },
  {
    name: '1e160 as the weights of a linear output',
    answer: {
      float64: 'stops: loss of layer -1 in epoch 1',
      float32: 'refused: number.float32 at layers[0].weights[0][0]',
    },
    odd: linear(1e160),
  },
  { name: '1e38 as a bias', answer: 'trains', odd: linear(0, 1e38) },
  {
    name: '1e308 as a bias',
    answer: {
      float64: 'stops: loss of layer -1 in epoch 1',
      float32: 'refused: number.float32 at layers[0].bias[0]',
    },
    odd: linear(0, 1e308),
  },
  { name: 'weights of 0 alone', answer: 'trains', odd: linear(0) },
  {
    name: 'a learning rate of 0',
    answer: 'trains, nothing moves, warns: learningRate.zero at training.optimizer.learningRate',
    odd: rate(0),
  },
  {
    name: 'a learning rate of −1',
    answer: 'refused: value.range at training.optimizer.learningRate',
    odd: rate(-1),
  },
  {
    name: 'a learning rate of NaN',
    answer: 'refused: json.syntax at ',
    odd: literal(rate(12345), 'NaN'),
  },
  {
    name: 'a learning rate of ∞',
    answer: 'refused: value.infinite at training.optimizer.learningRate',
    odd: literal(rate(12345), '1e999'),
  },
  {
    name: 'a learning rate of 1e308',
    answer: {
      float64:
        'stops: loss of layer -1 in epoch 1, warns: learningRate.huge at training.optimizer.learningRate',
      float32:
        'stops: parameter of layer 0 in epoch 1, warns: learningRate.huge at training.optimizer.learningRate',
    },
    odd: rate(1e308),
  },
  {
    name: 'a learning rate of 1e39',
    answer: {
      float64:
        'stops: loss of layer -1 in epoch 2, warns: learningRate.huge at training.optimizer.learningRate',
      float32: 'stops',
    },
    odd: rate(1e39),
  },
  {
    name: 'a learning rate of 1e10',
    answer: {
      float64: 'trains, warns: learningRate.huge at training.optimizer.learningRate',
      float32:
        'stops: gradient of layer 0 in epoch 2, warns: learningRate.huge at training.optimizer.learningRate',
    },
    odd: rate(1e10),
  },
  { name: 'a learning rate of 5e-324', answer: 'trains, nothing moves', odd: rate(5e-324) },
  {
    name: 'a momentum of 1',
    answer: 'refused: value.range at training.optimizer.momentum',
    odd: { optimizer: { momentum: 1 } },
  },
  {
    name: 'a momentum just below 1',
    answer: 'trains',
    odd: { optimizer: { momentum: 0.9999999999999999 } },
  },
  {
    name: 'Adam with an epsilon of 0',
    answer: 'refused: value.range at training.optimizer.epsilon',
    odd: { optimizer: { type: 'adam', epsilon: 0 } },
  },
  {
    name: 'Adam with an epsilon of 5e-324',
    answer: 'trains',
    odd: { optimizer: { type: 'adam', epsilon: 5e-324 } },
  },
  {
    name: 'Adam with an epsilon of 1e308',
    answer: { float64: 'trains', float32: 'trains, nothing moves' },
    odd: { optimizer: { type: 'adam', epsilon: 1e308 } },
  },
  {
    name: 'Adam with a beta1 just below 1',
    answer: 'trains',
    odd: { optimizer: { type: 'adam', beta1: 0.9999999999999999, beta2: 0.9999999999999999 } },
  },
  {
    name: 'an l2 of 1e308',
    answer: {
      float64: 'stops: loss of layer -1 in epoch 1',
      float32: 'stops: gradient of layer 1 in epoch 1',
    },
    odd: { regularization: { l2: 1e308 } },
  },
  { name: 'an l2 of 5e-324', answer: 'trains', odd: { regularization: { l2: 5e-324 } } },
  {
    name: 'an init of 1e308',
    answer: {
      float64: 'stops: loss of layer -1 in epoch 1',
      float32: 'refused: init.overflow at layers[0].init.value',
    },
    odd: { layers: [{ type: 'dense', units: 1, init: { type: 'constant', value: 1e308 } }] },
  },
  {
    name: 'a clip of 5e-324',
    answer: 'trains, nothing moves',
    odd: { training: { clip: { norm: 5e-324 } } },
  },
  { name: 'a clip of 1e308', answer: 'trains', odd: { training: { clip: { norm: 1e308 } } } },
  {
    name: 'a batchNorm epsilon of 5e-324',
    answer: { float64: 'trains', float32: 'stops: weightedInput of layer 0 in epoch 1' },
    odd: {
      layers: [
        { type: 'batchNorm', epsilon: 5e-324 },
        { type: 'dense', units: 1 },
      ],
    },
  },
  {
    name: 'a batchNorm of columns that do not vary',
    answer: 'trains',
    odd: {
      layers: [{ type: 'batchNorm' }, { type: 'dense', units: 1 }],
      data: { inline: SAMPLES.map(({ y }) => ({ x: [1, 1], y })) },
    },
  },
  {
    name: 'a batchNorm of one sample',
    answer: 'trains, nothing moves',
    odd: {
      layers: [{ type: 'batchNorm' }, { type: 'dense', units: 1 }],
      data: { inline: SAMPLES.slice(0, 1) },
    },
  },
];
