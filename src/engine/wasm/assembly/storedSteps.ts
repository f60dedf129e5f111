/** A layer's step by gradients that stand in its own place. Records: denseRecord.ts. */
import { NR, PANEL_BYTES } from './block';
import { field, place, roundUp4 } from './fields';
import { pointer, real, setReal, word } from './header';
import { layerNumbers } from './stepNumbers';
import { split } from './team';
import { addPenalty } from './updates';
import { stepBy } from './weights';
import {
  BIAS,
  FIRST_B,
  FIRST_W,
  GRADIENT_B,
  GRADIENT_W,
  INPUTS,
  PANELS,
  PENALISES_BIAS,
  RATE,
  SECOND_B,
  SECOND_W,
  USE_BIAS,
  WEIGHTS,
} from '../shared/denseRecord';
import { CLIPS, HAS_PENALTY, SQUARED_NORM, STEP_NUMBERS, WANTS_NORM } from '../shared/places';

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
  if (word(WANTS_NORM)) return stepWithNorm(record);
  split(storedPanels, record, field(record, PANELS), roundUp4(field(record, INPUTS)) * NR);
}

@inline
function penalisesStored(): bool {
  return word(HAS_PENALTY) != 0 && word(CLIPS) == 0;
}

/** As a whole, for its squares are one sum. */
function stepWithNorm(record: usize): void {
  let squared = stepStored(record, 0, weightBytes(record));
  setReal(SQUARED_NORM, real(SQUARED_NORM) + squared);
  if (!field(record, USE_BIAS)) return;
  squared = stepStoredBias(record, 0, biasBytes(record));
  setReal(SQUARED_NORM, real(SQUARED_NORM) + squared);
}

function storedPanels(record: usize, first: i32, last: i32): void {
  const panel = weightBytes(record) / <usize>field(record, PANELS);
  stepStored(record, <usize>first * panel, <usize>(last - first) * panel);
  if (!field(record, USE_BIAS)) return;
  stepStoredBias(record, <usize>first * PANEL_BYTES, <usize>(last - first) * PANEL_BYTES);
}

/** `length` bytes of weights, `at` bytes behind the first. */
function stepStored(record: usize, at: usize, length: usize): f64 {
  const w = place(record, WEIGHTS) + at;
  const m = place(record, FIRST_W) + at;
  const v = place(record, SECOND_W) + at;
  return stepBy(place(record, GRADIENT_W) + at, w, m, v, length, penalisesStored());
}

function stepStoredBias(record: usize, at: usize, length: usize): f64 {
  const b = place(record, BIAS) + at;
  const m = place(record, FIRST_B) + at;
  const v = place(record, SECOND_B) + at;
  const penalised = penalisesStored() && field(record, PENALISES_BIAS) != 0;
  return stepBy(place(record, GRADIENT_B) + at, b, m, v, length, penalised);
}
