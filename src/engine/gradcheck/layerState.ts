/** One layer of a network whose weighted inputs are shifted: its numbers, and how a shift comes into it. */
import type { Layer } from '../../network/network';
import { elementActivations } from '../activations';
import { atZero, type Crossing } from './crossings';

export interface LayerState {
  readonly isDense: boolean;
  /** a = f(z) of one neuron; undefined for softmax, which couples them. */
  readonly value: ((z: number) => number) | undefined;
  /** What f has at z = 0. */
  readonly crossing: Crossing;
  readonly units: number;
  /** Where its values come from: layers, −1 is the input; and the neuron that the first value flows into. */
  readonly sources: readonly number[];
  readonly starts: readonly number[];
  /** `dense`: columns of the weights */
  readonly inputs: number;
  /** `dense`: (units, inputs) */
  readonly weights: Float64Array;
  readonly bias: Float64Array | undefined;
  /** (samples, units), unshifted */
  readonly z: Float64Array;
  readonly a: Float64Array;
  /** (units), of the shifted sample under way */
  readonly shiftedZ: Float64Array;
  readonly shiftedA: Float64Array;
}

/** z of a layer after one neuron of a source has changed by Δa: z + w[:, row] · Δa, or z_row + Δa. */
export function shiftByOne(
  sample: number,
  { isDense, units, inputs, weights, z, shiftedZ }: LayerState,
  start: number,
  row: number,
  change: number,
): void {
  if (!isDense) {
    shiftedZ[start + row] += change;
    return;
  }
  for (let i = 0; i < units; i++) {
    shiftedZ[i] = z[sample * units + i] + weights[i * inputs + row] * change;
  }
}

/** z of a layer after all activations of a source may have changed: z + w · Δa, or z + Δa. */
export function shiftByAll(sample: number, from: LayerState, to: LayerState, start: number): void {
  const { isDense, units, weights, z, shiftedZ } = to;
  const { units: inputs, a, shiftedA } = from;
  const before = sample * inputs;
  if (!isDense) {
    for (let k = 0; k < inputs; k++) shiftedZ[start + k] += shiftedA[k] - a[before + k];
    return;
  }
  for (let i = 0; i < units; i++) {
    let change = 0;
    for (let k = 0; k < inputs; k++)
      change += weights[i * inputs + k] * (shiftedA[k] - a[before + k]);
    shiftedZ[i] = z[sample * units + i] + change;
  }
}

/** `to` (units) = a row of `from` (rows, units) */
export function copyRow(to: Float64Array, from: Float64Array, row: number): void {
  for (let j = 0; j < to.length; j++) to[j] = from[row * to.length + j];
}

/** @param from its sources and how many values each of them has */
export function newLayer(
  { type, activation, units }: Layer,
  from: { readonly layers: readonly number[]; readonly units: readonly number[] },
  weights: Float64Array | undefined,
  bias: Float64Array | undefined,
  samples: number,
): LayerState {
  let end = 0;
  return {
    isDense: type === 'dense',
    value: activation === 'softmax' ? undefined : elementActivations[activation].value,
    crossing: atZero[activation],
    units,
    sources: from.layers,
    starts: from.units.map(width => (type === 'concat' ? (end += width) - width : 0)),
    inputs: from.units[0],
    weights: weights ?? new Float64Array(0),
    bias,
    z: new Float64Array(samples * units),
    a: new Float64Array(samples * units),
    shiftedZ: new Float64Array(units),
    shiftedA: new Float64Array(units),
  };
}
