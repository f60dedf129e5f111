import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import type { Explanation, Expression, Line } from '../../src/explain/explanation';
import { compare, sameKind } from '../../webview/inspect/compared';
import { keepIn, pinHeight, pinWidth, placePins } from '../../webview/inspect/pinPlaces';

const ROOM = { x: 8, y: 40, width: 1184, height: 752 };
const symbol = (text: string): Expression => ({ type: 'symbol', text });

function line(label: string, value: number): Line {
  return { role: 'value', label, equation: { left: symbol('v'), forms: [], value } };
}

function explanation(name: string, headline: number, lines: readonly Line[]): Explanation {
  return {
    words: name,
    symbol: symbol(name),
    path: '',
    lines,
    cautions: [],
    headline: { left: symbol(name), forms: [], value: headline },
  };
}

const weight = (column: number): Target => ({ type: 'weight', layer: 0, row: 0, column });
const neuron = (layer: number): Target => ({ type: 'neuron', layer, row: 0 });

describe('pinned cards that are compared', () => {
  const first = explanation('u', 0.25, [line('value', 1), line('delta', 3), line('delta', 4)]);
  const second = explanation('v', 1, [line('value', 1), line('delta', 3), line('delta', 5)]);

  it('know which lines have the same number everywhere, also where labels repeat', () => {
    const [one, two] = compare([
      { target: weight(0), explanation: first },
      { target: weight(1), explanation: second },
    ]);
    expect([...(one?.same ?? [])]).toEqual(first.lines.slice(0, 2));
    expect([...(two?.same ?? [])]).toEqual(second.lines.slice(0, 2));
  });

  it('show how much a headline differs from the first', () => {
    const [one, two] = compare([
      { target: weight(0), explanation: first },
      { target: weight(1), explanation: second },
    ]);
    expect(one).toMatchObject({ isFirst: true, difference: undefined });
    expect(two).toMatchObject({
      isFirst: false,
      difference: { value: 0.75, from: first.headline.left },
    });
  });

  it.each([NaN, Infinity])('show no difference from %d', headline => {
    const odd = explanation('u', headline, []);
    const [, two] = compare([
      { target: weight(0), explanation: odd },
      { target: weight(1), explanation: second },
    ]);
    expect(two?.difference).toBeUndefined();
  });

  it('leave alone what is of another kind', () => {
    const cards = [
      { target: neuron(0), explanation: first },
      { target: weight(0), explanation: second },
      { target: weight(1), explanation: first },
    ];
    const [one, two, three] = compare(cards);
    expect(one).toBeUndefined();
    // The first card of all is another question: there is nothing to take a difference from.
    expect(two?.difference).toBeUndefined();
    expect(two?.isFirst).toBe(false);
    expect(three?.same.has(first.lines[0])).toBe(true);
  });

  it('tell an input from a neuron that has an error term', () => {
    expect(sameKind(neuron(-1), neuron(0))).toBe(false);
    expect(sameKind(neuron(0), neuron(4))).toBe(true);
    expect(sameKind({ type: 'loss' }, { type: 'loss' })).toBe(true);
    expect(sameKind({ type: 'layer', layer: -1 }, { type: 'layer', layer: 0 })).toBe(false);
  });
});

describe('the places of pinned cards', () => {
  const size = (height: number): { width: number; height: number } => ({ width: 352, height });
  const sizes = fc.array(fc.integer({ min: 80, max: 450 }).map(size), {
    minLength: 1,
    maxLength: 3,
  });

  it('are side by side, with their heads at one height and their feet in the window', () => {
    fc.assert(
      fc.property(sizes, all => {
        const places = placePins(
          all.map(each => ({ size: each, moved: undefined })),
          ROOM,
        );
        places.forEach(({ x, y }, i) => {
          expect(y).toBe(places[0].y);
          if (i > 0) expect(x).toBeGreaterThanOrEqual(places[i - 1].x + 352);
          expect(y + all[i].height).toBeLessThanOrEqual(ROOM.y + ROOM.height);
        });
      }),
    );
  });

  it('overlap in a small window, with each head in sight', () => {
    const room = { x: 8, y: 40, width: 500, height: 300 };
    const pins = [1, 2, 3].map(() => ({ size: { width: 232, height: 200 }, moved: undefined }));
    const xs = placePins(pins, room).map(({ x }) => x);
    expect(xs).toEqual([8, 142, 276]);
  });

  it('stay where a person put them, within the room', () => {
    const at = fc.record({ x: fc.integer(), y: fc.integer() });
    fc.assert(
      fc.property(at, moved => {
        const [{ x, y }] = placePins([{ size: size(200), moved }], ROOM);
        expect(x).toBeGreaterThanOrEqual(ROOM.x);
        expect(y).toBeGreaterThanOrEqual(ROOM.y);
        expect(x + 352).toBeLessThanOrEqual(ROOM.x + ROOM.width);
        expect(y + 200).toBeLessThanOrEqual(ROOM.y + ROOM.height);
      }),
    );
    expect(keepIn({ x: 500, y: 300 }, size(200), ROOM)).toEqual({ x: 500, y: 300 });
  });

  it('begin where the room begins, when a card is larger than it', () => {
    expect(keepIn({ x: 90, y: 90 }, { width: 2000, height: 2000 }, ROOM)).toEqual({ x: 8, y: 40 });
  });

  it('have cards as wide as there is room for all, within reason', () => {
    expect(pinWidth(1, ROOM)).toBe(352);
    expect(pinWidth(3, { width: 784 })).toBe(256);
    expect(pinWidth(3, { width: 400 })).toBe(208);
    expect(pinWidth(1, { width: 200 })).toBe(200);
    expect(pinHeight({ height: 700 })).toBe(315);
    expect(pinHeight({ height: 250 })).toBe(160);
    expect(pinHeight({ height: 150 })).toBe(150);
  });
});
