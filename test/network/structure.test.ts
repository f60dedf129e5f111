/** What is told of one number, word or text that the catalogue does not allow: whole, and nothing else. */
import { describe, it } from 'vitest';
import { layer, network, withData } from './support/marked';
import { expectOnly } from './support/told';
import type { Told } from './support/told';

const training = (text: string) => network({ training: `{ ${text} }` });
const long = (length: number) => '😀'.repeat(length);

const rows: readonly Told[] = [
  // numbers
  [
    'error value.type seed',
    network({ seed: '«"1"»' }),
    'seed must be a whole number from 0 to 9,007,199,254,740,991; found "1".',
  ],
  [
    'error value.type seed',
    network({ seed: '«null»' }),
    'seed must be a whole number from 0 to 9,007,199,254,740,991; found null.',
  ],
  [
    'error value.type seed',
    network({ seed: '«true»' }),
    'seed must be a whole number from 0 to 9,007,199,254,740,991; found true.',
  ],
  [
    'error value.type seed',
    network({ seed: '«[1, 2, 3]»' }),
    'seed must be a whole number from 0 to 9,007,199,254,740,991; found a list of 3.',
  ],
  [
    'error value.type seed',
    network({ seed: '«[1, null]»' }),
    'seed must be a whole number from 0 to 9,007,199,254,740,991; found a list of 2.',
  ],
  [
    'error value.type seed',
    network({ seed: '«{ "a": 1 }»' }),
    'seed must be a whole number from 0 to 9,007,199,254,740,991; found an object.',
  ],
  [
    'error value.infinite seed',
    network({ seed: '«1e999»' }),
    'seed must be a finite number; found a number too large for any computer number.',
  ],
  [
    'error value.infinite training.stop.targetLoss',
    training('"stop": { "targetLoss": «-1e999» }'),
    'training.stop.targetLoss must be a finite number; found a number too large for any computer number.',
  ],
  [
    'error value.type training.stop.patience',
    training('"stop": { "patience": «"no"» }'),
    'training.stop.patience must be a whole number of at least 1, or null; found "no".',
  ],
  [
    'error value.range training.stop.patience',
    training('"stop": { "patience": «0» }'),
    'training.stop.patience must be a whole number of at least 1, or null; found 0.',
  ],
  [
    'error value.range training.epochs',
    training('"epochs": «1000000001»'),
    'training.epochs must be a whole number from 1 to 1,000,000,000; found 1000000001.',
  ],
  [
    'error value.range training.optimizer.momentum',
    training('"optimizer": { "momentum": «1» }'),
    'training.optimizer.momentum must be a number of at least 0 and below 1; found 1.',
  ],
  [
    'error value.range training.optimizer.momentum',
    training('"optimizer": { "momentum": «-0.1» }'),
    'training.optimizer.momentum must be a number of at least 0 and below 1; found -0.1.',
  ],
  // numbers or words
  [
    'error value.type training.batchSize',
    training('"batchSize": «"some"»'),
    'training.batchSize must be a whole number of at least 1, or "all"; found "some".',
  ],
  [
    'error value.type training.batchSize',
    training('"batchSize": «"constructor"»'),
    'training.batchSize must be a whole number of at least 1, or "all"; found "constructor".',
  ],
  [
    'error value.type training.batchSize',
    training('"batchSize": «null»'),
    'training.batchSize must be a whole number of at least 1, or "all"; found null.',
  ],
  [
    'error value.type training.batchSize',
    training('"batchSize": «["all"]»'),
    'training.batchSize must be a whole number of at least 1, or "all"; found a list of 1.',
  ],
  [
    'error value.range training.batchSize',
    training('"batchSize": «1.5»'),
    'training.batchSize must be a whole number of at least 1; found 1.5.',
  ],
  [
    'error value.infinite training.batchSize',
    training('"batchSize": «1e999»'),
    'training.batchSize must be a finite number; found a number too large for any computer number.',
  ],
  // choices
  [
    'error value.type training.precision',
    training('"precision": «32»'),
    'training.precision must be "float32" or "float64"; found 32.',
  ],
  [
    'error value.type training.precision',
    training('"precision": «["float32"]»'),
    'training.precision must be "float32" or "float64"; found a list of 1.',
  ],
  [
    'error value.unknown training.precision',
    training('"precision": «"float23"»'),
    'training.precision: there is no "float23". Did you mean "float32" or "float64"?',
  ],
  [
    'error value.unknown training.precision',
    training('"precision": «"half"»'),
    'training.precision: there is no "half". Known are "float32" or "float64".',
  ],
  [
    'error value.unknown training.precision',
    training('"precision": «"toString"»'),
    'training.precision: there is no "toString". Known are "float32" or "float64".',
  ],
  // flags
  [
    'error value.type training.shuffle',
    training('"shuffle": «"true"»'),
    'training.shuffle must be true or false; found "true".',
  ],
  [
    'error value.type training.shuffle',
    training('"shuffle": «1»'),
    'training.shuffle must be true or false; found 1.',
  ],
  [
    'error value.type training.shuffle',
    training('"shuffle": «null»'),
    'training.shuffle must be true or false; found null.',
  ],
  // texts
  ['error value.type name', network({ name: '«7»' }), 'name must be a text in quotes; found 7.'],
  [
    'error value.type name',
    network({ name: '«["a"]»' }),
    'name must be a text in quotes; found a list of 1.',
  ],
  [
    'error value.empty data.csv',
    withData('{ "csv": «""», "target": "y" }'),
    'data.csv must be a text that is not empty; found "".',
  ],
  [
    'error value.long layers[0].id',
    layer(`"units": 1, "id": «"${long(101)}"»`),
    'layers[0].id must be a text of at most 100 characters; found "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀….',
  ],
  [
    'error value.reserved layers[0].id',
    layer('"units": 1, "id": «"input"»'),
    `layers[0].id: "input" means the network's input: choose another name.`,
  ],
  [
    'error value.pattern weights.sha256',
    network({ weights: `{ "file": "w", "sha256": «"${'0'.repeat(63)}"» }` }),
    'weights.sha256 must be 64 hexadecimal digits in lower case; found "0000000000000000000000000000000000000000000000000000000000….',
  ],
];

describe('of one value is told', () => {
  it.each(rows)('%s in %s', (...row) => expectOnly(row));
});
