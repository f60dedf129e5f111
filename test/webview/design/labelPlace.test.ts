import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freePlace, sizeOfWords } from '../../../webview/design/labelPlace';

const ROOM = { width: 800, height: 600 };
const POINT = { x: 400, y: 500 };

const touch = (
  a: { x: number; y: number; width: number; height: number },
  b: { x: number; y: number; width: number; height: number },
): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('sizeOfWords', () => {
  it('breaks what is longer than a label, and never asks for more than one may take', () => {
    const short = sizeOfWords('dense 4');
    const long = sizeOfWords(
      'Insert between layer 2 and the output · new W 4 × 512 · W 10 × 4',
      17,
    );
    expect(short.width).toBeLessThan(80);
    expect(long.width).toBe(322);
    expect(long.height).toBeGreaterThan(short.height);
  });
});

describe('freePlace', () => {
  it('leaves words where they are wanted while nothing is hidden there', () => {
    const far = { x: 20, y: 20, width: 100, height: 36 };
    expect(freePlace({ width: 90, height: 22 }, POINT, [far], ROOM)).toEqual(POINT);
  });

  it('hides no caption of a row of columns, wherever the pointer is', () => {
    const captions = [60, 260, 460, 660].map(x => ({ x, y: 520, width: 128, height: 36 }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 600 }), (x, y) => {
        const size = { width: 322, height: 38 };
        const box = { ...freePlace(size, { x, y }, captions, ROOM), ...size };
        expect(captions.filter(each => touch(each, box))).toEqual([]);
        expect(box.x >= 0 && box.x + box.width <= ROOM.width).toBe(true);
        expect(box.y >= 0 && box.y + box.height <= ROOM.height).toBe(true);
      }),
    );
  });
});
