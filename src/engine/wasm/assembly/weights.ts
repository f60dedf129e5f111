/** The gradient of a dense layer's parameters, and the step by it. Records: denseRecord.ts. */
import { NR, PANEL_BYTES } from './block';
import { hasColumn } from './columns';
import {
  BLOCK_ROWS,
  BIAS,
  COLUMNS,
  DELTA,
  FIRST_B,
  FIRST_W,
  GRADIENT_B,
  GRADIENT_W,
  INPUT,
  INPUTS,
  INPUT_STRIDE,
  IS_INPUT,
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
import {
  ADDS,
  BLOCK,
  CLIPS,
  HAS_PENALTY,
  ROWS,
  RULE,
  SQUARED_NORM,
  STEP_NUMBERS,
  WANTS_NORM,
} from '../shared/places';
import { layerNumbers } from './stepNumbers';
import { tileAdam, tileAdd, tileDescend } from './tiles';
import { addPenalty, squares, update } from './updates';

/** Numbers of packed inputs that stay in the cache while all panels pass. */
const CACHED = 131072;

/** A step of the optimizer by δᵀ x and Σ δ, which are never stored as a whole. */
export function weightStep(record: usize): void {
  packOperands(record);
  layerNumbers(place(record, RATE));
  const rule = word(RULE);
  const plain = word(HAS_PENALTY) == 0 && word(WANTS_NORM) == 0;
  if (plain && (rule == SGD || rule == ADAM)) fusedStep(record, rule);
  else blockwiseStep(record, rule);
  if (field(record, USE_BIAS)) biasStep(record, rule);
}

function packOperands(record: usize): void {
  const rows = word(ROWS);
  const inputs = field(record, INPUTS);
  const stride = place(record, INPUT_STRIDE);
  packFours(place(record, INPUT), stride, rows, inputs, place(record, PACKED_INPUT));
  const deltaStride = place(record, OUTPUT_STRIDE);
  const panels = field(record, PANELS);
  packPanels(place(record, DELTA), deltaStride, rows, panels, place(record, PACKED_DELTA));
}

/** The columns that `denseForward` has marked for these rows, or 0 where none are marked. */
@inline
function columnsOf(record: usize): usize {
  return field(record, IS_INPUT) ? place(record, COLUMNS) : 0;
}

/** Inputs whose packed columns stay in the cache. */
@inline
function cachedInputs(rows: i32): i32 {
  return max(16, (CACHED / rows) & ~3);
}

function fusedStep(record: usize, rule: i32): void {
  const rows = word(ROWS);
  const height = roundUp4(field(record, INPUTS));
  const panels = field(record, PANELS);
  const x = place(record, PACKED_INPUT);
  const delta = place(record, PACKED_DELTA);
  const step = pointer(STEP_NUMBERS);
  const w = place(record, WEIGHTS);
  const m = place(record, FIRST_W);
  const v = place(record, SECOND_W);
  const columns = columnsOf(record);
  const many = cachedInputs(rows);
  for (let start = 0; start < height; start += many) {
    const end = min(height, start + many);
    for (let p = 0; p < panels; p++) {
      const b = delta + (<usize>(p * NR * rows) << 2);
      for (let i = start; i < end; i += 4) {
        const a = x + (<usize>(i * rows) << 2);
        const at = <usize>((p * height + i) * NR) << 2;
        // Where four inputs are 0 in all rows, so are the gradients: gradient descent moves nothing there.
        const depth = columns && !hasColumn(columns, i) ? 0 : rows;
        if (rule == ADAM) tileAdam(depth, a, b, w + at, m + at, v + at, step, 0);
        else if (depth > 0) tileDescend(depth, a, b, w + at, step, 0);
      }
    }
  }
}

/** With gradients that stand in a small block before the optimizer has them: for what the tiles do not do. */
function blockwiseStep(record: usize, rule: i32): void {
  const rows = word(ROWS);
  const height = roundUp4(field(record, INPUTS));
  const panels = field(record, PANELS);
  const g = pointer(BLOCK);
  for (let p = 0; p < panels; p++) {
    for (let start = 0; start < height; start += BLOCK_ROWS) {
      const count = min(BLOCK_ROWS, height - start);
      gradientTiles(record, rows, p, start, count, g, true);
      const at = <usize>((p * height + start) * NR) << 2;
      const w = place(record, WEIGHTS) + at;
      const m = place(record, FIRST_W) + at;
      const v = place(record, SECOND_W) + at;
      stepBy(g, rule, w, m, v, <usize>(count * NR) << 2, word(HAS_PENALTY) != 0);
    }
  }
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
  const columns = columnsOf(record);
  for (let i = start; i < start + count; i += 4) {
    const a = place(record, PACKED_INPUT) + (<usize>(i * rows) << 2);
    const depth = columns && !hasColumn(columns, i) ? 0 : rows;
    if (first || depth > 0) tileAdd(depth, a, b, g, NR * 4, first, 0);
    g += 4 * NR * 4;
  }
}

function stepBy(
  g: usize,
  rule: i32,
  w: usize,
  m: usize,
  v: usize,
  length: usize,
  penalised: bool,
): void {
  const step = pointer(STEP_NUMBERS);
  if (penalised) addPenalty(step, g, w, length);
  if (word(WANTS_NORM)) setReal(SQUARED_NORM, real(SQUARED_NORM) + squares(g, length));
  update(rule, step, g, w, m, v, length);
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

function biasStep(record: usize, rule: i32): void {
  const panels = field(record, PANELS);
  const g = pointer(BLOCK);
  const penalised = word(HAS_PENALTY) != 0 && field(record, PENALISES_BIAS) != 0;
  for (let p = 0; p < panels; p++) {
    biasGradient(record, p, g, false);
    const at = <usize>(p * NR) << 2;
    const b = place(record, BIAS) + at;
    stepBy(g, rule, b, place(record, FIRST_B) + at, place(record, SECOND_B) + at, NR * 4, penalised);
  }
}

/** Gradients of the rows into the layer's own place, or added to those that stand there. */
export function weightGradient(record: usize): void {
  packOperands(record);
  const rows = word(ROWS);
  const height = roundUp4(field(record, INPUTS));
  const panels = field(record, PANELS);
  const adds = word(ADDS) != 0;
  for (let p = 0; p < panels; p++) {
    const g = place(record, GRADIENT_W) + (<usize>(p * height * NR) << 2);
    gradientTiles(record, rows, p, 0, height, g, !adds);
    if (!field(record, USE_BIAS)) continue;
    biasGradient(record, p, place(record, GRADIENT_B) + (<usize>(p * NR) << 2), adds);
  }
}

/** The length in bytes of a layer's weights, and of its bias. */
@inline
function weightBytes(record: usize): usize {
  return <usize>(field(record, PANELS) * roundUp4(field(record, INPUTS)) * NR) << 2;
}

@inline
function biasBytes(record: usize): usize {
  return <usize>(field(record, PANELS) * NR) << 2;
}

/** The penalty's share, into the gradients that stand in the layer's own place. */
export function storedPenalty(record: usize): void {
  layerNumbers(place(record, RATE));
  const step = pointer(STEP_NUMBERS);
  addPenalty(step, place(record, GRADIENT_W), place(record, WEIGHTS), weightBytes(record));
  if (!field(record, USE_BIAS) || !field(record, PENALISES_BIAS)) return;
  addPenalty(step, place(record, GRADIENT_B), place(record, BIAS), biasBytes(record));
}

/** A step by the gradients that stand in the layer's own place; clipped ones have the penalty already. */
export function storedStep(record: usize): void {
  layerNumbers(place(record, RATE));
  const rule = word(RULE);
  const penalised = word(HAS_PENALTY) != 0 && word(CLIPS) == 0;
  stepBy(
    place(record, GRADIENT_W),
    rule,
    place(record, WEIGHTS),
    place(record, FIRST_W),
    place(record, SECOND_W),
    weightBytes(record),
    penalised,
  );
  if (!field(record, USE_BIAS)) return;
  stepBy(
    place(record, GRADIENT_B),
    rule,
    place(record, BIAS),
    place(record, FIRST_B),
    place(record, SECOND_B),
    biasBytes(record),
    penalised && field(record, PENALISES_BIAS) != 0,
  );
}
