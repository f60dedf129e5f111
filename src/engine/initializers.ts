/** The parameters at the start: those of the file, or drawn from the network's seed. */
import { Random } from '../math/random';
import { listStarts, numberKeys } from '../network/layerNumbers';
import { hasParameters } from '../network/layerTypes';
import type { Initializer, InitializerName, Network, ParameterLayer } from '../network/network';
import { inferShapes } from '../network/shapes';
import type { LayerShape } from '../network/shapes';

type Draw = (random: Random, init: Initializer, inputs: number, units: number) => number;

const symmetric = (random: Random, limit: number): number => limit * (2 * random.uniform() - 1);

const draws: { readonly [K in InitializerName]: Draw } = {
  zeros: () => 0,
  constant: (_, init) => init.value,
  /** On [−scale, scale). */
  uniform: (random, init) => symmetric(random, init.scale),
  normal: (random, init) => init.scale * random.normal(),
  /** Limit √(6/(in + out)): Glorot and Bengio 2010, equation 16. */
  xavierUniform: (random, _, inputs, units) => symmetric(random, Math.sqrt(6 / (inputs + units))),
  /** Variance 2/(in + out): Glorot and Bengio 2010, equation 12. */
  xavierNormal: (random, _, inputs, units) => Math.sqrt(2 / (inputs + units)) * random.normal(),
  /** The same variance as heNormal: limit √(6/in). */
  heUniform: (random, _, inputs) => symmetric(random, Math.sqrt(6 / inputs)),
  /** Variance 2/in: He et al. 2015, equation 10. */
  heNormal: (random, _, inputs) => Math.sqrt(2 / inputs) * random.normal(),
};

/**
 * Connections that come into a neuron and that go out of a value: dense (inputs, units), conv2d (window, filters times
 * the area of the window), as Keras and PyTorch count them.
 */
export function fansOf({
  rows,
  columns,
  window,
}: Pick<LayerShape, 'rows' | 'columns' | 'window'>): [fanIn: number, fanOut: number] {
  return [columns, window ? rows * window.height * window.width : rows];
}

/** One weight of a layer with `inputs` incoming and `units` outgoing connections; not rounded. */
export function drawWeight(
  random: Random,
  init: Initializer,
  inputs: number,
  units: number,
): number {
  return draws[init.type](random, init, inputs, units);
}

/**
 * All parameters at the start, in the file's order (per layer the weights row by row, then the biases),
 * rounded to the network's precision: these are the weights "as they are".
 *
 * Layer i draws from its own stream `init:i`, so widening one layer leaves the others as they were. Where the text
 * names a file of weights, nothing is drawn.
 *
 * @throws Error when that file has not been read: numbers of the seed would pass for those of the file
 */
export function initialParameters(network: Network): Float64Array {
  const shapes = inferShapes(network);
  const parameters = storedParameters(network) ?? new Float64Array(shapes.stored);
  let offset = 0;
  network.layers.forEach((layer, index) => {
    const shape = shapes.layers[index];
    if (!hasParameters(layer)) return;
    if (!network.weights || numberKeys.some(key => layer[key])) {
      const random = new Random(network.seed, `init:${index}`);
      writeLayer(parameters, offset, layer, shape, random);
    }
    offset += shape.stored;
  });
  if (network.training.precision === 'float32') {
    // A plain loop: `Float64Array.from` walks an iterator, which takes seconds for millions of numbers.
    for (let i = 0; i < parameters.length; i++) parameters[i] = Math.fround(parameters[i]);
  }
  return parameters;
}

/** A copy of those of the file; undefined where the text names none. */
function storedParameters({ weights }: Network): Float64Array | undefined {
  if (!weights) return undefined;
  if (weights.parameters) return weights.parameters.slice();
  throw new Error(
    `weights.file: ${weights.file} has not been read, so the network has no numbers.`,
  );
}

function writeLayer(
  parameters: Float64Array,
  offset: number,
  { weights, bias, mean, variance, init, useBias }: ParameterLayer,
  shape: LayerShape,
  random: Random,
): void {
  const { rows, columns } = shape;
  const [fanIn, fanOut] = fansOf(shape);
  for (let row = 0; row < rows; row++) {
    const start = offset + row * columns;
    if (weights) parameters.set(weights[row], start);
    else
      for (let column = 0; column < columns; column++)
        parameters[start + column] = drawWeight(random, init, fanIn, fanOut);
  }
  if (useBias && bias) parameters.set(bias, offset + rows * columns);
  if (shape.stored === shape.parameters) return;
  const end = offset + shape.stored;
  if (mean) parameters.set(mean, end - 2 * rows);
  if (variance) parameters.set(variance, end - rows);
  else parameters.fill(listStarts.variance, end - rows, end);
}
