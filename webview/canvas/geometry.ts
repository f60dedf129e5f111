/** Where the gestures find columns, handles, ports and gaps on the screen. Pure: of a layout and a viewport. */
import type { ColumnPlace, Geometry, SlotPlace } from '../design/contract';
import type { Point, Size } from './curve';
import { STRIP_WIDTH } from './columns';
import type { CanvasLayout, Column } from './layout';
import { pointOnScreen, toScreen, type Box, type Viewport } from './viewport';

/** From the rim of a column to its handle below and to its port on the right. */
const HANDLE = { below: 7, half: 5 } as const;
const TIGHT_HANDLE = { below: 3, half: 4 } as const;
const PORT = 9;
/** Between the "+" and the lane below it. */
const PLUS = 14;
/** Below the buttons in the corner, with half of a "+". */
const ZOOM_BAR = 46;

/** Around the neurons, the strip or the symbol. */
export function columnBox(layout: CanvasLayout, { x, half, top, bottom }: Column): Box {
  const above = Math.max(layout.radius, STRIP_WIDTH / 2);
  return { x: x - half, y: top - above, width: 2 * half, height: bottom - top + 2 * above };
}

export function headBox(layout: CanvasLayout, column: Column): Box {
  // Beside the edge of the picture it is narrower: its frame would be cut there.
  const width = Math.max(40, Math.min(128, layout.distance - 4, 2 * (column.x - 2)));
  const height = layout.captions.lines === 1 ? 18 : 36;
  return { x: column.x - width / 2, y: column.captionY - 13, width, height };
}

/** `half`: half the height of what takes hold of it; between neurons and caption there may be little room. */
export function handleAt(
  layout: CanvasLayout,
  { x, bottom }: Column,
): Point & { readonly half: number } {
  const { below, half } = layout.captions.lines === 1 ? TIGHT_HANDLE : HANDLE;
  return { x, y: bottom + layout.radius + below, half };
}

/** Beside the upper rim, where no edge leaves. */
export function portAt(layout: CanvasLayout, { x, maps, half, top }: Column): Point {
  return { x: x + (maps ? half : layout.radius) + PORT, y: top - layout.radius + 1 };
}

export interface SlotBox {
  readonly index: number;
  readonly box: Box;
  readonly plus: Point;
}

/**
 * Places for a new layer, by the layer that it would precede: left of that layer's column, in its lane; the
 * last one between the outputs and the loss.
 */
export function slotBoxes(layout: CanvasLayout): SlotBox[] {
  const { columns, loss } = layout;
  const layers = columns.slice(1);
  const last = columns[columns.length - 1];
  const between = layers.map((column, index) => {
    const before = columns.filter(({ depth }) => depth === column.depth - 1);
    const left = before.length > 0 ? before[0].x : columns[0].x;
    return slot(layout, index, left, column.x, column);
  });
  const end = slot(layout, layers.length, last.x, loss.x - loss.radius + layout.radius, last);
  // In the corner above it there are the buttons of the zoom.
  const y = Math.max(last.top - layout.radius - PLUS, ZOOM_BAR);
  return [...between, { ...end, plus: { x: end.plus.x, y: Math.max(end.plus.y, y) } }];
}

function slot(
  layout: CanvasLayout,
  index: number,
  left: number,
  right: number,
  { top, bottom, lane, depth }: Column,
): SlotBox {
  const { radius, columns } = layout;
  const alone = !columns.some(each => each.depth === depth && each.lane > 0);
  const x = left + radius;
  // A lane of its own where several share a depth, else the whole height.
  const y = alone ? layout.top - PLUS / 2 : top - radius - PLUS;
  const end = alone ? layout.captionY : bottom + radius;
  const width = Math.max(1, right - radius - x);
  const above = lane > 0 ? top - radius - PLUS / 2 : Math.max(9, y);
  return {
    index,
    box: { x, y, width, height: end - y },
    plus: { x: x + width / 2, y: alone ? Math.max(9, layout.top - PLUS / 2) : above },
  };
}

export function geometryOf(layout: CanvasLayout, view: Viewport, size: Size): Geometry {
  const columns = layout.columns.map((column): ColumnPlace => ({
    layer: column.layer,
    box: toScreen(view, columnBox(layout, column)),
    head: toScreen(view, headBox(layout, column)),
    handle: pointOnScreen(view, handleAt(layout, column)),
    port: pointOnScreen(view, portAt(layout, column)),
  }));
  const slots = slotBoxes(layout).map(({ index, box, plus }): SlotPlace => ({
    index,
    box: toScreen(view, box),
    plus: pointOnScreen(view, plus),
  }));
  return { columns, slots, size, zoom: view.zoom };
}
