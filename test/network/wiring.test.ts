/** Who takes values from whom while an edit is planned, and what flows between them. */
import { describe, expect, it } from 'vitest';
import { syntaxTree } from '../../src/network/syntaxTree';
import { flowsOf, sizeIn, sourceIndices, wiringOf } from '../../src/network/wiring';

function tree(text: string) {
  const { root } = syntaxTree(text);
  if (!root) throw new Error('no tree');
  return root;
}

const wiring = (shape: string, ...layers: string[]) =>
  wiringOf(tree(`{ "input": { "shape": ${shape} }, "layers": [${layers.join(', ')}] }`));
const flows = (shape: string, ...layers: string[]) => flowsOf(wiring(shape, ...layers));

const dense = (units: number, rest = '') => `{ "type": "dense", "units": ${units}${rest} }`;
const conv = '{ "type": "conv2d", "filters": 5, "kernel": [2, 2] }';
const flatten = '{ "type": "flatten" }';

describe('the network of a text', () => {
  it('has the input as an image, a list, or not at all', () => {
    expect(wiring('[4, 3, 2]')).toEqual({
      inputs: 24,
      image: { height: 4, width: 3, channels: 2 },
      layers: [],
    });
    expect(wiring('[4, 3]')).toEqual({ inputs: 12, layers: [] });
    expect(wiring('[]')).toEqual({ inputs: NaN, layers: [] });
    expect(wiringOf(tree('{}'))).toEqual({ inputs: NaN, layers: [] });
    expect(wiring('["a"]').inputs).toBeNaN();
  });

  it('calls layers by their places, and what there is not as it is written', () => {
    const { layers } = wiring(
      '[2]',
      dense(1, ', "id": "a"'),
      dense(1, ', "id": "b", "from": "input"'),
      '{ "type": "add", "from": ["b", "who", "a", "input"] }',
    );
    expect(layers.map(({ key, from }) => [key, from])).toEqual([
      ['0', undefined],
      ['1', ['input']],
      ['2', ['1', '"who"', '0', 'input']],
    ]);
  });

  it('has the indices of the sources', () => {
    const all = wiring(
      '[2]',
      dense(1, ', "id": "a"'),
      dense(1),
      '{ "type": "add", "from": ["a", "who", "input"] }',
      dense(1),
    );
    expect(sourceIndices(all)).toEqual([[-1], [0], [0, NaN, -1], [2]]);
  });
});

describe('what flows', () => {
  const input = (size: number) => [{ origin: 'input', size }];

  it('into and out of dense layers', () => {
    expect(flows('[2]', dense(3), dense(4))).toEqual([
      {
        sources: [-1],
        incoming: input(2),
        outgoing: [{ origin: '0', size: 3 }],
        image: undefined,
        window: undefined,
        rows: 3,
        columns: 2,
      },
      {
        sources: [0],
        incoming: [{ origin: '0', size: 3 }],
        outgoing: [{ origin: '1', size: 4 }],
        image: undefined,
        window: undefined,
        rows: 4,
        columns: 3,
      },
    ]);
  });

  it('through sums and joins', () => {
    const all = flows(
      '[2]',
      dense(2, ', "id": "a"'),
      '{ "type": "add", "id": "s", "from": ["a", "input"] }',
      '{ "type": "concat", "id": "c", "from": ["s", "input", "a"] }',
      '{ "type": "add", "from": ["c", "c"] }',
    );
    expect(all.map(({ outgoing }) => outgoing)).toEqual([
      [{ origin: '0', size: 2 }],
      [{ origin: '1(0)', size: 2 }],
      [
        { origin: '1(0)', size: 2 },
        { origin: 'input', size: 2 },
        { origin: '0', size: 2 },
      ],
      [
        { origin: '3(1(0))', size: 2 },
        { origin: '3(input)', size: 2 },
        { origin: '3(0)', size: 2 },
      ],
    ]);
    expect(all.map(({ incoming }) => sizeIn(incoming))).toEqual([2, 2, 6, 6]);
    expect(all.map(({ rows, columns }) => [rows, columns])).toEqual([
      [2, 2],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it('through what changes no place: flatten, dropout and batchNorm', () => {
    const all = flows(
      '[3, 2, 2]',
      '{ "type": "dropout", "rate": 0 }',
      '{ "type": "batchNorm" }',
      flatten,
      '{ "type": "batchNorm" }',
    );
    expect(all.map(({ outgoing }) => outgoing)).toEqual(Array(4).fill(input(12)));
    const image = { height: 3, width: 2, channels: 2 };
    expect(all.map(flow => flow.image)).toEqual([image, image, undefined, undefined]);
    expect(all.map(({ rows, columns }) => [rows, columns])).toEqual([
      [0, 0],
      [2, 1],
      [0, 0],
      [12, 1],
    ]);
  });

  it('through windows', () => {
    const all = flows('[4, 3, 2]', conv, '{ "type": "maxPool2d", "size": [2, 1] }', dense(1));
    expect(all.map(({ outgoing }) => outgoing)).toEqual([
      [{ origin: '0:3 × 2 × 5', size: 30 }],
      [{ origin: '1:1 × 2 × 5', size: 10 }],
      [{ origin: '2', size: 1 }],
    ]);
    expect(all.map(({ rows, columns }) => [rows, columns])).toEqual([
      [5, 8],
      [0, 0],
      [1, 10],
    ]);
    expect(all.map(({ image }) => image)).toEqual([
      { height: 3, width: 2, channels: 5 },
      { height: 1, width: 2, channels: 5 },
      undefined,
    ]);
    expect(all.map(({ window }) => window && [window.height, window.width])).toEqual([
      [2, 2],
      [2, 1],
      undefined,
    ]);
  });

  it('is not known behind a window without a place, without an image, or with wrong settings', () => {
    const [large, behind] = flows('[1, 3, 2]', conv, dense(1));
    expect(large).toMatchObject({
      outgoing: [{ origin: '0', size: NaN }],
      image: undefined,
      rows: 5,
      columns: 8,
    });
    expect(large.window).toBeDefined();
    expect([behind.rows, behind.columns]).toEqual([1, NaN]);
    const [list] = flows('[6]', conv);
    expect(list).toMatchObject({
      outgoing: [{ origin: '0', size: NaN }],
      image: undefined,
      window: undefined,
      rows: 5,
      columns: NaN,
    });
    const [wrong] = flows('[4, 3, 2]', '{ "type": "conv2d", "kernel": [2, 2] }');
    expect(wrong).toMatchObject({
      outgoing: [{ origin: '0', size: NaN }],
      image: undefined,
      window: undefined,
      rows: NaN,
      columns: NaN,
    });
  });

  it('out of sums of images is an image where they are alike', () => {
    const sum = (other: string) =>
      flows('[2, 2, 1]', other, '{ "type": "add", "from": ["input", "o"] }')[1].image;
    expect(sum('{ "type": "dropout", "id": "o" }')).toEqual({ height: 2, width: 2, channels: 1 });
    expect(sum('{ "type": "flatten", "id": "o" }')).toBeUndefined();
    expect(sum('{ "type": "conv2d", "id": "o", "filters": 4, "kernel": [2, 2] }')).toBeUndefined();
  });

  it('is told apart only up to many parts', () => {
    const joined = (parts: number) => {
      const from = Array<string>(parts).fill('"input"').join();
      return flows('[2]', `{ "type": "concat", "from": [${from}] }`)[0].incoming;
    };
    expect(joined(256)).toEqual(Array(256).fill({ origin: 'input', size: 2 }));
    expect(joined(257)).toEqual([{ origin: '0', size: 514 }]);
  });

  it('has a size where there is a part', () => {
    expect(sizeIn([])).toBeNaN();
    expect(
      sizeIn([
        { origin: 'a', size: 2 },
        { origin: 'b', size: 3 },
      ]),
    ).toBe(5);
  });

  it('is not known out of a source that is none', () => {
    const [one, more] = flows(
      '[2]',
      dense(3, ', "from": "who"'),
      '{ "type": "add", "from": ["who"] }',
    );
    expect(one).toMatchObject({ sources: [NaN], incoming: [], rows: 3, columns: NaN });
    expect(more).toMatchObject({ sources: [NaN], outgoing: [], image: undefined });
  });
});
