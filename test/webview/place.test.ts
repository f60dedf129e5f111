import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, distanceTo, placeCard, placeCardIn } from '../../webview/canvas/place';

const ROOM = { x: 8, y: 8, width: 984, height: 684 };
const CARD = { width: 400, height: 240 };

describe('placeCard', () => {
  it('never covers a small element and never leaves the window', () => {
    const anchors = fc.record({
      x: fc.integer({ min: 8, max: 960 }),
      y: fc.integer({ min: 8, max: 660 }),
      width: fc.constant(30),
      height: fc.constant(30),
    });
    fc.assert(
      fc.property(anchors, anchor => {
        const at = placeCard(CARD, { box: anchor, path: [] }, ROOM);
        expect(at.x).toBeGreaterThanOrEqual(ROOM.x);
        expect(at.y).toBeGreaterThanOrEqual(ROOM.y);
        expect(at.x + CARD.width).toBeLessThanOrEqual(ROOM.x + ROOM.width);
        expect(at.y + CARD.height).toBeLessThanOrEqual(ROOM.y + ROOM.height);
        const apart =
          at.x >= anchor.x + 30 ||
          at.x + CARD.width <= anchor.x ||
          at.y >= anchor.y + 30 ||
          at.y + CARD.height <= anchor.y;
        expect(apart).toBe(true);
      }),
    );
  });

  it('rather hides the surroundings than the element', () => {
    const anchor = { x: 330, y: 300, width: 30, height: 30 };
    const right = Array.from({ length: 9 }, (_, i) => ({ x: 700, y: 100 + i * 50 }));
    const at = placeCard({ width: 600, height: 640 }, { box: anchor, path: right }, ROOM);
    expect(at.x).toBeGreaterThanOrEqual(anchor.x + anchor.width);
  });

  it('leaves the rest of an edge in sight', () => {
    const path = Array.from({ length: 9 }, (_, i) => ({ x: 200 + i * 60, y: 350 }));
    const anchor = { x: 430, y: 340, width: 20, height: 20 };
    const at = placeCard(CARD, { box: anchor, path }, ROOM);
    expect(path.filter(point => contains({ ...at, ...CARD }, point))).toEqual([]);
  });

  it('stands where nothing is, if there is such a place', () => {
    const head = { x: 320, y: 400, width: 130, height: 36 };
    const path = Array.from({ length: 4 }, (_, i) => ({ x: 385, y: 150 + i * 60 }));
    const others = Array.from({ length: 5 }, (_, i) => ({ x: 600, y: 120 + i * 75 }));
    const card = { width: 300, height: 50 };
    const at = placeCard(card, { box: head, path, others }, ROOM);
    expect([...path, ...others].filter(point => contains({ ...at, ...card }, point))).toEqual([]);
  });
});

describe('placeCardIn', () => {
  const free = { ...ROOM, y: 60, height: ROOM.height - 52 };

  it('stays in the first room where there is room in it', () => {
    const anchor = { x: 400, y: 70, width: 30, height: 30 };
    expect(placeCardIn(CARD, { box: anchor, path: [] }, [free, ROOM]).y).toBeGreaterThanOrEqual(60);
  });

  it('takes the next room rather than cover its anchor', () => {
    const anchor = { x: 100, y: 200, width: 800, height: 30 };
    const low = { ...ROOM, y: 60, height: 300 };
    const at = placeCardIn(CARD, { box: anchor, path: [] }, [low, ROOM]);
    expect(at.y).toBeGreaterThanOrEqual(230);
  });
});

describe('distanceTo', () => {
  it('is zero inside and the way to the border outside', () => {
    const box = { x: 10, y: 10, width: 10, height: 10 };
    expect(distanceTo(box, { x: 15, y: 12 })).toBe(0);
    expect(distanceTo(box, { x: 7, y: 6 })).toBe(5);
    expect(distanceTo(box, { x: 30, y: 15 })).toBe(10);
  });
});
