/** What a new network begins as. */
import type { JsonValue } from './json';
import { formatJson } from './write';

export type TemplateName = 'blank' | 'xor' | 'spiral' | 'sine';

const dense = (units: number, activation: string): JsonValue => ({
  type: 'dense',
  units,
  activation,
});

const templates: { readonly [K in TemplateName]: JsonValue } = {
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
  spiral: {
    version: 1,
    name: 'Spiral',
    seed: 1,
    input: { shape: [2], names: ['x1', 'x2'] },
    layers: [dense(16, 'tanh'), dense(16, 'tanh'), dense(1, 'sigmoid')],
    loss: { type: 'binaryCrossEntropy', reduction: 'mean' },
    training: { optimizer: { type: 'adam', learningRate: 0.01 }, batchSize: 32, epochs: 300 },
    data: { generator: 'spiral', samples: 400, noise: 0.02, split: { validation: 0.2 } },
  },
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
};

export const templateNames = Object.keys(templates) as readonly TemplateName[];

/** The text of a new file. */
export function newNetworkText(kind: TemplateName): string {
  return formatJson(templates[kind]);
}
