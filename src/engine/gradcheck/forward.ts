/**
 * A network's numbers over the checked batch, forward alone. Nothing of backward, and no kernel, is used here.
 */
import type { Dataset } from '../../data/dataset';
import { inputsOf } from '../../data/inputs';
import type { Network } from '../../network/network';
import { inferShapes } from '../../network/shapes';
import { softmaxRow } from '../activations';
import { reachedLayers } from '../gradientFlow';
import { sampleLoss } from '../losses';
import type { ParameterTable, TableKind } from '../plan';
import { lookAt, newLayer, normalise, type LayerState } from './layerState';

export class Forward {
  readonly network: Network;
  readonly samples: number;
  readonly layers: readonly LayerState[];
  /** By layer, whether the output of the network hangs on it. */
  readonly reached: readonly boolean[];
  /** By sample. */
  readonly targets: readonly Float64Array[];
  readonly #inputs: readonly Float64Array[];

  /** @param parameters in the file's order; looked at again by each {@link compute} */
  constructor(
    network: Network,
    dataset: Dataset,
    samples: Uint32Array,
    parameters: Float64Array,
    tables: readonly ParameterTable[],
  ) {
    const { inputSize, outputSize } = dataset;
    this.network = network;
    this.samples = samples.length;
    this.#inputs = Array.from(samples, index => inputsOf(dataset, index));
    this.targets = Array.from(samples, index =>
      dataset.targets.subarray(index * outputSize, (index + 1) * outputSize),
    );
    const shapes = inferShapes(network).layers;
    const units = (layer: number): number => (layer === -1 ? inputSize : shapes[layer].units);
    this.layers = network.layers.map((layer, index) => {
      const tensor = (kind: TableKind): Float64Array | undefined => {
        const table = tables.find(t => t.layer === index && t.kind === kind);
        return table && parameters.subarray(table.offset, table.offset + table.length);
      };
      const shape = shapes[index];
      const widths = shape.sources.map(units);
      return newLayer(layer, shape, widths, tensor, samples.length);
    });
    this.reached = reachedLayers(this.layers);
    this.compute();
  }

  /** Everything anew: the parameters may be others. */
  compute(): void {
    for (const { kind, z, scales, weights } of this.layers) {
      if (kind === 'join') z.fill(0);
      scales?.inverses.forEach((inverse, f) => (scales.slopes[f] = weights[f] * inverse));
    }
    for (let s = 0; s < this.samples; s++) this.#forward(s);
  }

  /** Activations (layer −1: input) of one sample. */
  outputOf(layer: number, sample: number): Float64Array {
    if (layer === -1) return this.#inputs[sample];
    const { a, units } = this.layers[layer];
    return a.subarray(sample * units, (sample + 1) * units);
  }

  /** Of one sample, without reduction and penalty. */
  sampleLoss(sample: number): number {
    const { z, a, units } = this.layers[this.layers.length - 1];
    const row = (values: Float64Array): Float64Array =>
      values.subarray(sample * units, (sample + 1) * units);
    return sampleLoss(this.network.loss, row(z), row(a), this.targets[sample], 0, units);
  }

  /** Σ of the sample losses. */
  totalLoss(): number {
    let sum = 0;
    for (let s = 0; s < this.samples; s++) sum += this.sampleLoss(s);
    return sum;
  }

  #forward(sample: number): void {
    for (const layer of this.layers) {
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
    if (layer.views) return lookAt(sample, layer, this.outputOf(sources[0], sample));
    if (kind === 'dense') {
      const x = this.outputOf(sources[0], sample);
      for (let j = 0; j < units; j++) {
        let sum = bias ? bias[j] : 0;
        for (let k = 0; k < x.length; k++) sum += weights[j * x.length + k] * x[k];
        z[start + j] = sum;
      }
      return;
    }
    if (scales) return normalise(sample, layer, scales, this.outputOf(sources[0], sample));
    sources.forEach((source, place) => {
      this.outputOf(source, sample).forEach((value, j) => (z[start + starts[place] + j] += value));
    });
  }
}
