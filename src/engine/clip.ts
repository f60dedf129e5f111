/**
 * Clipping: the gradient that an optimizer takes in place of a large one, as PyTorch's `clip_grad_norm_` and
 * `clip_grad_value_` (Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", 2013).
 */
import type { Clip } from '../network/network';
import type { Numbers } from './numbers';

/** Keeps the division away from zero, as in PyTorch. */
export const CLIP_EPSILON = 1e-6;

/** Whether gradients are limited at all. */
export function clips({ norm, value }: Clip): boolean {
  return norm !== null || value !== null;
}

/** min(1, limit / (norm + 10⁻⁶)); 1 where no norm is limited. @param norm of the gradient of all parameters */
export function clipFactor({ norm: limit }: Clip, norm: number): number {
  return limit === null ? 1 : Math.min(1, limit / (norm + CLIP_EPSILON));
}

/** What is taken of one number of a gradient. @param factor of the whole gradient */
export function clipOne({ value }: Clip, factor: number, g: number): number {
  return value === null ? factor * g : Math.max(-value, Math.min(value, g));
}

/** g (n) ← what is taken of it, in place. @param norm of all of g */
export function clipGradient(clip: Clip, g: Numbers, norm: number): void {
  if (!clips(clip)) return;
  const factor = clipFactor(clip, norm);
  if (clip.value === null && factor === 1) return;
  for (let i = 0; i < g.length; i++) g[i] = clipOne(clip, factor, g[i]);
}
