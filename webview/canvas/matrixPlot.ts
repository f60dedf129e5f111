/** Which part of a matrix is plotted, and what lies where in it: cells, or pictures of whole neurons. */
import type { Point, Size } from './curve';
import {
  boxOfCell,
  cellAt,
  clampView,
  panView,
  revealCell,
  spansOf,
  tileCellAt,
  tileCellBox,
  tilesOf,
  WHOLE,
  zoomView,
  type Cell,
  type MatrixFrame,
  type MatrixView,
  type Spans,
  type Tiles,
} from './matrixView';
import type { Box } from './viewport';

/** What is plotted: the matrix's size, and the sides of its pictures where it is shown as such. */
export interface Plotted {
  readonly rows: number;
  readonly columns: number;
  readonly sides: readonly [height: number, width: number] | undefined;
  /** The neuron whose page of pictures is shown. */
  readonly row: number;
}

/** Most cells of a picture along each side. */
const MOST = 256;

export class MatrixPlot {
  readonly #plotted: () => Plotted;
  #view: MatrixView = WHOLE;
  #room: Size = { width: 0, height: 0 };

  constructor(plotted: () => Plotted) {
    this.#plotted = plotted;
  }

  get view(): MatrixView {
    return this.#view;
  }

  get isMeasured(): boolean {
    return this.#room.width > 0;
  }

  get frame(): MatrixFrame {
    const { rows, columns } = this.#plotted();
    return { rows, columns, room: this.#room };
  }

  get tiles(): Tiles | undefined {
    const { sides, rows, row } = this.#plotted();
    return sides && tilesOf(row, rows, sides, this.#room);
  }

  resize(room: Size): void {
    this.#room = { width: Math.max(1, room.width), height: Math.max(1, room.height) };
    this.#view = clampView(this.#view, this.frame);
  }

  boxOf(cell: Cell): Box {
    const { tiles } = this;
    return tiles ? tileCellBox(tiles, cell) : boxOfCell(this.#view, cell, this.frame);
  }

  cellAt(point: Point): Cell | undefined {
    const { tiles } = this;
    return tiles ? tileCellAt(tiles, point) : cellAt(this.#view, point, this.frame);
  }

  /** The part in sight, as it is asked for. */
  wanted(): Spans & { readonly most: number } {
    const { tiles, frame } = this;
    if (!tiles) return { ...spansOf(this.#view, frame), most: MOST };
    const rows: [number, number] = [tiles.first, tiles.first + tiles.count];
    return { rows, columns: [0, frame.columns], most: Math.max(tiles.count, frame.columns) };
  }

  whole(): void {
    this.#view = WHOLE;
  }

  pan(dx: number, dy: number): void {
    this.#view = panView(this.#view, dx, dy, this.frame);
  }

  zoom(factor: number, around: Point): void {
    this.#view = zoomView(this.#view, factor, around, this.frame);
  }

  /** Around a cell while it is in sight, else around the middle. */
  zoomAround(factor: number, cell: Cell): void {
    const box = this.boxOf(cell);
    const { width, height } = this.#room;
    const seen = box.x >= 0 && box.y >= 0 && box.x < width && box.y < height;
    this.zoom(factor, seen ? box : { x: width / 2, y: height / 2 });
  }

  reveal(cell: Cell): void {
    this.#view = revealCell(this.#view, cell, this.frame);
  }

  /** So large that single cells are seen. */
  enlarge({ row, column }: Cell): void {
    this.#view = clampView({ x: column, y: row, zoom: 8 }, this.frame);
  }
}
