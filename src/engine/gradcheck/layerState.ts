/** One layer of a network whose weighted inputs are shifted: its numbers, and how a shift comes into it. */
import type { Layer, LayerType } from '../../network/network';
import type { LayerShape } from '../../network/shapes';
import { elementActivations } from '../activations';
import type { TableKind } from '../plan';
import { atZero, type Crossing } from './crossings';
import { largestOf, meanOf, viewsOfChannels, viewsOfPlaces, weighed, type Views } from './windows';

/** Of batchNorm (features): z = slope · (x − centre) + bias, slope = γ · inverse. */
export interface Scales {
  readonly centres: Float64Array;
  readonly inverses: Float64Array;
  readonly slopes: Float64Array;
}

export interface LayerState {
  /** How z comes from the sources: by weights, by weights at each place, as it is, or from a window. */
  readonly kind: 'dense' | 'convolution' | 'join' | 'largest' | 'mean';
  /** What a window sees: by place of a convolution, by neuron of a pool. */
  readonly views: Views | undefined;
  /** Rows of the weights: neurons, or filters. */
  readonly rows: number;
  /** a = f(z) of one neuron; undefined for softmax, which couples them. */
  readonly value: ((z: number) => number) | undefined;
  /** What f has at z = 0. */
  readonly crossing: Crossing;
  readonly units: number;
  /** Where its values come from: layers, −1 is the input; and the neuron that the first value flows into. */
  readonly sources: readonly number[];
  readonly starts: readonly number[];
  /** Columns of the weights. */
  readonly inputs: number;
  readonly scales: Scales | undefined;
  /** (rows, columns) */
  readonly weights: Float64Array;
  readonly bias: Float64Array | undefined;
  /** (samples, units), unshifted */
  readonly z: Float64Array;
  readonly a: Float64Array;
  /** (units), of the shifted sample under way */
  readonly shiftedZ: Float64Array;
  readonly shiftedA: Float64Array;
}

const kinds: { readonly [K in LayerType]: LayerState['kind'] } = {
  dense: 'dense',
  add: 'join',
  concat: 'join',
  conv2d: 'convolution',
  maxPool2d: 'largest',
  averagePool2d: 'mean',
  flatten: 'join',
  // The gradient that is checked drops nothing.
  dropout: 'join',
  // By running statistics, so that each value goes its own way.
  batchNorm: 'join',
};

/** How much of a change of value k of what comes in arrives at z. */
const slopeOf = ({ scales, rows }: LayerState, k: number): number =>
  scales ? scales.slopes[k % rows] : 1;

/** z of a layer after one neuron of a source has changed by Δa: z + w[:, row] · Δa, or z_row + Δa. */
export function shiftByOne(
  sample: number,
  layer: LayerState,
  start: number,
  row: number,
  change: number,
): void {
  const { kind, units, inputs, weights, z, shiftedZ } = layer;
  if (kind === 'join') {
    shiftedZ[start + row] += slopeOf(layer, row) * change;
    return;
  }
  for (let i = 0; i < units; i++) {
    shiftedZ[i] = z[sample * units + i] + weights[i * inputs + row] * change;
  }
}

/** z of a layer after all activations of a source may have changed: z + w · Δa, or z + Δa. */
export function shiftByAll(sample: number, from: LayerState, to: LayerState, start: number): void {
  const { kind, units, weights, z, shiftedZ } = to;
  const { units: inputs, a, shiftedA } = from;
  const before = sample * inputs;
  if (kind === 'join') {
    for (let k = 0; k < inputs; k++)
      shiftedZ[start + k] += slopeOf(to, k) * (shiftedA[k] - a[before + k]);
    return;
  }
  for (let i = 0; i < units; i++) {
    let change = 0;
    for (let k = 0; k < inputs; k++)
      change += weights[i * inputs + k] * (shiftedA[k] - a[before + k]);
    shiftedZ[i] = z[sample * units + i] + change;
  }
}

/**
 * The same of a layer that looks at an image through a window.
 *
 * @returns whether another value of a window than before is the largest
 */
export function shiftImage(sample: number, from: LayerState, to: LayerState): boolean {
  const { kind, units, rows, weights, inputs, z, shiftedZ } = to;
  const { a, shiftedA } = from;
  const views = to.views as Views;
  const start = sample * from.units;
  const before = (index: number): number => a[start + index];
  const after = (index: number): number => shiftedA[index];
  const change = (index: number): number => shiftedA[index] - a[start + index];
  let isOther = false;
  for (let j = 0; j < units; j++) {
    const old = z[sample * units + j];
    if (kind === 'largest') {
      const winner = largestOf(views, j, after);
      isOther ||= winner !== largestOf(views, j, before);
      shiftedZ[j] = after(winner);
    } else if (kind === 'mean') shiftedZ[j] = old + meanOf(views, j, change);
    else {
      const place = Math.floor(j / rows);
      shiftedZ[j] = old + weighed(views, place, weights, (j % rows) * inputs, change);
    }
  }
  return isOther;
}

/** z of one sample of a layer that looks at an image through a window; x is that image. */
export function lookAt(sample: number, layer: LayerState, x: Float64Array): void {
  const { kind, units, rows, weights, inputs, bias, z } = layer;
  const views = layer.views as Views;
  const valueAt = (index: number): number => x[index];
  for (let j = 0; j < units; j++) {
    const [place, row] = [Math.floor(j / rows), j % rows];
    z[sample * units + j] =
      kind === 'largest'
        ? x[largestOf(views, j, valueAt)]
        : kind === 'mean'
          ? meanOf(views, j, valueAt)
          : (bias ? bias[row] : 0) + weighed(views, place, weights, row * inputs, valueAt);
  }
}

/** `to` (units) = a row of `from` (rows, units) */
export function copyRow(to: Float64Array, from: Float64Array, row: number): void {
  for (let j = 0; j < to.length; j++) to[j] = from[row * to.length + j];
}

function scalesOf(layer: Layer, tensor: Tensors): Scales | undefined {
  const [gamma, centres, variance] = [tensor('weight'), tensor('mean'), tensor('variance')];
  if (layer.type !== 'batchNorm' || !gamma || !centres || !variance) return undefined;
  const inverses = variance.map(value => 1 / Math.sqrt(value + layer.epsilon));
  return { centres, inverses, slopes: gamma.map((weight, f) => weight * inverses[f]) };
}

/** z of one sample of a batchNorm. */
export function normalise(sample: number, layer: LayerState, scales: Scales, x: Float64Array) {
  const { units, rows, bias, z } = layer;
  for (let j = 0; j < units; j++) {
    const f = j % rows;
    z[sample * units + j] = (bias ? bias[f] : 0) + scales.slopes[f] * (x[j] - scales.centres[f]);
  }
}

/** The tensors of a layer, by kind. */
export type Tensors = (kind: TableKind) => Float64Array | undefined;

/** @param widths how many values each of its sources has */
export function newLayer(
  layer: Layer,
  { sources, inputs, units, rows, columns, window }: LayerShape,
  widths: readonly number[],
  tensor: Tensors,
  samples: number,
): LayerState {
  const { type, activation } = layer;
  let end = 0;
  return {
    kind: kinds[type],
    views: window && (type === 'conv2d' ? viewsOfPlaces : viewsOfChannels)(window),
    rows: rows || 1,
    value: activation === 'softmax' ? undefined : elementActivations[activation].value,
    crossing: atZero[activation],
    units,
    sources,
    starts: widths.map(width => (type === 'concat' ? (end += width) - width : 0)),
    inputs: columns || inputs,
    scales: scalesOf(layer, tensor),
    weights: tensor('weight') ?? new Float64Array(0),
    bias: tensor('bias'),
    z: new Float64Array(samples * units),
    a: new Float64Array(samples * units),
    shiftedZ: new Float64Array(units),
    shiftedA: new Float64Array(units),
  };
}
