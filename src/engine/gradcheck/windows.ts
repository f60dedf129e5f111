/** Which values each place of a window sees: one table, so that nothing here is shared with the kernels. */
import type { WindowShape } from '../../network/images';

/** Entries `start` … `start + size` of one neuron: indices into the image, −1 is padding. */
export interface Views {
  readonly indices: Int32Array;
  readonly size: number;
}

/** By place (y, x): all values of the window, the channel fastest, as a row of weights counts. */
export function viewsOfPlaces(window: WindowShape): Views {
  const channels = Array.from({ length: window.source.channels }, (_, c) => c);
  return viewsOf(window, [channels]);
}

/** By place and channel: the values of that channel in the window. */
export function viewsOfChannels(window: WindowShape): Views {
  return viewsOf(
    window,
    Array.from({ length: window.source.channels }, (_, c) => [c]),
  );
}

/** @param groups the channels that each neuron of a place sees */
function viewsOf(window: WindowShape, groups: readonly (readonly number[])[]): Views {
  const { source, target, height, width, strideY, strideX, top, left } = window;
  const indices: number[] = [];
  for (let place = 0; place < target.height * target.width; place++) {
    const y0 = Math.floor(place / target.width) * strideY - top;
    const x0 = (place % target.width) * strideX - left;
    for (const channels of groups) {
      for (let part = 0; part < height * width; part++) {
        const [y, x] = [y0 + Math.floor(part / width), x0 + (part % width)];
        const inside = y >= 0 && x >= 0 && y < source.height && x < source.width;
        const pixel = (y * source.width + x) * source.channels;
        for (const c of channels) indices.push(inside ? pixel + c : -1);
      }
    }
  }
  return { indices: Int32Array.from(indices), size: height * width * groups[0].length };
}

/** Σ of weights times values; padding counts as 0. */
export function weighed(
  { indices, size }: Views,
  neuron: number,
  weights: Float64Array,
  offset: number,
  valueAt: (index: number) => number,
): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const index = indices[neuron * size + i];
    if (index >= 0) sum += weights[offset + i] * valueAt(index);
  }
  return sum;
}

/** The mean over the whole window. */
export function meanOf(
  { indices, size }: Views,
  neuron: number,
  valueAt: (index: number) => number,
): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const index = indices[neuron * size + i];
    if (index >= 0) sum += valueAt(index);
  }
  return sum / size;
}

/** Which value is the largest: the first of equal ones. */
export function largestOf(
  { indices, size }: Views,
  neuron: number,
  valueAt: (index: number) => number,
): number {
  let best = -1;
  for (let i = 0; i < size; i++) {
    const index = indices[neuron * size + i];
    if (index >= 0 && (best < 0 || valueAt(index) > valueAt(best))) best = index;
  }
  return best;
}
