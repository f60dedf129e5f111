/** How near a network stands to a place where a derivative jumps: there, rounding decides on which side it goes on. */
import type { Dataset } from '../../src/data/dataset';
import { createArena } from '../../src/engine/arena';
import { createReferenceKernels } from '../../src/engine/kernels/reference';
import { Pass } from '../../src/engine/pass';
import { compile } from '../../src/engine/plan';
import type { ActivationName, Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { inPrecision } from './engines';

const kinked: ReadonlySet<ActivationName> = new Set(['relu', 'leakyRelu', 'step']);

/** Least distance of a number from 0, relative to the largest beside it. */
function margin(numbers: ArrayLike<number>): number {
  let [least, most] = [Infinity, 0];
  for (let i = 0; i < numbers.length; i++) {
    const size = Math.abs(numbers[i]);
    least = Math.min(least, size);
    most = Math.max(most, size);
  }
  return most === 0 ? 0 : least / most;
}

function hasKinks({ layers, loss, regularization }: Network): boolean {
  const bends = layers.some(({ activation }) => kinked.has(activation));
  return bends || loss.type === 'meanAbsoluteError' || regularization.l1 !== 0;
}

/** Over all samples and all that can jump: weighted inputs, residuals of an absolute error, weights under an l1 penalty. */
export function distanceFromKinks(
  given: Network,
  dataset: Dataset,
  parameters: Float64Array,
): number {
  const network = inPrecision(given, 'float64');
  if (!hasKinks(network)) return Infinity;
  const { samples } = dataset;
  const arena = createArena(compile(network, inferShapes(network), samples));
  const pass = new Pass(network, arena, createReferenceKernels('float64', arena.scratch));
  arena.parameters.set(parameters);
  const every = Uint32Array.from({ length: samples }, (_, i) => i);
  pass.gather(dataset, every, 0, samples);
  pass.forward(samples);
  const margins = arena.operations.map(({ operation, weightedInput }) =>
    kinked.has(network.layers[operation.layer].activation) ? margin(weightedInput) : Infinity,
  );
  if (network.loss.type === 'meanAbsoluteError') {
    margins.push(margin(pass.output.map((a, i) => a - arena.targets[i])));
  }
  if (network.regularization.l1 !== 0) margins.push(margin(parameters));
  return Math.min(Infinity, ...margins);
}
