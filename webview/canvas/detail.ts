/**
 * How much of a network is drawn. A page carries two thousand elements: first edges between large layers
 * become bands, then layers show fewer neurons, then all edges become bands, and at last layers become strips
 * except where the person looks. Pure; O(layers + shown neurons).
 */

import { FIRST_DRAWN, isLarge, LAST_DRAWN, MOST_MAPS } from '../../src/engine/inspect/drawn';
import type { LayerType } from '../../src/network/network';
import { FEW_MAPS, type MapsInput } from './maps';

/** A layer as the worker shows it: how many neurons, which of them are drawn, and where its values come from. */
export interface ColumnInput {
  readonly units: number;
  /** Rows in ascending order. */
  readonly shown: readonly number[];
  /** Of the input: none. Absent: the column before. Indices into `layers`, −1 is the input. */
  readonly sources?: readonly number[];
  /** Of what carries values on as they are, or joins them: its sign. */
  readonly merge?: Carrier;
  /** An image is drawn as tiles, and its connections as one. */
  readonly maps?: MapsInput;
  /** Whether its connections are weights. */
  readonly weighted?: boolean;
  /** Its biases are wanted as edges from a unit that is 1, above its source. */
  readonly biased?: boolean;
}

/** Layers without a matrix of weights that stand in a column with a sign above it. */
export type Carrier = 'add' | 'concat' | 'flatten' | 'dropout' | 'batchNorm';

const CARRIERS: ReadonlySet<LayerType> = new Set<Carrier>([
  ...(['add', 'concat', 'flatten', 'dropout', 'batchNorm'] as const),
]);

export const isCarrier = (type: LayerType): type is Carrier => CARRIERS.has(type);

export interface Detail {
  /** By column, slots of `shown` that are drawn; none where the column is a strip alone. */
  readonly slots: readonly (readonly number[])[];
  /** By layer and source: whether its connection is one band. */
  readonly bands: readonly (readonly boolean[])[];
  /** Channels that are drawn of an image at most. */
  readonly maps: number;
  /** By column, whether it is folded into a strip. */
  readonly folded: readonly boolean[];
}

/** The most elements that one picture may have. */
const ELEMENT_BUDGET = 2000;
/** What legend, loss, fan and the gestures' own drawing take. */
const FIXED = 100;
/** Elements of a neuron with bias and name, and of a column with caption, strip, handle, port and slot. */
const PER_NEURON = 10;
const PER_COLUMN = 24;
const PER_FOLDED_COLUMN = 5;
/** Elements of a band with its numbers; folded layers are joined by the band alone. */
const PER_BAND = 4;
/** Of a channel without its pixels, and of its kernel: frame, place of the keyboard, bias. */
const PER_MAP = 5;
const PER_KERNEL = 6;
/** Shades of a picture at most: of both signs. */
const SHADES = 16;

/** Columns on either side of the one looked at that keep their neurons in a deep network. */
const AROUND = 1;

/** Sources of each layer; a column without any takes the one before. */
export const sourcesOfColumns = (columns: readonly ColumnInput[]): (readonly number[])[] =>
  columns.slice(1).map(({ sources }, layer) => sources ?? [layer - 1]);

/** By layer, whether its biases are drawn as edges: wherever its weights are drawn one by one. */
export const biasesOf = (columns: readonly ColumnInput[], { bands }: Detail): readonly boolean[] =>
  bands.map((own, layer) => columns[layer + 1].biased === true && !own.includes(true));

const all = (columns: readonly ColumnInput[]): number[][] =>
  columns.map(({ shown, maps }) => (maps ? [] : shown.map((_, slot) => slot)));

const thinned = (columns: readonly ColumnInput[]): number[][] =>
  all(columns).map(slots =>
    slots.length <= FIRST_DRAWN + LAST_DRAWN
      ? slots
      : [...slots.slice(0, FIRST_DRAWN), ...slots.slice(-LAST_DRAWN)],
  );

/** The finest detail that fits; `focus` is the layer that a person looks at. */
export function chooseDetail(columns: readonly ColumnInput[], focus = -1): Detail {
  const sources = sourcesOfColumns(columns);
  const tied = tiedIn(columns);
  const largeOnly = sources.map((from, layer) => from.map(source => tied(layer, source)));
  const everywhere = sources.map(from => from.map(() => true));
  const none = columns.map(() => false);
  const few = thinned(columns);
  const candidates: Detail[] = [
    { slots: all(columns), bands: largeOnly, folded: none, maps: MOST_MAPS },
    { slots: few, bands: largeOnly, folded: none, maps: MOST_MAPS },
    { slots: few, bands: everywhere, folded: none, maps: MOST_MAPS },
    { slots: few, bands: everywhere, folded: none, maps: FEW_MAPS },
  ];
  return candidates.find(fits(columns, sources)) ?? foldedAround(columns, sources, focus);
}

/** Whether two columns are always joined by one band: large ones, and images. */
const tiedIn =
  (columns: readonly ColumnInput[]) =>
  (layer: number, source: number): boolean => {
    const [own, other] = [columns[layer + 1], columns[source + 1]];
    return (isLarge(own.units) && isLarge(other.units)) || Boolean(own.maps ?? other.maps);
  };

/** Layers near `focus` with their neurons and edges, all others as strips. */
function foldedAround(
  columns: readonly ColumnInput[],
  sources: readonly (readonly number[])[],
  focus: number,
): Detail {
  const folded = columns.map((_, place) => Math.abs(place - 1 - focus) > AROUND);
  const bands = sources.map((from, layer) =>
    from.map(source => folded[layer + 1] || folded[source + 1] || tiedIn(columns)(layer, source)),
  );
  const slots = thinned(columns).map((each, place) => (folded[place] ? [] : each));
  return { slots, bands, folded, maps: FEW_MAPS };
}

const fits =
  (columns: readonly ColumnInput[], sources: readonly (readonly number[])[]) =>
  (detail: Detail): boolean =>
    elementsOf(columns, sources, detail) <= ELEMENT_BUDGET;

/** A channel has a path a shade, and so has its kernel. */
function tilesElements({ image, filter }: MapsInput, most: number): number {
  const paths = ({ height, width }: { readonly height: number; readonly width: number }): number =>
    Math.min(SHADES, height * width);
  const kernel = filter ? PER_KERNEL + paths(filter) : 0;
  return Math.min(image.channels, most) * (PER_MAP + paths(image) + kernel);
}

/** What a picture of this detail needs at most. */
export function elementsOf(
  columns: readonly ColumnInput[],
  sources: readonly (readonly number[])[],
  { slots, bands, folded, maps: most }: Detail,
): number {
  const edges = sources.map((from, layer) =>
    from.map((source, input) => {
      if (bands[layer][input]) return folded[layer + 1] || folded[source + 1] ? 1 : PER_BAND;
      const own = slots[layer + 1].length;
      return columns[layer + 1].merge ? own : own * slots[source + 1].length;
    }),
  );
  const parts = slots.map((each, place) => {
    const { maps } = columns[place];
    const tiles = maps && !folded[place] ? tilesElements(maps, most) : 0;
    const column = folded[place] ? PER_FOLDED_COLUMN : PER_COLUMN;
    return each.length * PER_NEURON + tiles + column;
  });
  return FIXED + [...edges.flat(), ...parts].reduce((sum, part) => sum + part, 0);
}
