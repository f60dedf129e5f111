import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitsAfter } from '../../../webview/design/units';

describe('unitsAfter', () => {
  it('counts one unit every 8 pixels of a small layer', () => {
    expect([0, 7, 8, 16, -8, -16, -800].map(way => unitsAfter(4, way))).toEqual([
      4, 4, 5, 6, 3, 2, 1,
    ]);
  });

  it('doubles a large layer every 96 pixels', () => {
    expect(unitsAfter(512, 96)).toBe(1024);
    expect(unitsAfter(512, -96)).toBe(256);
  });

  it('stays within the limits and never goes against the pointer', () => {
    const way = fc.integer({ min: -4000, max: 4000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_536 }), way, way, (from, a, b) => {
        const [low, high] = [unitsAfter(from, Math.min(a, b)), unitsAfter(from, Math.max(a, b))];
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(1);
        expect(high).toBeLessThanOrEqual(65_536);
        expect(Number.isInteger(low)).toBe(true);
        expect(unitsAfter(from, 0)).toBe(from);
      }),
    );
  });
});
