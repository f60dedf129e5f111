/** What is left of a network in which something is wrong: whole, without its data, as a sketch, or nothing. */
import { describe, expect, it } from 'vitest';
import { parseNetwork, parseSyntax } from '../../src/network/parse';

const sha256 = '0'.repeat(64);
const parts = {
  version: 1,
  input: { shape: [2] },
  layers: [
    {
      type: 'dense',
      id: 'a',
      units: 2,
      weights: [
        [1, 2],
        [3, 4],
      ],
      bias: [5, 6],
    },
    { type: 'batchNorm', mean: [0, 0], variance: [1, 1] },
    { type: 'dense', units: 1, weights: [[7, 8]], bias: [9] },
  ],
  weights: { file: 'w', sha256 },
  data: { inline: [{ x: [0, 1], y: [1] }] },
  expect: [{ gradcheck: true }],
};
const whole = parseNetwork(JSON.stringify(parts)).network!;
const read = (change: object) => parseNetwork(JSON.stringify({ ...parts, ...change }));
const layersWith = (index: number, change: object) =>
  parts.layers.map((layer, i) => (i === index ? { ...layer, ...change } : layer));
const without = (...keys: string[]) =>
  Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key)));
/** The layers, one of them without its numbers. */
const bare = (index: number) =>
  whole.layers.map((layer, i) =>
    i === index
      ? Object.fromEntries(
          Object.entries(layer).filter(
            ([key]) => !['weights', 'bias', 'mean', 'variance'].includes(key),
          ),
        )
      : layer,
  );

it('a right network is whole, and no sketch', () => {
  expect(Object.keys(whole)).toEqual(expect.arrayContaining(['weights', 'data', 'expect']));
  expect(read({})).not.toHaveProperty('sketch');
});

describe('only its data are left out', () => {
  it.each([
    ['of which an input is missing', { inline: [{ x: [0], y: [1] }] }],
    ['of which an output is missing', { inline: [{ x: [0, 1], y: [] }] }],
    ['of which both are missing', { inline: [{ x: [0], y: [] }] }],
    ['of which there are none', { inline: [] }],
  ])('%s', (_what, data) => {
    const { network, sketch } = read({ data });
    expect(network).toEqual(without('data'));
    expect(sketch).toBeUndefined();
  });

  it('of which the loss cannot take one', () => {
    const last = layersWith(2, { activation: 'sigmoid' });
    const { network } = read({
      layers: last,
      loss: { type: 'binaryCrossEntropy' },
      data: { inline: [{ x: [0, 1], y: [2] }] },
    });
    expect(network?.layers).toHaveLength(3);
    expect(network).not.toHaveProperty('data');
  });

  it('of which one by one is too few', () => {
    const { network } = read({ training: { batchSize: 1 } });
    expect(network?.training.batchSize).toBe(1);
    expect(network).not.toHaveProperty('data');
  });

  it('and those of a warning stay', () => {
    const { network, issues } = read({ data: { inline: [{ x: [0, 1], y: [1] }], noise: 1 } });
    expect(issues.map(({ severity }) => severity)).toEqual(['information']);
    expect(network).toEqual(whole);
  });
});

describe('a sketch is left', () => {
  it.each([
    ['of the data', { data: { csv: '/a', target: 'y' } }, without('data')],
    ['of the file of weights', { weights: { file: 'w', sha256: 'no' } }, without('weights')],
    ['of the tests', { expect: [{ gradcheck: false }] }, without('expect')],
    [
      'of weights',
      { layers: layersWith(0, { weights: [[1], [2]] }) },
      { ...whole, layers: bare(0) },
    ],
    ['of a bias', { layers: layersWith(2, { bias: [1, 2] }) }, { ...whole, layers: bare(2) }],
    [
      'of statistics',
      { layers: layersWith(1, { mean: [null, 0] }) },
      { ...whole, layers: bare(1) },
    ],
    [
      'of weights that are missing, and of data that do not fit',
      { layers: layersWith(2, { weights: [] }), data: { inline: [{ x: [], y: [1] }] } },
      { ...without('data'), layers: bare(2) },
    ],
    [
      'of everything that can be wrong in one',
      { data: {}, expect: 7, weights: 7, layers: layersWith(0, { bias: 7 }) },
      { ...without('data', 'expect', 'weights'), layers: bare(0) },
    ],
  ])('without what is wrong %s', (_what, change, expected) => {
    const { network, sketch } = read(change);
    expect(network).toBeUndefined();
    expect(sketch).toEqual(expected);
  });

  it('only where no error is elsewhere', () => {
    for (const change of [
      { seed: -1 },
      { loss: { type: 'x' } },
      { layers: layersWith(0, { units: 0 }) },
      { layers: layersWith(0, { from: 'who' }) },
      { data: {}, seed: -1 },
      { layers: [] },
      { input: {} },
    ]) {
      const { network, sketch, issues } = read(change);
      expect([network, sketch]).toEqual([undefined, undefined]);
      expect(issues.length).toBeGreaterThan(0);
    }
  });
});

describe('of another version', () => {
  it.each([2, 7, 1e300])('%d nothing is judged', version => {
    const { root, network, sketch, issues } = read({ version, seed: -1, layers: 7 });
    expect(root).toBeDefined();
    expect([network, sketch]).toEqual([undefined, undefined]);
    expect(issues).toEqual([
      {
        ...{ code: 'version.newer', severity: 'error', path: ['version'] },
        range: { start: 11, end: 11 + String(version).length },
        message: `The file has version ${version}, this Nabla knows version 1: it is opened read-only. Update Nabla to edit it.`,
      },
    ]);
  });

  it.each([0, -1, 1.5, 2.5, '2', null])('%j is none', version => {
    expect(read({ version }).issues.map(({ code }) => code)).toEqual([
      typeof version === 'number' ? 'value.range' : 'value.type',
    ]);
  });
});

describe('the syntax alone', () => {
  it('is judged by no rule', () => {
    const text = '{ "version": 9, "layers": 7 }';
    const { root, ...rest } = parseSyntax(text);
    expect(root?.children).toHaveLength(2);
    expect(rest).toEqual({ text, issues: [] });
    expect(parseSyntax('{').issues).toEqual(parseNetwork('{').issues);
  });

  it.each(['[]', '7', '"a"', 'null', 'true'])('%s is no network', text => {
    const { root, network, sketch, issues } = parseNetwork(text);
    expect(root).toBeDefined();
    expect([network, sketch]).toEqual([undefined, undefined]);
    expect(issues.map(({ code, range }) => [code, range])).toEqual([
      ['value.type', { start: 0, end: text.length }],
    ]);
  });

  it('of a text without an end is not read', () => {
    const text = '['.repeat(150_000);
    expect(parseNetwork(text)).toEqual({
      text,
      root: undefined,
      issues: [
        {
          ...{ code: 'json.depth', severity: 'error', path: [], range: { start: 0, end: 150_000 } },
          message:
            'The lists and objects are nested too deeply to be read: this is no network file.',
        },
      ],
    });
  });
});
