/** Steps of a small network by code of its own. */
import type { Network } from '../../../network/network';
import type { NetworkShapes } from '../../../network/shapes';
import { clips } from '../../clip';
import { reductionFactor } from '../../losses';
import { hasPenalty } from '../../penalty';
import type { Layout } from '../layout';
import * as place from '../shared/places';
import { compileModule, instantiateWith, type Exports, type Memory } from '../webAssembly';
import { compileSmall, type SmallExports } from './compile';
import { isSmall } from './isSmall';

export class SmallSteps {
  readonly #network: Network;
  readonly #layout: Layout;
  readonly #engine: Exports;
  readonly #code: SmallExports;
  readonly #reals: Float64Array;
  readonly #squares: Float32Array;
  /** Whether a step is the plain one, by a single sample. */
  readonly #descends: boolean;

  private constructor(
    network: Network,
    shapes: NetworkShapes,
    layout: Layout,
    memory: Memory,
    engine: Exports,
  ) {
    const { buffer } = memory;
    this.#network = network;
    this.#layout = layout;
    this.#engine = engine;
    const module = compileModule(compileSmall(network, shapes, layout, buffer));
    this.#code = instantiateWith(module, memory) as SmallExports;
    this.#reals = new Float64Array(buffer, layout.header + place.WORD_BYTES, 32);
    this.#squares = new Float32Array(buffer, layout.block, 4);
    const { optimizer, clip } = network.training;
    const isPlain = optimizer.type === 'sgd' && optimizer.momentum === 0;
    // What is clipped is known when all gradients are: it is stored first.
    this.#descends = isPlain && !hasPenalty(network.regularization) && !clips(clip);
  }

  /** Undefined where the network is not small, or its code is not accepted here. */
  static create(
    network: Network,
    shapes: NetworkShapes,
    layout: Layout,
    memory: Memory,
    engine: Exports,
  ): SmallSteps | undefined {
    if (!isSmall(network, shapes)) return undefined;
    return new SmallSteps(network, shapes, layout, memory, engine);
  }

  /**
   * Steps by the samples from `start` to `end` of the order, `most` at most; answers how many. The norm of the last
   * one's gradient is known then.
   */
  train(start: number, end: number, batchSize: number, most: number): number {
    if (batchSize === 1 && this.#descends) return this.#descend(start, Math.min(end - start, most));
    let steps = 0;
    for (let from = start; steps < most && from < end; steps++, from += batchSize) {
      this.#step(from, Math.min(batchSize, end - from));
    }
    return steps;
  }

  #descend(start: number, steps: number): number {
    this.#code.descend(this.#orderAt(start), steps, this.#factor(1));
    const squares = this.#squares;
    this.#reals[place.SQUARED_NORM] = squares[0] + squares[1] + squares[2] + squares[3];
    return steps;
  }

  #step(start: number, rows: number): void {
    const { gradients, parameterBytes } = this.#layout;
    this.#engine.clear(gradients, parameterBytes);
    this.#code.gradients(this.#orderAt(start), rows, this.#factor(rows));
    this.#reals[place.SAMPLES] = rows;
    this.#engine.applyStored();
  }

  #orderAt(index: number): number {
    return this.#layout.data.order + 4 * index;
  }

  #factor(rows: number): number {
    const { layers } = this.#layout;
    return reductionFactor(this.#network.loss.reduction, rows, layers[layers.length - 1].units);
  }
}
