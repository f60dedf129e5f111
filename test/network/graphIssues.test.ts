/** One issue for each way in which connections do not make a network. */
import { describe, expect, it } from 'vitest';
import { sourcesOf } from '../../src/network/graph';
import { parseNetwork } from '../../src/network/parse';
import { network } from './support/marked';
import { check } from './support/rows';
import type { Row } from './support/rows';

const layers = (...texts: string[]) => network({ layers: `[${texts.join(',\n')}]` });
const a = '{ "type": "dense", "id": "a", "units": 2 }';
const b = '{ "type": "dense", "id": "b", "units": 3 }';
const end = '{ "type": "dense", "units": 1 }';

const rows: readonly Row[] = [
  // what the catalogue refuses
  ['error', 'value.missing', layers(a, '«{» "type": "add" }'), 'layers[1].from', '["input", "a"]'],
  ['error', 'value.type', layers(a, '{ "type": "add", "from": «"a"» }'), 'a list'],
  [
    'error',
    'list.short',
    layers(a, '{ "type": "add", "from": «["a"]» }'),
    'layers[1].from has 1 entry, at least 2 entries are needed: name two or more layers',
  ],
  ['error', 'list.short', layers(a, '{ "type": "concat", "from": «[]» }'), 'from is empty'],
  [
    'error',
    'list.short',
    layers('{ "type": "dense", "units": 1, "from": «[]» }'),
    'remove "from" for the layer above',
  ],
  [
    'error',
    'list.long',
    layers(a, b, '{ "type": "dense", "units": 1, "from": ["a", «"b"»] }'),
    'layers[2].from has 2 entries, at most 1 is possible: a dense layer has one source',
    '"concat"',
  ],
  ['error', 'value.type', layers(a, '{ "type": "add", "from": ["a", «7»] }'), 'from[1]', 'text'],
  ['error', 'value.empty', layers(a, '{ "type": "add", "from": ["a", «""»] }'), 'not empty'],
  ['error', 'value.empty', layers('{ "type": "dense", "id": «""», "units": 1 }'), 'id must be'],
  [
    'error',
    'value.reserved',
    layers('{ "type": "dense", "id": «"input"», "units": 1 }'),
    `layers[0].id: "input" means the network's input: choose another name.`,
  ],
  [
    'error',
    'value.long',
    layers(`{ "type": "dense", "id": «"${'x'.repeat(101)}"», "units": 1 }`),
    'at most 100 characters',
  ],
  [
    'error',
    'value.unknown',
    layers(a, '{ "type": «"ad"», "from": ["a", "input"], "units": 1 }'),
    'mean "add"',
  ],
  [
    'information',
    'setting.unused',
    layers(a, '{ "type": "add", "from": ["a", "input"], «"units": 3» }'),
    'layers[1].units has no effect on add (it has type, id, from, activation). Remove it.',
  ],
  [
    'information',
    'setting.unused',
    layers(a, '{ "type": "concat", "from": ["a", "input"], «"weights": [[null]]» }'),
    'no effect on concat',
  ],
  [
    'information',
    'key.unknown',
    layers(a, '{ "type": "concat", "from": ["a", "input"], «"activaton"»: "relu" }'),
    'mean "activation"',
  ],
  // ids and references
  [
    'error',
    'id.duplicate',
    layers(a, '{ "type": "dense", "id": «"a"», "units": 1 }'),
    'layers[1].id is "a", as that of layers[0]',
  ],
  [
    'error',
    'from.unknown',
    layers(
      '{ "type": "dense", "id": "hidden", "units": 2 }',
      b,
      '{ "type": "dense", "units": 1, "from": «"hiden"» }',
    ),
    'layers[2].from is "hiden", but no layer has this id. Did you mean "hidden"?',
  ],
  [
    'error',
    'from.unknown',
    layers(a, b, '{ "type": "add", "from": ["a", «"encoder"»] }'),
    'Known are "input", "a" or "b".',
  ],
  [
    'error',
    'from.unknown',
    layers('{ "type": "dense", "units": 2 }', '{ "type": "add", "from": ["input", «"0"»] }'),
    'give layers[0] an "id", and write it here',
  ],
  [
    'error',
    'from.unknown',
    layers(a, '{ "type": "add", "from": ["input", «"layers[0]"»] }'),
    'layers are called by their id: write "a"',
  ],
  [
    'error',
    'from.twice',
    layers(a, '{ "type": "add", "from": ["a", "input", «"a"»] }'),
    'layers[1].from[2] names "a" twice',
  ],
  [
    'error',
    'from.cycle',
    layers('{ "type": "dense", "id": "a", "units": 2, "from": «"a"» }', end),
    'a layer cannot take its own values: a → a.',
  ],
  [
    'error',
    'from.cycle',
    layers(
      '{ "type": "add", "id": "a", "from": ["input", «"c"»] }',
      end,
      '{ "type": "dense", "id": "c", "units": 2 }',
    ),
    'values would run in a circle: a → layers[1] → c → a. Take the values of a layer above.',
  ],
  [
    'error',
    'from.below',
    layers(
      '{ "type": "dense", "units": 2, "from": «"c"» }',
      '{ "type": "dense", "id": "c", "units": 2, "from": "input" }',
    ),
    'layers[0].from is "c", which stands below (layers[1]): move it up, above layers[0].',
  ],
  // sizes
  [
    'error',
    'add.sizes',
    layers(a, b, '{ "type": "add", "from": ["a", «"b"»] }'),
    'layers[2] adds sources of different length: "a" (layers[0]) gives 2, "b" (layers[1]) gives 3.',
    'Set layers[1].units to 2, or join them with "concat".',
  ],
  [
    'error',
    'add.sizes',
    layers(b, '{ "type": "add", "from": ["b", «"input"»] }'),
    'the input gives 2. Set layers[0].units to 2',
  ],
  [
    'error',
    'add.sizes',
    layers(
      a,
      b,
      '{ "type": "concat", "id": "ab", "from": ["a", "b"] }',
      '{ "type": "add", "from": ["input", «"ab"»] }',
    ),
    'Put a dense layer of 2 units after "ab" (layers[2])',
  ],
  [
    'error',
    'concat.size',
    layers(
      '{ "type": "dense", "id": "a", "units": 40000 }',
      '{ "type": "dense", "id": "b", "units": 30000, "from": "input" }',
      '{ "type": "concat", "from": «["a", "b"]» }',
    ),
    'joins 70,000 values, at most 65,536 are possible',
  ],
  [
    'error',
    'network.values',
    layers(
      ...Array.from({ length: 152 }, (_, i) =>
        i === 0
          ? '{ "type": "dense", "id": "n0", "units": 65536 }, { "type": "dense", "id": "m", "from": "input", "units": 65536 }'
          : `{ ${i === 151 ? '«"type": "add"»' : '"type": "add"'}, "id": "n${i}", "from": ["m", "n${i - 1}"] }`,
      ),
    ),
    'more than 10,000,000 values for one sample (layers[152] brings 65,536)',
  ],
  [
    'warning',
    'layer.unused',
    layers(
      a,
      '{ «"type": "dense"», "id": "b", "units": 3 }',
      '{ "type": "dense", "units": 1, "from": "a" }',
    ),
    'No layer takes the values of layers[1]',
    'name "b"',
    'Only the last layer (layers[2]) is the output.',
  ],
  // what other rules say of merges
  [
    'error',
    'weights.columns',
    layers(
      a,
      b,
      '{ "type": "concat", "id": "c", "from": ["a", "b"] }',
      '{ "type": "dense", "units": 1, "weights": [«[1, 2]»] }',
    ),
    'Row 0 of layers[3].weights has 2 weights, "c" (layers[2]) gives 5: write 5 numbers',
  ],
  [
    'error',
    'weights.columns',
    layers(b, '{ "type": "dense", "units": 1, "from": "input", "weights": [«[1, 2, 3]»] }'),
    'the input gives 2',
  ],
  [
    'error',
    'activation.softmax',
    layers(a, '{ "type": "add", "from": ["a", "input"], "activation": «"softmax"» }', end),
    'only the last',
  ],
  [
    'error',
    'data.outputs',
    layers(a, '{ "type": "add", "from": ["a", "input"] }').replace(
      /\n}\n$/,
      ', "data": { "inline": [{ "x": [0, 0], "y": «[1, 2, 3]» }] } }',
    ),
    'the network has 2 outputs',
    'add a dense layer of 3 units at the end',
  ],
  [
    'error',
    'loss.activation',
    layers(a, '{ "type": "add", "from": ["a", "input"] }').replace(
      /\n}\n$/,
      ', "loss": { "type": «"crossEntropy"» } }',
    ),
    'layers[1].activation is linear',
  ],
];

describe('what does not go together in a graph', () => {
  it.each(rows.map(row => [row[1], row[2], row] as const))('%s in %s', (_code, _text, row) => {
    check(row);
  });

  it('tells one mistake once: no follower after a wrong reference', () => {
    const text = layers(a, b, '{ "type": "add", "id": "s", "from": ["a", "nobody"] }', end);
    expect(parseNetwork(text).issues.map(({ code }) => code)).toEqual(['from.unknown']);
  });

  it('gives the sizes of merges also where the joined layers are merges', () => {
    const text = layers(
      a,
      '{ "type": "add", "id": "r", "from": ["a", "input"] }',
      '{ "type": "concat", "id": "c", "from": ["r", "a", "input"] }',
      '{ "type": "concat", "from": ["c", "r"] }',
    );
    const { network: parsed } = parseNetwork(text);
    expect(parsed?.layers.map(({ units }) => units)).toEqual([2, 2, 6, 8]);
  });

  it.each(['__proto__', 'constructor', '<img onerror=alert(1)>', '\\"quoted\\"\\n', '→', ' '])(
    'takes the id %s as a name like any other',
    id => {
      const text = layers(
        `{ "type": "dense", "id": "${id}", "units": 2 }`,
        `{ "type": "add", "from": ["${id}", "input"] }`,
      );
      const { network: parsed, issues } = parseNetwork(text);
      expect(issues).toEqual([]);
      expect(parsed && sourcesOf(parsed)).toEqual([[-1], [0, -1]]);
    },
  );
});
