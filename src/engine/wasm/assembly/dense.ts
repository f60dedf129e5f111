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
import { listedAdd, listedForward, tileAdd, tileForward } from './tiles';

/** c (rows, 4-padded) [+]= packed rows × panels, in blocks of the depth; of rows in `room` by their columns alone. */
function multiply(
  packed: usize,
  depth: i32,
  panels: usize,
  height: i32,
  count: i32,
  rows: i32,
  c: usize,
  stride: usize,
  adds: bool,
  room: usize,
): void {
  for (let k = 0, block = 0; k < depth; k += DEPTH, block++) {
    const deep = min(DEPTH, depth - k);
    const first = !adds && k == 0;
    for (let p = 0; p < count; p++) {
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
  const packed = place(record, PACKED_ROWS);
  packRows(place(record, INPUT), place(record, INPUT_STRIDE), rows, inputs, packed);
  if (field(record, IS_INPUT)) {
    const room = place(record, COLUMNS);
    markColumns(place(record, INPUT), place(record, INPUT_STRIDE), word(ROWS), inputs, room);
    listGroups(packed, rows, inputs, room);
    forwardBy(record, rows, room);
  } else forwardBy(record, rows, 0);
}

/** Rows in `room` with their columns alone. */
function forwardBy(record: usize, rows: i32, room: usize): void {
  const inputs = field(record, INPUTS);
  const panels = field(record, PANELS);
  const packed = place(record, PACKED_ROWS);
  const stride = place(record, OUTPUT_STRIDE);
  const relu = field(record, RELU) != 0;
  const height = roundUp4(inputs);
  const output = place(record, OUTPUT);
  const weights = place(record, WEIGHTS);
  if (inputs > DEPTH) {
    multiply(packed, inputs, weights, height, panels, rows, output, stride, false, room);
    addBias(output, place(record, BIAS), rows, stride, panels, relu);
    return;
  }
  for (let p = 0; p < panels; p++) {
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

function addBias(
  c: usize,
  bias: usize,
  rows: i32,
  stride: usize,
  panels: i32,
  relu: bool,
): void {
  const width = <usize>(panels * NR) << 2;
  for (let r = 0; r < rows; r++, c += stride) {
    for (let j: usize = 0; j < width; j += 16) {
      let x = f32x4.add(v128.load(c + j), v128.load(bias + j));
      if (relu) x = f32x4.max(x, f32x4.splat(0));
      v128.store(c + j, x);
    }
  }
}

/** ∂C/∂x [+]= δ w */
export function inputGradient(record: usize): void {
  const rows = roundUp4(word(ROWS));
  const inputs = field(record, INPUTS);
  const units = field(record, UNITS);
  const padded = field(record, PANELS) * NR;
  const transposed = place(record, TRANSPOSED);
  const packed = place(record, PACKED_ROWS);
  packTransposed(place(record, WEIGHTS), inputs, roundUp4(inputs), padded, transposed);
  packRows(place(record, DELTA), place(record, OUTPUT_STRIDE), rows, units, packed);
  multiply(
    packed,
    units,
    transposed,
    padded,
    (inputs + NR - 1) / NR,
    rows,
    place(record, INPUT_GRADIENT),
    place(record, INPUT_GRADIENT_STRIDE),
    field(record, ADDS_INPUT_GRADIENT) != 0,
    0,
  );
}

