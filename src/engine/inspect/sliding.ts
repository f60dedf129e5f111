/**
 * Which values a window sees, and which windows see a value: the connections of convolutions and pools, one by one.
 *
 * A place counts through the rows and columns of what goes out, a column through the rows, columns and channels of
 * the window; neurons count through flat images. Padding has no neuron.
 */
import type { WindowShape } from '../../network/images';

/** A value under a window. */
export interface Under {
  readonly column: number;
  readonly neuron: number;
}

/** What the window of a place sees, in the order of the columns. */
export function underWindow(window: WindowShape, place: number): readonly Under[] {
  const { source, width, height, channels } = sidesOf(window);
  const y = Math.floor(place / window.target.width) * window.strideY - window.top;
  const x = (place % window.target.width) * window.strideX - window.left;
  const found: Under[] = [];
  for (let row = 0; row < height; row++) {
    for (let k = 0; k < width; k++) {
      if (!isInside(y + row, source.height) || !isInside(x + k, source.width)) continue;
      for (let c = 0; c < channels; c++) {
        const neuron = ((y + row) * source.width + x + k) * channels + c;
        found.push({ column: (row * width + k) * channels + c, neuron });
      }
    }
  }
  return found;
}

/** A place whose window sees a value, and the column under which it does. */
export interface Over {
  readonly place: number;
  readonly column: number;
}

/** All places that see a neuron of the source, in their order. */
export function windowsOver(window: WindowShape, neuron: number): readonly Over[] {
  const { source, width, height, channels } = sidesOf(window);
  const { target, strideY, strideX, top, left } = window;
  const channel = neuron % channels;
  const pixel = (neuron - channel) / channels;
  const [y, x] = [Math.floor(pixel / source.width) + top, (pixel % source.width) + left];
  const found: Over[] = [];
  for (let row = height - 1; row >= 0; row--) {
    for (let k = width - 1; k >= 0; k--) {
      const [down, right] = [(y - row) / strideY, (x - k) / strideX];
      if (!isInside(down, target.height) || !isInside(right, target.width)) continue;
      const place = down * target.width + right;
      found.push({ place, column: (row * width + k) * channels + channel });
    }
  }
  return found;
}

/** A place, and the neuron of the source that it sees under one column. */
export interface Use {
  readonly place: number;
  readonly neuron: number;
}

/** Where one number of the window meets a value of the image: everywhere but over the padding. */
export function usesOf(window: WindowShape, column: number): readonly Use[] {
  const { source, width, channels } = sidesOf(window);
  const { target, strideY, strideX, top, left } = window;
  const channel = column % channels;
  const [row, k] = [Math.floor(column / channels / width), Math.floor(column / channels) % width];
  const found: Use[] = [];
  for (let place = 0; place < target.height * target.width; place++) {
    const y = Math.floor(place / target.width) * strideY - top + row;
    const x = (place % target.width) * strideX - left + k;
    if (!isInside(y, source.height) || !isInside(x, source.width)) continue;
    found.push({ place, neuron: (y * source.width + x) * channels + channel });
  }
  return found;
}

/** Neurons under the window of a neuron of a pool, which sees its own channel only. */
export function pooledBy(window: WindowShape, row: number): readonly number[] {
  const { channels } = window.target;
  const place = Math.floor(row / channels);
  return underWindow(window, place)
    .map(({ neuron }) => neuron)
    .filter(neuron => neuron % channels === row % channels);
}

/** Neurons of a pool whose windows see a neuron of the source. */
export function poolsOver(window: WindowShape, neuron: number): readonly number[] {
  const { channels } = window.target;
  return windowsOver(window, neuron).map(({ place }) => place * channels + (neuron % channels));
}

/** Of the neurons under a window of a maximum the one that is it: the first of equal ones; a NaN is the largest. */
export function largestOf(neurons: readonly number[], values: ArrayLike<number>): number {
  let best = neurons[0];
  for (const neuron of neurons) {
    const isBad = Number.isNaN(values[neuron]) && !Number.isNaN(values[best]);
    if (values[neuron] > values[best] || isBad) best = neuron;
  }
  return best;
}

function sidesOf({ source, width, height }: WindowShape) {
  return { source, width, height, channels: source.channels };
}

const isInside = (at: number, length: number): boolean =>
  Number.isInteger(at) && at >= 0 && at < length;
