/** What every kind of explanation shares: names, words, and the sums with left-out terms. */
import type { FactsBase, Statistics, Terms } from '../engine/facts';
import type { Equation, Expression, Line } from './explanation';
import { bigSum, call, number, product, sum } from './expressions';
import { Names } from './names';
import type { NotationProfile } from './notationProfile';
import type { Label, Place, Words } from './words';

/** Sums of up to this many terms are written out in symbols; longer ones as Σ. */
export const writtenOut = 4;

export class Context {
  readonly names: Names;
  readonly words: Words;

  constructor(facts: Pick<FactsBase, 'sizes' | 'scope'>, profile: NotationProfile, words: Words) {
    this.names = new Names(profile, facts);
    this.words = words;
  }

  get profile(): NotationProfile {
    return this.names.profile;
  }

  line(role: Line['role'], label: Label, equation: Line['equation'], note?: string): Line {
    return { role, label: this.words.labels[label], equation, ...(note ? { note } : {}) };
  }

  place(layer: number, row: number, name?: string): Place {
    const { names } = this;
    const kind = layer === -1 ? 'input' : layer === names.lastLayer ? 'output' : 'hidden';
    return {
      neuron: names.neuronNumber(layer, row),
      layer: names.layerNumber(layer),
      kind,
      ...(name ? { name } : {}),
    };
  }

  /** The numbers, of which those past `limit` and `more` are left out with their sum stated. */
  sumOf(
    values: readonly number[],
    more: { readonly count: number; readonly sum: number },
    limit = writtenOut,
  ): readonly Expression[] {
    const shown = values.length - limit === 1 ? values.length : Math.min(limit, values.length);
    const rest = values.slice(shown);
    const count = rest.length + more.count;
    const terms = values.slice(0, shown).map(number);
    const left = rest.reduce((total, value) => total + value, 0) + more.sum;
    return count === 0 ? terms : [...terms, this.rest(count, left)];
  }

  rest(count: number, left: number): Expression {
    return { type: 'rest', count, sum: left, label: this.words.more(count) };
  }

  /**
   * The terms of Σ weight · factor: in symbols (Σ when there are many), and in numbers.
   * @param write the symbols of the term at an index, or at any index `k`
   * @param value the factor as it is printed
   */
  weightedSum(
    { terms, more }: Terms,
    write: (index: number | string) => Expression,
    value: (factor: number) => number = factor => factor,
  ): { symbols: readonly Expression[]; numbers: readonly Expression[] } {
    const numbers = terms.map(term => product(number(term.weight), number(value(term.factor))));
    if (more.count > 0) numbers.push(this.rest(more.count, value(more.sum)));
    const few = more.count === 0 && terms.length <= writtenOut;
    const symbols = few ? terms.map(term => write(term.index)) : [bigSum('k', write('k'))];
    return { symbols, numbers };
  }
}

/** left = value: nothing to substitute. */
export function stated(left: Expression, value: number): Equation {
  return { left, forms: [number(value)], value };
}

/** A sum that may have no term at all. */
export function total(terms: readonly Expression[]): Expression {
  return terms.length === 0 ? number(0) : sum(...terms);
}

/** min, mean and max of one quantity. */
export function statisticLines(
  label: Label,
  of: Expression,
  { min, mean, max }: Statistics,
  context: Context,
): readonly Line[] {
  return [
    context.line('statistic', label, stated(call('min', of), min)),
    context.line('statistic', label, stated(call('mean', of), mean)),
    context.line('statistic', label, stated(call('max', of), max)),
  ];
}
