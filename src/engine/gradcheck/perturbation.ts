/**
 * How the loss changes when one weighted input is shifted: forward only, downstream only.
 *
 * Shifting a weight by h shifts the z of its target neuron by h times its source, sample by sample; what
 * lies before stays as it is. So one evaluation costs the layers behind the neuron, on every path to the
 * output, and no more. A weight of a convolution shifts z at every place that its filter has. Nothing of backward, and no kernel, is used here.
 */
import type { Dataset } from '../../data/dataset';
import { inputsOf } from '../../data/inputs';
import type { Network } from '../../network/network';
import { inferShapes } from '../../network/shapes';
import { softmaxRow } from '../activations';
import { reachedLayers } from '../gradientFlow';
import { sampleLoss } from '../losses';
import type { ParameterTable, TableKind } from '../plan';
import { lossPieces, type Crossing } from './crossings';
import {
  copyRow,
  lookAt,
  newLayer,
  normalise,
  shiftByAll,
  shiftByOne,
  shiftImage,
  type LayerState,
} from './layerState';

/** One step of a shift on its way to the output: from a source into a layer that takes from it. */
interface Hop {
  readonly from: LayerState;
  readonly to: LayerState;
  /** The neuron of a merge that the source's first value flows into. */
  readonly start: number;
  /** Whether the shift begins in this source. */
  readonly isFirst: boolean;
  /** Whether it is the first hop into the layer, and the last. */
  readonly begins: boolean;
  readonly completes: boolean;
}

export class Perturbation {
  readonly samples: number;
  readonly #network: Network;
  readonly #layers: readonly LayerState[];
  readonly #inputs: readonly Float64Array[];
  readonly #targets: readonly Float64Array[];
  #crossed: Crossing = 'none';
  /** By layer, whether the output of the network hangs on it. */
  readonly #reached: readonly boolean[];
  /** By layer, the way from it to the output; found when it is first asked for. */
  readonly #ways: (readonly Hop[] | undefined)[] = [];

  constructor(
    network: Network,
    dataset: Dataset,
    samples: Uint32Array,
    parameters: Float64Array,
    tables: readonly ParameterTable[],
  ) {
    const { inputSize, outputSize } = dataset;
    this.samples = samples.length;
    this.#network = network;
    this.#inputs = Array.from(samples, index => inputsOf(dataset, index));
    this.#targets = Array.from(samples, index =>
      dataset.targets.subarray(index * outputSize, (index + 1) * outputSize),
    );
    const shapes = inferShapes(network).layers;
    const units = (layer: number): number => (layer === -1 ? inputSize : shapes[layer].units);
    this.#layers = network.layers.map((layer, index) => {
      const tensor = (kind: TableKind): Float64Array | undefined => {
        const table = tables.find(t => t.layer === index && t.kind === kind);
        return table && parameters.subarray(table.offset, table.offset + table.length);
      };
      const shape = shapes[index];
      const widths = shape.sources.map(units);
      return newLayer(layer, shape, widths, tensor, samples.length);
    });
    this.#reached = reachedLayers(this.#layers);
    for (let s = 0; s < samples.length; s++) this.#forward(s);
  }

  /** The worst that a shift since `reset` moved a number across. */
  get crossed(): Crossing {
    return this.#crossed;
  }

  reset(): void {
    this.#crossed = 'none';
  }

  /** Activation that a weight of `layer` in this column multiplies. */
  source(sample: number, layer: number, column: number): number {
    const [from] = this.#layers[layer].sources;
    if (from === -1) return this.#inputs[sample][column];
    const { a, units } = this.#layers[from];
    return a[sample * units + column];
  }

  /**
   * Loss of one sample when a weight of `layer` is shifted by h, or a bias: `column` −1.
   *
   * @returns undefined where the sample's loss cannot change
   */
  parameterLoss(
    sample: number,
    layer: number,
    row: number,
    column: number,
    h: number,
  ): number | undefined {
    const first = this.#layers[layer];
    const x = column < 0 ? undefined : this.#outputOf(first.sources[0], sample);
    if (first.kind === 'dense') {
      const dz = x ? h * x[column] : h;
      return dz === 0 ? undefined : this.shiftedLoss(sample, layer, row, dz);
    }
    const { views, rows, units, shiftedZ, scales } = first;
    copyRow(shiftedZ, first.z, sample);
    for (let j = row; views && j < units; j += rows) {
      const seen = x ? views.indices[Math.floor(j / rows) * views.size + column] : 0;
      if (seen >= 0) shiftedZ[j] += x ? h * x[seen] : h;
    }
    for (let j = row; scales && j < units; j += rows)
      shiftedZ[j] += x ? h * (x[j] - scales.centres[row]) * scales.inverses[row] : h;
    this.#activate(sample, first);
    return this.#lossBehind(sample, layer);
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

  /**
   * Loss of one sample when z of neuron `row` of `layer` is shifted by `dz`. Of a layer that the output does
   * not hang on it is 0 whatever the shift: only differences have a meaning.
   */
  shiftedLoss(sample: number, layer: number, row: number, dz: number): number {
    const last = this.#layers.length - 1;
    const first = this.#layers[layer];
    const way = (this.#ways[layer] ??= this.#wayFrom(layer));
    if (layer !== last && way.length === 0) return 0;
    const isWide = layer === last || !first.value;
    if (isWide) {
      copyRow(first.shiftedZ, first.z, sample);
      first.shiftedZ[row] += dz;
      this.#activate(sample, first);
      return this.#lossBehind(sample, layer);
    }
    const change = this.#changeOf(sample, first, row, dz);
    return this.#lossBehind(sample, layer, { row, change });
  }

  /**
   * The loss after the activations of `layer` have changed, all of them or one.
   *
   * @param one the only neuron that has changed, and by how much
   */
  #lossBehind(
    sample: number,
    layer: number,
    one?: { readonly row: number; readonly change: number },
  ): number {
    const last = this.#layers.length - 1;
    const way = (this.#ways[layer] ??= this.#wayFrom(layer));
    if (layer !== last && way.length === 0) return 0;
    for (let i = 0; i < way.length; i++) {
      const { from, to, start, isFirst, begins, completes } = way[i];
      if (begins && to.kind === 'join') copyRow(to.shiftedZ, to.z, sample);
      if (to.views) {
        if (shiftImage(sample, from, to)) this.#cross('kink');
      } else if (isFirst && one) shiftByOne(sample, to, start, one.row, one.change);
      else shiftByAll(sample, from, to, start);
      if (completes) this.#activate(sample, to);
    }
    return this.#outputLoss(sample, this.#layers[last]);
  }

  /** All hops from `layer` to the output, on every path, in topological order. */
  #wayFrom(layer: number): readonly Hop[] {
    const way: Hop[] = [];
    const shifted = new Set([layer]);
    for (let index = layer + 1; index < this.#layers.length; index++) {
      const to = this.#layers[index];
      if (!this.#reached[index]) continue;
      const into = to.sources.filter(source => shifted.has(source)).length;
      let hops = 0;
      for (let k = 0; hops < into; k++) {
        const source = to.sources[k];
        if (!shifted.has(source)) continue;
        hops += 1;
        const [from, start] = [this.#layers[source], to.starts[k]];
        const isFirst = source === layer;
        way.push({ from, to, start, isFirst, begins: hops === 1, completes: hops === into });
      }
      if (into > 0) shifted.add(index);
    }
    return way;
  }

  /** Δa of the neuron whose z has shifted. */
  #changeOf(sample: number, layer: LayerState, row: number, dz: number): number {
    const { crossing } = layer;
    const value = layer.value as (z: number) => number;
    const place = sample * layer.units + row;
    const z = layer.z[place] + dz;
    if (z > 0 !== layer.z[place] > 0) this.#cross(crossing);
    return value(z) - layer.a[place];
  }

  #activate(sample: number, layer: LayerState): void {
    const { units, value, crossing, shiftedZ, shiftedA, z } = layer;
    if (!value) {
      softmaxRow(shiftedA, shiftedZ, 0, units);
      return;
    }
    for (let j = 0; j < units; j++) shiftedA[j] = value(shiftedZ[j]);
    if (crossing === 'none') return;
    for (let j = 0; j < units; j++) {
      if (shiftedZ[j] > 0 !== z[sample * units + j] > 0) this.#cross(crossing);
    }
  }

  #cross(crossing: Crossing): void {
    if (this.#crossed !== 'kink' && crossing !== 'none') this.#crossed = crossing;
  }

  #outputLoss(sample: number, { units, a, shiftedA, shiftedZ }: LayerState): number {
    const { loss } = this.#network;
    const y = this.#targets[sample];
    const { crossing, piece } = lossPieces[loss.type];
    for (let j = 0; crossing !== 'none' && j < units; j++) {
      const before = a[sample * units + j];
      if (piece(shiftedA[j] - y[j]) !== piece(before - y[j])) this.#cross(crossing);
    }
    return sampleLoss(loss, shiftedZ, shiftedA, y, 0, units);
  }

  #forward(sample: number): void {
    for (const layer of this.#layers) {
      const { value, units, z, a } = layer;
      const start = sample * units;
      this.#weigh(sample, layer);
      if (!value) {
        softmaxRow(a, z, start, units);
        continue;
      }
      for (let j = start; j < start + units; j++) a[j] = value(z[j]);
    }
  }

  /** z of one sample */
  #weigh(sample: number, layer: LayerState): void {
    const { kind, units, sources, starts, weights, bias, z, scales } = layer;
    const start = sample * units;
    if (layer.views) return lookAt(sample, layer, this.#outputOf(sources[0], sample));
    if (kind === 'dense') {
      const x = this.#outputOf(sources[0], sample);
      for (let j = 0; j < units; j++) {
        let sum = bias ? bias[j] : 0;
        for (let k = 0; k < x.length; k++) sum += weights[j * x.length + k] * x[k];
        z[start + j] = sum;
      }
      return;
    }
    if (scales) return normalise(sample, layer, scales, this.#outputOf(sources[0], sample));
    sources.forEach((source, place) => {
      this.#outputOf(source, sample).forEach((value, j) => (z[start + starts[place] + j] += value));
    });
  }

  /** Activations (layer −1: input) of one sample. */
  #outputOf(layer: number, sample: number): Float64Array {
    if (layer === -1) return this.#inputs[sample];
    const { a, units } = this.#layers[layer];
    return a.subarray(sample * units, (sample + 1) * units);
  }
}
