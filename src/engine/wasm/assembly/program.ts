/**
 * Whole training steps: lists of operations over one memory, laid out by src/engine/wasm/layout.ts.
 *
 * Nothing is allocated here, and nothing of the outside world is called.
 */
import { activate, activateBackward, softmax, softmaxBackward } from './activations';
import { copy, drop, dropBackward } from './copies';
import { clipStored } from './clipping';
import { convolve, imageGradient } from './convolution';
import { denseForward, inputGradient } from './dense';
import { field, place } from './fields';
import { filterGradient, filterStep } from './filters';
import { pointer, real, setHeader, setReal, setWord, word } from './header';
import {
  ADDS,
  AS_BYTES,
  BACKWARD,
  BATCH,
  CLIPS,
  DATA_X,
  DATA_X_STRIDE,
  DATA_Y,
  DATA_Y_STRIDE,
  DROPS,
  END,
  EPOCH_PLACE,
  EPOCH_SHIFT,
  FORWARD,
  KEEPING_FORWARD,
  OFFSETS,
  ORDER,
  OUTPUTS,
  POSITION,
  REDUCTION,
  ROWS,
  SAMPLES,
  SCALES,
  SQUARED_NORM,
  STORED_UPDATE,
  STORING_BACKWARD,
  TRACE,
  WANTS_NORM,
  X,
  X_STRIDE,
  Y,
} from '../shared/places';
import { MEAN, SUM } from '../shared/functions';
import {
  ACTIVATE,
  ACTIVATE_BACKWARD,
  AVERAGE_POOL,
  AVERAGE_POOL_BACKWARD,
  CONVOLVE,
  COPY,
  COUNT,
  DELTA,
  DENSE,
  DROP,
  DROP_BACKWARD,
  FILTER_GRADIENT,
  FILTER_STEP,
  FUNCTION,
  IMAGE_GRADIENT,
  INPUT_GRADIENT,
  LOSS,
  FOLLOW_BATCH,
  MAX_POOL,
  MAX_POOL_BACKWARD,
  NORMALISE,
  NORMALISE_BACKWARD,
  OUTPUT,
  SOFTMAX,
  SOFTMAX_BACKWARD,
  STORED_CLIP,
  STORED_PENALTY,
  STORED_STEP,
  STRIDE,
  TARGET_STRIDE,
  TARGETS,
  TO,
  UNITS,
  WEIGHT_GRADIENT,
  WEIGHT_STEP,
  WEIGHTED_INPUT,
} from '../shared/operations';
import { lossGradient, traceFinite } from './losses';
import { followBatch, normalise, normaliseBackward } from './norms';
import { pool, poolBackward } from './pools';
import { tick } from './stepNumbers';
import { storedPenalty, storedStep, weightGradient, weightStep } from './weights';

export function setup(header: usize): void {
  setHeader(header);
}

@inline
function paddedRows(): usize {
  return <usize>((word(ROWS) + 3) & ~3);
}

function perform(list: i32): void {
  let at = pointer(list);
  for (const end = at + (<usize>word(list + 1) << 3); at < end; at += 8) {
    performOne(load<i32>(at), <usize>load<u32>(at + 4));
  }
}

function performOne(code: i32, record: usize): void {
  if (code == DENSE) denseForward(record);
  else if (code == ACTIVATE) {
    const z = place(record, WEIGHTED_INPUT);
    const end = z + paddedRows() * place(record, STRIDE);
    activate(field(record, FUNCTION), z, place(record, OUTPUT), end);
  } else if (code == WEIGHT_STEP) weightStep(record);
  else if (code == INPUT_GRADIENT) inputGradient(record);
  else if (code == ACTIVATE_BACKWARD) {
    const d = place(record, DELTA);
    const end = d + paddedRows() * place(record, STRIDE);
    const z = place(record, WEIGHTED_INPUT);
    activateBackward(field(record, FUNCTION), d, z, place(record, OUTPUT), end);
  } else if (code == SOFTMAX) {
    softmax(
      place(record, WEIGHTED_INPUT),
      place(record, OUTPUT),
      word(ROWS),
      place(record, STRIDE),
      field(record, UNITS),
    );
  } else if (code == LOSS) loss(record);
  else if (code == COPY) copy(record);
  else if (code == SOFTMAX_BACKWARD) {
    softmaxBackward(
      place(record, DELTA),
      place(record, OUTPUT),
      word(ROWS),
      place(record, STRIDE),
      field(record, UNITS),
    );
  } else if (code == WEIGHT_GRADIENT) weightGradient(record);
  else if (code == STORED_STEP) storedStep(record);
  else if (code == STORED_PENALTY) storedPenalty(record);
  else if (code == STORED_CLIP) clipStored(place(record, TO), place(record, COUNT));
  else performOnImages(code, record);
}

function performOnImages(code: i32, record: usize): void {
  if (code == CONVOLVE) convolve(record);
  else if (code == FILTER_STEP) filterStep(record);
  else if (code == IMAGE_GRADIENT) imageGradient(record);
  else if (code == MAX_POOL || code == AVERAGE_POOL) pool(record, code == MAX_POOL);
  else if (code == MAX_POOL_BACKWARD || code == AVERAGE_POOL_BACKWARD) {
    poolBackward(record, code == MAX_POOL_BACKWARD);
  } else if (code == DROP) drop(record);
  else if (code == DROP_BACKWARD) dropBackward(record);
  else if (code == FILTER_GRADIENT) filterGradient(record, word(ADDS) != 0);
  else performNorm(code, record);
}

function performNorm(code: i32, record: usize): void {
  if (code == NORMALISE) normalise(record);
  else if (code == NORMALISE_BACKWARD) normaliseBackward(record);
  else if (code == FOLLOW_BATCH) followBatch(record);
  else unreachable();
}

/** What the sum over samples is multiplied by: sum, mean, meanAll. */
@inline
function reductionFactor(): f64 {
  const kind = word(REDUCTION);
  return kind == SUM ? 1 : 1 / (kind == MEAN ? real(SAMPLES) : real(SAMPLES) * real(OUTPUTS));
}

function loss(record: usize): void {
  const rows = word(ROWS);
  const stride = place(record, STRIDE);
  const units = field(record, UNITS);
  traceFinite(pointer(TRACE), place(record, WEIGHTED_INPUT), rows, stride, units);
  lossGradient(
    field(record, FUNCTION),
    <f32>reductionFactor(),
    place(record, DELTA),
    place(record, OUTPUT),
    place(record, TARGETS),
    rows,
    <i32>paddedRows(),
    stride,
    place(record, TARGET_STRIDE),
    units,
  );
}

@inline
function copyRow(from: usize, to: usize, length: usize): void {
  for (let j: usize = 0; j < length; j += 16) v128.store(to + j, v128.load(from + j));
}

/** x = (byte − offset) / scale, four at a time; `length` bytes of x, a multiple of 16. */
function bytesToRow(from: usize, to: usize, length: usize): void {
  const offsets = pointer(OFFSETS);
  const scales = pointer(SCALES);
  for (let j: usize = 0; j < length; j += 16, from += 4) {
    const bytes = v128.load32_zero(from);
    const whole = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
    const x = f32x4.sub(f32x4.convert_i32x4_u(whole), v128.load(offsets + j));
    v128.store(to + j, f32x4.div(x, v128.load(scales + j)));
  }
}

/** Copies `rows` samples of the order, from `position` on, into the batch buffers. */
export function gather(position: i32, rows: i32): void {
  setWord(ROWS, rows);
  setWord(EPOCH_PLACE, position + word(EPOCH_SHIFT));
  const order = pointer(ORDER) + (<usize>position << 2);
  const stride = pointer(DATA_X_STRIDE);
  const xStride = pointer(X_STRIDE);
  const yStride = pointer(DATA_Y_STRIDE);
  const asBytes = word(AS_BYTES) != 0;
  let x = pointer(X);
  let y = pointer(Y);
  for (let r = 0; r < rows; r++, x += xStride, y += yStride) {
    const sample = <usize>load<u32>(order + (<usize>r << 2));
    const from = pointer(DATA_X) + sample * stride;
    if (asBytes) bytesToRow(from, x, xStride);
    else copyRow(from, x, xStride);
    copyRow(pointer(DATA_Y) + sample * yStride, y, yStride);
  }
}

/** Outputs of the rows that have been gathered; `keeps`: with all weighted inputs; `drops`: as in training. */
export function forward(keeps: bool, drops: bool): void {
  setWord(DROPS, drops ? 1 : 0);
  perform(keeps ? KEEPING_FORWARD : FORWARD);
}

/** The gradient of the gathered rows, a tile of a batch of `samples`; `adds`: to that of earlier tiles. */
export function backward(samples: f64, adds: bool): void {
  setReal(SAMPLES, samples);
  setWord(ADDS, adds ? 1 : 0);
  perform(STORING_BACKWARD);
}

/** A step by the gradients that `backward` has stored; its squared norm is known then. */
export function applyStored(): void {
  tick();
  setWord(WANTS_NORM, 1);
  setReal(SQUARED_NORM, 0);
  perform(STORED_UPDATE);
}

/**
 * `steps` steps, or fewer where the order ends before; the norm is that of the last one.
 *
 * @returns how many steps
 */
export function train(steps: i32, wantsNorm: bool): i32 {
  const end = word(END);
  const batch = word(BATCH);
  setWord(DROPS, 1);
  let made = 0;
  for (; made < steps && word(POSITION) < end; made++) {
    const position = word(POSITION);
    const rows = min(batch, end - position);
    const last = made + 1 == steps || position + rows >= end;
    setWord(WANTS_NORM, last && wantsNorm ? 1 : 0);
    if (last) setReal(SQUARED_NORM, 0);
    setReal(SAMPLES, <f64>rows);
    gather(position, rows);
    perform(FORWARD);
    if (word(CLIPS)) {
      backward(<f64>rows, false);
      applyStored();
    } else {
      tick();
      perform(BACKWARD);
    }
    setWord(POSITION, position + rows);
  }
  return made;
}

/** Whether all numbers of `length` bytes, a multiple of 16, are finite. */
export function finite(x: usize, length: usize): bool {
  let sum = f32x4.splat(0);
  for (const end = x + length; x < end; x += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(x), f32x4.splat(0)));
  }
  return v128.all_true<i32>(f32x4.eq(sum, f32x4.splat(0)));
}

/** Zeros into `length` bytes. */
export function clear(address: usize, length: usize): void {
  memory.fill(address, 0, length);
}

/** For tests and benchmarks: an activation over `count` numbers, a multiple of 4. */
export function activateNumbers(f: i32, z: usize, a: usize, count: i32): void {
  activate(f, z, a, z + (<usize>count << 2));
}
