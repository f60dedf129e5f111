/**
 * Where in the picture there is something to see: columns with their captions, connections, the loss.
 * Boxes that touch each other, so that whoever pans from one to another is nowhere held up. Pure.
 */
import { climbed, reached, type Cut, type Point, type Track } from './curve';
import { columnBox, headBox } from './geometry';
import type { CanvasLayout, Column } from './layout';
import type { Box } from './viewport';

/** A connection climbs, and the corners beside it are empty: in parts that rise by about this, within a number of them. */
const RISE = 12;
const FEWEST = 6;
const MOST = 40;
/** Half the width of the loss's value, and the height of its line. */
const LOSS_VALUE = 30;
const LOSS_LINE = 26;
/** Half the height of a line. */
const LINE = 4;

/** Width of the shortest captions. */
const WORDS = 40;

/** `picture`: of the sample, where it stands beside the inputs. Names are never far from their neurons. */
export function extentOf(layout: CanvasLayout, picture: Box | undefined): readonly Box[] {
  const { columns, loss, radius } = layout;
  const last = columns[columns.length - 1];
  const half = loss.radius + LINE;
  const end = { x: loss.x - loss.radius, top: loss.y - half, bottom: loss.y + half };
  const links = layout.sources.flatMap((from, layer) =>
    from.flatMap((source, input) => {
      const band = layout.bands.find(each => each.layer === layer && each.source === source);
      if (band) return along(band.cuts.map(thickened));
      const before = columns[source + 1];
      const start = cut(layout.biases[layer].length > 0 ? withUnit(before) : before, radius);
      return along(way(start, cut(columns[layer + 1], -radius), layout.tracks[layer][input]));
    }),
  );
  return [
    ...columns.flatMap(column => [columnBox(layout, withUnit(column)), wordsOf(layout, column)]),
    ...links,
    ...along([cut(last, radius), end]),
    lossBox(layout),
    ...(picture ? [picture] : []),
  ];
}

/** From the unit that is 1 down, where there is one. */
const withUnit = (column: Column): Column =>
  column.unit ? { ...column, top: column.unit.y } : column;

/** The middle of a caption: at its ends there may be no letters. */
function wordsOf(layout: CanvasLayout, column: Column): Box {
  const { y, height } = headBox(layout, column);
  return { x: column.x - WORDS / 2, y, width: WORDS, height };
}

/** The loss with its value below. */
export function lossBox({ loss: { x, y, radius } }: CanvasLayout): Box {
  const half = Math.max(radius + 4, LOSS_VALUE);
  return { x: x - half, y: y - radius - 4, width: 2 * half, height: 2 * radius + 4 + LOSS_LINE };
}

/** At the rim of a column on one of its sides. */
const cut = ({ x, top, bottom }: Column, aside: number): Cut =>
  thickened({ x: x + aside, top, bottom });

const thickened = ({ x, top, bottom }: Cut): Cut => ({
  x,
  top: top - LINE,
  bottom: bottom + LINE,
});

/** All lines from one column to another: straight there, or up to a track, along it, and down again. */
function way(from: Cut, to: Cut, track: Track | undefined): readonly Cut[] {
  if (!track) return [from, to];
  const level = (x: number): Cut => thickened({ x, top: track.y, bottom: track.y });
  return [from, level(track.from), level(track.to), to];
}

/** Boxes around what runs from cut to cut. */
const along = (cuts: readonly Cut[]): readonly Box[] =>
  cuts.slice(1).flatMap((to, i) => climb(cuts[i], to));

function climb(from: Cut, to: Cut): readonly Box[] {
  const rise = Math.max(Math.abs(to.top - from.top), Math.abs(to.bottom - from.bottom));
  const steps = Math.min(MOST, Math.max(FEWEST, Math.ceil(rise / RISE)));
  const cuts = Array.from({ length: steps + 1 }, (_, step): Cut => {
    const height = climbed(step / steps);
    return {
      x: from.x + (to.x - from.x) * reached(step / steps),
      top: from.top + (to.top - from.top) * height,
      bottom: from.bottom + (to.bottom - from.bottom) * height,
    };
  });
  return cuts.slice(1).map((each, i) => between(cuts[i], each));
}

function between(a: Cut, b: Cut): Box {
  const corner: Point = { x: Math.min(a.x, b.x), y: Math.min(a.top, b.top) };
  const height = Math.max(a.bottom, b.bottom) - corner.y;
  return { ...corner, width: Math.abs(b.x - a.x), height };
}
