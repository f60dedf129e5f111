/**
 * From numbers to ink. One diverging scale for every signed quantity: sign by colour and by dash,
 * magnitude by width and opacity, linear up to a stated end; where layers are orders of magnitude apart, by these.
 */
import type { Statistics } from '../../src/engine/facts';
import type { ActivationName } from '../../src/network/network';
import type { NetworkView } from '../../src/protocol';
import { edgeQuantities } from '../edgeQuantities';
import { niceCeiling } from '../numbers';
import type { EdgeQuantity, NeuronQuantity } from '../viewState';
import type { CanvasLayout, Column, PlacedEdge, PlacedLink } from './layout';

export type Sign = 'positive' | 'negative' | 'zero' | 'unknown';

export interface Ink {
  readonly sign: Sign;
  /** 0 … 1 of the scale. */
  readonly magnitude: number;
}

/** `end`: the magnitude at which the scale ends. `from`: where it is logarithmic, the magnitude at which it starts. */
export function ink(value: number, end: number, from?: number): Ink {
  if (Number.isNaN(value)) return { sign: 'unknown', magnitude: 0 };
  const magnitude = shareOf(Math.abs(value), end, from);
  return { sign: value > 0 ? 'positive' : value < 0 ? 'negative' : 'zero', magnitude };
}

/** 0 … 1: where a magnitude stands on a scale. */
export function shareOf(size: number, end: number, from?: number): number {
  if (from === undefined) return Math.min(1, size / end);
  return size > from ? Math.min(1, Math.log(size / from) / Math.log(end / from)) : 0;
}

/** How lines are drawn at the ends of the scale: fewer and finer ones where many cross, stronger in high contrast. */
export interface Pen {
  /** Pixels at the end of the scale. */
  readonly width: number;
  /** Opacity at the start of the scale; in high contrast 3 : 1 on black (WCAG 1.4.11) of both signs. */
  readonly faint: number;
}

const THIN = 0.75;
const CALM = 48;

/** `edges`: the most that run between two columns. */
export function penFor(edges: number, highContrast: boolean): Pen {
  const width = Math.max(2, Math.min(4, 4 * Math.sqrt(CALM / Math.max(1, edges))));
  return { width, faint: highContrast ? 0.65 : 0.18 };
}

/** Width in pixels and opacity of a line. */
export function stroke({ sign, magnitude }: Ink, pen: Pen): { width: string; opacity: string } {
  if (sign === 'unknown' || sign === 'zero')
    return { width: '1', opacity: Math.max(0.25, pen.faint).toFixed(2) };
  return {
    width: (THIN + (pen.width - THIN) * magnitude).toFixed(2),
    opacity: (pen.faint + (1 - pen.faint) * magnitude).toFixed(2),
  };
}

/** Where the numbers of the canvas lie in a view, and the ends of their scales. */
export interface Scales {
  readonly edges: number;
  /**
   * By column, the input first: one end for all, or where layers of activations are too different each its own, of
   * bounded ones 1.
   */
  readonly neurons: readonly number[];
  /** Logarithmic from this magnitude on; absent: linear from 0. */
  readonly edgesFrom?: number;
  readonly neuronsFrom?: number;
}

/** The largest numbers of layers, by which they are too far apart for a linear scale: three orders of magnitude. */
const FAR = 1e-3;
/** Orders of magnitude on a scale at most. */
const DECADES = 12;
/** Ends of layers, by which one scale still serves both: the weaker one fills a third of a circle. */
const ALIKE = 3;

/** Activations that never leave −1 … 1: their scale is absolute, so that a lone 0 is empty and a 1 is full. */
const BOUNDED: ReadonlySet<ActivationName> = new Set(['sigmoid', 'softmax', 'tanh', 'step']);

/** Below it an activation is rounding noise, not signal: no scale shall enlarge it. */
const NOISE = 1e-3;

/** `activations`: by layer. */
export function scales(
  view: NetworkView | undefined,
  layout: CanvasLayout,
  edges: EdgeQuantity,
  neurons: NeuronQuantity,
  activations: readonly ActivationName[],
): Scales {
  if (!view) return { edges: 1, neurons: layout.columns.map(() => 1) };
  const ends = layout.columns.map(column => neuronEnd(view, column, neurons));
  const links = edgeEnds(view, layout, edges);
  const edgesFrom = edges === 'weight' ? undefined : logarithmicFrom(links);
  const neuronsFrom = neurons === 'delta' ? logarithmicFrom(ends) : undefined;
  return {
    edges: niceCeiling(Math.max(0, ...links)),
    neurons: neurons === 'delta' ? ends.map(() => niceCeiling(Math.max(...ends))) : own(),
    ...(edgesFrom !== undefined && { edgesFrom }),
    ...(neuronsFrom !== undefined && { neuronsFrom }),
  };

  function own(): number[] {
    const each = ends.map((end, column) => {
      const bounded = column > 0 && BOUNDED.has(activations[column - 1]);
      return bounded || end < NOISE ? 1 : niceCeiling(end);
    });
    const most = Math.max(...each);
    return most <= ALIKE * Math.min(...each) ? each.map(() => most) : each;
  }
}

/** @param ends the largest magnitude of each layer; without any it takes no part */
function logarithmicFrom(ends: readonly number[]): number | undefined {
  const sizes = ends.filter(end => end > 0);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (!(least < FAR * most)) return undefined;
  // An order of magnitude below the weakest layer, so that it is seen.
  const exponent = Math.floor(Math.log10(Math.max(least, most * 10 ** -DECADES))) - 1;
  return Number(`1e${exponent}`);
}

/** The largest weights, gradients or updates that are drawn as lines, or in a band, by layer. */
function edgeEnds(view: NetworkView, layout: CanvasLayout, quantity: EdgeQuantity): number[] {
  const ends = layout.edges.map((edges, layer) =>
    [...edges, ...(layout.biases[layer] ?? [])].reduce(
      (end, link) => larger(end, linkValue(view, link, quantity)),
      0,
    ),
  );
  for (const { layer, weights } of layout.bands) {
    if (weights) ends[layer] = Math.max(ends[layer] ?? 0, kernelEnd(view, layout, layer, quantity));
    const all = weights ? statisticsOf(view, layer, quantity) : undefined;
    if (all) ends[layer] = larger(larger(ends[layer] ?? 0, all.min), all.max);
  }
  return ends;
}

/** The largest number of the filters of a layer; 0 without any. */
function kernelEnd(
  view: NetworkView,
  { columns }: CanvasLayout,
  layer: number,
  quantity: EdgeQuantity,
): number {
  const window = columns[layer + 1].maps?.filter;
  const start = window ? edgeQuantities[quantity].weights(view.layers[layer + 1]) : -1;
  if (!window || start < 0) return 0;
  const { filters, length } = view.layers[layer + 1].kernels ?? { filters: 0, length: 0 };
  const count = filters * length;
  return view.values.subarray(start, start + count).reduce(larger, 0);
}

function neuronEnd(view: NetworkView, column: Column, quantity: NeuronQuantity): number {
  const drawn = column.neurons.reduce(
    (most, { slot }) => larger(most, neuronValue(view, column.layer, slot, quantity)),
    0,
  );
  const own = view.layers[column.layer + 1];
  const start = column.maps ? (quantity === 'delta' ? own.deltaPicture : own.picture) : -1;
  if (start >= 0 && own.pictured) {
    const { height, width, channels } = own.pictured;
    const count = height * width * channels;
    return view.values.subarray(start, start + count).reduce(larger, 0);
  }
  return stripValues(view, column.layer, quantity).reduce(larger, drawn);
}

/** Summary of a layer's weights, gradients or updates, where they are not drawn one by one. */
export function statisticsOf(
  view: NetworkView | undefined,
  layer: number,
  quantity: EdgeQuantity,
): Statistics | undefined {
  const own = view?.layers[layer + 1];
  return own && edgeQuantities[quantity].all(own);
}

/** A large layer's neurons from the first to the last, several to a cell; empty where there are none. */
export function stripValues(
  view: NetworkView | undefined,
  layer: number,
  quantity: NeuronQuantity,
  errorSign: 1 | -1 = 1,
): number[] {
  const own = view?.layers[layer + 1];
  if (!view || !own) return [];
  const start = quantity === 'activation' ? own.strip : own.deltaStrip;
  if (!(start >= 0)) return [];
  const values = Array.from(view.values.subarray(start, start + own.stripCells));
  return quantity === 'delta' && errorSign < 0 ? values.map(value => -value) : values;
}

const larger = (most: number, value: number): number =>
  Math.abs(value) > most && Number.isFinite(value) ? Math.abs(value) : most;

/** The number of a parameter that is drawn as a line. */
export function linkValue(
  view: NetworkView | undefined,
  link: PlacedLink,
  quantity: EdgeQuantity,
): number {
  return link.column === undefined
    ? biasValue(view, link.layer, link.to.slot, quantity)
    : edgeValue(view, link, quantity);
}

export function edgeValue(
  view: NetworkView | undefined,
  edge: PlacedEdge,
  quantity: EdgeQuantity,
): number {
  const layer = view?.layers[edge.layer + 1];
  if (!view || !layer) return NaN;
  const start = edgeQuantities[quantity].weights(layer);
  const columns = view.layers[edge.source + 1].shown.length;
  return at(view, start, edge.to.slot * columns + edge.from.slot);
}

export function biasValue(
  view: NetworkView | undefined,
  layer: number,
  slot: number,
  quantity: EdgeQuantity,
): number {
  const own = view?.layers[layer + 1];
  if (!view || !own) return NaN;
  return at(view, edgeQuantities[quantity].biases(own), slot);
}

/** Inputs have no δ, which is ∂C/∂z times the sign that the notation gives it. */
export function neuronValue(
  view: NetworkView | undefined,
  layer: number,
  slot: number,
  quantity: NeuronQuantity,
  errorSign: 1 | -1 = 1,
): number {
  const own = view?.layers[layer + 1];
  if (!view || !own || (quantity === 'delta' && layer < 0)) return NaN;
  return quantity === 'activation'
    ? at(view, own.activation, slot)
    : errorSign * at(view, own.delta, slot);
}

/** The target of an output neuron in sample scope. */
export function targetValue(view: NetworkView | undefined, slot: number): number {
  return view ? at(view, view.targets, slot) : NaN;
}

const at = (view: NetworkView, start: number, index: number): number =>
  start < 0 ? NaN : (view.values[start + index] ?? NaN);
