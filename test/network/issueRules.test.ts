/** One issue for values that are right alone and do not go together. */
import { describe, it } from 'vitest';
import { layer, network, withData } from './support/marked';
import { check } from './support/rows';
import type { Row } from './support/rows';

const layers = (...texts: string[]) =>
  network({ layers: `[${texts.map(text => `{ "type": "dense", ${text} }`).join(',\n')}]` });
const classes = (samples: string) =>
  withData(`{ "inline": ${samples} }`, {
    layers: '[{ "type": "dense", "units": 2, "activation": "softmax" }]',
    loss: '{ "type": "crossEntropy" }',
  });
const optimizer = (text: string) => network({ training: `{ "optimizer": { ${text} } }` });

const training = (text: string) => network({ training: `{ ${text} }` });

const rules: readonly Row[] = [
  [
    'error',
    'weights.rows',
    layer('"units": 3, «"weights"»: [[1, 2], [3, 4]]'),
    '2 rows',
    'units is 3',
    'add 1 row',
  ],
  [
    'error',
    'weights.rows',
    layer('"units": 1, "weights": [[1, 2], «[3, 4], [5, 6]»]'),
    'remove 2 rows',
  ],
  [
    'error',
    'weights.columns',
    layer('"units": 2, "weights": [[1, 2], «[3]»]'),
    'Row 1',
    '1 weight,',
    'input gives 2',
  ],
  [
    'error',
    'weights.columns',
    layers('"units": 3', '"units": 1, "weights": [«[1, 2]»]'),
    'layers[0] gives 3',
  ],
  ['error', 'bias.length', layer('"units": 2, "bias": «[1]»'), '1 number,', 'units is 2'],
  ['error', 'bias.length', layer('"units": 1, "bias": [1, «2, 3»]'), '3 numbers'],
  [
    'warning',
    'bias.unused',
    layer('"units": 1, "useBias": false, «"bias"»: [1]'),
    'useBias is false',
  ],
  [
    'error',
    'init.overflow',
    layer('"units": 1, "init": { "type": "constant", "value": «1e39» }'),
    'layers[0].init.value is 1e+39',
    'float64',
  ],
  [
    'error',
    'init.overflow',
    layer('"units": 1, "init": { "type": "uniform", "scale": «1e39» }'),
    'layers[0].init.scale',
  ],
  [
    'error',
    'init.overflow',
    network({
      layers: '[{ "type": "dense", "units": 1, "init": { "type": "normal", "scale": «1e308» } }]',
      training: '{ "precision": "float64" }',
    }),
    'too large for float64: choose a smaller one.',
  ],
  ['error', 'number.float32', layer('"units": 1, "bias": [«1e39»]'), 'float64'],
  [
    'error',
    'activation.softmax',
    layers('"units": 2, "activation": «"softmax"»', '"units": 1'),
    'only the last',
  ],
  ['warning', 'activation.softmaxOne', layer('"units": 1, "activation": «"softmax"»'), 'always 1'],
  [
    'warning',
    'activation.step',
    withData('{ "generator": "xor" }', {
      layers: '[{ "type": "dense", "units": 1, "activation": «"step"» }]',
    }),
    'zero everywhere',
  ],
  ['warning', 'init.equal', layers('"units": 2, "init": «"zeros"»', '"units": 1'), 'stay equal'],
  [
    'information',
    'setting.unused',
    layer('"units": 1, "init": { "type": "heNormal", «"scale": 2» }'),
    'no effect on heNormal',
  ],
  [
    'information',
    'setting.unused',
    optimizer('"type": "adam", «"momentum": 0.9»'),
    'no effect on adam',
  ],
  [
    'information',
    'setting.unused',
    network({ loss: '{ "type": "huber", «"half": true» }' }),
    'huber',
  ],
  [
    'error',
    'network.parameters',
    network({ input: '{ "shape": [65536] }', layers: '[{ "type": "dense", "units": «65536» }]' }),
    '50,000,000',
  ],
  [
    'error',
    'input.size',
    network({ input: '{ "shape": «[2000, 2000]» }' }),
    '4,000,000',
    '1,048,576',
  ],
  [
    'warning',
    'input.names',
    network({ input: '{ "shape": [2], "names": «["a"]» }' }),
    '1 name,',
    '2 inputs',
  ],
  [
    'error',
    'loss.activation',
    network({ loss: '{ "type": «"crossEntropy"» }' }),
    'softmax',
    'binaryCrossEntropy',
  ],
  [
    'error',
    'loss.activation',
    network({
      loss: '{ "type": «"binaryCrossEntropy"» }',
      layers: '[{ "type": "dense", "units": 1 }]',
    }),
    'linear',
    'meanSquaredError',
  ],
  ['warning', 'learningRate.zero', optimizer('"learningRate": «0»'), 'changes nothing'],
  [
    'information',
    'setting.unused',
    training('"schedule": { "type": "cosine", «"every": 3» }'),
    'training.schedule.every has no effect on cosine',
    'minimum, warmUp',
  ],
  [
    'warning',
    'schedule.warmUp',
    training('"epochs": 5, "schedule": { "warmUp": «6» }'),
    'warmUp is 6',
    'epochs 5',
    'at most 5',
  ],
  [
    'warning',
    'schedule.minimum',
    training('"optimizer": "adam", "schedule": { "type": "cosine", "minimum": «0.01» }'),
    'minimum is 0.01',
    'learning rate 0.001',
    'smaller minimum',
  ],
  [
    'error',
    'clip.both',
    training('"clip": «{ "norm": 1, "value": 0.5 }»'),
    'norm (1)',
    'value (0.5)',
    'remove one',
  ],
  ['warning', 'learningRate.huge', optimizer('"learningRate": «1e6»'), 'diverge'],
  [
    'information',
    'batchSize.large',
    withData('{ "inline": [{ "x": [0, 0], "y": [0] }] }', { training: '{ "batchSize": «9» }' }),
    '1 sample:',
  ],
  [
    'error',
    'data.inputs',
    withData('{ "inline": [{ "x": «[0, 1, 2]», "y": [0] }] }'),
    '3 numbers',
    '2 inputs',
  ],
  [
    'error',
    'data.outputs',
    withData('{ "inline": [{ "x": [0, 1], "y": «[0, 1]» }] }'),
    'layers[0].units to 2',
  ],
  [
    'warning',
    'data.targetRange',
    withData('{ "inline": [{ "x": [0, 1], "y": [«-1»] }] }'),
    'sigmoid',
    'from 0 to 1',
  ],
  [
    'error',
    'data.targetRange',
    withData('{ "inline": [{ "x": [0, 1], "y": [«2»] }] }', {
      loss: '{ "type": "binaryCrossEntropy" }',
    }),
    'y[0] is 2, but binaryCrossEntropy takes targets from 0 to 1: write 0 and 1',
  ],
  [
    'warning',
    'data.targetRange',
    withData(
      '{ "inline": [{ "x": [0, 0], "y": [0] }, { "x": [0, 1], "y": [1] }, { "x": [1, 0], "y": [«2»] }] }',
    ),
    'use 3 softmax outputs with crossEntropy',
    'one number per class',
  ],
  [
    'warning',
    'data.classes',
    classes('[{ "x": [0, 0], "y": [1, 0] }, { "x": [0, 0], "y": «[1, 1]» }]'),
    'data.inline[1].y sums to 2,',
    'binaryCrossEntropy',
  ],
  [
    'error',
    'data.outputs',
    classes('[{ "x": [0, 0], "y": «[1]» }, { "x": [0, 0], "y": [0] }]'),
    'write one number per output (1 for the class 1, 0 for the others).',
  ],
  [
    'error',
    'data.outputs',
    classes('[{ "x": [0, 0], "y": «[2]» }, { "x": [0, 0], "y": [0] }]'),
    'or set layers[0].units to 1',
  ],
  ['warning', 'data.empty', withData('{ "inline": «[]» }'), 'not trained'],
  [
    'information',
    'setting.unused',
    withData('{ "generator": "xor", «"target": "y"» }'),
    'no effect on generator',
  ],
  ['error', 'data.target', withData('{ «"csv"»: "a.csv" }'), 'data.target is missing'],
  [
    'error',
    'data.columns',
    withData('{ "csv": "a.csv", "inputs": ["a", «"y"»], "target": "y" }'),
    '"y"',
  ],
  [
    'error',
    'data.columns',
    withData('{ "csv": "a.csv", "inputs": ["a", "b", «" a"»], "target": "y" }'),
    'data.inputs names the column "a" twice',
  ],
  [
    'error',
    'data.columns',
    withData('{ "csv": "a.csv", "target": ["y", «"y"»] }'),
    'data.target names the column "y" twice',
  ],
  ...['/etc/passwd', 'a\\\\b.csv', 'https://x.org/a.csv', 'C:/a.csv', 'file:a'].map((path): Row => [
    'error',
    'data.path',
    withData(`{ "csv": «"${path}"», "target": "y" }`),
    'data.csv',
  ]),
];

describe('values that do not go together', () => {
  it.each(rules.map(row => [row[1], row[2], row] as const))('%s in %s', (_code, _text, row) => {
    check(row);
  });
});
