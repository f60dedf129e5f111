/**
 * Everything a network file may contain, written once: types, limits, defaults and one line about each.
 *
 * The structure check, the defaults of the parser, the JSON Schema and the designer's form are made from it.
 */
import { expectSetting } from './expectation';
import { layerSetting } from './layerCatalog';
import { limits } from './limits';
import type {
  GeneratorName,
  LossName,
  Normalize,
  NotationName,
  OptimizerName,
  PenaltyScale,
  Precision,
  Reduction,
  ScheduleName,
} from './network';
import { choice, count, flag, group, list, number, part, text } from './setting';
import type { GroupSetting, NumberOrWordSetting, TextSetting } from './setting';
import { dataSnippets, networkSnippets, optimizerSnippets, scheduleSnippets } from './snippets';
import { defaultsBy, descriptions, generators, losses, optimizers, schedules } from './vocabulary';

export { initializerSettings, layerGroups } from './layerCatalog';
export { limits };

/** The version of the file format that this program writes and reads. */
export const FORMAT_VERSION = 1;

export const optimizerSettings = {
  type: choice<OptimizerName>('How a gradient becomes a step.', descriptions(optimizers), {
    default: 'sgd',
  }),
  learningRate: number('Length of a step: how much of the gradient is subtracted.', {
    default: 0.1,
    defaults: defaultsBy(optimizers, 'learningRate', 0.1),
    minimum: 0,
  }),
  momentum: part('sgd: part of the last step that is repeated.', 0),
  nesterov: flag('sgd: look ahead along the momentum.', false),
  decay: part('rmsprop: part of the mean square that is kept.', 0.99),
  beta1: part('adam, adamw: part of the mean gradient that is kept.', 0.9),
  beta2: part('adam, adamw: part of the mean square that is kept.', 0.999),
  epsilon: number('rmsprop, adagrad, adam, adamw: keeps the division away from zero.', {
    default: 1e-8,
    defaults: defaultsBy(optimizers, 'epsilon', 1e-8),
    above: 0,
  }),
  weightDecay: number('adamw: times the learning rate, the part of a weight lost at each step.', {
    default: 0.01,
    minimum: 0,
  }),
};

export const scheduleSettings = {
  type: choice<ScheduleName>(
    'The rate s(e) of epoch e, which counts completed epochs from 0; η₀ is the learning rate of the optimizer.',
    descriptions(schedules),
    { default: 'constant' },
  ),
  every: count('step: epochs between two steps.', { default: 10 }),
  factor: number('step, exponential: what the rate is multiplied by.', {
    default: 0.5,
    defaults: defaultsBy(schedules, 'factor', 0.5),
    above: 0,
    maximum: 1,
  }),
  minimum: number('cosine: the rate at the end, a rate like that of the optimizer.', {
    default: 0,
    minimum: 0,
  }),
  warmUp: number(
    'Epochs until the whole rate is used: that of epoch e is s(e) · min(1, (e + 1) / warmUp).',
    { default: 0, integer: true, minimum: 0 },
  ),
};

export const lossSettings = {
  type: choice<LossName>('The loss of one sample.', descriptions(losses), {
    default: 'meanSquaredError',
  }),
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

export const clipSettings = {
  norm: number(
    'A gradient that is longer than this over all parameters is shortened: g · min(1, norm / (‖g‖ + 10⁻⁶)).',
    { ...unset, above: 0 },
  ),
  value: number('Each number of the gradient is kept between −value and value.', {
    ...unset,
    above: 0,
  }),
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
  schedule: group('How the learning rate changes from epoch to epoch.', scheduleSettings, {
    shorthand: 'type',
    snippets: scheduleSnippets,
  }),
  clip: group(
    'Limits a gradient before the optimizer takes it: its norm, or each of its numbers.',
    clipSettings,
  ),
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

const idxFile = (what: string): TextSetting =>
  text(`${what}: an IDX file, also packed (.gz), named relative to this file.`, columns);

export const idxSettings = {
  images: idxFile('The inputs, bytes from 0 to 255 as numbers from 0 to 1'),
  labels: idxFile('The number of the class of each sample, or its target'),
};

export const splitSettings = {
  validation: part('Part of the samples that validates, from 0 to below 1.', 0),
};

export const dataSettings = {
  inline: list('The samples, written in this file.', sample),
  generator: choice<GeneratorName>(
    'A made set of samples, the same for the same seed.',
    descriptions(generators),
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
  idx: group('Two files of the format that MNIST comes in.', idxSettings, {
    required: ['images', 'labels'],
  }),
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
  idx: ['idx'],
};

export const weightsSettings = {
  file: text('A safetensors file, named relative to this file, with "/" between folders.', {
    minimumLength: 1,
  }),
  sha256: text('The SHA-256 of that file: other numbers under its name are noticed.', {
    pattern: { source: '^[0-9a-f]{64}$', words: '64 hexadecimal digits in lower case' },
  }),
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
  layers: list('The layers, from the first after the input to the output.', layerSetting, {
    minimumLength: 1,
    maximumLength: limits.layers,
    advice: { short: 'add one such as { "type": "dense", "units": 1 }' },
  }),
  loss: group('What training makes small.', lossSettings),
  regularization: group(
    'A penalty on large weights, part of the shown loss.',
    regularizationSettings,
  ),
  training: group('How the network is trained.', trainingSettings),
  weights: group(
    'The weights and biases that are not in the layers, in a file of their own.',
    weightsSettings,
    { required: ['file', 'sha256'] },
  ),
  data: group('Where the samples come from.', dataSettings, {
    oneOf: Object.keys(dataSources),
    snippets: dataSnippets,
  }),
  expect: expectSetting,
};

/** The whole file. */
export const catalog: GroupSetting = group('A neural network, for Nabla.', networkSettings, {
  required: ['input', 'layers'],
  snippets: networkSnippets,
});
