/** The functions of assembly/maths.ts as code that stands where it is used: the same operations, the same bits. */
import {
  absolute,
  add,
  addLanes,
  and,
  andNot,
  divide,
  isSmaller,
  largerOf,
  multiply,
  or,
  select,
  shiftLeft,
  smallerOf,
  subtract,
  type Code,
  type FunctionCode,
} from './code';
import type { Constants } from './constants';

/** p(x) by Horner's rule, highest power first. */
function polynomial(c: Constants, coefficients: readonly number[], x: Code): Code {
  return coefficients
    .slice(1)
    .reduce((sum, value) => add(multiply(sum, x), c.of(value)), c.of(coefficients[0]));
}

/** Pairs of coefficients, from the highest power on. */
const EXP = [
  [1.9875691e-4, 1.39819995e-3],
  [8.33345191e-3, 4.16657959e-2],
  [1.66666655e-1, 0.5],
] as const;

export function exp(f: FunctionCode, c: Constants, value: Code): Code {
  return power(f, c, f.keep(smallerOf(largerOf(value, c.of(LOWEST)), c.of(88.8))));
}

/** e^x for x ≤ 0. */
function decay(f: FunctionCode, c: Constants, x: Code): Code {
  return andNot(power(f, c, x), isSmaller(x, c.of(LOWEST)));
}

/** e^x within the bounds. */
function power(f: FunctionCode, c: Constants, x: Code): Code {
  const shifted = f.keep(add(multiply(x, c.of(1.44269504)), c.of(12582912)));
  const n = f.keep(subtract(shifted, c.of(12582912)));
  const high = subtract(x, multiply(n, c.of(0.693359375)));
  const r = f.keep(subtract(high, multiply(n, c.of(-2.1219444e-4))));
  const square = f.keep(multiply(r, r));
  const [fifth, third, first] = EXP.map(([slope, start]) =>
    add(multiply(r, c.of(slope)), c.of(start)),
  );
  const p = add(multiply(add(multiply(fifth, square), third), square), first);
  const sum = add(add(multiply(p, square), r), c.of(1));
  return multiply(sum, addLanes(shiftLeft(shifted, 23), c.integers(0x3f800000)));
}

export function sigmoid(f: FunctionCode, c: Constants, value: Code): Code {
  const x = f.keep(value);
  const e = f.keep(decay(f, c, f.keep(or(x, c.integers(SIGN)))));
  const above = select(e, c.of(1), isSmaller(x, c.of(0)));
  return divide(above, add(c.of(1), e));
}

/** The bit of the sign. */
const SIGN = -0x80000000;

/** There e^x becomes 0. */
const LOWEST = -88;

const TANH = [
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
] as const;

export function tanh(f: FunctionCode, c: Constants, value: Code): Code {
  const x = f.keep(value);
  const sign = f.keep(and(x, c.integers(SIGN)));
  const a = f.keep(absolute(x));
  const e = f.keep(decay(f, c, f.keep(or(add(x, x), c.integers(SIGN)))));
  const large = f.keep(divide(subtract(c.of(1), e), add(c.of(1), e)));
  const y = f.keep(multiply(a, a));
  const p = multiply(multiply(polynomial(c, TANH, y), y), a);
  const near = add(p, a);
  return or(select(near, large, isSmaller(a, c.of(0.625))), sign);
}
