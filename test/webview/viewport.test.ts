import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clamped,
  fitted,
  LEGIBLE,
  opening,
  pointInWorld,
  pointOnScreen,
  revealed,
  toScreen,
  zoomed,
} from '../../webview/canvas/viewport';

const ROOM = { width: 800, height: 500 };
const views = fc.record({
  x: fc.integer({ min: -4000, max: 4000 }),
  y: fc.integer({ min: -4000, max: 4000 }),
  zoom: fc.double({ min: 0.15, max: 8, noNaN: true }),
});
const sizes = fc.record({
  width: fc.integer({ min: 50, max: 20_000 }),
  height: fc.integer({ min: 50, max: 5000 }),
});

describe('the viewport', () => {
  it('shows a picture that has room as it is', () => {
    expect(opening({ width: 800, height: 500 }, ROOM)).toEqual({ x: 0, y: 0, zoom: 1 });
  });

  it('opens a larger one whole while it can be read, else legible from its beginning', () => {
    expect(opening({ width: 1000, height: 500 }, ROOM).zoom).toBeCloseTo(0.8);
    const long = opening({ width: 12_000, height: 500 }, ROOM);
    expect(long.zoom).toBe(LEGIBLE);
    expect(long.x).toBe(0);
    expect(fitted({ width: 2000, height: 500 }, ROOM).zoom).toBeCloseTo(0.4);
  });

  it('keeps the point under the pointer where it is while it zooms', () => {
    fc.assert(
      fc.property(
        views,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.nat(800),
        fc.nat(500),
        (view, factor, x, y) => {
          const before = pointInWorld(view, { x, y });
          const after = pointOnScreen(zoomed(view, factor, { x, y }), before);
          expect(after.x).toBeCloseTo(x, 3);
          expect(after.y).toBeCloseTo(y, 3);
        },
      ),
    );
  });

  it('never loses the picture', () => {
    fc.assert(
      fc.property(views, sizes, (view, content) => {
        const whole = { x: 0, y: 0, ...content };
        const box = toScreen(clamped(view, [whole], ROOM), whole);
        const across = Math.min(box.x + box.width, ROOM.width) - Math.max(box.x, 0);
        const down = Math.min(box.y + box.height, ROOM.height) - Math.max(box.y, 0);
        expect(across).toBeGreaterThanOrEqual(Math.min(80, box.width) - 1e-6);
        expect(down).toBeGreaterThanOrEqual(Math.min(80, box.height) - 1e-6);
      }),
    );
  });

  it('brings back the nearest part, and leaves alone what shows one', () => {
    const [near, far] = [
      { x: 0, y: 0, width: 40, height: 40 },
      { x: 600, y: 0, width: 40, height: 40 },
    ];
    const lost = { x: ROOM.width + 20, y: 100, zoom: 1 };
    expect(clamped(lost, [near, far], ROOM)).toEqual({ x: ROOM.width - 48 - 32, y: 100, zoom: 1 });
    const view = { x: 100, y: 100, zoom: 1 };
    expect(clamped(view, [far, near], ROOM)).toBe(view);
    // Between them nothing is to be seen.
    const close = { x: -1200, y: 100, zoom: 4 };
    expect(clamped(close, [near, far], ROOM).x).not.toBe(close.x);
  });

  it('moves no further than it must to bring something into sight', () => {
    fc.assert(
      fc.property(views, fc.nat(2000), fc.nat(2000), (view, x, y) => {
        const box = { x, y, width: 20, height: 20 };
        const shown = toScreen(revealed(view, box, ROOM), box);
        expect(shown.x).toBeGreaterThanOrEqual(-1e-6);
        expect(shown.x + shown.width).toBeLessThanOrEqual(ROOM.width + 1e-6);
        expect(shown.y).toBeGreaterThanOrEqual(-1e-6);
        expect(shown.y + shown.height).toBeLessThanOrEqual(ROOM.height + 1e-6);
        expect(revealed(revealed(view, box, ROOM), box, ROOM).x).toBeCloseTo(
          revealed(view, box, ROOM).x,
          6,
        );
      }),
    );
  });
});
