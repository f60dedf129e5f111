/** The largest value or the mean of each window, channel by channel, over images whose channels lie side by side. */
import { imageSize, type WindowShape } from '../../network/images';
import type { PoolLayer } from '../../network/network';
import type { Numbers } from '../numbers';

/** z (rows, places, channels) of x (rows, image) */
export function poolWindows(
  type: PoolLayer['type'],
  z: Numbers,
  x: Numbers,
  window: WindowShape,
  rows: number,
): void {
  const { source, target } = window;
  let at = 0;
  for (let r = 0; r < rows; r++) {
    const start = r * imageSize(source);
    for (let y = 0; y < target.height; y++) {
      for (let column = 0; column < target.width; column++) {
        for (let c = 0; c < target.channels; c++) {
          z[at++] =
            type === 'maxPool2d'
              ? x[largestIn(x, start, window, y, column, c)]
              : meanOf(x, start, window, y, column, c);
        }
      }
    }
  }
}

/**
 * dx (rows, image) of delta (rows, places, channels); with `adds` it is added. A maximum gives its delta to the value
 * that was it, the first of equal ones; a mean gives each value of its window the same share.
 */
export function poolGradient(
  type: PoolLayer['type'],
  dx: Numbers,
  delta: Numbers,
  x: Numbers,
  window: WindowShape,
  rows: number,
  adds: boolean,
): void {
  const { source, target } = window;
  if (!adds) dx.fill(0, 0, rows * imageSize(source));
  let at = 0;
  for (let r = 0; r < rows; r++) {
    const start = r * imageSize(source);
    for (let y = 0; y < target.height; y++) {
      for (let column = 0; column < target.width; column++) {
        for (let c = 0; c < target.channels; c++) {
          const d = delta[at++];
          if (type === 'maxPool2d') dx[largestIn(x, start, window, y, column, c)] += d;
          else shareOut(dx, d, start, window, y, column, c);
        }
      }
    }
  }
}

/** The rows and columns of the image that a place sees: those of its window that are no padding. */
function seenBy(
  { source, height, width, strideY, strideX, top, left }: WindowShape,
  row: number,
  column: number,
): {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
} {
  const [y, x] = [row * strideY - top, column * strideX - left];
  return {
    top: Math.max(y, 0),
    bottom: Math.min(y + height, source.height),
    left: Math.max(x, 0),
    right: Math.min(x + width, source.width),
  };
}

/** Where the largest value of a window stands: the first of equal ones, row by row. A NaN is the largest. */
function largestIn(
  x: Numbers,
  start: number,
  window: WindowShape,
  row: number,
  column: number,
  channel: number,
): number {
  const { source } = window;
  const { top, bottom, left, right } = seenBy(window, row, column);
  let best = -1;
  for (let y = top; y < bottom; y++) {
    for (let k = left; k < right; k++) {
      const at = start + (y * source.width + k) * source.channels + channel;
      if (best < 0 || x[at] > x[best] || (x[at] !== x[at] && x[best] === x[best])) best = at;
    }
  }
  return best;
}

/** Σ of a window divided by its whole size: what is padding counts as 0. */
function meanOf(
  x: Numbers,
  start: number,
  window: WindowShape,
  row: number,
  column: number,
  channel: number,
): number {
  const { source } = window;
  const { top, bottom, left, right } = seenBy(window, row, column);
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let k = left; k < right; k++)
      sum += x[start + (y * source.width + k) * source.channels + channel];
  }
  return sum / (window.height * window.width);
}

/** Adds d/(height · width) to every value of a window that is no padding. */
function shareOut(
  dx: Numbers,
  d: number,
  start: number,
  window: WindowShape,
  row: number,
  column: number,
  channel: number,
): void {
  const { source } = window;
  const { top, bottom, left, right } = seenBy(window, row, column);
  const share = d / (window.height * window.width);
  for (let y = top; y < bottom; y++) {
    for (let k = left; k < right; k++)
      dx[start + (y * source.width + k) * source.channels + channel] += share;
  }
}
