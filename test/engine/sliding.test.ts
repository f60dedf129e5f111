/** Which values a window sees, and which windows see a value: beside every connection, written down one by one. */
import { describe, expect, it } from 'vitest';
import {
  largestOf,
  pooledBy,
  poolsOver,
  underWindow,
  usesOf,
  windowsOver,
} from '../../src/engine/inspect/sliding';
import { windowOver, type SlidingSettings, type WindowShape } from '../../src/network/images';

interface Connection {
  readonly place: number;
  readonly column: number;
  readonly neuron: number;
}

/** Rows and columns of padding are laid round the image, and every window is read off that larger one. */
function connectionsOf({ source, target, ...window }: WindowShape): Connection[] {
  const numbers = new Map<string, number>();
  let neuron = 0;
  for (let y = 0; y < source.height; y++)
    for (let x = 0; x < source.width; x++)
      for (let c = 0; c < source.channels; c++)
        numbers.set([y + window.top, x + window.left, c].join(), neuron++);
  const found: Connection[] = [];
  let place = 0;
  for (let down = 0; down < target.height; down++)
    for (let right = 0; right < target.width; right++, place++) {
      let column = 0;
      for (let row = 0; row < window.height; row++)
        for (let k = 0; k < window.width; k++)
          for (let c = 0; c < source.channels; c++, column++) {
            const at = [down * window.strideY + row, right * window.strideX + k, c].join();
            const seen = numbers.get(at);
            if (seen !== undefined) found.push({ place, column, neuron: seen });
          }
    }
  return found;
}

const size = (...[height, width, channels]: [number, number, number]) => ({
  height,
  width,
  channels,
});

const windows: [string, ReturnType<typeof size>, SlidingSettings][] = [
  ['3 × 2, strides 2 and 1', size(7, 5, 2), { window: [3, 2], stride: [2, 1], padding: 'valid' }],
  ['2 × 3, padded', size(4, 6, 3), { window: [2, 3], stride: [1, 2], padding: 'same' }],
  ['padded on all sides', size(3, 4, 1), { window: [3, 3], stride: [1, 1], padding: 'same' }],
  [
    'larger than half of the image',
    size(5, 3, 2),
    { window: [5, 3], stride: [2, 2], padding: 'same' },
  ],
  ['that leaves gaps', size(7, 7, 1), { window: [1, 2], stride: [3, 3], padding: 'valid' }],
  ['one pixel', size(2, 3, 2), { window: [1, 1], stride: [1, 1], padding: 'valid' }],
];

describe.each(windows)('a window %s', (_, image, settings) => {
  const filters = windowOver(image, { ...settings, channels: 3 });
  const all = connectionsOf(filters);
  const { target } = filters;

  it('sees at each place what lies under it', () => {
    for (let place = 0; place < target.height * target.width; place++)
      expect(underWindow(filters, place)).toEqual(
        all.filter(each => each.place === place).map(({ column, neuron }) => ({ column, neuron })),
      );
  });

  it('is over a neuron where it sees it', () => {
    for (let neuron = 0; neuron < image.height * image.width * image.channels; neuron++)
      expect(windowsOver(filters, neuron)).toEqual(
        all.filter(each => each.neuron === neuron).map(({ place, column }) => ({ place, column })),
      );
  });

  it('uses each of its numbers once a place, but not over the padding', () => {
    for (let column = 0; column < filters.height * filters.width * image.channels; column++)
      expect(usesOf(filters, column)).toEqual(
        all.filter(each => each.column === column).map(({ place, neuron }) => ({ place, neuron })),
      );
  });

  it('of a pool sees its own channel only', () => {
    const pool = windowOver(image, settings);
    const { channels } = image;
    for (let row = 0; row < target.height * target.width * channels; row++)
      expect(pooledBy(pool, row)).toEqual(
        all
          .filter(({ place, neuron }) => place * channels + (neuron % channels) === row)
          .map(({ neuron }) => neuron),
      );
    for (let neuron = 0; neuron < image.height * image.width * channels; neuron++)
      expect(poolsOver(pool, neuron)).toEqual(
        all
          .filter(each => each.neuron === neuron)
          .map(({ place }) => place * channels + (neuron % channels)),
      );
  });
});

it.each<[readonly number[], readonly number[], number]>([
  [[0, 1, 2], [1, 3, 2], 1],
  [[0, 1, 2], [3, 3, 3], 0],
  [[2, 1, 0], [5, 1, 5], 2],
  [[0, 1], [-2, -1], 1],
  [[0, 1, 2], [1, NaN, 2], 1],
  [[0, 1, 2], [NaN, 7, NaN], 0],
  [[1, 2], [NaN, -1, -3], 1],
])('of the neurons %j of %j the maximum is %i', (neurons, values, largest) => {
  expect(largestOf(neurons, values)).toBe(largest);
});
