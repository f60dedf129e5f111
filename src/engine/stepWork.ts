/** How much one step of training computes, told from the shapes alone: it decides where that is done. */
import type { Network } from '../network/network';
import type { LayerShape, NetworkShapes } from '../network/shapes';

/**
 * Floating-point operations a second, from which the milliseconds of a step are estimated: what one core does in
 * 128-bit WebAssembly in whole steps (a good half of its 43–52 GFLOP/s of the matrix products alone).
 */
const OPERATIONS_PER_SECOND = 25e9;

/**
 * Floating-point operations of one update over `rows` samples.
 *
 * Each parameter takes, at each place of an image, a multiplication and an addition a sample in z = x wᵀ + b, in ∂C/∂w
 * and, where a layer stands before it, in ∂C/∂x. What the optimizer does beside that, once a step, is left out.
 */
export function stepOperations({ layers }: NetworkShapes, rows: number): number {
  const products = layers.reduce((sum, shape) => {
    const isFirst = shape.sources.every(source => source < 0);
    return sum + (isFirst ? 2 : 3) * multiplications(shape);
  }, 0);
  return 2 * products * rows;
}

/** Of a sample forward: each parameter at each place of an image. */
export function multiplications({ parameters, window }: LayerShape): number {
  return parameters * (window ? window.target.height * window.target.width : 1);
}

/** Estimated milliseconds of a step. `samples`: those that are trained on. */
export function stepMilliseconds(
  { training: { batchSize } }: Network,
  shapes: NetworkShapes,
  samples: number,
): number {
  const rows = batchSize === 'all' ? samples : Math.min(batchSize, samples);
  return (1000 * stepOperations(shapes, rows)) / OPERATIONS_PER_SECOND;
}
