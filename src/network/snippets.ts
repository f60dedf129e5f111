/** Completions of whole values in the text editor. `${1:…}` are places to type in. */
import type { Snippet } from './setting';

export const layerSnippets: readonly Snippet[] = [
  {
    label: 'dense layer',
    description: 'A fully connected layer',
    body: { type: 'dense', units: '^${1:4}', activation: '${2:sigmoid}' },
  },
  {
    label: 'dense softmax layer',
    description: 'Probabilities of classes, as the last layer',
    body: { type: 'dense', units: '^${1:3}', activation: 'softmax' },
  },
  {
    label: 'add layer',
    description: 'The sum of equally long layers, as in residual networks',
    body: { type: 'add', from: ['${1:a}', '${2:b}'] },
  },
  {
    label: 'concat layer',
    description: 'The values of several layers, one behind the other',
    body: { type: 'concat', from: ['${1:a}', '${2:b}'] },
  },
  {
    label: 'conv2d layer',
    description: 'Filters that slide over an image',
    body: { type: 'conv2d', filters: '^${1:8}', kernel: [3, 3], activation: '${2:relu}' },
  },
  {
    label: 'maxPool2d layer',
    description: 'The largest value of each window of an image',
    body: { type: 'maxPool2d', size: [2, 2] },
  },
  {
    label: 'averagePool2d layer',
    description: 'The mean of each window of an image',
    body: { type: 'averagePool2d', size: [2, 2] },
  },
  {
    label: 'flatten layer',
    description: 'An image as a plain list',
    body: { type: 'flatten' },
  },
  {
    label: 'dropout layer',
    description: 'Drops values at random while training',
    body: { type: 'dropout', rate: '^${1:0.5}' },
  },
  {
    label: 'batchNorm layer',
    description: 'Gives each feature, or channel of an image, the same mean and variance',
    body: { type: 'batchNorm', activation: '${1:relu}' },
  },
];

export const optimizerSnippets: readonly Snippet[] = [
  {
    label: 'sgd',
    description: 'Gradient descent',
    body: { type: 'sgd', learningRate: '^${1:0.1}' },
  },
  {
    label: 'sgd with momentum',
    description: 'Gradient descent that repeats a part of the last step',
    body: { type: 'sgd', learningRate: '^${1:0.1}', momentum: '^${2:0.9}' },
  },
  { label: 'adam', description: 'Adam', body: { type: 'adam', learningRate: '^${1:0.001}' } },
];

export const scheduleSnippets: readonly Snippet[] = [
  {
    label: 'step',
    description: 'The learning rate times a factor after some epochs',
    body: { type: 'step', every: '^${1:10}', factor: '^${2:0.5}' },
  },
  {
    label: 'exponential',
    description: 'The learning rate times a factor after every epoch',
    body: { type: 'exponential', factor: '^${1:0.97}' },
  },
  {
    label: 'cosine',
    description: 'Half a wave down over the planned epochs',
    body: { type: 'cosine', minimum: '^${1:0}' },
  },
  {
    label: 'cosine with warm-up',
    description: 'The same, after some epochs in which the rate rises',
    body: { type: 'cosine', warmUp: '^${1:5}' },
  },
];

export const dataSnippets: readonly Snippet[] = [
  {
    label: 'inline',
    description: 'Samples written in this file',
    body: { inline: [{ x: ['^${1:0}'], y: ['^${2:0}'] }] },
  },
  {
    label: 'generator',
    description: 'A made set of samples',
    body: { generator: '${1:xor}' },
  },
  {
    label: 'csv',
    description: 'A CSV file beside this file',
    body: { csv: '${1:data.csv}', target: '${2:column}', split: { validation: '^${3:0.2}' } },
  },
  {
    label: 'idx',
    description: 'Two IDX files, as those of MNIST, beside this file',
    body: {
      idx: {
        images: '${1:train-images-idx3-ubyte.gz}',
        labels: '${2:train-labels-idx1-ubyte.gz}',
      },
      split: { validation: '^${3:0.2}' },
    },
  },
];

export const networkSnippets: readonly Snippet[] = [
  {
    label: 'network',
    description: 'A network that learns XOR',
    body: {
      version: 1,
      name: '${1:XOR}',
      seed: 1,
      input: { shape: [2] },
      layers: [
        { type: 'dense', units: '^${2:4}', activation: 'tanh' },
        { type: 'dense', units: 1, activation: 'sigmoid' },
      ],
      loss: { type: 'binaryCrossEntropy', reduction: 'mean' },
      training: {
        optimizer: { type: 'sgd', learningRate: '^${3:0.5}' },
        batchSize: 'all',
        epochs: 1000,
      },
      data: { generator: 'xor' },
    },
  },
];
