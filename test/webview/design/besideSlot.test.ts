import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Geometry, SlotPlace } from '../../../webview/design/contract';
import { bandOf, besideSlot } from '../../../webview/design/places';

const WINDOW = { width: 264, height: 196 };

const slotAt = (x: number, y: number): SlotPlace => ({
  index: 0,
  box: { x: x - 60, y: y - 8, width: 120, height: 300 },
  plus: { x, y },
});

const geometryOf = (width: number, height: number, slot: SlotPlace): Geometry => ({
  columns: [],
  slots: [slot],
  size: { width, height },
  zoom: 1,
});

describe('besideSlot', () => {
  it('leaves the slot free and stays within, wherever there is room beside it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 640, max: 1600 }),
        fc.integer({ min: 220, max: 900 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (width, height, across, down) => {
          const slot = slotAt(across * width, down * height);
          const at = besideSlot(geometryOf(width, height, slot), slot, WINDOW);
          const band = bandOf(slot, { height });
          expect(at.x >= band.x + band.width || at.x + WINDOW.width <= band.x).toBe(true);
          expect(at.x >= 0 && at.x + WINDOW.width <= width).toBe(true);
          expect(at.y >= 0 && at.y + WINDOW.height <= height).toBe(true);
        },
      ),
    );
  });

  it('leaves at least the "+" free where neither side has room', () => {
    const slot = slotAt(170, 40);
    const { x, y } = besideSlot(geometryOf(340, 500, slot), slot, WINDOW);
    expect(y).toBeGreaterThan(slot.plus.y + 8);
    expect(x + WINDOW.width).toBeLessThanOrEqual(340);
  });
});
