/** The named things of the file format that are more than a name: one table each. */
import type {
  ActivationName,
  GeneratorName,
  InitializerName,
  LossName,
  OptimizerName,
  ScheduleName,
} from './network';

/** Every activation, with the closed range of its outputs (targets outside can never be reached). */
export const activations: {
  readonly [K in ActivationName]: {
    readonly description: string;
    readonly outputs: readonly [low: number, high: number];
  };
} = {
  linear: { description: 'a = z', outputs: [-Infinity, Infinity] },
  step: {
    description: 'a = 1 where z > 0, else 0; its gradient is zero, so it cannot be trained',
    outputs: [0, 1],
  },
  sigmoid: { description: 'a = 1/(1 + e⁻ᶻ), between 0 and 1', outputs: [0, 1] },
  tanh: { description: 'a = tanh z, between −1 and 1', outputs: [-1, 1] },
  relu: { description: 'a = max(0, z)', outputs: [0, Infinity] },
  leakyRelu: { description: 'a = z where z > 0, else 0.01 z', outputs: [-Infinity, Infinity] },
  elu: { description: 'a = z where z > 0, else eᶻ − 1', outputs: [-1, Infinity] },
  gelu: { description: 'a = z Φ(z), Φ the normal distribution', outputs: [-0.17, Infinity] },
  silu: { description: 'a = z/(1 + e⁻ᶻ)', outputs: [-0.28, Infinity] },
  softplus: { description: 'a = log(1 + eᶻ), a smooth relu', outputs: [0, Infinity] },
  softmax: {
    description: 'aⱼ = e^zⱼ / Σ e^zₖ, probabilities of classes; last layer only',
    outputs: [0, 1],
  },
};

const points = { inputs: ['x1', 'x2'], target: 'classes' } as const;
const truthTable = { ...points, samples: 4, noise: 0 };
const cloud = { ...points, samples: 400, noise: 0.1 };

/** Every generator: what it makes (one target each: class 0 or 1, or a number), with its own defaults. */
export const generators: {
  readonly [K in GeneratorName]: {
    readonly description: string;
    readonly inputs: readonly string[];
    readonly target: 'classes' | 'numbers';
    readonly samples: number;
    readonly noise: number;
  };
} = {
  xor: { description: 'Truth table: 1 where exactly one input is 1', ...truthTable },
  and: { description: 'Truth table: 1 where both inputs are 1', ...truthTable },
  or: { description: 'Truth table: 1 where at least one input is 1', ...truthTable },
  circle: { description: 'A disc inside a ring, two classes', ...cloud },
  moons: { description: 'Two interlocking half circles, two classes', ...cloud },
  spiral: { description: 'Two spiral arms, two classes', ...cloud },
  gaussians: { description: 'Two clouds of points, two classes', ...cloud },
  plane: {
    description: 'The mean of two inputs, one number to predict',
    ...cloud,
    target: 'numbers',
  },
  sine: {
    description: 'sin(πx) for x from −1 to 1, one number to predict',
    ...cloud,
    inputs: ['x'],
    target: 'numbers',
  },
};

/** A kind of something, the settings that it reads, and those of their defaults that are its own. */
interface KindWithSettings {
  readonly description: string;
  readonly settings: readonly string[];
  readonly defaults: { readonly [key: string]: number };
}

/** The settings that each optimizer reads, with its own defaults where they differ. */
export const optimizers: { readonly [K in OptimizerName]: KindWithSettings } = {
  sgd: {
    description: 'Gradient descent, optionally with momentum',
    settings: ['learningRate', 'momentum', 'nesterov'],
    defaults: { learningRate: 0.1 },
  },
  rmsprop: {
    description: 'Divides by a running mean of the gradient’s size',
    settings: ['learningRate', 'decay', 'epsilon'],
    defaults: { learningRate: 0.01 },
  },
  adagrad: {
    description: 'Divides by the size of all gradients so far',
    settings: ['learningRate', 'epsilon'],
    defaults: { learningRate: 0.01, epsilon: 1e-10 },
  },
  adam: {
    description: 'Running means of the gradient and its size',
    settings: ['learningRate', 'beta1', 'beta2', 'epsilon'],
    defaults: { learningRate: 0.001 },
  },
  adamw: {
    description: 'Adam with decoupled weight decay',
    settings: ['learningRate', 'beta1', 'beta2', 'epsilon', 'weightDecay'],
    defaults: { learningRate: 0.001 },
  },
};

/** The settings that each schedule of the learning rate reads, with those defaults that are its own. */
export const schedules: { readonly [K in ScheduleName]: KindWithSettings } = {
  constant: {
    description: 'The same rate in every epoch',
    settings: ['warmUp'],
    defaults: {},
  },
  step: {
    description: 'Times `factor` after every `every` epochs: η₀ · factor^⌊e / every⌋',
    settings: ['every', 'factor', 'warmUp'],
    defaults: { factor: 0.5 },
  },
  exponential: {
    description: 'Times `factor` after every epoch: η₀ · factor^e',
    settings: ['factor', 'warmUp'],
    defaults: { factor: 0.97 },
  },
  cosine: {
    description:
      'Half a wave down to `minimum` over the planned epochs: minimum + ½ (η₀ − minimum)(1 + cos(π e / epochs))',
    settings: ['minimum', 'warmUp'],
    defaults: {},
  },
};

/** The default of a setting for each kind that reads it, such as each optimizer. */
export function defaultsBy(
  kinds: {
    readonly [name: string]: {
      readonly settings: readonly string[];
      readonly defaults: { readonly [key: string]: number };
    };
  },
  key: string,
  usual: number,
): { readonly [name: string]: number } {
  const readers = Object.entries(kinds).filter(([, { settings }]) => settings.includes(key));
  return Object.fromEntries(readers.map(([name, { defaults }]) => [name, defaults[key] ?? usual]));
}

/** The settings that each initializer reads. */
export const initializers: {
  readonly [K in InitializerName]: {
    readonly description: string;
    readonly settings: readonly string[];
  };
} = {
  zeros: { description: 'All weights 0: the neurons of a layer stay equal', settings: [] },
  constant: { description: 'All weights `value`', settings: ['value'] },
  uniform: { description: 'Uniform between −`scale` and `scale`', settings: ['scale'] },
  normal: { description: 'Normal with standard deviation `scale`', settings: ['scale'] },
  xavierUniform: { description: 'Uniform, ±√(6/(inputs + units))', settings: [] },
  xavierNormal: { description: 'Normal, σ = √(2/(inputs + units))', settings: [] },
  heUniform: { description: 'Uniform, ±√(6/inputs); for relu', settings: [] },
  heNormal: { description: 'Normal, σ = √(2/inputs); for relu', settings: [] },
};

/** The settings that each loss reads, besides `reduction`. */
export const losses: {
  readonly [K in LossName]: {
    readonly description: string;
    readonly settings: readonly string[];
  };
} = {
  meanSquaredError: {
    description: 'Σ (a − y)², with ½ where `half` is true',
    settings: ['half'],
  },
  meanAbsoluteError: { description: 'Σ |a − y|', settings: [] },
  huber: { description: 'Σ of ½(a − y)² where |a − y| ≤ 1, else |a − y| − ½', settings: [] },
  binaryCrossEntropy: {
    description: '−Σ y log a + (1 − y) log(1 − a); needs sigmoid outputs',
    settings: [],
  },
  crossEntropy: { description: '−Σ y log a; needs softmax outputs', settings: [] },
};

/** Name → its one line, of one of the tables above. */
export function descriptions<K extends string>(table: {
  readonly [key in K]: { readonly description: string };
}): { readonly [key in K]: string } {
  const keys = Object.keys(table) as K[];
  const entries = keys.map(key => [key, table[key].description] as const);
  return Object.fromEntries(entries) as { [key in K]: string };
}
