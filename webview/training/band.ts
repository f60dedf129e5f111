/** The band of updates that are usual, behind the lines of a chart. */

/** As far as it is used: uPlot is imported elsewhere. */
interface Plot {
  readonly ctx: CanvasRenderingContext2D;
  /** The plot on the canvas, in its pixels. */
  readonly bbox: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  valToPos(value: number, scale: string, onCanvas?: boolean): number;
}

/** |Δθ| / |θ| of this order is what trainings that go well have; a third and three times of it are drawn. */
const HEALTHY = [1e-3 / 3, 3e-3] as const;

export function drawBand({ ctx, bbox, valToPos }: Plot, colour: string): void {
  const [below, above] = HEALTHY.map(value => valToPos(value, 'y', true));
  const [top, bottom] = [above, below].map(y =>
    Math.max(bbox.top, Math.min(bbox.top + bbox.height, y)),
  );
  ctx.save();
  ctx.fillStyle = colour;
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  ctx.restore();
}
