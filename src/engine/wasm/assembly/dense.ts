/** The products of a dense layer with its weights: forward, and back to its inputs. Records: denseRecord.ts. */
import { NR } from './block';
import { endOfPlaces, firstPlace, listedGroup, listGroups, markColumns } from './columns';
import {
  ADDS_INPUT_GRADIENT,
  BIAS,
  COLUMNS,
  DELTA,
  DEPTH,
  INPUT,
  INPUTS,
  INPUT_GRADIENT,
  INPUT_GRADIENT_STRIDE,
  INPUT_STRIDE,
  IS_INPUT,
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
import { split } from './team';
import { listedAdd, listedForward, tileAdd, tileForward } from './tiles';

/**
 * c (rows, 4-padded) [+]= packed rows × panels from `begin` to before `end`, in blocks of the depth; of rows in `room` by
 * their columns alone.
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
  for (let k = 0, block = 0; k < depth; k += DEPTH, block++) {
    const deep = min(DEPTH, depth - k);
    const first = !adds && k == 0;
    for (let p = begin; p < end; p++) {
      const b = panels + (<usize>(p * height * NR) << 2);
      let a = packed;
      let to = c + (<usize>(p * NR) << 2);
      for (let r = 0; r < rows; r += 4) {
        const group = room ? listedGroup(room, r, depth) : 0;
        if (group) {
          const places = firstPlace(group, block, depth);
          listedAdd(places, endOfPlaces(group, block), a, b, to, stride, first, 0);
        } else {
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
  split(packInputs, record, rows >> 2, inputs);
  if (field(record, IS_INPUT)) {
    const room = place(record, COLUMNS);
    markColumns(place(record, INPUT), place(record, INPUT_STRIDE), word(ROWS), inputs, room);
    listGroups(place(record, PACKED_ROWS), rows, inputs, room);
  }
  split(forwardPanels, record, field(record, PANELS), productCost(rows, inputs));
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

/** Rows of the network's inputs with their columns alone. */
function forwardPanels(record: usize, first: i32, last: i32): void {
  const rows = roundUp4(word(ROWS));
  const inputs = field(record, INPUTS);
  const packed = place(record, PACKED_ROWS);
  const stride = place(record, OUTPUT_STRIDE);
  const relu = field(record, RELU) != 0;
  const height = roundUp4(inputs);
  const output = place(record, OUTPUT);
  const weights = place(record, WEIGHTS);
  const room: usize = field(record, IS_INPUT) ? place(record, COLUMNS) : 0;
  if (inputs > DEPTH) {
    multiply(packed, inputs, weights, height, first, last, rows, output, stride, false, room);
    addBias(output, place(record, BIAS), rows, stride, first, last, relu);
    return;
  }
  for (let p = first; p < last; p++) {
    const b = weights + (<usize>(p * height * NR) << 2);
    const bias = place(record, BIAS) + (<usize>(p * NR) << 2);
    let a = packed;
    let to = output + (<usize>(p * NR) << 2);
    for (let r = 0; r < rows; r += 4) {
      const group = room ? listedGroup(room, r, inputs) : 0;
      if (group) {
        const places = firstPlace(group, 0, inputs);
        listedForward(places, endOfPlaces(group, 0), a, b, bias, to, stride, relu, 0);
      } else tileForward(inputs, a, b, bias, to, stride, relu, 0);
      a += <usize>(inputs * 4) << 2;
      to += 4 * stride;
    }
  }
}

/** To the panels from `first` to before `last`. */
function addBias(
  c: usize,
  bias: usize,
  rows: i32,
  stride: usize,
  first: i32,
  last: i32,
  relu: bool,
): void {
  const begin = <usize>(first * NR) << 2;
  const end = <usize>(last * NR) << 2;
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
