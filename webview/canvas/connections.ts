/** Connections between columns: weights one by one, lines that carry values unchanged, and bands. Pure. */
import { bend, curve, fix, route, type Point, type Track } from './curve';
import type { Column, PlacedNeuron } from './columns';
import type { Detail } from './detail';

/** One weight. */
export interface PlacedEdge {
  readonly layer: number;
  /** The layer that it comes from; −1 is the input. */
  readonly source: number;
  readonly row: number;
  readonly column: number;
  readonly from: PlacedNeuron;
  readonly to: PlacedNeuron;
  readonly via: Track | undefined;
  readonly path: string;
}

/** One value that enters an `add` or a `concat` as it is. */
export interface PlacedLine {
  readonly layer: number;
  readonly row: number;
  readonly source: number;
  /** Neuron of the source. */
  readonly column: number;
  readonly path: string;
}

/** All connections of a layer with one of its sources, as one. */
export interface PlacedBand {
  readonly layer: number;
  readonly source: number;
  /** Whether it stands for weights; otherwise values pass unchanged. */
  readonly weights: boolean;
  readonly path: string;
  /** Where its numbers are written. */
  readonly middle: Point;
  readonly box: { readonly left: number; readonly right: number };
}

export interface Connections {
  readonly edges: readonly (readonly PlacedEdge[])[];
  readonly lines: readonly PlacedLine[];
  readonly bands: readonly PlacedBand[];
}

interface Drawing {
  /** The input first. */
  readonly columns: readonly Column[];
  readonly sources: readonly (readonly number[])[];
  readonly detail: Detail;
  readonly radius: number;
  readonly track: (layer: number, input: number, source: number) => Track | undefined;
}

/** Weights that share a track run this far apart, and all of them within this height. */
const SPREAD = 1.5;
const WIDEST_SPREAD = 12;

export function connect(drawing: Drawing): Connections {
  const { columns, sources, detail, track } = drawing;
  const edges: PlacedEdge[][] = [];
  const lines: PlacedLine[] = [];
  const bands: PlacedBand[] = [];
  sources.forEach((from, layer) => {
    const own: PlacedEdge[] = [];
    const to = columns[layer + 1];
    let offset = 0;
    from.forEach((source, input) => {
      const before = columns[source + 1];
      const via = track(layer, input, source);
      if (detail.bands[layer][input]) bands.push(band(before, to, via, drawing.radius));
      else if (to.symbol) lines.push(...identities(before, to, offset, via, drawing.radius));
      else own.push(...weights(before, to, via, drawing.radius));
      if (to.symbol?.merge === 'concat') offset += before.units;
    });
    edges.push(own);
  });
  return { edges, lines, bands };
}

function weights(before: Column, to: Column, via: Track | undefined, radius: number): PlacedEdge[] {
  const all = to.neurons.length * before.neurons.length;
  const step = Math.min(SPREAD, WIDEST_SPREAD / Math.max(1, all - 1));
  return to.neurons.flatMap((end, i) =>
    before.neurons.map((start, j) => {
      const own = via && { ...via, y: via.y - (i * before.neurons.length + j) * step };
      return {
        layer: to.layer,
        source: before.layer,
        row: end.row,
        column: start.row,
        from: start,
        to: end,
        via: own,
        path: route({ x: start.x + radius, y: start.y }, { x: end.x - radius, y: end.y }, own),
      };
    }),
  );
}

/** `offset`: the row of the joining layer at which this source begins. */
function identities(
  before: Column,
  to: Column,
  offset: number,
  via: Track | undefined,
  radius: number,
): PlacedLine[] {
  const ends = new Map(to.neurons.map(neuron => [neuron.row, neuron] as const));
  return before.neurons.flatMap(start => {
    const end = ends.get(start.row + offset);
    if (!end) return [];
    const path = route({ x: start.x + radius, y: start.y }, { x: end.x - radius, y: end.y }, via);
    return [{ layer: to.layer, row: end.row, source: before.layer, column: start.row, path }];
  });
}

/** Half the height of a band on its track. */
const TRACK_HALF = 3;

/** Share of its ends' height that a band has in its middle: a bundle, not a wall. */
const WAIST = 0.6;

/** From the whole height of one column to the whole height of the other. */
function band(before: Column, to: Column, via: Track | undefined, radius: number): PlacedBand {
  const [left, right] = [before.x + radius, to.x - radius];
  const start = { top: { x: left, y: before.top }, bottom: { x: left, y: before.bottom } };
  const end = { top: { x: right, y: to.top }, bottom: { x: right, y: to.bottom } };
  const level = (before.top + before.bottom + to.top + to.bottom) / 4;
  const middle = via
    ? { x: (via.from + via.to) / 2, y: via.y }
    : { x: (left + right) / 2, y: level };
  const half = ((before.bottom - before.top + to.bottom - to.top) / 4) * WAIST;
  const upper = { x: middle.x, y: level - half };
  const lower = { x: middle.x, y: level + half };
  const path = via
    ? `${route(start.top, end.top, { ...via, y: via.y - TRACK_HALF })}${backOver(start.bottom, end.bottom, { ...via, y: via.y + TRACK_HALF })}`
    : `${curve(start.top, upper)}${bend(upper, end.top)}L${fix(right)} ${fix(to.bottom)}${bend(end.bottom, lower)}${bend(lower, start.bottom)}`;
  return {
    layer: to.layer,
    source: before.layer,
    weights: to.symbol === undefined,
    path: `${path}Z`,
    middle,
    box: { left, right },
  };
}

/** The lower rim of a band that takes a track, from right to left. */
function backOver(start: Point, end: Point, via: Track): string {
  const up = { x: via.from, y: via.y };
  const down = { x: via.to, y: via.y };
  return `L${fix(end.x)} ${fix(end.y)}${bend(end, down)}H${fix(up.x)}${bend(up, start)}`;
}

/** From a neuron that may not be drawn to another: an edge of a fan. */
export function fanPath(from: Point, to: Point, radius: number): string {
  return curve({ x: from.x + radius, y: from.y }, { x: to.x - radius, y: to.y });
}
