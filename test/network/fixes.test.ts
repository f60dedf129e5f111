import { describe, expect, it } from 'vitest';
import { editTools } from '../../src/engine/grow';
import { applyTextEdits } from '../../src/network/edit';
import { fixesOf } from '../../src/network/fixes';
import type { FixName } from '../../src/network/fixes';
import { parseNetwork } from '../../src/network/parse';

/** A network file with these layers, loss and data. */
function file(layers: string, rest = '"loss": { "type": "meanSquaredError" }'): string {
  return `{\n  "version": 1,\n  "seed": 3,\n  "input": { "shape": [2] },\n  "layers": [\n    ${layers}\n  ],\n  ${rest}\n}\n`;
}

const dense = (rest: string): string => `{ "type": "dense", ${rest} }`;

/** The fixes of an issue, with the text that each makes. */
function fixes(text: string, code: string): { name: FixName; text: string }[] {
  const document = parseNetwork(text);
  const issue = document.issues.find(found => found.code === code);
  if (!issue) throw new Error(`No ${code} among ${document.issues.map(i => i.code).join(', ')}`);
  return fixesOf(document, issue, editTools).map(({ name, edits }) => ({
    name,
    text: applyTextEdits(text, edits),
  }));
}

/** Every fix ends the issue, and none makes another error. */
function expectFixed(found: readonly { text: string }[], code: string): void {
  expect(found.length).toBeGreaterThan(0);
  for (const { text } of found) {
    const { issues, network } = parseNetwork(text);
    expect(issues.filter(issue => issue.code === code)).toEqual([]);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(network).toBeDefined();
  }
}

const csv = (rest: string): string =>
  file(dense('"units": 1'), `"data": { "csv": "a.csv", ${rest} }`);

/** An image of 4 × 4 pixels under a conv2d. */
const conv = (rest: string): string =>
  file(`{ "type": "conv2d", "filters": 1, ${rest} }`).replace('[2]', '[4, 4, 1]');

/** Every fix takes the issue away, and leaves fewer errors than there were, or as few. */
function expectMended(found: readonly { text: string }[], before: string, code: string): void {
  const errors = (text: string): number =>
    parseNetwork(text).issues.filter(({ severity }) => severity === 'error').length;
  expect(found.length).toBeGreaterThan(0);
  for (const { text } of found) {
    expect(parseNetwork(text).issues.map(issue => issue.code)).not.toContain(code);
    expect(errors(text)).toBeLessThanOrEqual(errors(before));
  }
}

describe('weights that do not fit', () => {
  it('short rows are filled from the seed, or all are drawn anew; other bytes stay', () => {
    const text = file(dense('"units": 2, "weights": [[0.50], [1, 2]], "bias": [0, 0]'));
    const found = fixes(text, 'weights.columns');
    expect(found.map(({ name }) => name.type)).toEqual(['fillRows', 'redraw']);
    expectFixed(found, 'weights.columns');
    const [, added] = /\[\[0\.50, (-?[\d.e-]+)\], \[1, 2\]\]/.exec(found[0].text) ?? [];
    expect(Math.abs(Number(added))).toBeGreaterThan(0);
    expect(found[0].text.replace(`, ${added}`, '')).toBe(text);
    expect(fixes(text, 'weights.columns')[0].text).toBe(found[0].text);
    expect(found[1].text).toContain('"units": 2, "bias": [0, 0]');
  });

  it('long rows are cut; where some are short, both', () => {
    const long = file(dense('"units": 2, "weights": [[1, 2, 3], [4, 5]]'));
    const cut = fixes(long, 'weights.columns');
    expect(cut[0].name).toEqual({ type: 'cutRows', layer: 0 });
    expect(cut[0].text).toBe(long.replace('[1, 2, 3]', '[1, 2]'));
    const both = fixes(file(dense('"units": 2, "weights": [[1, 2, 3], [4]]')), 'weights.columns');
    expect(both[0].name.type).toBe('fitRows');
    expectFixed(both, 'weights.columns');
  });

  it('units follow the rows, or rows are added from the seed', () => {
    const found = fixes(file(dense('"units": 3, "weights": [[1, 2]]')), 'weights.rows');
    expect(found.map(({ name }) => name)).toEqual([
      { type: 'setUnits', layer: 0, units: 1 },
      { type: 'addRows', layer: 0, count: 2 },
      { type: 'redraw', layer: 0 },
    ]);
    expectFixed(found, 'weights.rows');
    expect(found[0].text).toContain('"units": 1, "weights": [[1, 2]]');
    expect(found[1].text).toMatch(/"weights": \[\[1, 2\], \[-?[\d.e-]+, -?[\d.e-]+\], \[/);
  });

  it('surplus rows are removed', () => {
    const found = fixes(file(dense('"units": 1, "weights": [[1, 2], [3, 4]]')), 'weights.rows');
    expect(found[1].name).toEqual({ type: 'removeRows', layer: 0, count: 1 });
    expect(found[1].text).toContain('"weights": [[1, 2]]');
    expectFixed(found, 'weights.rows');
  });

  it('biases are filled with 0 or cut', () => {
    const short = fixes(file(dense('"units": 2, "bias": [0.50]')), 'bias.length');
    expect(short).toMatchObject([{ name: { type: 'fillBias' } }]);
    expect(short[0].text).toContain('"bias": [0.50, 0]');
    const long = fixes(file(dense('"units": 1, "bias": [1, 2]')), 'bias.length');
    expect(long[0].text).toContain('"bias": [1]');
    expectFixed([...short, ...long], 'bias.length');
  });
});

describe('sizes that the data ask for', () => {
  const loss = '"loss": { "type": "meanSquaredError" }';
  it('the input, as the canvas sets it', () => {
    const data = `${loss},\n  "data": { "inline": [{ "x": [1, 2, 3], "y": [1] }] }`;
    const found = fixes(file(dense('"units": 1, "weights": [[1, 2]]'), data), 'data.inputs');
    expect(found.map(({ name }) => name)).toEqual([{ type: 'setInputs', size: 3 }]);
    expect(found[0].text).toContain('"shape": [3]');
    expect(found[0].text).toMatch(/"weights": \[\[1, 2, -?[\d.e-]+\]\]/);
    expectFixed(found, 'data.inputs');
  });

  it('the output', () => {
    const data = `${loss},\n  "data": { "inline": [{ "x": [1, 2], "y": [1, 2] }] }`;
    const found = fixes(file(dense('"units": 1'), data), 'data.outputs');
    expect(found.map(({ name }) => name)).toEqual([{ type: 'setUnits', layer: 0, units: 2 }]);
    expectFixed(found, 'data.outputs');
  });

  it('none where one sample alone is wrong', () => {
    const data = `${loss},\n  "data": { "inline": [{ "x": [1, 2], "y": [1] }, { "x": [1], "y": [1] }] }`;
    expect(fixes(file(dense('"units": 1'), data), 'data.inputs')).toEqual([]);
  });
});

describe('names and pairs', () => {
  it.each([
    [dense('"units": 1, "activation": "sigmod"'), 'value.unknown', '"sigmoid"'],
    ['{ "type": "densse", "units": 1 }', 'value.unknown', '"type": "dense"'],
    [dense('"units": 1, "activaton": "tanh"'), 'key.unknown', '"activation": "tanh"'],
  ])('%s', (layers, code, expected) => {
    const found = fixes(file(layers), code);
    expect(found[0].name.type).toBe('replace');
    expect(found[0].text).toContain(expected);
    expectFixed(found.slice(0, 1), code);
  });

  it('a source that is called otherwise', () => {
    const layers = `{ "type": "dense", "id": "first", "units": 2 }, { "type": "add", "from": ["input", "frist"] }`;
    const found = fixes(file(layers), 'from.unknown');
    expect(found[0].text).toContain('"from": ["input", "first"]');
    expectFixed(found.slice(0, 1), 'from.unknown');
  });

  it('a loss and an activation that do not go together: either is set', () => {
    const text = file(
      dense('"units": 2, "activation": "relu"'),
      '"loss": { "type": "crossEntropy" }',
    );
    const found = fixes(text, 'loss.activation');
    expect(found.map(({ name }) => name)).toEqual([
      { type: 'setTo', path: ['loss', 'type'], value: 'meanSquaredError' },
      { type: 'setTo', path: ['layers', 0, 'activation'], value: 'softmax' },
    ]);
    expectFixed(found, 'loss.activation');
  });

  it.each([
    ['bias.unused', dense('"units": 1, "useBias": false, "bias": [1]')],
    [
      'activation.softmax',
      `${dense('"units": 2, "activation": "softmax"')}, ${dense('"units": 1')}`,
    ],
    ['init.equal', `${dense('"units": 2, "init": "zeros"')}, ${dense('"units": 1')}`],
  ])('%s', (code, layers) => expectFixed(fixes(file(layers), code), code));
});

it('offers nothing for what is no JSON, and nothing it does not know', () => {
  const text = '{ "layers": [';
  const document = parseNetwork(text);
  expect(fixesOf(document, document.issues[0], editTools)).toEqual([]);
  expect(fixesOf(document, { ...document.issues[0], code: 'toString' }, editTools)).toEqual([]);
  const wrong = { ...document.issues[0], code: 'weights.rows', path: ['layers', 0, 'weights'] };
  expect(fixesOf(document, wrong, editTools)).toEqual([]);
});

describe('values that are wrong in themselves', () => {
  const one = dense('"units": 1, "activation": "sigmoid"');

  it.each([
    ['value.type', file(dense('"units": "4"')), '"units": 4'],
    ['value.type', file(dense('"units": 2, "useBias": "False"')), '"useBias": false'],
    ['value.type', file(one).replace('[2]', '2'), '"shape": [2]'],
    ['value.type', file(one, '"name": 7'), '"name": "7"'],
    ['value.range', file(dense('"units": 3.6')), '"units": 4'],
    ['value.range', file(dense('"units": 0')), '"units": 1'],
    [
      'value.range',
      file(one, '"training": { "optimizer": { "type": "sgd", "learningRate": -0.1 } }'),
      '"learningRate": 0.1',
    ],
    ['value.range', file(`{ "type": "dropout", "rate": 1 }, ${one}`), '"rate": 0.5'],
    [
      'value.missing',
      file('{ "type": "dense", "weights": [[1, 2], [3, 4], [5, 6]] }'),
      '"units": 3',
    ],
    ['value.missing', file('{ "type": "dense" }'), '"units": 4'],
    ['value.missing', file('{ "type": "dropout" }, ' + one), '"rate": 0.5'],
    [
      'value.missing',
      file(one, '"data": { "inline": [{ "x": [1, 2, 3], "y": [1] }] }').replace('"shape": [2]', ''),
      '"shape": [3]',
    ],
    ['list.short', file(''), '{ "type": "dense", "units": 1, "activation": "sigmoid" }'],
    ['value.reserved', file(dense('"id": "input", "units": 1')), '"id": "dense1"'],
    ['value.empty', file(dense('"id": "", "units": 1')), '"id": "dense1"'],
    ['value.long', file(dense(`"id": "${'x'.repeat(101)}", "units": 1`)), '"id": "dense1"'],
    ['version.missing', file(one).replace('"version": 1,', ''), '"version": 1'],
    ['statistics.length', file(`${dense('"units": 2')}, { "type": "batchNorm", "mean": [1] }`), ''],
    ['number.float32', file(dense('"units": 1, "bias": [1e39]')), '"precision": "float64"'],
    [
      'init.overflow',
      file(dense('"units": 1, "init": { "type": "constant", "value": 1e39 }')),
      '"precision": "float64"',
    ],
    [
      'learningRate.huge',
      file(one, '"training": { "optimizer": { "type": "sgd", "learningRate": 1000 } }'),
      '"learningRate": 0.1',
    ],
    [
      'schedule.warmUp',
      file(one, '"training": { "epochs": 5, "schedule": { "type": "cosine", "warmUp": 9 } }'),
      '"warmUp": 5',
    ],
    [
      'schedule.minimum',
      file(one, '"training": { "schedule": { "type": "cosine", "minimum": 9 } }'),
      '"minimum": 0',
    ],
    ['clip.both', file(one, '"training": { "clip": { "norm": 1, "value": 2 } }'), '{ "norm": 1 }'],
    ['window.large', conv('"kernel": [9, 9]'), '"padding": "same"'],
    ['image.needed', conv('"kernel": [3, 3]').replace('[4, 4, 1]', '[16]'), '[4, 4, 1]'],
    ['input.names', file(one).replace('[2]', '[2], "names": ["a"]'), '["a", "x2"]'],
    ['expect.gradcheck', file(one, '"expect": [{ "gradcheck": false }]'), '"gradcheck": true'],
    ['data.path', file(one, '"data": { "csv": "/a\\\\b.csv", "target": "y" }'), '"a/b.csv"'],
    ['data.columns', csv('"inputs": ["a", "a"], "target": "y"'), '["a"]'],
    ['data.columns', csv('"inputs": ["a", "y"], "target": "y"'), '["a"]'],
  ])('%s: %#', (code, text, written) => {
    const found = fixes(text, code);
    expectMended(found, text, code);
    expect(found[0].text).toContain(written);
  });

  it('an unknown key goes where it belongs, or goes', () => {
    const found = fixes(file(one, '"epochs": 7'), 'key.unknown');
    expect(found.map(({ name }) => name.type)).toEqual(['move', 'remove']);
    expect(parseNetwork(found[0].text).network?.training.epochs).toBe(7);
    expectFixed(found, 'key.unknown');
  });

  it('a key that is written twice loses the one that is ignored', () => {
    const found = fixes(file(one, '"seed": 8'), 'key.duplicate');
    expectFixed(found, 'key.duplicate');
    expect(parseNetwork(found[0].text).network?.seed).toBe(8);
  });

  it('surplus entries of a list go', () => {
    const ones = Array(9).fill(1).join(', ');
    const text = file(one).replace('[2]', `[${ones}]`);
    const found = fixes(text, 'list.long');
    expect(found.map(({ name }) => name)).toEqual([
      { type: 'cutList', path: ['input', 'shape'], count: 1 },
    ]);
    expectFixed(found, 'list.long');
  });

  it('of several sources of data each can be kept', () => {
    const text = file(one, '"data": { "generator": "xor", "csv": "a.csv", "target": "y" }');
    const found = fixes(text, 'data.source');
    expect(found.map(({ name }) => name)).toEqual([
      { type: 'keep', key: 'generator' },
      { type: 'keep', key: 'csv' },
    ]);
    for (const { text: after } of found)
      expect(parseNetwork(after).issues.map(({ code }) => code)).not.toContain('data.source');
  });
});

describe('layers that name each other', () => {
  const named = (id: string, rest = '"units": 2'): string => dense(`"id": "${id}", ${rest}`);

  it('a second layer of one name gets another', () => {
    const text = file(`${named('a')}, ${named('a')}, ${dense('"from": "a", "units": 1')}`);
    const found = fixes(text, 'id.duplicate');
    expect(found.map(({ name }) => name)).toEqual([{ type: 'rename', id: 'a2' }]);
    expect(found[0].text).toContain('"id": "a", "units": 2 }, { "type": "dense", "id": "a2"');
  });

  it('a source that is named twice, or in a circle', () => {
    const add = (from: string): string => `{ "type": "add", "from": ${from} }`;
    const both = `${named('a')}, ${named('b')}`;
    const twice = file(`${both}, ${add('["a", "b", "a"]')}`);
    const [again] = fixes(twice, 'from.twice');
    expect(again.text).toBe(twice.replace(', "a"]', ']'));
    const circle = fixes(file(`${named('a', '"units": 2, "from": "a"')}`), 'from.cycle');
    expectFixed(circle, 'from.cycle');
  });

  it('summands of different length get one, or are joined', () => {
    const text = file(
      `${named('a')}, ${named('b', '"units": 3')}, { "type": "add", "from": ["a", "b"] }`,
    );
    const found = fixes(text, 'add.sizes');
    expectFixed(found, 'add.sizes');
    expect(found.map(({ text: after }) => /"concat"/.test(after))).toEqual([false, true]);
    expect(found[0].text).toBe(text.replace('"units": 3', '"units": 2'));
  });

  it('a layer whose values nobody takes goes', () => {
    const found = fixes(
      file(`${named('a')}, ${dense('"units": 9')}, ${dense('"from": "a", "units": 1')}`),
      'layer.unused',
    );
    expectFixed(found, 'layer.unused');
  });
});

describe('data that do not fit', () => {
  const softmax = '"loss": { "type": "crossEntropy" }';
  const issueOf = (text: string, code: string, path: (string | number)[], message = '') => {
    const document = parseNetwork(text);
    const issue = { code, severity: 'error', path, message, range: { start: 0, end: 0 } } as const;
    return { document, issue };
  };

  it('targets beyond reach ask for linear outputs', () => {
    const text = file(
      dense('"units": 1, "activation": "sigmoid"'),
      '"loss": { "type": "binaryCrossEntropy" }, "data": { "inline": [{ "x": [1, 2], "y": [7] }] }',
    );
    const found = fixes(text, 'data.targetRange');
    expect(found.map(({ name }) => name.type)).toEqual(['useLinear']);
    expectFixed(found, 'data.targetRange');
  });

  it('targets of several classes ask for sigmoid outputs', () => {
    const text = file(
      dense('"units": 2, "activation": "softmax"'),
      `${softmax}, "data": { "inline": [{ "x": [1, 2], "y": [1, 1] }] }`,
    );
    const found = fixes(text, 'data.classes');
    expect(found.map(({ name }) => name.type)).toEqual(['useSigmoid']);
    expectFixed(found, 'data.classes');
  });

  it('a column that is not there is one of those that are, the nearest in spelling first', () => {
    const text = csv('"target": "specis"');
    const { document, issue } = issueOf(text, 'data.csv.column', ['data', 'target']);
    const named = (columns: string[]) =>
      fixesOf(document, issue, editTools, columns).map(({ name }) => 'value' in name && name.value);
    expect(named(['a', 'species', 'b'])).toEqual(['species']);
    expect(named(['a', 'SPECIS', 'species'])).toEqual(['SPECIS', 'species']);
    expect(named(['a', 'b', 'c', 'd'])).toEqual(['b', 'c', 'd']);
    expect(named([])).toEqual([]);
  });

  it('the target that is missing is the last column, or another', () => {
    const { document, issue } = issueOf(csv('"inputs": ["a"]'), 'data.target', ['data', 'target']);
    const found = fixesOf(document, issue, editTools, ['a', 'b', 'y']);
    expect(found.map(({ name }) => 'value' in name && name.value)).toEqual(['y', 'b', 'a']);
    const after = applyTextEdits(document.text, found[0].edits);
    expect(parseNetwork(after).network?.data?.source).toMatchObject({ target: 'y' });
  });

  it('an image gives the input its three sides', () => {
    const message = 'set input.shape to [8, 8, 1].';
    const text = file(dense('"units": 1, "weights": [[1, 2]]'));
    const { document, issue } = issueOf(text, 'data.inputs', ['data', 'idx', 'images'], message);
    const [fix] = fixesOf(document, issue, editTools);
    expect(fix.name).toEqual({ type: 'setTo', path: ['input', 'shape'], value: [8, 8, 1] });
  });

  it('samples that are too many are as many as there may be, a split that leaves none goes', () => {
    const text = file(
      dense('"units": 1'),
      '"data": { "generator": "moons", "split": { "validation": 0.9 } }',
    );
    const path = ['data', 'samples'];
    const few = issueOf(text, 'data.size', path, '9 are too many, at most 5 can be held');
    expect(fixesOf(few.document, few.issue, editTools)[0].name).toMatchObject({ path, value: 5 });
    const split = issueOf(text, 'data.split.training', ['data', 'split', 'validation']);
    const [fix] = fixesOf(split.document, split.issue, editTools);
    expect(parseNetwork(applyTextEdits(text, fix.edits)).network?.data?.validation).toBe(0);
  });
});
