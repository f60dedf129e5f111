import { describe, expect, it } from 'vitest';
import { chosenRows } from '../../webview/training/columns';

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
