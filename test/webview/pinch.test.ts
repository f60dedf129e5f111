import { describe, expect, it } from 'vitest';
import { Pinch } from '../../webview/canvas/pinch';

describe('a pinch', () => {
  it('begins with the second finger and ends with the last', () => {
    const pinch = new Pinch();
    expect(pinch.down(1, { x: 100, y: 100 })).toBe(false);
    expect(pinch.move(1, { x: 110, y: 100 })).toBeUndefined();
    expect(pinch.down(2, { x: 210, y: 100 })).toBe(true);
    pinch.up(1);
    expect(pinch.active).toBe(true);
    expect(pinch.move(2, { x: 300, y: 100 })).toBeUndefined();
    pinch.up(2);
    expect(pinch.active).toBe(false);
  });

  it('zooms by the distance, about the middle, and pans with it', () => {
    const pinch = new Pinch();
    pinch.down(1, { x: 100, y: 100 });
    pinch.down(2, { x: 200, y: 100 });
    expect(pinch.move(2, { x: 300, y: 100 })).toEqual({
      factor: 2,
      middle: { x: 200, y: 100 },
      dx: 50,
      dy: 0,
    });
  });

  it('with fingers that touch each other stays finite', () => {
    const pinch = new Pinch();
    pinch.down(1, { x: 100, y: 100 });
    pinch.down(2, { x: 100, y: 100 });
    expect(pinch.move(2, { x: 132, y: 100 })?.factor).toBe(2);
  });

  it('of three fingers is none', () => {
    const pinch = new Pinch();
    pinch.down(1, { x: 0, y: 0 });
    pinch.down(2, { x: 50, y: 0 });
    expect(pinch.down(3, { x: 90, y: 0 })).toBe(false);
    expect(pinch.move(3, { x: 95, y: 0 })).toBeUndefined();
    expect(pinch.active).toBe(true);
  });
});
