/**
 * Everything a network file may contain, written once: types, limits, defaults and one line about each.
 *
 * The structure check, the defaults of the parser, the JSON Schema and the designer's form are made from it.
 */
import type {
  ActivationName,
  GeneratorName,
  InitializerName,
  LayerType,
  LossName,
  Normalize,
  NotationName,
  OptimizerName,
  PenaltyScale,
  Precision,
  Reduction,
} from './network';
import { choice, count, flag, group, list, number, part, text } from './setting';
import type { GroupSetting, NumberOrWordSetting } from './setting';
import { dataSnippets, layerSnippets, networkSnippets, optimizerSnippets } from './snippets';
import { activations, generators, initializers, laterLayerTypes, optimizers } from './vocabulary';

/** The version of the file format that this program writes and reads. */
export const FORMAT_VERSION = 1;

export const limits = {
  units: 65_536,
  layers: 1_000,
  /** Weights and biases of a whole network. */
  parameters: 50_000_000,
  /** Numbers of one input sample. */
  inputs: 1_048_576,
  dimensions: 8,
} as const;

function describe<K extends string>(table: {
  readonly [key in K]: { readonly description: string };
}): { readonly [key in K]: string } {
  const keys = Object.keys(table) as K[];
  const entries = keys.map(key => [key, table[key].description] as const);
  return Object.fromEntries(entries) as { [key in K]: string };
}

export const optimizerSettings = {
  type: choice<OptimizerName>('How a gradient becomes a step.', describe(optimizers), {
    default: 'sgd',
  }),
  learningRate: number('Length of a step: how much of the gradient is subtracted.', {
    default: 0.1,
    minimum: 0,
  }),
  momentum: part('sgd: part of the last step that is repeated.', 0),
  nesterov: flag('sgd: look ahead along the momentum.', false),
  decay: part('rmsprop: part of the mean square that is kept.', 0.99),
  beta1: part('adam, adamw: part of the mean gradient that is kept.', 0.9),
  beta2: part('adam, adamw: part of the mean square that is kept.', 0.999),
  epsilon: number('rmsprop, adagrad, adam, adamw: keeps the division away from zero.', {
    default: 1e-8,
    above: 0,
  }),
  weightDecay: number('adamw: times the learning rate, the part of a weight lost at each step.', {
    default: 0.01,
    minimum: 0,
  }),
};

export const initializerSettings = {
  type: choice<InitializerName>(
    'How weights that are not in the file are drawn. Biases start at 0.',
    describe(initializers),
    { default: 'xavierUniform' },
  ),
  value: number('constant: the value of every weight.', { default: 0 }),
  scale: number('uniform: half of the width; normal: the standard deviation.', {
    default: 1,
    minimum: 0,
  }),
};

export const layerSettings = {
  type: choice<LayerType>(
    'What the layer does.',
    { dense: 'Every neuron is connected with every value of the layer above' },
    { later: laterLayerTypes },
  ),
  id: text('A name for the layer.', { minimumLength: 1 }),
  units: count('Number of neurons.', { maximum: limits.units }),
  activation: choice<ActivationName>(
    'The function from the weighted input z to the activation a.',
    describe(activations),
    { default: 'linear' },
  ),
  useBias: flag('Whether each neuron has a bias.', true),
  init: group(
    'How weights that are not in the file are drawn from the seed.',
    initializerSettings,
    { shorthand: 'type' },
  ),
  weights: list(
    'One row per neuron: row j, column k leads from input k to neuron j.',
    list('The weights into one neuron.', number('The weight from input k to this neuron.')),
  ),
  bias: list('One bias per neuron.', number('The bias of this neuron.')),
  learningRateScale: number('Multiplies the learning rate for this layer.', {
    default: 1,
    minimum: 0,
  }),
};

export const lossSettings = {
  type: choice<LossName>(
    'The loss of one sample.',
    {
      meanSquaredError: 'Σ (a − y)², with ½ where `half` is true',
      meanAbsoluteError: 'Σ |a − y|',
      huber: 'Σ of ½(a − y)² where |a − y| ≤ 1, else |a − y| − ½',
      binaryCrossEntropy: '−Σ y log a + (1 − y) log(1 − a); needs sigmoid outputs',
      crossEntropy: '−Σ y log a; needs softmax outputs',
    },
    { default: 'meanSquaredError' },
  ),
  half: flag('meanSquaredError: multiply the squared error by ½.', true),
  reduction: choice<Reduction>(
    'How the losses of the samples become one number.',
    {
      sum: 'Sum over samples',
      mean: 'Mean over samples',
      meanAll: 'Mean over samples and outputs',
    },
    { default: 'mean' },
  ),
};

export const regularizationSettings = {
  l2: number('λ of the squared weights.', { default: 0, minimum: 0 }),
  l1: number('λ of the absolute weights.', { default: 0, minimum: 0 }),
  scale: choice<PenaltyScale>(
    'The factor before the sums.',
    { 'lambda/2m': 'λ/(2m), m the number of samples', 'lambda/2': 'λ/2', lambda: 'λ' },
    { default: 'lambda/2m' },
  ),
  bias: flag('Whether biases are penalised too.', false),
};

const unset = { default: null, nullable: true } as const;

export const stopSettings = {
  targetLoss: number('Stop when the loss is this low.', unset),
  patience: count('Stop after so many epochs without a new best loss.', unset),
  maxSeconds: number('Stop after so many seconds of training.', { ...unset, above: 0 }),
};

const batchSize: NumberOrWordSetting<'all'> = {
  kind: 'numberOrWord',
  description: 'Samples of one step: 1 is stochastic, "all" the full batch.',
  number: count('Samples of one step.'),
  words: { all: 'All training samples: full-batch gradient descent' },
  default: 32,
};

export const trainingSettings = {
  precision: choice<Precision>(
    'Precision of all numbers while training; inspection always computes in float64.',
    { float32: 'Single precision, as in all frameworks', float64: 'Double precision' },
    { default: 'float32' },
  ),
  optimizer: group('How a gradient becomes a step.', optimizerSettings, {
    shorthand: 'type',
    snippets: optimizerSnippets,
  }),
  batchSize,
  epochs: count('How often every training sample is used.', {
    default: 100,
    maximum: 1_000_000_000,
  }),
  shuffle: flag('Whether the samples are put in a new order each epoch.', true),
  stop: group('Reasons to end before the last epoch.', stopSettings),
};

export const inputSettings = {
  shape: list(
    'Size of one sample: [3] is three numbers.',
    count('Length along this dimension.', { maximum: limits.inputs }),
    { minimumLength: 1, maximumLength: limits.dimensions },
  ),
  names: list('One name per input.', text('Name of this input.')),
};

const sample = group(
  'One sample.',
  {
    x: list('The inputs, one number each.', number('One input.')),
    y: list('The targets, one number per output.', number('One target.')),
  },
  { required: ['x', 'y'] },
);

const columns = { minimumLength: 1 };

export const splitSettings = {
  validation: part('Part of the samples that validates, from 0 to below 1.', 0),
};

export const dataSettings = {
  inline: list('The samples, written in this file.', sample),
  generator: choice<GeneratorName>(
    'A made set of samples, the same for the same seed.',
    describe(generators),
  ),
  samples: count('generator: number of samples (truth tables without noise: four).', {
    maximum: 1_000_000,
  }),
  noise: number('generator: standard deviation of the noise.', { minimum: 0 }),
  csv: text('A CSV file, named relative to this file, with "/" between folders.', columns),
  inputs: list(
    'csv: the columns of the inputs; left out: every column but the targets.',
    text('Name of a column.'),
    columns,
  ),
  target: list(
    'csv: the column of the target (numbers or class names), or several columns of numbers.',
    text('Name of a column.'),
    { ...columns, single: true },
  ),
  split: group('Which part is kept for validation.', splitSettings),
  normalize: choice<Normalize>(
    'How inputs are scaled, by the training part.',
    { none: 'As they are', standard: 'Mean 0, standard deviation 1', minMax: 'From 0 to 1' },
    { default: 'none' },
  ),
};

/** The keys of `data` that each source reads, besides `split` and `normalize`. */
export const dataSources: { readonly [source: string]: readonly string[] } = {
  inline: ['inline'],
  generator: ['generator', 'samples', 'noise'],
  csv: ['csv', 'inputs', 'target'],
};

export const layerGroups: { readonly [K in LayerType]: GroupSetting } = {
  dense: group(
    'A layer: every neuron is connected with every value of the layer above.',
    layerSettings,
    {
      required: ['type', 'units'],
      later: { from: 'branches ("from"); remove it, then the layer takes the one above' },
      snippets: layerSnippets,
    },
  ),
};

export const networkSettings = {
  $schema: text('Where the schema of this file lies.'),
  version: count('Version of the file format.', {
    default: FORMAT_VERSION,
    maximum: FORMAT_VERSION,
  }),
  name: text('Name of the network.', { default: '' }),
  notation: choice<NotationName>('In whose notation formulas are shown; changes no number.', {
    nielsen: 'Nielsen: w_jk^l, b_j^l, z, a, δ = ∂C/∂z',
    ng: 'Ng: Θ_ij^(l), h(x), J',
    chain0: 'Chain rule, everything counted from 0: w_00, o, L',
    zybuluo: 'Delta rule: w_ji, net_j, η, δ = −∂E/∂net',
    triple: 'Three indices: w_211 is layer, target, source',
    plain: 'Names instead of letters',
  }),
  seed: number('Decides everything random: initial weights, split, shuffling, generated data.', {
    default: 0,
    integer: true,
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
  }),
  input: group('What comes in.', inputSettings, { required: ['shape'] }),
  layers: list('The layers, from the first after the input to the output.', layerGroups.dense, {
    minimumLength: 1,
    maximumLength: limits.layers,
  }),
  loss: group('What training makes small.', lossSettings),
  regularization: group(
    'A penalty on large weights, part of the shown loss.',
    regularizationSettings,
  ),
  training: group('How the network is trained.', trainingSettings),
  data: group('Where the samples come from.', dataSettings, {
    oneOf: Object.keys(dataSources),
    later: { idx: 'idx files; use "csv", "generator" or "inline"' },
    snippets: dataSnippets,
  }),
};

/** The whole file. */
export const catalog: GroupSetting = group('A neural network, for Nabla.', networkSettings, {
  required: ['input', 'layers'],
  later: {
    weights:
      'weights in a file of their own; write them in the layers, or remove them to draw new ones from the seed',
  },
  snippets: networkSnippets,
});
