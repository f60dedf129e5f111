/** Where pinned cards stand: side by side along the foot of the picture's part, until a person moves them. Pure. */
import type { Point, Size } from '../canvas/layout';
import type { Box } from '../canvas/place';

export const PIN_GAP = 8;
/** Pixels: as wide as a formula likes, and narrow enough for three. */
const WIDEST = 352;
const NARROWEST = 208;

/** How wide `count` cards are that stand side by side in a room. */
export function pinWidth(count: number, room: Pick<Box, 'width'>): number {
  const share = Math.floor((room.width - PIN_GAP * (count - 1)) / Math.max(1, count));
  return Math.min(room.width, Math.max(NARROWEST, Math.min(WIDEST, share)));
}

/** Shares of the room's height and pixels: what is longer scrolls, because the picture is what the cards speak of. */
const HIGHEST = 0.45;
const LOWEST = 160;

/** How high a card is at most. */
export function pinHeight({ height }: Pick<Box, 'height'>): number {
  return Math.min(height, Math.max(LOWEST, Math.round(height * HIGHEST)));
}

export interface PlacedPin {
  readonly size: Size;
  /** Where a person has put it. */
  readonly moved: Point | undefined;
}

/**
 * One place for each card, in client coordinates. Those in line begin at the same height, so that what is compared
 * stands beside each other; where they do not fit side by side they overlap, and each head stays in sight.
 */
export function placePins(pins: readonly PlacedPin[], room: Box): readonly Point[] {
  const inLine = pins.filter(({ moved }) => !moved);
  const tallest = Math.max(0, ...inLine.map(({ size }) => size.height));
  const top = Math.max(room.y, room.y + room.height - tallest);
  const last = inLine.at(-1)?.size.width ?? 0;
  const widest = (room.width - last) / Math.max(1, inLine.length - 1);
  let at = room.x;
  return pins.map(({ size, moved }) => {
    if (moved) return keepIn(moved, size, room);
    const place = { x: Math.round(at), y: Math.round(top) };
    at += Math.min(size.width + PIN_GAP, widest);
    return place;
  });
}

/** The nearest place in a room; what is larger than the room begins where it begins. */
export function keepIn({ x, y }: Point, { width, height }: Size, room: Box): Point {
  return {
    x: Math.max(room.x, Math.min(x, room.x + room.width - width)),
    y: Math.max(room.y, Math.min(y, room.y + room.height - height)),
  };
}
