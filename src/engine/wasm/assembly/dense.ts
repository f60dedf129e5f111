/** The products of a dense layer with its weights: forward, and back to its inputs. Records: denseRecord.ts. */
import { NR } from './block';
import { isListed, listFirst, listFour } from './columns';
import {
  ADDS_INPUT_GRADIENT,
  BIAS,
  DELTA,
  DEPTH,
  INPUT,
  INPUTS,
  INPUT_GRADIENT,
  INPUT_GRADIENT_STRIDE,
  INPUT_STRIDE,
  IS_INPUT,
  LIST_ROOM,
  OUTPUT,
  OUTPUT_STRIDE,
  PACKED_ROWS,
  PANELS,
  RELU,
  TRANSPOSED,
  UNITS,
  WEIGHTS,
} from '../shared/denseRecord';
import { field, place, roundUp4 } from './fields';
import { word } from './header';
import { packRows, packTransposed } from './packing';
import { ROWS } from '../shared/places';
import { multiplyListed } from './listedRows';
import { split } from './team';
import { ACROSS, tileAdd, tileForward } from './tiles';

/**
 * c (rows, 4-padded) [+]= packed rows × panels from `begin` to before `end`, in blocks of the depth; without rows that
 * `room` lists.
 */
function multiply(
  packed: usize,
  depth: i32,
  panels: usize,
  height: i32,
  begin: i32,
  end: i32,
  rows: i32,
  c: usize,
  stride: usize,
  adds: bool,
  room: usize,
): void {
  for (let k = 0; k < depth; k += DEPTH) {
    const deep = min(DEPTH, depth - k);
    const first = !adds && k == 0;
    for (let p = begin; p < end; p++) {
      const b = panels + (<usize>(p * height * NR) << 2);
      let a = packed;
      let to = c + (<usize>(p * NR) << 2);
      for (let r = 0; r < rows; r += 4) {
        if (!room || !isListed(room, r, depth)) {
          tileAdd(deep, a + (<usize>k << 4), b + (<usize>(k * NR) << 2), to, stride, first, 0);
        }
        a += <usize>(depth * 4) << 2;
        to += 4 * stride;
      }
    }
  }
}

/** z = x wᵀ + b, or relu of it. */
export function denseForward(record: usize): void {
  const rows = roundUp4(word(ROWS));
  const inputs = field(record, INPUTS);
  const panels = field(record, PANELS);
  const cost = productCost(rows, inputs);
  if (field(record, IS_INPUT) && listsInputs(record)) {
    split(listInputs, record, rows >> 2, inputs);
    split(forwardListed, record, (panels + ACROSS - 1) / ACROSS, (ACROSS * cost) >> 2);
    return;
  }
  split(packInputs, record, rows >> 2, inputs);
  split(forwardPanels, record, panels, cost);
}

/** Whether many inputs of these rows are 0. */
function listsInputs(record: usize): bool {
  const stride = place(record, INPUT_STRIDE);
  const room = place(record, LIST_ROOM);
  return listFirst(place(record, INPUT), stride, word(ROWS), field(record, INPUTS), room);
}

/** Fours of rows of x: where they are not worth being listed, they are packed. The first four are listed already. */
function listInputs(record: usize, first: i32, last: i32): void {
  const x = place(record, INPUT);
  const stride = place(record, INPUT_STRIDE);
  const inputs = field(record, INPUTS);
  const room = place(record, LIST_ROOM);
  for (let four = max(first, 1); four < last; four++) {
    if (!listFour(x, stride, four << 2, word(ROWS), inputs, room)) {
      packInputs(record, four, four + 1);
    }
  }
}

/** Vector operations of a product for one panel, at least. */
@inline
function productCost(rows: i32, depth: i32): i32 {
  return 2 * rows * depth;
}

/** Fours of rows of x. */
function packInputs(record: usize, first: i32, last: i32): void {
  const stride = place(record, INPUT_STRIDE);
  packFoursOfRows(place(record, INPUT), stride, field(record, INPUTS), record, first, last);
}

/** Fours of rows of δ. */
function packDeltas(record: usize, first: i32, last: i32): void {
  const stride = place(record, OUTPUT_STRIDE);
  packFoursOfRows(place(record, DELTA), stride, field(record, UNITS), record, first, last);
}

function packFoursOfRows(
  x: usize,
  stride: usize,
  width: i32,
  record: usize,
  first: i32,
  last: i32,
): void {
  const row = <usize>(first << 2);
  const to = place(record, PACKED_ROWS) + row * (<usize>width << 2);
  packRows(x + row * stride, stride, (last - first) << 2, width, to);
}

function forwardPanels(record: usize, first: i32, last: i32): void {
  const inputs = field(record, INPUTS);
  if (inputs <= DEPTH) return forwardAtOnce(record, first, last, 0);
  forwardByBlocks(record, first, last, 0);
  addBias(record, first, last);
}

/** ACROSS panels at a time: listed rows by their lists, and the others. */
function forwardListed(record: usize, first: i32, last: i32): void {
  const inputs = field(record, INPUTS);
  const room = place(record, LIST_ROOM);
  const begin = first * ACROSS;
  const end = min(last * ACROSS, field(record, PANELS));
  multiplyListed(record, begin, end);
  if (inputs <= DEPTH) return forwardAtOnce(record, begin, end, room);
  forwardByBlocks(record, begin, end, room);
  addBias(record, begin, end);
}

function forwardByBlocks(record: usize, first: i32, last: i32, room: usize): void {
  const rows = roundUp4(word(ROWS));
  const inputs = field(record, INPUTS);
  const packed = place(record, PACKED_ROWS);
  const stride = place(record, OUTPUT_STRIDE);
  const height = roundUp4(inputs);
  const output = place(record, OUTPUT);
  const weights = place(record, WEIGHTS);
  multiply(packed, inputs, weights, height, first, last, rows, output, stride, false, room);
}

/** Where the depth is a single block; without rows that `room` lists. */
function forwardAtOnce(record: usize, first: i32, last: i32, room: usize): void {
  const rows = roundUp4(word(ROWS));
  const inputs = field(record, INPUTS);
  const stride = place(record, OUTPUT_STRIDE);
  const relu = field(record, RELU) != 0;
  const height = roundUp4(inputs);
  for (let p = first; p < last; p++) {
    const b = place(record, WEIGHTS) + (<usize>(p * height * NR) << 2);
    const bias = place(record, BIAS) + (<usize>(p * NR) << 2);
    let a = place(record, PACKED_ROWS);
    let to = place(record, OUTPUT) + (<usize>(p * NR) << 2);
    for (let r = 0; r < rows; r += 4) {
      if (!room || !isListed(room, r, inputs)) {
        tileForward(inputs, a, b, bias, to, stride, relu, 0);
      }
      a += <usize>(inputs * 4) << 2;
      to += 4 * stride;
    }
  }
}

/** To the panels from `first` to before `last`. */
function addBias(record: usize, first: i32, last: i32): void {
  const rows = roundUp4(word(ROWS));
  const stride = place(record, OUTPUT_STRIDE);
  const relu = field(record, RELU) != 0;
  const bias = place(record, BIAS);
  const begin = <usize>(first * NR) << 2;
  const end = <usize>(last * NR) << 2;
  let c = place(record, OUTPUT);
  for (let r = 0; r < rows; r++, c += stride) {
    for (let j = begin; j < end; j += 16) {
      let x = f32x4.add(v128.load(c + j), v128.load(bias + j));
      if (relu) x = f32x4.max(x, f32x4.splat(0));
      v128.store(c + j, x);
    }
  }
}

/** ∂C/∂x [+]= δ w */
export function inputGradient(record: usize): void {
  const rows = roundUp4(word(ROWS));
  const units = field(record, UNITS);
  const panels = (field(record, INPUTS) + NR - 1) / NR;
  split(transposePanels, record, panels, (field(record, PANELS) * NR * NR) >> 2);
  split(packDeltas, record, rows >> 2, units);
  split(gradientPanels, record, panels, productCost(rows, units));
}

/** Panels of inputs. */
function transposePanels(record: usize, first: i32, last: i32): void {
  const inputs = field(record, INPUTS);
  const padded = field(record, PANELS) * NR;
  const to = place(record, TRANSPOSED);
  packTransposed(place(record, WEIGHTS), inputs, roundUp4(inputs), padded, to, first, last);
}

/** Panels of inputs. */
function gradientPanels(record: usize, first: i32, last: i32): void {
  multiply(
    place(record, PACKED_ROWS),
    field(record, UNITS),
    place(record, TRANSPOSED),
    field(record, PANELS) * NR,
    first,
    last,
    roundUp4(word(ROWS)),
    place(record, INPUT_GRADIENT),
    place(record, INPUT_GRADIENT_STRIDE),
    field(record, ADDS_INPUT_GRADIENT) != 0,
    0,
  );
}
