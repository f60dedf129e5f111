/** Activations and losses of one sample as code; the vectors of a layer hold four neurons each. */
import type { ActivationName, Loss } from '../../../network/network';
import {
  add,
  and,
  divide,
  isLarger,
  larger,
  multiply,
  select,
  shuffle,
  subtract,
  type Code,
  type FunctionCode,
} from './code';
import type { Constants } from './constants';
import { exp, sigmoid, soonSigmoid, soonTanh, tanh } from './maths';

export interface SmallActivation {
  value(f: FunctionCode, c: Constants, z: Code): Code;
  /** The same by a shorter way, of more operations: for single samples. */
  soon?(f: FunctionCode, c: Constants, z: Code): Code;
  /** ∂C/∂z from ∂C/∂a and a. */
  slope(c: Constants, gradient: Code, a: Code): Code;
}

const LEAKY_SLOPE = 0.01;

/** Those whose derivative a alone tells; networks with others are computed by the general way. */
const activations: { readonly [K in ActivationName]?: SmallActivation } = {
  linear: { value: (_, __, z) => z, slope: (_, gradient) => gradient },
  sigmoid: {
    value: sigmoid,
    soon: soonSigmoid,
    slope: (c, gradient, a) => multiply(gradient, multiply(a, subtract(c.of(1), a))),
  },
  tanh: {
    value: tanh,
    soon: soonTanh,
    slope: (c, gradient, a) => multiply(gradient, subtract(c.of(1), multiply(a, a))),
  },
  relu: {
    value: (_, c, z) => larger(z, c.of(0)),
    slope: (c, gradient, a) => and(gradient, isLarger(a, c.of(0))),
  },
  leakyRelu: {
    value: (f, c, z) => {
      const x = f.keep(z);
      return select(x, multiply(x, c.of(LEAKY_SLOPE)), isLarger(x, c.of(0)));
    },
    slope: (c, gradient, a) => {
      return select(gradient, multiply(gradient, c.of(LEAKY_SLOPE)), isLarger(a, c.of(0)));
    },
  },
};

/** Of every activation that is one of single values. @throws Error where there is no code for it */
export function ruleOf(activation: ActivationName): SmallActivation {
  const rule = activations[activation];
  if (!rule) throw new Error(`There is no code for ${activation}.`);
  return rule;
}

/** Whether there is code for it. */
export function hasCode(activation: ActivationName): boolean {
  return activation === 'softmax' || activation in activations;
}

/** a of a layer of a single sample. @param units of them, the last vector may have room for more */
export function activate(
  f: FunctionCode,
  c: Constants,
  activation: ActivationName,
  z: readonly Code[],
  units: number,
): Code[] {
  if (activation === 'softmax') return softmax(f, c, z, units);
  const { value, soon = value } = ruleOf(activation);
  return z.map(vector => f.keep(soon(f, c, vector)));
}

/** ∂C/∂z of a layer from ∂C/∂a. */
export function slope(
  f: FunctionCode,
  c: Constants,
  activation: ActivationName,
  gradients: readonly Code[],
  a: readonly Code[],
): Code[] {
  const rule = ruleOf(activation);
  return gradients.map((gradient, q) => f.keep(rule.slope(c, gradient, a[q])));
}

/** Losses that there is code for. */
export function hasLossCode({ type }: Loss, activation: ActivationName): boolean {
  if (type === 'meanSquaredError') return activation !== 'softmax';
  return type === 'binaryCrossEntropy' || type === 'crossEntropy';
}

/** ∂C/∂z of the last layer. @param factor of the reduction, in all lanes */
export function outputDelta(
  f: FunctionCode,
  c: Constants,
  loss: Loss,
  activation: ActivationName,
  a: readonly Code[],
  y: readonly Code[],
  factor: Code,
  units: number,
): Code[] {
  // Behind the last neuron δ shall be 0.
  const within = (scale: Code, q: number): Code => {
    const lanes = units - 4 * q;
    return lanes < 4 ? f.keep(and(scale, c.mask(lanes))) : scale;
  };
  if (loss.type === 'meanSquaredError') {
    const scale = loss.half ? factor : f.keep(add(factor, factor));
    const gradients = a.map((vector, q) =>
      f.keep(multiply(within(scale, q), subtract(vector, y[q]))),
    );
    return slope(f, c, activation, gradients, a);
  }
  const mass = loss.type === 'crossEntropy' ? f.keep(sumOfAll(f, y)) : undefined;
  return a.map((vector, q) => {
    const weighted = mass ? multiply(mass, vector) : vector;
    return f.keep(multiply(within(factor, q), subtract(weighted, y[q])));
  });
}

/** The sum of all lanes of all vectors, in every lane. */
export function sumOfAll(f: FunctionCode, vectors: readonly Code[]): Code {
  return everyLane(f, vectors, add);
}

function everyLane(
  f: FunctionCode,
  vectors: readonly Code[],
  join: (a: Code, b: Code) => Code,
): Code {
  const one = f.keep(vectors.reduce(join));
  const two = f.keep(join(one, shuffle(one, one, [2, 3, 0, 1])));
  return join(two, shuffle(two, two, [1, 0, 3, 2]));
}

function softmax(f: FunctionCode, c: Constants, z: readonly Code[], units: number): Code[] {
  const isPartial = (q: number): boolean => units - 4 * q < 4;
  const masked = (vector: Code, q: number, other: Code): Code =>
    isPartial(q) ? select(vector, other, c.mask(units - 4 * q)) : vector;
  const kept = z.map(vector => f.keep(vector));
  const bounded = kept.map((vector, q) => masked(vector, q, c.of(-Infinity)));
  const most = f.keep(everyLane(f, bounded, larger));
  const powers = kept.map((vector, q) => {
    const power = exp(f, c, subtract(vector, most));
    return f.keep(masked(power, q, c.of(0)));
  });
  const share = f.keep(divide(c.of(1), sumOfAll(f, powers)));
  return powers.map(power => f.keep(multiply(power, share)));
}
