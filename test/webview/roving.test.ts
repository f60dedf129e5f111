import { describe, expect, it } from 'vitest';
import { nextStop } from '../../webview/roving';

const bare = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

describe('nextStop', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 4, 4],
    ['ArrowUp', 4, 3],
    ['ArrowUp', 0, 0],
    ['Home', 3, 0],
    ['End', 1, 4],
  ])('%s leads from %i to %i of five', (key, at, to) => {
    expect(nextStop({ ...bare, key }, at, 5)).toBe(to);
  });

  it('leaves other keys, and those with a modifier, to others', () => {
    expect(nextStop({ ...bare, key: 'ArrowRight' }, 1, 5)).toBeUndefined();
    expect(nextStop({ ...bare, key: 'ArrowDown', altKey: true }, 1, 5)).toBeUndefined();
  });
});
