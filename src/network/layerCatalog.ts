/** The part of the catalogue about layers: the settings of each type of layer. */
import { INPUT_ID } from './graph';
import { limits } from './limits';
import type { ActivationName, InitializerName, LayerType, Padding } from './network';
import { choice, count, flag, group, list, number, part, text } from './setting';
import type { GroupSetting, Rest, ListSetting, VariantsSetting } from './setting';
import { layerSnippets } from './snippets';
import { activations, descriptions, initializers } from './vocabulary';

export const initializerSettings = {
  type: choice<InitializerName>(
    'How weights that are not in the file are drawn. Biases start at 0.',
    descriptions(initializers),
    { default: 'xavierUniform' },
  ),
  value: number('constant: the value of every weight.', { default: 0 }),
  scale: number('uniform: half of the width; normal: the standard deviation.', {
    default: 1,
    minimum: 0,
  }),
};

/** What every layer has, whatever its type. */
const { type, id, activation } = {
  type: choice<LayerType>('What the layer does.', {
    dense: 'Every neuron is connected with every value of the layer above',
    add: 'Sum of equally long layers: neuron j adds up the values j of its sources',
    concat: 'The values of its sources, one source behind the other',
    conv2d: 'Filters that slide over an image: one number per filter and place',
    maxPool2d: 'The largest value of each window of an image, channel by channel',
    averagePool2d: 'The mean of each window of an image, channel by channel',
    flatten: 'An image as a plain list of its values',
    dropout: 'While training, drops values at random and enlarges the others',
    batchNorm:
      'Each feature, or channel of an image, with the mean 0 and the variance 1, then γ and β',
  }),
  id: text('A name for the layer, by which `from` of the layers below calls it.', {
    minimumLength: 1,
    maximumLength: limits.id,
    reserved: { [INPUT_ID]: `the network's input` },
  }),
  activation: choice<ActivationName>(
    'The function from the weighted input z to the activation a.',
    descriptions(activations),
    { default: 'linear' },
  ),
};

const source = text(`The id of a layer above, or "${INPUT_ID}".`, { minimumLength: 1 });

const sources = (description: string, rest: Rest<ListSetting>): ListSetting =>
  list(description, source, rest);

/** Of every type but those that join: one source. */
const fromOne = (noun: string): ListSetting =>
  sources('Where its values come from; left out: from the layer above.', {
    minimumLength: 1,
    maximumLength: 1,
    single: true,
    advice: {
      short: 'name the layer it takes its values from, or remove "from" for the layer above',
      long: `${noun} has one source; join several with an "add" or "concat" layer first`,
    },
  });
const from = fromOne('this layer');

/** Of every type with weights. */
const parametric = {
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

/** In the order in which they are written, and shown in forms. */
export const denseSettings = {
  type,
  id,
  from: fromOne('a dense layer'),
  units: count('Number of neurons.', { maximum: limits.units }),
  activation,
  ...parametric,
};

/** Height and width; a list of two. */
const extent = (description: string, of: string): ListSetting =>
  list(description, count(of, { maximum: limits.window }), { minimumLength: 2, maximumLength: 2 });

const padding = choice<Padding>(
  'What the window may see at the edges of the image.',
  {
    valid: 'Only what is there: the image gets smaller',
    same: 'Zeros around it: with stride 1 the image keeps its size',
  },
  { default: 'valid' },
);

export const convSettings = {
  type,
  id,
  from,
  filters: count('Number of filters: channels of the image that goes out.', {
    maximum: limits.units,
  }),
  kernel: extent('Height and width of the window.', 'Rows or columns of the window.'),
  stride: extent(
    'Steps of the window, down and to the right; left out: [1, 1].',
    'Rows or columns of a step.',
  ),
  padding,
  activation,
  ...parametric,
  useBias: flag('Whether each filter has a bias.', true),
  weights: list(
    'One row per filter: its columns count through the rows, columns and channels of the window, the channel fastest.',
    list('The weights of one filter.', number('The weight at this place of the window.')),
  ),
  bias: list('One bias per filter.', number('The bias of this filter.')),
};

export const poolSettings = {
  type,
  id,
  from,
  size: extent('Height and width of the window.', 'Rows or columns of the window.'),
  stride: extent(
    'Steps of the window, down and to the right; left out: the size of the window.',
    'Rows or columns of a step.',
  ),
  padding,
};

export const flattenSettings = { type, id, from };

export const dropoutSettings = {
  type,
  id,
  from,
  rate: part('The probability with which a value is dropped while training.', 0.5),
};

export const batchNormSettings = {
  type,
  id,
  from,
  epsilon: number('ε in z = γ (x − μ) / √(σ² + ε) + β: keeps the root away from 0.', {
    default: 1e-5,
    above: 0,
    maximum: 1,
  }),
  momentum: number(
    'The part of the batch that each step brings into the running mean and variance.',
    {
      default: 0.1,
      above: 0,
      maximum: 1,
    },
  ),
  activation,
  useBias: flag('Whether each feature has a bias β.', true),
  learningRateScale: parametric.learningRateScale,
  weights: list(
    'γ: one row of one number per feature, for an image per channel; left out: 1.',
    list('The weight of one feature.', number('γ of this feature.')),
  ),
  bias: list('β: one number per feature; left out: 0.', number('β of this feature.')),
  mean: list(
    'The running mean of each feature, with which is predicted; left out: 0.',
    number('The running mean of this feature.'),
  ),
  variance: list(
    'The running variance of each feature, with which is predicted; left out: 1.',
    number('The running variance of this feature.', { minimum: 0 }),
  ),
};

const several = {
  minimumLength: 2,
  maximumLength: limits.sources,
  advice: { short: 'name two or more layers, or "input"' },
};

export const mergeSettings = {
  type,
  id,
  from: sources('The layers that are joined: two or more, in this order.', several),
  activation,
};

/** The settings of each type of layer. */
export const layerGroups: { readonly [K in LayerType]: GroupSetting } = {
  dense: group(
    'A layer: every neuron is connected with every value of the layer above.',
    denseSettings,
    { required: ['type', 'units'] },
  ),
  add: group('A layer that adds up equally long sources: z = Σ; no parameters.', mergeSettings, {
    required: ['type', 'from'],
  }),
  concat: group(
    'A layer that puts its sources one behind the other; no parameters.',
    mergeSettings,
    { required: ['type', 'from'] },
  ),
  conv2d: group('A layer of filters that slide over an image.', convSettings, {
    required: ['type', 'filters', 'kernel'],
  }),
  maxPool2d: group('A layer of the largest value of each window of an image.', poolSettings, {
    required: ['type', 'size'],
  }),
  averagePool2d: group('A layer of the mean of each window of an image.', poolSettings, {
    required: ['type', 'size'],
  }),
  flatten: group('A layer that makes a plain list of an image.', flattenSettings, {
    required: ['type'],
  }),
  dropout: group('A layer that drops values at random while training.', dropoutSettings, {
    required: ['type', 'rate'],
  }),
  batchNorm: group(
    'A layer that gives each feature, or channel of an image, the mean β and the deviation γ.',
    batchNormSettings,
    { required: ['type'] },
  ),
};

/** One layer; its `type` says which settings it has. */
export const layerSetting: VariantsSetting = {
  kind: 'variants',
  description: 'A layer.',
  by: 'type',
  groups: layerGroups,
  usual: 'dense',
  snippets: layerSnippets,
};
