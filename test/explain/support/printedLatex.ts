/** Reads a formula of numbers back from its LaTeX and computes it; throws on what it does not understand. */
import { erf } from '../../../src/math/functions';

export function computeLatex(text: string): number {
  const reader = new Reader(tokens(text));
  const value = reader.sum();
  reader.end();
  return value;
}

/** Commands, numbers and marks, without spaces, words and what only sets the height of brackets. */
function tokens(text: string): readonly string[] {
  const formula = text.replace(/\\(?:left|right)(?![A-Za-z])|\\text\{[^{}]*\}|\s/g, separator);
  return formula.match(/\\mathrm\{[A-Za-z]+\}|\\[A-Za-z]+|\d+(?:\.\d+)?|[^ ]/g) ?? [];
}

/** Numbers on both sides stay two. */
const separator = ' ';

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(all: readonly string[]) {
    this.#tokens = all;
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw new Error(`“${this.#rest()}” was not understood`);
  }

  sum(): number {
    let value = this.#take('-') ? -this.#product() : this.#product();
    for (;;) {
      if (this.#take('+')) value += this.#product();
      else if (this.#take('-')) value -= this.#product();
      else return value;
    }
  }

  #product(): number {
    let value = this.#power();
    for (;;) {
      if (this.#take('\\cdot') || this.#take('\\times')) value *= this.#power();
      else return value;
    }
  }

  #power(): number {
    if (this.#take('e')) {
      this.#expect('^');
      return Math.exp(this.#group());
    }
    const base = this.#atom();
    return this.#take('^') ? base ** this.#group() : base;
  }

  #atom(): number {
    if (this.#take('(')) return this.#until(')');
    if (this.#take('\\lvert')) return Math.abs(this.#until('\\rvert'));
    if (this.#take('\\sqrt')) return Math.sqrt(this.#group());
    if (this.#take('\\frac')) {
      const over = this.#group();
      return over / this.#group();
    }
    const token = this.#tokens[this.#at++] ?? '';
    if (/^\d/.test(token)) return Number(token);
    const apply = functions[token];
    if (!apply) throw new Error(`a number was expected at “${token} ${this.#rest()}”`);
    return apply(this.#arguments());
  }

  #arguments(): readonly number[] {
    this.#expect('(');
    const values = [this.sum()];
    while (this.#take(',')) values.push(this.sum());
    this.#expect(')');
    return values;
  }

  #group(): number {
    this.#expect('{');
    return this.#until('}');
  }

  #until(close: string): number {
    const value = this.sum();
    this.#expect(close);
    return value;
  }

  #rest(): string {
    return this.#tokens.slice(this.#at).join(' ');
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new Error(`“${token}” was expected at “${this.#rest()}”`);
  }
}

const functions: Readonly<Record<string, (values: readonly number[]) => number>> = {
  '\\ln': ([x]) => Math.log(x),
  '\\tanh': ([x]) => Math.tanh(x),
  '\\cos': ([x]) => Math.cos(x),
  '\\max': values => Math.max(...values),
  '\\min': values => Math.min(...values),
  '\\mathrm{sign}': ([x]) => Math.sign(x),
  '\\sigma': ([x]) => 1 / (1 + Math.exp(-x)),
  '\\Phi': ([x]) => 0.5 * (1 + erf(x / Math.SQRT2)),
  '\\varphi': ([x]) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI),
};
