/** What every kind of explanation shares: names, words, and the sums with left-out terms. */
import type { Statistics, Term, Terms } from '../engine/facts';
import { formatPath } from '../network/network';
import type { Equation, Expression, Line } from './explanation';
import { call, number, product, sum } from './expressions';
import { Names, type Named } from './names';
import type { NotationProfile } from './notationProfile';
import type { Label, Place, Words } from './words';

/** Sums of up to this many terms are written out in symbols; longer ones as Σ. */
export const writtenOut = 4;

export class Context {
  readonly names: Names;
  readonly words: Words;

  constructor(facts: Named, profile: NotationProfile, words: Words) {
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

  /** Where a neuron stands in the file: its row of weights, or the layer where it has none. */
  neuronPath(layer: number, row: number): string {
    if (layer < 0) return '';
    const isDense = this.names.branches.typeOf(layer) === 'dense';
    return formatPath(isDense ? ['layers', layer, 'weights', row] : ['layers', layer]);
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
   * The terms of Σ weight · factor: in symbols (in general when there are many), and in numbers.
   * @param write the symbols of a term
   * @param general the same sum in symbols, for any number of terms
   * @param value the factor as it is printed
   */
  weightedSum(
    { terms, more }: Terms,
    write: (term: Term) => Expression,
    general: readonly Expression[],
    value: (factor: number) => number = factor => factor,
  ): { symbols: readonly Expression[]; numbers: readonly Expression[] } {
    const numbers = terms.map(({ weight, factor, identity }) => {
      const printed = number(value(factor));
      return identity ? printed : product(number(weight), printed);
    });
    if (more.count > 0) numbers.push(this.rest(more.count, value(more.sum)));
    const few = more.count === 0 && terms.length <= writtenOut;
    return { symbols: few ? terms.map(write) : general, numbers };
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
