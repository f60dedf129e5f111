/**
 * How the loss changes when one weighted input is shifted: forward only, downstream only.
 *
 * Shifting a weight by h shifts the z of its target neuron by h times its source, sample by sample; what
 * lies before stays as it is. So one evaluation costs the layers behind the neuron and no more. Nothing of
 * backward, and no kernel, is used here.
 */
import type { Dataset } from '../../data/dataset';
import type { ActivationName, LossName, Network } from '../../network/network';
import { elementActivations, softmaxRow } from '../activations';
import { HUBER_DELTA, sampleLoss } from '../losses';
import type { ParameterTable } from '../plan';

/** Where two pieces of a function meet: in a `bend` only the second derivative jumps, in a `kink` the first. */
export type Crossing = 'none' | 'bend' | 'kink';

/** What activations have at z = 0. */
const atZero: { readonly [K in ActivationName]: Crossing } = {
  linear: 'none',
  step: 'kink',
  sigmoid: 'none',
  tanh: 'none',
  relu: 'kink',
  leakyRelu: 'kink',
  elu: 'bend',
  gelu: 'none',
  silu: 'none',
  softplus: 'none',
  softmax: 'none',
};

/** Losses in pieces: which one a residual lies on, and how they meet. */
const lossPieces: {
  readonly [K in LossName]: { crossing: Crossing; piece(residual: number): number };
} = {
  meanSquaredError: { crossing: 'none', piece: () => 0 },
  meanAbsoluteError: { crossing: 'kink', piece: residual => Math.sign(residual) },
  huber: { crossing: 'bend', piece: residual => (Math.abs(residual) <= HUBER_DELTA ? 0 : 1) },
  binaryCrossEntropy: { crossing: 'none', piece: () => 0 },
  crossEntropy: { crossing: 'none', piece: () => 0 },
};

interface LayerState {
  readonly activation: ActivationName;
  readonly units: number;
  readonly inputs: number;
  /** (units, inputs) */
  readonly weights: Float64Array;
  readonly bias: Float64Array | undefined;
  /** (samples, units), unshifted */
  readonly z: Float64Array;
  readonly a: Float64Array;
  /** (units), of the shifted sample under way */
  readonly shiftedZ: Float64Array;
  readonly shiftedA: Float64Array;
}

export class Perturbation {
  readonly samples: number;
  readonly #network: Network;
  readonly #layers: readonly LayerState[];
  readonly #inputs: readonly Float64Array[];
  readonly #targets: readonly Float64Array[];
  #crossed: Crossing = 'none';

  constructor(
    network: Network,
    dataset: Dataset,
    samples: Uint32Array,
    parameters: Float64Array,
    tables: readonly ParameterTable[],
  ) {
    const { inputSize, outputSize } = dataset;
    const rows = (values: Float64Array, width: number): Float64Array[] =>
      Array.from(samples, index => values.subarray(index * width, (index + 1) * width));
    this.samples = samples.length;
    this.#network = network;
    this.#inputs = rows(dataset.inputs, inputSize);
    this.#targets = rows(dataset.targets, outputSize);
    this.#layers = network.layers.map((layer, index) => {
      const tensor = (kind: 'weight' | 'bias'): Float64Array | undefined => {
        const table = tables.find(t => t.layer === index && t.kind === kind);
        return table && parameters.subarray(table.offset, table.offset + table.length);
      };
      const weights = tensor('weight') ?? new Float64Array(0);
      return newLayer(layer, weights, tensor('bias'), samples.length);
    });
    for (let s = 0; s < samples.length; s++) this.#forward(s);
  }

  /** The worst that a shift since `reset` moved a number across. */
  get crossed(): Crossing {
    return this.#crossed;
  }

  reset(): void {
    this.#crossed = 'none';
  }

  /** Activation (layer −1: input) that a weight multiplies. */
  source(sample: number, layer: number, column: number): number {
    if (layer === -1) return this.#inputs[sample][column];
    const { a, units } = this.#layers[layer];
    return a[sample * units + column];
  }

  /** Σ of the sample losses, nothing shifted. */
  totalLoss(): number {
    const { z, a, units } = this.#layers[this.#layers.length - 1];
    let sum = 0;
    for (let s = 0; s < this.samples; s++) {
      const row = (values: Float64Array): Float64Array =>
        values.subarray(s * units, (s + 1) * units);
      sum += sampleLoss(this.#network.loss, row(z), row(a), this.#targets[s], 0, units);
    }
    return sum;
  }

  /** Loss of one sample when z of neuron `row` of `layer` is shifted by `dz`. */
  shiftedLoss(sample: number, layer: number, row: number, dz: number): number {
    const last = this.#layers.length - 1;
    const first = this.#layers[layer];
    let current = layer;
    if (layer === last || first.activation === 'softmax') {
      for (let j = 0; j < first.units; j++) first.shiftedZ[j] = first.z[sample * first.units + j];
      first.shiftedZ[row] += dz;
    } else {
      current = layer + 1;
      this.#shiftNext(sample, first, this.#layers[current], row, dz);
    }
    for (; ; current++) {
      this.#activate(sample, this.#layers[current]);
      if (current === last) break;
      this.#carryOn(sample, this.#layers[current], this.#layers[current + 1]);
    }
    return this.#outputLoss(sample, this.#layers[last]);
  }

  /** z of the next layer after one neuron's z has shifted: z + w[:, row] · Δa */
  #shiftNext(sample: number, layer: LayerState, next: LayerState, row: number, dz: number): void {
    const place = sample * layer.units + row;
    const z = layer.z[place] + dz;
    const { value } = elementActivations[layer.activation as 'linear'];
    if (z > 0 !== layer.z[place] > 0) this.#cross(atZero[layer.activation]);
    const change = value(z) - layer.a[place];
    const { units, inputs, weights, shiftedZ } = next;
    for (let i = 0; i < units; i++) {
      shiftedZ[i] = next.z[sample * units + i] + weights[i * inputs + row] * change;
    }
  }

  /** z of the next layer after all activations of this one may have changed: z + w · Δa */
  #carryOn(sample: number, layer: LayerState, next: LayerState): void {
    const { units, inputs, weights, shiftedZ } = next;
    for (let i = 0; i < units; i++) {
      let change = 0;
      for (let k = 0; k < inputs; k++) {
        change += weights[i * inputs + k] * (layer.shiftedA[k] - layer.a[sample * inputs + k]);
      }
      shiftedZ[i] = next.z[sample * units + i] + change;
    }
  }

  #activate(sample: number, layer: LayerState): void {
    const { units, activation, shiftedZ, shiftedA, z } = layer;
    if (activation === 'softmax') {
      softmaxRow(shiftedA, shiftedZ, 0, units);
      return;
    }
    const { value } = elementActivations[activation];
    for (let j = 0; j < units; j++) shiftedA[j] = value(shiftedZ[j]);
    for (let j = 0; j < units; j++) {
      if (shiftedZ[j] > 0 !== z[sample * units + j] > 0) this.#cross(atZero[activation]);
    }
  }

  #cross(crossing: Crossing): void {
    if (this.#crossed !== 'kink' && crossing !== 'none') this.#crossed = crossing;
  }

  #outputLoss(sample: number, { units, a, shiftedA, shiftedZ }: LayerState): number {
    const { loss } = this.#network;
    const y = this.#targets[sample];
    const { crossing, piece } = lossPieces[loss.type];
    for (let j = 0; j < units; j++) {
      const before = a[sample * units + j];
      if (piece(shiftedA[j] - y[j]) !== piece(before - y[j])) this.#cross(crossing);
    }
    return sampleLoss(loss, shiftedZ, shiftedA, y, 0, units);
  }

  #forward(sample: number): void {
    let x: Float64Array = this.#inputs[sample];
    for (const { activation, units, inputs, weights, bias, z, a } of this.#layers) {
      const start = sample * units;
      for (let j = 0; j < units; j++) {
        let sum = bias ? bias[j] : 0;
        for (let k = 0; k < inputs; k++) sum += weights[j * inputs + k] * x[k];
        z[start + j] = sum;
        if (activation !== 'softmax') a[start + j] = elementActivations[activation].value(sum);
      }
      if (activation === 'softmax') softmaxRow(a, z, start, units);
      x = a.subarray(start, start + units);
    }
  }
}

function newLayer(
  { activation, units }: { activation: ActivationName; units: number },
  weights: Float64Array,
  bias: Float64Array | undefined,
  samples: number,
): LayerState {
  return {
    activation,
    units,
    inputs: weights.length / units,
    weights,
    bias,
    z: new Float64Array(samples * units),
    a: new Float64Array(samples * units),
    shiftedZ: new Float64Array(units),
    shiftedA: new Float64Array(units),
  };
}
