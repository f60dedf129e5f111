/** Short constructors of {@link Expression}s, so that a formula in code reads like the formula: their names say it. */
import type { Condition, Expression } from './explanation';

export function number(value: number): Expression {
  return { type: 'number', value };
}

export function symbol(text: string, subscript?: string, superscript?: string): Expression {
  return {
    type: 'symbol',
    text,
    ...(subscript ? { subscript } : {}),
    ...(superscript ? { superscript } : {}),
  };
}

export function sum(...terms: readonly Expression[]): Expression {
  return terms.length === 1 ? terms[0] : { type: 'sum', terms };
}

/** left − right */
export function minus(left: Expression, right: Expression): Expression {
  return sum(left, negate(right));
}

export function product(...factors: readonly Expression[]): Expression {
  return factors.length === 1 ? factors[0] : { type: 'product', factors };
}

export function quotient(numerator: Expression, denominator: Expression): Expression {
  return { type: 'quotient', numerator, denominator };
}

export function half(): Expression {
  return quotient(number(1), number(2));
}

export function power(base: Expression, exponent: Expression): Expression {
  return { type: 'power', base, exponent };
}

export function square(base: Expression): Expression {
  return power(base, number(2));
}

/** e to the exponent. */
export function exponential(exponent: Expression): Expression {
  return power(symbol('e'), exponent);
}

export function negate(operand: Expression): Expression {
  return { type: 'negate', operand };
}

export function call(name: Expression | string, ...args: readonly Expression[]): Expression {
  return {
    type: 'call',
    name: typeof name === 'string' ? symbol(name) : name,
    argument: args.length === 1 ? args[0] : { type: 'list', items: args },
  };
}

/** name′ */
export function primed(name: Expression): Expression {
  return name.type === 'symbol' ? { ...name, prime: true } : name;
}

export function absolute(operand: Expression): Expression {
  return { type: 'absolute', operand };
}

/** Of a whole layer. Twice is not at all. */
export function transposed(operand: Expression): Expression {
  return operand.type === 'transpose' ? operand.operand : { type: 'transpose', operand };
}

/** Factors ⊙ of whole layers. */
export function hadamard(...factors: readonly Expression[]): Expression {
  return { type: 'hadamard', factors };
}

export function norm(operand: Expression): Expression {
  return { type: 'norm', operand };
}

export function derivative(of: Expression, by: Expression): Expression {
  return { type: 'derivative', of, by };
}

export function bigSum(index: string, body: Expression): Expression {
  return { type: 'bigSum', index, body };
}

export function condition(
  left: Expression,
  relation: Condition['relation'],
  right: Expression,
): Condition {
  return { left, relation, right };
}
