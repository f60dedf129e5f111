/**
 * What a new network begins as. Networks that are examples too are read from there, so that none is written
 * twice; their numbers come from the notes in whose notation they are shown.
 */
import chain from '../../media/examples/chain-2-3-2-2.nn.json';
import linear from '../../media/examples/linear-3-3-2.nn.json';
import nielsen from '../../media/examples/nielsen-2-4-2.nn.json';
import rates from '../../media/examples/rates-3-3-2-1.nn.json';
import reference from '../../media/examples/reference-3-4-2.nn.json';
import spiral from '../../media/examples/spiral.nn.json';
import type { JsonValue } from './json';
import { formatJson } from './write';

export type TemplateName =
  | 'blank'
  | 'xor'
  | 'spiral'
  | 'sine'
  /** 3-4-2 with known gradients: the delta rule with global neuron numbers. */
  | 'reference'
  /** 2-3-2-2: the chain rule, everything counted from 0. */
  | 'chain'
  /** 3-3-2 of linear neurons, with a penalty. */
  | 'linear'
  /** 3-3-2-1 with a learning rate of its own for each layer. */
  | 'rates'
  /** 2-4-2 with the quadratic cost, in mini-batches. */
  | 'nielsen';

const dense = (units: number, activation: string): JsonValue => ({
  type: 'dense',
  units,
  activation,
});

const templates: { readonly [K in TemplateName]: object } = {
  blank: {
    version: 1,
    name: 'New network',
    seed: 1,
    input: { shape: [2] },
    layers: [dense(3, 'sigmoid'), dense(1, 'sigmoid')],
    loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
    training: { optimizer: { type: 'sgd', learningRate: 0.5 }, batchSize: 'all', epochs: 500 },
  },
  xor: {
    version: 1,
    name: 'XOR',
    seed: 1,
    input: { shape: [2], names: ['x1', 'x2'] },
    layers: [dense(4, 'tanh'), dense(1, 'sigmoid')],
    loss: { type: 'binaryCrossEntropy', reduction: 'mean' },
    training: { optimizer: { type: 'sgd', learningRate: 0.5 }, batchSize: 'all', epochs: 1000 },
    data: {
      inline: [
        { x: [0, 0], y: [0] },
        { x: [0, 1], y: [1] },
        { x: [1, 0], y: [1] },
        { x: [1, 1], y: [0] },
      ],
    },
  },
  spiral,
  sine: {
    version: 1,
    name: 'Sine',
    seed: 1,
    input: { shape: [1], names: ['x'] },
    layers: [dense(12, 'tanh'), dense(1, 'linear')],
    loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
    training: { optimizer: { type: 'adam', learningRate: 0.01 }, batchSize: 32, epochs: 500 },
    data: { generator: 'sine', samples: 200, noise: 0.05, split: { validation: 0.2 } },
  },
  reference,
  chain,
  linear,
  rates,
  nielsen,
};

export const templateNames = Object.keys(templates) as readonly TemplateName[];

/** The text of a new file. */
export function newNetworkText(kind: TemplateName): string {
  return formatJson(templates[kind] as JsonValue);
}
