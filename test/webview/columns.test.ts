import { describe, expect, it } from 'vitest';
import { chosenRows, drawable } from '../../webview/training/columns';

describe('drawable', () => {
  it('does not copy a column that can be drawn', () => {
    const values = Float64Array.of(3, 2, 1);
    expect(drawable(values, true)).toBe(values);
  });

  it('leaves gaps where there is no number, and on a log scale where there is no logarithm', () => {
    expect(drawable(Float64Array.of(3, NaN, Infinity), false)).toEqual([3, null, null]);
    expect(drawable(Float64Array.of(3, 0, -1), true)).toEqual([3, null, null]);
    expect([...drawable(Float64Array.of(3, 0, -1), false)]).toEqual([3, 0, -1]);
  });
});

describe('chosenRows', () => {
  it('takes all of few and an even choice of many, with both ends', () => {
    expect(chosenRows(3)).toEqual([0, 1, 2]);
    const rows = chosenRows(100_001, 50);
    expect(rows).toHaveLength(50);
    expect(rows[0]).toBe(0);
    expect(rows[49]).toBe(100_000);
    expect(new Set(rows).size).toBe(50);
  });
});
