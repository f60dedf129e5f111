/** The notation profiles: how different authors write the same numbers. */
import type { NotationName } from '../network/network';
import type { NotationProfile } from './notationProfile';

export type { LayerPlace, NotationProfile } from './notationProfile';

/** A notation as somebody reads it: as it is, or with the bias as weight 0 of a unit that is always 1. */
export type Notation = NotationName | `${NotationName}+w0`;

const unnamed = { outputError: '', hiddenError: '', bias: '', weight: '' };

/** Nielsen, "Neural Networks and Deep Learning", chapter 2: layers as superscripts, input is layer 1. */
const nielsen: NotationProfile = {
  name: 'nielsen',
  indexBase: 1,
  inputLayer: 1,
  neurons: 'layer',
  neuronLayer: 'superscript',
  weightLayer: 'superscript',
  weightLayerOf: 'target',
  names: {
    activation: 'a',
    weightedInput: 'z',
    weight: 'w',
    bias: 'b',
    target: 'y',
    error: 'δ',
    learningRate: 'η',
    clipFactor: 'κ',
    sampleLoss: 'C',
    batchLoss: 'C',
    // His book's C₀ (chapter 3). Elsewhere C₀ would be the share of the first output, or one more index.
    dataPart: '0',
    sample: 'x',
    samples: 'n',
    sigmoid: 'σ',
    activationFunction: 'f',
  },
  bias: { style: 'vector' },
  errorSign: 1,
  update: 'gradient',
  vectors: 'columns',
  equations: { outputError: 'BP1', hiddenError: 'BP2', bias: 'BP3', weight: 'BP4' },
};

/** Ng: Θ⁽ʲ⁾ leads from layer j to j + 1, the bias is its column 0, the loss is J. */
const ng: NotationProfile = {
  ...nielsen,
  name: 'ng',
  neuronLayer: 'parenthesis',
  weightLayer: 'parenthesis',
  weightLayerOf: 'source',
  names: {
    ...nielsen.names,
    weight: 'Θ',
    learningRate: 'α',
    sampleLoss: 'J',
    batchLoss: 'J',
    dataPart: 'data',
    sample: 'i',
    samples: 'm',
    sigmoid: 'g',
    activationFunction: 'g',
  },
  bias: { style: 'column', index: '0', unit: true, place: 'first' },
  equations: unnamed,
};

/** Chain rule with everything counted from 0; ∂C/∂z has no letter of its own. */
const chain0: NotationProfile = {
  ...nielsen,
  name: 'chain0',
  indexBase: 0,
  inputLayer: 0,
  neuronLayer: 'prefix',
  names: {
    ...nielsen.names,
    output: 'o',
    error: undefined,
    batchLoss: 'L',
    dataPart: 'data',
    sample: 'n',
    samples: 'N',
  },
  broadcasts: true,
  equations: { outputError: '(56)', hiddenError: '(47)', bias: '(62)', weight: '(36)' },
};

/** Zybuluo: nodes numbered through the whole network, δ = −∂E/∂net, so the update adds. */
const zybuluo: NotationProfile = {
  ...nielsen,
  name: 'zybuluo',
  inputLayer: 0,
  neurons: 'network',
  neuronLayer: 'none',
  weightLayer: 'none',
  names: {
    ...nielsen.names,
    input: 'x',
    output: 'y',
    weightedInput: 'net',
    target: 't',
    sampleLoss: 'E',
    batchLoss: 'E',
    dataPart: 'data',
    sample: 'd',
    samples: 'N',
    sigmoid: 'sigmoid',
  },
  bias: { style: 'column', index: 'b', unit: false, place: 'last' },
  errorSign: -1,
  update: 'error',
  equations: { outputError: '(4.1)', hiddenError: '(4.3)', bias: '', weight: '(4.12)' },
};

/** Three indices: layer, target, source; rows as vectors, x·wᵀ. */
const triple: NotationProfile = {
  ...nielsen,
  name: 'triple',
  inputLayer: 0,
  neuronLayer: 'prefix',
  weightLayer: 'prefix',
  names: {
    ...nielsen.names,
    activation: 'H',
    input: 'x',
    output: 'OUTPUT',
    target: 'T',
    learningRate: 'α',
    sampleLoss: 'J',
    batchLoss: 'J',
    dataPart: 'data',
    // x is an input.
    sample: 's',
  },
  vectors: 'rows',
  equations: unnamed,
};

/** Words instead of letters, and the indices of the file: weight₀₂₁ is `layers[0].weights[2][1]`. */
const plain: NotationProfile = {
  ...nielsen,
  name: 'plain',
  indexBase: 0,
  inputLayer: -1,
  neuronLayer: 'prefix',
  weightLayer: 'prefix',
  names: {
    activation: 'out',
    input: 'in',
    weightedInput: 'sum',
    weight: 'weight',
    bias: 'bias',
    target: 'target',
    error: 'error',
    learningRate: 'rate',
    clipFactor: 'clip',
    sampleLoss: 'loss',
    batchLoss: 'loss',
    dataPart: 'data',
    sample: 'i',
    samples: 'n',
    sigmoid: 'sigmoid',
    activationFunction: 'f',
  },
  equations: unnamed,
};

const profiles: { readonly [K in NotationName]: NotationProfile } = {
  nielsen,
  ng,
  chain0,
  zybuluo,
  triple,
  plain,
};

const withBiasAsWeight = new Map(
  Object.values(profiles).map(profile => [notationOf(profile.name, true), biasAsWeight(profile)]),
);

/**
 * Weight 0 of the unit 0. Where neurons count from 0, that is the first neuron's weight already: there it is the
 * weight b of the unit b.
 */
function biasAsWeight(profile: NotationProfile): NotationProfile {
  const index = profile.indexBase === 0 && profile.neurons === 'layer' ? 'b' : '0';
  const place = index === '0' ? 'first' : 'last';
  return { ...profile, bias: { style: 'column', index, unit: true, place } };
}

/** The notation of this name, where it is wanted with the bias as a weight. */
export function notationOf(name: NotationName, asWeight: boolean): Notation {
  return asWeight ? `${name}+w0` : name;
}

/** The table of this profile; the same object each time. */
export function profileOf(notation: Notation): NotationProfile {
  return withBiasAsWeight.get(notation) ?? profiles[notation as NotationName];
}

/** In short, also with the choice for the bias: nielsen, nielsen (b = w₀). */
export function notationTitle(notation: Notation): string {
  const { name, bias } = profileOf(notation);
  if (name === notation || bias.style === 'vector') return name;
  return `${name} (b = w${bias.index === '0' ? '₀' : '_b'})`;
}

/** In the order in which they are offered. */
export function availableNotations(): readonly NotationName[] {
  return Object.values(profiles).map(profile => profile.name);
}
