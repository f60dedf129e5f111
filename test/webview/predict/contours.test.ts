import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contour } from '../../../webview/predict/contours';

const CELLS = 8;
const of = (f: (x: number, y: number) => number): Float64Array =>
  Float64Array.from({ length: CELLS * CELLS }, (_, i) =>
    f(((i % CELLS) + 0.5) / CELLS, (Math.floor(i / CELLS) + 0.5) / CELLS),
  );

describe('a contour', () => {
  it('of a plane is its line', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        (a, b, level) => {
          const segments = contour(
            of((x, y) => a * x + b * y),
            CELLS,
            level,
          );
          for (const [x1, y1, x2, y2] of segments) {
            expect(a * x1 + b * y1).toBeCloseTo(level, 9);
            expect(a * x2 + b * y2).toBeCloseTo(level, 9);
          }
        },
      ),
    );
    expect(
      contour(
        of((_, y) => y),
        CELLS,
        0.5,
      ),
    ).toHaveLength(CELLS - 1);
  });

  it('of a hill goes around it', () => {
    const segments = contour(
      of((x, y) => Math.hypot(x - 0.5, y - 0.5)),
      CELLS,
      0.3,
    );
    const length = segments.reduce((sum, [a, b, c, d]) => sum + Math.hypot(c - a, d - b), 0);
    expect(length).toBeGreaterThan(0.9 * 2 * Math.PI * 0.3);
    expect(length).toBeLessThan(1.05 * 2 * Math.PI * 0.3);
  });

  it('at a saddle joins the corners that the middle is with', () => {
    // Corners: lower left, lower right, upper left, upper right.
    const high = contour(Float64Array.of(3, -1, -1, 3), 2, 0);
    const low = contour(Float64Array.of(1, -3, -3, 1), 2, 0);
    const around = ([[x1, y1, x2, y2]]: typeof high): string =>
      [x1 + x2 > 1 ? 'right' : 'left', y1 + y2 > 1 ? 'up' : 'down'].join();
    expect(high).toHaveLength(2);
    expect(['right,down', 'left,up']).toContain(around(high));
    expect(['left,down', 'right,up']).toContain(around(low));
  });

  it('is nowhere where values are all on one side or are none', () => {
    expect(
      contour(
        of(() => 1),
        CELLS,
        0,
      ),
    ).toEqual([]);
    expect(
      contour(
        of(() => NaN),
        CELLS,
        0,
      ),
    ).toEqual([]);
  });
});
