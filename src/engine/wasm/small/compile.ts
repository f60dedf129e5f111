/**
 * A small network as machine code of its own: one function whose numbers stay in registers, made for this network alone.
 *
 * In a network of some neurons most of a step is finding out what to do next. Here nothing is left to find out: sizes,
 * addresses and functions are constants of the code. A vector holds four neurons of a layer; the weights lie where the
 * general engine has them (panels.ts), so both can work on them by turns.
 */
import type { Network } from '../../../network/network';
import type { NetworkShapes } from '../../../network/shapes';
import type { WeightedBuffers, Layout } from '../layout';
import {
  add,
  addI32,
  FunctionCode,
  i32,
  isLess,
  load,
  loadAsF32,
  loadI32,
  moduleBytes,
  multiply,
  multiplyI32,
  select,
  shuffle,
  splat,
  store,
  subtract,
  type Code,
} from './code';
import { activate, outputDelta, slope, sumOfAll } from './functions';
import { vectorIndices, vectorsAt, weightAddress } from './vectors';
import { CONSTANT_BYTES, Constants } from './constants';

/** Vectors of parameters that are kept in registers over all steps. */
const MOST_HELD = 12;

/** What the module exports. Orders are addresses of sample indices. */
export interface SmallExports {
  /** Adds the gradients of `rows` samples to those that stand in their place; `factor` of the reduction. */
  gradients(order: number, rows: number, factor: number): void;
  /**
   * A step of plain gradient descent for each of `steps` samples. Behind it the four numbers at `layout.block` add up to
   * the squared norm of the last step's gradient.
   */
  descend(order: number, steps: number, factor: number): void;
}

/** @param network that is small; writes its constants into the memory */
export function compileSmall(
  network: Network,
  shapes: NetworkShapes,
  layout: Layout,
  buffer: ArrayBuffer,
): Uint8Array {
  const constants = new Constants(layout.constants, CONSTANT_BYTES);
  const make = (descends: boolean): FunctionCode =>
    new SmallCode(network, shapes, layout, constants, descends).make();
  const parameters = ['i32', 'i32', 'f32'] as const;
  const bytes = moduleBytes({
    gradients: { parameters, code: make(false) },
    descend: { parameters, code: make(true) },
  });
  constants.write(buffer);
  return bytes;
}

/** Samples of a batch that are computed by turns. */
const SIDE_BY_SIDE = 2;

/** Where a vector of parameters is: in memory, or in a register over all samples. */
interface Held {
  readonly address: Code;
  readonly register: { readonly get: Code; set(next: Code): void } | undefined;
}

class SmallCode {
  readonly #network: Network;
  readonly #shapes: NetworkShapes;
  readonly #layout: Layout;
  readonly #constants: Constants;
  readonly #descends: boolean;
  readonly #f = new FunctionCode(3);
  readonly #held = new Map<number, Held>();

  constructor(
    network: Network,
    shapes: NetworkShapes,
    layout: Layout,
    constants: Constants,
    descends: boolean,
  ) {
    this.#network = network;
    this.#shapes = shapes;
    this.#layout = layout;
    this.#constants = constants;
    this.#descends = descends;
  }

  make(): FunctionCode {
    const f = this.#f;
    const order = f.integer(f.parameter(0));
    const end = f.integer(addI32(f.parameter(0), multiplyI32(f.parameter(1), i32(4))));
    const factor = f.keep(splat(f.parameter(2)));
    const trace = f.variable(load(i32(this.#layout.trace)));
    const rates = this.#layout.weighted.map(({ rate }) => f.keep(splat(loadAsF32(i32(rate)))));
    if (this.#descends) this.#holdParameters();
    const squares = f.variable(this.#constants.of(0));
    const next = (): Code => {
      const sample = f.integer(loadI32(order.get));
      order.set(addI32(order.get, i32(4)));
      return sample.get;
    };
    /** As long as so many samples are left. */
    const whileLeft = (count: number): void =>
      f.while(isLess(addI32(order.get, i32(4 * (count - 1))), end.get), () => {
        const samples = Array.from({ length: count }, next);
        this.#samples(samples, factor, rates, trace, squares);
      });
    if (!this.#descends) whileLeft(SIDE_BY_SIDE);
    whileLeft(1);
    f.do(store(i32(this.#layout.trace), trace.get));
    if (!this.#descends) return f;
    f.do(store(i32(this.#layout.block), squares.get));
    for (const { address, register } of this.#held.values()) {
      if (register) f.do(store(address, register.get));
    }
    return f;
  }

  /**
   * Forward and backward for some samples by turns, layer by layer: while the processor waits for the function of one,
   * it computes the next.
   */
  #samples(
    samples: readonly Code[],
    factor: Code,
    rates: readonly Code[],
    trace: { readonly get: Code; set(next: Code): void },
    squares: { set(next: Code): void },
  ): void {
    const f = this.#f;
    const c = this.#constants;
    const { weighted } = this.#layout;
    const { loss, layers } = this.#network;
    const last = weighted.length - 1;
    const { activation, units } = layers[last];
    const { inputs, targets } = this.#vectorsOf(samples);
    /** By layer, of every sample. */
    const values: (readonly Code[])[][] = [inputs];
    weighted.forEach((layer, l) => {
      const z = values[l].map(x => this.#forward(layer, x));
      if (l === last) {
        for (const vector of z.flat()) trace.set(add(trace.get, multiply(vector, c.of(0))));
      }
      const { activation: own, units: width } = layers[l];
      values.push(z.map(vectors => activate(f, c, own, vectors, width)));
    });
    let deltas = values[last + 1].map((a, i) =>
      outputDelta(f, c, loss, activation, a, targets[i], factor, units),
    );
    const norms: Code[] = [];
    for (let l = last; l >= 0; l--) {
      const before = l > 0 ? deltas.map(delta => this.#backward(weighted[l], delta)) : [];
      if (this.#descends) norms.push(this.#norm(weighted[l], values[l][0], deltas[0]));
      this.#learn(weighted[l], values[l], deltas, rates[l]);
      deltas = before.map((g, i) => slope(f, c, layers[l - 1].activation, g, values[l][i]));
    }
    if (this.#descends) squares.set(norms.reduce(add));
  }

  #vectorsOf(samples: readonly Code[]): { inputs: Code[][]; targets: Code[][] } {
    const f = this.#f;
    const { data, targets } = this.#layout;
    const rows = (start: number, stride: number, count: number): Code[][] =>
      samples.map(sample => {
        const address = f.integer(addI32(i32(start), multiplyI32(sample, i32(stride)))).get;
        return vectorsAt(f, address, count);
      });
    return {
      inputs: rows(data.inputs, data.inputStride, this.#shapes.inputSize),
      targets: rows(data.targets, targets.stride, this.#shapes.outputSize),
    };
  }

  /** z = b + Σ x_k w_k */
  #forward({ bias, panels }: WeightedBuffers, x: readonly Code[]): Code[] {
    const f = this.#f;
    const spread = this.#spread(x, panels.inputs);
    return vectorIndices(panels.units).map(q =>
      f.keep(
        spread.reduce(
          (sum, value, k) => add(sum, multiply(value, this.#read(weightAddress(panels, k, q)))),
          this.#read(bias + 16 * q),
        ),
      ),
    );
  }

  /** ∂C/∂x = Σ_j δ_j w_jk, four k at a time. */
  #backward({ panels }: WeightedBuffers, delta: readonly Code[]): Code[] {
    const f = this.#f;
    const { inputs } = panels;
    const products = (k: number): Code =>
      k < inputs
        ? f.keep(
            delta
              .map((vector, q) => multiply(vector, this.#read(weightAddress(panels, k, q))))
              .reduce(add),
          )
        : this.#constants.of(0);
    return vectorIndices(inputs).map(g => {
      const [a, b, c, d] = [0, 1, 2, 3].map(i => products(4 * g + i));
      const pairs = (x: Code, y: Code): Code =>
        f.keep(add(shuffle(x, y, [0, 4, 1, 5]), shuffle(x, y, [2, 6, 3, 7])));
      const [ab, cd] = [pairs(a, b), pairs(c, d)];
      return f.keep(add(shuffle(ab, cd, [0, 1, 4, 5]), shuffle(ab, cd, [2, 3, 6, 7])));
    });
  }

  /** w −= rate δ x at once, or gradient += Σ δ x over the samples. */
  #learn(
    { bias, panels }: WeightedBuffers,
    inputs: readonly (readonly Code[])[],
    deltas: readonly (readonly Code[])[],
    rate: Code,
  ): void {
    const f = this.#f;
    const spread = inputs.map(x => this.#spread(x, panels.inputs));
    const change = (address: number, share: Code): void =>
      this.#descends
        ? this.#write(address, subtract(this.#read(address), share))
        : this.#addGradient(address, share);
    for (const q of vectorIndices(panels.units)) {
      const scaled = deltas.map(delta =>
        this.#descends ? f.keep(multiply(delta[q], rate)) : delta[q],
      );
      for (let k = 0; k < panels.inputs; k++) {
        const shares = scaled.map((delta, i) => multiply(spread[i][k], delta));
        change(weightAddress(panels, k, q), shares.reduce(add));
      }
      if (panels.useBias) change(bias + 16 * q, scaled.reduce(add));
    }
  }

  /** Σ δ² (Σ x² + 1), in one of the lanes or in all together. */
  #norm({ panels }: WeightedBuffers, x: readonly Code[], delta: readonly Code[]): Code {
    const squared = (vectors: readonly Code[]): Code[] => vectors.map(v => multiply(v, v));
    const clean = x.map((vector, q) => this.#clean(vector, panels.inputs - 4 * q));
    const inputs = sumOfAll(this.#f, squared(clean));
    const all = panels.useBias ? add(inputs, this.#constants.of(1)) : inputs;
    return this.#f.keep(multiply(squared(delta).reduce(add), all));
  }

  /** Without what stands behind the last neuron. */
  #clean(vector: Code, lanes: number): Code {
    if (lanes >= 4) return vector;
    const [zero, mask] = [this.#constants.of(0), this.#constants.mask(lanes)];
    return this.#f.keep(select(vector, zero, mask));
  }

  /** Every number in all lanes. */
  #spread(vectors: readonly Code[], count: number): Code[] {
    return Array.from({ length: count }, (_, k) => {
      const vector = vectors[k >> 2];
      return this.#f.keep(shuffle(vector, vector, [k & 3, k & 3, k & 3, k & 3]));
    });
  }

  #holdParameters(): void {
    const addresses = this.#layout.weighted.flatMap(({ bias, panels }) =>
      vectorIndices(panels.units).flatMap(q => [
        bias + 16 * q,
        ...Array.from({ length: panels.inputs }, (_, k) => weightAddress(panels, k, q)),
      ]),
    );
    if (addresses.length > MOST_HELD) return;
    for (const address of addresses) {
      const place = i32(address);
      this.#held.set(address, { address: place, register: this.#f.variable(load(place)) });
    }
  }

  #read(address: number): Code {
    return this.#held.get(address)?.register?.get ?? load(i32(address));
  }

  #write(address: number, value: Code): void {
    const register = this.#held.get(address)?.register;
    if (register) register.set(value);
    else this.#f.do(store(i32(address), value));
  }

  #addGradient(address: number, share: Code): void {
    const { gradients, parameters } = this.#layout;
    const place = i32(address + gradients - parameters);
    this.#f.do(store(place, add(load(place), share)));
  }
}
