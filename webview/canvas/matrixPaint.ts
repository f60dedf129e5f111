/** Paints matrices on a 2-D canvas, in the theme's diverging scale; signs also by a stroke in large cells. */
import type { MatrixPicture } from '../../src/protocol';
import { tiny } from '../numbers';
import type { CanvasInk } from '../theme';
import type { MatrixPlot } from './matrixPlot';
import {
  boxOfCell,
  cellSize,
  isSingle,
  spansOf,
  tileBox,
  tileCellBox,
  ticks,
  valueAt,
  type Cell,
  type MatrixFrame,
  type MatrixView,
  type Tiles,
} from './matrixView';
import type { Box } from './viewport';

/** Pixels of the rulers. */
export const RULER = { left: 46, top: 18 } as const;
/** From these sizes on negative cells carry a stroke, and all their numbers. */
const ROOM_FOR_SIGN = 8;
const ROOM_FOR_NUMBER = { width: 34, height: 16 };

export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly ink: CanvasInk;
  readonly picture: MatrixPicture | undefined;
  /** End of the scale. */
  readonly end: number;
  readonly cursor: Cell | undefined;
  /** Names of rows and columns on the rulers. */
  readonly rowName: (row: number) => string;
  readonly columnName: (column: number) => string;
}

/** The picture as pixels: one a cell, zero transparent. */
function bitmapOf(
  { width, height, values }: Pick<MatrixPicture, 'width' | 'height' | 'values'>,
  end: number,
  { positive, negative }: Pick<CanvasInk, 'positive' | 'negative'>,
): ImageData {
  const image = new ImageData(width, height);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const [r, g, b] = value < 0 ? negative : positive;
    const alpha = Number.isNaN(value) ? 0 : Math.min(1, Math.abs(value) / end) * 255;
    image.data.set([r, g, b, alpha], i * 4);
  }
  return image;
}

/** Draws pixels enlarged and unsmoothed into a box. */
function place(context: CanvasRenderingContext2D, image: ImageData, box: Box): void {
  const sheet = new OffscreenCanvas(image.width, image.height);
  sheet.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet, box.x, box.y, box.width, box.height);
}

/** What is in sight: cells, or pictures of whole neurons. */
export function paintPlot(sheet: Sheet, { tiles, view, frame }: MatrixPlot): void {
  if (tiles) paintTiles(sheet, tiles);
  else paintMatrix(sheet, view, frame);
}

function paintMatrix(sheet: Sheet, view: MatrixView, frame: MatrixFrame): void {
  const { context, ink, picture, cursor } = sheet;
  context.save();
  context.translate(RULER.left, RULER.top);
  context.beginPath();
  context.rect(0, 0, frame.room.width, frame.room.height);
  context.clip();
  if (picture) {
    const first = boxOfCell(view, { row: picture.rows[0], column: picture.columns[0] }, frame);
    const width = first.width * (picture.columns[1] - picture.columns[0]);
    const height = first.height * (picture.rows[1] - picture.rows[0]);
    place(context, bitmapOf(picture, sheet.end, ink), { ...first, width, height });
    paintSigns(sheet, picture, view, frame);
  }
  const { width, height } = cellSize(frame, view.zoom);
  const far = { x: (frame.columns - view.x) * width, y: (frame.rows - view.y) * height };
  context.strokeStyle = ink.line;
  context.strokeRect(
    -view.x * width,
    -view.y * height,
    far.x + view.x * width,
    far.y + view.y * height,
  );
  if (cursor) frameCell(context, ink, boxOfCell(view, cursor, frame));
  context.restore();
  paintRulers(sheet, view, frame);
}

/** The cell under the cursor, however small it is. */
function frameCell(context: CanvasRenderingContext2D, ink: CanvasInk, box: Box): void {
  const grow = Math.max(0, (7 - Math.min(box.width, box.height)) / 2) + 1;
  context.lineWidth = 2;
  context.strokeStyle = ink.focus;
  context.strokeRect(box.x - grow, box.y - grow, box.width + 2 * grow, box.height + 2 * grow);
  context.lineWidth = 1;
}

/** Where cells are single weights and large: a stroke through negative ones, and the numbers. */
function paintSigns(
  { context, ink }: Sheet,
  picture: MatrixPicture,
  view: MatrixView,
  frame: MatrixFrame,
): void {
  const { width, height } = cellSize(frame, view.zoom);
  if (!isSingle(picture) || Math.min(width, height) < ROOM_FOR_SIGN) return;
  const written = width >= ROOM_FOR_NUMBER.width && height >= ROOM_FOR_NUMBER.height;
  const { rows, columns } = spansOf(view, frame);
  context.strokeStyle = ink.foreground;
  context.font = ink.numbers;
  context.beginPath();
  for (
    let row = Math.max(rows[0], picture.rows[0]);
    row < Math.min(rows[1], picture.rows[1]);
    row++
  )
    for (
      let column = Math.max(columns[0], picture.columns[0]);
      column < Math.min(columns[1], picture.columns[1]);
      column++
    ) {
      const value = valueAt(picture, { row, column });
      const box = boxOfCell(view, { row, column }, frame);
      if (written) writeNumber(context, ink, tiny(value), box);
      else if (value < 0) {
        context.moveTo(box.x + 2, box.y + box.height - 2);
        context.lineTo(box.x + box.width - 2, box.y + 2);
      }
    }
  context.globalAlpha = 0.5;
  context.stroke();
  context.globalAlpha = 1;
}

/** On a ground of its own, because the cell may have the colour of the ink. */
function writeNumber(
  context: CanvasRenderingContext2D,
  ink: CanvasInk,
  words: string,
  { x, y, width, height }: Box,
): void {
  const at = { x: x + width / 2, y: y + height / 2 };
  const wide = Math.min(width, context.measureText(words).width + 4);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = ink.background;
  context.globalAlpha = 0.75;
  context.fillRect(at.x - wide / 2, at.y - 7, wide, 14);
  context.globalAlpha = 1;
  context.fillStyle = ink.foreground;
  context.fillText(words, at.x, at.y, wide);
}

function paintRulers(sheet: Sheet, view: MatrixView, frame: MatrixFrame): void {
  const { context, ink } = sheet;
  const { width, height } = cellSize(frame, view.zoom);
  const { rows, columns } = spansOf(view, frame);
  context.font = ink.small;
  context.fillStyle = ink.muted;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const row of ticks(rows[0], rows[1], height, 18)) {
    const y = RULER.top + (row + 0.5 - view.y) * height;
    if (y >= RULER.top && y <= RULER.top + frame.room.height)
      context.fillText(sheet.rowName(row), RULER.left - 6, y);
  }
  context.textAlign = 'center';
  for (const column of ticks(columns[0], columns[1], width, 44)) {
    const x = RULER.left + (column + 0.5 - view.x) * width;
    if (x >= RULER.left && x <= RULER.left + frame.room.width)
      context.fillText(sheet.columnName(column), x, RULER.top / 2);
  }
}

/** Each neuron's weights in the shape of the input. */
function paintTiles(sheet: Sheet, tiles: Tiles): void {
  const { context, ink, picture, cursor } = sheet;
  context.save();
  context.translate(RULER.left, RULER.top);
  const [height, width] = tiles.sides;
  const fits = picture && picture.rows[0] <= tiles.first && picture.width === width * height;
  for (let row = tiles.first; row < tiles.first + tiles.count; row++) {
    const box = tileBox(tiles, row);
    const start = picture ? (row - picture.rows[0]) * picture.width : 0;
    if (fits && start + width * height <= picture.values.length)
      place(
        context,
        bitmapOf(
          { width, height, values: picture.values.subarray(start, start + width * height) },
          sheet.end,
          ink,
        ),
        box,
      );
    context.strokeStyle = row === cursor?.row ? ink.focus : ink.line;
    context.lineWidth = row === cursor?.row ? 2 : 1;
    context.strokeRect(box.x, box.y, box.width, box.height);
    context.font = ink.small;
    context.fillStyle = ink.muted;
    context.textBaseline = 'bottom';
    context.textAlign = 'left';
    context.fillText(sheet.rowName(row), box.x, box.y - 2);
  }
  context.lineWidth = 1;
  if (cursor) frameCell(context, ink, tileCellBox(tiles, cursor));
  context.restore();
}

/** Clears and scales a canvas element for its place on the screen. */
export function prepare(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = window.devicePixelRatio;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high)
    Object.assign(canvas, { width: wide, height: high });
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}
