/** Which products of a sum are named, and summaries of sets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Term } from '../../src/engine/facts';
import {
  largestTerms,
  mergeStatistics,
  normOf,
  statisticsOf,
} from '../../src/engine/inspect/statistics';

const termsOf = (products: readonly number[]): Term[] =>
  // The product counts, neither of its factors: they are of every size.
  products.map((product, index) => {
    const weight = index % 2 === 0 ? 0.125 : -8;
    return { layer: 0, index, weight, factor: product / weight };
  });

const productOf = ({ weight, factor }: Term): number => weight * factor;

describe('the terms of a sum', () => {
  it.each([0, 1, 11, 12])('of %i are all named', count => {
    const all = termsOf(Array.from({ length: count }, (_, i) => i - 5));
    expect(largestTerms(all)).toEqual({ terms: all, more: { count: 0, sum: 0 } });
  });

  it('are the twelve with the largest products, in their order, and the sum of the others', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -99, max: 99 }), {
          minLength: 13,
          maxLength: 20,
          selector: Math.abs,
        }),
        products => {
          const all = termsOf(products);
          const { terms, more } = largestTerms(all);
          const sizes = products.map(Math.abs).sort((a, b) => b - a);
          expect(terms).toEqual(all.filter(term => Math.abs(productOf(term)) >= sizes[11]));
          const left = all.filter(term => !terms.includes(term));
          expect(more.count).toBe(products.length - 12);
          expect(more.sum).toBe(left.reduce((sum, term) => sum + productOf(term), 0));
        },
      ),
    );
  });
});

describe('summaries', () => {
  it('of nothing are no numbers', () => {
    expect(statisticsOf([])).toEqual({ count: 0, min: NaN, mean: NaN, max: NaN, norm: 0 });
  });

  it('of sets of equal size are joined to that of all', () => {
    const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 6 }), sets => {
        const [joined, whole] = [
          mergeStatistics(sets.map(each => statisticsOf(each))),
          statisticsOf(sets.flat()),
        ];
        expect([joined.count, joined.min, joined.max]).toEqual([whole.count, whole.min, whole.max]);
        expect(joined.mean).toBeCloseTo(whole.mean, 12);
        expect(joined.norm).toBeCloseTo(whole.norm, 10);
      }),
    );
  });

  it('have the length of a vector', () => {
    expect(normOf(Float64Array.of(2, -3, 6))).toBe(7);
    expect(normOf(new Float64Array(0))).toBe(0);
  });
});
