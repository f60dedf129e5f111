/** Random networks with data: everything that a network file can say about a training, in every combination. */
import type { Dataset } from '../../src/data/dataset';
import { Random } from '../../src/math/random';
import type {
  ActivationName,
  Layer,
  LossName,
  Network,
  Optimizer,
  PenaltyScale,
  Reduction,
} from '../../src/network/network';
import { inferShapes, sizeOf } from '../../src/network/shapes';
import { partners } from '../../src/network/lossPairs';
import * as vocabulary from '../../src/network/vocabulary';
import { dense, merge, network, randomDataset, STEADY } from './networks';

export interface RandomCase {
  readonly network: Network;
  readonly dataset: Dataset;
  /** Different from 0 everywhere, and numbers of float32. */
  readonly start: Float64Array;
}

export const ACTIVATIONS = Object.keys(vocabulary.activations) as readonly ActivationName[];
/** A softmax stands at the end only. */
export const HIDDEN = ACTIVATIONS.filter(name => name !== 'softmax');
export const LOSSES = Object.keys(vocabulary.losses) as readonly LossName[];

/**
 * Every rule and variant. ε is large: with 1e-8 a gradient near 0 decides by its sign alone how far a parameter
 * goes, which rounding of either side may turn; PyTorch's numbers are computed with the usual one.
 */
export const OPTIMIZERS: readonly Partial<Optimizer>[] = [
  { type: 'sgd' },
  { type: 'sgd', momentum: 0.9 },
  { type: 'sgd', momentum: 0.8, nesterov: true },
  { type: 'rmsprop', decay: 0.95, epsilon: 0.01 },
  { type: 'adagrad', epsilon: 0.01 },
  { type: 'adam', epsilon: 0.01 },
  { type: 'adam', beta1: 0.5, beta2: 0.9, epsilon: 0.01 },
  { type: 'adamw', weightDecay: 0.1, epsilon: 0.01 },
];

const SCALES: readonly PenaltyScale[] = ['lambda/2m', 'lambda/2', 'lambda'];
const REDUCTIONS: readonly Reduction[] = ['sum', 'mean', 'meanAll'];

export class Draw {
  readonly #random: Random;

  constructor(seed: number, purpose = 'cases') {
    this.#random = new Random(seed, `test:${purpose}`);
  }

  of<T>(all: readonly T[]): T {
    return all[this.#random.below(all.length)];
  }

  /** From 1 to `most`, small ones more often. */
  size(most: number): number {
    return 1 + this.#random.below(1 + this.#random.below(most));
  }

  /** From 0 to n − 1. */
  below(n: number): number {
    return this.#random.below(n);
  }

  /** From [0, 1). */
  uniform(): number {
    return this.#random.uniform();
  }

  chance(of: number): boolean {
    return this.#random.uniform() < of;
  }

  normal(): number {
    return this.#random.normal();
  }
}

/** How large layers are, and whether they may have branches. */
interface Sizes {
  readonly units: number;
  readonly branches: number;
}

/** @param seed the same one, the same case */
export function randomCase(seed: number, sizes: Sizes = { units: 70, branches: 0.5 }): RandomCase {
  const draw = new Draw(seed);
  const inputs = draw.size(sizes.units);
  const loss = draw.of(LOSSES);
  const layers = randomLayers(draw, inputs, partners[loss] ?? draw.of(ACTIVATIONS), sizes);
  return caseOf(draw, seed, [inputs], layers, loss, 60, 0.03);
}

/**
 * Data and settings for these layers.
 *
 * @param most samples of a usual case
 * @param rate of learning
 */
export function caseOf(
  draw: Draw,
  seed: number,
  shape: readonly number[],
  layers: readonly Layer[],
  loss: LossName,
  most: number,
  rate: number,
): RandomCase {
  const inputs = sizeOf(shape);
  const outputs = layers[layers.length - 1].units;
  const large = isLarge(seed);
  const samples = large ? 560 + draw.size(100) : 4 + draw.size(most);
  const kinds = partners[loss]
    ? (['binary', 'oneHot'] as const)
    : (['real', 'binary', 'oneHot'] as const);
  const targets = draw.of(kinds);
  const data = randomDataset(samples, inputs, outputs, targets, draw.chance(0.5) ? 3 : 0);
  const reduction = draw.of(REDUCTIONS);
  const batchSize = large
    ? draw.of(['all', 521, 300] as const)
    : draw.of([1, 2, 3, 5, 7, 16, 33, 'all'] as const);
  const rows = batchSize === 'all' ? samples : Math.min(batchSize, samples);
  const optimizer = draw.of(OPTIMIZERS);
  /** Gradients of a sum over many samples are as much larger, which plain descent feels. */
  const sums = reduction === 'sum' && optimizer.type === 'sgd';
  const built = network(inputs, layers, {
    seed,
    loss: { type: loss, half: draw.chance(0.5), reduction },
    regularization: randomPenalty(draw),
    optimizer: { ...optimizer, learningRate: rate / (sums ? rows : 1) },
    training: {
      ...{ precision: 'float32', batchSize, shuffle: draw.chance(0.7), epochs: 4 },
      ...randomCourse(new Draw(seed, 'course'), reduction === 'sum' ? rows : 1),
    },
  });
  const shaped = { ...built, input: { shape } };
  return {
    network: shaped,
    dataset: rounded(data, draw.chance(0.3)),
    start: randomStart(draw, shaped),
  };
}

/** Whether a case has a batch of several tiles. */
export const isLarge = (seed: number): boolean => seed % 33 === 0;

function randomPenalty(draw: Draw): Network['regularization'] {
  const l2 = draw.of([0, 0, 0.1]);
  return { l2, l1: draw.of([0, 0, 0, 0.03]), scale: draw.of(SCALES), bias: draw.chance(0.5) };
}

/**
 * Steps of one size and gradients as they are, as often as not.
 *
 * @param size of the gradients: a much smaller limit would leave what rounding has left of their sums
 */
function randomCourse(draw: Draw, size: number): Pick<Network['training'], 'schedule' | 'clip'> {
  const { schedule, clip } = STEADY;
  const type = draw.of(['constant', 'constant', 'step', 'exponential', 'cosine'] as const);
  return {
    schedule: { ...schedule, type, every: 1, factor: 0.8, warmUp: draw.of([0, 0, 3]) },
    clip: draw.of([clip, clip, { ...clip, norm: 0.5 * size }, { ...clip, value: 0.05 * size }]),
  };
}

/** Each takes from any that stand above it, so some lead nowhere. */
function randomLayers(
  draw: Draw,
  inputs: number,
  output: ActivationName,
  { units: most, branches: often }: Sizes,
): Layer[] {
  const sizes = [inputs];
  const ids = ['input'];
  const count = draw.size(5);
  const branches = draw.chance(often);
  return Array.from({ length: count }, (_, index) => {
    const isLast = index === count - 1;
    const activation = isLast ? output : draw.of(HIDDEN);
    const id = `l${index}`;
    const first = branches ? draw.of([...ids.keys()]) : ids.length - 1;
    const type = branches ? draw.of(['dense', 'dense', 'add', 'concat'] as const) : 'dense';
    const alike = type === 'add' ? (i: number) => sizes[i] === sizes[first] : () => true;
    const others = [...ids.keys()].filter(i => i !== first && alike(i));
    ids.push(id);
    if (type === 'dense' || others.length === 0) {
      const units = draw.size(isLast ? Math.min(20, most) : most);
      const settings = { useBias: draw.chance(0.8), learningRateScale: draw.of([1, 1, 0.5, 2]) };
      const from = [ids[first]];
      sizes.push(units);
      return dense(units, activation, { id, from, ...settings });
    }
    const second = draw.of(others);
    const units = type === 'add' ? sizes[first] : sizes[first] + sizes[second];
    sizes.push(units);
    return merge(type, units, [ids[first], ids[second]], activation, id);
  });
}

/** As Xavier's, with biases; running variances are not negative. */
function randomStart(draw: Draw, net: Network): Float64Array {
  const all = inferShapes(net).layers.flatMap(({ rows, columns, parameters, stored }) => {
    const scale = Math.sqrt(2 / (columns + rows));
    const numbers = Array.from({ length: parameters }, () => scale * draw.normal());
    if (stored === parameters) return numbers;
    const means = Array.from({ length: rows }, () => draw.normal());
    return [...numbers, ...means, ...means.map(() => 0.5 + Math.abs(draw.normal()))];
  });
  return Float64Array.from(Float32Array.from(all));
}

/** With numbers of float32, so that both precisions see the same; `soft`: with targets between 0 and 1 where they were classes. */
function rounded(data: ReturnType<typeof randomDataset>, soft: boolean): Dataset {
  const values = Float64Array.from(Float32Array.from(data.inputs.values));
  const targets = Float64Array.from(
    Float32Array.from(data.targets, y => (soft ? 0.1 + 0.7 * y : y)),
  );
  return { ...data, inputs: { type: 'numbers', values }, targets };
}
