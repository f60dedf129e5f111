/**
 * The gradient of filters, and the step by it: it adds up image by image in the place of stored gradients, for
 * filters are few and places many. Records: denseRecord.ts, windowRecord.ts.
 */
import { NR, PANEL_BYTES } from './block';
import { field, place, roundUp4 } from './fields';
import { setWord, word } from './header';
import {
  DELTA,
  GRADIENT_B,
  GRADIENT_W,
  INPUT,
  INPUTS,
  INPUT_STRIDE,
  OUTPUT_STRIDE,
  PANELS,
  USE_BIAS,
  WINDOW,
} from '../shared/denseRecord';
import { ADDS, ROWS } from '../shared/places';
import { PLACES, VALUES } from '../shared/windowRecord';
import { windowsAdd, windowsAddSide } from './windowTiles';
import { splitEvenly } from './team';
import { storedStep } from './storedSteps';
import {
  clearImage,
  imageOf,
  isPadded,
  mapStride,
  mapsOf,
  placesOf,
} from './windows';

/** Gradients of the rows into the layer's own place, or added to those that stand there. */
export function filterGradient(record: usize): void {
  if (!word(ADDS)) clearGradients(record);
  const places = placesOf(place(record, WINDOW));
  splitEvenly(addValues, record, (field(record, INPUTS) + 3) >> 2, 8 * places * word(ROWS));
  clearBelow(record, field(record, INPUTS));
}

function clearGradients(record: usize): void {
  const width = <usize>(field(record, PANELS) * NR) << 2;
  memory.fill(place(record, GRADIENT_W), 0, <usize>roundUp4(field(record, INPUTS)) * width);
  memory.fill(place(record, GRADIENT_B), 0, width);
}

/** Fours of the values of a window, image by image: each sum has its order. The first of them goes with the bias. */
function addValues(record: usize, first: i32, last: i32): void {
  const window = place(record, WINDOW);
  const rows = word(ROWS);
  if (isPadded(window)) clearImage(window);
  let x = place(record, INPUT);
  let delta = place(record, DELTA);
  for (let r = 0; r < rows; r++) {
    const maps = mapsOf(record, window, delta);
    addImage(record, window, imageOf(window, x), maps, first << 2, last << 2);
    if (first == 0 && field(record, USE_BIAS)) addPlaces(record, window, maps);
    x += place(record, INPUT_STRIDE);
    delta += place(record, OUTPUT_STRIDE);
  }
}

/** Σ over the places of one image of δ · window, for the values from `first` to before `last`. */
function addImage(
  record: usize,
  window: usize,
  image: usize,
  maps: usize,
  first: i32,
  last: i32,
): void {
  const inputs = min(field(record, INPUTS), last);
  const panels = field(record, PANELS);
  const height = roundUp4(field(record, INPUTS));
  const table = place(window, VALUES);
  const count = placesOf(window);
  const places = place(window, PLACES);
  const stride = mapStride(record);
  for (let k = first; k < inputs; k += 4) {
    const four = table + (<usize>k << 2);
    const a0 = image + <usize>load<u32>(four);
    const a1 = image + <usize>load<u32>(four, 4);
    const a2 = image + <usize>load<u32>(four, 8);
    const a3 = image + <usize>load<u32>(four, 12);
    // All three: the last of them may be the start of another line of the image, three numbers on, repeated.
    const isSide = a2 - a0 == 8 && a3 - a0 == 12;
    for (let p = 0; p < panels; p++) {
      const b = maps + (<usize>(p * NR) << 2);
      const g = place(record, GRADIENT_W) + (<usize>((p * height + k) * NR) << 2);
      if (isSide) windowsAddSide(count, places, a0, b, stride, g, 0);
      else windowsAdd(count, places, a0, a1, a2, a3, b, stride, g, 0);
    }
  }
}

/** Σ over the places of one image of δ, for the bias. */
function addPlaces(record: usize, window: usize, maps: usize): void {
  const panels = field(record, PANELS);
  const places = placesOf(window);
  const stride = mapStride(record);
  const g = place(record, GRADIENT_B);
  for (let j: usize = 0; j < <usize>panels * PANEL_BYTES; j += 16) {
    let sum = f32x4.splat(0);
    let from = maps + j;
    for (let p = 0; p < places; p++, from += stride) sum = f32x4.add(sum, v128.load(from));
    v128.store(g + j, f32x4.add(v128.load(g + j), sum));
  }
}

/** A tile has four values of a window: those behind the last one are none. */
function clearBelow(record: usize, inputs: i32): void {
  const height = roundUp4(inputs);
  const length = <usize>(height - inputs) * PANEL_BYTES;
  for (let p = 0; p < field(record, PANELS); p++) {
    const at = <usize>((p * height + inputs) * NR) << 2;
    memory.fill(place(record, GRADIENT_W) + at, 0, length);
  }
}

/** A step of the optimizer by the gradient of the rows. */
export function filterStep(record: usize): void {
  setWord(ADDS, 0);
  filterGradient(record);
  storedStep(record);
}
