/** Operations that take each row of a layer for itself: activations, and the loss. Records: operations.ts. */
import { activate, activateBackward, softmax, softmaxBackward } from './activations';
import { field, place, roundUp4 } from './fields';
import { pointer, real, word } from './header';
import { lossGradient, traceFinite } from './losses';
import { split } from './team';
import { MEAN, SUM } from '../shared/functions';
import {
  DELTA,
  FUNCTION,
  OUTPUT,
  STRIDE,
  TARGET_STRIDE,
  TARGETS,
  UNITS,
  WEIGHTED_INPUT,
} from '../shared/operations';
import { OUTPUTS, REDUCTION, ROWS, SAMPLES, TRACE } from '../shared/places';

/** Vector operations of a row: a function takes some of them for each vector of numbers. */
@inline
function rowCost(record: usize): i32 {
  return field(record, STRIDE) >> 2;
}

/** How far a row is from the first. */
@inline
function rowAt(record: usize, row: i32): usize {
  return <usize>row * place(record, STRIDE);
}

/** a = f(z) */
export function activateLayer(record: usize): void {
  split(activateRows, record, roundUp4(word(ROWS)), rowCost(record));
}

function activateRows(record: usize, first: i32, last: i32): void {
  const z = place(record, WEIGHTED_INPUT);
  const a = place(record, OUTPUT) + rowAt(record, first);
  activate(field(record, FUNCTION), z + rowAt(record, first), a, z + rowAt(record, last));
}

/** δ = ∂C/∂a ⊙ f′(z), in place */
export function activateLayerBackward(record: usize): void {
  split(activateRowsBackward, record, roundUp4(word(ROWS)), rowCost(record));
}

function activateRowsBackward(record: usize, first: i32, last: i32): void {
  const at = rowAt(record, first);
  const d = place(record, DELTA);
  const z = place(record, WEIGHTED_INPUT) + at;
  const a = place(record, OUTPUT) + at;
  activateBackward(field(record, FUNCTION), d + at, z, a, d + rowAt(record, last));
}

export function softmaxLayer(record: usize): void {
  split(softmaxRows, record, word(ROWS), rowCost(record));
}

function softmaxRows(record: usize, first: i32, last: i32): void {
  const at = rowAt(record, first);
  const z = place(record, WEIGHTED_INPUT) + at;
  softmax(z, place(record, OUTPUT) + at, last - first, place(record, STRIDE), field(record, UNITS));
}

export function softmaxLayerBackward(record: usize): void {
  split(softmaxRowsBackward, record, word(ROWS), rowCost(record));
}

function softmaxRowsBackward(record: usize, first: i32, last: i32): void {
  const at = rowAt(record, first);
  const d = place(record, DELTA) + at;
  const a = place(record, OUTPUT) + at;
  softmaxBackward(d, a, last - first, place(record, STRIDE), field(record, UNITS));
}

/** What the sum over samples is multiplied by: sum, mean, meanAll. */
@inline
function reductionFactor(): f64 {
  const kind = word(REDUCTION);
  return kind == SUM ? 1 : 1 / (kind == MEAN ? real(SAMPLES) : real(SAMPLES) * real(OUTPUTS));
}

/** ∂C/∂a of the last layer, or ∂C/∂z. */
export function loss(record: usize): void {
  const z = place(record, WEIGHTED_INPUT);
  traceFinite(pointer(TRACE), z, word(ROWS), place(record, STRIDE), field(record, UNITS));
  split(lossRows, record, roundUp4(word(ROWS)), rowCost(record));
}

/** Of those there may be some behind the last sample, which become 0. */
function lossRows(record: usize, first: i32, last: i32): void {
  const at = rowAt(record, first);
  lossGradient(
    field(record, FUNCTION),
    <f32>reductionFactor(),
    place(record, DELTA) + at,
    place(record, OUTPUT) + at,
    place(record, TARGETS) + <usize>first * place(record, TARGET_STRIDE),
    max(min(last, word(ROWS)) - first, 0),
    last - first,
    place(record, STRIDE),
    place(record, TARGET_STRIDE),
    field(record, UNITS),
  );
}
