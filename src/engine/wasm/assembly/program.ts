/**
 * Whole training steps: lists of operations over one memory, laid out by src/engine/wasm/layout.ts.
 *
 * Nothing is allocated here, and nothing of the outside world is called.
 */
import { activate } from './activations';
import { copy, drop, dropBackward } from './copies';
import { clipStored } from './clipping';
import { convolve, imageGradient } from './convolution';
import { denseForward, inputGradient } from './dense';
import {
  activateLayer,
  activateLayerBackward,
  loss,
  softmaxLayer,
  softmaxLayerBackward,
} from './elements';
import { place } from './fields';
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
  POSITION,
  ROWS,
  SAMPLES,
  SCALES,
  SQUARED_NORM,
  STORED_UPDATE,
  STORING_BACKWARD,
  STRETCH_FINITE,
  STRETCH_FROM,
  STRETCH_TO,
  WANTS_NORM,
  X,
  X_STRIDE,
  Y,
} from '../shared/places';
import {
  ACTIVATE,
  ACTIVATE_BACKWARD,
  AVERAGE_POOL,
  AVERAGE_POOL_BACKWARD,
  CONVOLVE,
  COPY,
  COUNT,
  DENSE,
  DROP,
  DROP_BACKWARD,
  FILTER_GRADIENT,
  FILTER_STEP,
  IMAGE_GRADIENT,
  INPUT_GRADIENT,
  LOSS,
  FOLLOW_BATCH,
  MAX_POOL,
  MAX_POOL_BACKWARD,
  NORMALISE,
  NORMALISE_BACKWARD,
  SOFTMAX,
  SOFTMAX_BACKWARD,
  STORED_CLIP,
  STORED_PENALTY,
  STORED_STEP,
  TO,
  WEIGHT_GRADIENT,
  WEIGHT_STEP,
} from '../shared/operations';
import { followBatch, normalise, normaliseBackward } from './norms';
import { pool, poolBackward } from './pools';
import { tick } from './stepNumbers';
import { setThreads, split, teamSize } from './team';
import { storedPenalty, storedStep } from './storedSteps';
import { weightGradient, weightStep } from './weights';

export function setup(header: usize): void {
  setHeader(header);
}

function perform(list: i32): void {
  let at = pointer(list);
  for (const end = at + (<usize>word(list + 1) << 3); at < end; at += 8) {
    performOne(load<i32>(at), <usize>load<u32>(at + 4));
  }
}

function performOne(code: i32, record: usize): void {
  if (code == DENSE) denseForward(record);
  else if (code == ACTIVATE) activateLayer(record);
  else if (code == WEIGHT_STEP) weightStep(record);
  else if (code == INPUT_GRADIENT) inputGradient(record);
  else if (code == ACTIVATE_BACKWARD) activateLayerBackward(record);
  else if (code == SOFTMAX) softmaxLayer(record);
  else if (code == LOSS) loss(record);
  else if (code == COPY) copy(record);
  else if (code == SOFTMAX_BACKWARD) softmaxLayerBackward(record);
  else if (code == WEIGHT_GRADIENT) weightGradient(record);
  else if (code == STORED_STEP) storedStep(record);
  else if (code == STORED_PENALTY) storedPenalty(record);
  else if (code == STORED_CLIP) clipStored(place(record, TO), place(record, COUNT));
  else performOnImages(code, record);
}

function performOnImages(code: i32, record: usize): void {
  if (code == CONVOLVE) convolve(record);
  else if (code == FILTER_STEP) filterStep(record);
  else if (code == IMAGE_GRADIENT) imageGradient(record);
  else if (code == MAX_POOL || code == AVERAGE_POOL) pool(record);
  else if (code == MAX_POOL_BACKWARD || code == AVERAGE_POOL_BACKWARD) poolBackward(record);
  else if (code == DROP) drop(record);
  else if (code == DROP_BACKWARD) dropBackward(record);
  else if (code == FILTER_GRADIENT) filterGradient(record);
  else performNorm(code, record);
}

function performNorm(code: i32, record: usize): void {
  if (code == NORMALISE) normalise(record);
  else if (code == NORMALISE_BACKWARD) normaliseBackward(record);
  else if (code == FOLLOW_BATCH) followBatch(record);
  else unreachable();
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
  split(gatherRows, order, rows, word(X_STRIDE) >> 4);
}

/** Into these rows the samples that the order tells. */
function gatherRows(order: usize, first: i32, last: i32): void {
  const stride = pointer(DATA_X_STRIDE);
  const xStride = pointer(X_STRIDE);
  const yStride = pointer(DATA_Y_STRIDE);
  const asBytes = word(AS_BYTES) != 0;
  let x = pointer(X) + <usize>first * xStride;
  let y = pointer(Y) + <usize>first * yStride;
  for (let r = first; r < last; r++, x += xStride, y += yStride) {
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

/**
 * A step by the gradients that `backward` has stored; its squared norm is known then. By a single thread: a clipped
 * gradient is changed in its place, so what went wrong could not be repeated.
 */
export function applyStored(): void {
  const threads = teamSize();
  setThreads(1);
  stepByStored();
  setThreads(threads);
}

function stepByStored(): void {
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
      stepByStored();
    } else {
      tick();
      perform(BACKWARD);
    }
    setWord(POSITION, position + rows);
  }
  return made;
}

/** Bytes that are looked through or copied at a time. */
const STRETCH: usize = 65536;

@inline
function stretches(length: usize): i32 {
  return <i32>((length + STRETCH - 1) / STRETCH);
}

/** Whether all numbers of `length` bytes, a multiple of 16, are finite. */
export function finite(x: usize, length: usize): bool {
  setWord(STRETCH_FINITE, 1);
  setWord(STRETCH_FROM, <i32>x);
  split(finiteStretches, length, stretches(length), <i32>(STRETCH >> 4));
  return word(STRETCH_FINITE) != 0;
}

function finiteStretches(length: usize, first: i32, last: i32): void {
  let x = pointer(STRETCH_FROM);
  const end = x + min(length, <usize>last * STRETCH);
  x += <usize>first * STRETCH;
  let sum = f32x4.splat(0);
  for (; x < end; x += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(x), f32x4.splat(0)));
  }
  if (!v128.all_true<i32>(f32x4.eq(sum, f32x4.splat(0)))) setWord(STRETCH_FINITE, 0);
}

/** Copies `length` bytes. */
export function keep(from: usize, to: usize, length: usize): void {
  setWord(STRETCH_FROM, <i32>from);
  setWord(STRETCH_TO, <i32>to);
  split(keepStretches, length, stretches(length), <i32>(STRETCH >> 4));
}

function keepStretches(length: usize, first: i32, last: i32): void {
  const at = <usize>first * STRETCH;
  const count = min(length, <usize>last * STRETCH) - at;
  memory.copy(pointer(STRETCH_TO) + at, pointer(STRETCH_FROM) + at, count);
}

/** Zeros into `length` bytes. */
export function clear(address: usize, length: usize): void {
  memory.fill(address, 0, length);
}

/** For tests and benchmarks: an activation over `count` numbers, a multiple of 4. */
export function activateNumbers(f: i32, z: usize, a: usize, count: i32): void {
  activate(f, z, a, z + (<usize>count << 2));
}
