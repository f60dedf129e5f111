/** Summaries of sets of numbers, and the largest terms of a sum. */
import type { Statistics, Term, Terms } from '../facts';

/** Terms of a sum that are named one by one. */
const NAMED_TERMS = 12;

/** Collects numbers one by one. */
export class Summary {
  #count = 0;
  #min = Infinity;
  #max = -Infinity;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    this.#count += 1;
    // A NaN is kept: no comparison with it is true.
    if (value < this.#min || Number.isNaN(value)) this.#min = value;
    if (value > this.#max || Number.isNaN(value)) this.#max = value;
    this.#sum += value;
    this.#squares += value * value;
  }

  get mean(): number {
    return this.#sum / this.#count;
  }

  /** NaN where there was no number. */
  get statistics(): Statistics {
    const empty = this.#count === 0;
    return {
      count: this.#count,
      min: empty ? NaN : this.#min,
      mean: this.mean,
      max: empty ? NaN : this.#max,
      norm: Math.sqrt(this.#squares),
    };
  }
}

export function statisticsOf(values: ArrayLike<number>): Statistics {
  const summary = new Summary();
  for (let i = 0; i < values.length; i++) summary.add(values[i]);
  return summary.statistics;
}

/** Euclidean. */
export function normOf(values: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i] * values[i];
  return Math.sqrt(squares);
}

/** The summary of the union of sets of equal size. */
export function mergeStatistics(parts: readonly Statistics[]): Statistics {
  const total = (pick: (part: Statistics) => number): number =>
    parts.reduce((sum, part) => sum + pick(part), 0);
  return {
    count: total(part => part.count),
    // One by one: an input may have a million values, more than a call takes arguments.
    min: parts.reduce((min, part) => Math.min(min, part.min), Infinity),
    mean: total(part => part.mean) / parts.length,
    max: parts.reduce((max, part) => Math.max(max, part.max), -Infinity),
    norm: Math.sqrt(total(part => part.norm * part.norm)),
  };
}

/** The twelve largest products weight · factor by magnitude, in the order of `all`, and the rest. */
export function largestTerms(all: readonly Term[]): Terms {
  if (all.length <= NAMED_TERMS) return { terms: all, more: { count: 0, sum: 0 } };
  const product = (term: Term): number => term.weight * term.factor;
  const bySize = [...all].sort((s, t) => Math.abs(product(t)) - Math.abs(product(s)));
  const named = new Set(bySize.slice(0, NAMED_TERMS));
  const rest = all.filter(term => !named.has(term));
  return {
    terms: all.filter(term => named.has(term)),
    more: { count: rest.length, sum: rest.reduce((sum, term) => sum + product(term), 0) },
  };
}
