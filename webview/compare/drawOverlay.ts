/** Draws the lines of compared runs on the canvas of a chart, under those of the training. */
import type { ChartTheme } from '../theme';
import type { OverlayLine } from './overlay';

/** As far as it is used: uPlot is imported elsewhere. */
interface Plot {
  readonly ctx: CanvasRenderingContext2D;
  readonly bbox: { left: number; top: number; width: number; height: number };
  readonly scales: { readonly [name: string]: { readonly min?: number; readonly max?: number } };
  valToPos(value: number, scale: string, canvasPixels: boolean): number;
}

/** Pixels of the canvas. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points of a line in order; undefined where it is broken. */
export function pointsOf({ x, y }: OverlayLine, plot: Plot): readonly (Point | undefined)[] {
  return y.map((value, i) =>
    value === null
      ? undefined
      : { x: plot.valToPos(x[i], 'x', true), y: plot.valToPos(value, 'y', true) },
  );
}

/** Points that are stroked at once: a canvas takes much longer for one long line that crosses itself. */
const STROKE = 16;

/** A picture of the lines, which is drawn anew when lines, scales or colours are others. */
export class OverlayPicture {
  readonly #canvas = document.createElement('canvas');
  #lines: readonly OverlayLine[] = [];
  #key = '';

  draw(plot: Plot, lines: readonly OverlayLine[], theme: ChartTheme, ratio: number): void {
    if (lines.length === 0) return;
    const { ctx, bbox, scales } = plot;
    const { x, y } = scales;
    const { width, height } = ctx.canvas;
    const ranges = [x.min, x.max, y.min, y.max];
    const key = JSON.stringify([bbox, ranges, width, height, ratio, theme.charts]);
    if (key !== this.#key || lines !== this.#lines) {
      // New sizes clear it.
      [this.#canvas.width, this.#canvas.height] = [width, height];
      const ink = this.#canvas.getContext('2d');
      if (ink) drawLines(ink, plot, lines, theme, ratio);
      [this.#key, this.#lines] = [key, lines];
    }
    ctx.drawImage(this.#canvas, 0, 0);
  }
}

function drawLines(
  ink: CanvasRenderingContext2D,
  plot: Plot,
  lines: readonly OverlayLine[],
  theme: ChartTheme,
  ratio: number,
): void {
  const { left, top, width, height } = plot.bbox;
  ink.beginPath();
  ink.rect(left, top, width, height);
  ink.clip();
  for (const line of lines) {
    ink.strokeStyle = theme.charts[line.colour];
    ink.lineWidth = (line.thin ? 0.75 : 1.5) * ratio;
    ink.setLineDash(line.dash.map(length => length * ratio));
    strokeLine(ink, pointsOf(line, plot));
  }
}

/** Piece by piece; dashes go on from one to the next. */
function strokeLine(ink: CanvasRenderingContext2D, points: readonly (Point | undefined)[]): void {
  let [before, length, count]: [Point | undefined, number, number] = [undefined, 0, 0];
  const begin = (at: Point): void => {
    if (count > 0) ink.stroke();
    ink.lineDashOffset = length;
    ink.beginPath();
    ink.moveTo(at.x, at.y);
    count = 0;
  };
  for (const point of points) {
    if (point && before) {
      if (count === STROKE) begin(before);
      ink.lineTo(point.x, point.y);
      length += Math.hypot(point.x - before.x, point.y - before.y);
      count++;
    } else if (point) begin(point);
    before = point;
  }
  if (count > 0) ink.stroke();
}
