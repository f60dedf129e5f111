import { plural } from '../words.en';
import type { LabWords, NamedFactor } from './words';

const list = (items: readonly string[]): string =>
  items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;

function factor(found: NamedFactor): string {
  switch (found.type) {
    case 'slope':
      return `f′(z) of layer${found.layers.length === 1 ? '' : 's'} ${list(found.layers)} is missing`;
    case 'sign':
      return 'the sign is flipped';
    case 'constant':
      return constant(found);
    case 'transpose':
      return 'W stands where Wᵀ belongs';
    case 'biasSum':
      return 'the bias takes the last sample, not the sum over all';
    case 'penaltyForgotten':
      return 'the penalty is missing';
    case 'penaltyOnBiases':
      return 'biases are penalised, which the loss does not do';
  }
}

function constant({ value, of }: Extract<NamedFactor, { type: 'constant' }>): string {
  if (of === 'both')
    return `the factor ${value}: either 1/m is missing (m = ${value}) or the ½ of the loss`;
  if (of === 'reduction') return `1/m is missing: ${value} times too large`;
  return value === 2
    ? 'the factor 2: the ½ of the loss is forgotten'
    : 'the factor ½: the 2 from the square is forgotten';
}

/** English. */
export const labEnglish: LabWords = {
  presets: {
    standard: 'Standard backpropagation',
    note000Hidden: 'Note 000: hidden δ without f′',
    note000All: 'Note 000: no f′ in any layer',
    note004: 'Note 004: δ by weights only, f′ at the update',
    own: 'A rule of your own',
  },
  slopes: {
    kept: 'keep it everywhere',
    hidden: 'drop it in hidden layers',
    output: 'drop it in the output layer',
    all: 'drop it everywhere',
    update: 'use it only at the update',
  },
  penalties: {
    kept: 'as in the loss',
    forgotten: 'forget it',
    biases: 'on biases, too',
  },
  switches: {
    sign: 'Flip the sign',
    reduction: 'Forget 1/m',
    lossFactor: 'Forget the ½ (or 2) of the loss',
    transpose: 'Use W in place of Wᵀ',
    biasSum: 'Forget the sum over samples for biases',
  },
  idle: {
    linear: 'Every activation is linear here: f′(z) = 1.',
    oneSample: 'With one sample there is nothing to sum or divide.',
    ownLoss: 'A sample’s own loss has no 1/m and no penalty: choose the training samples.',
    sum: 'This loss is a sum over samples: there is no 1/m.',
    noFactor: 'This loss has no ½ and no 2.',
    noSquare: 'Not possible here: no weights that δ goes back through are square.',
    noBias: 'This network has no biases.',
    noPenalty: 'There is no penalty here.',
    penalised: 'The penalty of this file takes biases already.',
  },
  formulas: {
    lossSlope: 'effect of an output',
    outputError: 'output error',
    hiddenError: 'hidden error',
    weights: 'weights',
    biases: 'biases',
  },
  columns: ['layer', 'rule ÷ right', 'failing/checked', 'found'],
  standardFormula: 'standard',
  ruleFormula: 'this rule',
  linearSlope: 'linear: the derivative is 1',
  softmaxSlope: 'softmax: to leave out f′ is to leave out its whole Jacobian',
  fusedSlope: 'no f′ stands here by itself; without it only ∂C/∂a is left',
  lastSample: 'of the last sample',
  layer: number => `layer ${number}`,
  ratio: (range, side) =>
    `${range} ×${side === 'larger' ? ' too large' : side === 'smaller' ? ' too small' : ''}`,
  exact: 'exact',
  noRatio: 'the right gradient is 0',
  right: 'nothing is missing',
  zero: 'both are 0',
  unknown: 'no simple factor',
  factor,
  isStandard: 'This is backpropagation: every ratio is 1.',
  linearOnly:
    'It comes out right, because every activation is linear here: f′(z) = 1, so leaving it out changes nothing. Try it with sigmoid.',
  changesNothing: 'It comes out right: what this rule leaves out changes no number here.',
  blindness: {
    unitSlopes:
      'each f′(z) that is left out is 1, as that of tanh at z = 0, and times 1 changes nothing',
    noInput: 'every input is 0, so the first weights have the gradient 0, with f′ or without',
  },
  onSample: reasons =>
    `It comes out right, but ${reasons.length > 0 ? `this sample cannot show what is missing: ${reasons.join('; ')}` : 'perhaps on this sample alone'}. Try another sample, or the training samples.`,
  missing: factors => `Found from the numbers: ${factors.join('; ')}.`,
  slopeMissing: 'the derivative of the activation, f′(z), is missing',
  sigmoidBound:
    'The f′ of a sigmoid is at most ¼: every path without it counts at least 4 times too much.',
  unexplained: layers =>
    `No simple factor explains the numbers of layer${layers.length === 1 ? '' : 's'} ${list(layers)}.`,
  agrees: (checked, samples) =>
    `Gradcheck agrees: all ${plural(checked, 'gradient')} on ${plural(samples, 'sample')}`,
  fails: (failed, checked, samples) =>
    `Gradcheck fails: ${failed} of ${plural(checked, 'gradient')} on ${plural(samples, 'sample')}`,
  worst: (error, place) => `worst relative error ${error} at ${place}`,
  unsure: count => `${count} at a kink or behind a step, not counted`,
  joined: parts => `${parts.join('; ')}.`,
  several: mistakes => mistakes.join('; '),
  someOf: (checked, parameters) => `${checked} of ${parameters} parameters compared`,
};
