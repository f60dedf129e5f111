/** Paints a map or a curve with its axes, its points and the input that is tried. */
import type { NeuronMaps } from '../../src/protocol';
import { format } from '../numbers';
import type { Box } from '../canvas/viewport';
import type { CanvasInk } from '../theme';
import { contour } from './contours';
import { MARGIN, placeIn, plotSize, type Frame } from './mapFrame';
import { levelOf, mapPixels, ticksOf, type MapScale } from './mapScale';
import { markOf, markPath, type Mark, type Point } from './points';

export interface MapSheet {
  readonly context: CanvasRenderingContext2D;
  readonly ink: CanvasInk;
  readonly highContrast: boolean;
  /** Of the classes. */
  readonly colours: readonly string[];
  readonly frame: Frame;
  readonly names: readonly [x: string, y: string];
  readonly map: NeuronMaps | undefined;
  readonly scale: MapScale;
  readonly points: readonly Point[];
  /** The output that the points' targets are of; −1: of none, and a curve has no points. */
  readonly output: number;
  /** The input that is tried. */
  readonly tried: readonly number[] | undefined;
}

/** Pixels of a point. */
const POINT = { small: 6, large: 9 } as const;
/** So few points are large in any plot; in others they are from this width on, in pixels. */
const FEW_POINTS = 60;
const ROOM_FOR_POINTS = 360;
/** Pixels between the hatches. */
const HATCH = 7;

export function paintMap(sheet: MapSheet): void {
  const { context, map } = sheet;
  const isCurve = map?.from.length === 1;
  context.save();
  context.beginPath();
  const { width, height } = plotSize(sheet.frame);
  context.rect(MARGIN.left, MARGIN.top, width, height);
  context.clip();
  const box = { x: MARGIN.left, y: MARGIN.top, width, height };
  if (map && !isCurve) paintField(sheet, { box, cells: map.cells, values: map.values });
  for (const point of sheet.points) paintPoint(sheet, point, isCurve);
  if (map && isCurve) paintCurve(sheet, map);
  paintTried(sheet, map);
  context.restore();
  paintAxes(sheet);
}

/** The cells of a map in a box, with the line at the centre of its scale. */
export interface Field {
  readonly box: Box;
  readonly cells: number;
  readonly values: Float64Array;
}

type FieldSheet = Pick<MapSheet, 'context' | 'ink' | 'highContrast' | 'scale'>;

export function paintField(sheet: FieldSheet, field: Field): void {
  const { context, ink, scale, highContrast } = sheet;
  const { box, cells, values } = field;
  const image = new OffscreenCanvas(cells, cells);
  const pixels = mapPixels(values, cells, scale, ink);
  image.getContext('2d')?.putImageData(new ImageData(pixels, cells, cells), 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(image, box.x, box.y, box.width, box.height);
  if (highContrast) paintHatch(sheet, field);
  const { centre, end } = scale;
  paintContour(sheet, field, centre, 1.5);
  if (!highContrast) return;
  paintContour(sheet, field, centre - end / 2, 0.75);
  paintContour(sheet, field, centre + end / 2, 0.75);
}

function paintContour(
  { context, ink }: FieldSheet,
  { box, cells, values }: Field,
  level: number,
  width: number,
): void {
  context.beginPath();
  for (const [x1, y1, x2, y2] of contour(values, cells, level)) {
    context.moveTo(box.x + x1 * box.width, box.y + (1 - y1) * box.height);
    context.lineTo(box.x + x2 * box.width, box.y + (1 - y2) * box.height);
  }
  context.lineWidth = width;
  context.strokeStyle = ink.foreground;
  context.stroke();
}

/** What lies below the centre of the scale is hatched: its colour alone does not have to tell. */
function paintHatch({ context, ink, scale }: FieldSheet, { box, cells, values }: Field): void {
  const { x: left, y: top, width, height } = box;
  const step = 2;
  context.beginPath();
  for (let start = -height; start < width; start += HATCH)
    for (let down = 0; down < height; down += step) {
      const x = start + down;
      const column = Math.floor((x / width) * cells);
      const row = cells - 1 - Math.floor((down / height) * cells);
      if (column < 0 || column >= cells || !(levelOf(values[row * cells + column], scale) < 0))
        continue;
      context.moveTo(left + x, top + down);
      context.lineTo(left + x + step, top + down + step);
    }
  context.lineWidth = 1;
  context.strokeStyle = ink.muted;
  context.stroke();
}

function paintCurve(
  { context, ink, frame }: MapSheet,
  { values, cells, from, to }: NeuronMaps,
): void {
  context.beginPath();
  let isDrawn = false;
  for (let i = 0; i < cells; i++) {
    const x = from[0] + ((to[0] - from[0]) * (i + 0.5)) / cells;
    const at = placeIn(frame, x, values[i]);
    if (!Number.isFinite(at.y)) isDrawn = false;
    else if (isDrawn) context.lineTo(at.x, at.y);
    else {
      context.moveTo(at.x, at.y);
      isDrawn = true;
    }
  }
  context.lineWidth = 2;
  context.lineJoin = 'round';
  context.strokeStyle = `rgb(${ink.positive.join(' ')})`;
  context.stroke();
}

/** Filled: training part. Hollow: validation part. */
function paintPoint(sheet: MapSheet, point: Point, isCurve: boolean): void {
  const { context, ink, frame, colours, output, points } = sheet;
  if (isCurve && output < 0) return;
  const at = placeIn(frame, point.x[0], isCurve ? point.y[output] : point.x[1]);
  const isLarge = points.length <= FEW_POINTS || plotSize(frame).width >= ROOM_FOR_POINTS;
  const size = isLarge ? POINT.large : POINT.small;
  const path = shapeOf(markOf(point.group), size);
  const colour = point.group === undefined ? ink.foreground : colours[point.group % colours.length];
  context.fillStyle = point.validates ? ink.background : colour;
  context.save();
  context.translate(at.x, at.y);
  // The outline keeps a point from the map, which may have its colour.
  if (isLarge) outline(context, path, point.validates ? 4 : 3, ink.background);
  context.fill(path);
  outline(context, path, point.validates ? 2 : 1, point.validates ? colour : ink.foreground);
  context.restore();
}

const shapes = new Map<string, Path2D>();

/** The outline of a mark around (0, 0): read once, for there may be thousands of points. */
function shapeOf(mark: Mark, size: number): Path2D {
  const key = `${mark} ${size}`;
  const shape = shapes.get(key) ?? new Path2D(markPath(mark, size));
  shapes.set(key, shape);
  return shape;
}

function outline(
  context: CanvasRenderingContext2D,
  path: Path2D,
  width: number,
  colour: string,
): void {
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke(path);
}

/** A cross-hair through the input that is tried; on a curve a line with a dot on it. */
function paintTried({ context, ink, frame, tried }: MapSheet, map: NeuronMaps | undefined): void {
  if (!tried) return;
  const isCurve = map?.from.length === 1 || tried.length === 1;
  const value = isCurve && map ? onCurve(map, tried[0]) : tried[1];
  const at = placeIn(frame, tried[0], value);
  const { width, height } = plotSize(frame);
  context.setLineDash([3, 3]);
  context.lineWidth = 1;
  context.strokeStyle = ink.foreground;
  context.beginPath();
  context.moveTo(at.x, MARGIN.top);
  context.lineTo(at.x, MARGIN.top + height);
  if (!isCurve) {
    context.moveTo(MARGIN.left, at.y);
    context.lineTo(MARGIN.left + width, at.y);
  }
  context.stroke();
  context.setLineDash([]);
  if (!Number.isFinite(at.y)) return;
  for (const [stroke, wide] of [
    [ink.background, 5],
    [ink.foreground, 2],
  ] as const) {
    context.beginPath();
    context.arc(at.x, at.y, 6, 0, 2 * Math.PI);
    context.lineWidth = wide;
    context.strokeStyle = stroke;
    context.stroke();
  }
}

function onCurve({ from, to, cells, values }: NeuronMaps, x: number): number {
  const cell = Math.floor(((x - from[0]) / (to[0] - from[0])) * cells);
  return values[Math.max(0, Math.min(cells - 1, cell))] ?? NaN;
}

/** Pixels that a number of an axis takes. */
const TICK = { across: 56, up: 36 } as const;

function paintAxes({ context, ink, frame, names, highContrast }: MapSheet): void {
  const { width, height } = plotSize(frame);
  const bottom = MARGIN.top + height;
  context.lineWidth = 1;
  context.strokeStyle = highContrast ? ink.foreground : ink.muted;
  context.strokeRect(MARGIN.left - 0.5, MARGIN.top - 0.5, width + 1, height + 1);
  context.fillStyle = ink.muted;
  context.font = ink.numbers;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const tick of ticksOf(frame.x, width / TICK.across)) {
    const { x } = placeIn(frame, tick, 0);
    context.fillRect(Math.round(x), bottom, 1, 4);
    context.fillText(format(tick), x, bottom + 5);
  }
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of ticksOf(frame.y, height / TICK.up)) {
    const { y } = placeIn(frame, 0, tick);
    context.fillRect(MARGIN.left - 4, Math.round(y), 4, 1);
    context.fillText(format(tick), MARGIN.left - 6, y);
  }
  context.font = ink.small;
  context.fillStyle = ink.foreground;
  context.textBaseline = 'bottom';
  context.fillText(names[0], MARGIN.left + width, bottom + MARGIN.bottom);
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillText(names[1], 2, 0, MARGIN.left + width - 4);
}
