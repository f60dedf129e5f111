/**
 * The loss of a network by the definitions of its file format, in float64 and in the plainest order, sample by sample.
 * Nothing of the engine is in it but the choice of what a dropout layer drops, which is a definition of its own.
 */
import type { Dataset } from '../../src/data/dataset';
import { inputsOf } from '../../src/data/inputs';
import { writeFactors, type TrainingPlace } from '../../src/engine/dropout';
import type { WindowShape } from '../../src/network/images';
import { hasParameters } from '../../src/network/layerTypes';
import type { BatchNormLayer, Layer, Network } from '../../src/network/network';
import { inferShapes, type LayerShape, type NetworkShapes } from '../../src/network/shapes';
import type { Batch } from '../engine/kinks';
import { BENT, lossSide, plainActivations, plainLoss, plainSoftmax } from './plainMaths';

/** Values of a layer, a row a sample. */
type Rows = readonly (readonly number[])[];

interface LayerValues {
  readonly z: Rows;
  readonly a: Rows;
  /** On which side of every kink it stands: where two are equal, no kink lies between. */
  readonly side: number;
}

/** Where a layer's numbers stand among all parameters. */
interface Place {
  readonly weights: number;
  readonly bias: number;
  readonly mean: number;
  readonly variance: number;
}

/** FNV-1a over numbers that are told apart. */
class Sides {
  value = 0x811c9dc5;

  add(side: number): void {
    this.value = Math.imul(this.value ^ (side + 7), 0x01000193);
  }
}

export class PlainNetwork {
  readonly #network: Network;
  readonly #shapes: NetworkShapes;
  readonly #places: readonly Place[];
  readonly #input: Rows;
  readonly #targets: Rows;
  readonly #place: TrainingPlace | undefined;
  readonly parameters: Float64Array;
  readonly #known: LayerValues[] = [];

  /** @param batch with a place: as a step sees it */
  constructor(network: Network, dataset: Dataset, { samples, place }: Batch, start: Float64Array) {
    this.#network = network;
    this.#shapes = inferShapes(network);
    this.#places = placesOf(network, this.#shapes);
    const { outputSize: m } = dataset;
    this.#input = Array.from(samples, s => [...inputsOf(dataset, s)]);
    this.#targets = Array.from(samples, s => [...dataset.targets.subarray(s * m, (s + 1) * m)]);
    this.#place = place;
    this.parameters = start.slice();
    this.#compute(0, this.#known);
  }

  get outputs(): Rows {
    return this.#known[this.#known.length - 1].a;
  }

  /** The displayed loss over these samples, penalty included. */
  get loss(): number {
    return this.#lossOf(this.#known);
  }

  /**
   * The loss with a parameter moved, and whether no kink lies between.
   *
   * @param layer that it belongs to: those above it are as they are
   */
  moved(layer: number, index: number, by: number): { readonly loss: number; isNear: boolean } {
    const { parameters } = this;
    const before = parameters[index];
    const signBefore = Math.sign(before);
    parameters[index] = before + by;
    const values = this.#known.slice(0, layer);
    this.#compute(layer, values);
    const loss = this.#lossOf(values);
    const isSameSign = Math.sign(parameters[index]) === signBefore;
    parameters[index] = before;
    const isNear =
      values.every(({ side }, i) => side === this.#known[i].side) &&
      this.#residualSides(values) === this.#residualSides(this.#known) &&
      (this.#network.regularization.l1 === 0 || isSameSign);
    return { loss, isNear };
  }

  #compute(from: number, values: LayerValues[]): void {
    const { layers } = this.#network;
    for (let i = from; i < layers.length; i++) {
      const shape = this.#shapes.layers[i];
      const sources = shape.sources.map(source => (source < 0 ? this.#input : values[source].a));
      const sides = new Sides();
      const z = this.#weighted(i, layers[i], shape, sources, sides);
      values[i] = { z, a: this.#activated(layers[i], z, sides), side: sides.value };
    }
  }

  #weighted(i: number, layer: Layer, shape: LayerShape, sources: Rows[], sides: Sides): Rows {
    const [x] = sources;
    switch (layer.type) {
      case 'dense':
        return x.map(row => this.#dense(this.#places[i], shape, row));
      case 'conv2d':
        return x.map(row => this.#convolve(this.#places[i], shape, row));
      case 'maxPool2d':
      case 'averagePool2d':
        return x.map(row => pool(layer.type, shape.window as WindowShape, row, sides));
      case 'batchNorm':
        return this.#normalise(this.#places[i], layer, shape, x);
      case 'dropout':
        return this.#drop(i, layer.rate, x);
      case 'add':
        return x.map((_, r) =>
          x[r].map((__, j) => sources.reduce((sum, rows) => sum + rows[r][j], 0)),
        );
      case 'concat':
        return x.map((_, r) => sources.flatMap(rows => rows[r]));
      case 'flatten':
        return x;
    }
  }

  #activated({ activation }: Layer, z: Rows, sides: Sides): Rows {
    if (activation === 'softmax') return z.map(plainSoftmax);
    if (BENT.has(activation)) z.forEach(row => row.forEach(value => sides.add(Math.sign(value))));
    return z.map(row => row.map(plainActivations[activation]));
  }

  #dense({ weights, bias }: Place, { rows, columns }: LayerShape, x: readonly number[]): number[] {
    const { parameters: w } = this;
    return Array.from({ length: rows }, (_, j) => {
      let sum = bias < 0 ? 0 : w[bias + j];
      for (let k = 0; k < columns; k++) sum += w[weights + j * columns + k] * x[k];
      return sum;
    });
  }

  #convolve(
    { weights, bias }: Place,
    { columns, window }: LayerShape,
    x: readonly number[],
  ): number[] {
    const w = this.parameters;
    const { source, target, width } = window as WindowShape;
    const filters = Array.from({ length: target.channels }, (_, f) => f);
    return placesOver(window as WindowShape).flatMap(seen =>
      filters.map(f => {
        let sum = bias < 0 ? 0 : w[bias + f];
        for (const { at, row, column } of seen)
          for (let c = 0; c < source.channels; c++) {
            const k = (row * width + column) * source.channels + c;
            sum += w[weights + f * columns + k] * x[at * source.channels + c];
          }
        return sum;
      }),
    );
  }

  #normalise(place: Place, { epsilon }: BatchNormLayer, { rows: n }: LayerShape, x: Rows): Rows {
    const w = this.parameters;
    const features = Array.from({ length: n }, (_, f) => {
      const values = x.flatMap(row => row.filter((__, j) => j % n === f));
      if (!this.#place || values.length < 2) return [w[place.mean + f], w[place.variance + f]];
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return [mean, values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length];
    });
    return x.map(row =>
      row.map((value, j) => {
        const [mean, variance] = features[j % n];
        const shift = place.bias < 0 ? 0 : w[place.bias + (j % n)];
        return (
          (w[place.weights + (j % n)] * (value - mean)) / Math.sqrt(variance + epsilon) + shift
        );
      }),
    );
  }

  #drop(layer: number, rate: number, x: Rows): Rows {
    if (!this.#place) return x;
    const units = x[0].length;
    const factors = new Float64Array(x.length * units);
    writeFactors(factors, this.#place, layer, rate, x.length, units);
    return x.map((row, r) => row.map((value, j) => value * factors[r * units + j]));
  }

  #lossOf(values: readonly LayerValues[]): number {
    const { loss } = this.#network;
    const { z, a } = values[values.length - 1];
    const all = this.#targets.reduce((sum, y, r) => sum + plainLoss(loss, z[r], a[r], y), 0);
    const m = this.#targets.length;
    const divisor = { sum: 1, mean: m, meanAll: m * this.#shapes.outputSize }[loss.reduction];
    return all / divisor + this.#penalty(m);
  }

  #penalty(m: number): number {
    const { l1, l2, scale, bias } = this.#network.regularization;
    let sum = 0;
    this.#places.forEach(({ weights, bias: start }, i) => {
      const { rows, columns } = this.#shapes.layers[i];
      const add = (from: number, count: number): void => {
        for (const w of this.parameters.subarray(from, from + count))
          sum += l2 * w * w + l1 * Math.abs(w);
      };
      add(weights, rows * columns);
      if (bias && start >= 0) add(start, rows);
    });
    return sum * { 'lambda/2m': 1 / (2 * m), 'lambda/2': 1 / 2, lambda: 1 }[scale];
  }

  #residualSides(values: readonly LayerValues[]): number {
    const sides = new Sides();
    const { a } = values[values.length - 1];
    this.#targets.forEach((row, r) =>
      row.forEach((y, j) => sides.add(lossSide(this.#network.loss, a[r][j], y))),
    );
    return sides.value;
  }
}

/** A layer behind the other: weights, biases, running means and variances. */
function placesOf({ layers }: Network, shapes: NetworkShapes): Place[] {
  let at = 0;
  const take = (count: number): number => (at += count) - count;
  return layers.map((layer, i) => {
    const { rows, columns } = shapes.layers[i];
    const weights = take(rows * columns);
    const bias = hasParameters(layer) && layer.useBias ? take(rows) : -1;
    const isNorm = layer.type === 'batchNorm';
    return {
      ...{ weights, bias },
      mean: isNorm ? take(rows) : -1,
      variance: isNorm ? take(rows) : -1,
    };
  });
}

interface Seen {
  /** Pixel of the image, and where it stands in the window. */
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

/** For each place of a window the pixels that it sees. */
function placesOver({ source, target, ...window }: WindowShape): Seen[][] {
  const { height, width, strideY, strideX, top, left } = window;
  return Array.from({ length: target.height * target.width }, (_, place) => {
    const seen: Seen[] = [];
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const y = Math.floor(place / target.width) * strideY - top + row;
        const x = (place % target.width) * strideX - left + column;
        const isInside = y >= 0 && y < source.height && x >= 0 && x < source.width;
        if (isInside) seen.push({ at: y * source.width + x, row, column });
      }
    return seen;
  });
}

function pool(
  type: 'maxPool2d' | 'averagePool2d',
  window: WindowShape,
  x: readonly number[],
  sides: Sides,
): number[] {
  const { channels } = window.source;
  return placesOver(window).flatMap(seen =>
    Array.from({ length: channels }, (_, c) => {
      const values = seen.map(({ at }) => x[at * channels + c]);
      if (type === 'averagePool2d')
        return values.reduce((a, b) => a + b, 0) / (window.height * window.width);
      const most = Math.max(...values);
      sides.add(values.indexOf(most));
      return most;
    }),
  );
}
