/** What is told of one list, object or key that the catalogue does not allow: whole, and nothing else. */
import { describe, it } from 'vitest';
import { layer, network, withData } from './support/marked';
import { expectOnly } from './support/told';
import type { Told } from './support/told';

const training = (text: string) => network({ training: `{ ${text} }` });
const layers = (...texts: string[]) => network({ layers: `[${texts.join(', ')}]` });
const dense = (members: string) => `{ "type": "dense", "units": 1, ${members} }`;

const rows: readonly Told[] = [
  [
    'error value.type input.shape',
    network({ input: '{ "shape": «2» }' }),
    'input.shape must be a list: […]; found 2.',
  ],
  [
    'error value.type input.shape',
    network({ input: '{ "shape": «{ "0": 2 }» }' }),
    'input.shape must be a list: […]; found an object.',
  ],
  [
    'error list.short input.shape',
    network({ input: '{ "shape": «[]» }' }),
    'input.shape is empty, at least one entry is needed.',
  ],
  [
    'error list.long input.shape',
    network({ input: '{ "shape": [1, 1, 1, 1, 1, 1, 1, 2, «0», -1] }' }),
    'input.shape has 10 entries, at most 8 are possible: remove the entries from here on.',
  ],
  [
    'error value.range input.shape[1]',
    network({ input: '{ "shape": [2, «1.5»] }' }),
    'input.shape[1] must be a whole number from 1 to 1,048,576; found 1.5.',
  ],
  [
    'error list.short layers',
    network({ layers: '«[]»' }),
    'layers is empty, at least one entry is needed: add one such as { "type": "dense", "units": 1 }.',
  ],
  [
    'error list.short data.target',
    withData('{ "csv": "a", "target": «[]» }'),
    'data.target is empty, at least one entry is needed.',
  ],
  [
    'error value.type data.target',
    withData('{ "csv": "a", "target": «{ "y": 1 }» }'),
    'data.target must be a list: […]; found an object.',
  ],
  [
    'error value.type data.target',
    withData('{ "csv": "a", "target": «7» }'),
    'data.target must be a text in quotes; found 7.',
  ],
  [
    'error value.type data.target[1]',
    withData('{ "csv": "a", "target": ["y", «7»] }'),
    'data.target[1] must be a text in quotes; found 7.',
  ],
  [
    'error list.short layers[0].kernel',
    network({
      input: '{ "shape": [4, 4, 1] }',
      layers: '[{ "type": "conv2d", "filters": 1, "kernel": «[2]» }]',
    }),
    'layers[0].kernel has 1 entry, at least 2 entries are needed.',
  ],
  [
    'error list.long layers[0].kernel',
    network({
      input: '{ "shape": [4, 4, 1] }',
      layers: '[{ "type": "conv2d", "filters": 1, "kernel": [2, 2, «0», 0] }]',
    }),
    'layers[0].kernel has 4 entries, at most 2 are possible: remove the entries from here on.',
  ],
  [
    'error list.long layers[1].from',
    layers('{ "type": "dense", "id": "a", "units": 1 }', dense('"from": ["input", «"a"»]')),
    'layers[1].from has 2 entries, at most 1 is possible: a dense layer has one source; join several with an "add" or "concat" layer first.',
  ],
  [
    'error value.type layers[0].weights[0][1]',
    layer('"units": 1, "weights": [[1, «null»]]'),
    'layers[0].weights[0][1] must be a number; found null.',
  ],
  [
    'error value.infinite layers[0].weights[0][0]',
    layer('"units": 1, "weights": [[«1e999», 2]]'),
    'layers[0].weights[0][0] must be a finite number; found a number too large for any computer number.',
  ],
  [
    'error value.type layers[0].weights[0]',
    layer('"units": 1, "weights": [«"1, 2"»]'),
    'layers[0].weights[0] must be a list: […]; found "1, 2".',
  ],
  // objects
  [
    'error value.type input',
    network({ input: '«[2]»' }),
    'input must be an object: {…}; found a list of 1.',
  ],
  [
    'error value.type loss',
    network({ loss: '«"huber"»' }),
    'loss must be an object: {…}; found "huber".',
  ],
  [
    'error value.type training.optimizer',
    training('"optimizer": «7»'),
    'training.optimizer must be an object: {…} or a name; found 7.',
  ],
  [
    'error value.type training.optimizer',
    training('"optimizer": «["sgd"]»'),
    'training.optimizer must be an object: {…} or a name; found a list of 1.',
  ],
  [
    'error value.unknown training.optimizer',
    training('"optimizer": «"sgdd"»'),
    'training.optimizer: there is no "sgdd". Did you mean "sgd"?',
  ],
  [
    'error value.type layers[0]',
    layers('«"dense"»'),
    'layers[0] must be an object: {…}; found "dense".',
  ],
  [
    'error value.missing layers[0].units',
    layers('«{» "type": "dense" }'),
    'layers[0].units is missing (number of neurons). Add "units": 4.',
  ],
  [
    'error value.missing layers[0].rate',
    layers('«{» "type": "dropout" }'),
    'layers[0].rate is missing (the probability with which a value is dropped while training). Add "rate": ….',
  ],
  [
    'error value.missing data.idx.labels',
    withData('{ "idx": «{» "images": "i" } }'),
    'data.idx.labels is missing (the number of the class of each sample, or its target: an IDX file, also packed (.gz), named relative to this file). Add "labels": "train-labels-idx1-ubyte.gz".',
  ],
  // keys
  [
    'warning key.duplicate seed',
    network({ seed: '0' }).replace('"seed": 0', '«"seed"»: "wrong", "seed": 3'),
    'seed is written twice: this one is ignored, the last one counts. Remove one.',
  ],
  [
    'information key.unknown Seed',
    network().replace('"version"', '«"Seed"»: 1, "version"'),
    'Seed is not known and has no effect; it is kept. Did you mean "seed"?',
  ],
  [
    'information key.unknown toString',
    network().replace('"version"', '«"toString"»: 1, "version"'),
    'toString is not known and has no effect; it is kept.',
  ],
  [
    'information key.unknown training.units',
    training('«"units"»: 7'),
    'training.units is not known and has no effect; it is kept. Did you mean layers[…].units?',
  ],
  [
    'information setting.unused layers[0].rate',
    layer('"units": 1, «"rate": "any"»'),
    'layers[0].rate has no effect on dense (it has type, id, from, units, activation, useBias, init, weights, bias, learningRateScale). Remove it.',
  ],
  [
    'information setting.unused layers[1].units',
    layers('{ "type": "dense", "units": 2 }', '{ "type": "dropout", "rate": 0, «"units": 0» }'),
    'layers[1].units has no effect on dropout (it has type, id, from, rate). Remove it.',
  ],
  [
    'information key.unknown layers[0].constructor',
    layer('"units": 1, «"constructor"»: 1'),
    'layers[0].constructor is not known and has no effect; it is kept.',
  ],
  // exactly one
  [
    'error data.source data',
    withData('«{» "normalize": "none" }'),
    'data names no source: add one of "inline", "generator", "csv" or "idx".',
  ],
  [
    'error data.source data',
    withData('«{»}'),
    'data names no source: add one of "inline", "generator", "csv" or "idx".',
  ],
  [
    'error data.source data',
    withData('«{» "idx": { "images": "i", "labels": "l" }, "generator": "xor" }'),
    'data names 2 sources: keep one of "generator" or "idx".',
  ],
  [
    'error expect.check expect[0]',
    network({ expect: '[«{» "name": "x" }]' }),
    'expect[0] names no check: add one of "input", "gradcheck" or "loss".',
  ],
];

describe('of one value is told', () => {
  it.each(rows)('%s in %s', (...row) => expectOnly(row));
});
