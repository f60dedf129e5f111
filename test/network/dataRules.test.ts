/** What is told of data that do not go together, whole, and that nothing else is told with it. */
import { describe, it } from 'vitest';
import { withData } from './support/marked';
import { expectOnly } from './support/told';
import type { Told } from './support/told';

const softmax = {
  layers: '[{ "type": "dense", "units": 3, "activation": "softmax" }]',
  loss: '{ "type": "crossEntropy" }',
};
const binary = { loss: '{ "type": "binaryCrossEntropy" }' };
const outputs = (units: number, activation: string) => ({
  layers: `[{ "type": "dense", "units": ${units}, "activation": "${activation}" }]`,
});
/** Inline samples of two inputs with these targets. */
const targets = (...lists: string[]) =>
  `{ "inline": [${lists.map(list => `{ "x": [0, 0], "y": ${list} }`).join(', ')}] }`;
/** Inline samples of one target with these inputs. */
const inputs = (...lists: string[]) =>
  `{ "inline": [${lists.map(list => `{ "x": ${list}, "y": [0] }`).join(', ')}] }`;
const batch = (size: string, data: string) =>
  withData(data, { training: `{ "batchSize": ${size} }` });

const rows: readonly Told[] = [
  // a source and the keys of another
  [
    'information setting.unused data.noise',
    withData('{ "csv": "a.csv", "target": "y", «"noise": 1» }'),
    'data.noise has no effect on csv data. Remove it.',
  ],
  [
    'information setting.unused data.inputs',
    withData('{ «"inputs": ["a"]», "idx": { "images": "a", "labels": "b" } }'),
    'data.inputs has no effect on idx data. Remove it.',
  ],
  [
    'information setting.unused data.samples',
    withData('{ "inline": [{ "x": [0, 0], "y": [0] }], «"samples": 4» }'),
    'data.samples has no effect on inline data. Remove it.',
  ],
  // files
  [
    'error data.path data.csv',
    withData('{ "csv": «"/a.csv"», "target": "y" }'),
    'The path of data.csv is absolute. Write it relative to this file, with "/" between folders.',
  ],
  [
    'error data.path data.idx.images',
    withData('{ "idx": { "images": «"C:a"», "labels": "b" } }'),
    'The path of data.idx.images begins with a drive or a scheme. Write it relative to this file, with "/" between folders.',
  ],
  [
    'error data.path data.idx.labels',
    withData('{ "idx": { "images": "a", "labels": «"a\\\\b"» } }'),
    'The path of data.idx.labels contains a backslash. Write it relative to this file, with "/" between folders.',
  ],
  // columns
  [
    'error data.target data.target',
    withData('{ "inputs": ["a"], «"csv"»: "a.csv" }'),
    'data.target is missing: name the column that is to be predicted.',
  ],
  [
    'error data.columns data.inputs[2]',
    withData('{ "csv": "a.csv", "inputs": ["a", "b", «" a"»], "target": "y" }'),
    'data.inputs names the column "a" twice: remove one.',
  ],
  [
    'error data.columns data.target[1]',
    withData('{ "csv": "a.csv", "inputs": ["a"], "target": ["y", «"y "»] }'),
    'data.target names the column "y" twice: remove one.',
  ],
  [
    'error data.columns data.inputs[1]',
    withData('{ "csv": "a.csv", "inputs": ["a", «"y"»], "target": "y" }'),
    'The column "y" is an input and the target: remove it from one.',
  ],
  [
    'error data.columns data.inputs[0]',
    withData('{ "csv": "a.csv", "inputs": [«"y"», "a", "z"], "target": ["z", "y"] }'),
    'The column "y" is an input and the target: remove it from one.',
  ],
  // lengths of samples
  [
    'warning data.empty data.inline',
    withData('{ "inline": «[]» }'),
    'data.inline has no sample: the network can be looked at, but not trained. Add { "x": […], "y": […] }.',
  ],
  [
    'error data.inputs data.inline[0].x',
    withData(inputs('«[1]»', '[1, 2]')),
    'data.inline[0].x has 1 number, the network has 2 inputs: write one number per input.',
  ],
  [
    'error data.inputs data.inline[1].x',
    withData(inputs('[1, 2]', '«[]»', '[1, 2, 3]', '[1]')),
    'data.inline[1].x has 0 numbers (and 2 more samples), the network has 2 inputs: write one number per input.',
  ],
  [
    'error data.inputs data.inline[0].x',
    withData(inputs('«[1, 2, 3]»', '[4, 5, 6]')),
    'data.inline[0].x has 3 numbers (and 1 more sample), the network has 2 inputs: write one number per input, or set input.shape to [3].',
  ],
  [
    'error data.outputs data.inline[0].y',
    withData(targets('«[0, 1]»', '[1, 1]')),
    'data.inline[0].y has 2 numbers (and 1 more sample), the network has 1 output: write one number per output, or set layers[0].units to 2.',
  ],
  [
    'error data.outputs data.inline[1].y',
    withData(targets('[0]', '«[1, 1]»')),
    'data.inline[1].y has 2 numbers, the network has 1 output: write one number per output.',
  ],
  [
    'error data.outputs data.inline[0].y',
    withData(targets('«[0]»'), {
      layers: '[{ "type": "dense", "units": 2 }, { "type": "dropout", "rate": 0.5 }]',
    }),
    'data.inline[0].y has 1 number, the network has 2 outputs: write one number per output, or add a dense layer of 1 unit at the end.',
  ],
  [
    'error data.outputs data.inline[0].y',
    withData(targets('«[2]»', '[0]'), softmax),
    'data.inline[0].y has 1 number (and 1 more sample), the network has 3 outputs: write one number per output (1 for the class 2, 0 for the others).',
  ],
  [
    'error data.outputs data.inline[0].y',
    withData(targets('«[3]»', '[0]'), softmax),
    'data.inline[0].y has 1 number (and 1 more sample), the network has 3 outputs: write one number per output, or set layers[0].units to 1.',
  ],
  [
    'error data.outputs data.inline[0].y',
    withData(targets('«[0]»', '[-1]'), softmax),
    'data.inline[0].y has 1 number (and 1 more sample), the network has 3 outputs: write one number per output, or set layers[0].units to 1.',
  ],
  [
    'error data.outputs data.inline[0].y',
    withData(targets('«[0]»', '[0.5]'), softmax),
    'data.inline[0].y has 1 number (and 1 more sample), the network has 3 outputs: write one number per output, or set layers[0].units to 1.',
  ],
  [
    'error data.outputs data.inline[0].y',
    withData(targets('«[0, 1]»', '[1, 0]'), softmax),
    'data.inline[0].y has 2 numbers (and 1 more sample), the network has 3 outputs: write one number per output, or set layers[0].units to 2.',
  ],
  [
    'error data.outputs data.inline[0].y',
    withData(targets('«[1]»', '[1, 0]'), softmax),
    'data.inline[0].y has 1 number (and 1 more sample), the network has 3 outputs: write one number per output.',
  ],
  [
    'error data.outputs data.inline[0].y',
    withData(targets('«[1]»'), outputs(2, 'linear')),
    'data.inline[0].y has 1 number, the network has 2 outputs: write one number per output, or set layers[0].units to 1.',
  ],
  [
    'error data.inputs data.inline[0].x',
    withData('{ "inline": [{ "x": «[1]», "y": [1, 0, 0] }] }', softmax),
    'data.inline[0].x has 1 number, the network has 2 inputs: write one number per input, or set input.shape to [1].',
  ],
  // what an output can be
  [
    'warning data.targetRange data.inline[1].y[0]',
    withData(targets('[1]', '[«-0.5»]', '[2]', '[3]')),
    'data.inline[1].y[0] is -0.5 (and 2 more), but sigmoid gives outputs from 0 to 1: change the targets, or use linear outputs with meanSquaredError.',
  ],
  [
    'warning data.targetRange data.inline[0].y[1]',
    withData(targets('[0, «-1»]', '[3, 4]'), outputs(2, 'relu')),
    'data.inline[0].y[1] is -1, but relu gives outputs of at least 0: change the targets, or use linear outputs with meanSquaredError.',
  ],
  [
    'error data.targetRange data.inline[0].y[0]',
    withData(targets('[«1.5»]'), binary),
    'data.inline[0].y[0] is 1.5, but binaryCrossEntropy takes targets from 0 to 1: write 0 and 1 for no and yes, or use linear outputs with meanSquaredError.',
  ],
  [
    'error data.targetRange data.inline[1].y[2]',
    withData(targets('[1, 0, 0]', '[0, 0, «-0.1»]', '[2, 0, 0]'), softmax),
    'data.inline[1].y[2] is -0.1 (and 1 more), but crossEntropy takes targets from 0 to 1: write 0 and 1 for no and yes, or use linear outputs with meanSquaredError.',
  ],
  [
    'warning data.targetRange data.inline[0].y[0]',
    withData(targets('[«2»]', '[0]', '[1]', '[2]')),
    'data.inline[0].y[0] is 2 (and 1 more), but sigmoid gives outputs from 0 to 1: change the targets, or use linear outputs with meanSquaredError; if they are numbers of classes, use 3 softmax outputs with crossEntropy and write one number per class (1 for the class of the sample, 0 for the others).',
  ],
  [
    'warning data.targetRange data.inline[1].y[0]',
    withData(targets('[1]', '[«2»]', '[3]')),
    'data.inline[1].y[0] is 2 (and 1 more), but sigmoid gives outputs from 0 to 1: change the targets, or use linear outputs with meanSquaredError; if they are numbers of classes, use 3 softmax outputs with crossEntropy and write one number per class (1 for the class of the sample, 0 for the others).',
  ],
  [
    'warning data.targetRange data.inline[0].y[0]',
    withData(targets('[«2»]', '[3]', '[4]')),
    'data.inline[0].y[0] is 2 (and 2 more), but sigmoid gives outputs from 0 to 1: change the targets, or use linear outputs with meanSquaredError.',
  ],
  [
    'warning data.targetRange data.inline[1].y[0]',
    withData(targets('[0]', '[«2»]', '[3]')),
    'data.inline[1].y[0] is 2 (and 1 more), but sigmoid gives outputs from 0 to 1: change the targets, or use linear outputs with meanSquaredError.',
  ],
  [
    'warning data.targetRange data.inline[1].y[0]',
    withData(targets('[1]', '[«2»]', '[2]')),
    'data.inline[1].y[0] is 2 (and 1 more), but sigmoid gives outputs from 0 to 1: change the targets, or use linear outputs with meanSquaredError.',
  ],
  [
    'warning data.targetRange data.inline[0].y[0]',
    withData(targets('[«-1»]', '[0]', '[1]', '[2]')),
    'data.inline[0].y[0] is -1 (and 1 more), but sigmoid gives outputs from 0 to 1: change the targets, or use linear outputs with meanSquaredError.',
  ],
  [
    'warning data.targetRange data.inline[2].y[0]',
    withData(targets('[0]', '[0.5]', '[«2»]', '[1]')),
    'data.inline[2].y[0] is 2, but sigmoid gives outputs from 0 to 1: change the targets, or use linear outputs with meanSquaredError.',
  ],
  [
    'warning data.targetRange data.inline[2].y[0]',
    withData(targets('[0, 0]', '[1, 1]', '[«2», 2]'), outputs(2, 'sigmoid')),
    'data.inline[2].y[0] is 2 (and 1 more), but sigmoid gives outputs from 0 to 1: change the targets, or use linear outputs with meanSquaredError.',
  ],
  [
    'warning data.targetRange data.inline[0].y[0]',
    withData(targets('[«10»]', ...Array.from({ length: 10 }, (_, n) => `[${n}]`))),
    'data.inline[0].y[0] is 10 (and 8 more), but sigmoid gives outputs from 0 to 1: change the targets, or use linear outputs with meanSquaredError; if they are numbers of classes, use 11 softmax outputs with crossEntropy and write one number per class (1 for the class of the sample, 0 for the others).',
  ],
  // distributions over classes
  [
    'warning data.classes data.inline[0].y',
    withData(targets('«[0.5, 0.1, 0]»'), softmax),
    'data.inline[0].y sums to 0.6, the outputs of softmax always to 1: write 1 for the class of the sample and 0 for all others, or use sigmoid with binaryCrossEntropy where several can be true.',
  ],
  [
    'warning data.classes data.inline[1].y',
    withData(
      targets('[1, 0, 0]', '«[0.33333333, 0.33333333, 0]»', '[0, 0, 0]', '[1, 1, 1]'),
      softmax,
    ),
    'data.inline[1].y sums to 0.666667 (and 2 more samples), the outputs of softmax always to 1: write 1 for the class of the sample and 0 for all others, or use sigmoid with binaryCrossEntropy where several can be true.',
  ],
  [
    'warning data.classes data.inline[1].y',
    withData(targets('[1, 0, 0]', '«[1, 1, 0]»', '[0, 0, 0]'), softmax),
    'data.inline[1].y sums to 2 (and 1 more sample), the outputs of softmax always to 1: write 1 for the class of the sample and 0 for all others, or use sigmoid with binaryCrossEntropy where several can be true.',
  ],
  // batches
  [
    'information batchSize.large training.batchSize',
    batch('«3»', targets('[0]', '[1]')),
    'batchSize 3 is more than the 2 samples: each step takes all of them. Write "all" to say so.',
  ],
  [
    'information batchSize.large training.batchSize',
    batch('«2»', targets('[0]')),
    'batchSize 2 is more than the 1 sample: each step takes all of them. Write "all" to say so.',
  ],
];

describe('of data is told', () => {
  it.each(rows)('%s in %s', (...row) => expectOnly(row));
});
