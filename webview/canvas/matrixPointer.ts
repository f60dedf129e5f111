/** The pointer over a matrix: points at cells, chooses them, drags what is enlarged, and zooms with the wheel. */
import { clamp, type Point } from './curve';
import { RULER } from './matrixPaint';
import type { MatrixPlot } from './matrixPlot';
import type { Cell } from './matrixView';

/** What the pointer needs of the matrix. */
export interface MatrixPointerHost {
  readonly plot: MatrixPlot;
  choose(cell: Cell): void;
  point(cell: Cell | undefined): void;
  /** Another part of the matrix is in sight. */
  moved(): void;
}

/** Heard by the element that the matrix is painted on. */
export class MatrixPointer {
  readonly #host: MatrixPointerHost;
  #drag: Point | undefined;

  constructor(host: MatrixPointerHost) {
    this.#host = host;
  }

  readonly down = (event: PointerEvent): void => {
    const cell = this.#host.plot.cellAt(pointOf(event));
    this.#drag = { x: event.clientX, y: event.clientY };
    painted(event).setPointerCapture(event.pointerId);
    if (cell) this.#host.choose(cell);
  };

  readonly move = (event: PointerEvent): void => {
    const { plot } = this.#host;
    if (!this.#drag || event.buttons === 0) return this.#host.point(plot.cellAt(pointOf(event)));
    const [dx, dy] = [event.clientX - this.#drag.x, event.clientY - this.#drag.y];
    this.#drag = { x: event.clientX, y: event.clientY };
    if (dx === 0 && dy === 0) return;
    plot.pan(dx, dy);
    this.#moved();
  };

  readonly up = (): void => {
    this.#drag = undefined;
  };

  readonly leave = (): void => this.#host.point(undefined);

  /** Pictures of whole neurons stay where they are. */
  readonly wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { plot } = this.#host;
    if (plot.tiles) return;
    const step = clamp(event.deltaY, -80, 80);
    if (event.shiftKey || event.deltaX !== 0) plot.pan(-(event.deltaX || event.deltaY), 0);
    else plot.zoom(Math.exp(-step / 200), pointOf(event));
    this.#moved();
  };

  #moved(): void {
    this.#host.point(undefined);
    this.#host.moved();
  }
}

const painted = (event: MouseEvent): Element => event.currentTarget as Element;

/** Where an event lies in the plot. */
function pointOf(event: MouseEvent): Point {
  const { x, y } = painted(event).getBoundingClientRect();
  return { x: event.clientX - x - RULER.left, y: event.clientY - y - RULER.top };
}
