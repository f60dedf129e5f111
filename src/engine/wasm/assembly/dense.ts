/** The products of a dense layer with its weights: forward, and back to its inputs. Records: denseRecord.ts. */
import { NR } from './block';
import { firstColumn, isWorthwhile, lastColumn, listColumns } from './columns';
import {
  ADDS_INPUT_GRADIENT,
  BIAS,
  COLUMNS,
  DELTA,
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

/** Depth of a product that is summed in one go: a panel of b stays in the cache. */
const DEPTH = 512;

/** c (rows, 4-padded) [+]= packed rows × panels from `begin` to before `end`, in blocks of the depth. */
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
): void {
  for (let k = 0; k < depth; k += DEPTH) {
    const deep = min(DEPTH, depth - k);
    const first = !adds && k == 0;
    for (let p = begin; p < end; p++) {
      const b = panels + (<usize>((p * height + k) * NR) << 2);
      let a = packed + (<usize>(k * 4) << 2);
      let to = c + (<usize>(p * NR) << 2);
      for (let r = 0; r < rows; r += 4) {
        tileAdd(deep, a, b, to, stride, first, 0);
        a += <usize>(depth * 4) << 2;
        to += 4 * stride;
      }
    }
  }
}

/** The same over the listed columns alone, in the same blocks: 0 × w adds nothing to any of them. */
function multiplyListed(
  packed: usize,
  depth: i32,
  panels: usize,
  height: i32,
  begin: i32,
  behind: i32,
  rows: i32,
  c: usize,
  stride: usize,
  list: usize,
): void {
  let places = firstColumn(list);
  const last = lastColumn(list);
  for (let k = 0; k < depth; k += DEPTH) {
    let end = places;
    const bound = <u32>((k + DEPTH) << 4);
    while (end < last && load<u32>(end) < bound) end += 4;
    for (let p = begin; p < behind; p++) {
      const b = panels + (<usize>(p * height * NR) << 2);
      let a = packed;
      let to = c + (<usize>(p * NR) << 2);
      for (let r = 0; r < rows; r += 4) {
        listedAdd(places, end, a, b, to, stride, k == 0, 0);
        a += <usize>(depth * 4) << 2;
        to += 4 * stride;
      }
    }
    places = end;
  }
}

/** z = x wᵀ + b, or relu of it. */
export function denseForward(record: usize): void {
  const rows = roundUp4(word(ROWS));
  const inputs = field(record, INPUTS);
  split(packInputs, record, rows >> 2, inputs);
  if (field(record, IS_INPUT)) {
    const list = place(record, COLUMNS);
    listColumns(place(record, INPUT), place(record, INPUT_STRIDE), word(ROWS), inputs, list);
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

/** With the columns of a list, or with all. */
function forwardPanels(record: usize, first: i32, last: i32): void {
  const rows = roundUp4(word(ROWS));
  const inputs = field(record, INPUTS);
  const packed = place(record, PACKED_ROWS);
  const stride = place(record, OUTPUT_STRIDE);
  const relu = field(record, RELU) != 0;
  const height = roundUp4(inputs);
  const output = place(record, OUTPUT);
  const weights = place(record, WEIGHTS);
  const all = place(record, COLUMNS);
  const list: usize = field(record, IS_INPUT) && isWorthwhile(all, inputs) ? all : 0;
  if (inputs > DEPTH) {
    if (list) {
      multiplyListed(packed, inputs, weights, height, first, last, rows, output, stride, list);
    } else multiply(packed, inputs, weights, height, first, last, rows, output, stride, false);
    addBias(output, place(record, BIAS), rows, stride, first, last, relu);
    return;
  }
  for (let p = first; p < last; p++) {
    const b = weights + (<usize>(p * height * NR) << 2);
    const bias = place(record, BIAS) + (<usize>(p * NR) << 2);
    let a = packed;
    let to = output + (<usize>(p * NR) << 2);
    for (let r = 0; r < rows; r += 4) {
      if (list) {
        listedForward(firstColumn(list), lastColumn(list), a, b, bias, to, stride, relu, 0);
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
  );
}
