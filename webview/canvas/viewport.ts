/** Which part of the picture is seen, and how large: pure arithmetic on one translation and one scale. */
import { clamp, type Point, type Size } from './curve';

/** screen = world × zoom + (x, y), in pixels from the canvas's top left corner. */
export interface Viewport extends Point {
  readonly zoom: number;
}

export interface Box extends Point, Size {}

/** Below it letters of 11 pixels cannot be read: a picture that needs less opens at this and is panned. */
export const LEGIBLE = 0.65;
const SMALLEST = 0.15;
const LARGEST = 8;
/** Pixels of the network that stay in sight, however far it is panned, and how far they stay from the border. */
const KEPT = 32;
const INSIDE = 48;
/** Below it nothing moves: what was just moved shall not move again by what rounding left. */
const TOUCHES = 1e-6;
/** Pixels between what was brought into sight and the border. */
const ASIDE = 24;

export const REST: Viewport = { x: 0, y: 0, zoom: 1 };

const centred = (content: number, room: number, zoom: number): number =>
  (room - content * zoom) / 2;

/** The whole picture in sight, never enlarged. */
export function fitted(content: Size, room: Size): Viewport {
  const wanted = Math.min(1, room.width / content.width, room.height / content.height);
  const zoom = clamp(wanted, SMALLEST, 1);
  return placed(content, room, zoom);
}

/** How a network opens: whole where it can still be read, else legible and from its beginning. */
export function opening(content: Size, room: Size): Viewport {
  const whole = fitted(content, room);
  return whole.zoom >= LEGIBLE ? whole : placed(content, room, LEGIBLE);
}

/** Centred where it fits, else from its left and from its middle. */
function placed(content: Size, room: Size, zoom: number): Viewport {
  return {
    x: Math.max(0, Math.round(centred(content.width, room.width, zoom))),
    y: Math.round(centred(content.height, room.height, zoom)),
    zoom,
  };
}

/** Keeps a piece of what there is to see in sight: moves as little as brings the nearest of `parts` inside. */
export function clamped(view: Viewport, parts: readonly Box[], room: Size): Viewport {
  let best: Point = { x: 0, y: 0 };
  let least = Infinity;
  for (const part of parts) {
    const shown = toScreen(view, part);
    const x = pull(shown.x, shown.width, room.width);
    const y = pull(shown.y, shown.height, room.height);
    const way = Math.hypot(x, y);
    if (way >= least) continue;
    least = way;
    best = { x, y };
    if (way < TOUCHES) return view;
  }
  return panned(view, best.x, best.y);
}

/** Pixels by which a part must move to be in sight along one axis; 0 where it is. */
function pull(at: number, length: number, space: number): number {
  const inside = Math.min(INSIDE, space / 4);
  const kept = Math.min(KEPT, length, space - 2 * inside);
  const most = space - inside - kept - at;
  return clamp(0, inside + kept - at - length, most);
}

export function panned(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** `around` (a point of the screen) stays where it is. */
export function zoomed(view: Viewport, factor: number, around: Point): Viewport {
  const zoom = clamp(view.zoom * factor, SMALLEST, LARGEST);
  const scale = zoom / view.zoom;
  return {
    x: around.x - (around.x - view.x) * scale,
    y: around.y - (around.y - view.y) * scale,
    zoom,
  };
}

/** Moves just as far as brings a box of the picture into sight. */
export function revealed(view: Viewport, box: Box, room: Size): Viewport {
  const shown = toScreen(view, box);
  const axis = (at: number, length: number, space: number): number => {
    const aside = Math.min(ASIDE, Math.max(0, (space - length) / 2));
    if (at < aside) return aside - at;
    return at + length > space - aside ? Math.max(aside - at, space - aside - at - length) : 0;
  };
  const dx = axis(shown.x, shown.width, room.width);
  const dy = axis(shown.y, shown.height, room.height);
  return dx === 0 && dy === 0 ? view : panned(view, dx, dy);
}

export function toScreen(view: Viewport, box: Box): Box {
  return {
    ...pointOnScreen(view, box),
    width: box.width * view.zoom,
    height: box.height * view.zoom,
  };
}

export const pointOnScreen = (view: Viewport, { x, y }: Point): Point => ({
  x: x * view.zoom + view.x,
  y: y * view.zoom + view.y,
});

export const pointInWorld = (view: Viewport, { x, y }: Point): Point => ({
  x: (x - view.x) / view.zoom,
  y: (y - view.y) / view.zoom,
});
