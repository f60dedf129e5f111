/** Weights and biases that do not fit their layer: the whole text of each fix, and which new weights it asks for. */
import { describe, expect, it } from 'vitest';
import { counting, file, fixed } from './support/fixing';

const dense = (rest: string): string => `{ "type": "dense", ${rest} }`;

/** What is asked for where nothing else is said. */
const usual = {
  layer: 0,
  init: { type: 'xavierUniform', value: 0, scale: 1 },
  seed: 7,
  precision: 'float32',
} as const;

describe('rows of another length', () => {
  const two = dense('"units": 2');
  it.each([
    ['[[1],[2]]', 'fillRows', '[[1, 0.5],[2, 1.5]]', 2],
    ['[[1],[2, 3]]', 'fillRows', '[[1, 0.5],[2, 3]]', 1],
    ['[[],[2, 3]]', 'fillRows', '[[0.5, 1.5],[2, 3]]', 2],
    ['[[1, 2, 3],[4, 5]]', 'cutRows', '[[1, 2],[4, 5]]', 0],
    ['[[1, 2, 3, 4],[5, 6, 7]]', 'cutRows', '[[1, 2],[5, 6]]', 0],
    ['[[1, 2, 3],[4]]', 'fitRows', '[[1, 2],[4, 0.5]]', 1],
    ['[[],[1.50, 2e0, 3]]', 'fitRows', '[[0.5, 1.5],[1.50, 2e0]]', 2],
    ['[[1], 5]', 'fillRows', '[[1, 0.5], 5]', 1],
    ['[[1], /* x */ [2, 3] // y\n]', 'fillRows', '[[1, 0.5], /* x */ [2, 3] // y\n]', 1],
    [
      '[\n  [\n    1\n  ],\n  [2, 3]\n]',
      'fillRows',
      '[\n  [\n    1,\n    0.5\n  ],\n  [2, 3]\n]',
      1,
    ],
    ['[\r\n  [1],\r\n  [2]\r\n]', 'fillRows', '[\r\n  [1, 0.5],\r\n  [2, 1.5]\r\n]', 2],
  ])('%j: %s', (weights, type, after, count) => {
    const tools = counting();
    const text = file(dense(`"units": 2, "weights": ${weights}`));
    expect(fixed(text, 'weights.columns', tools)).toEqual([
      [{ type, layer: 0 }, text.replace(weights, after)],
      [{ type: 'redraw', layer: 0 }, file(two)],
    ]);
    const request = { ...usual, inputs: 2, units: 2, count };
    expect(tools.requests).toEqual(count === 0 ? [] : [request]);
  });

  it('are filled by the initializer, seed and precision of the file, for the size of the layer', () => {
    const first = dense('"units": 3');
    const own = '"units": 1, "init": { "type": "normal", "scale": 2 }';
    const rest = ', "training": { "precision": "float64" }';
    const text = file(`${first}, ${dense(`${own}, "weights": [[1]]`)}`, rest);
    const tools = counting();
    expect(fixed(text, 'weights.columns', tools)).toEqual([
      [{ type: 'fillRows', layer: 1 }, text.replace('[[1]]', '[[1, 0.5, 1.5]]')],
      [{ type: 'redraw', layer: 1 }, file(`${first}, ${dense(own)}`, rest)],
    ]);
    expect(tools.requests).toEqual([
      {
        layer: 1,
        init: { type: 'normal', value: 0, scale: 2 },
        inputs: 3,
        units: 1,
        count: 2,
        seed: 7,
        precision: 'float64',
      },
    ]);
  });

  it('are filled as ever where no seed or no known initializer is written', () => {
    const text = file(dense('"units": 1, "init": { "type": "odd" }, "weights": [[1]]'));
    const tools = counting();
    fixed(text.replace('"seed": 7, ', ''), 'weights.columns', tools);
    expect(tools.requests).toEqual([{ ...usual, inputs: 2, units: 1, count: 1, seed: 0 }]);
  });

  it('are written with as many digits as the precision has', () => {
    const tools = { draw: () => [Math.fround(0.1)] };
    const text = (rest: string) => file(dense('"units": 1, "weights": [[1]]'), rest);
    const fill = (rest: string) => fixed(text(rest), 'weights.columns', tools)[0][1];
    expect(fill('')).toContain('"weights": [[1, 0.1]]');
    expect(fill(', "training": { "precision": "float64" }')).toContain(
      '[[1, 0.10000000149011612]]',
    );
  });

  it('of filters have as many numbers as the window; the spread counts each of its places', () => {
    const conv = (rest: string) =>
      file(`{ "type": "conv2d", "filters": 2, "kernel": [2, 3]${rest} }`, '', '[5, 5, 1]');
    const tools = counting();
    expect(fixed(conv(', "weights": [[1, 2], [1,2,3,4,5,6,7]]'), 'weights.columns', tools)).toEqual(
      [
        [
          { type: 'fitRows', layer: 0 },
          conv(', "weights": [[1, 2, 0.5, 1.5, 2.5, 3.5], [1,2,3,4,5,6]]'),
        ],
        [{ type: 'redraw', layer: 0 }, conv('')],
      ],
    );
    expect(tools.requests).toEqual([{ ...usual, inputs: 6, units: 12, count: 4 }]);
  });
});

describe('another number of rows', () => {
  it('is that of the units, or rows are added; else all are drawn anew', () => {
    const text = (units: number, weights: string) =>
      file(dense(`"units": ${units}, "weights": ${weights}, "bias": []`));
    const tools = counting();
    expect(fixed(text(3, '[[1, 2]]'), 'weights.rows', tools)).toEqual([
      [{ type: 'setUnits', layer: 0, units: 1 }, text(1, '[[1, 2]]')],
      [{ type: 'addRows', layer: 0, count: 2 }, text(3, '[[1, 2], [0.5, 1.5], [2.5, 3.5]]')],
      [{ type: 'redraw', layer: 0 }, file(dense('"units": 3, "bias": []'))],
    ]);
    expect(tools.requests).toEqual([{ ...usual, inputs: 2, units: 3, count: 4 }]);
  });

  it('is cut at the end', () => {
    const text = (units: number, weights: string) =>
      file(dense(`"units": ${units}, "weights": ${weights}`));
    const tools = counting();
    expect(fixed(text(1, '[[1, 2], [3, 4], [5, 6]]'), 'weights.rows', tools)).toEqual([
      [{ type: 'setUnits', layer: 0, units: 3 }, text(3, '[[1, 2], [3, 4], [5, 6]]')],
      [{ type: 'removeRows', layer: 0, count: 2 }, text(1, '[[1, 2]]')],
      [{ type: 'redraw', layer: 0 }, file(dense('"units": 1'))],
    ]);
    expect(tools.requests).toEqual([]);
  });

  it('makes no layer without neurons', () => {
    const text = (weights: string) => file(dense(`"units": 1${weights}`));
    expect(fixed(text(', "weights": []'), 'weights.rows')).toEqual([
      [{ type: 'addRows', layer: 0, count: 1 }, text(', "weights": [[0.5, 1.5]]')],
      [{ type: 'redraw', layer: 0 }, text('')],
    ]);
  });

  it('of filters and of normalised features leaves their number, which others decide', () => {
    const conv = (rest: string) =>
      file(`{ "type": "conv2d", "filters": 2, "kernel": [1, 2]${rest} }`, '', '[4, 4, 1]');
    expect(fixed(conv(', "weights": [[1, 2]]'), 'weights.rows')).toEqual([
      [{ type: 'addRows', layer: 0, count: 1 }, conv(', "weights": [[1, 2], [0.5, 1.5]]')],
      [{ type: 'redraw', layer: 0 }, conv('')],
    ]);
    const norm = (rest: string) => file(`{ "type": "batchNorm"${rest} }`);
    expect(fixed(norm(', "weights": [[1], [2], [3]]'), 'weights.rows')).toEqual([
      [{ type: 'removeRows', layer: 0, count: 1 }, norm(', "weights": [[1], [2]]')],
      [{ type: 'redraw', layer: 0 }, norm('')],
    ]);
  });

  it('stands in lines of its own where the others do', () => {
    const weights = '[\r\n    [1, 2],\r\n    [3, 4] // x\r\n  ]';
    const text = file(dense(`"units": 3, "weights": ${weights}`));
    const after = '[\r\n    [1, 2],\r\n    [3, 4], // x\r\n    [0.5, 1.5]\r\n  ]';
    expect(fixed(text, 'weights.rows')[1][1]).toBe(text.replace(weights, after));
  });
});

describe('another number of biases', () => {
  it.each([
    [3, '[1.50]', 'fillBias', '[1.50, 0, 0]'],
    [2, '[]', 'fillBias', '[0, 0]'],
    [1, '[1, 2, 3]', 'cutBias', '[1]'],
    [3, '[\n  1,\n  2\n]', 'fillBias', '[\n  1,\n  2,\n  0\n]'],
    [1, '[1, /* x */ 2]', 'cutBias', '[1 /* x */]'],
  ])('%i for %j', (units, bias, type, after) => {
    const text = file(`${dense('"units": 2')}, ${dense(`"units": ${units}, "bias": ${bias}`)}`);
    expect(fixed(text, 'bias.length')).toEqual([[{ type, layer: 1 }, text.replace(bias, after)]]);
  });
});

it('nothing is done where the size is not known, or no list stands', () => {
  const texts = [
    '"weights": [[1]], "bias": [1]',
    '"units": 2, "weights": 5, "bias": 5',
    '"units": 2, "weights": { "a": 1 }, "bias": { "a": 1 }',
    '"units": 2',
    '"units": 0, "weights": [[1]], "bias": [1]',
  ];
  for (const text of texts)
    for (const [code, key] of [
      ['weights.rows', 'weights'],
      ['weights.columns', 'weights'],
      ['bias.length', 'bias'],
    ])
      for (const layer of [0, 1])
        expect(fixed(file(dense(text)), { code, path: ['layers', layer, key] }), text).toEqual([]);
  const unsized = file(dense('"units": 1, "weights": [[1]]'), '', '[]');
  expect(fixed(unsized, { code: 'weights.columns', path: ['layers', 0, 'weights'] })).toEqual([]);
});
