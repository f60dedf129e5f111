/** Both sides of the bounds of the rules about data: what is told of, and what is let pass. */
import { describe, expect, it } from 'vitest';
import { withData } from './support/marked';
import { codesOf } from './support/told';

/** Inline samples of two inputs, one for each list of targets. */
const samples = (...targets: readonly (readonly number[])[]) =>
  JSON.stringify({ inline: targets.map(y => ({ x: [0, 0], y })) });

const last = (units: number, activation: string) => ({
  layers: `[{ "type": "dense", "units": ${units}, "activation": "${activation}" }]`,
});
const classes = { ...last(2, 'softmax'), loss: '{ "type": "crossEntropy" }' };

describe('the keys of data', () => {
  const sources = {
    inline: '"inline": [{ "x": [0, 0], "y": [0] }]',
    generator: '"generator": "xor"',
    csv: '"csv": "a.csv", "target": "y"',
    idx: '"idx": { "images": "a", "labels": "b" }',
  };
  const keys = {
    samples: '"samples": 4',
    noise: '"noise": 0',
    inputs: '"inputs": ["a"]',
    target: '"target": "y"',
    split: '"split": { "validation": 0 }',
    normalize: '"normalize": "none"',
  };
  const read: { readonly [source: string]: readonly string[] } = {
    inline: [],
    generator: ['samples', 'noise'],
    csv: ['inputs', 'target'],
    idx: [],
  };
  const pairs = Object.keys(sources).flatMap(source =>
    Object.keys(keys).map(key => [source, key] as const),
  );

  it.each(pairs)('%s with %s', (source, key) => {
    const own = sources[source as keyof typeof sources];
    const text = own.includes(`"${key}"`) ? own : `${own}, ${keys[key as keyof typeof keys]}`;
    const known = [...read[source], 'split', 'normalize'].includes(key);
    expect(codesOf(withData(`{ ${text} }`))).toEqual(known ? [] : [`setting.unused data.${key}`]);
  });

  it('of two sources nobody knows which are in vain', () => {
    const text = '{ "generator": "xor", "idx": { "images": "a", "labels": "b" }, "noise": 0 }';
    expect(codesOf(withData(text))).toEqual(['data.source data']);
  });
});

describe('columns of a table', () => {
  it.each([
    ['"csv": "a.csv", "target": ["y", "z"]', []],
    ['"csv": "a.csv", "target": "a", "inputs": ["b", "c"]', []],
    ['"csv": "", "inputs": ["a", "a"]', ['value.empty data.csv']],
    ['"csv": 7, "target": "y"', ['value.type data.csv']],
    ['"inputs": ["a", "a"], "generator": "xor"', ['setting.unused data.inputs']],
    [
      '"csv": "a.csv", "inputs": ["a", "a", "b", "a"], "target": ["y", "y"]',
      ['data.columns data.inputs[1]', 'data.columns data.inputs[3]', 'data.columns data.target[1]'],
    ],
    [
      '"csv": "a.csv", "inputs": [1, 1], "target": "y"',
      ['value.type data.inputs[0]', 'value.type data.inputs[1]', 'data.columns data.inputs[1]'],
    ],
  ])('{ %s }', (members, told) => {
    expect(codesOf(withData(`{ ${members} }`))).toEqual(told);
  });
});

describe('targets at the ends of what an output can be', () => {
  const ranges = [
    ['sigmoid', 0, 1],
    ['step', 0, 1],
    ['tanh', -1, 1],
    ['relu', 0, Infinity],
    ['softplus', 0, Infinity],
    ['elu', -1, Infinity],
    ['gelu', -0.17, Infinity],
    ['silu', -0.28, Infinity],
    ['linear', -Infinity, Infinity],
    ['leakyRelu', -Infinity, Infinity],
  ] as const;
  const code = 'data.targetRange data.inline[0].y[0]';
  const told = (target: number, activation: string) =>
    codesOf(withData(samples([target]), last(1, activation))).filter(
      line => !line.startsWith('activation.step'),
    );

  it.each(ranges)('%s: from %f to %f', (activation, low, high) => {
    for (const target of [low, high, 0])
      if (Number.isFinite(target)) expect([target, told(target, activation)]).toEqual([target, []]);
    expect(told(-1e9, activation)).toEqual(low > -Infinity ? [code] : []);
    expect(told(1e9, activation)).toEqual(high < Infinity ? [code] : []);
    if (low > -Infinity) expect(told(low - 1e-3, activation)).toEqual([code]);
    if (high < Infinity) expect(told(high + 1e-3, activation)).toEqual([code]);
  });

  it('a loss of probabilities takes none outside of 0 and 1, whatever the output', () => {
    const loss = { loss: '{ "type": "binaryCrossEntropy" }' };
    for (const ok of [0, 1, 0.5]) expect(codesOf(withData(samples([ok]), loss))).toEqual([]);
    for (const no of [-0.001, 1.001])
      expect(codesOf(withData(samples([no]), loss))).toEqual([code]);
  });

  it('is no question where the activation is not known, or an output is missing', () => {
    expect(codesOf(withData(samples([7]), last(1, 'sigmiod')))).toEqual([
      'value.unknown layers[0].activation',
    ]);
    expect(codesOf(withData(samples([7, 7]), last(1, 'sigmoid')))).toEqual([
      'data.outputs data.inline[0].y',
    ]);
  });

  it('is judged also where an input is missing', () => {
    expect(codesOf(withData('{ "inline": [{ "x": [0], "y": [7] }] }'))).toEqual([
      'data.inputs data.inline[0].x',
      'data.targetRange data.inline[0].y[0]',
    ]);
  });
});

describe('sums over classes', () => {
  it.each([
    [[1, 0], []],
    [[0.5, 0.509], []],
    [[0.5, 0.491], []],
    [[0.5, 0.511], ['data.classes data.inline[0].y']],
    [[0.5, 0.489], ['data.classes data.inline[0].y']],
    [[0, 0], ['data.classes data.inline[0].y']],
  ])('%j', (target, told) => {
    expect(codesOf(withData(samples(target), classes))).toEqual(told);
  });

  it('are no question of other losses, nor where a target is outside', () => {
    expect(codesOf(withData(samples([1, 1]), last(2, 'softmax')))).toEqual([]);
    expect(codesOf(withData(samples([2, 2]), classes))).toEqual([
      'data.targetRange data.inline[0].y[0]',
    ]);
  });
});

describe('samples of a network that is not known whole', () => {
  it.each([
    ['inputs', { input: '{ "shape": [0] }' }, ['value.range input.shape[0]']],
    ['outputs', { layers: '[{ "type": "dense", "units": 0 }]' }, ['value.range layers[0].units']],
  ])('are not counted against its %s', (_what, parts, told) => {
    const data = '{ "inline": [{ "x": [1, 2], "y": [1] }, { "x": [1, 2], "y": [1] }] }';
    expect(codesOf(withData(data, parts))).toEqual(told);
  });
});

describe('batches and samples', () => {
  const inline = samples([0], [1], [1]);
  it.each([
    ['2', inline, false],
    ['3', inline, false],
    ['4', inline, true],
    ['"all"', inline, false],
    ['4', '{ "generator": "xor", "samples": 3 }', false],
    ['4', '{ "csv": "a.csv", "target": "y" }', false],
  ])('a batch of %s from %s', (size, data, large) => {
    const text = withData(data, { training: `{ "batchSize": ${size} }` });
    expect(codesOf(text)).toEqual(large ? ['batchSize.large training.batchSize'] : []);
  });

  it('only what is written is too large, and nothing is where there is no sample', () => {
    expect(codesOf(withData(inline))).toEqual([]);
    expect(codesOf(withData(inline, { training: '{ "epochs": 4 }' }))).toEqual([]);
    const none = withData('{ "inline": [] }', { training: '{ "batchSize": 4 }' });
    expect(codesOf(none)).toEqual(['data.empty data.inline']);
  });
});
