/** The gradient of the displayed loss over one batch, by backpropagation in float64. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import { createArena } from './arena';
import type { Kernels } from './kernels/kernels';
import { createReferenceKernels } from './kernels/reference';
import { reductionFactor } from './losses';
import { Pass } from './pass';
import { compile } from './plan';

/** Which arithmetic to use; given the scratch of the plan. */
export type KernelsFactory = (scratch: Float64Array) => Kernels;

const float64Kernels: KernelsFactory = scratch => createReferenceKernels('float64', scratch);

/**
 * ∂C/∂parameter in the file's order, reduction and penalty over these samples included.
 *
 * @param samples indices into the data, at least one
 * @param parameters in the file's order
 */
export function batchGradient(
  network: Network,
  dataset: Dataset,
  samples: Uint32Array,
  parameters: Float64Array,
  kernels: KernelsFactory = float64Kernels,
): Float64Array {
  const shapes = inferShapes(network);
  const arena = createArena(compile(network, shapes, samples.length, 'float64'));
  const pass = new Pass(network, arena, kernels(arena.scratch));
  arena.parameters.set(parameters);
  pass.gather(dataset, samples, 0, samples.length);
  pass.forward(samples.length);
  const { reduction } = network.loss;
  pass.backward(samples.length, reductionFactor(reduction, samples.length, shapes.outputSize));
  pass.penaltyBackward(samples.length);
  return Float64Array.from(arena.gradients);
}
