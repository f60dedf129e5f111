import { drawnNeurons } from '../../src/engine/inspect/drawn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skips, standings } from '../../webview/canvas/depth';
import { geometryOf, slotBoxes } from '../../webview/canvas/geometry';
import {
  placeNetwork,
  standOf,
  type CanvasLayout,
  type ColumnInput,
} from '../../webview/canvas/layout';
import { nearestEdge, pointOnEdge } from '../../webview/canvas/nearest';
import { pointAt, spots } from './pointing';

const ROOM = { width: 1000, height: 600 };
const MARGINS = { left: 40, right: 60 };

interface LayerInput {
  readonly units: number;
  readonly sources: readonly number[];
  readonly merge?: 'add' | 'concat';
}

const layer = (
  units: number,
  sources: readonly number[],
  merge?: 'add' | 'concat',
): LayerInput => ({ units, sources, ...(merge ? { merge } : {}) });

function place(input: number, ...layers: LayerInput[]): CanvasLayout {
  const all: ColumnInput[] = [{ units: input }, ...layers].map(each => ({
    ...each,
    shown: drawnNeurons(each.units),
  }));
  return placeNetwork(all, ROOM, MARGINS);
}

/** input → a → b, add(a, b) → out */
const residual = (units = 5): CanvasLayout =>
  place(4, layer(units, [-1]), layer(units, [0]), layer(units, [0, 1], 'add'), layer(2, [2]));

/** input → a, input → b, concat(a, b) → out */
const parallel = (a = 4, b = 3): CanvasLayout =>
  place(4, layer(a, [-1]), layer(b, [-1]), layer(a + b, [0, 1], 'concat'), layer(2, [2]));

/** Random graphs: each layer weighs, adds or joins layers above it. */
const graphs = fc
  .tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.array(
      fc.record({
        units: fc.integer({ min: 1, max: 40 }),
        first: fc.nat(),
        second: fc.nat(),
        merge: fc.boolean(),
      }),
      { minLength: 1, maxLength: 9 },
    ),
  )
  .map(([input, drawn]) => {
    const sizes = [input];
    const layers = drawn.map(({ units, first, second, merge }, index): LayerInput => {
      const [a, b] = [(first % (index + 1)) - 1, (second % (index + 1)) - 1];
      const joins = merge && a !== b;
      const size = joins ? sizes[a + 1] + sizes[b + 1] : units;
      sizes.push(size);
      return joins ? layer(size, [a, b], 'concat') : layer(size, [a]);
    });
    return { input, layers };
  });

describe('standings', () => {
  it('put a layer behind the longest way from the input', () => {
    const depths = (sources: number[][]): number[] => standings(sources).map(({ depth }) => depth);
    expect(depths([[-1], [0], [1]])).toEqual([0, 1, 2, 3]);
    expect(depths([[-1], [0], [0, 1], [2]])).toEqual([0, 1, 2, 3, 4]);
    expect(depths([[-1], [-1], [0, 1], [2]])).toEqual([0, 1, 1, 2, 3]);
  });

  it('stack layers of one depth in lanes, in the order of the file', () => {
    expect(standings([[-1], [-1], [-1], [0, 1, 2]]).map(({ lane }) => lane)).toEqual([
      0, 0, 1, 2, 0,
    ]);
  });

  it('leave the last column to the outputs, though a dead branch is longer', () => {
    const all = standings([[-1], [0], [1], [-1]]);
    expect(all[4]).toEqual({ depth: 4, lane: 0 });
  });
});

describe('skips', () => {
  it('share a track only where they do not meet', () => {
    const sources = [[-1], [0], [0, 1], [2], [2, 3], [4]];
    expect(skips(sources, standings(sources)).map(({ track }) => track)).toEqual([0, 0]);
    const nested = [[-1], [0], [0, 1], [-1, 2], [3]];
    const tracks = skips(nested, standings(nested));
    expect(tracks).toEqual([
      { layer: 2, input: 0, track: 0 },
      { layer: 3, input: 0, track: 1 },
    ]);
  });
});

describe('a graph', () => {
  it('draws values that pass unchanged one by one, without weights', () => {
    const { lines, edges } = residual();
    expect(edges[2]).toEqual([]);
    expect(lines.map(({ source, column, row }) => [source, column, row])).toEqual(
      [0, 1].flatMap(source => [0, 1, 2, 3, 4].map(row => [source, row, row])),
    );
    expect(parallel().lines.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('takes connections that skip columns above those columns', () => {
    const { columns, radius } = residual();
    const direct = place(4, layer(5, [-1]), layer(5, [0]), layer(3, [-1]), layer(2, [2]));
    expect(direct.edges[2].every(({ via }) => via === undefined)).toBe(true);
    const skipping = place(4, layer(5, [-1]), layer(5, [0]), layer(3, [1]), layer(2, [-1]));
    const top = Math.min(...skipping.columns.map(column => column.top)) - skipping.radius;
    for (const { via } of skipping.edges[3]) expect(via?.y).toBeLessThan(top);
    expect(columns[3].symbol?.merge).toBe('add');
    expect(columns[3].neurons[0].y - radius).toBeGreaterThan(columns[3].symbol?.y ?? Infinity);
  });

  it('makes a strip and a band of large joined layers', () => {
    const layout = parallel(300, 200);
    expect(layout.bands.map(({ layer: to, source, weights }) => [to, source, weights])).toEqual([
      [2, 0, false],
      [2, 1, false],
    ]);
    expect(layout.columns[3].strip).toBeDefined();
  });

  it('keeps everything inside the picture, and columns of one depth apart', () => {
    fc.assert(
      fc.property(graphs, ({ input, layers }) => {
        const layout = place(input, ...layers);
        for (const column of layout.columns) {
          expect(column.top - layout.radius).toBeGreaterThanOrEqual(0);
          expect(column.captionY).toBeLessThan(layout.height);
          expect(column.bottom + layout.radius).toBeLessThan(column.captionY);
          for (const other of layout.columns)
            if (other.depth === column.depth && other.lane === column.lane + 1)
              expect(other.top - layout.radius).toBeGreaterThan(column.captionY);
        }
        for (const edge of layout.edges.flat())
          if (edge.via) expect(edge.via.y).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('finds every weight that is drawn by pointing at it, also above other columns', () => {
    fc.assert(
      fc.property(graphs, ...spots, ({ input, layers }, pick, share) => {
        const { edge, found, off } = pointAt(place(input, ...layers), pick, share);
        if (found.layer === edge.layer) expect(off).toBeCloseTo(0, 0);
      }),
    );
  });

  it('keeps the edge pointed at on a track that others share', () => {
    const layout = place(4, layer(5, [-1]), layer(5, [0]), layer(3, [1]), layer(2, [-1]));
    for (const edge of layout.edges[3]) {
      const point = pointOnEdge(edge, layout.radius, 0.5);
      const { layer: to, row, column } = edge;
      expect(nearestEdge(layout, point, 9, { type: 'weight', layer: to, row, column })).toBe(edge);
    }
  });
});

describe('geometry', () => {
  it('has a slot before each layer and one behind the last, between their neighbours', () => {
    const layout = place(3, layer(4, [-1]), layer(2, [0]));
    const slots = slotBoxes(layout);
    expect(slots.map(({ index }) => index)).toEqual([0, 1, 2]);
    slots.slice(0, 2).forEach(({ box, plus }, index) => {
      expect(box.x).toBeGreaterThanOrEqual(layout.columns[index].x + layout.radius);
      expect(box.x + box.width).toBeLessThanOrEqual(layout.columns[index + 1].x - layout.radius);
      expect(plus.x).toBeGreaterThan(box.x);
      expect(plus.x).toBeLessThan(box.x + box.width);
    });
    expect(slots[2].box.x + slots[2].box.width).toBeLessThanOrEqual(layout.loss.x);
  });

  it('gives each lane a slot of its own', () => {
    const [first, second] = slotBoxes(parallel());
    expect(first.box.y + first.box.height).toBeLessThan(second.box.y);
  });

  it('follows the viewport', () => {
    const layout = place(3, layer(4, [-1]), layer(2, [0]));
    const at = geometryOf(layout, { x: 0, y: 0, zoom: 1 }, ROOM);
    const moved = geometryOf(layout, { x: 30, y: -20, zoom: 2 }, ROOM);
    expect(moved.zoom).toBe(2);
    at.columns.forEach(({ box, handle }, i) => {
      const after = moved.columns[i];
      expect(after.box).toEqual({
        x: box.x * 2 + 30,
        y: box.y * 2 - 20,
        width: box.width * 2,
        height: box.height * 2,
      });
      expect(after.handle).toEqual({ x: handle.x * 2 + 30, y: handle.y * 2 - 20 });
      expect(handle.y).toBeGreaterThan(box.y + box.height - 1);
    });
  });

  it('finds a neuron that is not drawn on the strip of its layer', () => {
    const layout = place(784, layer(10, [-1]));
    const [{ strip, x }] = layout.columns;
    const at = standOf(layout, -1, 392);
    expect(at?.x).toBe(x);
    expect(at?.y).toBeCloseTo((strip?.y ?? 0) + (strip?.height ?? 0) / 2, 0);
    expect(standOf(layout, -1, 784)).toBeUndefined();
  });
});
