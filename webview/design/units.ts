/** How many units a drag of the handle means. Pure. */
import { limits } from '../../src/network/catalog';

/** Pixels for one unit of a small layer. */
const PIXELS = 8;
/** Beyond this many units a drag multiplies: pixels that double the layer. */
const SMALL = 32;
const DOUBLING = 96;
/** With Shift the same way counts a quarter. */
export const FINE = 0.25;

/**
 * Small layers change by one unit every 8 pixels, large ones by a factor, so that 8 and 4,096 are both within
 * reach of one drag. Never below 1 nor above what a layer may have.
 *
 * @param from units when the drag began
 * @param way pixels downwards, fine parts already shortened
 */
export function unitsAfter(from: number, way: number): number {
  const wanted =
    from <= SMALL
      ? grown(from, way)
      : way < 0
        ? from * 2 ** (way / DOUBLING)
        : from +
          Math.sign(way) * Math.max(Math.floor(way / PIXELS), from * (2 ** (way / DOUBLING) - 1));
  return Math.max(1, Math.min(limits.units, Math.round(wanted)));
}

/** From a small layer on: one by one up to the border, then by a factor. */
function grown(from: number, way: number): number {
  const border = (SMALL - from) * PIXELS;
  return way <= border ? from + Math.trunc(way / PIXELS) : SMALL * 2 ** ((way - border) / DOUBLING);
}
