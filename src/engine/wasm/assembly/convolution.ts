/**
 * A convolution's products with its filters: forward, and back to its images. Nothing is copied side by side: tiles walk
 * through four windows at a time where they lie. Records: denseRecord.ts, windowRecord.ts.
 */
import { NR } from './block';
import { field, place, roundUp4 } from './fields';
import { word } from './header';
import {
  ADDS_INPUT_GRADIENT,
  BIAS,
  DELTA,
  INPUT,
  INPUTS,
  INPUT_GRADIENT,
  INPUT_GRADIENT_STRIDE,
  INPUT_STRIDE,
  OUTPUT,
  OUTPUT_STRIDE,
  PANELS,
  RELU,
  TRANSPOSED,
  UNITS,
  WEIGHTS,
  WINDOW,
} from '../shared/denseRecord';
import { ROWS } from '../shared/places';
import {
  CHANNELS,
  PLACES,
  WINDOW_HEIGHT,
  WINDOW_WIDTH,
} from '../shared/windowRecord';
import { split } from './team';
import { windowsForward, windowsScatter } from './windowTiles';
import {
  clearImage,
  fillsTiles,
  imageOf,
  imageRoom,
  imageTo,
  isPadded,
  mapStride,
  mapsOf,
  mapsRoom,
  mapsTo,
  paddedLine,
  placesOf,
} from './windows';

/** Numbers that a window sees side by side. */
@inline
function reach(window: usize): i32 {
  return field(window, WINDOW_WIDTH) * field(window, CHANNELS);
}

/** The n-th address of a table, from `start` on. */
@inline
function listed(table: usize, n: i32, start: usize): usize {
  return start + <usize>load<u32>(table + (<usize>n << 2));
}

/** z = windows of x · wᵀ + b, or relu of it. */
export function convolve(record: usize): void {
  split(convolveRows, record, word(ROWS), productCost(record));
}

/** Vector operations for one image, at least. */
@inline
function productCost(record: usize): i32 {
  return placesOf(place(record, WINDOW)) * field(record, INPUTS);
}

function convolveRows(record: usize, first: i32, last: i32): void {
  const window = place(record, WINDOW);
  const isDirect = fillsTiles(record, window);
  if (isPadded(window)) clearImage(window);
  let x = place(record, INPUT) + <usize>first * place(record, INPUT_STRIDE);
  let z = place(record, OUTPUT) + <usize>first * place(record, OUTPUT_STRIDE);
  for (let r = first; r < last; r++) {
    convolveImage(record, window, imageOf(window, x), isDirect ? z : mapsRoom(window));
    if (!isDirect) mapsTo(record, window, z);
    x += place(record, INPUT_STRIDE);
    z += place(record, OUTPUT_STRIDE);
  }
}

function convolveImage(record: usize, window: usize, image: usize, maps: usize): void {
  const panels = field(record, PANELS);
  const height = <usize>roundUp4(field(record, INPUTS));
  const relu = field(record, RELU) != 0;
  const places = placesOf(window);
  const table = place(window, PLACES);
  const lines = field(window, WINDOW_HEIGHT);
  const depth = reach(window);
  const line = paddedLine(window);
  const stride = mapStride(record);
  for (let p: usize = 0; p < <usize>panels; p++) {
    const b = place(record, WEIGHTS) + ((p * height * NR) << 2);
    const bias = place(record, BIAS) + ((p * NR) << 2);
    let to = maps + ((p * NR) << 2);
    for (let at = 0; at < places; at += 4, to += 4 * stride) {
      windowsForward(
        depth,
        lines,
        line,
        listed(table, at, image),
        listed(table, at + 1, image),
        listed(table, at + 2, image),
        listed(table, at + 3, image),
        b,
        bias,
        to,
        stride,
        relu,
        0,
      );
    }
  }
}

/** ∂C/∂x [+]= δ w, window by window. */
export function imageGradient(record: usize): void {
  turnFilters(record, place(record, WINDOW));
  split(imageGradientRows, record, word(ROWS), productCost(record));
}

function imageGradientRows(record: usize, first: i32, last: i32): void {
  const window = place(record, WINDOW);
  const adds = field(record, ADDS_INPUT_GRADIENT) != 0;
  let delta = place(record, DELTA) + <usize>first * place(record, OUTPUT_STRIDE);
  let dx = place(record, INPUT_GRADIENT) + <usize>first * place(record, INPUT_GRADIENT_STRIDE);
  for (let r = first; r < last; r++) {
    clearImage(window);
    scatterImage(record, window, mapsOf(record, window, delta));
    imageTo(window, dx, adds);
    delta += place(record, OUTPUT_STRIDE);
    dx += place(record, INPUT_GRADIENT_STRIDE);
  }
}

/** Panels of a line of the window. */
@inline
function linePanels(window: usize): i32 {
  return (reach(window) + NR - 1) / NR;
}

/** w in panels [filters/NR][window][NR] → [lines][line/NR][filters][NR]; numbers beyond the end of a line become 0. */
function turnFilters(record: usize, window: usize): void {
  const filters = field(record, UNITS);
  const height = roundUp4(field(record, INPUTS));
  const depth = reach(window);
  const lines = field(window, WINDOW_HEIGHT);
  let to = place(record, TRANSPOSED);
  for (let y = 0; y < lines; y++) {
    for (let start = 0; start < depth; start += NR) {
      const count = min(NR, depth - start);
      for (let f = 0; f < filters; f++, to += NR << 2) {
        const at = ((f / NR) * height + y * depth + start) * NR + (f % NR);
        let from = place(record, WEIGHTS) + (<usize>at << 2);
        for (let k = 0; k < count; k++, from += NR << 2) {
          store<f32>(to + (<usize>k << 2), load<f32>(from));
        }
        for (let k = count; k < NR; k++) store<f32>(to + (<usize>k << 2), 0);
      }
    }
  }
}

/**
 * Adds the windows' gradients to the room for an image. A line's panels go from the last to the first: what several
 * windows of a tile have in common gets their parts in the order of the windows, whatever NR is.
 */
function scatterImage(record: usize, window: usize, maps: usize): void {
  const filters = field(record, UNITS);
  const places = placesOf(window);
  const table = place(window, PLACES);
  const lines = field(window, WINDOW_HEIGHT);
  const panels = linePanels(window);
  const stride = mapStride(record);
  const size = <usize>(filters * NR) << 2;
  for (let at = 0; at < places; at += 4, maps += 4 * stride) {
    let line = imageRoom(window);
    let turned = place(record, TRANSPOSED);
    for (let y = 0; y < lines; y++, line += paddedLine(window)) {
      for (let p = panels - 1; p >= 0; p--) {
        const to = line + (<usize>(p * NR) << 2);
        windowsScatter(
          filters,
          maps,
          maps + stride,
          maps + 2 * stride,
          maps + 3 * stride,
          turned + <usize>p * size,
          listed(table, at, to),
          listed(table, at + 1, to),
          listed(table, at + 2, to),
          listed(table, at + 3, to),
          0,
        );
      }
      turned += <usize>panels * size;
    }
  }
}
