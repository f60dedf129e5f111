/** Units that are 1: where they stand, which lines leave them, and what is written inside neurons. */
import { drawnNeurons } from '../../src/engine/inspect/drawn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkView } from '../../src/protocol';
import { targetOfLink } from '../../webview/canvas/connections';
import { insidesOf } from '../../webview/canvas/insides';
import {
  findLink,
  placeNetwork,
  type CanvasLayout,
  type ColumnInput,
} from '../../webview/canvas/layout';
import { nearestEdge, pointOnEdge } from '../../webview/canvas/nearest';
import { linkValue, scales } from '../../webview/canvas/paint';
import { pointAt, spots } from './pointing';

const ROOM = { width: 1000, height: 600 };
const MARGINS = { left: 40, right: 60 };

type LayerInput = Omit<ColumnInput, 'shown'>;

const place = (...all: readonly LayerInput[]): CanvasLayout =>
  placeNetwork(
    all.map(each => ({ ...each, shown: drawnNeurons(each.units) })),
    ROOM,
    MARGINS,
  );

const plain = (units: number, more: Partial<LayerInput> = {}): LayerInput => ({ units, ...more });
const biased = (units: number, more: Partial<LayerInput> = {}): LayerInput =>
  plain(units, { biased: true, ...more });

/** Layers above which a unit stands; −1 is the input. */
const unitsOf = ({ columns }: CanvasLayout): readonly number[] =>
  columns.filter(({ unit }) => unit).map(({ layer }) => layer);

/** Random graphs, in which each dense layer has biases or not. */
const graphs = fc
  .array(
    fc.record({
      units: fc.integer({ min: 1, max: 40 }),
      first: fc.nat(),
      second: fc.nat(),
      merge: fc.boolean(),
      biased: fc.boolean(),
    }),
    { minLength: 2, maxLength: 9 },
  )
  .map(drawn => {
    const [input, ...layers] = drawn;
    const sizes = [input.units];
    return place(
      plain(input.units),
      ...layers.map(({ units, first, second, merge, biased: wanted }, index): LayerInput => {
        const [a, b] = [(first % (index + 1)) - 1, (second % (index + 1)) - 1];
        const joins = merge && a !== b;
        sizes.push(joins ? sizes[a + 1] + sizes[b + 1] : units);
        if (joins) return plain(sizes[index + 1], { sources: [a, b], merge: 'concat' });
        return plain(units, { sources: [a], ...(wanted && { biased: true }) });
      }),
    );
  });

describe('a unit that is 1', () => {
  it('stands above each layer that feeds one with biases, and nowhere unless it is asked for', () => {
    expect(unitsOf(place(plain(3), biased(4), biased(2)))).toEqual([-1, 0]);
    expect(unitsOf(place(plain(3), plain(4), biased(2)))).toEqual([0]);
    const none = place(plain(3), plain(4), plain(2));
    expect(unitsOf(none)).toEqual([]);
    expect(none.biases).toEqual([[], []]);
  });

  it('has one edge to each neuron of the layer that it feeds', () => {
    const layout = place(plain(3), biased(4), biased(2));
    expect(layout.biases.map(links => links.map(targetOfLink))).toEqual([
      [0, 1, 2, 3].map(row => ({ type: 'bias', layer: 0, row })),
      [0, 1].map(row => ({ type: 'bias', layer: 1, row })),
    ]);
    expect(findLink(layout, { type: 'bias', layer: 1, row: 1 })?.from).toEqual(
      layout.columns[1].unit,
    );
    expect(findLink(layout, { type: 'weight', layer: 1, row: 1, column: 2 })?.path).toBe(
      layout.edges[1][6].path,
    );
  });

  it('is one for two layers that take from the same', () => {
    const layout = place(
      plain(4),
      biased(3, { sources: [-1] }),
      biased(5, { sources: [-1] }),
      plain(8, { sources: [0, 1], merge: 'concat' }),
      biased(2, { sources: [2] }),
    );
    expect(unitsOf(layout)).toEqual([-1, 2]);
    expect(layout.biases.map(links => links.length)).toEqual([3, 5, 0, 2]);
    const [joined] = layout.columns.filter(({ symbol }) => symbol);
    expect(joined.unit?.y).toBeLessThanOrEqual((joined.symbol?.y ?? NaN) - layout.spacing + 0.01);
  });

  it('is not drawn where the weights are a band, nor above folded layers', () => {
    const large = place(plain(784), biased(512), biased(10));
    expect(unitsOf(large)).toEqual([0]);
    expect(large.biases.map(links => links.length)).toEqual([0, 10]);
    const deep = place(plain(8), ...Array.from({ length: 200 }, () => biased(8)));
    expect(unitsOf(deep)).toEqual([-1]);
  });

  it('leaves room: nothing touches it, and all stays inside the picture', () => {
    fc.assert(
      fc.property(graphs, layout => {
        const { columns, radius, height } = layout;
        for (const column of columns) {
          const { unit, top, captionY, depth, lane } = column;
          expect(captionY).toBeLessThan(height);
          if (!unit) continue;
          expect(unit.y - radius).toBeGreaterThanOrEqual(0);
          expect(top - unit.y).toBeGreaterThanOrEqual(2 * radius + 2);
          const above = columns.find(each => each.depth === depth && each.lane === lane - 1);
          if (above) expect(unit.y - radius).toBeGreaterThan(above.captionY);
        }
        for (const link of layout.biases.flat())
          if (link.via) expect(link.via.y).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('has edges that are found by pointing at them, as weights are', () => {
    fc.assert(
      fc.property(graphs, ...spots, (layout, pick, share) => {
        const { edge, found, off } = pointAt(layout, pick, share);
        if (found.layer === edge.layer) expect(off).toBeCloseTo(0, 0);
      }),
    );
  });

  it('keeps the edge pointed at where it crosses others', () => {
    const layout = place(plain(4), biased(5), biased(5), biased(3), biased(2, { sources: [-1] }));
    for (const link of layout.biases.flat()) {
      const point = pointOnEdge(link, layout.radius, 0.5);
      expect(nearestEdge(layout, point, 9, targetOfLink(link))).toBe(link);
    }
  });
});

describe('the edge of a bias', () => {
  const columns = { units: 2, shown: [0, 1], weightStatistics: undefined } as const;
  const nowhere = { strip: -1, deltaStrip: -1, stripCells: 0, picture: -1 };
  const layer = { activation: 2, weightedInput: -1, delta: 4, bias: 6, biasGradient: 8 };
  const view = {
    layers: [
      { ...columns, ...nowhere, activation: 0, weights: -1, gradients: -1 },
      { ...columns, ...nowhere, ...layer, weights: 10, gradients: 14 },
    ],
    targets: -1,
    values: Float64Array.from({ length: 18 }, (_, i) => (i === 7 ? -80 : i)),
  } as unknown as NetworkView;
  const layout = place(plain(2), biased(2));

  it('has the number of the bias, and its scale is that of all edges', () => {
    const [first, second] = layout.biases[0];
    expect(linkValue(view, first, 'weight')).toBe(6);
    expect(linkValue(view, second, 'weight')).toBe(-80);
    expect(linkValue(view, second, 'gradient')).toBe(9);
    expect(linkValue(view, layout.edges[0][1], 'weight')).toBe(11);
    expect(scales(view, layout, 'weight', 'activation', ['relu']).edges).toBe(80);
    const alone = place(plain(2), plain(2));
    expect(scales(view, alone, 'weight', 'activation', ['relu']).edges).toBeLessThan(20);
  });
});

describe('inside a neuron', () => {
  it('stands its value in the middle, or below its number where that is wanted', () => {
    expect(insidesOf(18, false, false)).toEqual({ value: 0, index: undefined });
    const { value = NaN, index = NaN } = insidesOf(18, true, false);
    expect(value - index).toBeGreaterThanOrEqual(11);
    expect(insidesOf(18, true, true)).toEqual({ value: undefined, index });
  });

  it('stands what there is room for', () => {
    expect(insidesOf(13, false, false)).toEqual({ value: 0, index: undefined });
    expect(insidesOf(12, false, false)).toEqual({ value: undefined, index: undefined });
    expect(insidesOf(15, true, false)).toEqual({ value: 0, index: undefined });
    expect(insidesOf(11, true, false)).toEqual({ value: undefined, index: 0 });
    expect(insidesOf(11, true, true)).toEqual({ value: undefined, index: undefined });
    expect(insidesOf(8, true, false)).toEqual({ value: undefined, index: undefined });
    expect(insidesOf(11, false, false)).toEqual({ value: undefined, index: undefined });
  });
});
