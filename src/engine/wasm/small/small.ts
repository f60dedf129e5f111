/** Steps of a small network by code of its own. */
import type { Network } from '../../../network/network';
import type { NetworkShapes } from '../../../network/shapes';
import { clips } from '../../clip';
import { reductionFactor } from '../../losses';
import { hasPenalty } from '../../penalty';
import type { Layout } from '../layout';
import * as place from '../shared/places';
import type { Room } from '../room';
import type { Exports } from '../webAssembly';
import { smallCode, type SmallCode } from './compile';
import type { LanesRoom } from './lanesRoom';

/** Where it computes. */
type Place = Pick<Room, 'memory' | 'engine'>;

export class SmallSteps {
  readonly #network: Network;
  readonly #layout: Layout;
  readonly #engine: Exports;
  readonly #code: SmallCode;
  readonly #reals: Float64Array;
  readonly #squares: Float32Array;
  /** Whether a step is the plain one. */
  readonly #descends: boolean;
  /** Samples that pass at once, by four of them at a time. */
  readonly #rowsAtOnce: number;

  private constructor(
    network: Network,
    shapes: NetworkShapes,
    layout: Layout,
    { memory, engine }: Place,
    lanes: LanesRoom,
    fuses: boolean,
  ) {
    const { buffer } = memory;
    this.#network = network;
    this.#layout = layout;
    this.#engine = engine;
    this.#code = smallCode(network, shapes, layout, lanes, memory, fuses);
    this.#reals = new Float64Array(buffer, layout.header + place.WORD_BYTES, 32);
    this.#squares = new Float32Array(buffer, layout.block, 4);
    const { optimizer, clip } = network.training;
    const isPlain = optimizer.type === 'sgd' && optimizer.momentum === 0;
    this.#rowsAtOnce = 4 * lanes.vectors;
    // What is clipped is known when all gradients are: it is stored first.
    this.#descends = isPlain && !hasPenalty(network.regularization) && !clips(clip);
  }

  /**
   * Undefined where the network is not small, or its code is not accepted here.
   *
   * @param fuses whether products are fused with sums
   */
  static create(
    network: Network,
    shapes: NetworkShapes,
    layout: Layout,
    room: Place,
    fuses: boolean,
  ): SmallSteps | undefined {
    const { lanes } = layout;
    return lanes && new SmallSteps(network, shapes, layout, room, lanes, fuses);
  }

  /**
   * Steps by the samples from `start` to `end` of the order, `most` at most; answers how many. The norm of the last
   * one's gradient is known then.
   */
  train(start: number, end: number, batchSize: number, most: number): number {
    const whole = Math.min(Math.floor((end - start) / batchSize), most);
    this.#steps(start, batchSize, whole);
    const rest = end - start - whole * batchSize;
    if (whole === most || rest === 0) return whole;
    this.#steps(end - rest, rest, 1);
    return whole + 1;
  }

  /** Steps by `rows` samples each. */
  #steps(start: number, rows: number, steps: number): void {
    if (steps === 0) return;
    if (this.#descends && rows <= this.#rowsAtOnce) this.#descend(start, rows, steps);
    else for (let n = 0; n < steps; n++) this.#step(start + n * rows, rows);
  }

  #descend(start: number, rows: number, steps: number): void {
    const order = this.#orderAt(start);
    if (rows === 1) this.#code.descend(order, steps, this.#factor(1));
    else this.#code.laneDescend(order, rows, steps, this.#factor(rows));
    const squares = this.#squares;
    this.#reals[place.SQUARED_NORM] = squares[0] + squares[1] + squares[2] + squares[3];
  }

  #step(start: number, rows: number): void {
    const { gradients, parameterBytes } = this.#layout;
    this.#engine.clear(gradients, parameterBytes);
    const order = this.#orderAt(start);
    if (rows === 1) this.#code.gradients(order, rows, this.#factor(rows));
    else this.#code.laneGradients(order, rows, this.#factor(rows));
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
