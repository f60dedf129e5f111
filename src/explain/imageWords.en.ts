import type { ImageLayer, ImageWords } from './imageWords';

const kindOf = ({ number, kind }: ImageLayer): string => `layer ${number} (${kind})`;

const layers: { readonly [K in ImageLayer['type']]: (of: ImageLayer) => string } = {
  conv2d: of =>
    `${of.filters} ${of.filters === 1 ? 'filter' : 'filters'} of ${of.window} over an image of ${of.from}, which becomes ${of.to}`,
  maxPool2d: of => `the largest of each ${of.window}, ${of.from} becomes ${of.to}`,
  averagePool2d: of => `the mean of each ${of.window}, ${of.from} becomes ${of.to}`,
  flatten: of => `the image of ${of.from} as a list of ${of.units} values`,
  dropout: of => `dropout of ${of.rate}, ${of.units} values`,
  batchNorm: of =>
    of.filters > 0
      ? `batch normalisation of each channel of an image of ${of.from}`
      : `batch normalisation of ${of.units} ${of.units === 1 ? 'value' : 'values'}`,
};

/** English. */
export const imageEnglish: ImageWords = {
  place: ({ row, column, channel }) =>
    `row ${row}, column ${column}${channel === undefined ? '' : `, map ${channel}`}`,
  weight: (filter, layer, { row, column, channel }) =>
    `weight of filter ${filter} of layer ${layer}, at row ${row}, column ${column}${channel === undefined ? '' : ` for map ${channel}`}`,
  bias: (filter, layer) => `bias of filter ${filter} of layer ${layer}`,
  layer: of => `${kindOf(of)} · ${layers[of.type](of)}`,
  uses: (used, places) =>
    used === places
      ? `used at ${places} ${places === 1 ? 'place' : 'places'}`
      : `used at ${used} of ${places} places, at the others over the padding`,
  largest: neuron => `the largest value under the window is that of ${neuron}`,
  average: size => `divided by all ${size} numbers of the window, padding counts as 0`,
  dropout: (rate, kept) =>
    `While training, each value is set to 0 with a probability of ${rate}, and those that stay are divided by ${kept}. Here, as in every evaluation, nothing is dropped.`,
  feature: (number, isChannel) => `${isChannel ? 'channel' : 'feature'} ${number}`,
  gamma: (feature, layer) => `γ of ${feature} of layer ${layer}`,
  beta: (feature, layer) => `β of ${feature} of layer ${layer}`,
  batchNorm:
    'While training, mean and variance are those of the batch, and the gradient goes through them. Here, as in every evaluation, they are the running ones, which each step moves towards those of its batch.',
  normalised: 'normalised',
  running: 'μ, v: running mean and variance',
  shownPlace: ({ row, column }) =>
    `One place of the image is shown: row ${row}, column ${column}. Each row of the weights is a filter; every place uses the same ones.`,
  notes: {
    window: 'p: the place of the neuron, k: the numbers of its window',
    places: 'p: every place of the filter, p+k: what is under this weight there',
    channel: 'p: every place of the channel',
    featureChain:
      'all places of the channel share it: it acts on the loss through all of their weighted inputs',
    seenBy: 'p: the neurons whose windows see this one, m: their filters',
    largestOnly: 'p: only the windows in which this value is the largest',
    sharedChain:
      'the filter is the same at every place: it acts on the loss through all of their weighted inputs',
    underWeight: 'what is under the weight at that place',
    noLargest:
      'This value is in no window the largest: it does not go on, and no error comes back to it.',
    otherPlaces: 'the other places',
    sentBack: 'What all windows that see a neuron send back to it, added up.',
  },
};
