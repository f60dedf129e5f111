/** Where the card goes: beside what it speaks of, never on top of it, never outside the window. */
import type { Point, Size } from './layout';

export interface Box extends Point, Size {}

const GAP = 12;

/**
 * The best place for a card. `anchor` is what must stay visible, `path` further points that should (an
 * edge from end to end); among the places that fit, the one that hides the fewest of them.
 */
export function placeCard(card: Size, anchor: Box, path: readonly Point[], room: Box): Point {
  const right = anchor.x + anchor.width + GAP;
  const left = anchor.x - GAP - card.width;
  const below = anchor.y + anchor.height + GAP;
  const above = anchor.y - GAP - card.height;
  const level = anchor.y + anchor.height / 2 - card.height / 2;
  const centre = anchor.x + anchor.width / 2 - card.width / 2;
  const candidates: Point[] = [
    { x: right, y: level },
    { x: left, y: level },
    { x: right, y: below },
    { x: right, y: above },
    { x: left, y: below },
    { x: left, y: above },
    { x: centre, y: below },
    { x: centre, y: above },
  ];
  let best = candidates[0];
  let least = Infinity;
  candidates.forEach((wanted, order) => {
    const at = inside(wanted, card, room);
    const box = { ...at, ...card };
    const moved = Math.abs(at.x - wanted.x) + Math.abs(at.y - wanted.y);
    const hidden = path.filter(point => contains(box, point)).length;
    const cost = (overlaps(box, anchor) ? 1e6 : 0) + hidden * 100 + moved + order;
    if (cost < least) {
      least = cost;
      best = at;
    }
  });
  return best;
}

/** As {@link placeCard}, in the first of the rooms in which the card leaves its anchor free. */
export function placeCardIn(
  card: Size,
  anchor: Box,
  path: readonly Point[],
  rooms: readonly [Box, ...Box[]],
): Point {
  const fitting = rooms.find(room => {
    if (card.width > room.width || card.height > room.height) return false;
    return !overlaps({ ...placeCard(card, anchor, path, room), ...card }, anchor);
  });
  return placeCard(card, anchor, path, fitting ?? rooms[0]);
}

function inside(at: Point, card: Size, room: Box): Point {
  return {
    x: Math.max(room.x, Math.min(at.x, room.x + room.width - card.width)),
    y: Math.max(room.y, Math.min(at.y, room.y + room.height - card.height)),
  };
}

export function contains(box: Box, point: Point): boolean {
  return (
    point.x >= box.x &&
    point.x <= box.x + box.width &&
    point.y >= box.y &&
    point.y <= box.y + box.height
  );
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Pixels from a point to a box; 0 inside. */
export function distanceTo(box: Box, point: Point): number {
  const dx = Math.max(box.x - point.x, 0, point.x - box.x - box.width);
  const dy = Math.max(box.y - point.y, 0, point.y - box.y - box.height);
  return Math.hypot(dx, dy);
}
