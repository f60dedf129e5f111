/** Draws the lines of compared runs on the canvas of a chart, under those of the training. */
import type { ChartTheme } from '../theme';
import type { OverlayLine } from './overlay';

/** As far as it is used: uPlot is imported elsewhere. */
interface Plot {
  readonly ctx: CanvasRenderingContext2D;
  readonly bbox: { left: number; top: number; width: number; height: number };
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

export function drawOverlay(
  plot: Plot,
  lines: readonly OverlayLine[],
  theme: ChartTheme,
  ratio: number,
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineJoin = 'round';
  for (const line of lines) {
    ctx.strokeStyle = theme.charts[line.colour];
    ctx.lineWidth = (line.thin ? 0.75 : 1.5) * ratio;
    ctx.setLineDash(line.dash.map(length => length * ratio));
    ctx.stroke(pathOf(pointsOf(line, plot)));
  }
  ctx.restore();
}

function pathOf(points: readonly (Point | undefined)[]): Path2D {
  const path = new Path2D();
  let pen = false;
  for (const point of points) {
    if (point && pen) path.lineTo(point.x, point.y);
    else if (point) path.moveTo(point.x, point.y);
    pen = point !== undefined;
  }
  return path;
}
