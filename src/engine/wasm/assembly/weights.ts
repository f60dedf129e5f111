/** The gradient of a dense layer's parameters, and the step by it. Records: denseRecord.ts. */
import { NR, PANEL_BYTES } from './block';
import { isWorthListing } from './columns';
import {
  BLOCK_ROWS,
  BIAS,
  DELTA,
  FIRST_B,
  FIRST_W,
  GRADIENT_B,
  GRADIENT_W,
  INPUT,
  INPUTS,
  INPUT_STRIDE,
  IS_INPUT,
  LIST_ROOM,
  OUTPUT_STRIDE,
  PACKED_DELTA,
  PACKED_INPUT,
  PANELS,
  PENALISES_BIAS,
  RATE,
  SECOND_B,
  SECOND_W,
  USE_BIAS,
  WEIGHTS,
} from '../shared/denseRecord';
import { field, place, roundUp4 } from './fields';
import { ADAM, SGD } from '../shared/functions';
import { pointer, real, setReal, word } from './header';
import { packFours, packPanels } from './packing';
import { ownThread, Part, split } from './team';
import {
  ADDS,
  BLOCK,
  HAS_PENALTY,
  SQUARES,
  ROWS,
  RULE,
  SQUARED_NORM,
  STEP_NUMBERS,
  WANTS_NORM,
} from '../shared/places';
import {
  checkFinite,
  countOf,
  endOfRows,
  expectFinite,
  firstRow,
  listsRows,
  packListed,
  rowsOf,
} from './rowLists';
import { layerNumbers } from './stepNumbers';
import { listedAdam, listedAdd, listedDescend, tileAdam, tileAdd, tileDescend } from './tiles';
import { addPenalty, squares, update } from './updates';

/** Numbers of packed inputs that stay in the cache while all panels pass. */
const CACHED = 131072;

/** A step of the optimizer by δᵀ x and Σ δ, which are never stored as a whole. */
export function weightStep(record: usize): void {
  packOperands(record);
  layerNumbers(place(record, RATE));
  const rule = word(RULE);
  const plain = word(HAS_PENALTY) == 0 && word(WANTS_NORM) == 0;
  const fused = plain && (rule == SGD || rule == ADAM);
  splitByPanels(fused ? fusedStep : blockwiseStep, record);
  if (word(WANTS_NORM)) addNorms(record);
}

/** What works on products of δᵀ x for some panels. */
@inline
function splitByPanels(part: Part, record: usize): void {
  split(part, record, field(record, PANELS), 2 * word(ROWS) * roundUp4(field(record, INPUTS)));
}

function packOperands(record: usize): void {
  const rows = word(ROWS);
  if (field(record, IS_INPUT)) expectFinite(place(record, LIST_ROOM));
  split(packDeltas, record, field(record, PANELS), (rows * NR) >> 2);
  split(packInputs, record, roundUp4(field(record, INPUTS)) >> 2, rows);
}

/** Fours of inputs. */
function packInputs(record: usize, first: i32, last: i32): void {
  const x = place(record, INPUT);
  const stride = place(record, INPUT_STRIDE);
  const rows = word(ROWS);
  const to = place(record, PACKED_INPUT);
  const room = listsOf(record);
  if (room) packListed(x, stride, rows, to, room, first, last);
  else packFours(x, stride, rows, field(record, INPUTS), to, first, last);
}

/** Panels of δ. */
function packDeltas(record: usize, first: i32, last: i32): void {
  const stride = place(record, OUTPUT_STRIDE);
  const rows = word(ROWS);
  const to = place(record, PACKED_DELTA);
  packPanels(place(record, DELTA), stride, rows, to, first, last);
  const room = place(record, LIST_ROOM);
  if (!field(record, IS_INPUT) || !isWorthListing(room)) return;
  const panel = <usize>rows * PANEL_BYTES;
  checkFinite(room, to + <usize>first * panel, <usize>(last - first) * panel);
}

/** The lists of the rows of four inputs each, or 0 where all rows are packed. */
@inline
function listsOf(record: usize): usize {
  const room: usize = field(record, IS_INPUT) ? place(record, LIST_ROOM) : 0;
  return room && listsRows(room) ? room : 0;
}

/** The list of four inputs, or 0 where all rows are to be used. */
@inline
function listOfRows(room: usize, input: i32, rows: i32): usize {
  if (!room) return 0;
  const list = rowsOf(room, input >> 2, rows);
  return countOf(list) < rows ? list : 0;
}

/** Inputs whose packed columns stay in the cache. */
@inline
function cachedInputs(rows: i32): i32 {
  return max(16, (CACHED / rows) & ~3);
}

function fusedStep(record: usize, first: i32, last: i32): void {
  const rule = word(RULE);
  const rows = word(ROWS);
  const height = roundUp4(field(record, INPUTS));
  const x = place(record, PACKED_INPUT);
  const delta = place(record, PACKED_DELTA);
  const step = pointer(STEP_NUMBERS);
  const w = place(record, WEIGHTS);
  const m = place(record, FIRST_W);
  const v = place(record, SECOND_W);
  const lists = listsOf(record);
  const many = cachedInputs(rows);
  for (let start = 0; start < height; start += many) {
    const end = min(height, start + many);
    for (let p = first; p < last; p++) {
      const b = delta + (<usize>(p * NR * rows) << 2);
      for (let i = start; i < end; i += 4) {
        const a = x + (<usize>(i * rows) << 2);
        const at = <usize>((p * height + i) * NR) << 2;
        const list = listOfRows(lists, i, rows);
        if (list) {
          listedStep(list, rule, a, b, w + at, m + at, v + at, step);
        } else if (rule == ADAM) tileAdam(rows, a, b, w + at, m + at, v + at, step, 0);
        else tileDescend(rows, a, b, w + at, step, 0);
      }
    }
  }
  biasStep(record, first, last);
}

/** Where four inputs are 0 in all rows, so are the gradients: gradient descent moves nothing there. */
@inline
function listedStep(
  list: usize,
  rule: i32,
  a: usize,
  b: usize,
  w: usize,
  m: usize,
  v: usize,
  step: usize,
): void {
  const places = firstRow(list);
  const end = endOfRows(list);
  if (rule == ADAM) listedAdam(places, end, a, b, w, m, v, step, 0);
  else if (places < end) listedDescend(places, end, a, b, w, step, 0);
}

/** This thread's block of gradients. */
@inline
function ownBlock(): usize {
  return pointer(BLOCK) + (<usize>(ownThread() * BLOCK_ROWS * NR) << 2);
}

/** Blocks of a panel's weights. */
@inline
function blocksOf(record: usize): i32 {
  return (roundUp4(field(record, INPUTS)) + BLOCK_ROWS - 1) / BLOCK_ROWS;
}

/** Where the squares of a block of weights are kept, and behind those of all weights those of a panel's bias. */
@inline
function normAt(n: i32): usize {
  return pointer(SQUARES) + (<usize>n << 3);
}

/** In the order in which a single thread has computed them. */
function addNorms(record: usize): void {
  const panels = field(record, PANELS);
  const count = panels * (blocksOf(record) + (field(record, USE_BIAS) ? 1 : 0));
  let sum = real(SQUARED_NORM);
  for (let n = 0; n < count; n++) sum += load<f64>(normAt(n));
  setReal(SQUARED_NORM, sum);
}

/** With gradients that stand in a small block before the optimizer has them: for what the tiles do not do. */
function blockwiseStep(record: usize, first: i32, last: i32): void {
  const rows = word(ROWS);
  const height = roundUp4(field(record, INPUTS));
  const g = ownBlock();
  let n = first * blocksOf(record);
  for (let p = first; p < last; p++) {
    for (let start = 0; start < height; start += BLOCK_ROWS, n++) {
      const count = min(BLOCK_ROWS, height - start);
      gradientTiles(record, rows, p, start, count, g, true);
      const at = <usize>((p * height + start) * NR) << 2;
      const w = place(record, WEIGHTS) + at;
      const m = place(record, FIRST_W) + at;
      const v = place(record, SECOND_W) + at;
      const squared = stepBy(g, w, m, v, <usize>(count * NR) << 2, word(HAS_PENALTY) != 0);
      store<f64>(normAt(n), squared);
    }
  }
  biasStep(record, first, last);
}

/** g [count][NR] = or += the gradients of the weights from `count` inputs, `start` first, into panel p. */
function gradientTiles(
  record: usize,
  rows: i32,
  p: i32,
  start: i32,
  count: i32,
  g: usize,
  first: bool,
): void {
  const b = place(record, PACKED_DELTA) + (<usize>(p * NR * rows) << 2);
  const lists = listsOf(record);
  for (let i = start; i < start + count; i += 4) {
    const a = place(record, PACKED_INPUT) + (<usize>(i * rows) << 2);
    const list = listOfRows(lists, i, rows);
    if (list) listedAdd(firstRow(list), endOfRows(list), a, b, g, NR * 4, first, 0);
    else tileAdd(rows, a, b, g, NR * 4, first, 0);
    g += 4 * NR * 4;
  }
}

/** @returns Σ g², where it is wanted */
export function stepBy(g: usize, w: usize, m: usize, v: usize, length: usize, penalised: bool): f64 {
  const step = pointer(STEP_NUMBERS);
  if (penalised) addPenalty(step, g, w, length);
  const squared = word(WANTS_NORM) ? squares(g, length) : 0;
  update(word(RULE), step, g, w, m, v, length);
  return squared;
}

/** Σ over rows of δ for panel p, into g or added to it. */
function biasGradient(record: usize, p: i32, g: usize, adds: bool): void {
  const rows = word(ROWS);
  const delta = place(record, PACKED_DELTA) + (<usize>(p * NR * rows) << 2);
  for (let j: usize = 0; j < PANEL_BYTES; j += 16) {
    let sum = f32x4.splat(0);
    let d = delta + j;
    for (let r = 0; r < rows; r++, d += NR * 4) sum = f32x4.add(sum, v128.load(d));
    v128.store(g + j, adds ? f32x4.add(v128.load(g + j), sum) : sum);
  }
}

function biasStep(record: usize, first: i32, last: i32): void {
  if (!field(record, USE_BIAS)) return;
  const g = ownBlock();
  const penalised = word(HAS_PENALTY) != 0 && field(record, PENALISES_BIAS) != 0;
  const behind = field(record, PANELS) * blocksOf(record);
  for (let p = first; p < last; p++) {
    biasGradient(record, p, g, false);
    const at = <usize>(p * NR) << 2;
    const b = place(record, BIAS) + at;
    const m = place(record, FIRST_B) + at;
    const v = place(record, SECOND_B) + at;
    store<f64>(normAt(behind + p), stepBy(g, b, m, v, PANEL_BYTES, penalised));
  }
}

/** Gradients of the rows into the layer's own place, or added to those that stand there. */
export function weightGradient(record: usize): void {
  packOperands(record);
  splitByPanels(storeGradients, record);
}

function storeGradients(record: usize, first: i32, last: i32): void {
  const rows = word(ROWS);
  const height = roundUp4(field(record, INPUTS));
  const adds = word(ADDS) != 0;
  for (let p = first; p < last; p++) {
    const g = place(record, GRADIENT_W) + (<usize>(p * height * NR) << 2);
    gradientTiles(record, rows, p, 0, height, g, !adds);
    if (!field(record, USE_BIAS)) continue;
    biasGradient(record, p, place(record, GRADIENT_B) + (<usize>(p * NR) << 2), adds);
  }
}
