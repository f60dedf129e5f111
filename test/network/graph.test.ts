import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consumersOf, sourcesOf } from '../../src/network/graph';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { networkToJson } from '../../src/network/toJson';
import { branchedArbitrary } from './support/branches';
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

  it('a concat of concats a thousand deep is refused, not counted to infinity', () => {
    const double = Array.from({ length: 900 }, (_, i) => {
      const above = i === 0 ? 'input' : `c${i - 1}`;
      const twin = `{ "type": "dense", "id": "d${i}", "from": "input", "units": 60000 }`;
      return `${twin}, { "type": "concat", "id": "c${i}", "from": ["${above}", "d${i}"] }`;
    });
    const codes = parseNetwork(layers(...double.slice(0, 450))).issues.map(({ code }) => code);
    expect(codes).toContain('concat.size');
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

  it('answers about thousands of wrong references in bounds', () => {
    const from = Array.from({ length: 250 }, (_, i) => `"n${996 - 4 * i}"`).join(',');
    const many = Array.from(
      { length: 1000 },
      (_, i) => `{ "type": "add", "id": "n${i}", "from": ["input", ${from}] }`,
    );
    const { issues, network: parsed } = parseNetwork(layers(...many));
    expect(parsed).toBeUndefined();
    expect(issues).toHaveLength(501);
    expect(issues[0]).toMatchObject({ code: 'from.cycle', path: ['layers', 0, 'from', 1] });
    expect(issues[499].code).toMatch(/^from\./);
  });
});

describe('networks with branches', () => {
  it('have the sizes that their sources give, and sources above each layer', () => {
    fc.assert(
      fc.property(branchedArbitrary, ({ network: value, sizes }) => {
        const { network: parsed, issues } = parseNetwork(JSON.stringify(value));
        expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        if (!parsed) throw new Error('no network');
        expect(parsed.layers.map(({ units }) => units)).toEqual(sizes);
        const shapes = inferShapes(parsed);
        const lengthOf = (source: number) => (source < 0 ? shapes.inputSize : sizes[source]);
        shapes.layers.forEach(({ sources, inputs, units, parameters }, index) => {
          const { type } = parsed.layers[index];
          expect(sources.every(source => source >= -1 && source < index)).toBe(true);
          const sum = sources.map(lengthOf).reduce((total, length) => total + length, 0);
          expect(inputs).toBe(type === 'add' ? units : sum);
          expect(parameters).toBe(type === 'dense' ? units * (inputs + 1) : 0);
        });
        expect(shapes.outputSize).toBe(sizes[sizes.length - 1]);
      }),
      { numRuns: 300 },
    );
  });

  it('come back from their JSON', () => {
    fc.assert(
      fc.property(branchedArbitrary, ({ network: value }) => {
        const { network: parsed } = parseNetwork(JSON.stringify(value));
        const again = parsed && parseNetwork(JSON.stringify(networkToJson(parsed))).network;
        expect(parsed).toBeDefined();
        expect(again).toEqual(parsed);
      }),
      { numRuns: 200 },
    );
  });

  it('warn of exactly the layers that nobody takes from', () => {
    fc.assert(
      fc.property(branchedArbitrary, ({ network: value }) => {
        const { network: parsed, issues } = parseNetwork(JSON.stringify(value));
        if (!parsed) throw new Error('no network');
        const consumers = consumersOf(sourcesOf(parsed));
        const unused = parsed.layers.flatMap((_, index) =>
          index < parsed.layers.length - 1 && consumers[index + 1].length === 0 ? [index] : [],
        );
        const told = issues.filter(({ code }) => code === 'layer.unused');
        expect(told.map(({ path }) => path[1])).toEqual(unused);
      }),
      { numRuns: 200 },
    );
  });
});

describe('any references among named layers', () => {
  const count = 5;
  const names = ['input', 'n0', 'n1', 'n2', 'n3', 'n4', 'who'];
  const wanted = fc.array(
    fc.option(fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })),
    { minLength: count, maxLength: count },
  );

  /** The layers whose values a layer takes, wherever they stand, by the plain words of the format. */
  function taken(from: readonly (readonly string[] | null)[], layer: number): readonly number[] {
    const ids = from[layer];
    if (!ids) return layer > 0 ? [layer - 1] : [];
    return ids.flatMap(id => (/^n\d$/.test(id) ? [Number(id[1])] : []));
  }

  /** Whether the values of `start` come to `goal`, by trying every way. */
  function flows(
    from: readonly (readonly string[] | null)[],
    start: number,
    goal: number,
    seen: ReadonlySet<number> = new Set(),
  ): boolean {
    if (start === goal) return true;
    if (seen.has(goal)) return false;
    return taken(from, goal).some(next => flows(from, start, next, new Set([...seen, goal])));
  }

  it('are unknown, a circle, below, or right', () => {
    fc.assert(
      fc.property(wanted, from => {
        const value = from.map((ids, index) => {
          const id = `n${index}`;
          if (ids && ids.length > 1) return { type: 'add', id, from: ids };
          return { type: 'dense', id, units: 2, ...(ids && { from: ids }) };
        });
        const { issues, network: parsed } = parseNetwork(
          JSON.stringify({ version: 1, input: { shape: [2] }, layers: value }),
        );
        const told = issues
          .filter(({ severity }) => severity === 'error')
          .map(({ code, path }) => `${code} ${path.join('.')}`);
        const expected = from.flatMap((ids, layer) =>
          (ids ?? []).flatMap((id, entry) => {
            const source = names.indexOf(id) - 1;
            const place = `layers.${layer}.from.${entry}`;
            if (id === 'who') return [`from.unknown ${place}`];
            if (source < layer) return [];
            return [`from.${flows(from, layer, source) ? 'cycle' : 'below'} ${place}`];
          }),
        );
        expect(told).toEqual(expected);
        expect(parsed === undefined).toBe(expected.length > 0);
        for (const { code, message } of issues) {
          if (code !== 'from.cycle') continue;
          const circle = /: (n\d(?: → n\d)+)\./.exec(message)?.[1].split(' → ') ?? [];
          expect(circle.length).toBeGreaterThan(1);
          expect(circle[0]).toBe(circle[circle.length - 1]);
          circle.slice(1).forEach((name, step) => {
            expect(taken(from, Number(name[1]))).toContain(Number(circle[step][1]));
          });
        }
      }),
      { numRuns: 500 },
    );
  });
});
