/** Where in a text something is proposed, what exactly, and which characters it takes the place of. */
import { describe, expect, it } from 'vitest';
import { completionAt } from '../../src/network/completion';
import type { Wish } from '../../src/network/completion';

/** What is proposed at the `|`; what it replaces stands between `«` and `»`, else nothing is replaced. */
function at(marked: string) {
  const text = marked.replace(/[|«»]/g, '');
  const plain = marked.replace(/[«»]/g, '');
  const found = completionAt(text, plain.indexOf('|'));
  const [start, end] = [marked.indexOf('«'), marked.indexOf('»')];
  const here = plain.indexOf('|');
  const bars = marked.indexOf('|') < end && start >= 0 ? 2 : 1;
  const expected = start < 0 ? { start: here, end: here } : { start, end: end - bars };
  if (found) expect(found.replace).toEqual(expected);
  return found;
}

const wish = (marked: string): Wish | undefined => at(marked)?.wish;

const labels = (marked: string): readonly string[] | undefined => {
  const found = wish(marked);
  return found && 'offers' in found ? found.offers.map(({ label }) => label) : undefined;
};

/** Two inputs, three layers; `below` is the last. */
const network = (rest: string, below = '"type": "dense", "units": 3'): string =>
  `{ "input": { "shape": [2] }, "layers": [
  { "type": "dense", "id": "a", "units": 4 },
  { "type": "dense", "id": "b", "units": 4 },
  { ${below} } ]${rest} }`;

describe('the characters at the place', () => {
  const csv = { type: 'files', kind: 'csv' };

  it.each([
    ['{ "data": { "csv": «"a|b"» } }', ''],
    ['{ "data": { "csv": «"|"» } }', ''],
    ['{ "data": { "csv": «"ab|"» } }', ''],
    ['{ "data": { "csv": | } }', ''],
    ['{ "data": { "csv":|} }', ''],
    ['{ "data": { "csv":|"ab" } }', ','],
    ['{ "data": { "csv": | "target": "y" } }', ','],
    ['{ "data": { "csv": |\n  "target": "y" } }', ','],
    ['{ "data": { "csv": | /* one */ "target": "y" } }', ','],
    ['{ "data": { "csv": | /* one */, "target": "y" } }', ''],
    ['{ "data": { "csv": | // one\n, "target": "y" } }', ''],
    ['{ "data": { "csv": |, "target": "y" } }', ''],
    ['{ "data": { "csv": |', ''],
    ['{ "data": { "csv": «"a|»', ''],
    ['{ "data": { "csv": «"a|»b\n } }', ','],
    ['{ "data": { "csv": «"|»\n } }', ''],
    ['{ "data": { "csv": /* a file */ | } }', ''],
    ['{ "data": { "csv": |/* a file */ } }', ''],
    ['{ "data": { "csv": «"a|b"» "target": "y" } }', ','],
    ['{ "data": { "csv": | 5 } }', ','],
    ['{ "data": { "csv": | { "a": 1 } } }', ','],
    ['{ "data": { "csv": | "y } }', ''],
  ] as const)('%s, with "%s" behind', (marked, separator) => {
    expect(at(marked)).toMatchObject({ wish: csv, separator });
  });

  it.each([
    '{ "data": { "csv"|: "a" } }',
    '{ "data": { "c|sv": "a" } }',
    '{ "data": { |"csv": "a" } }',
    '{ "data": {| "csv": "a" } }',
    '{ "data": { "csv": "a"| } }',
    '{ "data": { "csv": 1|2 } }',
    '{ "data": { "csv": tr|ue } }',
    '{ "data": { "csv": null| } }',
    '{ "data": { "csv": // a|b\n "a" } }',
    '{ "data": { "csv": /* a|b */ "a" } }',
    '{ "data": { "csv": "a" |} }',
    '{ "data": { "csv": "a" } }|',
    '| { "data": { "csv": "a" } }',
    '|',
    '"|"',
    '["|"]',
    '[{ "csv": "|" }]',
  ])('nothing at %s', marked => {
    expect(at(marked)).toBeUndefined();
  });
});

describe('a file', () => {
  it.each([
    ['{ "data": { "csv": «"|"» } }', 'csv'],
    ['{ "data": { "idx": { "images": «"|"» } } }', 'idx'],
    ['{ "data": { "idx": { "labels": «"|"» } } }', 'idx'],
    ['{ "weights": { "file": «"|"» } }', 'weights'],
  ])('is wanted at %s', (marked, kind) => {
    expect(wish(marked)).toEqual({ type: 'files', kind });
  });

  it.each([
    '{ "data": { "csv": ["|"] } }',
    '{ "data": { "csv": { "images": "|" } } }',
    '{ "data": { "idx": "|" } }',
    '{ "data": { "idx": { "other": "|" } } }',
    '{ "data": { "idx": ["|"] } }',
    '{ "data": { "idx": { "images": ["|"] } } }',
    '{ "data": "|" }',
    '{ "weights": "|" }',
    '{ "weights": { "sha256": "|" } }',
    '{ "weights": { "file": ["|"] } }',
  ])('is not at %s', marked => {
    expect(at(marked)).toBeUndefined();
  });
});

describe('a column', () => {
  const columns = (...without: string[]): Wish => ({ type: 'columns', csv: 'a.csv', without });
  const data = (rest: string, input = ''): string =>
    `{ "input": { "shape": [2]${input} }, "data": { "csv": "a.csv"${rest} } }`;

  it.each([
    [data(', "target": «"|"»'), columns()],
    [data(', "target": «"|x"»'), columns()],
    [data(', "target": [«"|"»]'), columns()],
    [data(', "target": ["p", «"|"»]'), columns('p')],
    [data(', "target": ["p", «"|"», "q"]'), columns('p', 'q')],
    [data(', "target": ["p", {}, "q", |]'), columns('p', 'q')],
    [data(', "inputs": ["p", "q"], "target": «"|"»'), columns('p', 'q')],
    [data(', "inputs": ["p", «"|"», "q"], "target": "y"'), columns('p', 'q', 'y')],
    [data(', "inputs": [«"|"»], "target": ["y", "z"]'), columns('y', 'z')],
    [data(', "inputs": «"|"»'), undefined],
    [data(', "inputs": { "a": «"|"» }'), undefined],
    [data(', "inputs": [[«"|"»]]'), undefined],
    [data(', "normalize": «"|"»'), undefined],
    [data('', ', "names": [«"|"»]'), columns()],
    [data(', "target": "y"', ', "names": ["p", «"|"», "q"]'), columns('p', 'q', 'y')],
    [data(', "inputs": ["r"], "target": ["y", "z"]', ', "names": [|]'), columns('y', 'z')],
    [data('', ', "names": «"|"»'), undefined],
    [data('', ', "names": [[«"|"»]]'), undefined],
    [data('', ', "other": [«"|"»]'), undefined],
  ])('%s', (marked, expected) => {
    const found = wish(expected ? marked : marked.replace(/[«»]/g, ''));
    expect(found).toEqual(expected);
  });

  it.each(['"csv": ""', '"csv": 5', '"csv": ["a.csv"]', '"generator": "xor"'])(
    'is not known where the data are { %s }',
    source => {
      expect(at(`{ "data": { ${source}, "target": "|" } }`)).toBeUndefined();
      expect(at(`{ "input": { "names": ["|"] }, "data": { ${source} } }`)).toBeUndefined();
    },
  );
});

describe('an id', () => {
  it.each([
    ['"type": "dense", "id": «"|"»', 'dense1'],
    ['"type": "conv2d", "id": |, "filters": 2', 'conv2d1'],
    ['"type": "odd", "id": «"|"»', 'odd1'],
    ['"type": "", "id": «"|"»', 'layer1'],
    ['"type": 7, "id": «"|"»', 'layer1'],
    ['"id": «"|"»', 'layer1'],
    ['"type": "dense", "id": «"dense1|"»', 'dense1'],
  ])('of { %s } is %s', (below, id) => {
    const offers = [{ insert: `"${id}"`, label: id, detail: '' }];
    expect(wish(network('', below))).toEqual({ type: 'id', offers });
  });

  it('is none that another layer has, above or below', () => {
    const own = '"type": "dense", "id": «"|"» }, { "type": "dense", "id": "dense2"';
    expect(labels(network('', own).replace('"a"', '"dense1"'))).toEqual(['dense3']);
  });

  it('is a text in a layer, nothing else', () => {
    expect(at(network('', '"type": "dense", "id": ["|"]'))).toBeUndefined();
    expect(at(network(', "id": "|"'))).toBeUndefined();
    expect(at('{ "layers": { "id": "|", "a": { "id": "b" } } }')).toBeUndefined();
    expect(at('{ "layers": { "a": { "id": "|" } } }')).toBeUndefined();
    expect(at('{ "input": [{ "id": "|" }] }')).toBeUndefined();
  });
});

describe('a source', () => {
  const offer = (label: string, detail: string) => ({ insert: `"${label}"`, label, detail });
  const above = [
    offer('b', 'dense 4 → 4, linear'),
    offer('a', 'dense 2 → 4, linear'),
    offer('input', '2'),
  ];

  it.each([
    '"type": "dense", "units": 1, "from": «"|"»',
    '"type": "dense", "units": 1, "from": [«"|"»]',
    '"type": "add", "from": [|]',
    '"type": "concat", "from": [«"|"»]',
    '"type": "odd", "from": |',
    '"from": «"x|"»',
  ])('in { %s } is each layer above, and the input', below => {
    expect(wish(network('', below))).toEqual({ type: 'layers', offers: above });
  });

  it.each([
    ['"type": "add", "from": ["a", «"|"»]', ['b', 'input']],
    ['"type": "add", "from": [«"|"», "input"]', ['b', 'a']],
    ['"type": "add", "from": ["b", «"a|"», "input"]', ['a']],
    ['"type": "add", "from": ["a", "b", "input", |]', []],
  ])('in { %s } is none that is named already: %j', (below, expected) => {
    expect(labels(network('', below))).toEqual(expected);
  });

  it('is only one with an id, that is written as in the file', () => {
    const odd = network('', '"type": "add", "from": [|]')
      .replace('"a"', '5')
      .replace('"b"', '"q\\"r"');
    expect(wish(odd)).toEqual({
      type: 'layers',
      offers: [
        { insert: '"q\\"r"', label: 'q"r', detail: 'dense 4 → 4, linear' },
        { insert: '"input"', label: 'input', detail: '2' },
      ],
    });
    const without = '"type": "flatten" }, { "from": |';
    expect(labels(network('', without))).toEqual(['b', 'a', 'input']);
    expect(labels(network('', '"from": |').replace('"a"', '""'))).toEqual(['b', 'input']);
  });

  it('of the first layer is the input, also where no input is written', () => {
    expect(wish('{ "layers": [{ "from": «"|"» }] }')).toEqual({
      type: 'layers',
      offers: [offer('input', '')],
    });
  });

  it.each([
    '"type": "add", "from": «"|"»',
    '"type": "concat", "from": |',
    '"type": "add", "from": { "a": "|" }',
    '"type": "add", "from": [["|"]]',
    '"type": "dense", "other": "|"',
    '"type": "dense", "other": ["|"]',
    '"type": "|"',
  ])('is not wanted in { %s }', below => {
    expect(at(network('', below.replace(/[«»]/g, '')))).toBeUndefined();
  });
});

describe('as many numbers as there are', () => {
  const numbers = (insert: string, label: string, detail: string): Wish => ({
    type: 'numbers',
    offers: [{ insert, label, detail }],
  });
  const expectation = numbers(
    '{ "input": [${1:0}, ${2:0}], "output": [${3:0}, ${4:0}, ${5:0}] }',
    '{ "input": [0, 0], "output": [0, 0, 0] }',
    '2 → 3',
  );
  const sample = numbers(
    '{ "x": [${1:0}, ${2:0}], "y": [${3:0}, ${4:0}, ${5:0}] }',
    '{ "x": [0, 0], "y": [0, 0, 0] }',
    '2 → 3',
  );

  it.each([
    [', "expect": [|]', expectation],
    [', "expect": [«"|"»]', expectation],
    [', "expect": [{ "input": | }]', numbers('[${1:0}, ${2:0}]', '[0, 0]', 'input: 2')],
    [
      ', "expect": [{}, { "output": | }]',
      numbers('[${1:0}, ${2:0}, ${3:0}]', '[0, 0, 0]', 'output: 3'),
    ],
    [', "data": { "inline": [|] }', sample],
    [', "data": { "inline": [{ "x": [1, 2], "y": [1, 2, 3] }, |] }', sample],
    [', "expect": |', undefined],
    [', "expect": { "input": | }', undefined],
    [', "expect": [{ "name": | }]', undefined],
    [', "expect": [{ "input": [|] }]', undefined],
    [', "expect": [{ "loss": { "output": | } }]', undefined],
    [', "data": { "inline": | }', undefined],
    [', "data": { "inline": { "x": | } }', undefined],
    [', "data": { "inline": [{ "x": | }] }', undefined],
    [', "data": { "inline": [{ "x": [|] }] }', undefined],
    [', "other": [|]', undefined],
    [', "layers": [|]', undefined],
  ])('at %s', (rest, expected) => {
    expect(wish(network(rest))).toEqual(expected);
  });

  it('up to 32 on each side', () => {
    const sized = (inputs: number, outputs: number, place: string) =>
      `{ "input": { "shape": [${inputs}] }, "layers": [{ "type": "dense", "units": ${outputs} }], "expect": [${place}] }`;
    expect(labels(sized(32, 32, '|'))?.[0].match(/0/g)).toHaveLength(64);
    expect(labels(sized(1, 1, '|'))).toEqual(['{ "input": [0], "output": [0] }']);
    expect(labels(sized(33, 1, '{ "output": | }'))).toEqual(['[0]']);
    for (const [inputs, outputs] of [
      [33, 1],
      [1, 33],
      [0, 1],
      [1, 0],
    ])
      expect(labels(sized(inputs, outputs, '|')), `${inputs} → ${outputs}`).toBeUndefined();
    expect(labels(sized(33, 1, '{ "input": | }'))).toBeUndefined();
    expect(labels(sized(1, 33, '{ "output": | }'))).toBeUndefined();
  });
});
