/**
 * The three products of a convolution, over images whose channels lie side by side.
 *
 * The windows of some rows of places are copied side by side into a matrix of patches (places, window); what is left
 * is a product of matrices (matmul.ts). Sums run in a double, through the window, the places and the samples in ascending
 * order, and are rounded once.
 */
import { imageSize, type WindowShape } from '../../network/images';
import { windowSize } from '../../network/shapes';
import type { Numbers } from '../numbers';
import { accumulateProduct, scratchLength } from './matmul';

/** Numbers of patches that are worked on at a time, about. */
const PATCHES = 16_384;

const placesOf = ({ target }: WindowShape): number => target.height * target.width;

/** Places that are worked on at a time, at most those of one sample: however wide an image is, patches stay small. */
function placesAtOnce(window: WindowShape): number {
  return Math.max(1, Math.min(placesOf(window), Math.floor(PATCHES / windowSize(window))));
}

/** Numbers of scratch that the products need. */
export function convolutionScratch(window: WindowShape): number {
  return scratchLength(placesAtOnce(window), windowSize(window), window.target.channels);
}

/** Working space that grows with the largest layer and is then used again. */
export class ConvolutionSpace {
  #patches = new Float64Array(0) as Float64Array;
  #product = new Float64Array(0) as Float64Array;
  #sum = new Float64Array(0) as Float64Array;

  /** (places, window) */
  patches(window: WindowShape): Float64Array {
    return (this.#patches = atLeast(this.#patches, placesAtOnce(window) * windowSize(window)));
  }

  /** (places, filters) */
  product(window: WindowShape): Float64Array {
    const length = placesAtOnce(window) * window.target.channels;
    return (this.#product = atLeast(this.#product, length));
  }

  /** Sums over all places. */
  sum(length: number): Float64Array {
    return (this.#sum = atLeast(this.#sum, length));
  }
}

function atLeast(space: Float64Array, length: number): Float64Array {
  return space.length >= length ? space : new Float64Array(length);
}

/** z (rows, places, filters) = windows of x (rows, image) · w (filters, window) + b (filters) */
export function correlate(
  z: Numbers,
  x: Numbers,
  w: Numbers,
  b: Numbers | undefined,
  window: WindowShape,
  rows: number,
  space: ConvolutionSpace,
  scratch: Float64Array,
): void {
  const { channels: filters } = window.target;
  const size = windowSize(window);
  const [patches, product] = [space.patches(window), space.product(window)];
  const step = placesAtOnce(window);
  const end = rows * placesOf(window);
  for (let place = 0; place < end; place += step) {
    const places = Math.min(step, end - place);
    const start = place * filters;
    gather(patches, x, window, place, places);
    for (let i = 0; i < places * filters; i++) product[i] = b === undefined ? 0 : b[i % filters];
    accumulateProduct(product, patches, size, 1, w, size, 1, places, filters, size, scratch);
    for (let i = 0; i < places * filters; i++) z[start + i] = product[i];
  }
}

/** dw (filters, window) += Σ over rows and places of delta (rows, places, filters) · window of x (rows, image) */
export function filterGradient(
  dw: Numbers,
  delta: Numbers,
  x: Numbers,
  window: WindowShape,
  rows: number,
  space: ConvolutionSpace,
  scratch: Float64Array,
): void {
  const { channels: filters } = window.target;
  const size = windowSize(window);
  const [patches, product] = [space.patches(window), space.product(window)];
  const sum = space.sum(dw.length);
  for (let i = 0; i < dw.length; i++) sum[i] = dw[i];
  const step = placesAtOnce(window);
  const end = rows * placesOf(window);
  for (let place = 0; place < end; place += step) {
    const places = Math.min(step, end - place);
    const start = place * filters;
    gather(patches, x, window, place, places);
    for (let i = 0; i < places * filters; i++) product[i] = delta[start + i];
    accumulateProduct(sum, product, 1, filters, patches, 1, size, filters, size, places, scratch);
  }
  for (let i = 0; i < dw.length; i++) dw[i] = sum[i];
}

/** dx (rows, image) = Σ over places and filters of delta (rows, places, filters) · w (filters, window); with `adds` += */
export function imageGradient(
  dx: Numbers,
  delta: Numbers,
  w: Numbers,
  window: WindowShape,
  rows: number,
  adds: boolean,
  space: ConvolutionSpace,
  scratch: Float64Array,
): void {
  const { channels: filters } = window.target;
  const size = windowSize(window);
  const [patches, product] = [space.patches(window), space.product(window)];
  const values = imageSize(window.source);
  const end = placesOf(window);
  const sum = space.sum(values);
  const step = placesAtOnce(window);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < values; i++) sum[i] = adds ? dx[r * values + i] : 0;
    for (let place = 0; place < end; place += step) {
      const places = Math.min(step, end - place);
      const start = (r * end + place) * filters;
      for (let i = 0; i < places * filters; i++) product[i] = delta[start + i];
      patches.fill(0, 0, places * size);
      accumulateProduct(patches, product, filters, 1, w, 1, size, places, size, filters, scratch);
      scatter(sum, patches, window, place, places);
    }
    for (let i = 0; i < values; i++) dx[r * values + i] = sum[i];
  }
}

/** The windows of `places` places from `first` on, which counts those of all samples. */
function gather(
  patches: Float64Array,
  x: Numbers,
  window: WindowShape,
  first: number,
  places: number,
): void {
  const { source, target, strideY, strideX, top, left } = window;
  const { channels, width, height } = source;
  let at = 0;
  for (let place = first; place < first + places; place++) {
    const row = Math.floor(place / target.width);
    const start = Math.floor(row / target.height) * imageSize(source);
    const firstY = (row % target.height) * strideY - top;
    const firstX = (place % target.width) * strideX - left;
    for (let y = firstY; y < firstY + window.height; y++) {
      const from = start + (y * width + firstX) * channels;
      for (let i = 0; i < window.width * channels; i++) {
        const column = firstX * channels + i;
        const inside = y >= 0 && y < height && column >= 0 && column < width * channels;
        patches[at++] = inside ? x[from + i] : 0;
      }
    }
  }
}

/** Adds what the windows of `places` places of a sample, from `first` on, hold to their places in an image. */
function scatter(
  image: Float64Array,
  patches: Float64Array,
  window: WindowShape,
  first: number,
  places: number,
): void {
  const { source, target, strideY, strideX, top, left } = window;
  const { channels, width, height } = source;
  let at = 0;
  for (let place = first; place < first + places; place++) {
    const firstY = Math.floor(place / target.width) * strideY - top;
    const firstX = (place % target.width) * strideX - left;
    for (let y = firstY; y < firstY + window.height; y++) {
      const to = (y * width + firstX) * channels;
      for (let i = 0; i < window.width * channels; i++, at++) {
        const column = firstX * channels + i;
        const inside = y >= 0 && y < height && column >= 0 && column < width * channels;
        if (inside) image[to + i] += patches[at];
      }
    }
  }
}
