/**
 * How the loss changes when one weighted input is shifted: forward only, downstream only.
 *
 * Shifting a weight by h shifts the z of its target neuron by h times its source, sample by sample; what
 * lies before stays as it is. So one evaluation costs the layers behind the neuron, on every path to the
 * output, and no more. A weight of a convolution shifts z at every place that its filter has. Nothing of backward, and no kernel, is used here.
 */
import { softmaxRow } from '../activations';
import { sampleLoss } from '../losses';
import { lossPieces, worse, type Crossing } from './crossings';
import type { Forward } from './forward';
import { copyRow, shiftByAll, shiftByOne, shiftImage, type LayerState } from './layerState';

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
  /** Unshifted. */
  readonly forward: Forward;
  readonly #layers: readonly LayerState[];
  #crossed: Crossing = 'none';
  /** By layer, the way from it to the output; found when it is first asked for. */
  readonly #ways: (readonly Hop[] | undefined)[] = [];

  constructor(forward: Forward) {
    this.forward = forward;
    this.#layers = forward.layers;
  }

  /** The worst that a shift since `reset` moved a number across. */
  get crossed(): Crossing {
    return this.#crossed;
  }

  reset(): void {
    this.#crossed = 'none';
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
    const x = column < 0 ? undefined : this.forward.outputOf(first.sources[0], sample);
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

  /**
   * Loss of one sample when z of neuron `row` of `layer` is shifted by `dz`. Of a layer that the output does
   * not hang on it is 0 whatever the shift: only differences have a meaning.
   */
  shiftedLoss(sample: number, layer: number, row: number, dz: number): number {
    const last = this.#layers.length - 1;
    const first = this.#layers[layer];
    const way = (this.#ways[layer] ??= this.#wayFrom(layer));
    if (layer !== last && way.length === 0) return 0;
    // The outputs of a softmax hang on one another, and a window sees those beside the one that is shifted.
    const isWide = layer === last || !first.value || way.some(hop => hop.isFirst && hop.to.views);
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
      if (!this.forward.reached[index]) continue;
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
    this.#crossed = worse(this.#crossed, crossing);
  }

  #outputLoss(sample: number, { units, a, shiftedA, shiftedZ }: LayerState): number {
    const { network, targets } = this.forward;
    const { loss } = network;
    const y = targets[sample];
    const { crossing, piece } = lossPieces[loss.type];
    for (let j = 0; crossing !== 'none' && j < units; j++) {
      const before = a[sample * units + j];
      if (piece(shiftedA[j] - y[j]) !== piece(before - y[j])) this.#cross(crossing);
    }
    return sampleLoss(loss, shiftedZ, shiftedA, y, 0, units);
  }
}
