import { describe, expect, it } from 'vitest';
import { shades } from '../../webview/canvas/inputPicture';

describe('the picture of a sample', () => {
  it('joins pixels of one shade, leaves zero out and caps what is beyond the scale', () => {
    expect(shades([0, 1, 5, -0.5, NaN, 0.01], 3, 1)).toEqual([
      { sign: 'positive', opacity: 1, d: 'M1 0h1v1h-1zM2 0h1v1h-1z' },
      { sign: 'negative', opacity: 0.5, d: 'M0 1h1v1h-1z' },
    ]);
  });

  it('has at most sixteen paths, however many pixels', () => {
    const values = Array.from({ length: 784 }, (_, i) => Math.sin(i));
    expect(shades(values, 28, 1).length).toBeLessThanOrEqual(16);
  });
});
