/** The value of an expression of numbers: the check that a printed formula gives the printed result. */
import type { Expression } from './explanation';

/** The elementary functions that formulas use; handed in, so that any implementation can be checked. */
export interface Elementary {
  exp(x: number): number;
  log(x: number): number;
  tanh(x: number): number;
  cos(x: number): number;
  erf(x: number): number;
}

/** Throws on symbols other than e, and on forms that have no number (rules about layers). */
export function evaluate(expression: Expression, elementary: Elementary): number {
  const of = (operand: Expression) => evaluate(operand, elementary);
  switch (expression.type) {
    case 'number':
      return expression.value;
    case 'sum':
      return expression.terms.reduce((total, term) => total + of(term), 0);
    case 'product':
      return expression.factors.reduce((total, factor) => total * of(factor), 1);
    case 'quotient':
      return of(expression.numerator) / of(expression.denominator);
    case 'power':
      return power(expression, elementary);
    case 'negate':
      return -of(expression.operand);
    case 'absolute':
      return Math.abs(of(expression.operand));
    case 'rest':
      return expression.sum;
    case 'call':
      return applied(expression, elementary);
    default:
      throw new Error(`an expression of numbers was expected, found “${expression.type}”`);
  }
}

function power(
  { base, exponent }: Extract<Expression, { type: 'power' }>,
  elementary: Elementary,
): number {
  const by = evaluate(exponent, elementary);
  if (base.type === 'symbol' && base.text === 'e') return elementary.exp(by);
  if (!Number.isInteger(by) || by < 0)
    throw new Error(`a whole exponent was expected, found ${by}`);
  let factor = evaluate(base, elementary);
  let value = 1;
  for (let rest = by; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) value *= factor;
    factor *= factor;
  }
  return value;
}

function applied(
  { name, argument }: Extract<Expression, { type: 'call' }>,
  elementary: Elementary,
): number {
  const items = argument.type === 'list' ? argument.items : [argument];
  const values = items.map(item => evaluate(item, elementary));
  const text = name.type === 'symbol' ? name.text : '';
  const compute = functions[text];
  if (!compute) throw new Error(`a known function was expected, found “${text}”`);
  return compute(values, elementary);
}

const rootOfTwo = Math.sqrt(2);
const rootOfTwoPi = Math.sqrt(2 * Math.PI);

const functions: Readonly<
  Record<string, (values: readonly number[], elementary: Elementary) => number>
> = {
  ln: ([x], { log }) => log(x),
  '√': ([x]) => Math.sqrt(x),
  tanh: ([x], { tanh }) => tanh(x),
  max: values => Math.max(...values),
  min: values => Math.min(...values),
  cos: ([x], { cos }) => cos(x),
  sign: ([x]) => Math.sign(x),
  σ: ([x], { exp }) => 1 / (1 + exp(-x)),
  Φ: ([x], { erf }) => 0.5 * (1 + erf(x / rootOfTwo)),
  φ: ([x], { exp }) => exp((-x * x) / 2) / rootOfTwoPi,
};
