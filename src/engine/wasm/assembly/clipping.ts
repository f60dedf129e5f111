/** Gradients that are limited before the optimizer takes them: src/engine/clip.ts in float32. */
import { CLIP_NORM } from '../shared/functions';
import { real, setReal, setWord, word } from './header';
import { CLIPS, CLIP_LIMIT, SQUARED_NORM, WANTS_NORM } from '../shared/places';
import { squares } from './updates';

/** As in PyTorch. */
const EPSILON: f64 = 1e-6;

/**
 * All stored gradients, `length` bytes at `g`, the penalty included. Their norm is known from here on. Where it is not
 * finite they stay as they are, so that what has overflowed is found.
 */
export function clipStored(g: usize, length: usize): void {
  const squared = squares(g, length);
  setReal(SQUARED_NORM, squared);
  setWord(WANTS_NORM, 0);
  if (!isFinite<f64>(squared)) return;
  const limit = real(CLIP_LIMIT);
  if (word(CLIPS) == CLIP_NORM) {
    const factor = limit / (sqrt<f64>(squared) + EPSILON);
    if (factor < 1) scale(g, length, <f32>factor);
  } else clamp(g, length, <f32>limit);
}

function scale(g: usize, length: usize, factor: f32): void {
  const every = f32x4.splat(factor);
  for (const end = g + length; g < end; g += 16) {
    v128.store(g, f32x4.mul(v128.load(g), every));
  }
}

function clamp(g: usize, length: usize, limit: f32): void {
  const most = f32x4.splat(limit);
  const least = f32x4.splat(-limit);
  for (const end = g + length; g < end; g += 16) {
    v128.store(g, f32x4.max(least, f32x4.min(most, v128.load(g))));
  }
}
