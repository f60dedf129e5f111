/** What is told of windows over images and of images that are added: whole, and nothing else. */
import { describe, expect, it } from 'vitest';
import { network } from './support/marked';
import { codesOf, expectOnly } from './support/told';
import type { Told } from './support/told';

const net = (shape: string, ...layers: string[]) =>
  network({ input: `{ "shape": ${shape} }`, layers: `[${layers.join(',\n')}]` });
const conv = (rest = '', type = '"type": "conv2d"') =>
  `{ ${type}, "filters": 2, "kernel": [3, 3]${rest} }`;
const pool = (size: string, type = '"type": "maxPool2d"') => `{ ${type}, "size": ${size} }`;
const needed = '«"type": "conv2d"»';
const end = '{ "type": "dense", "units": 1 }';
const flat = '{ "type": "flatten", "id": "f" }';
const wide = '{ "type": "conv2d", "id": "w", "filters": 1, "kernel": [1, 1], "stride": [1, 2] }';

const rows: readonly Told[] = [
  // no image
  [
    'error image.needed layers[0]',
    net('[784]', conv('', needed)),
    'layers[0] (conv2d) needs an image, the input gives a list of 784 values: set input.shape to [28, 28, 1].',
  ],
  [
    'error image.needed layers[0]',
    net('[28, 27]', conv('', needed)),
    'layers[0] (conv2d) needs an image, the input gives a list of 756 values: set input.shape to [28, 27, 1].',
  ],
  [
    'error image.needed layers[0]',
    net('[1]', conv('', needed)),
    'layers[0] (conv2d) needs an image, the input gives a list of 1 value: set input.shape to [1, 1, 1].',
  ],
  [
    'error image.needed layers[0]',
    net('[10]', conv('', needed)),
    'layers[0] (conv2d) needs an image, the input gives a list of 10 values: set input.shape to [height, width, channels].',
  ],
  [
    'error image.needed layers[0]',
    net('[2, 2, 2, 2]', conv('', needed)),
    'layers[0] (conv2d) needs an image, the input gives a list of 16 values: set input.shape to [4, 4, 1].',
  ],
  [
    'error image.needed layers[0]',
    net('[1, 2, 2, 2]', pool('[1, 1]', '«"type": "averagePool2d"»')),
    'layers[0] (averagePool2d) needs an image, the input gives a list of 8 values: set input.shape to [height, width, channels].',
  ],
  [
    'error image.needed layers[1]',
    net('[4, 4, 1]', flat, conv('', needed)),
    'layers[1] (conv2d) needs an image, "f" (layers[0]) gives a list of 16 values: take the values of a layer that gives one.',
  ],
  [
    'error image.needed layers[1]',
    net('[4, 4, 1]', '{ "type": "dense", "units": 1600 }', pool('[2, 2]', '«"type": "maxPool2d"»')),
    'layers[1] (maxPool2d) needs an image, layers[0] gives a list of 1,600 values: take the values of a layer that gives one.',
  ],
  // a window that is too large
  [
    'error window.large layers[0].kernel',
    net('[8, 2, 1]', '{ "type": "conv2d", "filters": 1, "kernel": «[3, 3]» }'),
    'layers[0].kernel is 3 × 3, larger than the image of 8 × 2 × 1 that comes in: make it smaller, or set padding to "same".',
  ],
  [
    'error window.large layers[0].kernel',
    net('[2, 8, 1]', '{ "type": "conv2d", "filters": 1, "kernel": «[3, 3]» }'),
    'layers[0].kernel is 3 × 3, larger than the image of 2 × 8 × 1 that comes in: make it smaller, or set padding to "same".',
  ],
  [
    'error window.large layers[1].size',
    net('[4, 4, 1]', pool('[2, 2]'), pool('«[3, 1]»')),
    'layers[1].size is 3 × 1, larger than the image of 2 × 2 × 1 that comes in: make it smaller, or set padding to "same".',
  ],
  // an image that is too large
  [
    'error image.size layers[0]',
    net('[184, 184, 1]', conv('', needed)),
    'layers[0] gives 182 × 182 × 2 = 66,248 values, at most 65,536 are possible: use larger steps (stride), or fewer filters.',
  ],
  // images that are added
  [
    'error add.images layers[1].from[1]',
    net(
      '[2, 4, 1]',
      wide.replace('"filters": 1', '"filters": 2'),
      '{ "type": "add", "from": ["input", «"w"»] }',
    ),
    'layers[1] adds images of different shape: the input gives 2 × 4 × 1, "w" (layers[0]) gives 2 × 2 × 2. Give both the same, or put a flatten layer behind each.',
  ],
  [
    'error add.images layers[2].from[2]',
    net(
      '[2, 4, 1]',
      wide.replace('"filters": 1', '"filters": 2'),
      '{ "type": "dropout", "id": "d", "rate": 0, "from": "input" }',
      '{ "type": "add", "from": ["input", "d", «"w"»] }',
    ),
    'layers[2] adds images of different shape: the input gives 2 × 4 × 1, "w" (layers[0]) gives 2 × 2 × 2. Give both the same, or put a flatten layer behind each.',
  ],
];

describe('of images is told', () => {
  it.each(rows)('%s in %s', (...row) => expectOnly(row));
});

describe('nothing is told', () => {
  it.each([
    ['of a window as large as the image', net('[3, 3, 1]', conv())],
    ['of a larger one with zeros around it', net('[1, 1, 1]', conv(', "padding": "same"'))],
    [
      'of an image as large as is possible',
      net('[256, 256, 1]', '{ "type": "dropout", "rate": 0 }', pool('[1, 1]')),
    ],
    [
      'of equal images that are added',
      net(
        '[4, 4, 1]',
        '{ "type": "dropout", "id": "d", "rate": 0 }',
        '{ "type": "add", "from": ["input", "d"] }',
      ),
    ],
    [
      'of lists that are added',
      net(
        '[2, 4, 1]',
        flat,
        '{ "type": "flatten", "id": "g" }',
        '{ "type": "add", "from": ["f", "g"] }',
      ),
    ],
    [
      'of a list that is added to an image',
      net('[2, 4, 1]', flat, '{ "type": "add", "from": ["f", "input"] }'),
    ],
    [
      'of an image that is added to a list',
      net('[2, 4, 1]', flat, '{ "type": "add", "from": ["input", "f"] }'),
    ],
    [
      'of a window over a sum of images',
      net(
        '[4, 4, 1]',
        '{ "type": "dropout", "id": "d", "rate": 0 }',
        '{ "type": "add", "from": ["input", "d"] }',
        conv(),
      ),
    ],
    [
      'of a window over normalised images',
      net('[4, 4, 1]', '{ "type": "batchNorm" }', conv(), end),
    ],
  ])('%s', (_what, text) => {
    expect(codesOf(text)).toEqual([]);
  });
});

describe('what is wrong is told where it begins', () => {
  it.each([
    ['sizes that are not known', net('[0, 4, 1]', conv()), ['value.range input.shape[0]']],
    [
      'settings that are wrong',
      net('[4, 4, 1]', conv(', "stride": [0, 1]'), conv()),
      ['value.range layers[0].stride[0]'],
    ],
    [
      'a layer of no known type',
      net('[4]', '{ "type": "conv", "units": 1 }'),
      ['value.unknown layers[0].type'],
    ],
    [
      'a source that is none',
      net('[4, 4, 1]', conv(', "from": "x"')),
      ['from.unknown layers[0].from'],
    ],
    ['no source', net('[4]', conv(', "from": []')), ['list.short layers[0].from']],
    ['a list, and what follows', net('[9]', conv(), conv(), end), ['image.needed layers[0]']],
    [
      'a window, and what follows',
      net('[2, 2, 1]', conv(), pool('[1, 1]'), end),
      ['window.large layers[0].kernel'],
    ],
    [
      'an image, and what follows',
      net('[256, 257, 1]', pool('[1, 1]'), pool('[1, 1]')),
      ['image.size layers[0]'],
    ],
    [
      'sums of a source that is none',
      net('[2, 4, 1]', '{ "type": "add", "from": ["input", "x"] }'),
      ['from.unknown layers[0].from[1]'],
    ],
    [
      'each layer that needs an image',
      net(
        '[9]',
        `{ "type": "conv2d", "id": "a", "filters": 1, "kernel": [1, 1] }`,
        `{ "type": "conv2d", "id": "b", "from": "input", "filters": 1, "kernel": [1, 1] }`,
        '{ "type": "concat", "from": ["a", "b"] }',
      ),
      ['image.needed layers[0]', 'image.needed layers[1]'],
    ],
  ])('%s', (_what, text, told) => {
    expect(codesOf(text)).toEqual(told);
  });
});
