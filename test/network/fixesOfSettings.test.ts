/** Fixes of settings, keys and names: each with the whole text that it makes. */
import { describe, expect, it } from 'vitest';
import type { JsonPath } from '../../src/network/network';
import { file, fixed } from './support/fixing';
import type { Told } from './support/fixing';

const dense = (rest: string): string => `{ "type": "dense", ${rest} }`;
const one = dense('"units": 1');
const training = (rest: string, layers = one): string => file(layers, `, "training": { ${rest} }`);
const plain = (marked: string): string => marked.replace(/[«»]/g, '');
const without = (marked: string): string => marked.replace(/«[^»]*»/g, '');

/** One fix, which writes `written` in place of what stands between « and ». */
function expectSet(told: string | Told, marked: string, path: JsonPath, written: string): void {
  const [, value] = /^[^[]*?(?:"\w+": )?("?[\w.]+"?)(?: })*$/.exec(written) ?? [];
  expect(fixed(plain(marked), told)).toEqual([
    [
      { type: 'setTo', path, value: JSON.parse(value) as unknown },
      marked.replace(/«[^»]*»/, written),
    ],
  ]);
}

describe('a setting gets the value that its sentence names', () => {
  const schedule: JsonPath = ['training', 'schedule'];
  const below = `, ${one}`;

  it.each<[string, string, JsonPath, string]>([
    [
      'version.missing',
      `{ "input": { "shape": [2] }, "layers": [${one}]«» }`,
      ['version'],
      ', "version": 1',
    ],
    [
      'number.float32',
      file(dense('"units": 1, "bias": [1e39]'), '«»'),
      ['training', 'precision'],
      ', "training": { "precision": "float64" }',
    ],
    [
      'number.float32',
      training('"precision": «"float32"»', dense('"units": 1, "bias": [1e39]')),
      ['training', 'precision'],
      '"float64"',
    ],
    [
      'init.overflow',
      file(dense('"units": 1, "init": { "type": "constant", "value": 1e39 }'), '«»'),
      ['training', 'precision'],
      ', "training": { "precision": "float64" }',
    ],
    [
      'init.equal',
      file(dense('"units": 2, "init": «"zeros"»') + below),
      ['layers', 0, 'init', 'type'],
      '{ "type": "xavierUniform" }',
    ],
    [
      'init.equal',
      file(dense('"units": 2, "init": { "type": «"constant"», "value": 1 }') + below),
      ['layers', 0, 'init', 'type'],
      '"xavierUniform"',
    ],
    [
      'activation.softmax',
      file(dense('"units": 2, "activation": «"softmax"»') + below),
      ['layers', 0, 'activation'],
      '"sigmoid"',
    ],
    [
      'activation.softmaxOne',
      file(dense('"units": 1, "activation": «"softmax"»')),
      ['layers', 0, 'activation'],
      '"sigmoid"',
    ],
    [
      'learningRate.zero',
      training('"optimizer": { "learningRate": «0» }'),
      ['training', 'optimizer', 'learningRate'],
      '0.1',
    ],
    [
      'learningRate.huge',
      training('"optimizer": { "learningRate": «1000» }'),
      ['training', 'optimizer', 'learningRate'],
      '0.1',
    ],
    [
      'schedule.warmUp',
      training('"schedule": { "warmUp": «300» }'),
      [...schedule, 'warmUp'],
      '100',
    ],
    [
      'schedule.warmUp',
      training('"epochs": 7, "schedule": { "warmUp": «8» }'),
      [...schedule, 'warmUp'],
      '7',
    ],
    [
      'schedule.minimum',
      training('"schedule": { "type": "cosine", "minimum": «3» }'),
      [...schedule, 'minimum'],
      '0',
    ],
    [
      'batchNorm.batch',
      training('"batchSize": «1»', `{ "type": "batchNorm" }, ${one}`).replace(
        ' } }',
        ' }, "data": { "generator": "xor" } }',
      ),
      ['training', 'batchSize'],
      '"all"',
    ],
    [
      'expect.gradcheck',
      file(one, ', "expect": [{ "gradcheck": «false» }]'),
      ['expect', 0, 'gradcheck'],
      'true',
    ],
    [
      'window.large',
      file('{ "type": "conv2d", "filters": 1, "kernel": [9, 9]«» }', '', '[4, 4, 1]'),
      ['layers', 0, 'padding'],
      ', "padding": "same"',
    ],
    [
      'window.large',
      file('{ "type": "maxPool2d", "size": [9, 9], "padding": «"valid"» }', '', '[4, 4, 1]'),
      ['layers', 0, 'padding'],
      '"same"',
    ],
  ])('%s: %s', (code, marked, path, written) => expectSet(code, marked, path, written));

  it('also where the data tell it', () => {
    const path = ['training', 'batchSize'];
    expectSet({ code: 'batchSize.large', path }, training('"batchSize": «64»'), path, '"all"');
    const activation = ['layers', 0, 'activation'];
    const step = file(dense('"units": 1, "activation": «"step"»'));
    expectSet({ code: 'activation.step', path: activation }, step, activation, '"sigmoid"');
  });

  it('and none where that ends nothing', () => {
    const init = dense('"units": 1, "init": { "type": "constant", "value": 1e39 }');
    const wide = training('"precision": "float64"', init);
    expect(fixed(wide, { code: 'init.overflow', path: ['layers', 0, 'init'] })).toEqual([]);
    const text = training('"epochs": "x", "schedule": { "warmUp": 300 }');
    const path = ['training', 'schedule', 'warmUp'];
    expect(fixed(text, { code: 'schedule.warmUp', path })).toEqual([]);
  });
});

it.each([
  ['setting.unused', file(dense('"units": 1«, "filters": 2»')), ['layers', 0, 'filters']],
  [
    'setting.unused',
    training('"optimizer": { "type": "adam"«, "momentum": 0.5» }'),
    ['training', 'optimizer', 'momentum'],
  ],
  [
    'bias.unused',
    file(dense('"units": 1, "useBias": false«, "bias": [1]»')),
    ['layers', 0, 'bias'],
  ],
  ['statistics.length', file('{ "type": "batchNorm"«, "mean": [1]» }'), ['layers', 0, 'mean']],
  [
    'data.columns',
    file(one, ', "data": { "csv": "a", "inputs": ["a", "b"«, "a"»], "target": "y" }'),
    ['data', 'inputs', 2],
  ],
])('%s: what has no effect goes: %s', (code, marked, path) => {
  expect(fixed(plain(marked), code)).toEqual([[{ type: 'remove', path }, without(marked)]]);
});

it('of two clips each can go', () => {
  const clip = (rest: string) => training(`"clip": { ${rest} }`);
  const path = (key: string) => ['training', 'clip', key];
  expect(fixed(clip('"norm": 1, "value": 2'), 'clip.both')).toEqual([
    [{ type: 'remove', path: path('value') }, clip('"norm": 1')],
    [{ type: 'remove', path: path('norm') }, clip('"value": 2')],
  ]);
});

it.each(['missing', 'hash', 'format', 'tensors', 'size', 'path'])(
  'weights.%s: weights of another file are given up, for new ones',
  reason => {
    const text = file(one, ', "weights": { "file": "a", "sha256": "b" }, "name": "n"');
    expect(fixed(text, { code: `weights.${reason}` })).toEqual([
      [{ type: 'freshWeights' }, file(one, ', "name": "n"')],
    ]);
  },
);

describe('a loss and an activation that do not go together: either is set', () => {
  const pair = (units: number, activation: string, loss: string) =>
    file(
      `${dense('"units": 3')}, ${dense(`"units": ${units}, "activation": "${activation}"`)}`,
      `, "loss": { "type": "${loss}" }`,
    );

  it.each([
    [2, 'relu', 'crossEntropy', 'meanSquaredError', 'softmax'],
    [2, 'softmax', 'binaryCrossEntropy', 'crossEntropy', 'sigmoid'],
    [2, 'sigmoid', 'crossEntropy', 'binaryCrossEntropy', 'softmax'],
    [1, 'linear', 'binaryCrossEntropy', 'meanSquaredError', 'sigmoid'],
  ])('%i × %s, %s', (units, activation, loss, usual, partner) => {
    expect(fixed(pair(units, activation, loss), 'loss.activation')).toEqual([
      [{ type: 'setTo', path: ['loss', 'type'], value: usual }, pair(units, activation, usual)],
      [
        { type: 'setTo', path: ['layers', 1, 'activation'], value: partner },
        pair(units, partner, loss),
      ],
    ]);
  });

  it('neither where there is nothing to choose', () => {
    for (const text of [
      pair(2, 'relu', 'huber'),
      pair(2, 'odd', 'crossEntropy'),
      pair(2, 'relu', 'odd'),
      file('', ', "loss": { "type": "crossEntropy" }'),
    ])
      expect(fixed(text, { code: 'loss.activation' }), text).toEqual([]);
  });
});

describe('a name that is not known', () => {
  const replaced = (marked: string, ...names: string[]) =>
    names.map(name => [{ type: 'replace', name }, marked.replace(/«[^»]*»/, JSON.stringify(name))]);

  it.each([
    ['value.unknown', file(dense('"units": 1, "activation": «"sigmod"»')), ['sigmoid']],
    ['value.unknown', file(one, ', "loss": { "type": «"MSE"» }'), ['meanSquaredError']],
    ['value.unknown', file(dense('"units": 1, "activation": «"xyzwuv"»')), []],
    [
      'from.unknown',
      file(
        `${dense('"id": "q\\"1", "units": 2')}, ${dense('"id": "q\\"2", "units": 2')}, { "type": "add", "from": [«"q\\"3"», "input"] }`,
      ),
      ['q"1', 'q"2'],
    ],
  ])('%s: %s is one of those that are alike', (code, marked, names) => {
    expect(fixed(plain(marked), code)).toEqual(replaced(marked, ...names));
  });

  it('is not replaced where it does not stand', () => {
    const message = 'Did you mean "tanh"?';
    expect(fixed(file(one), { code: 'value.unknown', path: ['layers', 7], message })).toEqual([]);
    const told = { code: 'value.unknown', path: ['layers', 0, 'units'], message: '"tanh"?' };
    expect(fixed(file(one), told)).toEqual([]);
  });
});

describe('a key that is not known', () => {
  const gone = (marked: string, path: JsonPath) => [{ type: 'remove', path }, without(marked)];

  it('gets the name that is meant, with its value, or goes', () => {
    const marked = file(dense('"units": 1«, "activaton": "tanh"»'));
    expect(fixed(plain(marked), 'key.unknown')).toEqual([
      [{ type: 'replace', name: 'activation' }, file(dense('"units": 1, "activation": "tanh"'))],
      gone(marked, ['layers', 0, 'activaton']),
    ]);
  });

  it('only goes where the right one is there already, or none is alike', () => {
    for (const [marked, ...path] of [
      [
        file(dense('"units": 1, "activation": "relu"«, "activaton": "tanh"»')),
        'layers',
        0,
        'activaton',
      ],
      [file(one, '«, "whatever": 7»'), 'whatever'],
      [file(one, '«, "epochs": 7», "training": { "epochs": 8 }'), 'epochs'],
      [file(one, '«, "epochs": "seven"»'), 'epochs'],
      [file(one, '«, "units": 7»'), 'units'],
    ] as const)
      expect(fixed(plain(marked), 'key.unknown'), marked).toEqual([gone(marked, path)]);
  });

  it('goes with its value to where it belongs', () => {
    const marked = file(one, '«, "epochs": 7»');
    const move = { type: 'move', path: ['epochs'], to: ['training', 'epochs'] };
    expect(fixed(plain(marked), 'key.unknown')).toEqual([
      [move, training('"epochs": 7')],
      gone(marked, ['epochs']),
    ]);
    const list = file(one, ', "shuffle": false, "training": { "epochs": 3 }');
    const [[name, text]] = fixed(list, 'key.unknown');
    expect(name).toEqual({ type: 'move', path: ['shuffle'], to: ['training', 'shuffle'] });
    expect(text).toBe(training('"epochs": 3, "shuffle": false'));
  });

  it('nothing is done where it does not stand', () => {
    expect(fixed(file(one), { code: 'key.unknown', path: ['other'] })).toEqual([]);
    expect(fixed(file(one), { code: 'key.unknown', path: ['layers', 9, 'other'] })).toEqual([]);
  });
});
