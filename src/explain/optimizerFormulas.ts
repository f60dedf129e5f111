/** What optimizers do with a gradient, as formulas: in letters for the rule, with numbers for one parameter. */
import type { Optimizer } from '../network/network';
import type { Expression } from './explanation';
import { call, minus, number, product, quotient, square, sum, symbol } from './expressions';
import type { Label } from './words';

/** What a step is made of: letters, or the numbers that stand for them. */
export interface StepPoint {
  readonly w: Expression;
  readonly g: Expression;
  /** Kept from the steps before: a mean or velocity, and squares. */
  readonly kept: { readonly v: Expression; readonly s: Expression };
  /** The same after this step. */
  readonly v: Expression;
  readonly s: Expression;
  /** 1 − βᵗ by which Adam divides its means. */
  readonly corrections: { readonly v: Expression; readonly s: Expression };
}

/** A quantity that an optimizer keeps, and what this step makes of it. */
export interface KeptFormula {
  readonly letter: 'v' | 's';
  readonly label: Label;
  readonly form: Expression;
}

interface OptimizerFormulas {
  readonly kept: readonly KeptFormula[];
  /** w becomes w − rate · step. */
  readonly step: Expression;
}

const one = number(1);
const root = (argument: Expression) => call('√', argument);

/** β·old + (1 − β)·new */
const average = (beta: number, old: Expression, next: Expression): Expression =>
  sum(product(number(beta), old), product(minus(one, number(beta)), next));

/** What is kept after this step, in the order in which it is computed, and the step itself. */
export function optimizerFormulas(optimizer: Optimizer, at: StepPoint): OptimizerFormulas {
  const { decay, epsilon } = optimizer;
  const scaled = quotient(at.g, sum(root(at.s), number(epsilon)));
  switch (optimizer.type) {
    case 'sgd':
      return momentum(optimizer, at);
    case 'rmsprop': {
      const form = average(decay, at.kept.s, square(at.g));
      return { kept: [{ letter: 's', label: 'meanSquare', form }], step: scaled };
    }
    case 'adagrad': {
      const form = sum(at.kept.s, square(at.g));
      return { kept: [{ letter: 's', label: 'sumOfSquares', form }], step: scaled };
    }
    case 'adam':
      return adam(optimizer, at, 0);
    case 'adamw':
      return adam(optimizer, at, optimizer.weightDecay);
  }
}

function momentum({ momentum: mu, nesterov }: Optimizer, at: StepPoint): OptimizerFormulas {
  if (mu === 0) return { kept: [], step: at.g };
  const form = sum(product(number(mu), at.kept.v), at.g);
  const step = nesterov ? sum(at.g, product(number(mu), at.v)) : at.v;
  return { kept: [{ letter: 'v', label: 'velocity', form }], step };
}

/** Bias-corrected means of g and g²; AdamW also shrinks w itself. */
function adam(
  { beta1, beta2, epsilon }: Optimizer,
  at: StepPoint,
  weightDecay: number,
): OptimizerFormulas {
  const { corrections } = at;
  const under = sum(root(quotient(at.s, corrections.s)), number(epsilon));
  const step = quotient(quotient(at.v, corrections.v), under);
  return {
    kept: [
      { letter: 'v', label: 'meanGradient', form: average(beta1, at.kept.v, at.g) },
      { letter: 's', label: 'meanSquare', form: average(beta2, at.kept.s, square(at.g)) },
    ],
    step: weightDecay === 0 ? step : sum(step, product(number(weightDecay), at.w)),
  };
}

const [v, s] = [symbol('v'), symbol('s')];

/** The letters: t counts the updates. */
export function stepLetters({ beta1, beta2 }: Optimizer, w: Expression): StepPoint {
  const correction = (beta: number): Expression =>
    minus(one, { type: 'power', base: number(beta), exponent: symbol('t') });
  const corrections = { v: correction(beta1), s: correction(beta2) };
  return { w, g: symbol('g'), kept: { v, s }, v, s, corrections };
}
