/** f and f′ of every activation, as formulas. Definitions: file-format.md, "Exact definitions". */
import type { ActivationName } from '../network/network';
import type { Condition, Expression } from './explanation';
import {
  bigSum,
  call,
  condition,
  exponential,
  minus,
  number,
  product,
  quotient,
  square,
  sum,
  symbol,
} from './expressions';

/** Where a formula is written: symbols for the general form, numbers for the substituted one. */
export interface Point {
  readonly z: Expression;
  readonly a: Expression;
  /** The weighted input of any neuron k of the layer (softmax). */
  readonly anyZ: Expression;
  /** The value of z, which chooses the branch; absent: all branches are written. */
  readonly at?: number;
}

interface ActivationFormula {
  value(point: Point): Expression;
  slope(point: Point): Expression;
  /** Its ends are flat: a small slope is saturation. */
  readonly saturates: boolean;
  /** Branches at z = 0. */
  readonly pieces?: boolean;
  /** The value hangs on the whole layer, not on z alone. */
  readonly wholeLayer?: boolean;
}

const one = number(1);
const zero = number(0);

/** The branch of `point`, or both. The upper one holds for z > 0 (`≥` with `closed`). */
function pieces({ z, at }: Point, upper: Expression, lower: Expression): Expression {
  if (at !== undefined) return at > 0 ? upper : lower;
  return {
    type: 'cases',
    branches: [
      { value: upper, condition: condition(z, '>', zero) },
      { value: lower, condition: condition(z, '≤', zero) },
    ],
  };
}

const logistic = (z: Expression) => call('σ', z);
const normalDistribution = (z: Expression) => call('Φ', z);

export const activationFormulas: { readonly [K in ActivationName]: ActivationFormula } = {
  linear: { value: ({ z }) => z, slope: () => one, saturates: false },
  step: {
    value: point => pieces(point, one, zero),
    slope: () => zero,
    saturates: false,
    pieces: true,
  },
  sigmoid: {
    value: ({ z }) => quotient(one, sum(one, exponential({ type: 'negate', operand: z }))),
    slope: ({ a }) => product(a, minus(one, a)),
    saturates: true,
  },
  tanh: {
    value: ({ z }) => call('tanh', z),
    slope: ({ a }) => minus(one, square(a)),
    saturates: true,
  },
  relu: {
    value: ({ z }) => call('max', zero, z),
    slope: point => pieces(point, one, zero),
    saturates: false,
    pieces: true,
  },
  leakyRelu: {
    value: point => pieces(point, point.z, product(number(0.01), point.z)),
    slope: point => pieces(point, one, number(0.01)),
    saturates: false,
    pieces: true,
  },
  elu: {
    value: point => pieces(point, point.z, minus(exponential(point.z), one)),
    slope: point => pieces(point, one, exponential(point.z)),
    saturates: true,
    pieces: true,
  },
  gelu: {
    value: ({ z }) => product(z, normalDistribution(z)),
    slope: ({ z }) => sum(normalDistribution(z), product(z, call('φ', z))),
    saturates: false,
  },
  silu: {
    value: ({ z }) => product(z, logistic(z)),
    slope: ({ z }) => product(logistic(z), sum(one, product(z, minus(one, logistic(z))))),
    saturates: false,
  },
  softplus: {
    value: ({ z }) => call('ln', sum(one, exponential(z))),
    slope: ({ z }) => logistic(z),
    saturates: true,
  },
  softmax: {
    value: ({ z, anyZ }) => quotient(exponential(z), bigSum('k', exponential(anyZ))),
    slope: ({ a }) => product(a, minus(one, a)),
    saturates: true,
    wholeLayer: true,
  },
};

/** Helper functions that a formula uses under a short name, with their definitions. */
export const helperFunctions: Partial<
  Record<ActivationName, (z: Expression) => readonly { left: Expression; right: Expression }[]>
> = {
  gelu: z => [
    {
      left: normalDistribution(z),
      right: product(
        quotient(one, number(2)),
        sum(one, call('erf', quotient(z, call('√', number(2))))),
      ),
    },
    {
      left: call('φ', z),
      right: quotient(
        exponential({ type: 'negate', operand: quotient(square(z), number(2)) }),
        call('√', product(number(2), symbol('π'))),
      ),
    },
  ],
  silu: z => [
    {
      left: logistic(z),
      right: quotient(one, sum(one, exponential({ type: 'negate', operand: z }))),
    },
  ],
  softplus: z => [
    {
      left: logistic(z),
      right: quotient(one, sum(one, exponential({ type: 'negate', operand: z }))),
    },
  ],
};

/** The condition that chose the branch at z; undefined where there is one formula for all z. */
export function branchAt(
  activation: ActivationName,
  z: Expression,
  at: number,
): Condition | undefined {
  if (!activationFormulas[activation].pieces) return undefined;
  return condition(z, at > 0 ? '>' : '≤', zero);
}
