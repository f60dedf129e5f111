import { describe, expect, it } from 'vitest';
import type { NetworkView } from '../../src/protocol';
import { placeNetwork } from '../../webview/canvas/layout';
import {
  biasValue,
  edgeValue,
  ink,
  neuronValue,
  penFor,
  scales,
  stroke,
  targetValue,
} from '../../webview/canvas/paint';

/** 2-2: inputs 1 2; z unused; activations 3 4; δ 5 6; biases 7 8 with gradients 9 10; weights 11…14; gradients 15…18; targets 19 20. */
const view: NetworkView = {
  scope: { type: 'sample', index: 0 },
  epoch: 0,
  step: 0,
  loss: 0.5,
  layers: [
    {
      units: 2,
      shown: [0, 1],
      activation: 0,
      weightedInput: -1,
      delta: -1,
      bias: -1,
      biasGradient: -1,
      weights: -1,
      gradients: -1,
      strip: -1,
      deltaStrip: -1,
      stripCells: 0,
      picture: -1,
    },
    {
      units: 2,
      shown: [0, 1],
      activation: 2,
      weightedInput: -1,
      delta: 4,
      bias: 6,
      biasGradient: 8,
      weights: 10,
      gradients: 14,
      strip: -1,
      deltaStrip: -1,
      stripCells: 0,
      picture: -1,
    },
  ],
  targets: 18,
  values: Float64Array.from({ length: 20 }, (_, i) => i + 1),
};
const layout = placeNetwork(
  [
    { units: 2, shown: [0, 1] },
    { units: 2, shown: [0, 1] },
  ],
  { width: 600, height: 400 },
  { left: 40, right: 40 },
);

describe('the numbers of a picture', () => {
  it('stand where the view says', () => {
    const values = layout.edges[0].map(edge => edgeValue(view, edge, 'weight'));
    expect(values).toEqual([11, 12, 13, 14]);
    expect(layout.edges[0].map(edge => edgeValue(view, edge, 'gradient'))).toEqual([
      15, 16, 17, 18,
    ]);
    expect(neuronValue(view, -1, 1, 'activation')).toBe(2);
    expect(neuronValue(view, 0, 0, 'delta')).toBe(5);
    expect(biasValue(view, 0, 1, 'weight')).toBe(8);
    expect(biasValue(view, 0, 1, 'gradient')).toBe(10);
    expect(targetValue(view, 1)).toBe(20);
  });

  it('are absent where there are none', () => {
    expect(neuronValue(view, -1, 0, 'delta')).toBeNaN();
    expect(edgeValue(undefined, layout.edges[0][0], 'weight')).toBeNaN();
    expect(targetValue({ ...view, targets: -1 }, 0)).toBeNaN();
  });

  it('are drawn on scales that end at round numbers', () => {
    expect(scales(view, layout, 'weight', 'activation', ['relu'])).toEqual({
      edges: 15,
      neurons: [2, 4],
    });
    expect(scales(view, layout, 'gradient', 'delta', ['relu'])).toEqual({
      edges: 20,
      neurons: [6, 6],
    });
  });

  it.each(['sigmoid', 'softmax', 'tanh', 'step'] as const)(
    'have an absolute scale for %s, so that a lone 0 is empty and a 1 is full',
    activation => {
      const values = view.values.map(value => value / 1000);
      const { neurons } = scales({ ...view, values }, layout, 'weight', 'activation', [activation]);
      expect(neurons).toEqual([0.002, 1]);
    },
  );

  it('have the sign of the notation where they are δ, and only there', () => {
    expect(neuronValue(view, 0, 0, 'delta', -1)).toBe(-5);
    expect(neuronValue(view, 0, 0, 'activation', -1)).toBe(3);
  });
});

describe('ink', () => {
  it('has the sign and the share of the scale', () => {
    expect(ink(0.5, 2)).toEqual({ sign: 'positive', magnitude: 0.25 });
    expect(ink(-3, 2)).toEqual({ sign: 'negative', magnitude: 1 });
    expect(ink(0, 2).sign).toBe('zero');
    expect(ink(NaN, 2).sign).toBe('unknown');
  });

  it('grows with the magnitude, finer where many edges cross, stronger in high contrast', () => {
    const widthAt = (magnitude: number, edges: number): number =>
      Number(stroke({ sign: 'positive', magnitude }, penFor(edges, false)).width);
    expect(widthAt(1, 12)).toBe(4);
    expect(widthAt(0.5, 12)).toBeLessThan(widthAt(1, 12));
    expect(widthAt(1, 144)).toBeLessThan(widthAt(1, 12));
    const faint = (contrast: boolean): number =>
      Number(stroke({ sign: 'negative', magnitude: 0 }, penFor(12, contrast)).opacity);
    expect(faint(true)).toBeGreaterThan(2 * faint(false));
  });
});
