import { describe, expect, it } from 'vitest';
import { completionAt } from '../../src/network/completion';
import { applyTextEdits } from '../../src/network/json';
import { parseNetwork } from '../../src/network/parse';

/** What is proposed at the `|` of a text. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = completionAt(text, offset);
  const offers = found && 'offers' in found.wish ? found.wish.offers : [];
  const written = offers.map(({ insert }) =>
    applyTextEdits(text, [
      { ...found!.replace, text: insert.replace(/\$\{\d+:(\d)\}/g, '$1') + found!.separator },
    ]),
  );
  return { found, offers, written };
}

const graph = (layer: string): string => `{
  "version": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "id": "a", "units": 4 },
    { "type": "dense", "id": "b", "units": 4, "activation": "tanh" },
    ${layer},
    { "type": "dense", "id": "below", "units": 1 }
  ]
}`;

const data = (content: string): string =>
  `{ "input": { "shape": [2] }, "layers": [], "data": { "csv": "../a.csv", ${content} } }`;

describe('a source of a layer', () => {
  const labels = (layer: string) => at(graph(layer)).offers.map(({ label }) => label);

  it('is a layer above, the nearest first, or the input: nothing that would close a cycle', () => {
    expect(labels('{ "type": "add", "id": "own", "from": ["|"] }')).toEqual(['b', 'a', 'input']);
    expect(labels('{ "type": "dense", "from": "|", "units": 1 }')).toEqual(['b', 'a', 'input']);
  });

  it('is none that the list has already, but for the one that is being typed', () => {
    expect(labels('{ "type": "add", "from": ["a", "b|"] }')).toEqual(['b', 'input']);
    expect(labels('{ "type": "add", "from": ["a", |] }')).toEqual(['b', 'input']);
  });

  it('stands in a list where the layer joins several', () => {
    expect(labels('{ "type": "add", "from": | }')).toEqual([]);
    expect(labels('{ "type": "dense", "from": | }')).toEqual(['b', 'a', 'input']);
  });

  it('says what the layer is', () => {
    const { offers } = at(graph('{ "type": "dense", "from": "|" }'));
    expect(offers.map(({ detail }) => detail)).toEqual([
      'dense 4 → 4, tanh',
      'dense 2 → 4, linear',
      '2',
    ]);
  });
});

describe('what is replaced', () => {
  it.each([
    ['{ "type": "dense", "units": 1, "from": "|" }'],
    ['{ "type": "dense", "units": 1, "from": "xy|z" }'],
    ['{ "type": "dense", "units": 1, "from": | }'],
    ['{ "type": "dense", "from": | "units": 1 }'],
    ['{ "type": "dense", "from": "| , "units": 1 }'.replace(' ,', '\n,')],
  ])('leaves a network behind, with quotes that are not doubled: %s', layer => {
    const { written } = at(graph(layer));
    expect(written).toHaveLength(3);
    for (const text of written)
      expect(parseNetwork(text).issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('is nothing behind a value that is there, in a key, a number or a comment', () => {
    for (const layer of [
      '{ "type": "dense", "from": "a"| }',
      '{ "type": "dense", "fr|om": "a" }',
      '{ "type": "dense", "from": 1| }',
      '{ "type": "dense", /* "from": "|" */ "units": 1 }',
    ])
      expect(at(graph(layer)).found, layer).toBeUndefined();
  });
});

describe('what the data name', () => {
  it.each([
    ['"target": "|"', []],
    ['"target": |', []],
    ['"inputs": ["a", "b"], "target": "c|"', ['a', 'b']],
    ['"inputs": ["a", "|"], "target": "c"', ['a', 'c']],
    ['"inputs": ["a", "|\n], "target": "c"', ['a', 'c']],
    ['"inputs": [|], "target": ["c", "d"]', ['c', 'd']],
  ])('are columns that are not used yet: %s', (content, without) => {
    const { found } = at(data(content));
    expect(found?.wish).toEqual({ type: 'columns', csv: '../a.csv', without });
  });

  it('are files of their kind', () => {
    const kind = (text: string) => {
      const wish = at(text).found?.wish;
      return wish?.type === 'files' ? wish.kind : wish?.type;
    };
    expect(kind('{ "data": { "csv": "|" } }')).toBe('csv');
    expect(kind('{ "data": { "csv": |')).toBe('csv');
    expect(kind('{ "data": { "idx": { "images": "|" } } }')).toBe('idx');
    expect(kind('{ "data": { "idx": { "labels": "| } } }')).toBe('idx');
    expect(kind('{ "weights": { "file": "|" } }')).toBe('weights');
    expect(kind('{ "data": { "generator": "|" } }')).toBeUndefined();
    expect(kind('{ "loss": "|" }')).toBeUndefined();
  });

  it('names of inputs are those of columns', () => {
    const text = data('"target": "y"').replace('[2]', '[2], "names": ["a", "|"]');
    expect(at(text).found?.wish).toMatchObject({ type: 'columns', without: ['a', 'y'] });
  });
});

describe('what has the right length', () => {
  const network = (rest: string): string =>
    `{ "input": { "shape": [3] }, "layers": [{ "type": "dense", "units": 2 }], ${rest} }`;

  it.each([
    ['"expect": [|]', '{ "input": [0, 0, 0], "output": [0, 0] }'],
    ['"expect": [{ "input": | }]', '[0, 0, 0]'],
    ['"expect": [{ "input": [1, 2, 3], "output": | }]', '[0, 0]'],
    ['"data": { "inline": [|] }', '{ "x": [0, 0, 0], "y": [0, 0] }'],
    [
      '"data": { "inline": [{ "x": [1, 2, 3], "y": [1, 0] }, |] }',
      '{ "x": [0, 0, 0], "y": [0, 0] }',
    ],
  ])('%s', (rest, label) => {
    const { offers, written } = at(network(rest));
    expect(offers.map(offer => offer.label)).toEqual([label]);
    const { issues } = parseNetwork(written[0]);
    expect(issues.filter(({ code }) => /^(json|data|expect\.(in|out)puts)/.test(code))).toEqual([]);
  });

  it('counts its places to type in through', () => {
    const [offer] = at(network('"expect": [|]')).offers;
    expect(offer.insert.match(/\$\{\d+/g)).toEqual(['${1', '${2', '${3', '${4', '${5']);
  });

  it('is not proposed where nobody would type it', () => {
    expect(at(network('"expect": [|]').replace('[3]', '[784]')).found).toBeUndefined();
    expect(at(network('"expect": [|]').replace('[3]', '[]')).found).toBeUndefined();
  });
});

it('an id is one that is free', () => {
  const text = graph('{ "type": "dense", "id": "|" }').replace('"a"', '"dense1"');
  expect(at(text).offers.map(({ label }) => label)).toEqual(['dense2']);
});

it('says nothing of a text that is no network, wherever one types', () => {
  const text = graph('{ "type": "add", "from": ["a", "b"] }');
  for (let offset = 0; offset <= text.length; offset++)
    for (const broken of [text.slice(0, offset), text.slice(offset), `${text.slice(0, offset)}"`])
      for (const place of [0, broken.length]) completionAt(broken, place);
  expect(completionAt('', 0)).toBeUndefined();
  expect(completionAt('[|]', 1)).toBeUndefined();
});
