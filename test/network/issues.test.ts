/** One issue a mistake of one value: text that is no JSON, and what the catalogue does not allow. */
import { describe, expect, it } from 'vitest';
import { elementActivations } from '../../src/engine/activations';
import { parseNetwork } from '../../src/network/parse';
import { activations } from '../../src/network/vocabulary';
import { layer, network, withData } from './support/marked';
import { check } from './support/rows';
import type { Row } from './support/rows';

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
  ...(
    [
      ['xentropy', 'crossEntropy'],
      ['cross entropy', 'crossEntropy'],
      ['CrossEntropyLoss', 'crossEntropy'],
      ['bce', 'binaryCrossEntropy'],
      ['squared_error', 'meanSquaredError'],
      ['L1Loss', 'meanAbsoluteError'],
      ['smooth_l1', 'huber'],
    ] as const
  ).map(
    ([written, meant]) =>
      [
        'error',
        'value.unknown',
        network({ loss: `{ "type": «"${written}"» }` }),
        `mean "${meant}"`,
      ] as const,
  ),
  ['error', 'value.unknown', network({ training: '{ "optimizer": «"Adm"» }' }), 'mean "adam"'],
  ['error', 'value.unknown', network({ notation: '«"bishop"»' }), '"nielsen"'],
  ['error', 'value.unknown', network({ layers: '[{ "type": «"dens"», "units": 1 }]' }), '"dense"'],
  [
    'error',
    'value.missing',
    network({ weights: '«{» "file": "w.safetensors" }' }),
    'weights.sha256 is missing',
  ],
  [
    'error',
    'value.pattern',
    network({ weights: '{ "file": "w.safetensors", "sha256": «"ABC"» }' }),
    'weights.sha256 must be 64 hexadecimal digits in lower case; found "ABC"',
  ],
  [
    'error',
    'value.empty',
    network({ weights: `{ "file": «""», "sha256": "${'0'.repeat(64)}" }` }),
    'weights.file must be a text that is not empty',
  ],
  [
    'error',
    'weights.path',
    network({ weights: `{ "file": «"/w.safetensors"», "sha256": "${'0'.repeat(64)}" }` }),
    'is absolute. Write it relative to this file',
  ],
  ['error', 'value.missing', withData('{ "idx": «{» "images": "a" } }'), '"labels": "train-'],
  ['error', 'data.path', withData('{ "idx": { "images": «"/a"», "labels": "b" } }'), 'is absolute'],
  ['error', 'data.path', withData('{ "idx": { "images": "a", "labels": «"c:b"» } }'), 'idx.labels'],
  ['error', 'version.newer', network({ version: '«2»', layers: '7' }), 'read-only', 'version 1'],
  ['error', 'value.range', network({ version: '«0»' }), 'version must be 1; found 0'],
  ['error', 'value.range', network({ seed: '«-1»' }), 'seed'],
  ['error', 'value.range', network({ seed: '«1.5»' }), 'whole number'],
  ['error', 'value.range', network({ training: '{ "epochs": «0» }' }), 'epochs'],
  ['error', 'value.type', network({ training: '{ "batchSize": «"some"» }' }), '"all"'],
  ['error', 'value.range', network({ training: '{ "batchSize": «0» }' }), 'at least 1'],
  ['error', 'value.range', optimizer('"learningRate": «-0.1»'), 'at least 0'],
  ['error', 'value.range', optimizer('"momentum": «1»'), 'below 1'],
  [
    'error',
    'value.range',
    network({ training: '{ "schedule": { "type": "step", "factor": «2» } }' }),
    'at most 1',
  ],
  [
    'error',
    'value.unknown',
    network({ training: '{ "schedule": «"cosineAnnealing"» }' }),
    'Did you mean "cosine"?',
  ],
  ['error', 'value.range', network({ training: '{ "clip": { "norm": «0» } }' }), 'above 0'],
  ['error', 'value.range', optimizer('"type": "adam", "epsilon": «0»'), 'above 0'],
  ['error', 'value.range', network({ regularization: '{ "l2": «-1» }' }), 'l2'],
  ['error', 'value.type', network({ regularization: '{ "bias": «"no"» }' }), 'true or false'],
  [
    'error',
    'value.range',
    withData('{ "generator": "xor", "split": { "validation": «1» } }'),
    'below 1',
  ],
  ['error', 'data.source', withData('«{» "normalize": "none" }'), 'names no source: add', '"csv"'],
  [
    'error',
    'data.source',
    withData('«{» "targets": [[1], [0]] }'),
    '"inline": [{ "x": [0, 1], "y": [1] }, …]',
  ],
  [
    'error',
    'data.source',
    withData('«{» "generator": "xor", "inline": [{"x":[0,0],"y":[0]}] }'),
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
      const { issues } = parseNetwork(withData(`{ "inline": [${x.join(', ')}] }`));
      return issues.map(issue => issue.message).join();
    };
    expect(message(3, 3)).toContain('set input.shape to [3]');
    expect(message(3, 4)).not.toContain('input.shape');
    expect(message(2, 3)).not.toContain('input.shape');
    expect(message(2, 3)).toContain('write one number per input.');
  });

  it('paths may lead upwards: whoever reads the file knows where the workspace ends', () => {
    for (const path of ['../x.csv', 'a/../../x.csv', './b.csv']) {
      const { issues } = parseNetwork(withData(`{ "csv": "${path}", "target": "y" }`));
      expect(issues).toEqual([]);
    }
  });

  it('the vocabulary says of step what the engine computes', () => {
    expect(activations.step.description).toContain('z > 0');
    expect(elementActivations.step.value(0)).toBe(0);
  });

  it.each(Object.entries(elementActivations))(
    'the outputs that the vocabulary says of %s are those that the engine computes',
    (name, { value }) => {
      const [low, high] = activations[name as keyof typeof elementActivations].outputs;
      const found = Array.from({ length: 20_001 }, (_, i) => value((i - 10_000) / 500));
      const [least, most] = [Math.min(...found), Math.max(...found)];
      expect(least).toBeGreaterThanOrEqual(low);
      expect(most).toBeLessThanOrEqual(high);
      // Each end is met, or nearly so far from 0; what has none goes on.
      if (low > -Infinity) expect(least).toBeLessThan(low + 1e-2);
      else expect(value(-1e6)).toBeLessThan(-1e3);
      if (high < Infinity) expect(most).toBeGreaterThan(high - 1e-2);
      else expect(value(1e6)).toBeGreaterThan(1e3);
    },
  );

  it.each(['linear', 'leakyRelu'])('%s reaches every target', activation => {
    const { issues } = parseNetwork(
      withData('{ "inline": [{ "x": [0, 1], "y": [-7] }, { "x": [1, 1], "y": [7] }] }', {
        layers: `[{ "type": "dense", "units": 1, "activation": "${activation}" }]`,
      }),
    );
    expect(issues).toEqual([]);
  });
});
