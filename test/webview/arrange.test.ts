import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrange,
  COMPACT_PLOT,
  INSPECTOR_WIDTH,
  PALETTE_WIDTH,
  type Wishes,
} from '../../webview/arrange';

const wishes: Wishes = {
  width: 700,
  height: 780,
  fixed: 124,
  chart: 184,
  chartAsked: false,
  inspector: 'auto',
  palette: 'names',
  selected: false,
};
/** Header of the chart and title of the inspector. */
const LINES = 33 + 29;
const canvasOf = (given: Wishes): number => {
  const { stacked, chart, inspector } = arrange(given);
  return given.height - given.fixed - Math.max(33, chart) - (stacked ? 29 : 0) - inspector;
};

describe('arrange', () => {
  it('gives the canvas its share where there is little room', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 899 }),
        fc.integer({ min: 500, max: 1400 }),
        fc.integer({ min: 60, max: 130 }),
        fc.integer({ min: 100, max: 600 }),
        fc.boolean(),
        (width, height, fixed, chart, selected) => {
          const given = { ...wishes, width, height, fixed, chart, selected };
          const left = height - fixed - LINES;
          expect(canvasOf(given)).toBeGreaterThanOrEqual(Math.min(left, 0.55 * height) - 1);
        },
      ),
    );
  });

  it('never gives away more than there is', () => {
    const asks = fc.record({
      width: fc.integer({ min: 200, max: 2000 }),
      height: fc.integer({ min: 420, max: 1400 }),
      fixed: fc.integer({ min: 60, max: 200 }),
      chart: fc.integer({ min: 0, max: 800 }),
      chartAsked: fc.boolean(),
      inspector: fc.constantFrom('hidden', 'auto', 'open', 'folded'),
      selected: fc.boolean(),
      palette: fc.constantFrom('names', 'icons'),
    });
    fc.assert(
      fc.property(asks, given => {
        expect(canvasOf(given)).toBeGreaterThanOrEqual(60);
      }),
    );
  });

  it('shrinks the chart to a compact plot, then to its line', () => {
    const folded = { ...wishes, inspector: 'folded' } as const;
    expect(arrange({ ...folded, height: 1000 }).chart).toBe(184);
    expect(arrange({ ...folded, height: 680 }).chart).toBeGreaterThanOrEqual(COMPACT_PLOT);
    expect(arrange({ ...folded, height: 470 }).chart).toBe(0);
  });

  it('opens the chart that a person asks for', () => {
    expect(arrange({ ...wishes, height: 560, chartAsked: true }).chart).toBe(COMPACT_PLOT + 33);
  });

  it('folds the inspector of a short page until it is opened', () => {
    expect(arrange({ ...wishes, height: 560 }).inspector).toBe(0);
    expect(arrange({ ...wishes, height: 560, inspector: 'open' }).inspector).toBeGreaterThan(90);
  });

  it('lets the curve go before what is selected, and the facts of the file before the curve', () => {
    expect(arrange({ ...wishes, selected: true })).toMatchObject({ chart: 0 });
    expect(arrange({ ...wishes, selected: true }).inspector).toBeGreaterThan(90);
    expect(arrange(wishes).chart).toBeGreaterThan(COMPACT_PLOT);
    expect(arrange(wishes).inspector).toBe(0);
  });

  it('lets a person make the chart of a large page large', () => {
    const large = { ...wishes, width: 1400, height: 900, chart: 500 };
    expect(arrange(large)).toMatchObject({ stacked: false, chart: 500, inspector: 0 });
  });

  it('gives the canvas three fifths of the width beside palette and inspector', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 700, max: 2400 }),
        fc.constantFrom('names' as const, 'icons' as const),
        fc.constantFrom('auto' as const, 'hidden' as const),
        (width, palette, inspector) => {
          const found = arrange({ ...wishes, width, palette, inspector });
          const beside = found.stacked || inspector === 'hidden' ? 0 : INSPECTOR_WIDTH;
          const canvas = width - PALETTE_WIDTH[found.palette] - beside;
          expect(canvas / width).toBeGreaterThanOrEqual(0.6);
        },
      ),
    );
  });

  it('makes the palette a drawer on a narrow page, and icons where names have no room', () => {
    const form = (width: number): string => arrange({ ...wishes, width }).palette;
    expect([400, 699, 700, 899, 900, 1009, 1010, 1400].map(form)).toEqual([
      'drawer',
      'drawer',
      'names',
      'names',
      'icons',
      'icons',
      'names',
      'names',
    ]);
    expect(arrange({ ...wishes, width: 1400, palette: 'icons' }).palette).toBe('icons');
  });

  it('sets icons two in a row where one below the other would not all be in sight', () => {
    const form = (height: number): string =>
      arrange({ ...wishes, width: 1400, height, palette: 'icons' }).palette;
    expect([476, 600, 683, 684, 780].map(form)).toEqual([
      'pairs',
      'pairs',
      'pairs',
      'icons',
      'icons',
    ]);
  });
});
