/** What is drawn of a layer one by one: the engine sends the numbers of as much, and the canvas has places for it. */

/** Layers up to this size are drawn in full. */
export const ALL_DRAWN = 24;
/** Larger ones by their first and last neurons. */
export const FIRST_DRAWN = 8;
export const LAST_DRAWN = 4;
/** Channels of an image, and filters, that are drawn at most: the first ones. */
export const MOST_MAPS = 16;

/** Whether some neurons of a layer are not drawn. */
export const isLarge = (units: number): boolean => units > ALL_DRAWN;

/** The neurons that are drawn of a layer of `units`, in ascending order. */
export function drawnNeurons(units: number): number[] {
  if (!isLarge(units)) return Array.from({ length: units }, (_, j) => j);
  return Array.from({ length: FIRST_DRAWN + LAST_DRAWN }, (_, i) =>
    i < FIRST_DRAWN ? i : units - FIRST_DRAWN - LAST_DRAWN + i,
  );
}
