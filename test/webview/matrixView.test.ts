import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatrixPicture } from '../../src/protocol';
import { moveCell } from '../../webview/canvas/matrixKeys';
import {
  boxOfCell,
  cellAt,
  cellSize,
  clampView,
  isSingle,
  pictureShape,
  revealCell,
  sharedBy,
  spansOf,
  ticks,
  tileCellAt,
  tileCellBox,
  tilesOf,
  valueAt,
  WHOLE,
  zoomView,
  type MatrixFrame,
} from '../../webview/canvas/matrixView';
import { bars } from '../../webview/canvas/bands';

const ROOM = { width: 900, height: 500 };
const frames = fc.record({
  rows: fc.integer({ min: 1, max: 5000 }),
  columns: fc.integer({ min: 1, max: 5000 }),
  room: fc.constant(ROOM),
});

describe('the matrix', () => {
  it('is whole at first', () => {
    fc.assert(
      fc.property(frames, frame => {
        expect(spansOf(WHOLE, frame)).toEqual({
          rows: [0, frame.rows],
          columns: [0, frame.columns],
        });
        const { width, height } = cellSize(frame, 1);
        expect(width * frame.columns).toBeLessThanOrEqual(ROOM.width + 1e-6);
        expect(height * frame.rows).toBeLessThanOrEqual(ROOM.height + 1e-6);
      }),
    );
  });

  it('zooms down to single cells, and the cell under the pointer stays', () => {
    const frame: MatrixFrame = { rows: 512, columns: 784, room: ROOM };
    const at = { x: 450, y: 250 };
    const before = cellAt(WHOLE, at, frame);
    const near = Array.from({ length: 30 }).reduce(
      (view: typeof WHOLE) => zoomView(view, 1.5, at, frame),
      WHOLE,
    );
    expect(cellSize(frame, near.zoom).width).toBeGreaterThan(40);
    expect(cellAt(near, at, frame)).toEqual(before);
    const { rows, columns } = spansOf(near, frame);
    expect((rows[1] - rows[0]) * (columns[1] - columns[0])).toBeLessThan(400);
    const back = Array.from({ length: 30 }).reduce(
      (view: typeof WHOLE) => zoomView(view, 1 / 1.5, at, frame),
      near,
    );
    expect(back).toEqual(WHOLE);
  });

  it('finds the cell that it draws, and brings it into sight', () => {
    fc.assert(
      fc.property(
        frames,
        fc.nat(),
        fc.nat(),
        fc.double({ min: 1, max: 60, noNaN: true }),
        (frame, a, b, zoom) => {
          const cell = { row: a % frame.rows, column: b % frame.columns };
          const view = revealCell(clampView({ x: 0, y: 0, zoom }, frame), cell, frame);
          const box = boxOfCell(view, cell, frame);
          expect(box.x).toBeGreaterThanOrEqual(-1e-6);
          expect(box.y + box.height).toBeLessThanOrEqual(ROOM.height + 1e-6);
          const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          expect(cellAt(view, middle, frame)).toEqual(cell);
        },
      ),
    );
  });

  it('has rulers at round numbers that do not crowd', () => {
    expect(ticks(0, 784, 1.2, 44)).toEqual([
      0, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 550, 600, 650, 700, 750,
    ]);
    expect(ticks(3, 7, 50, 44)).toEqual([3, 4, 5, 6]);
  });
});

describe('the number of a cell', () => {
  const picture: MatrixPicture = {
    layer: 0,
    quantity: 'weight',
    rows: [10, 12],
    columns: [5, 8],
    height: 2,
    width: 3,
    values: new Float32Array([1, 2, 3, 4, 5, 6]),
    largest: 6,
    statistics: { count: 6, min: 1, max: 6, mean: 3.5, norm: 9.5 },
  };

  it('is read where the picture has it', () => {
    const cells = [5, 6, 7].map(column => valueAt(picture, { row: 11, column }));
    expect(cells).toEqual([4, 5, 6]);
    for (const cell of [
      { row: 9, column: 5 },
      { row: 12, column: 5 },
      { row: 10, column: 4 },
      { row: 10, column: 8 },
    ])
      expect(valueAt(picture, cell)).toBeNaN();
  });

  it('is none where several weights share a cell of the picture', () => {
    const condensed = { ...picture, columns: [5, 11] as [number, number] };
    expect([isSingle(picture), isSingle(condensed)]).toEqual([true, false]);
    expect(valueAt(condensed, { row: 10, column: 5 })).toBeNaN();
  });
});

describe('the cell cursor', () => {
  const size = { rows: 3, columns: 784 };

  it('moves by arrows and stays inside', () => {
    expect(moveCell({ row: 0, column: 0 }, 'ArrowRight', size)).toEqual({ row: 0, column: 1 });
    expect(moveCell({ row: 0, column: 0 }, 'ArrowUp', size)).toEqual({ row: 0, column: 0 });
    expect(moveCell({ row: 0, column: 5 }, 'End', size)).toEqual({ row: 0, column: 783 });
    expect(moveCell({ row: 2, column: 5 }, 'PageDown', size)).toEqual({ row: 2, column: 5 });
    expect(moveCell({ row: 2, column: 5 }, 'x', size)).toBeUndefined();
  });

  it('moves inside the picture of a neuron, and from neuron to neuron', () => {
    const sides = [28, 28] as const;
    expect(moveCell({ row: 0, column: 30 }, 'ArrowDown', size, sides)).toEqual({
      row: 0,
      column: 58,
    });
    expect(moveCell({ row: 0, column: 27 }, 'ArrowRight', size, sides)).toEqual({
      row: 0,
      column: 27,
    });
    expect(moveCell({ row: 0, column: 27 }, 'PageDown', size, sides)).toEqual({
      row: 1,
      column: 27,
    });
  });
});

describe('pictures of neurons', () => {
  it('have the shape of the input, where that has two sides', () => {
    expect(pictureShape([28, 28])).toEqual([28, 28]);
    expect(pictureShape([28, 28, 1])).toEqual([28, 28]);
    expect(pictureShape([1, 8, 16])).toEqual([8, 16]);
    expect(pictureShape([784])).toBeUndefined();
    expect(pictureShape([3, 28, 28])).toBeUndefined();
  });

  it('stand beside each other and know their pixels', () => {
    fc.assert(
      fc.property(fc.nat(511), fc.nat(783), (row, column) => {
        const tiles = tilesOf(row, 512, [28, 28], ROOM);
        expect(tiles.first).toBeLessThanOrEqual(row);
        expect(row).toBeLessThan(tiles.first + tiles.count);
        const box = tileCellBox(tiles, { row, column });
        expect(box.x + box.width).toBeLessThanOrEqual(ROOM.width);
        expect(box.y + box.height).toBeLessThanOrEqual(ROOM.height);
        const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        expect(tileCellAt(tiles, middle)).toEqual({ row, column });
      }),
    );
  });
});

describe('the pixels of a picture', () => {
  const picture = (
    rows: number,
    columns: number,
    height: number,
    width: number,
  ): MatrixPicture => ({
    layer: 0,
    quantity: 'weight',
    rows: [0, rows],
    columns: [0, columns],
    height,
    width,
    values: new Float32Array(height * width),
    largest: 1,
    statistics: { count: 1, min: 0, max: 1, mean: 0, norm: 1 },
  });

  it('stand for one weight, or say how many share one', () => {
    expect(sharedBy(picture(20, 30, 20, 30))).toBeUndefined();
    expect(sharedBy(picture(4096, 4096, 256, 256))).toEqual([16, 16]);
    expect(sharedBy(picture(512, 784, 256, 256))).toEqual([2, 4]);
    expect(sharedBy(picture(10, 784, 10, 256))).toEqual([1, 4]);
  });
});

describe('the bars of a strip', () => {
  const strip = { x: 0, y: 0, width: 20, height: 3 };

  it('reach to the right for positive and to the left for negative numbers', () => {
    expect(bars([1, -0.5, 0], strip, 1, 1)).toBe('M10.0 0.0H20.0V1.0H10.0V2.0H10.0V3.0H10.0Z');
    expect(bars([1, -0.5, 0], strip, 1, -1)).toBe('M10.0 0.0H10.0V1.0H5.0V2.0H10.0V3.0H10.0Z');
    expect(bars([0, 0, 0], strip, 0, 1)).not.toContain('NaN');
    expect(bars([NaN, 1, 0], strip, NaN, 1)).not.toContain('NaN');
  });

  it('join cells that are finer than a pixel by their largest', () => {
    expect(bars([0, 1, 0, 0, 0, 0.5], strip, 1, 1)).toBe(
      'M10.0 0.0H20.0V1.0H10.0V2.0H15.0V3.0H10.0Z',
    );
  });
});
