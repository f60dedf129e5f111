/** Images and maps as the tiles of a convolution read them. Records: windowRecord.ts, denseRecord.ts. */
import { NR } from './block';
import { copyNumbers } from './copies';
import { field, place, roundUp4 } from './fields';
import { PANELS, UNITS } from '../shared/denseRecord';
import {
  CHANNELS,
  HEIGHT,
  IMAGE,
  IMAGE_BYTES,
  LEFT,
  MAPS,
  MAPS_BYTES,
  PADDED_HEIGHT,
  PADDED_WIDTH,
  TARGET_HEIGHT,
  TARGET_WIDTH,
  TOP,
  WIDTH,
} from '../shared/windowRecord';
import { ownThread } from './team';

@inline
export function placesOf(window: usize): i32 {
  return field(window, TARGET_HEIGHT) * field(window, TARGET_WIDTH);
}

/** Bytes of a row of the padded image. */
@inline
export function paddedLine(window: usize): usize {
  return <usize>(field(window, PADDED_WIDTH) * field(window, CHANNELS)) << 2;
}

@inline
function imageLine(window: usize): usize {
  return <usize>(field(window, WIDTH) * field(window, CHANNELS)) << 2;
}

@inline
export function isPadded(window: usize): bool {
  return (
    field(window, PADDED_WIDTH) != field(window, WIDTH) ||
    field(window, PADDED_HEIGHT) != field(window, HEIGHT)
  );
}

/** This thread's room for a padded image. */
@inline
export function imageRoom(window: usize): usize {
  return place(window, IMAGE) + <usize>ownThread() * place(window, IMAGE_BYTES);
}

/** This thread's room for the maps of an image. */
@inline
export function mapsRoom(window: usize): usize {
  return place(window, MAPS) + <usize>ownThread() * place(window, MAPS_BYTES);
}

/** Zeros into the room for a padded image. */
export function clearImage(window: usize): void {
  const length = <usize>field(window, PADDED_HEIGHT) * paddedLine(window);
  memory.fill(imageRoom(window), 0, length);
}

/** Where the image itself begins in that room. */
@inline
function inside(window: usize): usize {
  const left = <usize>(field(window, LEFT) * field(window, CHANNELS)) << 2;
  return imageRoom(window) + <usize>field(window, TOP) * paddedLine(window) + left;
}

/** The image at x with its padding: it is copied into the room, whose margins are 0, where it has some. */
export function imageOf(window: usize, x: usize): usize {
  if (!isPadded(window)) return x;
  const length = imageLine(window);
  const step = paddedLine(window);
  let to = inside(window);
  for (let y = field(window, HEIGHT); y > 0; y--, x += length, to += step) {
    copyNumbers(x, to, length, false);
  }
  return imageRoom(window);
}

/** What the room holds, without its margins, to an image at dx; with `adds` it is added. */
export function imageTo(window: usize, dx: usize, adds: bool): void {
  const length = imageLine(window);
  const step = paddedLine(window);
  let from = inside(window);
  for (let y = field(window, HEIGHT); y > 0; y--, dx += length, from += step) {
    copyNumbers(from, dx, length, adds);
  }
}

/** Whether maps are such that tiles can work on them where they lie: whole panels of filters, four places at a time. */
@inline
export function fillsTiles(record: usize, window: usize): bool {
  return field(record, UNITS) % NR == 0 && (placesOf(window) & 3) == 0;
}

/** Bytes from place to place of maps in the room. */
@inline
export function mapStride(record: usize): usize {
  return <usize>(field(record, PANELS) * NR) << 2;
}

/** Maps (places, filters) at δ, as the tiles read them: padded with zeros where they have to be. */
export function mapsOf(record: usize, window: usize, delta: usize): usize {
  if (fillsTiles(record, window)) return delta;
  const places = placesOf(window);
  const length = <usize>field(record, UNITS) << 2;
  const step = mapStride(record);
  const room = mapsRoom(window);
  let to = room;
  for (let p = 0; p < places; p++, delta += length, to += step) {
    copyNumbers(delta, to, length, false);
    for (let j = length; j < step; j += 4) store<f32>(to + j, 0);
  }
  memory.fill(to, 0, <usize>(roundUp4(places) - places) * step);
  return room;
}

/** What the tiles have written into the room, to maps (places, filters) at z. */
export function mapsTo(record: usize, window: usize, z: usize): void {
  const length = <usize>field(record, UNITS) << 2;
  const step = mapStride(record);
  let from = mapsRoom(window);
  for (let p = placesOf(window); p > 0; p--, z += length, from += step) {
    copyNumbers(from, z, length, false);
  }
}
