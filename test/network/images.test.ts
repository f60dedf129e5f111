/** Layers that look at images: shapes, what does not go together, the text, and edits. */
import { describe, expect, it } from 'vitest';
import { editTools } from '../../src/engine/grow';
import { applyTextEdits, EditError, planEdit, type NetworkEdit } from '../../src/network/edit';
import { imageOf, windowOver } from '../../src/network/images';
import type { ConvLayer, Extent, Padding } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { formatNetwork } from '../../src/network/write';

function document(shape: readonly number[], layers: readonly object[]): string {
  return JSON.stringify({ version: 1, input: { shape }, layers, training: {} });
}

function codes(shape: readonly number[], layers: readonly object[]): readonly string[] {
  return parseNetwork(document(shape, layers)).issues.map(
    ({ code, path }) => `${code} ${path.join('.')}`,
  );
}

function messageOf(shape: readonly number[], layers: readonly object[]): string {
  return parseNetwork(document(shape, layers))
    .issues.map(({ message }) => message)
    .join('\n');
}

const conv = { type: 'conv2d', filters: 2, kernel: [3, 3] };
const pool = { type: 'maxPool2d', size: [2, 2] };
const dense = { type: 'dense', units: 1 };

describe('the places of a window', () => {
  const sized = (
    [height, width]: Extent,
    window: Extent,
    stride: Extent,
    padding: Padding,
  ): readonly number[] => {
    const over = windowOver({ height, width, channels: 3 }, { window, stride, padding });
    return [over.target.height, over.target.width, over.top, over.left];
  };

  it.each([
    ['as many as fit', [28, 28], [5, 5], [1, 1], 'valid', [24, 24, 0, 0]],
    ['what is left over is not seen', [7, 8], [2, 2], [2, 3], 'valid', [3, 3, 0, 0]],
    ['none', [2, 9], [3, 3], [1, 1], 'valid', [0, 7, 0, 0]],
    ['the same size', [8, 7], [3, 3], [1, 1], 'same', [8, 7, 1, 1]],
    ['an odd padding stands at the end', [5, 6], [4, 2], [2, 1], 'same', [3, 6, 1, 0]],
    ['no padding for steps that are larger', [5, 5], [1, 2], [3, 3], 'same', [2, 2, 0, 0]],
  ] as const)('%s', (_name, size, window, stride, padding, expected) => {
    expect(sized(size, window, stride, padding)).toEqual(expected);
  });

  it('need three lengths', () => {
    expect(imageOf([28, 28])).toBeUndefined();
    expect(imageOf([28, 27, 3])).toEqual({ height: 28, width: 27, channels: 3 });
  });
});

describe('shapes', () => {
  const layers = [
    { ...conv, filters: 8, kernel: [5, 5], padding: 'same' },
    pool,
    { type: 'dropout', rate: 0.5 },
    { type: 'averagePool2d', size: [2, 2], stride: [1, 1] },
    { type: 'flatten' },
    { ...dense, units: 10 },
  ];
  const { network } = parseNetwork(document([28, 28, 1], layers));

  it('come from settings and sources', () => {
    if (!network) throw new Error('The network is wrong.');
    const { layers: shapes, parameters, inputImage } = inferShapes(network);
    expect(shapes.map(({ inputs, units }) => [inputs, units])).toEqual([
      [784, 6272],
      [6272, 1568],
      [1568, 1568],
      [1568, 1352],
      [1352, 1352],
      [1352, 10],
    ]);
    expect(shapes.map(({ rows, columns }) => rows * columns)).toEqual([200, 0, 0, 0, 0, 13520]);
    expect(shapes.map(({ image }) => image?.channels)).toEqual([8, 8, 8, 8, undefined, undefined]);
    expect(inputImage).toEqual({ height: 28, width: 28, channels: 1 });
    expect(parameters).toBe(200 + 8 + 13520 + 10);
  });

  it('have the defaults of the format', () => {
    const [first, second] = network?.layers ?? [];
    expect(first).toMatchObject({ stride: [1, 1], padding: 'same', activation: 'linear' });
    expect(second).toMatchObject({ stride: [2, 2], padding: 'valid', activation: 'linear' });
  });

  it('are the same after the network has been written', () => {
    const text = network ? formatNetwork(network) : '';
    expect(parseNetwork(text).network).toEqual(network);
    expect(text).toContain('"kernel": [5, 5]');
    expect(text).toContain('{ "type": "maxPool2d", "size": [2, 2] }');
    expect(text).toContain('"size": [2, 2], "stride": [1, 1]');
  });
});

describe('what does not go together', () => {
  it('a window without an image', () => {
    expect(codes([784], [conv, dense])).toEqual(['image.needed layers.0']);
    expect(messageOf([784], [conv, dense])).toBe(
      'layers[0] (conv2d) needs an image, the input gives a list of 784 values: set input.shape to [28, 28, 1].',
    );
    expect(messageOf([8, 9], [pool])).toContain('set input.shape to [8, 9, 1]');
    expect(messageOf([7], [pool])).toContain('set input.shape to [height, width, channels]');
    expect(messageOf([4, 4, 1], [{ ...dense, units: 16 }, pool])).toContain(
      'layers[0] gives a list of 16 values: take the values of a layer that gives one',
    );
    expect(codes([4, 4, 1], [{ type: 'flatten' }, conv])).toEqual(['image.needed layers.1']);
  });

  it('a window that is larger than the image', () => {
    const layers = [{ ...conv, kernel: [5, 9] }];
    expect(codes([8, 8, 1], layers)).toEqual(['window.large layers.0.kernel']);
    expect(messageOf([8, 8, 1], layers)).toContain('5 × 9, larger than the image of 8 × 8 × 1');
    expect(codes([8, 8, 1], [pool, pool, pool, pool])).toEqual(['window.large layers.3.size']);
    expect(codes([8, 8, 1], [{ ...conv, kernel: [5, 9], padding: 'same' }])).toEqual([]);
  });

  it('too many values', () => {
    expect(codes([512, 512, 1], [{ ...conv, padding: 'same' }])).toEqual(['image.size layers.0']);
    const layers = [{ ...conv, filters: 60000, kernel: [1, 1] }];
    expect(codes([1, 1, 1000], layers)).toEqual(['network.parameters layers.0.filters']);
  });

  it('weights of another size', () => {
    const weights = [Array(9).fill(0), Array(8).fill(0), []];
    const layers = [{ ...conv, weights, bias: [1] }];
    expect(codes([8, 8, 1], layers)).toEqual([
      'weights.columns layers.0.weights.1',
      'weights.rows layers.0.weights',
      'weights.columns layers.0.weights.2',
      'bias.length layers.0.bias',
    ]);
    const message = messageOf([8, 8, 1], layers);
    expect(message).toContain('has 3 rows, filters is 2: set filters to 3, or remove 1 row');
    expect(message).toContain('has 8 weights, the window sees 3 × 3 × 1 = 9 values');
    expect(message).toContain('has 1 number, filters is 2: write one number per filter');
  });

  it('images that are added', () => {
    const sum = { type: 'add', from: ['input', 'a'] };
    const tall = { ...conv, id: 'a', filters: 1, kernel: [1, 1], stride: [1, 2] };
    expect(codes([4, 4, 2], [{ ...tall, filters: 4 }, sum])).toEqual([
      'add.images layers.1.from.1',
    ]);
    const alike = { ...tall, filters: 2, stride: [1, 1] };
    const { network } = parseNetwork(document([4, 4, 2], [alike, sum, conv]));
    expect(network && inferShapes(network).layers[1].image?.channels).toBe(2);
    const joined = { type: 'concat', from: ['input', 'a'] };
    expect(codes([4, 4, 2], [alike, joined, conv])).toEqual(['image.needed layers.2']);
  });

  it('a last layer that has no activation, with a loss that needs one', () => {
    const value = JSON.parse(document([2], [{ type: 'dropout', rate: 0.1 }])) as object;
    const text = JSON.stringify({ ...value, loss: { type: 'crossEntropy' } });
    expect(parseNetwork(text).issues[0].message).toBe(
      'crossEntropy needs softmax outputs, layers[0] (dropout) has no activation: put a dense layer of softmax behind it, or set loss.type to meanSquaredError.',
    );
  });

  it('settings that are none', () => {
    expect(codes([4, 4, 1], [{ ...conv, kernel: [3] }])).toEqual(['list.short layers.0.kernel']);
    expect(codes([4, 4, 1], [{ ...conv, stride: [0, 1] }])).toEqual([
      'value.range layers.0.stride.0',
    ]);
    expect(codes([4], [{ type: 'dropout', rate: 1 }])).toEqual(['value.range layers.0.rate']);
    expect(codes([4, 4, 1], [{ type: 'conv2d' }])).toEqual([
      'value.missing layers.0.filters',
      'value.missing layers.0.kernel',
    ]);
  });
});

describe('edits', () => {
  const ones = (length: number): number[] => Array<number>(length).fill(1);
  const rows = (count: number, length: number): number[][] =>
    Array.from({ length: count }, () => ones(length));
  const written = document(
    [4, 4, 1],
    [
      { ...conv, weights: rows(2, 9), bias: [1, 2] },
      { ...dense, weights: rows(1, 8) },
    ],
  );

  function edited(edit: NetworkEdit, text = written) {
    const after = applyTextEdits(text, planEdit(text, edit, editTools).edits);
    const { network, issues } = parseNetwork(after);
    if (!network) throw new Error(issues.map(({ message }) => message).join('\n'));
    return network;
  }

  it('of filters keep the rows that stay; what comes behind is drawn anew', () => {
    const { layers } = edited({ type: 'set', path: ['layers', 0, 'filters'], value: 3 });
    const [first, second] = layers as readonly ConvLayer[];
    expect(first.weights?.slice(0, 2)).toEqual(rows(2, 9));
    expect(first.weights?.[2]).toHaveLength(9);
    expect(first.bias).toEqual([1, 2, 0]);
    expect(second.weights).toBeUndefined();
  });

  it('of the window drop the weights, those of steps keep them', () => {
    const kernel = edited({ type: 'set', path: ['layers', 0, 'kernel'], value: [2, 2] });
    expect((kernel.layers[0] as ConvLayer).weights).toBeUndefined();
    expect((kernel.layers[0] as ConvLayer).bias).toEqual([1, 2]);
    const stride = edited({ type: 'set', path: ['layers', 0, 'stride'], value: [2, 2] });
    expect((stride.layers[0] as ConvLayer).weights).toEqual(rows(2, 9));
    expect((stride.layers[1] as ConvLayer).weights).toBeUndefined();
  });

  it('are refused where a window would see no image', () => {
    const refused = (edit: NetworkEdit): string => {
      try {
        edited(edit);
      } catch (error) {
        if (error instanceof EditError) return error.message;
        throw error;
      }
      return '';
    };
    expect(refused({ type: 'set', path: ['layers', 0, 'kernel', 1], value: 5 })).toContain(
      'would be 3 × 5, and the input gives an image of 4 × 4 × 1',
    );
    expect(refused({ type: 'setInputs', size: 20 })).toContain(
      'needs an image, and the input gives a list of 20 values',
    );
    expect(refused({ type: 'addLayer', index: 2, layer: conv as never })).toContain(
      'The new conv2d layer needs an image, and layers[1] gives a list of 1 value:',
    );
    expect(refused({ type: 'setUnits', layer: 0, units: 3 })).toContain('comes from its settings');
    expect(
      refused({ type: 'addLayer', index: 0, layer: { type: 'conv2d', filters: 1 } }),
    ).toContain('"kernel" as [height, width]');
  });

  it('put layers in between, and take them away again', () => {
    const pooled = edited({ type: 'addLayer', index: 1, layer: pool as never });
    expect(pooled.layers.map(({ units }) => units)).toEqual([8, 2, 1]);
    expect((pooled.layers[2] as ConvLayer).weights).toBeUndefined();
    const flat = edited({ type: 'addLayer', index: 1, layer: { type: 'flatten' } });
    expect((flat.layers[2] as ConvLayer).weights).toEqual(rows(1, 8));
    const back = edited({ type: 'removeLayer', layer: 1 }, formatNetwork(flat));
    expect((back.layers[1] as ConvLayer).weights).toEqual(rows(1, 8));
    const bare = edited({ type: 'removeLayer', layer: 0 });
    expect((bare.layers[0] as ConvLayer).weights).toBeUndefined();
  });

  it('of one weight find it by filter and place in the window', () => {
    const change = { type: 'setParameter', layer: 0, kind: 'weight', value: 7 } as const;
    const { layers } = edited({ ...change, row: 1, column: 8 });
    expect((layers[0] as ConvLayer).weights?.[1][8]).toBe(7);
    expect(() => edited({ ...change, row: 2, column: 0 })).toThrow(
      '2 filters and 9 weights in each',
    );
  });

  it('give an activation only to layers that have one', () => {
    const text = document([4, 4, 1], [pool]);
    const edit = { type: 'setActivation', layer: 0, activation: 'relu' } as const;
    expect(() => edited(edit, text)).toThrow('(maxPool2d) has no activation');
  });
});
