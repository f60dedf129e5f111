/** What the data ask for: each fix with the whole text that it makes. */
import { describe, expect, it } from 'vitest';
import { counting, file, fixed } from './support/fixing';

const dense = (rest: string): string => `{ "type": "dense", ${rest} }`;
const one = dense('"units": 1');

/** A network with these data. */
const data = (content: string): string => file(one, `, "data": { ${content} }`);

describe('the size of the input', () => {
  const text = (shape: string, weights: string) =>
    file(dense(`"units": 1, "weights": [[${weights}]]`), '', shape);
  const told = (message: string) => ({ code: 'data.inputs', message });

  it('follows the data, and weights that fit stay', () => {
    const tools = counting();
    expect(fixed(text('[2]', '1, 2'), told('x: set input.shape to [12].'), tools)).toEqual([
      [
        { type: 'setInputs', size: 12 },
        text('[12]', '1, 2, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5'),
      ],
    ]);
    expect(tools.requests).toMatchObject([{ layer: 0, inputs: 12, units: 1, count: 10 }]);
    const fewer = fixed(text('[2]', '1, 2'), told('set input.shape to [1], or name'));
    expect(fewer).toEqual([[{ type: 'setInputs', size: 1 }, text('[1]', '1')]]);
  });

  it('may be that of an image', () => {
    const value = [28, 28, 1];
    expect(fixed(file(one), told('set input.shape to [28, 28, 1].'))).toEqual([
      [{ type: 'setTo', path: ['input', 'shape'], value }, file(one, '', '[28, 28, 1]')],
    ]);
  });

  it('stays where the sentence names none, or one that cannot be', () => {
    expect(fixed(file(one), told('The samples differ.'))).toEqual([]);
    expect(fixed(file(one), told('set input.shape to [0].'))).toEqual([]);
    expect(fixed(file(one), told('set input.shape to [99999999].'))).toEqual([]);
  });
});

describe('the size of the output', () => {
  it('is that of the layer which the sentence names', () => {
    const eleven = Array(11).fill(one).join(', ');
    const told = { code: 'data.outputs', message: 'x: set layers[11].units to 23 (or to 1).' };
    const after = dense('"units": 23');
    expect(fixed(file(`${eleven}, ${one}`), told)).toEqual([
      [{ type: 'setUnits', layer: 11, units: 23 }, file(`${eleven}, ${after}`)],
    ]);
  });

  it('stays where the sentence names none, or one that cannot be', () => {
    for (const message of ['none', 'set layers[3].units to 2', 'set layers[0].units to 99999999'])
      expect(fixed(file(one), { code: 'data.outputs', message }), message).toEqual([]);
  });
});

describe('a column that the file does not have', () => {
  const values = (content: string, path: (string | number)[], ...columns: string[]) =>
    fixed(data(content), { code: 'data.csv.column', path: ['data', ...path] }, undefined, columns);

  it.each([
    ['specis', ['a', 'species'], ['species']],
    ['SPECIES', ['a', 'species', 'Species'], ['species', 'Species']],
    [' species ', ['a', 'species'], ['species']],
    ['width', ['widht', 'Width', 'shape'], ['Width', 'widht']],
    ['what', ['a', '', 'b', 'c', 'd', ''], ['b', 'c', 'd']],
    ['what', ['a'], ['a']],
    ['what', [], []],
    ['', ['', 'a'], ['a']],
  ])('"%s" of %j is one of %j', (name, columns, expected) => {
    const content = (column: string) => `"csv": "a.csv", "target": ${JSON.stringify(column)}`;
    expect(values(content(name), ['target'], ...columns)).toEqual(
      expected.map(value => [
        { type: 'setTo', path: ['data', 'target'], value },
        data(content(value)),
      ]),
    );
  });

  it('is replaced at its own place of a list, also where no text stands', () => {
    const content = (entry: string) => `"csv": "a.csv", "inputs": ["a", ${entry}], "target": "y"`;
    for (const wrong of ['"bx"', '5'])
      expect(values(content(wrong), ['inputs', 1], 'b')).toEqual([
        [{ type: 'setTo', path: ['data', 'inputs', 1], value: 'b' }, data(content('"b"'))],
      ]);
  });
});

it('a target that is missing is the last column first, one of three', () => {
  const told = { code: 'data.target', path: ['data', 'target'] };
  const text = data('"csv": "a.csv"');
  const columns = ['a', 'b', '', 'c', 'd', ''];
  expect(fixed(text, told, undefined, columns)).toEqual(
    ['d', 'c', 'b'].map(value => [
      { type: 'setTo', path: ['data', 'target'], value },
      data(`"csv": "a.csv", "target": "${value}"`),
    ]),
  );
  expect(fixed(text, told)).toEqual([]);
});

describe('a path', () => {
  it.each([
    ['/a.csv', 'a.csv'],
    ['//a.csv', 'a.csv'],
    ['a\\b\\c.csv', 'a/b/c.csv'],
    ['\\a.csv', 'a.csv'],
    [' a b.csv ', 'a b.csv'],
    ['../a//b.csv', undefined],
    ['a.csv', undefined],
    ['C:\\a.csv', undefined],
    ['/', undefined],
    ['', undefined],
  ])('%j is written as %j', (wrong, value) => {
    const csv = (path: string) => data(`"csv": ${JSON.stringify(path)}, "target": "y"`);
    const path = ['data', 'csv'];
    const expected = value === undefined ? [] : [[{ type: 'setTo', path, value }, csv(value)]];
    expect(fixed(csv(wrong), { code: 'data.path', path })).toEqual(expected);
  });

  it('is a text', () => {
    for (const csv of ['5', '["/a.csv"]', 'null'])
      expect(fixed(data(`"csv": ${csv}`), { code: 'data.path', path: ['data', 'csv'] })).toEqual(
        [],
      );
  });
});

describe('samples', () => {
  const samples = (rest: string) => data(`"generator": "moons", ${rest}`);

  it('are as many as the sentence allows', () => {
    const path = ['data', 'samples'];
    const text = samples('"samples": 900');
    const told = (message: string) => ({ code: 'data.size', path, message });
    expect(fixed(text, told('at most 123 can be held'))).toEqual([
      [{ type: 'setTo', path, value: 123 }, samples('"samples": 123')],
    ]);
    expect(fixed(text, told('too many'))).toEqual([]);
  });

  it.each(['data.split.training', 'data.split.validation'])('%s: all train', code => {
    const path = ['data', 'split'];
    expect(fixed(samples('"split": { "validation": 0.5 }, "noise": 0'), { code })).toEqual([
      [{ type: 'remove', path }, samples('"noise": 0')],
    ]);
  });
});

describe('targets that the outputs cannot reach', () => {
  const text = (activation: string, loss: string, y: string) =>
    file(
      `${one}, ${dense(`"units": 2, "activation": "${activation}"`)}`,
      `, "loss": { "type": "${loss}" }, "data": { "inline": [{ "x": [1, 2], "y": ${y} }] }`,
    );

  it('get linear outputs, whoever tells it', () => {
    const before = text('sigmoid', 'binaryCrossEntropy', '[1, 5]');
    const after = [[{ type: 'useLinear' }, text('linear', 'meanSquaredError', '[1, 5]')]];
    expect(fixed(before, 'data.targetRange')).toEqual(after);
    expect(fixed(before, { code: 'data.targetRange' })).toEqual(after);
  });

  it('get sigmoid outputs where there are several classes at once', () => {
    const before = text('softmax', 'crossEntropy', '[1, 1]');
    const after = [[{ type: 'useSigmoid' }, text('sigmoid', 'binaryCrossEntropy', '[1, 1]')]];
    expect(fixed(before, 'data.classes')).toEqual(after);
    expect(fixed(before, { code: 'data.classes', severity: 'warning' })).toEqual(after);
    expect(fixed(before, { code: 'data.classes', severity: 'error' })).toEqual([]);
  });
});
