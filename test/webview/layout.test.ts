import { drawnNeurons } from '../../src/engine/inspect/drawn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseDetail, elementsOf, sourcesOfColumns } from '../../webview/canvas/detail';
import { handleAt, headBox } from '../../webview/canvas/geometry';
import { placeNetwork, type ColumnInput } from '../../webview/canvas/layout';
import { nearestEdge, pointOnEdge } from '../../webview/canvas/nearest';
import { pointAt, spots } from './pointing';

const ROOM = { width: 900, height: 560 };
const MARGINS = { left: 60, right: 60 };

const columns = (...sizes: number[]): ColumnInput[] =>
  sizes.map(units => ({ units, shown: drawnNeurons(units) }));

const place = (...sizes: number[]) => placeNetwork(columns(...sizes), ROOM, MARGINS);

const networks = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 2, maxLength: 6 });

describe('the level of detail', () => {
  it('shows every neuron of a small layer, the first eight and the last four of a large one', () => {
    expect(drawnNeurons(24)).toHaveLength(24);
    expect(drawnNeurons(784)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 780, 781, 782, 783]);
  });

  it('thins columns only when their edges exceed the budget', () => {
    const { slots } = chooseDetail(columns(24, 24, 10));
    expect(slots.map(each => each.length)).toEqual([24, 24, 10]);
    const { slots: thinned } = chooseDetail(columns(24, 24, 24, 24));
    expect(thinned.map(slots => slots.length)).toEqual([12, 12, 12, 12]);
    expect(thinned[0]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 20, 21, 22, 23]);
  });

  it('says how many neurons are left out, between those that are drawn', () => {
    const [input] = place(64, 32, 10).columns;
    expect(input.gap).toMatchObject({ hidden: 52, from: 8, to: 59 });
    expect(input.gap?.y).toBeGreaterThan(input.neurons[7].y);
    expect(input.gap?.y).toBeLessThan(input.neurons[8].y);
  });
});

describe('placeNetwork', () => {
  it('puts the input first, the loss last, and everything inside the canvas', () => {
    fc.assert(
      fc.property(networks, sizes => {
        const layout = place(...sizes);
        const xs = [...layout.columns.map(({ x }) => x), layout.loss.x];
        expect(xs).toEqual([...xs].sort((a, b) => a - b));
        expect(layout.columns.map(({ layer }) => layer)).toEqual(sizes.map((_, i) => i - 1));
        expect(layout.loss.x + layout.loss.radius).toBeLessThanOrEqual(layout.width);
        for (const { neurons } of layout.columns)
          for (const { x, y } of neurons) {
            expect(x - layout.radius).toBeGreaterThanOrEqual(0);
            expect(y - layout.radius).toBeGreaterThanOrEqual(0);
            expect(y + layout.radius).toBeLessThan(layout.captionY);
          }
        expect(layout.captionY).toBeLessThan(layout.height);
      }),
    );
  });

  it('never lets neurons of a column touch', () => {
    fc.assert(
      fc.property(networks, sizes => {
        const { columns: placed, radius } = place(...sizes);
        for (const { neurons } of placed)
          neurons.slice(1).forEach((neuron, i) => {
            expect(neuron.y - neurons[i].y).toBeGreaterThanOrEqual(2 * radius + 2);
          });
      }),
    );
  });

  it.each([
    [784, 512, 10],
    [4096, 4096],
    [24, 24, 24, 24, 24, 24],
    Array.from({ length: 201 }, () => 8),
    Array.from({ length: 40 }, () => 24),
  ])('stays within two thousand elements for %j', (...sizes) => {
    const inputs = columns(...sizes);
    const sources = sourcesOfColumns(inputs);
    for (const focus of [-1, 0, sizes.length - 2])
      expect(elementsOf(inputs, sources, chooseDetail(inputs, focus))).toBeLessThan(2000);
  });

  it('makes one band of the connections between two large layers', () => {
    const { bands, edges, columns: placed } = place(784, 512, 10);
    expect(bands.map(({ layer, source }) => [layer, source])).toEqual([[0, -1]]);
    expect(edges.map(group => group.length)).toEqual([0, 120]);
    for (const { strip } of placed.slice(0, 2)) expect(strip?.height).toBeGreaterThan(20);
    expect(placed[2].strip).toBeUndefined();
  });

  it('folds the layers of a deep network, except where a person looks', () => {
    const inputs = columns(...Array.from({ length: 201 }, () => 8));
    const folded = (focus: number): number[] =>
      placeNetwork(inputs, ROOM, MARGINS, focus)
        .columns.filter(({ neurons }) => neurons.length > 0)
        .map(({ layer }) => layer);
    expect(folded(-1)).toEqual([-1, 0]);
    expect(folded(100)).toEqual([99, 100, 101]);
    const [a, b] = [-1, 100].map(focus => placeNetwork(inputs, ROOM, MARGINS, focus));
    expect(b.columns.map(({ x, captionY }) => [x, captionY])).toEqual(
      a.columns.map(({ x, captionY }) => [x, captionY]),
    );
  });

  it('connects every drawn neuron with every drawn neuron of the layer before', () => {
    const { edges } = place(3, 4, 2);
    expect(edges.map(group => group.length)).toEqual([12, 8]);
    expect(edges[0][5]).toMatchObject({ layer: 0, row: 1, column: 2 });
  });

  it.each([
    { sizes: [4, 8, 3], room: { width: 400, height: 150 } },
    { sizes: [2, 4, 1], room: { width: 400, height: 120 } },
    { sizes: [64, 32, 10], room: { width: 480, height: 240 } },
    { sizes: [3, 8, 8, 4, 2], room: { width: 560, height: 180 } },
  ])('fits $sizes into $room without scrolling', ({ sizes, room }) => {
    const layout = placeNetwork(columns(...sizes), room, { left: 76, right: 60 });
    expect([layout.width, layout.height]).toEqual([room.width, room.height]);
    expect(layout.captionY + 6).toBeLessThanOrEqual(room.height);
  });

  it.each([600, 320, 160])('leaves a caption room below the handle, %i pixels high', height => {
    const layout = placeNetwork(
      columns(64, 32, 10),
      { width: 700, height },
      { left: 76, right: 60 },
    );
    for (const column of layout.columns) {
      const { y, half } = handleAt(layout, column);
      expect(y + half).toBeLessThanOrEqual(headBox(layout, column).y + 1);
    }
  });

  it('keeps the loss and its value clear of the labels and of the border', () => {
    fc.assert(
      fc.property(networks, fc.integer({ min: 300, max: 1600 }), (sizes, width) => {
        const layout = placeNetwork(columns(...sizes), { width, height: 400 }, MARGINS);
        const last = layout.columns[layout.columns.length - 1].x + layout.radius;
        expect(layout.loss.x - layout.loss.radius - last).toBeGreaterThan(MARGINS.right + 24);
        expect(layout.loss.x + 36).toBeLessThanOrEqual(layout.width);
      }),
    );
  });

  it('scrolls rather than squeezes when there is no room', () => {
    const layout = placeNetwork(columns(24, 24), { width: 200, height: 120 }, MARGINS);
    expect(layout.height).toBeGreaterThan(320);
    expect(layout.width).toBeGreaterThan(200);
  });
});

describe('nearestEdge', () => {
  it('finds the edge that a point lies on', () => {
    fc.assert(
      fc.property(networks, ...spots, (sizes, pick, share) => {
        // Another edge may cross here: then it is found instead, but at this very height.
        expect(pointAt(place(...sizes), pick, share).off).toBeCloseTo(0, 1);
      }),
    );
  });

  it('finds nothing beyond the tolerance, on neurons, or outside the network', () => {
    const layout = place(3, 4, 2);
    const [edge] = layout.edges[0];
    const middle = pointOnEdge(edge, layout.radius, 0.5);
    expect(nearestEdge(layout, { x: middle.x, y: middle.y - 60 }, 9)).toBeUndefined();
    expect(nearestEdge(layout, edge.from, 9)).toBeUndefined();
    expect(nearestEdge(layout, { x: 0, y: middle.y }, 9)).toBeUndefined();
  });

  it('stays with the edge pointed at where two cross', () => {
    const layout = place(2, 2);
    const [straight] = layout.edges[0];
    const down = layout.edges[0].find(({ row, column }) => row === 1 && column === 0);
    const up = layout.edges[0].find(({ row, column }) => row === 0 && column === 1);
    if (!down || !up) throw new Error('Both diagonals exist.');
    const crossing = pointOnEdge(down, layout.radius, 0.5);
    for (const { layer, row, column } of [down, up])
      expect(
        nearestEdge(layout, crossing, 9, { type: 'weight', layer, row, column }),
      ).toMatchObject({ row, column });
    expect(nearestEdge(layout, crossing, 9)).not.toBe(straight);
  });
});
