import { readFileSync } from 'node:fs';
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
      deltaPicture: -1,
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
      deltaPicture: -1,
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
      neurons: [4, 4],
    });
    expect(scales(view, layout, 'gradient', 'delta', ['relu'])).toEqual({
      edges: 20,
      neurons: [6, 6],
    });
  });

  it('have one scale for all layers unless they are too different, so that equal colours are equal values', () => {
    const values = Float64Array.from(view.values, (value, i) => (i < 2 ? 20 : 1) * value);
    const { neurons } = scales({ ...view, values }, layout, 'weight', 'activation', ['relu']);
    expect(neurons).toEqual([40, 4]);
  });

  it('are drawn by orders of magnitude where layers are three of them apart, and then alone', () => {
    const deep = placeNetwork(
      [2, 2, 2].map(units => ({ units, shown: [0, 1] })),
      { width: 600, height: 400 },
      { left: 40, right: 40 },
    );
    const own = view.layers[1];
    const weak = { ...own, delta: 20, biasGradient: 22, gradients: 24 };
    const at = (factor: number) =>
      scales(
        {
          ...view,
          layers: [view.layers[0], weak, own],
          values: Float64Array.from([...view.values, 5, 6, 9, 10, 15, 16, 17, 18], (value, i) =>
            i < 20 ? value : value * factor,
          ),
        },
        deep,
        'gradient',
        'delta',
        ['tanh', 'tanh'],
      );
    expect(at(1.1e-3)).toEqual({ edges: 20, neurons: [6, 6, 6] });
    expect(at(0.9e-3)).toMatchObject({ edgesFrom: 1e-3, neuronsFrom: 1e-4 });
    expect(at(2e-6)).toMatchObject({
      edges: 20,
      edgesFrom: 1e-6,
      neurons: [6, 6, 6],
      neuronsFrom: 1e-6,
    });
    expect(at(0)).toEqual({ edges: 20, neurons: [6, 6, 6] });
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

  it('shows each order of magnitude on a logarithmic scale', () => {
    const magnitudes = [0, 1e-9, 1e-6, 1e-4, 1e-2, -1].map(value => ink(value, 1, 1e-6).magnitude);
    magnitudes.forEach((each, i) => expect(each).toBeCloseTo([0, 0, 0, 1 / 3, 2 / 3, 1][i], 12));
    expect(ink(-1e-9, 1, 1e-6).sign).toBe('negative');
  });

  it.each(['blue', 'red'])('is read on black in high contrast: %s, however faint', colour => {
    const css = readFileSync('test/browser/themes/high-contrast.css', 'utf8');
    const hex = new RegExp(`--vscode-charts-${colour}: #(\\w{6})`).exec(css)?.[1] ?? '';
    const { faint } = penFor(12, true);
    const channel = (i: number): number => {
      const value = (faint * parseInt(hex.slice(2 * i, 2 * i + 2), 16)) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    };
    const luminance = 0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2);
    expect((luminance + 0.05) / 0.05).toBeGreaterThan(3);
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
