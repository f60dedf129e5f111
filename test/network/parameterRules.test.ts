/** What is told of written weights, biases and statistics that do not fit: whole, and nothing else. */
import { describe, it } from 'vitest';
import { layer, network } from './support/marked';
import { expectOnly } from './support/told';
import type { Told } from './support/told';

const layers = (...texts: string[]) => network({ layers: `[${texts.join(',\n')}]` });
const image = (members: string) =>
  network({
    input: '{ "shape": [3, 4, 2] }',
    layers: `[{ "type": "conv2d", "filters": 2, "kernel": [2, 1], ${members} }]`,
  });
const norm = (members: string, shape = '[2]') =>
  network({ input: `{ "shape": ${shape} }`, layers: `[{ "type": "batchNorm", ${members} }]` });
const dense = '{ "type": "dense", "units": 3 }';
const list = (count: number, value = '0') => `[${Array<string>(count).fill(value).join(', ')}]`;

const rows: readonly Told[] = [
  // rows
  [
    'error weights.rows layers[0].weights',
    layer('"units": 3, «"weights"»: [[1, 2], [3, 4]]'),
    'layers[0].weights has 2 rows, units is 3: set units to 2, or add 1 row.',
  ],
  [
    'error weights.rows layers[0].weights',
    layer('"units": 3, «"weights"»: []'),
    'layers[0].weights has 0 rows, units is 3: add 3 rows.',
  ],
  [
    'error weights.rows layers[0].weights',
    layer('"units": 1, "weights": [[1, 2], «[3, 4]»]'),
    'layers[0].weights has 2 rows, units is 1: set units to 2, or remove 1 row.',
  ],
  [
    'error weights.rows layers[0].weights',
    layer('"units": 1, "weights": [[1, 2], «[3, 4], [5, 6]»]'),
    'layers[0].weights has 3 rows, units is 1: set units to 3, or remove 2 rows.',
  ],
  [
    'error weights.rows layers[0].weights',
    image(`«"weights"»: [${list(4)}]`),
    'layers[0].weights has 1 row, filters is 2: set filters to 1, or add 1 row.',
  ],
  [
    'error weights.rows layers[0].weights',
    norm('«"weights"»: [[1]]'),
    'layers[0].weights has 1 row, the number of features is 2: add 1 row.',
  ],
  [
    'error weights.rows layers[0].weights',
    norm('"weights": [[1], [1], «[1]»]'),
    'layers[0].weights has 3 rows, the number of features is 2: remove 1 row.',
  ],
  [
    'error weights.rows layers[1].weights',
    layers(dense, '{ "type": "dense", "units": 2, «"weights"»: [[1, 2, 3]] }'),
    'layers[1].weights has 1 row, units is 2: set units to 1, or add 1 row.',
  ],
  // columns
  [
    'error weights.columns layers[0].weights[1]',
    layer('"units": 2, "weights": [[1, 2], «[3]»]'),
    'Row 1 of layers[0].weights has 1 weight, the input gives 2: write 2 numbers in each row, or remove the weights to draw them from the seed.',
  ],
  [
    'error weights.columns layers[0].weights[0]',
    layer('"units": 2, "weights": [«[]», [3, 4]]'),
    'Row 0 of layers[0].weights has 0 weights, the input gives 2: write 2 numbers in each row, or remove the weights to draw them from the seed.',
  ],
  [
    'error weights.columns layers[0].weights[0]',
    layer('"units": 1, "weights": [«[1, /* b */ 2, 3]»]'),
    'Row 0 of layers[0].weights has 3 weights, the input gives 2: write 2 numbers in each row, or remove the weights to draw them from the seed.',
  ],
  [
    'error weights.columns layers[1].weights[0]',
    layers(dense, '{ "type": "dense", "units": 1, "weights": [«[1, 2]»] }'),
    'Row 0 of layers[1].weights has 2 weights, layers[0] gives 3: write 3 numbers in each row, or remove the weights to draw them from the seed.',
  ],
  [
    'error weights.columns layers[1].weights[0]',
    layers(
      '{ "type": "dense", "id": "h", "units": 1 }',
      '{ "type": "dense", "units": 1, "weights": [«[1, 2]»] }',
    ),
    'Row 0 of layers[1].weights has 2 weights, "h" (layers[0]) gives 1: write 1 number in each row, or remove the weights to draw them from the seed.',
  ],
  [
    'error weights.columns layers[0].weights[1]',
    image(`"weights": [${list(4)}, «${list(5)}»]`),
    'Row 1 of layers[0].weights has 5 weights, the window sees 2 × 1 × 2 = 4 values: write 4 numbers in each row, or remove the weights to draw them from the seed.',
  ],
  [
    'error weights.columns layers[0].weights[1]',
    norm('"weights": [[1], «[1, 2]»]'),
    'Row 1 of layers[0].weights has 2 weights, γ of a feature is one number: write 1 number in each row, or remove the weights to draw them from the seed.',
  ],
  // biases
  [
    'error bias.length layers[0].bias',
    layer('"units": 2, "bias": «[1]»'),
    'layers[0].bias has 1 number, units is 2: write one number per neuron.',
  ],
  [
    'error bias.length layers[0].bias',
    layer('"units": 2, "bias": «[]»'),
    'layers[0].bias has 0 numbers, units is 2: write one number per neuron.',
  ],
  [
    'error bias.length layers[0].bias',
    layer('"units": 1, "bias": [1, «2»]'),
    'layers[0].bias has 2 numbers, units is 1: write one number per neuron.',
  ],
  [
    'error bias.length layers[0].bias',
    layer('"units": 1, "bias": [1, «2, 3»]'),
    'layers[0].bias has 3 numbers, units is 1: write one number per neuron.',
  ],
  [
    'error bias.length layers[0].bias',
    image('"bias": «[1]»'),
    'layers[0].bias has 1 number, filters is 2: write one number per filter.',
  ],
  [
    'error bias.length layers[0].bias',
    norm('"bias": «[1]»'),
    'layers[0].bias has 1 number, the number of features is 2: write one number per feature.',
  ],
  [
    'warning bias.unused layers[0].bias',
    layer('"units": 1, "useBias": false, «"bias"»: [1, 2]'),
    'layers[0].bias has no effect because useBias is false: remove one of the two.',
  ],
  // statistics
  [
    'error statistics.length layers[0].mean',
    norm('"mean": «[1]»'),
    'layers[0].mean has 1 number, the number of features is 2: write one number per feature.',
  ],
  [
    'error statistics.length layers[0].variance',
    norm('"variance": [1, 2, «3»]'),
    'layers[0].variance has 3 numbers, the number of features is 2: write one number per feature.',
  ],
  [
    'error statistics.length layers[0].mean',
    norm('"mean": [1, 2, 3, «4»]', '[2, 2, 3]'),
    'layers[0].mean has 4 numbers, the number of features is 3: write one number per feature.',
  ],
  // float32
  [
    'error number.float32 layers[0].weights[1][0]',
    layer('"units": 2, "weights": [[1, 2], [«1e39», 4]]'),
    '1e+39 is too large for float32: make it smaller, or set training.precision to "float64".',
  ],
  [
    'error number.float32 layers[0].bias[1]',
    layer('"units": 2, "bias": [1, «-3.5e38»]'),
    '-3.5e+38 is too large for float32: make it smaller, or set training.precision to "float64".',
  ],
  [
    'error number.float32 layers[0].mean[0]',
    norm('"mean": [«1e300», 0]'),
    '1e+300 is too large for float32: make it smaller, or set training.precision to "float64".',
  ],
  [
    'error number.float32 layers[0].variance[1]',
    norm('"variance": [0, «1e39»]'),
    '1e+39 is too large for float32: make it smaller, or set training.precision to "float64".',
  ],
  [
    'error number.float32 layers[1].weights[0][1]',
    layers(
      '{ "type": "flatten" }',
      '{ "type": "dense", "units": 1, "weights": [[0, /* b */ «1e39»]] }',
    ),
    '1e+39 is too large for float32: make it smaller, or set training.precision to "float64".',
  ],
  // the file
  [
    'error weights.path weights.file',
    network({ weights: `{ "file": «"a\\\\b"», "sha256": "${'0'.repeat(64)}" }` }),
    'The path "a\\b" of the weights contains a backslash. Write it relative to this file, with "/" between folders.',
  ],
];

describe('of parameters is told', () => {
  it.each(rows)('%s in %s', (...row) => expectOnly(row));
});
