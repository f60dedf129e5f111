/** Image layers: where channels and kernels stand, what lies under a point, and what a place sees. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_MAPS } from '../../src/engine/inspect/drawn';
import { windowOver } from '../../src/network/images';
import type { ImageShape } from '../../src/network/images';
import { placeNetwork, standOf, type ColumnInput } from '../../webview/canvas/layout';
import {
  middleRows,
  partAt,
  pixelBox,
  placeMaps,
  weightBox,
  windowAt,
} from '../../webview/canvas/maps';

const image = (height: number, width: number, channels: number): ImageShape => ({
  height,
  width,
  channels,
});
const conv = windowOver(image(8, 8, 2), {
  window: [3, 3],
  stride: [1, 1],
  padding: 'same',
  channels: 4,
});
const maps = placeMaps(
  { image: conv.target, filter: conv },
  { x: 200, y: 150 },
  { width: 100, height: 240 },
);
const middleOf = ({
  x,
  y,
  width,
  height,
}: {
  x: number;
  y: number;
  width: number;
  height: number;
}) => ({
  x: x + width / 2,
  y: y + height / 2,
});

describe('the tiles of an image', () => {
  it('never overlap, and stand in the room there is where it is not too small', () => {
    const sides = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(
        sides,
        sides,
        fc.integer({ min: 1, max: 64 }),
        fc.boolean(),
        (height, width, channels, filtered) => {
          const window = windowOver(image(height, width, 1), {
            window: [1, 1],
            stride: [1, 1],
            padding: 'valid',
            channels,
          });
          const input = { image: window.target, ...(filtered && { filter: window }) };
          const room = { width: 110, height: 300 };
          const { tiles, hidden, box } = placeMaps(input, { x: 0, y: 0 }, room);
          expect(tiles.length + hidden).toBe(channels);
          expect(tiles.length).toBeLessThanOrEqual(MOST_MAPS);
          expect(box.width).toBeLessThanOrEqual(room.width + 1e-9);
          expect(box.height).toBeLessThanOrEqual(room.height + 1e-9);
          for (const [i, a] of tiles.entries())
            for (const b of tiles.slice(i + 1)) {
              const apart =
                a.x + a.width <= b.x ||
                b.x + b.width <= a.x ||
                a.y + a.height <= b.y ||
                b.y + b.height <= a.y;
              expect(apart).toBe(true);
            }
        },
      ),
    );
  });

  it('answer every value and every weight by the place where it is drawn', () => {
    for (let row = 0; row < 8 * 8 * 4; row++)
      expect(partAt(1, maps, middleOf(pixelBox(maps, row)!), 0)).toEqual({
        type: 'neuron',
        layer: 1,
        row,
      });
    for (let row = 0; row < 4; row++)
      for (let column = 0; column < 18; column++)
        expect(partAt(1, maps, middleOf(weightBox(maps, row, column)!), column % 2)).toEqual({
          type: 'weight',
          layer: 1,
          row,
          column,
        });
    expect(partAt(1, maps, { x: 0, y: 0 }, 0)).toBeUndefined();
  });

  it('have a place of the keyboard in each channel that is drawn', () => {
    expect(middleRows(image(8, 8, 4))).toEqual([144, 145, 146, 147]);
    expect(middleRows(image(1, 1, 20))).toHaveLength(MOST_MAPS);
  });
});

describe('what a place sees', () => {
  it('is clipped at the edges of the image', () => {
    const at = (y: number, x: number) => windowAt(conv, (y * 8 + x) * 4 + 3);
    expect(at(0, 0)).toEqual({ x: 0, y: 0, width: 2, height: 2 });
    expect(at(3, 4)).toEqual({ x: 3, y: 2, width: 3, height: 3 });
    expect(at(7, 7)).toEqual({ x: 6, y: 6, width: 2, height: 2 });
  });

  it('follows the stride', () => {
    const pool = windowOver(image(8, 8, 4), { window: [2, 2], stride: [2, 2], padding: 'valid' });
    expect(windowAt(pool, (1 * 4 + 3) * 4)).toEqual({ x: 6, y: 2, width: 2, height: 2 });
  });
});

describe('the picture of a network with images', () => {
  const list = (units: number): ColumnInput => ({
    units,
    shown: Array.from({ length: units }, (_, row) => row),
  });
  const tiled = (shape: ImageShape, rest: Partial<ColumnInput> = {}): ColumnInput => ({
    units: shape.height * shape.width * shape.channels,
    shown: [0, 1],
    maps: { image: shape },
    ...rest,
  });
  const layout = placeNetwork(
    [
      tiled(image(8, 8, 2)),
      tiled(conv.target, { maps: { image: conv.target, filter: conv }, weighted: true }),
      tiled(image(4, 4, 4), { weighted: false }),
      list(10),
    ],
    { width: 900, height: 400 },
    { left: 56, right: 30 },
  );

  it('joins images by bands, which are weights only where there are some', () => {
    expect(layout.edges.flat()).toEqual([]);
    expect(layout.bands.map(({ layer, weights }) => [layer, weights])).toEqual([
      [0, true],
      [1, false],
      [2, true],
    ]);
  });

  it('keeps the columns apart and inside the picture', () => {
    for (const [i, { x, half, maps: own, bottom, captionY }] of layout.columns.entries()) {
      const next = layout.columns[i + 1];
      if (next) expect(x + half).toBeLessThan(next.x - next.half);
      if (own) expect(own.box.x).toBeGreaterThanOrEqual(0);
      expect(bottom + layout.radius).toBeLessThan(captionY);
    }
  });

  it('knows where a value stands', () => {
    const row = (3 * 8 + 5) * 4 + 2;
    expect(standOf(layout, 0, row)).toEqual(middleOf(pixelBox(layout.columns[1].maps!, row)!));
  });
});
