import { describe, expect, it } from 'vitest';
import type { NetworkView } from '../../../src/protocol';
import { shownValue } from '../../../webview/design/shownValue';

/** 3-2: all inputs and neurons 0 and 5 of the layer are drawn; values count up from 10. */
const view = {
  layers: [
    { shown: [0, 1, 2], bias: -1, weights: -1 },
    { shown: [0, 5], bias: 0, weights: 2 },
  ],
  values: Float64Array.from({ length: 8 }, (_, i) => 10 + i),
} as unknown as NetworkView;

describe('shownValue', () => {
  it('finds weights and biases of what is drawn, and nothing else', () => {
    const at = (row: number, column: number): number | undefined =>
      shownValue(view, { type: 'weight', layer: 0, row, column }, -1);
    expect([at(0, 0), at(0, 2), at(5, 0), at(5, 2)]).toEqual([12, 14, 15, 17]);
    expect(at(1, 0)).toBeUndefined();
    expect(at(0, 3)).toBeUndefined();
    expect(shownValue(view, { type: 'bias', layer: 0, row: 5 }, -1)).toBe(11);
    expect(shownValue(view, { type: 'bias', layer: -1, row: 0 }, -1)).toBeUndefined();
    expect(shownValue(view, { type: 'layer', layer: 0 }, -1)).toBeUndefined();
  });

  it('finds what belongs to a filter by filter and place in the window', () => {
    const kernels = { filters: 2, length: 3 };
    const conv = {
      ...view,
      layers: [
        { shown: [0, 7], bias: -1, weights: -1 },
        { shown: [0, 1, 9], bias: 0, weights: 2, kernels },
      ],
    } as unknown as NetworkView;
    const at = (row: number, column: number): number | undefined =>
      shownValue(conv, { type: 'weight', layer: 0, row, column }, -1);
    expect([at(0, 1), at(0, 2), at(1, 0), at(1, 2)]).toEqual([13, 14, 15, 17]);
    expect(at(9, 0)).toBeUndefined();
    expect(shownValue(conv, { type: 'bias', layer: 0, row: 1 }, -1)).toBe(11);
    expect(shownValue(conv, { type: 'bias', layer: 0, row: 2 }, -1)).toBeUndefined();
  });
});
