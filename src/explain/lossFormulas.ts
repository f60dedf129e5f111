/** The loss of one output, its derivative by the activation, and the penalty, as formulas. */
import type { Loss, Regularization } from '../network/network';
import type { Expression, Rule } from './explanation';
import type { Names } from './names';
import type { NotationProfile } from './notationProfile';
import {
  absolute,
  bigSum,
  call,
  condition,
  derivative,
  half,
  minus,
  negate,
  number,
  product,
  quotient,
  square,
  sum,
  symbol,
} from './expressions';

/** One output: symbols for the general form, numbers for the substituted one. */
export interface OutputPoint {
  readonly a: Expression;
  readonly y: Expression;
  /** The value of a − y, which chooses the branch of the Huber loss; absent: both are written. */
  readonly difference?: number;
}

interface LossFormula {
  /** The output's share of the sample loss. */
  share(point: OutputPoint): Expression;
  /** ∂C/∂a */
  slope(point: OutputPoint): Expression;
}

const one = number(1);
const two = number(2);
const ln = (argument: Expression) => call('ln', argument);
const difference = ({ a, y }: OutputPoint) => minus(a, y);

/** Inside |a − y| ≤ 1 and outside. */
function huberPieces(point: OutputPoint, inside: Expression, outside: Expression): Expression {
  if (point.difference !== undefined) return Math.abs(point.difference) <= 1 ? inside : outside;
  const distance = absolute(difference(point));
  return {
    type: 'cases',
    branches: [
      { value: inside, condition: condition(distance, '≤', one) },
      { value: outside, condition: condition(distance, '>', one) },
    ],
  };
}

const squaredError: LossFormula = {
  share: point => square(difference(point)),
  slope: point => product(two, difference(point)),
};

const halfSquaredError: LossFormula = {
  share: point => product(half(), square(difference(point))),
  slope: difference,
};

const formulas: { readonly [K in Loss['type']]: LossFormula } = {
  meanSquaredError: squaredError,
  meanAbsoluteError: {
    share: point => absolute(difference(point)),
    slope: point => call('sign', difference(point)),
  },
  huber: {
    share: point =>
      huberPieces(
        point,
        product(half(), square(difference(point))),
        minus(absolute(difference(point)), half()),
      ),
    slope: point => huberPieces(point, difference(point), call('sign', difference(point))),
  },
  binaryCrossEntropy: {
    share: ({ a, y }) => negate(sum(product(y, ln(a)), product(minus(one, y), ln(minus(one, a))))),
    slope: point => quotient(difference(point), product(point.a, minus(one, point.a))),
  },
  crossEntropy: {
    share: ({ a, y }) => negate(product(y, ln(a))),
    slope: ({ a, y }) => negate(quotient(y, a)),
  },
};

/** By the type of the loss, and whether it has a ½. */
export function lossFormula(loss: Loss): LossFormula {
  return loss.type === 'meanSquaredError' && loss.half ? halfSquaredError : formulas[loss.type];
}

/**
 * Whether putting the printed activation into the formula gives the loss back. Cross-entropies are computed
 * from z; near 0 and 1 their logarithm of `a` has lost the digits that z still has.
 */
export function substitutable(loss: Loss, a: number): boolean {
  if (loss.type === 'binaryCrossEntropy') return a > 0.001 && a < 0.999;
  if (loss.type === 'crossEntropy') return a > 1e-300 && a < 0.999;
  return true;
}

/** The factor of a reduction: 1/n, 1/(n·outputs), or nothing. */
export function reductionFactor(
  loss: Loss,
  samples: Expression,
  outputs: Expression,
): readonly Expression[] {
  if (loss.reduction === 'sum') return [];
  if (loss.reduction === 'mean') return [quotient(one, samples)];
  return [quotient(one, product(samples, outputs))];
}

/** Whether anything is added to the loss. */
export function hasPenalty({ l1, l2 }: Regularization): boolean {
  return l1 !== 0 || l2 !== 0;
}

/** λ and the m of λ/2m: symbols for the general form, numbers for the substituted one. */
export interface PenaltyPoint {
  readonly samples: Expression;
  readonly l2: Expression;
  readonly l1: Expression;
}

/** λ, λ₁ and the samples by their letters. */
export function penaltySymbols(samples: Expression): PenaltyPoint {
  return { samples, l2: symbol('λ'), l1: symbol('λ', '1') };
}

/** The same as numbers. */
export function penaltyNumbers(regularization: Regularization, samples: number): PenaltyPoint {
  return {
    samples: number(samples),
    l2: number(regularization.l2),
    l1: number(regularization.l1),
  };
}

/** λ/(2m), λ/2 or λ. */
function scaled(
  lambda: Expression,
  { scale }: Regularization,
  { samples }: PenaltyPoint,
): Expression {
  if (scale === 'lambda/2m') return quotient(lambda, product(two, samples));
  return scale === 'lambda/2' ? quotient(lambda, two) : lambda;
}

/** Σw² and Σ|w|, and of penalised biases Σb² and Σ|b|: unless a bias is a column of the weights, so one of them. */
export function penalisedSums(
  regularization: Regularization,
  { names, bias }: Pick<NotationProfile, 'names' | 'bias'>,
): readonly [squares: Expression, magnitudes: Expression] {
  const withBiases = regularization.bias && bias.style === 'vector';
  const letters = withBiases ? [names.weight, names.bias] : [names.weight];
  const over = (term: (of: Expression) => Expression): Expression =>
    sum(...letters.map(letter => bigSum('', term(symbol(letter)))));
  return [over(square), over(absolute)];
}

/** The penalty: λ/(2m) Σw² + λ₁/(2m) Σ|w|, without the terms that are switched off. */
export function penaltyTerms(
  regularization: Regularization,
  point: PenaltyPoint,
  squares: Expression,
  magnitudes: Expression,
): readonly Expression[] {
  const terms: Expression[] = [];
  if (regularization.l2 !== 0)
    terms.push(product(scaled(point.l2, regularization, point), squares));
  if (regularization.l1 !== 0)
    terms.push(product(scaled(point.l1, regularization, point), magnitudes));
  return terms;
}

/** Its derivative by one parameter: λ/m·w + λ₁/(2m)·sign(w). */
export function penaltySlopeTerms(
  regularization: Regularization,
  point: PenaltyPoint,
  parameter: Expression,
): readonly Expression[] {
  const terms: Expression[] = [];
  if (regularization.l2 !== 0) {
    const { scale } = regularization;
    const rate =
      scale === 'lambda/2m'
        ? [quotient(point.l2, point.samples)]
        : scale === 'lambda/2'
          ? [point.l2]
          : [two, point.l2];
    terms.push(product(...rate, parameter));
  }
  if (regularization.l1 !== 0)
    terms.push(product(scaled(point.l1, regularization, point), call('sign', parameter)));
  return terms;
}

/** Ω, and its derivative by what is penalised; none where there is no penalty. */
export function penaltyRules(regularization: Regularization, names: Names): readonly Rule[] {
  const point = penaltySymbols(names.samples());
  const sums = penalisedSums(regularization, names.profile);
  const forms = penaltyTerms(regularization, point, ...sums);
  if (forms.length === 0) return [];
  const weight = symbol(names.profile.names.weight);
  return [
    { left: names.penalty(), forms: [sum(...forms)] },
    {
      left: derivative(names.penalty(), weight),
      forms: [sum(...penaltySlopeTerms(regularization, point, weight))],
    },
  ];
}
