/**
 * Where in the picture there is something to see: columns with their captions, connections, the loss.
 * Boxes that touch each other, so that whoever pans from one to another is nowhere held up. Pure.
 */
import { climbed, type Point } from './curve';
import { columnBox, headBox } from './geometry';
import type { CanvasLayout, Column } from './layout';
import type { Box } from './viewport';

/** Parts of a connection: it climbs, and the corners beside it are empty. */
const STEPS = 6;
/** Half the width of the loss's value, and the height of its line. */
const LOSS_VALUE = 30;
const LOSS_LINE = 26;
/** Half the height of a line. */
const LINE = 4;

/** Width of the shortest captions. */
const WORDS = 40;

/** An upright cut through a connection. */
interface Cut {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** `picture`: of the sample, where it stands beside the inputs. Names are never far from their neurons. */
export function extentOf(layout: CanvasLayout, picture: Box | undefined): readonly Box[] {
  const { columns, loss, radius } = layout;
  const last = columns[columns.length - 1];
  const half = loss.radius + LINE;
  const end = { x: loss.x - loss.radius, top: loss.y - half, bottom: loss.y + half };
  const links = layout.sources.flatMap((from, layer) =>
    from.flatMap((source, input) => {
      const start = cut(withUnit(columns[source + 1]), radius);
      const target = cut(columns[layer + 1], -radius);
      return linked(start, target, layout.tracks[layer][input]);
    }),
  );
  return [
    ...columns.flatMap(column => [columnBox(layout, withUnit(column)), wordsOf(layout, column)]),
    ...links,
    ...climb(cut(last, radius), end),
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
const cut = ({ x, top, bottom }: Column, aside: number): Cut => ({
  x: x + aside,
  top: top - LINE,
  bottom: bottom + LINE,
});

function linked(
  from: Cut,
  to: Cut,
  track: { readonly from: number; readonly to: number; readonly y: number } | undefined,
): readonly Box[] {
  if (!track) return climb(from, to);
  const [top, bottom] = [track.y - LINE, track.y + LINE];
  const up = { x: track.from, top, bottom };
  const down = { x: track.to, top, bottom };
  return [...climb(from, up), between(up, down), ...climb(down, to)];
}

/** Boxes around the way of all lines from one cut to the other. */
function climb(from: Cut, to: Cut): readonly Box[] {
  const cuts = Array.from({ length: STEPS + 1 }, (_, step): Cut => {
    const share = step / STEPS;
    const height = climbed(share);
    return {
      x: from.x + (to.x - from.x) * share,
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
