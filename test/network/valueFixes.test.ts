/** Values that are wrong in themselves, missing, or written twice: each fix with the whole text that it makes. */
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { file, fixed } from './support/fixing';

const dense = (rest: string): string => `{ "type": "dense", ${rest} }`;
const one = dense('"units": 1');

/** What is wrong stands between « and »; in its place the text of the fix. */
function after(marked: string, value: string): string {
  return marked.replace(/«[^»]*»/, value);
}

/** Fixes that set one value: by what it is set to, with the text. */
function check(code: string, marked: string, ...values: string[]): void {
  const text = marked.replace(/[«»]/g, '');
  const [issue] = parseNetwork(text).issues.filter(found => found.code === code);
  expect(fixed(text, code)).toEqual(
    values.map(value => [
      { type: 'setTo', path: issue.path, value: JSON.parse(value) as unknown },
      after(marked, value),
    ]),
  );
}

describe('a value of another type', () => {
  const training = (rest: string) => file(one, `, "training": { ${rest} }`);

  it.each([
    [file(dense('"units": «"4"»')), '4'],
    [file(dense('"units": «" 4 "»')), '4'],
    [training('"optimizer": { "learningRate": «"0,5"» }'), '0.5'],
    [training('"optimizer": { "learningRate": «"1e-3"» }'), '0.001'],
    [training('"shuffle": «"true"»'), 'true'],
    [training('"shuffle": «" FALSE "»'), 'false'],
    [training('"stop": { "patience": «"null"» }'), 'null'],
    [file(one, ', "name": «7»'), '"7"'],
    [file(one, ', "name": «true»'), '"true"'],
    [file(one, ', "name": «-0.50»'), '"-0.5"'],
    [file(one, '', '«3»'), '[3]'],
    [file(one, '', '[2], "names": «"a"»'), '["a"]'],
    [file(dense('"units": 1, "bias": «5»')), '[5]'],
  ])('%s is %s', (marked, value) => check('value.type', marked, value));

  it.each([
    file(dense('"units": "four"')),
    file(dense('"units": ""')),
    file(dense('"units": " "')),
    file(dense('"units": true')),
    file(dense('"units": null')),
    file(dense('"units": "Infinity"')),
    file(dense('"units": "constructor"')),
    file(dense('"units": [4]')),
    file(dense('"units": { "a": 4 }')),
    file(one, ', "name": null'),
    training('"optimizer": { "learningRate": "" }'),
    training('"optimizer": { "learningRate": " " }'),
    training('"shuffle": "yes"'),
    training('"shuffle": "1"'),
    training('"shuffle": 1'),
    file(dense('"units": "0"')),
  ])('%s stays, for nobody knows what was meant', text => {
    expect(fixed(text, 'value.type')).toEqual([]);
  });
});

it('no object is written anew, for its comments would be lost', () => {
  const layers = `{ // one layer\n "type": "dense", "units": 1 }`;
  const text = file('').replace('[]', layers);
  expect(fixed(text, 'value.type')).toEqual([]);
  expect(fixed(file(one, '', '{ "a": 2 // two\n }'), 'value.type')).toEqual([]);
});

it('nothing is set where nothing stands', () => {
  for (const code of ['value.type', 'value.range', 'list.long', 'list.short', 'data.source'])
    for (const path of [['nothing'], ['layers', 4, 'units'], ['layers', 0, 'units', 'deeper']])
      expect(fixed(file(one), { code, path }), code).toEqual([]);
});

describe('a number out of its range', () => {
  const training = (rest: string) => file(one, `, "training": { ${rest} }`);

  it.each([
    [file(dense('"units": «-4»')), '4'],
    [file(dense('"units": «3.6»')), '4'],
    [file(dense('"units": «-3.2»')), '3'],
    [file(dense('"units": «0»')), '1'],
    [file(dense('"units": «0.2»')), '1'],
    [training('"optimizer": { "learningRate": «-0.25» }'), '0.25'],
    [training('"optimizer": { "momentum": «7» }'), '0.5'],
    [training('"optimizer": { "momentum": «1» }'), '0.5'],
    [training('"optimizer": { "momentum": «-0.75» }'), '0.75'],
    [training('"optimizer": { "momentum": «-0.75», "nesterov": true }'), '0.75'],
    [training('"epochs": «0»'), '1'],
    [training('"schedule": { "type": "step", "factor": «0» }'), '1'],
    [`{ "version": «0», "input": { "shape": [2] }, "layers": [${one}] }`, '1'],
  ])('%s becomes %s', (marked, value) => check('value.range', marked, value));
});

describe('what is missing', () => {
  const data = (x: string, y: string) => `, "data": { "inline": [{ "x": ${x}, "y": ${y} }] }`;
  const units = (rest: string, more = '') => file(`{ "type": "dense"${rest}«» }`, more);
  const set = (size: number) => `, "units": ${size}`;

  it.each([
    [units(', "weights": [[1, 2], [3, 4], [5, 6]]'), set(3)],
    [units(', "weights": [[1, 2]], "bias": [1]'), set(1)],
    [units(', "bias": [1, 2]'), set(2)],
    [units('', data('[1, 2]', '[1, 0, 1]')), set(3)],
    [units(''), set(4)],
    [file(`{ "type": "dense"«» }, ${one}`, data('[1, 2]', '[1]')), set(4)],
    [file(`${one}, { "type": "dense"«» }`, data('[1, 2]', '[1, 0]')), set(2)],
    [file('{ "type": "dropout"«» }'), ', "rate": 0.5'],
    [file('{ «»"units": 3 }').replace('{ «»"units": 3', '{ "units": 3«»'), ', "type": "dense"'],
    [file('{ "type": "conv2d", "kernel": [2, 2]«» }', '', '[4, 4, 1]'), ', "filters": 8'],
    [file('{ "type": "conv2d", "filters": 2«» }', '', '[4, 4, 1]'), ', "kernel": [3, 3]'],
    [file('{ "type": "maxPool2d"«» }', '', '[4, 4, 1]'), ', "size": [2, 2]'],
  ])('%s', (marked, added) => {
    const text = marked.replace(/[«»]/g, '');
    expect(fixed(text, 'value.missing').map(([, made]) => made)).toEqual([after(marked, added)]);
  });

  it.each([
    ['', 2],
    [data('[1, 2, 3]', '[1]'), 3],
    [', "seed": 2', 2],
  ])('the input has as many numbers as the rest says: %s', (rest, size) => {
    const [whole, input] = [file(one, rest), '"input": { "shape": [2] }, '];
    for (const [text, path] of [
      [whole.replace(input, '"input": {}, '), ['input', 'shape']],
      [whole.replace(input, ''), ['input']],
    ] as const) {
      const [[name, made], ...others] = fixed(text, 'value.missing');
      expect(name).toMatchObject({ type: 'setTo', path });
      expect(parseNetwork(made).network?.input.shape).toEqual([size]);
      expect(others).toEqual([]);
    }
  });

  it('the input has as many numbers as the first rows of weights', () => {
    const text = file(dense('"units": 1, "weights": [[1, 2, 3, 4, 5]]')).replace('[2]', '[]');
    expect(fixed(text, 'list.short').map(([, made]) => made)).toEqual([text.replace('[]', '[5]')]);
  });

  it('layers are one dense layer, also in a list that is empty', () => {
    const layer = '{ "type": "dense", "units": 1, "activation": "sigmoid" }';
    const found = fixed(file(''), 'list.short');
    expect(found.map(([name]) => name)).toEqual([
      {
        type: 'setTo',
        path: ['layers'],
        value: [{ type: 'dense', units: 1, activation: 'sigmoid' }],
      },
    ]);
    expect(found[0][1]).toBe(file(layer));
    const without = fixed(file('').replace(', "layers": []', ''), 'value.missing');
    expect(parseNetwork(without[0][1]).network?.layers).toMatchObject([{ units: 1 }]);
  });

  it('stays where nobody can say what belongs there', () => {
    const source = file(`${one}, { "type": "add" }`);
    expect(fixed(source, 'value.missing')).toEqual([]);
    const short = file(`${dense('"id": "a", "units": 2')}, { "type": "add", "from": ["a"] }`);
    expect(fixed(short, 'list.short')).toEqual([]);
    expect(fixed(file(one), { code: 'value.missing', path: ['toString'] })).toEqual([]);
    expect(fixed(file(one), { code: 'value.missing', path: [] })).toEqual([]);
  });
});

it.each([
  [file(one, ', «"name": "a", »"name": "b"'), ['name']],
  [file(one).replace('{ "version": 1', '{ «"version": 1, »"version": 1'), ['version']],
  [file(dense('«"units": 3, »"id": "a", "units": 4')), ['layers', 0, 'units']],
  [file(one, ', «"data": { "generator": "xor" }, »"data": { "generator": "and" }'), ['data']],
])('the member that is ignored goes: %s', (marked, path) => {
  const text = marked.replace(/[«»]/g, '');
  expect(fixed(text, 'key.duplicate')).toEqual([[{ type: 'remove', path }, after(marked, '')]]);
  const elsewhere = { code: 'key.duplicate', path, range: { start: 1, end: 2 } };
  expect(fixed(text, elsewhere)).toEqual([]);
});

it.each([
  [file(one, '', '[1, 1, 1, 1, 1, 1, 1, 1«, 1»]'), ['input', 'shape'], 1],
  [file(one, '', '[1, 1, 1, 1, 1, 1, 1, 1«, 1, 1, 1»]'), ['input', 'shape'], 3],
  [
    file('{ "type": "conv2d", "filters": 1, "kernel": [2, 2«, 2»] }', '', '[4, 4, 1]'),
    ['layers', 0, 'kernel'],
    1,
  ],
])('entries that are too many go: %s', (marked, path, count) => {
  const text = marked.replace(/[«»]/g, '');
  expect(fixed(text, 'list.long')).toEqual([[{ type: 'cutList', path, count }, after(marked, '')]]);
  expect(fixed(text, { code: 'list.long', path, range: { start: 1, end: 2 } })).toEqual([]);
  expect(fixed(text, { code: 'list.long', path: ['seed'] })).toEqual([]);
});

describe('of several that exclude each other', () => {
  it('each source of data can be kept alone; what is not of a source stays', () => {
    const rest = (content: string) => file(one, `, "data": { ${content} }`);
    const split = '"split": { "validation": 0.5 }';
    const text = rest(`"generator": "xor", "csv": "a.csv", ${split}, "inline": []`);
    expect(fixed(text, 'data.source')).toEqual([
      [{ type: 'keep', key: 'inline' }, rest(`${split}, "inline": []`)],
      [{ type: 'keep', key: 'generator' }, rest(`"generator": "xor", ${split}`)],
      [{ type: 'keep', key: 'csv' }, rest(`"csv": "a.csv", ${split}`)],
    ]);
  });

  it('each check of a test can be kept alone', () => {
    const tests = (content: string) => file(one, `, "expect": [{ ${content} }]`);
    const checks = ['"gradcheck": true', '"loss": { "atMost": 1 }'];
    const found = fixed(tests(checks.join(', ')), 'expect.check');
    expect(found.map(([, made]) => made).sort()).toEqual(checks.map(tests).sort());
  });

  it('nothing goes where there is one, or none', () => {
    expect(fixed(file(one, ', "data": {}'), 'data.source')).toEqual([]);
    const told = (message: string) => ({ code: 'data.source', path: ['data'], message });
    const text = file(one, ', "data": { "generator": "xor" }');
    expect(fixed(text, told('"generator" or "csv"'))).toEqual([]);
    expect(fixed(text, told('no names'))).toEqual([]);
    expect(fixed(file(one, ', "data": []'), told('"generator" or "csv"'))).toEqual([]);
  });
});

describe('names of inputs', () => {
  const names = (list: string, shape = '[3]') => file(one, '', `${shape}, "names": ${list}`);
  const setTo = (value: string[], shape?: string) => [
    { type: 'setTo', path: ['input', 'names'], value },
    names(`[${value.map(name => JSON.stringify(name)).join(', ')}]`, shape),
  ];
  const gone = (shape = '[3]') => [
    { type: 'remove', path: ['input', 'names'] },
    file(one, '', shape),
  ];

  it.each([
    ['["a"]', '[3]', ['a', 'x2', 'x3']],
    ['["a", "b", "c", "d"]', '[3]', ['a', 'b', 'c']],
    ['["a"]', '[2, 3]', ['a', 'x2', 'x3', 'x4', 'x5', 'x6']],
  ])('%s of %s are as many as the inputs, or go', (list, shape, value) => {
    expect(fixed(names(list, shape), 'input.names')).toEqual([setTo(value, shape), gone(shape)]);
  });

  it('go where the size is not known', () => {
    const sizeless = (rest: string) => file(one).replace('"shape": [2]', `"a": 1${rest}`);
    const told = { code: 'input.names', path: ['input', 'names'] };
    expect(fixed(sizeless(', "names": ["a"]'), told)).toEqual([
      [{ type: 'remove', path: told.path }, sizeless('')],
    ]);
  });

  it('go where nobody would write as many', () => {
    expect(fixed(names('["a"]', '[101]'), 'input.names')).toEqual([gone('[101]')]);
    const [[first]] = fixed(names('["a"]', '[100]'), 'input.names');
    expect(first).toMatchObject({ type: 'setTo' });
  });
});

it('an issue that nobody but the person can mend has none', () => {
  for (const code of ['value.infinite', 'toString', 'constructor', ''])
    expect(fixed(file(one), { code, path: ['layers', 0, 'units'] }), code).toEqual([]);
});
