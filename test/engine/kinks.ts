/** How near a network stands to a place where a derivative jumps: there, rounding decides on which side it goes on. */
import type { Dataset } from '../../src/data/dataset';
import { createArena } from '../../src/engine/arena';
import { createReferenceKernels } from '../../src/engine/kernels/reference';
import type { TrainingPlace } from '../../src/engine/dropout';
import { Pass } from '../../src/engine/pass';
import type { Numbers } from '../../src/engine/numbers';
import { compile, type PoolOperation } from '../../src/engine/plan';
import { imageSize } from '../../src/network/images';
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

/**
 * Least distance of the largest value of a window from another one, relative to the largest of all. Equal ones are no
 * kink: the same sums lead to them, or relu has made them 0, whose derivative is 0.
 */
function poolMargin({ type, window }: PoolOperation, values: Numbers, rows: number): number {
  if (type !== 'maxPool2d') return Infinity;
  const { source, target, height, width, strideY, strideX, top, left } = window;
  let least = Infinity;
  let most = 0;
  for (let i = 0; i < rows * imageSize(source); i++) most = Math.max(most, Math.abs(values[i]));
  for (let place = 0; place < target.height * target.width; place++) {
    const y = Math.floor(place / target.width) * strideY - top;
    const x = (place % target.width) * strideX - left;
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < source.channels; c++) {
        const inside: number[] = [];
        for (let i = Math.max(y, 0); i < Math.min(y + height, source.height); i++)
          for (let k = Math.max(x, 0); k < Math.min(x + width, source.width); k++)
            inside.push(values[((r * source.height + i) * source.width + k) * source.channels + c]);
        const largest = Math.max(...inside);
        for (const value of inside) if (value !== largest) least = Math.min(least, largest - value);
      }
  }
  return most === 0 ? Infinity : least / most;
}

function hasKinks({ layers, loss, regularization }: Network): boolean {
  const bends = layers.some(
    ({ type, activation }) => type === 'maxPool2d' || kinked.has(activation),
  );
  return bends || loss.type === 'meanAbsoluteError' || regularization.l1 !== 0;
}

/** What is looked at: with a place as a step sees them, with what is dropped and the statistics of the batch. */
export interface Batch {
  readonly samples: Uint32Array;
  readonly place?: TrainingPlace;
}

function everySample({ samples }: Dataset): Batch {
  return { samples: Uint32Array.from({ length: samples }, (_, i) => i) };
}

/** Over these samples and all that can jump: weighted inputs, residuals of an absolute error, weights under an l1 penalty. */
export function distanceFromKinks(
  given: Network,
  dataset: Dataset,
  parameters: Float64Array,
  { samples, place }: Batch = everySample(dataset),
): number {
  const network = inPrecision(given, 'float64');
  if (!hasKinks(network)) return Infinity;
  const rows = samples.length;
  const arena = createArena(compile(network, inferShapes(network), rows));
  const pass = new Pass(network, arena, createReferenceKernels('float64', arena.scratch));
  arena.parameters.set(parameters);
  pass.gather(dataset, samples, 0, rows);
  pass.forward(rows, place);
  const margins = arena.operations.map(({ operation, weightedInput, sources }) => {
    if (operation.type === 'maxPool2d') return poolMargin(operation, sources[0].values, rows);
    const { activation } = network.layers[operation.layer];
    return kinked.has(activation) ? margin(weightedInput) : Infinity;
  });
  if (network.loss.type === 'meanAbsoluteError') {
    margins.push(margin(pass.output.map((a, i) => a - arena.targets[i])));
  }
  if (network.regularization.l1 !== 0) margins.push(margin(parameters));
  return Math.min(Infinity, ...margins);
}
