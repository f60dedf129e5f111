/** The part of the window in which cards stand. */
import type { Box } from '../canvas/place';

const EDGE_OF_WINDOW = 8;

/** The window within its edge. */
export function windowRoom(): Box {
  return {
    x: EDGE_OF_WINDOW,
    y: EDGE_OF_WINDOW,
    width: window.innerWidth - 2 * EDGE_OF_WINDOW,
    height: window.innerHeight - 2 * EDGE_OF_WINDOW,
  };
}

/** The same without the toolbar. */
export function freeRoom(): Box {
  const room = windowRoom();
  const y = document.querySelector('.toolbar')?.getBoundingClientRect().bottom ?? room.y;
  return { ...room, y, height: room.y + room.height - y };
}

/** Pixels of a room that a card leaves, because the picture is what it speaks of, while it keeps these for itself. */
const LEAVES = 230;
const LOWEST = 200;

/** How high the card of what is pointed at is at most. */
export function cardHeight({ height }: Pick<Box, 'height'>): number {
  return Math.min(height, Math.max(LOWEST, height - LEAVES));
}
