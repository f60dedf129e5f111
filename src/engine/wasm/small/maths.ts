/**
 * Functions of four numbers as code that stands where it is used: those of assembly/maths.ts, the same operations and the
 * same bits; and `soon` ones for single samples, where each waits for the one before and nothing else is to be done.
 */
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

/** 1 / ln 2, and 1.5 × 2²³: what is added to it is rounded to an integer, which stands in its lowest bits. */
const LOG2E = 1.44269504;
const ROUNDING = 12582912;
/** The bits of 1. */
const ONE = 0x3f800000;

/** e^x within the bounds. */
function power(f: FunctionCode, c: Constants, x: Code): Code {
  const shifted = f.keep(add(multiply(x, c.of(LOG2E)), c.of(ROUNDING)));
  const n = f.keep(subtract(shifted, c.of(ROUNDING)));
  const high = subtract(x, multiply(n, c.of(0.693359375)));
  const r = f.keep(subtract(high, multiply(n, c.of(-2.1219444e-4))));
  const square = f.keep(multiply(r, r));
  const [fifth, third, first] = EXP.map(([slope, start]) =>
    add(multiply(r, c.of(slope)), c.of(start)),
  );
  const p = add(multiply(add(multiply(fifth, square), third), square), first);
  const sum = add(add(multiply(p, square), r), c.of(1));
  return multiply(sum, addLanes(shiftLeft(shifted, 23), c.integers(ONE)));
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
  return tanhBy(f, c, value, x => {
    const e = f.keep(decay(f, c, x));
    return { below: subtract(c.of(1), e), above: add(c.of(1), e) };
  });
}

/** 1 − e^x and 1 + e^x for x ≤ 0. */
type AroundOne = (x: Code) => { readonly below: Code; readonly above: Code };

function tanhBy(f: FunctionCode, c: Constants, value: Code, aroundOne: AroundOne): Code {
  const x = f.keep(value);
  const sign = f.keep(and(x, c.integers(SIGN)));
  const a = f.keep(absolute(x));
  const { below, above } = aroundOne(f.keep(or(add(x, x), c.integers(SIGN))));
  const large = f.keep(divide(below, above));
  const y = f.keep(multiply(a, a));
  const p = multiply(multiply(polynomial(c, TANH, y), y), a);
  const near = add(p, a);
  return or(select(near, large, isSmaller(a, c.of(0.625))), sign);
}

/** ln 2 as a sum: few enough bits that n times them is exact, and the rest. */
const LN2_HIGH = 0.693145751953125;
const LN2_LOW = 1.42860682e-6;

/**
 * e^x, 1 − e^x and 1 + e^x for x ≤ 0 by a shorter way: half as many operations again, but a third fewer of them one
 * after the other.
 *
 * e^x = s (1 + r + r² (A + r² (B + r² C))) with n = x / ln 2, rounded, r = x − n high(ln 2) and s = 2ⁿ (1 − n low(ln 2)).
 * Everything but the last term is added up before that is known. Sigmoid has 3.2 ulp by it, tanh 2.5.
 */
function soonDecay(f: FunctionCode, c: Constants, x: Code): { e: Code; below: Code; above: Code } {
  const isGone = f.keep(isSmaller(x, c.of(LOWEST)));
  const shifted = f.keep(add(multiply(x, c.of(LOG2E)), c.of(ROUNDING)));
  const n = f.keep(andNot(subtract(shifted, c.of(ROUNDING)), isGone));
  const power = f.keep(andNot(addLanes(shiftLeft(shifted, 23), c.integers(ONE)), isGone));
  const s = f.keep(subtract(power, multiply(power, multiply(n, c.of(LN2_LOW)))));
  const r = f.keep(subtract(andNot(x, isGone), multiply(n, c.of(LN2_HIGH))));
  const square = f.keep(multiply(r, r));
  const [high, middle, low] = EXP.map(([slope, start]) =>
    f.keep(add(multiply(r, c.of(slope)), c.of(start))),
  );
  const scaled = f.keep(multiply(s, square));
  const line = f.keep(multiply(s, r));
  const most = f.keep(add(add(s, line), multiply(scaled, low)));
  const upper = add(multiply(high, square), middle);
  const last = f.keep(multiply(multiply(scaled, square), upper));
  return {
    e: add(most, last),
    below: subtract(subtract(c.of(1), most), last),
    above: add(add(c.of(1), most), last),
  };
}

export function soonSigmoid(f: FunctionCode, c: Constants, value: Code): Code {
  const x = f.keep(value);
  const { e, above } = soonDecay(f, c, f.keep(or(x, c.integers(SIGN))));
  return divide(select(e, c.of(1), isSmaller(x, c.of(0))), above);
}

export function soonTanh(f: FunctionCode, c: Constants, value: Code): Code {
  return tanhBy(f, c, value, x => soonDecay(f, c, x));
}
