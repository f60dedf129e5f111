/**
 * From numbers to ink. One diverging scale for every signed quantity: sign by colour and by dash,
 * magnitude by width and opacity, linear up to a stated end.
 */
import type { Statistics } from '../../src/engine/facts';
import type { ActivationName } from '../../src/network/network';
import type { NetworkView } from '../../src/protocol';
import { niceCeiling } from '../numbers';
import type { EdgeQuantity, NeuronQuantity } from '../viewState';
import type { CanvasLayout, Column, PlacedEdge } from './layout';

export type Sign = 'positive' | 'negative' | 'zero' | 'unknown';

export interface Ink {
  readonly sign: Sign;
  /** 0 … 1 of the scale. */
  readonly magnitude: number;
}

/** `end`: the magnitude at which the scale ends. */
export function ink(value: number, end: number): Ink {
  if (Number.isNaN(value)) return { sign: 'unknown', magnitude: 0 };
  const magnitude = Math.min(1, Math.abs(value) / end);
  return { sign: value > 0 ? 'positive' : value < 0 ? 'negative' : 'zero', magnitude };
}

/** How lines are drawn at the ends of the scale: fewer and finer ones where many cross, stronger in high contrast. */
export interface Pen {
  /** Pixels at the end of the scale. */
  readonly width: number;
  /** Opacity at the start of the scale. */
  readonly faint: number;
}

const THIN = 0.75;
const CALM = 48;

/** `edges`: the most that run between two columns. */
export function penFor(edges: number, highContrast: boolean): Pen {
  const width = Math.max(2, Math.min(4, 4 * Math.sqrt(CALM / Math.max(1, edges))));
  return { width, faint: highContrast ? 0.5 : 0.18 };
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
  /** By column, the input first. Bounded activations end at 1, others where their layer does, δ at one end for all. */
  readonly neurons: readonly number[];
}

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
  const shared = Math.max(...ends);
  return {
    edges: niceCeiling(edgeEnd(view, layout, edges)),
    neurons: ends.map((own, column) => {
      if (neurons === 'delta') return niceCeiling(shared);
      const bounded = column > 0 && BOUNDED.has(activations[column - 1]);
      return bounded || own < NOISE ? 1 : niceCeiling(own);
    }),
  };
}

/** The largest weight or gradient that is drawn, by itself or in a band. */
function edgeEnd(view: NetworkView, layout: CanvasLayout, quantity: EdgeQuantity): number {
  let end = 0;
  for (const group of layout.edges)
    for (const edge of group) end = larger(end, edgeValue(view, edge, quantity));
  for (const { layer, weights } of layout.bands) {
    const all = weights ? statisticsOf(view, layer, quantity) : undefined;
    if (all) end = larger(larger(end, all.min), all.max);
  }
  return end;
}

function neuronEnd(view: NetworkView, column: Column, quantity: NeuronQuantity): number {
  const drawn = column.neurons.reduce(
    (most, { slot }) => larger(most, neuronValue(view, column.layer, slot, quantity)),
    0,
  );
  return stripValues(view, column.layer, quantity).reduce(larger, drawn);
}

/** Summary of a layer's weights or gradients, where they are not drawn one by one. */
export function statisticsOf(
  view: NetworkView | undefined,
  layer: number,
  quantity: EdgeQuantity,
): Statistics | undefined {
  const own = view?.layers[layer + 1];
  return quantity === 'weight' ? own?.weightStatistics : own?.gradientStatistics;
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

export function edgeValue(
  view: NetworkView | undefined,
  edge: PlacedEdge,
  quantity: EdgeQuantity,
): number {
  const layer = view?.layers[edge.layer + 1];
  if (!view || !layer) return NaN;
  const start = quantity === 'weight' ? layer.weights : layer.gradients;
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
  return at(view, quantity === 'weight' ? own.bias : own.biasGradient, slot);
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
