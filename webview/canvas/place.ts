/** Where the card goes: beside what it speaks of, never on top of it, never outside the window. */
import type { Point, Size } from './layout';

export interface Box extends Point, Size {}

const GAP = 12;

/** What a card speaks of, and what is around it. */
export interface Surroundings {
  /** Must stay visible. */
  readonly box: Box;
  /** Points that should: an edge from end to end, the neurons of a column. */
  readonly path: readonly Point[];
  /** All else that is drawn: hidden only where there is no room beside it. */
  readonly others?: readonly Point[];
}

/** What it costs to hide a point, in pixels that a card would rather move. */
const HIDES_PATH = 100;
const HIDES_OTHER = 30;

/** The best place for a card: among the places that fit, the one that hides the fewest points. */
export function placeCard(card: Size, around: Surroundings, room: Box): Point {
  const { box: anchor, path, others = [] } = around;
  const right = anchor.x + anchor.width + GAP;
  const left = anchor.x - GAP - card.width;
  const below = anchor.y + anchor.height + GAP;
  const above = anchor.y - GAP - card.height;
  const level = anchor.y + anchor.height / 2 - card.height / 2;
  const centre = anchor.x + anchor.width / 2 - card.width / 2;
  const [upper, lower] = [anchor.y, anchor.y + anchor.height - card.height];
  const beside = [level, below, above, upper, lower].flatMap(y => [
    { x: right, y },
    { x: left, y },
  ]);
  const candidates: Point[] = [...beside, { x: centre, y: below }, { x: centre, y: above }];
  let best = candidates[0];
  let least = Infinity;
  candidates.forEach((wanted, order) => {
    const at = inside(wanted, card, room);
    const box = { ...at, ...card };
    const moved = Math.abs(at.x - wanted.x) + Math.abs(at.y - wanted.y);
    const hidden = (points: readonly Point[]): number =>
      points.filter(point => contains(box, point)).length;
    const cost =
      (overlaps(box, anchor) ? 1e6 : 0) +
      hidden(path) * HIDES_PATH +
      hidden(others) * HIDES_OTHER +
      moved +
      order;
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
  around: Surroundings,
  rooms: readonly [Box, ...Box[]],
): Point {
  const fitting = rooms.find(room => {
    if (card.width > room.width || card.height > room.height) return false;
    return !overlaps({ ...placeCard(card, around, room), ...card }, around.box);
  });
  return placeCard(card, around, fitting ?? rooms[0]);
}

/** Below these a card is not made smaller. */
const NARROWEST = 280;
const LOWEST = 120;

/**
 * As {@link placeCardIn}; where even there it would lie on what it speaks of, it is made as small as the largest
 * free place beside that, and scrolls.
 */
export function fitCard(card: Size, around: Surroundings, rooms: readonly [Box, ...Box[]]): Box {
  const at = { ...placeCardIn(card, around, rooms), ...card };
  if (!overlaps(at, around.box)) return at;
  const sizeIn = ({ width, height }: Box): Size => ({
    width: Math.min(card.width, width),
    height: Math.min(card.height, height),
  });
  const area = (room: Box): number => sizeIn(room).width * sizeIn(room).height;
  const [best] = roomsBeside(around.box, rooms[0])
    .filter(({ width, height }) => width >= NARROWEST && height >= LOWEST)
    .sort((a, b) => area(b) - area(a));
  if (!best) return at;
  const size = sizeIn(best);
  return { ...placeCard(size, around, best), ...size };
}

/** What is free of a room to the right of a box, to its left, below and above. */
function roomsBeside(box: Box, room: Box): Box[] {
  const [endX, endY] = [room.x + room.width, room.y + room.height];
  const right = box.x + box.width + GAP;
  const below = box.y + box.height + GAP;
  return [
    { ...room, x: right, width: endX - right },
    { ...room, width: box.x - GAP - room.x },
    { ...room, y: below, height: endY - below },
    { ...room, height: box.y - GAP - room.y },
  ];
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

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Pixels from a point to a box; 0 inside. */
export function distanceTo(box: Box, point: Point): number {
  const dx = Math.max(box.x - point.x, 0, point.x - box.x - box.width);
  const dy = Math.max(box.y - point.y, 0, point.y - box.y - box.height);
  return Math.hypot(dx, dy);
}
