import type { NeuronAlarm } from '../engine/health/alarm';
import type { HealthWords, PlaceName, Seen } from './healthWords';
import { formatNumber, formatPercent } from './numbers';

const neurons = ({ count, units, layer, filters }: NeuronAlarm, at: PlaceName): string =>
  `${count} of ${units} ${filters ? 'filters' : 'neurons'} of ${at(layer)}`;

const are = ({ count }: NeuronAlarm): string => (count === 1 ? 'is' : 'are');

const rows = ({ rows: first, count }: NeuronAlarm): string =>
  `${count === 1 ? 'row' : 'rows'} ${first.join(', ')}${count > first.length ? ' …' : ''}`;

const each = ({ samples, training }: Seen): string =>
  samples === training
    ? `all ${samples} training samples`
    : `all of ${samples} samples looked at, of ${training}`;

const percent = (share: number): string => formatPercent(share, 2);

/** English. */
export const english: HealthWords = {
  layer: (number, place) => `layer ${number} (${place})`,
  names: {
    dead: 'Dead neurons',
    saturated: 'Saturated neurons',
    symmetric: 'Symmetric neurons',
    vanishing: 'Vanishing gradient',
    exploding: 'Exploding gradient',
    penalty: 'Penalty dominates',
    rate: 'Rate too high',
    unsteady: 'Loss comes no further',
  },
  why: {
    dead: 'With f′(z) = 0 no error gets to their weights: they stay as they are.',
    saturated:
      'Nearly nothing of the error gets to their weights. Where the loss is low already, that does no harm.',
    symmetric:
      'They get equal gradients, stay copies of each other for ever, and do the work of one.',
    vanishing: 'The layer learns many times slower than the last one, or not at all.',
    exploding: 'A step that suits the last layer throws this one far away.',
    penalty: 'The weights shrink towards 0, whatever the data say.',
    rate: 'Such a step does not follow the gradient, it jumps over the place that it points to.',
    unsteady: 'The steps jump over the minimum, back and forth.',
  },
  remedy: {
    dead: 'Try leakyRelu or a smaller learning rate, or start the layer anew.',
    saturated: 'Start the layer anew with smaller weights, or try a smaller learning rate.',
    symmetric: 'Start the layer anew with random weights.',
    vanishing: 'Try relu, whose slope is 1, or fewer layers.',
    exploding: 'Start the layer anew with smaller weights, or try a smaller learning rate.',
    penalty: 'Try a smaller λ.',
    rate: 'Try a smaller learning rate.',
    unsteady: 'Try a smaller learning rate.',
  },
  dead: (alarm, seen, at) =>
    `${neurons(alarm, at)} ${are(alarm)} dead: f′(z) = 0 on ${each(seen)} (${rows(alarm)}).`,
  saturated: (alarm, { samples }, at) =>
    `${neurons(alarm, at)} ${are(alarm)} saturated: |f′(z)| < 0.01 on most of ${samples} samples (${rows(alarm)}).`,
  symmetric: (alarm, at) =>
    `${neurons(alarm, at)} are equal to another one: incoming weights, bias and outgoing weights are the same numbers (${rows(alarm)}).`,
  vanishing: ({ layer, norm, last }, at) =>
    `The gradient vanishes: |∂C/∂W| is ${formatNumber(norm)} in ${at(layer)} and ${formatNumber(last.norm)} in ${at(last.layer)}.`,
  exploding: ({ layer, norm, last }, at) =>
    `The gradient explodes: |∂C/∂W| is ${formatNumber(norm)} in ${at(layer)} and ${formatNumber(last.norm)} in ${at(last.layer)}.`,
  penalty: ({ data, penalty }) =>
    `The penalty dominates: its gradient has the norm ${formatNumber(penalty)}, that of the data ${formatNumber(data)}.`,
  rate: ({ layer, ratio }, at) =>
    `The learning rate is too high: the next update of ${at(layer)} is ${percent(ratio)} as large as its weights.`,
  unsteady: ({ swing, epochs }) =>
    `The loss comes no further: over the last ${epochs} recorded epochs it changed by ${percent(swing)} from one to the next and did not fall.`,
  fixes: {
    reinitialise: ({ layer, random }, at) =>
      random
        ? `Start ${at(layer)} anew with random weights from the seed`
        : `Start ${at(layer)} anew from the seed`,
    activation: ({ layers, activation }, at) =>
      layers.length === 1
        ? `Set the activation of ${at(layers[0])} to ${activation}`
        : `Set the activation of ${layers.length} layers to ${activation}`,
    rate: ({ value }) => `Set the learning rate to ${formatNumber(value)}`,
    penalty: ({ value }) => `Set λ to ${formatNumber(value)}`,
  },
};
