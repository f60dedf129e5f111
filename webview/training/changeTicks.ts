/** Draws where settings were changed: a dashed line with a small arrow at the axis, under the lines of a chart. */
import type { ChangeMark } from '../../src/engine/changeMarks';
import type { History } from '../../src/engine/history';
import { placeOf, rowOf } from './changes';
import type { XAxis } from './metrics';

/** As far as it is used: uPlot is imported elsewhere. */
interface Plot {
  readonly ctx: CanvasRenderingContext2D;
  readonly bbox: { left: number; top: number; width: number; height: number };
  readonly over: HTMLElement;
  readonly scales: { readonly [name: string]: { readonly min?: number; readonly max?: number } };
  valToPos(value: number, scale: string, canvasPixels?: boolean): number;
}

/** What is drawn, over what. */
interface Along {
  readonly history: History;
  readonly x: XAxis;
}

interface Tick {
  readonly mark: ChangeMark;
  readonly place: number;
}

/** CSS pixels: of the line's dashes, of the arrow, and how near to a line the pointer means it. */
const DASH = [4, 3];
const ARROW = 5;
const NEAR = 5;

/** @param ratio of the canvas's pixels to those of CSS */
export function drawTicks(plot: Plot, along: Along, colour: string, ratio: number): void {
  const { ctx, bbox } = plot;
  const places = shown(plot, along);
  if (places.length === 0) return;
  const bottom = bbox.top + bbox.height;
  ctx.save();
  [ctx.strokeStyle, ctx.fillStyle, ctx.lineWidth] = [colour, colour, ratio];
  for (const { place } of places) {
    // In the middle of a pixel: a thin line is sharp there.
    const at = Math.round(plot.valToPos(place, 'x', true)) + 0.5;
    ctx.setLineDash(DASH.map(length => length * ratio));
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bottom);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(at, bottom - 1.5 * ARROW * ratio);
    ctx.lineTo(at - ARROW * ratio, bottom);
    ctx.lineTo(at + ARROW * ratio, bottom);
    ctx.fill();
  }
  ctx.restore();
}

/** The row that tells of the line nearest to the pointer; undefined where none is near. */
export function rowNear(plot: Plot, left: number, along: Along): number | undefined {
  let [row, nearest]: [number | undefined, number] = [undefined, NEAR];
  for (const { mark, place } of shown(plot, along)) {
    const distance = Math.abs(plot.valToPos(place, 'x') - left);
    if (distance <= nearest) [row, nearest] = [rowOf(mark, along.history), distance];
  }
  return row;
}

/** What was changed stands at its line, on the side that has more room. */
export function placeNote(plot: Plot, along: Along, words: string, row: number | undefined): void {
  const note = plot.over.querySelector<HTMLElement>('.change-note');
  if (!note) return;
  const own = shown(plot, along).find(({ mark }) => rowOf(mark, along.history) === row);
  note.hidden = !own || words === '';
  if (!own || note.hidden) return;
  note.textContent = words;
  const { clientWidth: width } = plot.over;
  const left = plot.valToPos(own.place, 'x');
  const isLeft = left > width / 2;
  note.style.maxWidth = `${Math.max(left, width - left) - 2 * NEAR}px`;
  note.style.left = isLeft ? '' : `${left + NEAR}px`;
  note.style.right = isLeft ? `${width - left + NEAR}px` : '';
}

/** Within the part of the axis that is drawn. */
function shown({ scales }: Plot, { history, x }: Along): readonly Tick[] {
  const { min = -Infinity, max = Infinity } = scales.x;
  return history.marks
    .map(mark => ({ mark, place: placeOf(mark, x, history) }))
    .filter(({ place }) => place >= min && place <= max);
}
