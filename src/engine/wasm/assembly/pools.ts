/**
 * The largest value or the mean of each window, channel by channel. Records: operations.ts.
 *
 * Of equal values the first is the largest, row by row, as in the reference.
 */
import { field, place } from './fields';
import { word } from './header';
import {
  ADDS_TO,
  FROM,
  FROM_STRIDE,
  IMAGES,
  IMAGES_STRIDE,
  IS_LARGEST,
  MAXIMA,
  TO,
  TO_STRIDE,
  WINDOW,
} from '../shared/operations';
import { ROWS } from '../shared/places';
import { split } from './team';
import {
  CHANNELS,
  HEIGHT,
  LEFT,
  PADDED_HEIGHT,
  PADDED_WIDTH,
  STRIDE_X,
  STRIDE_Y,
  TARGET_HEIGHT,
  TARGET_WIDTH,
  TOP,
  WIDTH,
  WINDOW_HEIGHT,
  WINDOW_WIDTH,
} from '../shared/windowRecord';

/** What a place sees: where in the image that begins, in bytes, and how many rows and columns. */
let corner: usize = 0;
let seenRows: i32 = 0;
let seenColumns: i32 = 0;
/** Bytes of a pixel, and of a row of the image. */
let pixel: usize = 0;
let line: usize = 0;
/** Bytes from window to window, down and to the right. */
let stepY: usize = 0;
let stepX: usize = 0;
/** Whether windows reach beyond the image. */
let isPadded: bool = false;

@inline
function see(window: usize, y: i32, x: i32): void {
  if (isPadded) seePart(window, y, x);
  else corner = <usize>y * stepY + <usize>x * stepX;
}

function seePart(window: usize, y: i32, x: i32): void {
  const top = y * field(window, STRIDE_Y) - field(window, TOP);
  const left = x * field(window, STRIDE_X) - field(window, LEFT);
  const bottom = min(top + field(window, WINDOW_HEIGHT), field(window, HEIGHT));
  const right = min(left + field(window, WINDOW_WIDTH), field(window, WIDTH));
  const firstRow = max(top, 0);
  const firstColumn = max(left, 0);
  seenRows = bottom - firstRow;
  seenColumns = right - firstColumn;
  corner = <usize>firstRow * line + <usize>firstColumn * pixel;
}

function measure(window: usize): void {
  pixel = <usize>field(window, CHANNELS) << 2;
  line = <usize>field(window, WIDTH) * pixel;
  stepY = <usize>field(window, STRIDE_Y) * line;
  stepX = <usize>field(window, STRIDE_X) * pixel;
  isPadded =
    field(window, PADDED_HEIGHT) != field(window, HEIGHT) ||
    field(window, PADDED_WIDTH) != field(window, WIDTH);
  seenRows = field(window, WINDOW_HEIGHT);
  seenColumns = field(window, WINDOW_WIDTH);
}

/** z of x by rows of a batch. */
export function pool(record: usize): void {
  split(poolRows, record, word(ROWS), imageCost(record));
}

/** Vector operations of an image: each value is looked at once or more. */
@inline
function imageCost(record: usize): i32 {
  const window = place(record, WINDOW);
  return field(window, HEIGHT) * field(window, WIDTH) * ((field(window, CHANNELS) + 3) >> 2);
}

function poolRows(record: usize, first: i32, last: i32): void {
  const window = place(record, WINDOW);
  const isLargest = field(record, IS_LARGEST) != 0;
  measure(window);
  let x = place(record, FROM) + <usize>first * place(record, FROM_STRIDE);
  let z = place(record, TO) + <usize>first * place(record, TO_STRIDE);
  for (let r = first; r < last; r++) {
    poolImage(window, x, z, isLargest);
    x += place(record, FROM_STRIDE);
    z += place(record, TO_STRIDE);
  }
}

function poolImage(window: usize, x: usize, z: usize, isLargest: bool): void {
  const height = field(window, TARGET_HEIGHT);
  const width = field(window, TARGET_WIDTH);
  const size = <f32>(field(window, WINDOW_HEIGHT) * field(window, WINDOW_WIDTH));
  for (let y = 0; y < height; y++) {
    for (let column = 0; column < width; column++, z += pixel) {
      see(window, y, column);
      let c: usize = 0;
      for (; c + 16 <= pixel; c += 16) {
        const from = x + corner + c;
        if (isLargest) v128.store(z + c, largest4(from));
        else v128.store(z + c, f32x4.div(sum4(from), f32x4.splat(size)));
      }
      for (; c < pixel; c += 4) {
        const from = x + corner + c;
        store<f32>(z + c, isLargest ? largest1(from) : sum1(from) / size);
      }
    }
  }
}

@inline
function largest4(from: usize): v128 {
  // What pools have most often.
  if (seenRows == 2 && seenColumns == 2) {
    const upper = f32x4.max(v128.load(from), v128.load(from + pixel));
    const lower = f32x4.max(v128.load(from + line), v128.load(from + line + pixel));
    return f32x4.max(upper, lower);
  }
  let most = v128.load(from);
  for (let i = 0; i < seenRows; i++) {
    let at = from + <usize>i * line;
    for (let j = 0; j < seenColumns; j++, at += pixel) most = f32x4.max(most, v128.load(at));
  }
  return most;
}

@inline
function largest1(from: usize): f32 {
  let most = load<f32>(from);
  for (let i = 0; i < seenRows; i++) {
    let at = from + <usize>i * line;
    for (let j = 0; j < seenColumns; j++, at += pixel) most = max<f32>(most, load<f32>(at));
  }
  return most;
}

@inline
function sum4(from: usize): v128 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < seenRows; i++) {
    let at = from + <usize>i * line;
    for (let j = 0; j < seenColumns; j++, at += pixel) sum = f32x4.add(sum, v128.load(at));
  }
  return sum;
}

@inline
function sum1(from: usize): f32 {
  let sum: f32 = 0;
  for (let i = 0; i < seenRows; i++) {
    let at = from + <usize>i * line;
    for (let j = 0; j < seenColumns; j++, at += pixel) sum += load<f32>(at);
  }
  return sum;
}

/** ∂C/∂x [+]= δ of the value that was the largest, or the same share of δ for each value of a window. */
export function poolBackward(record: usize): void {
  split(poolRowsBackward, record, word(ROWS), imageCost(record));
}

function poolRowsBackward(record: usize, first: i32, last: i32): void {
  const window = place(record, WINDOW);
  const isLargest = field(record, IS_LARGEST) != 0;
  measure(window);
  const length = <usize>field(window, HEIGHT) * line;
  const outputs = <usize>first * place(record, FROM_STRIDE);
  let dx = place(record, TO) + <usize>first * place(record, TO_STRIDE);
  let delta = place(record, FROM) + outputs;
  let x = place(record, IMAGES) + <usize>first * place(record, IMAGES_STRIDE);
  let a = place(record, MAXIMA) + outputs;
  for (let r = first; r < last; r++) {
    if (!field(record, ADDS_TO)) memory.fill(dx, 0, length);
    if (isLargest) largestBackward(window, dx, delta, x, a);
    else meanBackward(window, dx, delta);
    dx += place(record, TO_STRIDE);
    delta += place(record, FROM_STRIDE);
    a += place(record, FROM_STRIDE);
    x += place(record, IMAGES_STRIDE);
  }
}

function largestBackward(window: usize, dx: usize, delta: usize, x: usize, a: usize): void {
  const height = field(window, TARGET_HEIGHT);
  const width = field(window, TARGET_WIDTH);
  for (let y = 0; y < height; y++) {
    for (let column = 0; column < width; column++, delta += pixel, a += pixel) {
      see(window, y, column);
      let c: usize = 0;
      for (; c + 16 <= pixel; c += 16) {
        giveLargest4(dx + corner + c, x + corner + c, v128.load(a + c), v128.load(delta + c));
      }
      for (; c < pixel; c += 4) {
        giveLargest1(dx + corner + c, x + corner + c, load<f32>(a + c), load<f32>(delta + c));
      }
    }
  }
}

@inline
function giveLargest4(dx: usize, x: usize, most: v128, delta: v128): void {
  if (seenRows == 2 && seenColumns == 2) {
    let left = giveOne4(dx, x, most, delta);
    left = giveOne4(dx + pixel, x + pixel, most, left);
    left = giveOne4(dx + line, x + line, most, left);
    giveOne4(dx + line + pixel, x + line + pixel, most, left);
    return;
  }
  let left = delta;
  for (let i = 0; i < seenRows; i++) {
    let at = <usize>i * line;
    for (let j = 0; j < seenColumns; j++, at += pixel) left = giveOne4(dx + at, x + at, most, left);
  }
}

/** @returns δ of the channels whose largest value has not been met */
@inline
function giveOne4(dx: usize, x: usize, most: v128, left: v128): v128 {
  const isIt = f32x4.eq(v128.load(x), most);
  v128.store(dx, f32x4.add(v128.load(dx), v128.and(left, isIt)));
  return v128.andnot(left, isIt);
}

@inline
function giveLargest1(dx: usize, x: usize, most: f32, delta: f32): void {
  for (let i = 0; i < seenRows; i++) {
    let at = <usize>i * line;
    for (let j = 0; j < seenColumns; j++, at += pixel) {
      if (load<f32>(x + at) != most) continue;
      store<f32>(dx + at, load<f32>(dx + at) + delta);
      return;
    }
  }
}

function meanBackward(window: usize, dx: usize, delta: usize): void {
  const height = field(window, TARGET_HEIGHT);
  const width = field(window, TARGET_WIDTH);
  const size = <f32>(field(window, WINDOW_HEIGHT) * field(window, WINDOW_WIDTH));
  for (let y = 0; y < height; y++) {
    for (let column = 0; column < width; column++, delta += pixel) {
      see(window, y, column);
      let c: usize = 0;
      for (; c + 16 <= pixel; c += 16) {
        share4(dx + corner + c, f32x4.div(v128.load(delta + c), f32x4.splat(size)));
      }
      for (; c < pixel; c += 4) share1(dx + corner + c, load<f32>(delta + c) / size);
    }
  }
}

@inline
function share4(dx: usize, share: v128): void {
  for (let i = 0; i < seenRows; i++) {
    let at = dx + <usize>i * line;
    for (let j = 0; j < seenColumns; j++, at += pixel) {
      v128.store(at, f32x4.add(v128.load(at), share));
    }
  }
}

@inline
function share1(dx: usize, share: f32): void {
  for (let i = 0; i < seenRows; i++) {
    let at = dx + <usize>i * line;
    for (let j = 0; j < seenColumns; j++, at += pixel) {
      store<f32>(at, load<f32>(at) + share);
    }
  }
}
