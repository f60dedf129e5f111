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
