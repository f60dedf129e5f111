/** Names of layers, who takes values from whom, and sizes that meet: each fix with the whole text that it makes. */
import { describe, expect, it } from 'vitest';
import { counting, file, fixed } from './support/fixing';

const dense = (rest: string): string => `{ "type": "dense", ${rest} }`;
const a = dense('"id": "a", "units": 2');

describe('a name that is free', () => {
  const long = 'x'.repeat(101);

  it.each([
    ['id.duplicate', `${a}, ${dense('"id": «"a"», "units": 2')}`, 'a2'],
    ['id.duplicate', `${a}, ${dense('"id": «"a"», "units": 2')}, ${dense('"id": "a2"')}`, 'a3'],
    [
      'id.duplicate',
      `${a}, ${dense('"id": «"a"», "units": 2')}, ${dense('"from": "a", "units": 1')}`,
      'a2',
    ],
    [
      'value.empty',
      `${dense('"id": «""», "units": 2')}, ${dense('"id": "dense1", "units": 1')}`,
      'dense2',
    ],
    ['value.empty', '{ "id": «""», "units": 2 }', 'dense1'],
    ['value.empty', '{ "type": "dropout", "rate": 0.5, "id": «""» }', 'dropout1'],
    [
      'value.empty',
      `${dense('"id": «""», "units": 2')}, ${dense('"id": "b", "from": "", "units": 1')}`,
      'dense1',
    ],
    ['value.reserved', `${a}, ${dense('"id": «"input"», "units": 2, "from": "input"')}`, 'dense1'],
    [
      'value.long',
      `${a}, ${dense(`"id": «"${long}"», "units": 2`)}, { "type": "add", "from": ["a", «"${long}"»] }`,
      'dense1',
    ],
  ])('%s: %s', (code, marked, id) => {
    const text = file(marked.replace(/[«»]/g, ''));
    const after = file(marked.replace(/«[^»]*»/g, JSON.stringify(id)));
    const errors = code === 'value.empty' && marked.includes('"from": ""');
    expect(fixed(text, code)).toEqual(errors ? [] : [[{ type: 'rename', id }, after]]);
  });

  it('is given to layers alone', () => {
    expect(fixed(file(a, ', "data": { "csv": "", "target": "y" }'), 'value.empty')).toEqual([]);
    expect(fixed(file(dense('"units": 1, "from": [""]')), 'value.empty')).toEqual([]);
  });
});

describe('a source that cannot be', () => {
  const b = dense('"id": "b", "units": 2, "from": "input"');

  it.each([
    ['from.twice', `${a}, { "type": "add", "from": ["a", "input"«, "a"»] }`, ['from', 2]],
    ['from.twice', `${a}, { "type": "concat", "from": ["a"«, "a"», "input"] }`, ['from', 1]],
    [
      'from.cycle',
      `${b}, { "type": "add", "id": "c", "from": [«"c", »"b", "input"] }`,
      ['from', 0],
    ],
    ['from.cycle', dense('"id": "c", "units": 2«, "from": "c"»'), ['from']],
    ['from.cycle', dense('"id": "c", "units": 2«, "from": ["c"]»'), ['from']],
  ])('%s: %s', (code, marked, place) => {
    const text = file(marked.replace(/[«»]/g, ''));
    const path = ['layers', marked.includes('}, {') ? 1 : 0, ...place];
    expect(fixed(text, code)).toEqual([
      [{ type: 'remove', path }, file(marked.replace(/«[^»]*»/g, ''))],
    ]);
  });

  it('stays where the layer would be left with too few', () => {
    expect(fixed(file(`${a}, { "type": "add", "from": ["a", "a"] }`), 'from.twice')).toEqual([]);
  });
});

describe('summands of different length', () => {
  const add = '{ "type": "add", "from": ["a", "b"] }';
  const joined = (text: string) => text.replace('"add"', '"concat"');

  it.each([
    ['3', '2', '3'],
    ['1200', '2, "activation": "tanh"', '1200, "activation": "tanh"'],
  ])('%s and %s: one gets the size of the other, or they are joined', (wide, units, after) => {
    const [first, second] = [
      `"id": "a", "units": ${wide}`,
      '"id": "b", "from": "input", "units": ',
    ];
    const layers = (size: string) => `${dense(first)}, ${dense(second + size)}, ${add}`;
    const text = file(layers(units));
    const texts = fixed(text, 'add.sizes').map(([, made]) => made);
    expect(texts).toEqual([file(layers(after)), joined(text)]);
  });

  it('are found by their number, however many layers there are', () => {
    const many = Array(10).fill(dense('"units": 2')).join(', ');
    const layers = (size: string) =>
      `${many}, ${dense('"id": "a", "units": 3')}, ${dense(`"id": "b", "units": ${size}`)}, ${add}`;
    const [[, text]] = fixed(file(layers('2')), 'add.sizes');
    expect(text).toBe(file(layers('3')));
  });

  it('get new rows where the smaller one has written weights', () => {
    const first = dense('"id": "a", "units": 3, "weights": [[1, 1], [2, 2], [3, 3]]');
    const second = (size: string, rows: string) =>
      dense(`"id": "b", "from": "input", "units": ${size}, "weights": [[4, 4], [5, 5]${rows}]`);
    const tools = counting();
    const text = file(`${first}, ${second('2', '')}, ${add}`);
    const [[name, made]] = fixed(text, 'add.sizes', tools);
    expect(name).toEqual({ type: 'setUnits', layer: 1, units: 3 });
    expect(made).toBe(file(`${first}, ${second('3', ', [0.5, 1.5]')}, ${add}`));
    expect(tools.requests).toMatchObject([{ layer: 1, count: 2 }]);
  });

  it('may be three, of which two have one length already', () => {
    const layers = (size: string, rows: string) =>
      [
        ...['a', 'b'].map(id => dense(`"id": "${id}", "from": "input", "units": 3`)),
        dense(`"id": "c", "from": "input", "units": ${size}, "weights": [[4, 4], [5, 5]${rows}]`),
        '{ "type": "add", "from": ["a", "b", "c"] }',
      ].join(', ');
    expect(fixed(file(layers('2', '')), 'add.sizes')).toContainEqual([
      { type: 'setUnits', layer: 2, units: 3 },
      file(layers('3', ', [0.5, 1.5]')),
    ]);
  });

  it('are only joined where no layer can be made larger', () => {
    const both = '{ "type": "concat", "id": "a", "from": ["input", "b"] }';
    const text = file(
      `${dense('"id": "b", "units": 2')}, ${both}, { "type": "add", "from": ["a", "input"] }`,
    );
    expect(fixed(text, 'add.sizes')).toEqual([
      [{ type: 'setTo', path: ['layers', 2, 'type'], value: 'concat' }, joined(text)],
    ]);
  });
});

it('a layer whose values nobody takes goes, and no other one', () => {
  const odd = dense('"id": "odd", "units": 9');
  const last = dense('"from": "a", "units": 1');
  expect(fixed(file(`${a}, ${odd}, ${last}`), 'layer.unused')).toEqual([
    [{ type: 'remove', path: ['layers', 1] }, file(`${a}, ${last}`)],
  ]);
});

describe('the shape of an image', () => {
  const conv = '{ "type": "conv2d", "filters": 1, "kernel": [2, 2] }';
  it.each([
    ['[16]', [4, 4, 1]],
    ['[100]', [10, 10, 1]],
    ['[8, 12]', [8, 12, 1]],
  ])('of %s is %j', (shape, value) => {
    const path = ['input', 'shape'];
    const after = file(conv, '', `[${value.join(', ')}]`);
    expect(fixed(file(conv, '', shape), 'image.needed')).toEqual([
      [{ type: 'setTo', path, value }, after],
    ]);
  });

  it('is not guessed where the sentence names none', () => {
    expect(fixed(file(conv, '', '[15]'), 'image.needed')).toEqual([]);
    expect(fixed(file(`${a}, ${conv}`, '', '[16]'), 'image.needed')).toEqual([]);
  });
});
