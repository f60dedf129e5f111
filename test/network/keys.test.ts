/** What is told about keys: unknown, of a later version, written twice, without effect, missing. */
import { parseTree } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { IssueList } from '../../src/network/issues';
import { unknown } from '../../src/network/keys';
import { formatPath } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { group, number } from '../../src/network/setting';
import { unmark } from './support/marked';

const one = '{ "type": "dense", "units": 1 }';
const file = (rest: string, layers = one, input = '{ "shape": [2] }'): string =>
  `{ "version": 1, "input": ${input}, "layers": [${layers}]${rest} }`;

/** All issues of a text in which « and » mark the place of the only one. */
function check(
  marked: string,
  severity: string,
  code: string,
  path: (string | number)[],
  message: string,
): void {
  const { text, range } = unmark(marked);
  expect(parseNetwork(text).issues).toEqual([{ severity, code, path, message, range }]);
}

describe('a key that is not known', () => {
  const kept = 'is not known and has no effect; it is kept.';

  it.each([
    [file(', «"whatever"»: 1'), ['whatever'], ''],
    [file(', «"seeds"»: 1'), ['seeds'], ' Did you mean "seed"?'],
    [file(', "training": { «"batch"»: 1 }'), ['training', 'batch'], ' Did you mean "batchSize"?'],
    [
      file('', '{ "type": "dense", "units": 1, «"bia"»: [] }'),
      ['layers', 0, 'bia'],
      ' Did you mean "bias"?',
    ],
    [
      file('', '{ "type": "flatten", «"other"»: [] }', '{ "shape": [2, 2, 1] }'),
      ['layers', 0, 'other'],
      '',
    ],
    [file('', one, '{ "shape": [2], «"type"»: "x" }'), ['input', 'type'], ''],
    [file(', «"toString"»: 1'), ['toString'], ''],
  ])('%s', (marked, path, hint) => {
    check(marked, 'information', 'key.unknown', path, `${formatPath(path)} ${kept}${hint}`);
  });

  it.each([
    ['epochs', 'training.epochs'],
    ['learningRate', 'training.optimizer.learningRate'],
    ['warmUp', 'training.schedule.warmUp'],
    ['patience', 'training.stop.patience'],
    ['reduction', 'loss.reduction'],
    ['shape', 'input.shape'],
    ['csv', 'data.csv'],
    ['validation', 'data.split.validation'],
    ['images', 'data.idx.images'],
    ['l2', 'regularization.l2'],
    ['sha256', 'weights.sha256'],
    ['units', 'layers[…].units'],
    ['filters', 'layers[…].filters'],
    ['gradcheck', 'expect[…].gradcheck'],
    ['atMost', 'expect[…].loss.atMost'],
  ])('%s belongs elsewhere: %s', (key, home) => {
    check(
      file(`, «"${key}"»: 1`),
      'information',
      'key.unknown',
      [key],
      `${key} ${kept} Did you mean ${home}?`,
    );
  });

  it('of a later version is refused, not kept for nothing', () => {
    const setting = group('A group.', { units: number('x') }, { later: { tied: 'tied weights' } });
    const tell = (key: string) => {
      const node = parseTree(JSON.stringify(key));
      if (!node) throw new Error(key);
      const issues = new IssueList();
      unknown(node, setting, { issues, path: ['layers', 0, key] });
      return issues.sorted();
    };
    expect(tell('tied')).toEqual([
      {
        severity: 'error',
        code: 'key.unsupported',
        path: ['layers', 0, 'tied'],
        range: { start: 0, end: 6 },
        message:
          'layers[0].tied: this version of Nabla does not know tied weights. The file is left as it is.',
      },
    ]);
    for (const key of ['tide', 'toString'])
      expect(tell(key)).toMatchObject([{ severity: 'information', code: 'key.unknown' }]);
  });
});

it.each([
  [file(', «"seed"»: 1, "seed": 2'), ['seed'], 'seed'],
  [
    file('', '{ "type": "dense", «"units"»: 4, "units": 1 }'),
    ['layers', 0, 'units'],
    'layers[0].units',
  ],
])('written twice: %s', (marked, path, place) => {
  const message = `${place} is written twice: this one is ignored, the last one counts. Remove one.`;
  check(marked, 'warning', 'key.duplicate', path, message);
});

it.each([
  [
    file('', `${one}, { "type": "dropout", "rate": 0.5, «"units": 3» }`),
    1,
    'units',
    'dropout (it has type, id, from, rate)',
  ],
  [
    file('', `${one}, { "type": "dropout", "rate": 0.5, «"bias": []» }`),
    1,
    'bias',
    'dropout (it has type, id, from, rate)',
  ],
  [
    file('', '{ «"kernel": [1, 1]», "type": "add", "from": ["input", "input"] }')
      .replace('"input"]', '"a"]')
      .replace('[{ «', '[{ "type": "dense", "id": "a", "units": 2 }, { «'),
    1,
    'kernel',
    'add (it has type, id, from, activation)',
  ],
])('without effect: %s', (marked, layer, key, what) => {
  const message = `layers[${layer}].${key} has no effect on ${what}. Remove it.`;
  check(marked, 'information', 'setting.unused', ['layers', layer, key], message);
});

describe('what is missing', () => {
  const all = (rest: string) => `«{» "version": 1${rest} }`;
  const input = ', "input": { "shape": [2] }';

  it.each<[string, (string | number)[], string]>([
    [
      all(`, "layers": [${one}]`),
      ['input'],
      'input is missing (what comes in). Add "input": { "shape": [2] }.',
    ],
    [
      all(input),
      ['layers'],
      'layers is missing (the layers, from the first after the input to the output). Add "layers": [{ "type": "dense", "units": 1, "activation": "sigmoid" }].',
    ],
    [
      file('', one, '«{»}'),
      ['input', 'shape'],
      'input.shape is missing (size of one sample: [3] is three numbers). Add "shape": [2].',
    ],
    [
      file('', '«{» "type": "dense" }'),
      ['layers', 0, 'units'],
      'layers[0].units is missing (number of neurons). Add "units": 4.',
    ],
    [
      file('', '«{» "units": 4 }'),
      ['layers', 0, 'type'],
      'layers[0].type is missing (what the layer does). Add "type": "dense".',
    ],
    [
      file('', `${one}, «{» "type": "add" }`),
      ['layers', 1, 'from'],
      'layers[1].from is missing (the layers that are joined: two or more, in this order). Add "from": ["input", "a"], the ids of the layers that are joined.',
    ],
    [
      file('', `${one}, «{» "type": "dropout" }`),
      ['layers', 1, 'rate'],
      'layers[1].rate is missing (the probability with which a value is dropped while training). Add "rate": ….',
    ],
    [
      file(', "data": { "inline": [«{» "y": [1] }] }'),
      ['data', 'inline', 0, 'x'],
      'data.inline[0].x is missing (the inputs, one number each). Add "x": [0, 1].',
    ],
    [
      file(', "data": { "inline": [«{» "x": [1, 2] }] }'),
      ['data', 'inline', 0, 'y'],
      'data.inline[0].y is missing (the targets, one number per output). Add "y": [1].',
    ],
    [
      file(', "data": { "idx": «{» "labels": "a" } }'),
      ['data', 'idx', 'images'],
      'data.idx.images is missing (the inputs, bytes from 0 to 255 as numbers from 0 to 1: an IDX file, also packed (.gz), named relative to this file). Add "images": "train-images-idx3-ubyte.gz".',
    ],
    [
      file(', "data": { "idx": «{» "images": "a" } }'),
      ['data', 'idx', 'labels'],
      'data.idx.labels is missing (the number of the class of each sample, or its target: an IDX file, also packed (.gz), named relative to this file). Add "labels": "train-labels-idx1-ubyte.gz".',
    ],
  ])('%s', (marked, path, message) => check(marked, 'error', 'value.missing', path, message));
});
