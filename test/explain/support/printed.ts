/**
 * Reads a printed formula back and computes it, as a person with a pocket calculator would.
 *
 * Every printed number stands for an interval: itself ± half a unit of its last printed place. The result is
 * the interval in which the true value must lie.
 */
import { erf } from '../../../src/math/functions';

export type Interval = readonly [low: number, high: number];

/** @param digits significant digits that were printed; 17 means that the numbers are exact */
export function compute(text: string, digits = 4): Interval {
  const reader = new Reader(text, digits);
  const value = reader.sum();
  reader.end();
  return value;
}

export function meet(a: Interval, b: Interval, slack = 0): boolean {
  return a[0] - slack <= b[1] && b[0] - slack <= a[1];
}

class Reader {
  readonly #text: string;
  readonly #digits: number;
  #at = 0;

  constructor(text: string, digits: number) {
    this.#text = text;
    this.#digits = digits;
  }

  end(): void {
    if (this.#at < this.#text.length) throw new Error(`“${this.#rest()}” was not understood`);
  }

  /** A sign without brackets may stand only at the beginning. */
  sum(): Interval {
    let value = this.#take('−') ? negative(this.#product()) : this.#product();
    for (;;) {
      if (this.#take(' + ')) value = add(value, this.#product());
      else if (this.#take(' − ')) value = add(value, negative(this.#product()));
      else return value;
    }
  }

  #product(): Interval {
    let value = this.#power();
    for (;;) {
      if (this.#take('·')) value = multiply(value, this.#power());
      else if (this.#take('/')) value = multiply(value, inverse(this.#power()));
      else return value;
    }
  }

  #power(): Interval {
    if (/^e[⁰¹²³⁴⁵⁶⁷⁸⁹^]/u.test(this.#rest())) return this.#exponential();
    const base = this.#atom();
    const exponent = this.#raised();
    if (exponent === '') return base;
    return exponent === '2' ? square(base) : raise(base, Number(exponent));
  }

  #exponential(): Interval {
    this.#at += 1;
    const raised = this.#raised();
    const whole = Number(raised);
    if (raised !== '') return [Math.exp(whole), Math.exp(whole)];
    this.#expect('^');
    return increasing(Math.exp)(this.#atom());
  }

  /** Digits of an exponent. */
  #raised(): string {
    const [raised = ''] = /^[⁰¹²³⁴⁵⁶⁷⁸⁹]*/u.exec(this.#rest()) ?? [];
    this.#at += raised.length;
    return plain(raised);
  }

  #atom(): Interval {
    if (this.#take('½')) return [0.5, 0.5];
    if (this.#take('|')) return this.#closed('|', absolute);
    if (this.#take('√')) return increasing(x => Math.sqrt(Math.max(0, x)))(this.#atom());
    const label = /^\([^():]*: /.exec(this.#rest());
    if (label) {
      this.#at += label[0].length;
      return this.#closed(')', value => value);
    }
    if (this.#take('(')) return this.#closed(')', value => value);
    const name = /^([\p{L}]+)\(/u.exec(this.#rest());
    return name ? this.#call(name[1]) : this.#number();
  }

  #closed(bracket: string, then: (value: Interval) => Interval): Interval {
    const value = this.sum();
    this.#expect(bracket);
    return then(value);
  }

  #call(name: string): Interval {
    this.#at += name.length + 1;
    if (name === 'max' || name === 'min') {
      const choose = Math[name];
      let value = this.sum();
      while (this.#take(', ')) {
        const next = this.sum();
        value = [choose(value[0], next[0]), choose(value[1], next[1])];
      }
      this.#expect(')');
      return value;
    }
    const apply = functions[name];
    if (!apply) throw new Error(`the function “${name}” is not known`);
    return this.#closed(')', apply);
  }

  #number(): Interval {
    const match = /^(\d+(?:\.\d+)?)(?:×10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)|e(−?)(\d+))?/u.exec(this.#rest());
    if (!match) throw new Error(`a number was expected at “${this.#rest()}”`);
    this.#at += match[0].length;
    const raised = match[3] === undefined ? undefined : plain(match[3]);
    const power = raised ?? match[5];
    const exponent = power === undefined ? 0 : Number(power) * (match[2] || match[4] ? -1 : 1);
    const value = Number(`${match[1]}e${exponent}`);
    const half = this.#halfUnit(value, power !== undefined);
    return [value - half, value + half];
  }

  #halfUnit(value: number, scientific: boolean): number {
    if (this.#digits >= 17 || value === 0) return 0;
    const place = Math.floor(Math.log10(value)) - this.#digits + 1;
    // A hair more, because the printed number itself is not exact in binary.
    return 0.5000001 * 10 ** (scientific ? place : Math.min(0, place));
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new Error(`“${token}” was expected at “${this.#rest()}”`);
  }
}

/** 12 of ¹² */
const plain = (raised: string): string =>
  [...raised].map(digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join('');

const add = (a: Interval, b: Interval): Interval => [a[0] + b[0], a[1] + b[1]];
const negative = ([low, high]: Interval): Interval => [-high, -low];

function multiply(a: Interval, b: Interval): Interval {
  const corners = [a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1]];
  return [Math.min(...corners), Math.max(...corners)];
}

function inverse([low, high]: Interval): Interval {
  return low <= 0 && high >= 0 && low !== high ? [-Infinity, Infinity] : [1 / high, 1 / low];
}

function absolute([low, high]: Interval): Interval {
  const ends = [Math.abs(low), Math.abs(high)];
  return [low <= 0 && high >= 0 ? 0 : Math.min(...ends), Math.max(...ends)];
}

function square(value: Interval): Interval {
  const [low, high] = absolute(value);
  return [low * low, high * high];
}

/** Of a base that is not negative. */
const raise = ([low, high]: Interval, n: number): Interval => [Math.max(0, low) ** n, high ** n];

const increasing =
  (f: (x: number) => number) =>
  ([low, high]: Interval): Interval => [f(low), f(high)];

const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

const functions: Readonly<Record<string, (value: Interval) => Interval>> = {
  ln: increasing(x => (x <= 0 ? -Infinity : Math.log(x))),
  tanh: increasing(Math.tanh),
  /** Falls from 0 to π. */
  cos: ([low, high]) => [high >= Math.PI ? -1 : Math.cos(high), low <= 0 ? 1 : Math.cos(low)],
  sign: increasing(Math.sign),
  σ: increasing(x => 1 / (1 + Math.exp(-x))),
  Φ: increasing(x => 0.5 * (1 + erf(x / Math.SQRT2))),
  /** Falls with the distance from 0. */
  φ: value => {
    const [near, far] = absolute(value);
    return [density(far), density(near)];
  },
};
