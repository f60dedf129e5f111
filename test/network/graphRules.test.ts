/** What is told of connections that do not make a network: whole, and nothing else. */
import { describe, it } from 'vitest';
import { network } from './support/marked';
import { expectOnly } from './support/told';
import type { Told } from './support/told';

const layers = (...texts: string[]) => network({ layers: `[${texts.join(',\n')}]` });
const dense = (id: string, units: number, from?: string) =>
  `{ "type": "dense", "id": "${id}", "units": ${units}${from === undefined ? '' : `, "from": ${from}`} }`;
const add = (from: string, id = 's') => `{ "type": "add", "id": "${id}", "from": ${from} }`;
const concat = (from: string, id = 'c') => `{ "type": "concat", "id": "${id}", "from": ${from} }`;
const [a, b] = [dense('a', 2), dense('b', 3)];
const end = '{ "type": "dense", "units": 1 }';
const many = Array.from({ length: 9 }, (_, index) => dense(`layer${index}`, 2));

const rows: readonly Told[] = [
  // ids
  [
    'error id.duplicate layers[2].id',
    layers(a, b, '{ "type": "dense", "id": «"a"», "units": 1 }'),
    'layers[2].id is "a", as that of layers[0]: give one of them another name.',
  ],
  // names that nobody has
  [
    'error from.unknown layers[1].from',
    layers(a, dense('b', 1, '«"A"»')),
    'layers[1].from is "A", but no layer has this id. Did you mean "a" or "b"?',
  ],
  [
    'error from.unknown layers[1].from[0]',
    layers(a, dense('b', 1, '[«"zzz"»]')),
    'layers[1].from[0] is "zzz", but no layer has this id. Known are "input", "a" or "b".',
  ],
  [
    'error from.unknown layers[1].from[1]',
    layers(a, add('["a", «"zzz"»]')),
    'layers[1].from[1] is "zzz", but no layer has this id. Known are "input", "a" or "s".',
  ],
  [
    'error from.unknown layers[0].from',
    layers('{ "type": "dense", "units": 1, "from": «"zzz"» }'),
    'layers[0].from is "zzz", but no layer has this id. Only "input" is known: give the layer that you mean an "id".',
  ],
  [
    'error from.unknown layers[1].from',
    layers(a, dense('b', 1, '«"0"»')),
    'layers[1].from is "0", but no layer has this id. Did you mean "a" or "b"?',
  ],
  [
    'error from.unknown layers[1].from',
    layers(a, dense('b', 1, '«"layers[0]"»')),
    'layers[1].from is "layers[0]", but layers are called by their id: write "a".',
  ],
  [
    'error from.unknown layers[1].from',
    layers(a, dense('b', 1, '«"9"»')),
    'layers[1].from is "9", but no layer has this id. Did you mean "a" or "b"?',
  ],
  [
    'error from.unknown layers[1].from',
    layers(a, dense('b', 1, '«"00000"»')),
    'layers[1].from is "00000", but no layer has this id. Known are "input", "a" or "b".',
  ],
  [
    'error from.unknown layers[1].from',
    layers(a, dense('b', 1, '«"x0"»')),
    'layers[1].from is "x0", but no layer has this id. Known are "input", "a" or "b".',
  ],
  [
    'error from.unknown layers[1].from',
    layers(a, dense('b', 1, '«"0x"»')),
    'layers[1].from is "0x", but no layer has this id. Known are "input", "a" or "b".',
  ],
  [
    'error from.unknown layers[1].from',
    layers('{ "type": "dense", "units": 1 }', dense('b', 1, '«"layers[0]"»')),
    'layers[1].from is "layers[0]", but layers are called by their id: give layers[0] an "id", and write it here.',
  ],
  [
    'error from.unknown layers[1].from',
    layers(dense('3', 1), dense('b', 1, '«"0"»')),
    'layers[1].from is "0", but no layer has this id. Did you mean "3" or "b"?',
  ],
  [
    'error from.unknown layers[9].from',
    layers(...many, dense('end', 1, '«"zzz"»')),
    'layers[9].from is "zzz", but no layer has this id. Known are "input", "layer0", "layer1", "layer2", "layer3", "layer4", "layer5" or "layer6".',
  ],
  // twice, circles, below
  [
    'error from.twice layers[1].from[2]',
    layers(a, add('["a", "input", «"a"»]')),
    'layers[1].from[2] names "a" twice: remove one, or take another layer.',
  ],
  [
    'error from.twice layers[1].from[1]',
    layers(a, add('["input", «"input"»]')),
    'layers[1].from[1] names "input" twice: remove one, or take another layer.',
  ],
  [
    'error from.cycle layers[0].from',
    layers(dense('a', 2, '«"a"»'), end),
    'layers[0].from is "a", but a layer cannot take its own values: a → a. Take the values of a layer above.',
  ],
  [
    'error from.cycle layers[1].from[1]',
    layers(a, add('["a", «"s"»]'), end),
    'layers[1].from[1] is "s", but a layer cannot take its own values: s → s. Take the values of a layer above.',
  ],
  [
    'error from.cycle layers[0].from',
    layers(dense('a', 2, '«"c"»'), '{ "type": "dense", "units": 2 }', dense('c', 2)),
    'layers[0].from is "c", but values would run in a circle: a → layers[1] → c → a. Take the values of a layer above.',
  ],
  [
    'error from.cycle layers[0].from',
    layers(dense('x'.repeat(30), 2, '«"c"»'), dense('y'.repeat(31), 2), dense('c', 2)),
    'layers[0].from is "c", but values would run in a circle: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx → yyyyyyyyyyyyyyyyyyyyyyyyyyyyy… → c → xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx. Take the values of a layer above.',
  ],
  [
    'error from.below layers[0].from',
    layers(dense('a', 2, '«"c"»'), b, dense('c', 2, '"input"')),
    'layers[0].from is "c", which stands below (layers[2]): move it up, above layers[0].',
  ],
  [
    'error from.below layers[0].from[1]',
    layers(add('["input", «"c"»]'), dense('c', 2, '"input"')),
    'layers[0].from[1] is "c", which stands below (layers[1]): move it up, above layers[0].',
  ],
  // sizes
  [
    'error add.sizes layers[2].from[1]',
    layers(a, b, add('["a", «"b"»]')),
    'layers[2] adds sources of different length: "a" (layers[0]) gives 2, "b" (layers[1]) gives 3. Set layers[1].units to 2, or join them with "concat".',
  ],
  [
    'error add.sizes layers[2].from[2]',
    layers(a, b, add('["a", "input", «"b"»]')),
    'layers[2] adds sources of different length: "a" (layers[0]) gives 2, "b" (layers[1]) gives 3. Set layers[1].units to 2, or join them with "concat".',
  ],
  [
    'error add.sizes layers[1].from[1]',
    layers(b, add('["b", «"input"»]')),
    'layers[1] adds sources of different length: "b" (layers[0]) gives 3, the input gives 2. Set layers[0].units to 2, or join them with "concat".',
  ],
  [
    'error add.sizes layers[1].from[1]',
    layers(b, add('["input", «"b"»]')),
    'layers[1] adds sources of different length: the input gives 2, "b" (layers[0]) gives 3. Set layers[0].units to 2, or join them with "concat".',
  ],
  [
    'error add.sizes layers[3].from[1]',
    layers(a, b, concat('["a", "b"]'), add('["input", «"c"»]')),
    'layers[3] adds sources of different length: the input gives 2, "c" (layers[2]) gives 5. Put a dense layer of 2 units after "c" (layers[2]), or join them with "concat".',
  ],
  [
    'error add.sizes layers[3].from[1]',
    layers(a, b, concat('["a", "b"]'), add('["b", «"c"»]')),
    'layers[3] adds sources of different length: "b" (layers[1]) gives 3, "c" (layers[2]) gives 5. Set layers[1].units to 5, or join them with "concat".',
  ],
  [
    'error concat.size layers[2].from',
    layers(dense('a', 40000), dense('b', 25537, '"input"'), concat('«["a", "b"]»')),
    'layers[2] joins 65,537 values, at most 65,536 are possible: use fewer or smaller sources.',
  ],
  [
    'error add.sizes layers[2].from[1]',
    layers(b, '{ "type": "dropout", "id": "d", "rate": 0 }', add('["input", «"d"»]')),
    'layers[2] adds sources of different length: the input gives 2, "d" (layers[1]) gives 3. Put a dense layer of 2 units after "d" (layers[1]), or join them with "concat".',
  ],
  [
    'error add.sizes layers[2].from[1]',
    layers(dense('x', 4), '{ "type": "flatten", "id": "f" }', add('["f", «"input"»]')),
    'layers[2] adds sources of different length: "f" (layers[1]) gives 4, the input gives 2. Put a dense layer of 4 units after the input, or join them with "concat".',
  ],
  // what nobody takes
  [
    'warning layer.unused layers[1]',
    layers(a, '{ «"type": "dense"», "id": "b", "units": 3 }', dense('c', 1, '"a"')),
    'No layer takes the values of layers[1], so it is trained for nothing: name "b" in the "from" of a layer below, or remove it. Only the last layer (layers[2]) is the output.',
  ],
  [
    'warning layer.unused layers[0]',
    layers('{ "units": 3, «"type": "dense"» }', dense('c', 1, '"input"')),
    'No layer takes the values of layers[0], so it is trained for nothing: give it an "id" and name it in the "from" of a layer below, or remove it. Only the last layer (layers[1]) is the output.',
  ],
];

describe('of connections is told', () => {
  it.each(rows)('%s in %s', (...row) => expectOnly(row));
});
