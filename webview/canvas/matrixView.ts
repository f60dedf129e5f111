/** Which cells of a matrix are seen, and where: pure arithmetic. Rows and columns count from 0. */
import type { MatrixPicture } from '../../src/protocol';
import { clamp, type Point, type Size } from './curve';
import type { Box } from './viewport';

/** A matrix in the room there is for it. */
export interface MatrixFrame {
  readonly rows: number;
  readonly columns: number;
  /** Pixels of the plot, without its rulers. */
  readonly room: Size;
}

/** Cell at the top left corner, in parts of cells, and how often the whole matrix is enlarged. */
export interface MatrixView extends Point {
  readonly zoom: number;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Half-open. */
export interface Spans {
  readonly rows: [from: number, to: number];
  readonly columns: [from: number, to: number];
}

export const WHOLE: MatrixView = { x: 0, y: 0, zoom: 1 };

/** Pixels of the largest cell. */
const LARGEST = 56;
/** A few long rows are drawn this much higher than they are wide, so that they can be seen. */
const STRETCH = 10;
const COMFORTABLE = 24;

/** Pixels of a cell. */
export function cellSize({ rows, columns, room }: MatrixFrame, zoom: number): Size {
  const wide = room.width / columns;
  const high = room.height / rows;
  const limit = (own: number, other: number): number =>
    Math.min(own, Math.max(COMFORTABLE, other * STRETCH));
  return {
    width: Math.min(LARGEST, limit(wide, high) * zoom),
    height: Math.min(LARGEST, limit(high, wide) * zoom),
  };
}

/** The zoom from which on every cell is as large as it gets. */
function largestZoom(frame: MatrixFrame): number {
  const { width, height } = cellSize(frame, 1);
  return Math.max(1, LARGEST / Math.min(width, height));
}

export function clampView(view: MatrixView, frame: MatrixFrame): MatrixView {
  const zoom = clamp(view.zoom, 1, largestZoom(frame));
  const { width, height } = cellSize(frame, zoom);
  return {
    x: clamp(view.x, 0, Math.max(0, frame.columns - frame.room.width / width)),
    y: clamp(view.y, 0, Math.max(0, frame.rows - frame.room.height / height)),
    zoom,
  };
}

/** `around` (pixels of the plot) stays on its cell. */
export function zoomView(
  view: MatrixView,
  factor: number,
  around: Point,
  frame: MatrixFrame,
): MatrixView {
  const before = cellSize(frame, view.zoom);
  const zoom = clamp(view.zoom * factor, 1, largestZoom(frame));
  const after = cellSize(frame, zoom);
  return clampView(
    {
      x: view.x + around.x / before.width - around.x / after.width,
      y: view.y + around.y / before.height - around.y / after.height,
      zoom,
    },
    frame,
  );
}

/** `dx`, `dy`: pixels by which the picture moves. */
export function panView(view: MatrixView, dx: number, dy: number, frame: MatrixFrame): MatrixView {
  const { width, height } = cellSize(frame, view.zoom);
  return clampView({ ...view, x: view.x - dx / width, y: view.y - dy / height }, frame);
}

export function cellAt(view: MatrixView, point: Point, frame: MatrixFrame): Cell | undefined {
  const { width, height } = cellSize(frame, view.zoom);
  const column = Math.floor(view.x + point.x / width);
  const row = Math.floor(view.y + point.y / height);
  const inside = point.x >= 0 && point.y >= 0 && row < frame.rows && column < frame.columns;
  return inside ? { row, column } : undefined;
}

/** Of a cell, in pixels of the plot. */
export function boxOfCell(view: MatrixView, { row, column }: Cell, frame: MatrixFrame): Box {
  const { width, height } = cellSize(frame, view.zoom);
  return { x: (column - view.x) * width, y: (row - view.y) * height, width, height };
}

/** Moves just as far as brings a cell into sight. */
export function revealCell(view: MatrixView, cell: Cell, frame: MatrixFrame): MatrixView {
  const { width, height } = cellSize(frame, view.zoom);
  const axis = (at: number, start: number, seen: number): number =>
    at < start ? at : Math.max(start, at + 1 - seen);
  return clampView(
    {
      ...view,
      x: axis(cell.column, view.x, frame.room.width / width),
      y: axis(cell.row, view.y, frame.room.height / height),
    },
    frame,
  );
}

/** All cells that are at least partly in sight. */
export function spansOf(view: MatrixView, frame: MatrixFrame): Spans {
  const { width, height } = cellSize(frame, view.zoom);
  const span = (from: number, length: number, all: number): [number, number] => [
    Math.floor(from),
    Math.min(all, Math.max(Math.floor(from) + 1, Math.ceil(from + length))),
  ];
  return {
    rows: span(view.y, frame.room.height / height, frame.rows),
    columns: span(view.x, frame.room.width / width, frame.columns),
  };
}

/** Whether each number of a picture is one weight, not the largest of many. */
export function isSingle({ rows, columns, width, height }: MatrixPicture): boolean {
  return height === rows[1] - rows[0] && width === columns[1] - columns[0];
}

/** How many weights share a pixel of a picture, at most: down and across; undefined where each has its own. */
export function sharedBy(
  picture: MatrixPicture,
): readonly [rows: number, columns: number] | undefined {
  if (isSingle(picture)) return undefined;
  const { rows, columns, width, height } = picture;
  return [Math.ceil((rows[1] - rows[0]) / height), Math.ceil((columns[1] - columns[0]) / width)];
}

/** What stands in a cell, as far as the picture has single numbers; else NaN. */
export function valueAt(picture: MatrixPicture, { row, column }: Cell): number {
  const { rows, columns, width, values } = picture;
  const inside = row >= rows[0] && row < rows[1] && column >= columns[0] && column < columns[1];
  if (!inside || !isSingle(picture)) return NaN;
  return values[(row - rows[0]) * width + column - columns[0]];
}

/** Numbers of a ruler: about one every `pixels`, at round steps. */
export function ticks(from: number, to: number, cell: number, pixels: number): number[] {
  let step = 1;
  for (const factor of [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]) {
    step = factor;
    if (factor * cell >= pixels) break;
  }
  const first = Math.ceil(from / step) * step;
  const result: number[] = [];
  for (let at = first; at < to; at += step) result.push(at);
  return result;
}

/** Height and width of an input that is a picture: two sides, and any number of 1s. */
export function pictureShape(shape: readonly number[]): readonly [number, number] | undefined {
  const sides = shape.filter(length => length > 1);
  return sides.length === 2 ? [sides[0], sides[1]] : undefined;
}

/** Small multiples: how many stand beside each other, and how large each is. */
export interface Tiles {
  readonly first: number;
  readonly count: number;
  readonly across: number;
  /** Pixels of one picture's pixel. */
  readonly scale: number;
  readonly sides: readonly [height: number, width: number];
}

const TILE_GAP = 10;
const TILE_LABEL = 16;
/** Numbers of one picture request at most. */
const MOST_NUMBERS = 65_536;
const MOST_TILES = 24;

/** Tiles around a neuron: the largest scale at which all of a page fit. */
export function tilesOf(
  row: number,
  rows: number,
  sides: readonly [height: number, width: number],
  room: Size,
): Tiles {
  const [height, width] = sides;
  const page = clamp(Math.floor(MOST_NUMBERS / (height * width)), 1, MOST_TILES);
  const first = Math.floor(row / page) * page;
  const count = Math.min(page, rows - first);
  let best = { across: 1, scale: 0 };
  for (let across = 1; across <= count; across++) {
    const down = Math.ceil(count / across);
    const scale = Math.min(
      (room.width / across - TILE_GAP) / width,
      (room.height / down - TILE_GAP - TILE_LABEL) / height,
    );
    if (scale > best.scale) best = { across, scale };
  }
  return { first, count, ...best, sides };
}

/** Where the picture of a neuron stands, in pixels of the plot. */
export function tileBox({ first, across, scale, sides }: Tiles, row: number): Box {
  const [height, width] = [sides[0] * scale, sides[1] * scale];
  const index = row - first;
  return {
    x: (index % across) * (width + TILE_GAP),
    y: Math.floor(index / across) * (height + TILE_GAP + TILE_LABEL) + TILE_LABEL,
    width,
    height,
  };
}

/** Of one weight of a tile. */
export function tileCellBox(tiles: Tiles, { row, column }: Cell): Box {
  const tile = tileBox(tiles, row);
  const across = tiles.sides[1];
  return {
    x: tile.x + (column % across) * tiles.scale,
    y: tile.y + Math.floor(column / across) * tiles.scale,
    width: tiles.scale,
    height: tiles.scale,
  };
}

export function tileCellAt(tiles: Tiles, point: Point): Cell | undefined {
  for (let row = tiles.first; row < tiles.first + tiles.count; row++) {
    const { x, y, width, height } = tileBox(tiles, row);
    const [dx, dy] = [point.x - x, point.y - y];
    if (dx < 0 || dy < 0 || dx >= width || dy >= height) continue;
    const column = Math.floor(dy / tiles.scale) * tiles.sides[1] + Math.floor(dx / tiles.scale);
    return { row, column };
  }
  return undefined;
}
