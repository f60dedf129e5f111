import { describe, expect, it } from 'vitest';
import { elementActivations } from '../../src/engine/activations';
import { parseNetwork } from '../../src/network/parse';
import { toValue } from '../../src/network/tree';
import { activations } from '../../src/network/vocabulary';
import { layer, network } from './support/marked';
import { check } from './support/rows';
import type { Row } from './support/rows';

const layers = (...texts: string[]) =>
  network({ layers: `[${texts.map(text => `{ "type": "dense", ${text} }`).join(',\n')}]` });
const data = (text: string, rest: { [key: string]: string } = {}) =>
  network({ ...rest, data: text });
const classes = (samples: string) =>
  data(`{ "inline": ${samples} }`, {
    layers: '[{ "type": "dense", "units": 2, "activation": "softmax" }]',
    loss: '{ "type": "crossEntropy" }',
  });
const optimizer = (text: string) => network({ training: `{ "optimizer": { ${text} } }` });

const syntax: readonly Row[] = [
  ['error', 'json.empty', '« »', 'empty', 'template'],
  ['error', 'json.syntax', '{ "version": 1 «"input"»: {} }', 'comma', '"input"'],
  ['error', 'json.syntax', '{ "seed": «NaN» }', 'NaN is no number'],
  ['error', 'json.syntax', '{ "seed": «-Infinity», "name": "" }', '-Infinity is no number'],
  ['error', 'json.syntax', '{ "layers": [1, «]»'.replace('1, «]»', '«Infinity»]'), 'Infinity'],
  ['error', 'json.syntax', "{ «'version'»: 1 }", 'double quotes'],
  ['error', 'json.syntax', '{ "version": 1 «"»', 'does not end'],
  ['error', 'json.syntax', '{ "version": 1«\n»', 'brace', 'the end of the file'],
  ['error', 'json.syntax', '{} «[»]', 'end of the file was expected'],
];

const structure: readonly Row[] = [
  ['error', 'value.type', '«[]»', 'A network must be an object', 'a list of 0'],
  ['error', 'value.missing', '«{» "version": 1, "input": { "shape": [2] } }', 'layers is missing'],
  ['error', 'value.missing', network({ input: '«{»}' }), 'input.shape is missing'],
  ['error', 'value.missing', network({ layers: '[«{» "type": "dense" }]' }), 'layers[0].units'],
  ['error', 'value.missing', network({ layers: '[«{» "units": 3 }]' }), 'layers[0].type'],
  ['error', 'list.short', network({ layers: '«[]»' }), 'at least one'],
  ['error', 'list.short', network({ input: '{ "shape": «[]» }' }), 'input.shape is empty'],
  ['error', 'value.range', layer('"units": «0»'), 'from 1 to 65,536', 'found 0'],
  ['error', 'value.range', layer('"units": «-3»'), 'found -3'],
  ['error', 'value.range', layer('"units": «1e9»'), '65,536'],
  ['error', 'value.range', layer('"units": «2.5»'), 'whole number'],
  ['error', 'value.type', layer('"units": «"four"»'), 'found "four"'],
  ['error', 'value.type', layer('"units": 1, "weights": [[1, «null»]]'), 'weights[0][1]', 'null'],
  ['error', 'value.type', layer('"units": 1, "weights": [[1, «"2"»]]'), 'a number'],
  ['error', 'value.type', layer('"units": 1, "weights": [«1»]'), 'weights[0] must be a list'],
  ['error', 'value.infinite', layer('"units": 1, "weights": [[1, «1e400»]]'), 'too large'],
  ['error', 'value.infinite', layer('"units": 1, "bias": [«-1e999»]'), 'finite'],
  ['error', 'value.unknown', layer('"units": 1, "activation": «"sigmiod"»'), 'mean "sigmoid"'],
  ['error', 'value.unknown', layer('"units": 1, "activation": «"logistic"»'), 'mean "sigmoid"'],
  ['error', 'value.unknown', layer('"units": 1, "activation": «"constructor"»'), '"relu"'],
  ['error', 'value.unknown', network({ loss: '{ "type": «"mse"» }' }), 'mean "meanSquaredError"'],
  ['error', 'value.unknown', network({ training: '{ "optimizer": «"Adm"» }' }), 'mean "adam"'],
  ['error', 'value.unknown', network({ notation: '«"bishop"»' }), '"nielsen"'],
  ['error', 'value.unknown', network({ layers: '[{ "type": «"dens"», "units": 1 }]' }), '"dense"'],
  [
    'error',
    'value.unsupported',
    network({ layers: '[{ "type": «"dropout"», "rate": 1 }]' }),
    'newer',
  ],
  [
    'error',
    'key.unsupported',
    network({ weights: '{ "file": "w.safetensors" }' }).replace('"weights"', '«"weights"»'),
    'file of their own',
  ],
  ['error', 'key.unsupported', data('{ «"idx"»: { "images": "a" } }'), 'idx files'],
  ['error', 'version.newer', network({ version: '«2»', layers: '7' }), 'read-only', 'version 1'],
  ['error', 'value.range', network({ version: '«0»' }), 'version must be 1; found 0'],
  ['error', 'value.range', network({ seed: '«-1»' }), 'seed'],
  ['error', 'value.range', network({ seed: '«1.5»' }), 'whole number'],
  ['error', 'value.range', network({ training: '{ "epochs": «0» }' }), 'epochs'],
  ['error', 'value.type', network({ training: '{ "batchSize": «"some"» }' }), '"all"'],
  ['error', 'value.range', network({ training: '{ "batchSize": «0» }' }), 'at least 1'],
  ['error', 'value.range', optimizer('"learningRate": «-0.1»'), 'at least 0'],
  ['error', 'value.range', optimizer('"momentum": «1»'), 'below 1'],
  ['error', 'value.range', optimizer('"type": "adam", "epsilon": «0»'), 'above 0'],
  ['error', 'value.range', network({ regularization: '{ "l2": «-1» }' }), 'l2'],
  ['error', 'value.type', network({ regularization: '{ "bias": «"no"» }' }), 'true or false'],
  [
    'error',
    'value.range',
    data('{ "generator": "xor", "split": { "validation": «1» } }'),
    'below 1',
  ],
  ['error', 'data.source', data('«{» "normalize": "none" }'), 'names no source', '"csv"'],
  [
    'error',
    'data.source',
    data('«{» "generator": "xor", "inline": [{"x":[0,0],"y":[0]}] }'),
    '2 sources',
  ],
  [
    'information',
    'key.unknown',
    network({ nam: '"x"' }).replace('"nam"', '«"nam"»'),
    'mean "name"',
  ],
  [
    'information',
    'key.unknown',
    network({ training: '{ «"learningRate"»: 1 }' }),
    'training.optimizer.learningRate',
  ],
  [
    'warning',
    'key.duplicate',
    network({ seed: '1, "seed": 2' }).replace('"seed"', '«"seed"»'),
    'twice',
  ],
  [
    'warning',
    'version.missing',
    '«{» "input": { "shape": [2] }, "layers": [{ "type": "dense", "units": 1 }] }',
    'Add "version": 1',
  ],
];

const rules: readonly Row[] = [
  [
    'error',
    'weights.rows',
    layer('"units": 3, «"weights"»: [[1, 2], [3, 4]]'),
    '2 rows',
    'units is 3',
    'add 1 row',
  ],
  [
    'error',
    'weights.rows',
    layer('"units": 1, "weights": [[1, 2], «[3, 4], [5, 6]»]'),
    'remove 2 rows',
  ],
  [
    'error',
    'weights.columns',
    layer('"units": 2, "weights": [[1, 2], «[3]»]'),
    'Row 1',
    '1 weight,',
    'input gives 2',
  ],
  [
    'error',
    'weights.columns',
    layers('"units": 3', '"units": 1, "weights": [«[1, 2]»]'),
    'layers[0] gives 3',
  ],
  ['error', 'bias.length', layer('"units": 2, "bias": «[1]»'), '1 number,', 'units is 2'],
  ['error', 'bias.length', layer('"units": 1, "bias": [1, «2, 3»]'), '3 numbers'],
  [
    'warning',
    'bias.unused',
    layer('"units": 1, "useBias": false, «"bias"»: [1]'),
    'useBias is false',
  ],
  [
    'error',
    'init.overflow',
    layer('"units": 1, "init": { "type": "constant", "value": «1e39» }'),
    'layers[0].init.value is 1e+39',
    'float64',
  ],
  [
    'error',
    'init.overflow',
    layer('"units": 1, "init": { "type": "uniform", "scale": «1e39» }'),
    'layers[0].init.scale',
  ],
  [
    'error',
    'init.overflow',
    network({
      layers: '[{ "type": "dense", "units": 1, "init": { "type": "normal", "scale": «1e308» } }]',
      training: '{ "precision": "float64" }',
    }),
    'too large for float64: choose a smaller one.',
  ],
  ['error', 'number.float32', layer('"units": 1, "bias": [«1e39»]'), 'float64'],
  [
    'error',
    'activation.softmax',
    layers('"units": 2, "activation": «"softmax"»', '"units": 1'),
    'only the last',
  ],
  ['warning', 'activation.softmaxOne', layer('"units": 1, "activation": «"softmax"»'), 'always 1'],
  [
    'warning',
    'activation.step',
    data('{ "generator": "xor" }', {
      layers: '[{ "type": "dense", "units": 1, "activation": «"step"» }]',
    }),
    'zero everywhere',
  ],
  ['warning', 'init.equal', layers('"units": 2, "init": «"zeros"»', '"units": 1'), 'stay equal'],
  [
    'information',
    'setting.unused',
    layer('"units": 1, "init": { "type": "heNormal", «"scale": 2» }'),
    'no effect on heNormal',
  ],
  [
    'information',
    'setting.unused',
    optimizer('"type": "adam", «"momentum": 0.9»'),
    'no effect on adam',
  ],
  [
    'information',
    'setting.unused',
    network({ loss: '{ "type": "huber", «"half": true» }' }),
    'huber',
  ],
  [
    'error',
    'network.parameters',
    network({ input: '{ "shape": [65536] }', layers: '[{ "type": "dense", "units": «65536» }]' }),
    '50,000,000',
  ],
  [
    'error',
    'input.size',
    network({ input: '{ "shape": «[2000, 2000]» }' }),
    '4,000,000',
    '1,048,576',
  ],
  [
    'warning',
    'input.names',
    network({ input: '{ "shape": [2], "names": «["a"]» }' }),
    '1 name,',
    '2 inputs',
  ],
  [
    'error',
    'loss.activation',
    network({ loss: '{ "type": «"crossEntropy"» }' }),
    'softmax',
    'binaryCrossEntropy',
  ],
  [
    'error',
    'loss.activation',
    network({
      loss: '{ "type": «"binaryCrossEntropy"» }',
      layers: '[{ "type": "dense", "units": 1 }]',
    }),
    'linear',
    'meanSquaredError',
  ],
  ['warning', 'learningRate.zero', optimizer('"learningRate": «0»'), 'changes nothing'],
  ['warning', 'learningRate.huge', optimizer('"learningRate": «1e6»'), 'diverge'],
  [
    'information',
    'batchSize.large',
    data('{ "inline": [{ "x": [0, 0], "y": [0] }] }', { training: '{ "batchSize": «9» }' }),
    '1 sample:',
  ],
  [
    'error',
    'data.inputs',
    data('{ "inline": [{ "x": «[0, 1, 2]», "y": [0] }] }'),
    '3 numbers',
    '2 inputs',
  ],
  [
    'error',
    'data.outputs',
    data('{ "inline": [{ "x": [0, 1], "y": «[0, 1]» }] }'),
    'layers[0].units to 2',
  ],
  [
    'warning',
    'data.targetRange',
    data('{ "inline": [{ "x": [0, 1], "y": [«-1»] }] }'),
    'sigmoid',
    'from 0 to 1',
  ],
  [
    'error',
    'data.targetRange',
    data('{ "inline": [{ "x": [0, 1], "y": [«2»] }] }', {
      loss: '{ "type": "binaryCrossEntropy" }',
    }),
    'y[0] is 2, but binaryCrossEntropy takes targets from 0 to 1: write 0 and 1',
  ],
  [
    'warning',
    'data.targetRange',
    data(
      '{ "inline": [{ "x": [0, 0], "y": [0] }, { "x": [0, 1], "y": [1] }, { "x": [1, 0], "y": [«2»] }] }',
    ),
    'use 3 softmax outputs with crossEntropy',
    'one number per class',
  ],
  [
    'warning',
    'data.classes',
    classes('[{ "x": [0, 0], "y": [1, 0] }, { "x": [0, 0], "y": «[1, 1]» }]'),
    'data.inline[1].y sums to 2,',
    'binaryCrossEntropy',
  ],
  [
    'error',
    'data.outputs',
    classes('[{ "x": [0, 0], "y": «[1]» }, { "x": [0, 0], "y": [0] }]'),
    'write one number per output (1 for the class 1, 0 for the others).',
  ],
  [
    'error',
    'data.outputs',
    classes('[{ "x": [0, 0], "y": «[2]» }, { "x": [0, 0], "y": [0] }]'),
    'or set layers[0].units to 1',
  ],
  ['warning', 'data.empty', data('{ "inline": «[]» }'), 'not trained'],
  [
    'information',
    'setting.unused',
    data('{ "generator": "xor", «"target": "y"» }'),
    'no effect on generator',
  ],
  ['error', 'data.target', data('{ «"csv"»: "a.csv" }'), 'data.target is missing'],
  [
    'error',
    'data.columns',
    data('{ "csv": "a.csv", "inputs": ["a", «"y"»], "target": "y" }'),
    '"y"',
  ],
  [
    'error',
    'data.columns',
    data('{ "csv": "a.csv", "inputs": ["a", "b", «" a"»], "target": "y" }'),
    'data.inputs names the column "a" twice',
  ],
  [
    'error',
    'data.columns',
    data('{ "csv": "a.csv", "target": ["y", «"y"»] }'),
    'data.target names the column "y" twice',
  ],
  ...['/etc/passwd', 'a\\\\b.csv', 'https://x.org/a.csv', 'C:/a.csv', 'file:a'].map((path): Row => [
    'error',
    'data.path',
    data(`{ "csv": «"${path}"», "target": "y" }`),
    'data.csv',
  ]),
];

describe('text that is no JSON', () => {
  it.each(syntax.map(row => [row[1], row[2], row] as const))('%s in %s', (_code, _text, row) => {
    check(row);
  });
});

describe('values that the catalogue does not allow', () => {
  it.each(structure.map(row => [row[1], row[2], row] as const))('%s in %s', (_code, _text, row) => {
    check(row);
  });
});

describe('values that do not go together', () => {
  it.each(rules.map(row => [row[1], row[2], row] as const))('%s in %s', (_code, _text, row) => {
    check(row);
  });
});

describe('wrong text in bounds', () => {
  it.each([
    ['{ "a": NaN, "b": -Infinity, "c": Infinity, "d": - Infinity, "e": 1 }', 4],
    ['[NaN, -Infinity, Infinity, 3]', 3],
    ['[1, -NaN]', 1],
  ])('one issue a token in %s', (text, count) => {
    const { issues } = parseNetwork(text);
    expect(issues.map(issue => issue.message)).toHaveLength(count);
    for (const { message } of issues)
      expect(message).toContain('no number that a network can hold');
  });

  it.each(['[]', '[1, {}]', '7', '"text"', 'null'])('only the root of %s', text => {
    const { issues, network: found } = parseNetwork(text);
    expect(found).toBeUndefined();
    expect(issues.map(issue => issue.code)).toEqual(['value.type']);
  });

  it('the samples of which none fits and all are equally long may be right', () => {
    const message = (...lengths: number[]) => {
      const x = lengths.map(n => `{ "x": [${Array(n).fill(0).join(', ')}], "y": [0] }`);
      const { issues } = parseNetwork(data(`{ "inline": [${x.join(', ')}] }`));
      return issues.map(issue => issue.message).join();
    };
    expect(message(3, 3)).toContain('set input.shape to [3]');
    expect(message(3, 4)).not.toContain('input.shape');
    expect(message(2, 3)).not.toContain('input.shape');
    expect(message(2, 3)).toContain('write one number per input.');
  });

  it('paths may lead upwards: whoever reads the file knows where the workspace ends', () => {
    for (const path of ['../x.csv', 'a/../../x.csv', './b.csv']) {
      const { issues } = parseNetwork(data(`{ "csv": "${path}", "target": "y" }`));
      expect(issues).toEqual([]);
    }
  });

  it('the vocabulary says of step what the engine computes', () => {
    expect(activations.step.description).toContain('z > 0');
    expect(elementActivations.step.value(0)).toBe(0);
  });
});

describe('hostile documents', () => {
  it.each([1000, 2600, 3500, 5000])('survives %i lists in each other', depth => {
    const nested = '['.repeat(depth) + ']'.repeat(depth);
    for (const key of ['weights', 'bias', 'init', 'strange']) {
      const { issues, network: found } = parseNetwork(layer(`"units": 1, "${key}": ${nested}`));
      expect(issues.length).toBeGreaterThan(0);
      expect(found === undefined).toBe(key !== 'strange' || issues[0].severity === 'error');
    }
    const { root } = parseNetwork(nested);
    if (root) expect(toValue(root)).toBeInstanceOf(Array);
  });

  it('tells errors behind thousands of informations', () => {
    const unknown = Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`zzz${i}`, '1']));
    const text = network(unknown).replace(/}\s*$/, ', "seed": -1, "loss": { "half": 3 } }');
    const { issues } = parseNetwork(text.replace('"version": 1,', ''));
    expect(issues.slice(0, 3).map(({ code }) => code)).toEqual([
      'value.range',
      'value.type',
      'version.missing',
    ]);
    expect(issues).toHaveLength(501);
    expect(issues[500]).toMatchObject({ code: 'issues.more', severity: 'information' });
    expect(issues[500].message).toMatch(/^203 more problems/);
    const places = issues.slice(3, 500).map(({ range }) => range.start);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('does not follow nesting without end', () => {
    const { network, issues } = parseNetwork('['.repeat(200_000));
    expect(network).toBeUndefined();
    expect(issues.map(issue => issue.code)).toEqual(['json.depth']);
  });

  it('reads no more layers than a network may have', () => {
    const one = '{ "type": "dense", "units": 1 }';
    const { issues } = parseNetwork(network({ layers: `[${Array(1001).fill(one).join(',')}]` }));
    expect(issues.map(issue => [issue.code, issue.path])).toEqual([['list.long', ['layers']]]);
  });

  it('tells thousands of equal mistakes in bounds, and says how many more there are', () => {
    const weights = `[[${Array(2000).fill('null').join(',')}]]`;
    const { issues } = parseNetwork(layer(`"units": 1, "weights": ${weights}`));
    expect(issues.length).toBe(501);
    expect(issues[500].code).toBe('issues.more');
    expect(issues[500].message).toMatch(/^150\d more problems/);
  });

  it('takes keys of objects as names and nothing else', () => {
    const text = network({ __proto__: '1', toString: '2', hasOwnProperty: '3' });
    const { network: parsed, issues } = parseNetwork(
      text.replace('{', '{ "__proto__": { "seed": 9 },'),
    );
    expect(parsed?.seed).toBe(0);
    expect(new Set(issues.map(issue => issue.code))).toEqual(new Set(['key.unknown']));
  });
});
