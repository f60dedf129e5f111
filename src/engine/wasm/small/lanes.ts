/**
 * Batches of a small network as machine code: a vector holds one neuron of four samples.
 *
 * Nothing crosses the lanes but the samples themselves, when they come, and δ, before it meets the inputs; everything
 * between is one number of a weight times many of samples. Up to sixteen samples pass at once. Where V8 has a long way
 * without a branch before it, it reads everything first and runs out of registers: so the innermost steps are loops.
 */
import type { Network } from '../../../network/network';
import type { Layout, WeightedBuffers } from '../layout';
import {
  add,
  addI32,
  FunctionCode,
  i32,
  isLess,
  load,
  loadAsF32,
  loadSplat,
  multiply,
  multiplyI32,
  smallerI32,
  splat,
  store,
  subtract,
  subtractI32,
  type Code,
} from './code';
import type { Constants } from './constants';
import { ruleOf } from './functions';
import { activate, outputDelta } from './lanesFunctions';
import { gather, range, turn, type Lanes } from './lanesMoves';
import type { LanesRoom } from './lanesRoom';
import type { SmallNetwork } from './smallNetwork';
import { vectorIndices, weightAddress } from './vectors';

/** Inputs whose gradients are added up together. */
const INPUTS_AT_ONCE = 4;

/** An int32 that may change. */
type Integer = ReturnType<FunctionCode['integer']>;
type Vector = ReturnType<FunctionCode['variable']>;

/** Numbers from `start` to before `end`, `step` at a time. */
const stretches = (end: number, step: number): number[][] =>
  range(Math.ceil(end / step)).map(n =>
    range(Math.min(step, end - n * step)).map(i => n * step + i),
  );

export class LanesCode {
  readonly #network: Network;
  readonly #layout: Layout;
  readonly #room: LanesRoom;
  readonly #constants: Constants;
  readonly #lanes: Lanes;
  readonly #descends: boolean;
  readonly #sizes: { readonly inputs: number; readonly outputs: number };
  readonly #f: FunctionCode;
  readonly #order: Integer;
  /** Of the batch that have not passed yet. */
  readonly #rows: Integer;
  readonly #factor: Code;
  readonly #rates: readonly Code[];
  readonly #trace: Vector;
  readonly #squares: Vector;

  /**
   * The parameters of the function: where the order of samples begins, samples of a step, how many steps where it
   * descends, and the factor of the reduction.
   *
   * @param descends whether each step is one of plain gradient descent and all its samples pass at once; else the
   * gradients of a single step are added to those that stand in their place
   */
  constructor(
    { network, shapes, layout, lanes, constants, fuses }: SmallNetwork,
    descends: boolean,
  ) {
    this.#network = network;
    this.#layout = layout;
    this.#room = lanes;
    this.#constants = constants;
    this.#descends = descends;
    this.#sizes = { inputs: shapes.inputSize, outputs: shapes.outputSize };
    const f = (this.#f = new FunctionCode(descends ? 4 : 3, fuses));
    this.#lanes = { f, c: constants, room: lanes, stride: 16 * lanes.vectors };
    this.#order = f.integer(f.parameter(0));
    this.#rows = f.integer(f.parameter(1));
    this.#factor = f.keep(splat(f.parameter(descends ? 3 : 2)));
    this.#trace = f.variable(load(i32(layout.trace)));
    this.#rates = descends
      ? layout.weighted.map(({ rate }) => f.keep(splat(loadAsF32(i32(rate)))))
      : [];
    this.#squares = f.variable(constants.of(0));
  }

  make(): FunctionCode {
    const f = this.#f;
    if (this.#descends) this.#steps();
    else this.#passes();
    f.do(store(i32(this.#layout.trace), this.#trace.get));
    if (this.#descends) f.do(store(i32(this.#layout.block), this.#squares.get));
    return f;
  }

  #steps(): void {
    const f = this.#f;
    const left = f.integer(f.parameter(2));
    f.repeat(
      () => {
        this.#squares.set(this.#constants.of(0));
        this.#pass(this.#rows.get);
        this.#order.set(addI32(this.#order.get, multiplyI32(this.#rows.get, i32(4))));
        left.set(subtractI32(left.get, i32(1)));
      },
      () => left.get,
    );
  }

  #passes(): void {
    const f = this.#f;
    const most = 4 * this.#room.vectors;
    f.repeat(
      () => {
        const now = f.integer(smallerI32(this.#rows.get, i32(most)));
        this.#pass(now.get);
        this.#order.set(addI32(this.#order.get, multiplyI32(now.get, i32(4))));
        this.#rows.set(subtractI32(this.#rows.get, now.get));
      },
      () => this.#rows.get,
    );
  }

  /** Forward and backward for `rows` samples, as many as there is room for at most. */
  #pass(rows: Code): void {
    const lanes = this.#lanes;
    const { values, targets, deltas } = this.#room;
    const { data, weighted, targets: own } = this.#layout;
    const { inputs, outputs } = this.#sizes;
    const { loss, layers } = this.#network;
    const last = weighted.length - 1;
    const order = this.#order.get;
    gather(lanes, order, rows, data.inputs, data.inputStride, inputs, values[0]);
    gather(lanes, order, rows, data.targets, own.stride, outputs, targets);
    weighted.forEach((layer, l) => {
      this.#forward(layer, values[l], values[l + 1], l === last);
      activate(lanes, layers[l].activation, values[l + 1], layer.panels.units);
    });
    const { activation } = layers[last];
    outputDelta(lanes, loss, activation, values[last + 1], deltas[last], outputs, this.#factor);
    for (let l = last; l >= 0; l--) {
      if (l > 0) this.#backward(weighted[l], deltas[l], l - 1);
      turn(lanes, deltas[l], weighted[l].panels.units);
      this.#learn(weighted[l], values[l], rows, this.#rates[l]);
    }
  }

  /** Neurons that are computed side by side, in registers for all vectors of each. */
  get #sideBySide(): number {
    return this.#room.vectors > 2 ? 2 : 4;
  }

  /** Sums for some neurons and all vectors. */
  #sums(neurons: readonly number[], start: (neuron: number) => Code): Vector[][] {
    return neurons.map(j => range(this.#room.vectors).map(() => this.#f.variable(start(j))));
  }

  /** sum[n][v] += weight n × vector v of what stands at `at` */
  #addProducts(sums: readonly Vector[][], at: Code, weights: readonly Code[]): void {
    const f = this.#f;
    const kept = weights.map(weight => f.keep(weight));
    for (const v of range(this.#room.vectors)) {
      const vector = f.keep(load(at, 16 * v));
      for (const [n, sum] of sums.entries()) sum[v].set(add(sum[v].get, multiply(vector, kept[n])));
    }
  }

  /** z = b + Σ x_k w_k */
  #forward({ bias, panels }: WeightedBuffers, x: number, z: number, isLast: boolean): void {
    const f = this.#f;
    const { units, inputs, width } = panels;
    for (const neurons of stretches(units, this.#sideBySide)) {
      const [first] = neurons;
      const sums = this.#sums(neurons, j => loadSplat(i32(bias + 4 * j)));
      const start = weightAddress(panels, 0, first >> 2) + 4 * (first & 3);
      const [from, weight] = [f.integer(i32(x)), f.integer(i32(start))];
      f.repeat(
        () => {
          const weights = neurons.map((_, n) => loadSplat(weight.get, 4 * n));
          this.#addProducts(sums, from.get, weights);
          from.set(addI32(from.get, i32(this.#lanes.stride)));
          weight.set(addI32(weight.get, i32(4 * width)));
        },
        () => isLess(from.get, i32(x + inputs * this.#lanes.stride)),
      );
      for (const [n, sum] of sums.entries())
        for (const [v, { get }] of sum.entries()) {
          f.do(store(i32(z + neurons[n] * this.#lanes.stride + 16 * v), get));
          if (isLast) this.#trace.set(add(this.#trace.get, multiply(get, this.#constants.of(0))));
        }
    }
  }

  /** ∂C/∂z of layer l from that of the next: Σ_j δ_j w_jk f′. */
  #backward({ panels }: WeightedBuffers, delta: number, l: number): void {
    const f = this.#f;
    const { values, deltas } = this.#room;
    const { inputs, units, width } = panels;
    const { slope } = ruleOf(this.#network.layers[l].activation);
    for (const neurons of stretches(inputs, this.#sideBySide)) {
      const sums = this.#sums(neurons, () => this.#constants.of(0));
      for (const [first, ...rest] of stretches(units, width)) {
        const from = f.integer(i32(delta + first * this.#lanes.stride));
        const weight = f.integer(i32(weightAddress(panels, neurons[0], first >> 2)));
        f.repeat(
          () => {
            const weights = neurons.map((_, n) => loadSplat(weight.get, 4 * width * n));
            this.#addProducts(sums, from.get, weights);
            from.set(addI32(from.get, i32(this.#lanes.stride)));
            weight.set(addI32(weight.get, i32(4)));
          },
          () => isLess(from.get, i32(delta + (first + rest.length + 1) * this.#lanes.stride)),
        );
      }
      for (const [n, sum] of sums.entries())
        for (const [v, { get }] of sum.entries()) {
          const at = neurons[n] * this.#lanes.stride + 16 * v;
          const a = f.keep(load(i32(values[l + 1] + at)));
          f.do(store(i32(deltas[l] + at), slope(this.#constants, get, a)));
        }
    }
  }

  /** w −= rate Σ δ x over the rows, or gradient += Σ δ x. */
  #learn({ bias, panels }: WeightedBuffers, x: number, rows: Code, rate: Code): void {
    const f = this.#f;
    const { turned } = this.#room;
    const quads = vectorIndices(panels.units);
    const stride = 16 * quads.length;
    const length = f.integer(multiplyI32(rows, i32(stride))).get;
    for (const q of quads)
      for (const inputs of stretches(panels.inputs, INPUTS_AT_ONCE)) {
        const sums = inputs.map(() => f.variable(this.#constants.of(0)));
        const biasSum =
          panels.useBias && inputs[0] === 0 ? f.variable(this.#constants.of(0)) : undefined;
        const [from, row] = [f.integer(i32(0)), f.integer(i32(0))];
        f.repeat(
          () => {
            const delta = f.keep(load(from.get, turned + 16 * q));
            for (const [n, sum] of sums.entries()) {
              const value = loadSplat(row.get, x + inputs[n] * this.#lanes.stride);
              sum.set(add(sum.get, multiply(delta, value)));
            }
            biasSum?.set(add(biasSum.get, delta));
            from.set(addI32(from.get, i32(stride)));
            row.set(addI32(row.get, i32(4)));
          },
          () => isLess(from.get, length),
        );
        for (const [n, { get }] of sums.entries())
          this.#change(weightAddress(panels, inputs[n], q), get, rate);
        if (biasSum) this.#change(bias + 16 * q, biasSum.get, rate);
      }
  }

  #change(address: number, gradient: Code, rate: Code): void {
    const f = this.#f;
    if (this.#descends) {
      const place = i32(address);
      f.do(store(place, subtract(load(place), multiply(rate, gradient))));
      this.#squares.set(add(this.#squares.get, multiply(gradient, gradient)));
      return;
    }
    const { gradients, parameters } = this.#layout;
    const place = i32(address + gradients - parameters);
    f.do(store(place, add(load(place), gradient)));
  }
}
