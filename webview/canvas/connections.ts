/** Connections between columns: weights one by one, lines that carry values unchanged, and bands. Pure. */
import type { Target } from '../../src/engine/facts';
import { bend, curve, fix, route, type Cut, type Point, type Track } from './curve';
import type { Column, PlacedNeuron } from './columns';
import type { Detail } from './detail';

interface PlacedParameter {
  readonly layer: number;
  /** The layer that it comes from; −1 is the input. */
  readonly source: number;
  readonly row: number;
  readonly to: PlacedNeuron;
  readonly via: Track | undefined;
  readonly path: string;
}

/** One weight. */
export interface PlacedEdge extends PlacedParameter {
  readonly column: number;
  readonly from: PlacedNeuron;
}

/** One bias, as a weight from the unit that is 1. */
export interface PlacedBias extends PlacedParameter {
  readonly column?: undefined;
  readonly from: Point;
}

/** A parameter that is drawn as a line. */
export type PlacedLink = PlacedEdge | PlacedBias;

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
  /** From left to right: where it begins, its waist or the ends of its track, and where it ends. */
  readonly cuts: readonly Cut[];
  readonly path: string;
  /** Where its numbers are written. */
  readonly middle: Point;
}

export interface Connections {
  readonly edges: readonly (readonly PlacedEdge[])[];
  readonly biases: readonly (readonly PlacedBias[])[];
  readonly lines: readonly PlacedLine[];
  readonly bands: readonly PlacedBand[];
}

interface Drawing {
  /** The input first. */
  readonly columns: readonly Column[];
  readonly sources: readonly (readonly number[])[];
  readonly detail: Detail;
  /** By layer, whether its biases are drawn as edges. */
  readonly biased: readonly boolean[];
  readonly radius: number;
  readonly track: (layer: number, input: number, source: number) => Track | undefined;
}

/** Weights that share a track run this far apart, and all of them within this height. */
const SPREAD = 1.5;
const WIDEST_SPREAD = 12;

export function connect(drawing: Drawing): Connections {
  const { columns, sources, detail, biased, track } = drawing;
  const edges: PlacedEdge[][] = [];
  const biases: PlacedBias[][] = [];
  const lines: PlacedLine[] = [];
  const bands: PlacedBand[] = [];
  sources.forEach((from, layer) => {
    const own = { weights: [] as PlacedEdge[], biases: [] as PlacedBias[] };
    const to = columns[layer + 1];
    let offset = 0;
    from.forEach((source, input) => {
      const before = columns[source + 1];
      const via = track(layer, input, source);
      if (detail.bands[layer][input]) bands.push(band(before, to, via, drawing.radius));
      else if (to.symbol) lines.push(...identities(before, to, offset, via, drawing.radius));
      else {
        const unit = biased[layer] ? before.unit : undefined;
        const placed = parameters(before, to, unit, via, drawing.radius);
        own.weights.push(...placed.weights);
        own.biases.push(...placed.biases);
      }
      if (to.symbol?.merge === 'concat') offset += before.units;
    });
    edges.push(own.weights);
    biases.push(own.biases);
  });
  return { edges, biases, lines, bands };
}

/** What a line stands for. */
export const targetOfLink = ({ layer, row, column }: PlacedLink): Target =>
  column === undefined ? { type: 'bias', layer, row } : { type: 'weight', layer, row, column };

/** The weights between two columns, and the biases from `unit`, where there is one. */
function parameters(
  before: Column,
  to: Column,
  unit: Point | undefined,
  via: Track | undefined,
  radius: number,
): { weights: PlacedEdge[]; biases: PlacedBias[] } {
  const first = unit ? 1 : 0;
  const into = before.neurons.length + first;
  const step = Math.min(SPREAD, WIDEST_SPREAD / Math.max(1, to.neurons.length * into - 1));
  const line = (start: Point, end: PlacedNeuron, place: number): PlacedParameter => {
    const own = via && { ...via, y: via.y - place * step };
    const path = route({ x: start.x + radius, y: start.y }, { x: end.x - radius, y: end.y }, own);
    return { layer: to.layer, source: before.layer, row: end.row, to: end, via: own, path };
  };
  const weights = to.neurons.flatMap((end, i) =>
    before.neurons.map((start, j) => ({
      ...line(start, end, i * into + first + j),
      column: start.row,
      from: start,
    })),
  );
  const biases = unit
    ? to.neurons.map((end, i) => ({ ...line(unit, end, i * into), from: unit }))
    : [];
  return { weights, biases };
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

/** Images are wider than neurons; between columns of neurons a band starts at the circles. */
const rimOf = ({ maps, half }: Column, radius: number): number => (maps ? half : radius);

/** From the whole height of one column to the whole height of the other. */
function band(before: Column, to: Column, via: Track | undefined, radius: number): PlacedBand {
  const start = { x: before.x + rimOf(before, radius), top: before.top, bottom: before.bottom };
  const end = { x: to.x - rimOf(to, radius), top: to.top, bottom: to.bottom };
  const between = via ? onTrack(via) : [waist(start, end)];
  const cuts = [start, ...between, end];
  const [first, last] = [between[0], between[between.length - 1]];
  return {
    layer: to.layer,
    source: before.layer,
    weights: to.weighted,
    cuts,
    path: outline(cuts),
    middle: { x: (first.x + last.x) / 2, y: (first.top + first.bottom) / 2 },
  };
}

function waist(start: Cut, end: Cut): Cut {
  const level = (start.top + start.bottom + end.top + end.bottom) / 4;
  const half = ((start.bottom - start.top + end.bottom - end.top) / 4) * WAIST;
  return { x: (start.x + end.x) / 2, top: level - half, bottom: level + half };
}

function onTrack({ from, to, y }: Track): readonly Cut[] {
  const [top, bottom] = [y - TRACK_HALF, y + TRACK_HALF];
  return [
    { x: from, top, bottom },
    { x: to, top, bottom },
  ];
}

/** Along the upper rims from left to right, and back along the lower ones. */
function outline(cuts: readonly Cut[]): string {
  const upper = cuts.map(({ x, top }): Point => ({ x, y: top }));
  const lower = cuts.map(({ x, bottom }): Point => ({ x, y: bottom })).reverse();
  const along = (rim: readonly Point[]): string =>
    rim
      .slice(1)
      .map((point, i) => bend(rim[i], point))
      .join('');
  const at = ({ x, y }: Point): string => `${fix(x)} ${fix(y)}`;
  return `M${at(upper[0])}${along(upper)}L${at(lower[0])}${along(lower)}Z`;
}

/** From a neuron that may not be drawn to another: an edge of a fan. */
export function fanPath(from: Point, to: Point, radius: number): string {
  return curve({ x: from.x + radius, y: from.y }, { x: to.x - radius, y: to.y });
}
