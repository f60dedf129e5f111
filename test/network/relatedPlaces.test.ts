/** The other places of every kind of issue: which, of what kind, in which order. */
import { describe, expect, it } from 'vitest';
import { parseNetwork, parseSyntax } from '../../src/network/parse';
import type { Issue } from '../../src/network/network';
import { relatedTo } from '../../src/network/related';
import { file } from './support/fixing';

const dense = (rest: string): string => `{ "type": "dense", ${rest} }`;
const one = dense('"units": 1');
const blank = { severity: 'error', path: [], message: '', range: { start: 0, end: 0 } } as const;

/** By each place its kind, and what stands there; of a file its name and row besides. */
function related(text: string, told: Pick<Issue, 'code'> & Partial<Issue>) {
  return relatedTo(parseSyntax(text), { ...blank, ...told }).map(({ kind, range, ...rest }) => [
    kind,
    text.slice(range.start, range.end),
    ...Object.values(rest),
  ]);
}

/** Of an issue that the text itself has. */
function found(text: string, code: string) {
  const issue = parseNetwork(text).issues.find(each => each.code === code);
  if (!issue) throw new Error(`No ${code}`);
  return related(text, issue);
}

describe('what gives the size of what comes in', () => {
  const dropout = '{ "type": "dropout", "rate": 0.5 }';
  const layer = dense('"id": "below", "units": 1');
  const path = (index: number) => ['layers', index, 'weights'];
  const codes = ['weights.columns', 'add.sizes', 'add.images', 'image.needed', 'window.large'];

  it.each(codes)('%s: the layer above, or the input', code => {
    expect(related(file(layer), { code, path: path(0) })).toEqual([['givesSize', '"shape": [2]']]);
    expect(related(file(`${one}, ${layer}`), { code, path: path(1) })).toEqual([
      ['givesSize', '"units": 1'],
    ]);
  });

  it.each([
    [`${dense('"units": 3')}, ${dropout}, ${layer}`, 2, ['"units": 3']],
    [`${dropout}, ${dropout}, ${layer}`, 2, ['"shape": [2]']],
    [`${dense('"units": 3')}, { "type": "batchNorm" }, ${layer}`, 2, ['"type": "batchNorm"']],
    [
      `${dense('"id": "a", "units": 3')}, { "type": "concat", "from": ["a", "input"] }, ${layer}`,
      2,
      ['"type": "concat"'],
    ],
    [
      `${dense('"id": "a", "units": 3')}, { "type": "add", "from": ["a", "input"] }`,
      1,
      ['"units": 3', '"shape": [2]'],
    ],
    [`${dense('"id": "a", "units": 3')}, { "type": "add", "from": ["a", "a"] }`, 1, ['"units": 3']],
    [
      `${dense('"id": "a", "units": 3')}, ${one}, ${dense('"from": "a", "units": 1')}`,
      2,
      ['"units": 3'],
    ],
    [
      `{ "type": "conv2d", "filters": 2, "kernel": [1, 1] }, { "type": "flatten" }, ${layer}`,
      2,
      ['"filters": 2'],
    ],
    [`{ "type": "maxPool2d", "size": [2, 2] }, ${layer}`, 1, ['"type": "maxPool2d"']],
    [`{ "type": "dropout", "rate": 0.5, "from": "nobody" }, ${layer}`, 1, ['"type": "dropout"']],
    [`${dense('"from": "nobody", "units": 1')}`, 0, []],
    [`{ "activation": "tanh" }, ${layer}`, 1, []],
    [layer, 7, []],
  ])('%s, layer %i', (layers, index, expected) => {
    const text = file(layers, '', layers.includes('2d') ? '[4, 4, 1]' : '[2]');
    const places = related(text, { code: 'weights.columns', path: path(index) });
    expect(places).toEqual(expected.map(place => ['givesSize', place]));
  });
});

describe('one other setting', () => {
  const layers = `${dense('"units": 9, "filters": 8, "useBias": true')}, ${dense('"units": 2, "activation": "tanh"')}`;
  const rest =
    ', "training": { "epochs": 3 }, "data": { "inputs": ["a"], "target": "y", "csv": 5 }';
  const text = file(layers, rest);

  it.each([
    ['weights.rows', 'hasSize', '"units": 9'],
    ['bias.length', 'hasSize', '"units": 9'],
    ['bias.unused', 'excludes', '"useBias": true'],
    ['input.names', 'hasSize', '"shape": [2]'],
    ['data.inputs', 'hasSize', '"shape": [2]'],
    ['expect.inputs', 'hasSize', '"shape": [2]'],
    ['data.outputs', 'hasSize', '"units": 2'],
    ['expect.outputs', 'hasSize', '"units": 2'],
    ['loss.activation', 'excludes', '"activation": "tanh"'],
    ['schedule.warmUp', 'excludes', '"epochs": 3'],
    ['data.columns', 'named', '"target": "y"'],
    ['data.csv.both', 'named', '"inputs": ["a"]'],
  ])('%s: %s %s', (code, kind, place) => {
    const path = ['layers', 0, 'weights'];
    expect(related(text, { code, path })).toEqual([[kind, place]]);
    const start = text.indexOf(place);
    expect(related(text, { code, path, range: { start, end: start + 1 } })).toEqual([]);
    expect(related(text, { code, path, range: { start: start - 1, end: start } })).toHaveLength(1);
  });

  it('of a convolution is the number of filters, of a layer without it the type', () => {
    const conv = '{ "type": "conv2d", "filters": 8 }';
    for (const code of ['weights.rows', 'bias.length'])
      expect(related(file(conv), { code, path: ['layers', 0] })).toEqual([
        ['hasSize', '"filters": 8'],
      ]);
    for (const code of ['data.outputs', 'expect.outputs'])
      expect(related(file(conv), { code })).toEqual([['hasSize', '"type": "conv2d"']]);
    expect(related(file(conv), { code: 'loss.activation' })).toEqual([
      ['excludes', '"type": "conv2d"'],
    ]);
  });

  it.each([
    ...['weights.rows', 'bias.length', 'bias.unused', 'input.names', 'data.inputs', 'data.outputs'],
    ...['expect.inputs', 'expect.outputs', 'loss.activation', 'schedule.warmUp', 'data.columns'],
    ...[
      'data.csv.both',
      'weights.columns',
      'key.duplicate',
      'id.duplicate',
      'from.below',
      'from.cycle',
    ],
  ])('%s: none where it is not written', code => {
    for (const text of ['{}', '[]', '', '{ "layers": [5] }', '{ "input": 5, "layers": [{}] }'])
      expect(related(text, { code, path: ['layers', 0, 'from', 0] }), text).toEqual([]);
  });

  it('none of another code, whatever its name', () => {
    for (const code of ['value.type', 'toString', 'constructor', 'weights', ''])
      expect(related(text, { code, path: ['layers', 0] })).toEqual([]);
  });
});

describe('names', () => {
  const [a, b] = [dense('"id": "a", "units": 1'), dense('"id": "b", "units": 1')];

  it('written twice lead to the first', () => {
    const text = file(`${a}, ${b}, ${dense('"units": 1, "id": "a"')}, ${a}`);
    const { issues } = parseNetwork(text);
    const twice = issues.filter(({ code }) => code === 'id.duplicate');
    expect(twice).toHaveLength(2);
    for (const issue of twice)
      expect(relatedTo(parseSyntax(text), issue)).toEqual([
        { kind: 'named', range: { start: text.indexOf('"a"'), end: text.indexOf('"a"') + 3 } },
      ]);
  });

  it('of a layer below lead to it', () => {
    const below = dense('"id": "b", "from": "input", "units": 1');
    const text = file(`${dense('"from": "b", "units": 1')}, ${one}, ${below}`);
    expect(found(text, 'from.below')).toEqual([['named', '"b"']]);
  });

  it('of a circle lead to each layer of it, once, in the order of the sentence', () => {
    const first = dense('"id": "a", "units": 1, "from": "c"');
    const text = file(`${first}, ${one}, ${dense('"units": 1, "id": "c"')}`);
    expect(found(text, 'from.cycle')).toEqual(
      [
        ['inCycle', '"id": "a"'],
        ['inCycle', '"id": "c"'],
        ['inCycle', '"type": "dense"'],
      ].sort(([, x], [, y]) => order(text, x) - order(text, y)),
    );
    expect(found(file(dense('"id": "a", "units": 1, "from": "a"')), 'from.cycle')).toEqual([
      ['inCycle', '"id": "a"'],
    ]);
  });

  /** Of the layers of a circle as its sentence goes round. */
  function order(text: string, place: string): number {
    const [issue] = parseNetwork(text).issues.filter(({ code }) => code === 'from.cycle');
    const word = place === '"type": "dense"' ? 'layers[1]' : place.slice(7, -1);
    return issue.message.split(': ')[1].split(' → ').indexOf(word);
  }

  it('of a circle are found by their number, too, however many layers there are', () => {
    const many = Array.from({ length: 12 }, (_, k) => dense(`"units": ${k + 1}`));
    const message = 'x: layers[11] → layers[1] → layers[11]. Take the values of a layer above.';
    const places = relatedTo(parseSyntax(file(many.join())), {
      ...blank,
      code: 'from.cycle',
      message,
    });
    const text = file(many.join());
    const starts = [11, 1].map(k => text.indexOf(many[k]) + 2);
    expect(places.map(({ range }) => range.start)).toEqual(starts);
  });
});

describe('a key that is written twice', () => {
  it.each([
    ['{ "seed": 1, «"seed"»: 2 }', ['seed']],
    ['{ "seed": 1, "seed": 2, «"seed"»: 3 }', ['seed']],
    ['{ "layers": [{}, { "units": 1, «"units"»: 2 }] }', ['layers', 1, 'units']],
  ])('%s leads to the one that counts', (marked, path) => {
    const text = marked.replace(/[«»]/g, '');
    const start = marked.indexOf('«');
    const range = { start, end: marked.indexOf('»') - 1 };
    const issue = { ...blank, code: 'key.duplicate', path };
    expect(relatedTo(parseSyntax(text), issue)).toEqual([{ kind: 'named', range }]);
  });
});

describe('the CSV file', () => {
  const text = file(one, ', "data": { "csv": "a b.csv" }');
  const place = ['file', '"a b.csv"', 'a b.csv'];

  it.each([
    ...['data.csv.column', 'data.csv.number', 'data.csv.ragged', 'data.csv.empty'],
    ...['data.targetRange', 'data.classes', 'data.split.training', 'data.split.validation'],
  ])('%s may be about it', code => {
    expect(related(text, { code })).toEqual([place]);
    expect(related(text, { code, message: 'In row 12, and row 3' })).toEqual([[...place, 12]]);
    expect(related(text, { code, message: 'arrow 12, rows 4, row x' })).toEqual([place]);
    expect(related(file(one, ', "data": { "generator": "xor" }'), { code })).toEqual([]);
    expect(related(file(one, ', "data": { "csv": ["a"] }'), { code })).toEqual([]);
  });

  it.each([
    ...['data.csv.missing', 'data.csv.path', 'data.csv.size', 'data.path', 'data.source'],
    ...['data.idx.size', 'expect.inputs.data.inputs', 'value.type'],
  ])('%s is not about what it holds', code => {
    expect(related(text, { code })).toEqual([]);
  });

  it('comes behind the other place', () => {
    expect(related(text, { code: 'data.inputs', message: 'row 2' })).toEqual([
      ['hasSize', '"shape": [2]'],
      [...place, 2],
    ]);
    expect(related(text, { code: 'data.outputs' })).toEqual([['hasSize', '"units": 1'], place]);
  });
});
