/** Where a target stands on the screen: for the card that must not hide it. */
import type { Target } from '../../src/engine/facts';
import { findLink, LABEL_GAP, standOf, type CanvasLayout, type Column, type Point } from './layout';
import { lossBox } from './extent';
import { weightBox } from './maps';
import { pointOnEdge } from './nearest';
import type { Box, Surroundings } from './place';
import { headBox } from './geometry';
import { pointOnScreen, toScreen, type Viewport } from './viewport';

/** What a card should not hide, in client coordinates. */
export type Anchor = Surroundings;

/** From where a name beside a neuron begins to its middle. */
const NAME_MIDDLE = 24;
const SHARES = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];

export interface AnchorFrame {
  readonly layout: CanvasLayout;
  readonly viewport: Viewport;
  /** Client coordinates of the canvas. */
  readonly origin: Point;
  /** Where the pointer is, when it is what points; client coordinates. */
  readonly pointer: Point | undefined;
}

/** Undefined when the target is not drawn. */
export function anchorOf(target: Target, frame: AnchorFrame): Anchor | undefined {
  const { layout, viewport, origin } = frame;
  const client = (point: Point): Point => {
    const { x, y } = pointOnScreen(viewport, point);
    return { x: x + origin.x, y: y + origin.y };
  };
  const others = drawnPoints(layout).map(client);
  const hasMaps = target.type !== 'loss' && layout.columns[target.layer + 1]?.maps !== undefined;
  if (!hasMaps && isLine(layout, target)) return anchorOfEdge(target, frame, client, others);
  const box = worldBox(layout, target);
  if (!box) return undefined;
  const path = columnOf(layout, target).map(client);
  return { box: { ...toScreen(viewport, box), ...client(box) }, path, others };
}

type Line = Extract<Target, { type: 'weight' | 'bias' }>;

/** Weights are lines, also those of a fan; biases where units that are 1 are drawn. */
const isLine = (layout: CanvasLayout, target: Target): target is Line =>
  target.type === 'weight' || findLink(layout, target) !== undefined;

/** Neurons that should stay in sight while a card of their column, or of the loss behind it, is open. */
function columnOf({ columns }: CanvasLayout, target: Target): readonly Point[] {
  const place = target.type === 'loss' ? columns.length - 1 : target.layer + 1;
  return columns[place]?.neurons ?? [];
}

/** Where something stands that one may want to see: neurons, units, names beside them, captions, the loss. */
function drawnPoints({ columns, loss, radius, captions }: CanvasLayout): readonly Point[] {
  const aside = radius + LABEL_GAP + NAME_MIDDLE;
  const names = (column: Column | undefined, way: number): readonly Point[] =>
    column?.neurons.map(({ x, y }) => ({ x: x + way, y })) ?? [];
  const heads = columns.map(({ x, captionY }) => ({ x, y: captionY + 4 * (captions.lines - 1) }));
  const neurons = columns.flatMap(column => [
    ...(column.unit ? [column.unit] : []),
    ...column.neurons,
  ]);
  return [
    ...neurons,
    ...heads,
    loss,
    ...names(columns[0], -aside),
    ...names(columns.at(-1), aside),
  ];
}

/** What must be in sight of a target, in the picture's pixels; undefined when it is not drawn. */
export function worldBox(layout: CanvasLayout, target: Target): Box | undefined {
  if (target.type === 'loss') return lossBox(layout);
  if (target.type === 'layer') {
    const column = layout.columns[target.layer + 1];
    return column && headBox(layout, column);
  }
  const maps = layout.columns[target.layer + 1]?.maps;
  const cell = maps && target.type === 'weight' && weightBox(maps, target.row, target.column);
  if (cell) return cell;
  const filter = maps && target.type === 'bias' ? maps.tiles[target.row]?.kernel : undefined;
  if (filter) return filter;
  if (!isLine(layout, target)) {
    const at = standOf(layout, target.layer, target.row);
    return at && square(at, layout.radius + 4);
  }
  const [first, ...others] = pointsOf(layout, target);
  const last = others.at(-1);
  if (!first || !last) return undefined;
  const y = Math.min(first.y, last.y);
  return { x: first.x, y, width: last.x - first.x, height: Math.abs(last.y - first.y) };
}

const square = ({ x, y }: Point, half: number): Box => ({
  x: x - half,
  y: y - half,
  width: 2 * half,
  height: 2 * half,
});

function anchorOfEdge(
  target: Line,
  { layout, pointer }: AnchorFrame,
  client: (point: Point) => Point,
  others: readonly Point[],
): Anchor | undefined {
  const path = pointsOf(layout, target).map(client);
  if (path.length === 0) return undefined;
  const at = pointer ?? path[Math.floor(path.length / 2)];
  return { box: square(at, 10), path, others };
}

/** Points along a parameter's line, from its source to its target. */
function pointsOf(layout: CanvasLayout, target: Line): Point[] {
  const link = findLink(layout, target);
  if (link) return SHARES.map(share => pointOnEdge(link, layout.radius, share));
  return target.type === 'bias' ? [] : straight(layout, target.layer, target.row, target.column);
}

/** A weight of a fan: only its ends are known. */
function straight(layout: CanvasLayout, layer: number, row: number, column: number): Point[] {
  const source = layout.sources[layer]?.[0];
  const from = source === undefined ? undefined : standOf(layout, source, column);
  const to = standOf(layout, layer, row);
  if (!from || !to) return [];
  return SHARES.map(u => ({ x: from.x + (to.x - from.x) * u, y: from.y + (to.y - from.y) * u }));
}
