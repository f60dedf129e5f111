/** Which network stands for a seed: the generators of the engine's tests, with settings of every size. */
import { initialParameters } from '../../src/engine/initializers';
import { partners } from '../../src/network/lossPairs';
import { hasParameters } from '../../src/network/layerTypes';
import type {
  Initializer,
  InitializerName,
  Layer,
  Network,
  Optimizer,
} from '../../src/network/network';
import { initializers } from '../../src/network/vocabulary';
import {
  ACTIVATIONS,
  caseOf,
  Draw,
  LOSSES,
  randomCase,
  type RandomCase,
} from '../engine/randomCases';
import { LayerDraw, randomImageCase } from '../engine/randomImageCases';

/** How large a network of every layer type is at most. */
export interface Sizes {
  readonly inputs: number;
  /** Height and width of an image. */
  readonly edge: number;
  readonly channels: number;
  readonly units: number;
  readonly filters: readonly number[];
  readonly samples: number;
}

const MODERATE: Sizes = {
  ...{ inputs: 24, edge: 7, channels: 4, units: 24, filters: [8, 16] },
  samples: 24,
};

/**
 * Every layer type with every activation, dropped and normalised values before kinks, over lists and images.
 *
 * @param cancels whether batchNorm may stand where it leaves parameters no gradient but rounding
 */
export function mixedCase(seed: number, cancels: boolean, sizes = MODERATE): RandomCase {
  const draw = new Draw(seed, 'mixed');
  const { inputs, edge, channels, units, filters, samples } = sizes;
  const image = draw.chance(0.5)
    ? { height: draw.size(edge), width: draw.size(edge), channels: draw.size(channels) }
    : undefined;
  const shape = image ? [image.height, image.width, image.channels] : [draw.size(inputs)];
  const size = shape.reduce((a, b) => a * b);
  const loss = draw.of(LOSSES);
  const rules = { drops: true, bends: true, cancels, residuals: true, units, filters };
  const output = partners[loss] ?? draw.of(ACTIVATIONS);
  const layers = new LayerDraw(draw, rules).layers(size, image, output);
  return caseOf(draw, seed, shape, layers, loss, samples, 0.01);
}

/** Chains of small dense layers, most of which have code of their own. */
const smallCase = (seed: number): RandomCase => randomCase(seed, { units: 9, branches: 0 });

/** Every fourth network is of the same kind. */
const KINDS: readonly ((seed: number) => RandomCase)[] = [
  randomCase,
  randomImageCase,
  smallCase,
  seed => mixedCase(seed, false),
];

/** @param seed the same one, the same case; float32 tells its gradients from rounding */
export function differentialCase(seed: number): RandomCase {
  return varied(KINDS[seed % KINDS.length](seed), seed);
}

/** The same with batchNorm where it takes gradients away: only float64 tells those from rounding. */
export function cancellingCase(seed: number): RandomCase {
  return seed % 4 === 3 ? varied(mixedCase(seed, true), seed) : differentialCase(seed);
}

/** With other numbers in its settings, and as often as not a start of its initializers. */
export function varied(one: RandomCase, seed: number): RandomCase {
  const draw = new Draw(seed, 'varied');
  const { network: net } = one;
  const factor = 0.1 + 2 * draw.uniform();
  const { l1, l2 } = net.regularization;
  const layers = net.layers.map(layer => withInitializer(draw, layer));
  const network: Network = {
    ...net,
    layers,
    regularization: { ...net.regularization, l1: factor * l1, l2: factor * l2 },
    training: { ...net.training, optimizer: variedOptimizer(draw, net.training.optimizer) },
  };
  const start = draw.chance(0.5) ? one.start : initialParameters(network);
  return { ...one, network, start };
}

/** ε stays as large as in `OPTIMIZERS`, for the same reason. */
function variedOptimizer(draw: Draw, optimizer: Optimizer): Optimizer {
  const { momentum, learningRate } = optimizer;
  return {
    ...optimizer,
    learningRate: learningRate * 4 ** (draw.uniform() - 0.75),
    momentum: momentum === 0 ? 0 : 0.98 * draw.uniform(),
    decay: draw.uniform(),
    beta1: 0.95 * draw.uniform(),
    beta2: 0.999 * draw.uniform(),
    epsilon: 0.01 * (1 + 9 * draw.uniform()),
    weightDecay: 0.5 * draw.uniform(),
  };
}

const INITIALIZERS = Object.keys(initializers) as readonly InitializerName[];

/** Zeros and constants leave the neurons of a layer equal, so that they are seldom drawn. */
function withInitializer(draw: Draw, layer: Layer): Layer {
  if (!hasParameters(layer) || layer.type === 'batchNorm') return layer;
  const type = draw.chance(0.1) ? draw.of(INITIALIZERS) : draw.of(INITIALIZERS.slice(2));
  const init: Initializer = { type, value: 0.3, scale: 0.5 };
  return { ...layer, init };
}
