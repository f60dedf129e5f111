/** Where things lie under a drag. All in pixels from the canvas's top left corner. Pure. */
import { goesTo, type Dragged, type DropPlace } from './consequences';
import type { Box, Geometry, Point, SlotPlace } from './contract';

/** Pixels beyond a thing within which it is still meant. */
const REACH = 40;
/** Width of an open slot. */
export const BAND = 24;
/** From a band to the window that speaks of it, and from windows to the edge. */
const ASIDE = 8;
const MARGIN = 4;
/** From here to the edge the picture scrolls. */
const EDGE = 32;
/** Pixels a frame, at the very edge. */
const SPEED = 14;

/** Where a slot stands open: an upright band around its "+", as far down as the gap reaches. */
export function bandOf({ box, plus }: SlotPlace, size: { readonly height: number }): Box {
  const y = Math.max(4, box.y);
  const height = Math.max(BAND, Math.min(size.height - 4, box.y + box.height) - y);
  return { x: plus.x - BAND / 2, y, width: BAND, height };
}

/**
 * Where a window stands that speaks of a slot: beside its band, on the left where the right has no room. Where
 * neither has, over the band but never over the "+".
 */
export function besideSlot(
  { size }: Geometry,
  slot: SlotPlace,
  window: { readonly width: number; readonly height: number },
): Point {
  const band = bandOf(slot, size);
  const right = band.x + band.width + ASIDE;
  const left = band.x - ASIDE - window.width;
  const y = within(slot.plus.y - BAND / 2, window.height, size.height);
  if (right + window.width <= size.width - MARGIN) return { x: right, y };
  if (left >= MARGIN) return { x: left, y };
  const below = slot.plus.y + BAND / 2 + ASIDE;
  const above = slot.plus.y - BAND / 2 - ASIDE - window.height;
  const hasRoomBelow = below + window.height <= size.height - MARGIN || above < MARGIN;
  return { x: within(slot.plus.x, window.width, size.width), y: hasRoomBelow ? below : above };
}

const within = (at: number, length: number, space: number): number =>
  Math.max(MARGIN, Math.min(at, space - length - MARGIN));

function isInside({ size }: Geometry, { x, y }: Point): boolean {
  return x >= 0 && y >= 0 && x <= size.width && y <= size.height;
}

/** The slot or layer that a drop would go to; outside the canvas there is none. */
export function placeUnder(geometry: Geometry, at: Point, dragged: Dragged): DropPlace | undefined {
  if (!isInside(geometry, at)) return undefined;
  if (goesTo(dragged) === 'slot') {
    const index = nearest(geometry.slots, at, slot => upright(slot), REACH)?.index;
    return index === undefined ? undefined : { type: 'slot', index };
  }
  const column = nearest(geometry.columns, at, each => around(each.box, each.head), BAND / 2);
  return column && { type: 'layer', layer: column.layer };
}

export function samePlace(a: DropPlace, b: DropPlace): boolean {
  return a.type === 'slot'
    ? b.type === 'slot' && a.index === b.index
    : b.type === 'layer' && a.layer === b.layer;
}

/** The gap of a slot, at least as wide as its band. */
function upright({ box }: SlotPlace): Box {
  const width = Math.max(BAND, box.width);
  return { ...box, x: box.x + (box.width - width) / 2, width };
}

function nearest<T>(
  things: readonly T[],
  at: Point,
  boxOf: (thing: T) => Box,
  reach: number,
): T | undefined {
  let best: T | undefined;
  let least = reach;
  for (const thing of things) {
    const away = distance(boxOf(thing), at);
    if (away > least || (away === least && best !== undefined)) continue;
    best = thing;
    least = away;
  }
  return best;
}

/** 0 inside the box. */
export function distance({ x, y, width, height }: Box, at: Point): number {
  const dx = Math.max(x - at.x, 0, at.x - x - width);
  const dy = Math.max(y - at.y, 0, at.y - y - height);
  return Math.hypot(dx, dy);
}

export function around(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

export function boxBetween(a: Point, b: Point): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

/** Layers (never the input) whose column touches a box, ascending. */
export function layersWithin({ columns }: Geometry, box: Box): readonly number[] {
  return columns
    .filter(({ layer, box: own }) => layer >= 0 && touches(own, box))
    .map(({ layer }) => layer)
    .sort((a, b) => a - b);
}

function touches(a: Box, b: Box): boolean {
  return (
    a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
  );
}

/** Pixels a frame by which the picture should move towards the pointer; undefined away from the edges. */
export function nearEdge({ size }: Geometry, at: Point): Point | undefined {
  const x = pull(at.x, size.width);
  const y = pull(at.y, size.height);
  return x === 0 && y === 0 ? undefined : { x, y };
}

/** The same, where there is something to see: towards an edge beyond which nothing lies, nothing moves. */
export function pullTo(geometry: Geometry, at: Point): Point | undefined {
  const speed = nearEdge(geometry, at);
  if (!speed) return undefined;
  const { size, columns } = geometry;
  const boxes = columns.map(({ box, head }) => around(box, head));
  const beyond = (
    by: number,
    start: (box: Box) => number,
    length: (box: Box) => number,
    end: number,
  ): number =>
    boxes.some(box => (by < 0 ? start(box) < 0 : start(box) + length(box) > end)) ? by : 0;
  const x = beyond(
    speed.x,
    box => box.x,
    box => box.width,
    size.width,
  );
  const y = beyond(
    speed.y,
    box => box.y,
    box => box.height,
    size.height,
  );
  return x === 0 && y === 0 ? undefined : { x, y };
}

function pull(at: number, length: number): number {
  if (length < 4 * EDGE) return 0;
  if (at < EDGE) return -Math.ceil(SPEED * Math.min(1, (EDGE - at) / EDGE));
  if (at > length - EDGE) return Math.ceil(SPEED * Math.min(1, (at - length + EDGE) / EDGE));
  return 0;
}
