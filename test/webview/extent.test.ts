import { drawnNeurons } from '../../src/engine/inspect/drawn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { climbed, reached } from '../../webview/canvas/curve';
import { extentOf } from '../../webview/canvas/extent';
import {
  placeNetwork,
  type CanvasLayout,
  type ColumnInput,
  type Point,
  type Size,
} from '../../webview/canvas/layout';
import { pointOnEdge } from '../../webview/canvas/nearest';
import {
  clamped,
  panned,
  toScreen,
  zoomed,
  type Box,
  type Viewport,
} from '../../webview/canvas/viewport';

const ROOM = { width: 800, height: 560 };
const BESIDE = { left: 16, right: 30 };

/** Dense layers; with `skips` every third takes its values from the layer before the one above. */
const columns = (sizes: readonly number[], skips: boolean, biased: boolean): ColumnInput[] =>
  sizes.map((units, place) => ({
    units,
    shown: drawnNeurons(units),
    biased,
    ...(skips && place > 2 && place % 3 === 0 && { sources: [place - 3] }),
  }));

const networks = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 12 }),
    fc.boolean(),
    fc.boolean(),
    fc.record({
      width: fc.integer({ min: 400, max: 1600 }),
      height: fc.integer({ min: 300, max: 1000 }),
    }),
  )
  .map(([sizes, skips, biased, room]) => ({
    layout: placeNetwork(columns(sizes, skips, biased), room, BESIDE),
    room,
  }));

const along = (many: number): readonly number[] =>
  Array.from({ length: many + 1 }, (_, i) => i / many);

/** Points on lines. */
function onLines(layout: CanvasLayout): readonly Point[] {
  const { columns, loss, radius } = layout;
  const last = columns[columns.length - 1];
  const edges = [...layout.edges, ...layout.biases].flatMap(group =>
    group.flatMap(edge => along(24).map(share => pointOnEdge(edge, radius, share))),
  );
  const intoLoss = last.neurons.flatMap(({ x, y }) =>
    along(24).map(share => ({ x: x + (loss.x - x) * share, y: y + (loss.y - y) * share })),
  );
  return [...edges, ...intoLoss];
}

/** Upright slices through bands. */
const inBands = (layout: CanvasLayout): readonly Box[] =>
  layout.bands.flatMap(({ cuts }) =>
    cuts.slice(1).flatMap((to, i) =>
      along(24).map(t => {
        const from = cuts[i];
        const y = from.top + (to.top - from.top) * climbed(t);
        const end = from.bottom + (to.bottom - from.bottom) * climbed(t);
        const x = from.x + (to.x - from.x) * reached(t);
        return { x, y, width: 1, height: end - y };
      }),
    ),
  );

const square = ({ x, y }: Point, half: number): Box => ({
  x: x - half,
  y: y - half,
  width: 2 * half,
  height: 2 * half,
});

const level = (track: { readonly from: number; readonly to: number; readonly y: number }): Box => ({
  x: track.from,
  y: track.y - 1,
  width: track.to - track.from,
  height: 2,
});

/** What is drawn: neurons, units, symbols, strips, the middle of captions, the loss with its value, bands, lines. */
function* drawn(layout: CanvasLayout): Generator<Box> {
  const { columns, radius, loss } = layout;
  for (const { neurons, symbol, unit, strip, x, captionY } of columns) {
    for (const each of [...neurons, ...(symbol ? [symbol] : []), ...(unit ? [unit] : [])])
      yield square(each, radius);
    if (strip) yield strip;
    yield { x: x - 20, y: captionY - 10, width: 40, height: 14 };
  }
  yield square(loss, loss.radius);
  yield { x: loss.x - 20, y: loss.y + loss.radius, width: 40, height: 24 };
  for (const track of layout.tracks.flat()) if (track) yield level(track);
  yield* inBands(layout);
  for (const point of onLines(layout)) yield square(point, 1);
}

function isSeen(layout: CanvasLayout, view: Viewport, room: Size): boolean {
  for (const box of drawn(layout)) {
    const { x, y, width, height } = toScreen(view, box);
    if (x + width > 0 && y + height > 0 && x < room.width && y < room.height) return true;
  }
  return false;
}

describe('what there is to see', () => {
  it('stays in sight, however far the picture is panned and zoomed', () => {
    const moves = fc.array(
      fc.record({
        dx: fc.integer({ min: -3000, max: 3000 }),
        dy: fc.integer({ min: -3000, max: 3000 }),
        factor: fc.double({ min: 0.5, max: 2, noNaN: true }),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(networks, moves, ({ layout, room }, steps) => {
        const parts = extentOf(layout, undefined);
        let view = { x: 0, y: 0, zoom: 1 };
        for (const { dx, dy, factor } of steps) {
          view = clamped(panned(view, dx, dy), parts, room);
          const next = zoomed(view, factor, { x: room.width / 2, y: room.height / 2 });
          if (next.zoom <= 2) view = clamped(next, parts, room);
        }
        expect(isSeen(layout, view, room)).toBe(true);
      }),
    );
  });

  it('is as it was where something of it is in sight', () => {
    fc.assert(
      fc.property(networks, ({ layout, room }) => {
        const parts = extentOf(layout, undefined);
        for (const { x, y } of onLines(layout).filter((_, i) => i % 29 === 0)) {
          const view = { x: room.width / 2 - x, y: room.height / 2 - y, zoom: 1 };
          expect(clamped(view, parts, room)).toEqual(view);
        }
      }),
    );
  });

  it('holds nobody up who goes along a line, however close it is', () => {
    const layout = placeNetwork(columns([3, 4, 2], false, false), ROOM, BESIDE);
    const parts = extentOf(layout, undefined);
    const [edge] = layout.edges[0];
    for (let i = 0; i <= 200; i++) {
      const { x, y } = pointOnEdge(edge, layout.radius, i / 200);
      const view = { x: ROOM.width / 2 - x * 8, y: ROOM.height / 2 - y * 8, zoom: 8 };
      expect(clamped(view, parts, ROOM)).toEqual(view);
    }
  });
});
