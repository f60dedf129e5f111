/** Summaries of numbers, also of numbers that are none, and of very many. */
import { describe, expect, it } from 'vitest';
import { mergeStatistics, statisticsOf } from '../../src/engine/inspect/statistics';

describe('statistics', () => {
  it('are of the numbers', () => {
    const expected = { count: 3, min: -2, mean: 1, max: 4, norm: Math.sqrt(21) };
    expect(statisticsOf([1, -2, 4])).toEqual(expected);
    expect(mergeStatistics([statisticsOf([1]), statisticsOf([-2]), statisticsOf([4])])).toEqual(
      expected,
    );
  });

  it.each([[[NaN, 1, 2]], [[1, NaN, 2]], [[1, 2, NaN]]])(
    'show what is no number, wherever it stands: %j',
    values => {
      const { min, mean, max, norm } = statisticsOf(values);
      expect([min, mean, max, norm]).toEqual([NaN, NaN, NaN, NaN]);
    },
  );

  it('are there of infinities', () => {
    expect(statisticsOf([Infinity])).toMatchObject({ min: Infinity, max: Infinity });
    expect(statisticsOf([-Infinity, 3])).toMatchObject({ min: -Infinity, max: 3 });
  });

  it('are merged for as many neurons as an input may have', () => {
    const one = statisticsOf([1, 3]);
    const parts = Array.from({ length: 1_048_576 }, () => one);
    expect(mergeStatistics(parts)).toMatchObject({ min: 1, mean: 2, max: 3 });
  });
});
