/**
 * Steps of a small network as machine code, sample by sample: a vector holds four neurons of a layer. The weights lie
 * where the general engine has them (panels.ts), so both can work on them by turns.
 */
import type { ActivationName, Network } from '../../../network/network';
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
import type { Constants } from './constants';
import type { SmallNetwork } from './smallNetwork';
import { vectorIndices, vectorsAt, weightAddress } from './vectors';

/** Vectors of parameters that are kept in registers over all steps. */
const MOST_HELD = 12;

/** By pairs, for a short way from the last to the sum. */
function sum(terms: readonly Code[]): Code {
  if (terms.length === 1) return terms[0];
  const half = terms.length >> 1;
  return add(sum(terms.slice(0, half)), sum(terms.slice(half)));
}

/** Where a vector of parameters is: in memory, or in a register over all samples. */
interface Held {
  readonly address: Code;
  readonly register: { readonly get: Code; set(next: Code): void } | undefined;
}

/** Steps sample by sample; a vector holds four neurons of a layer. */
export class NeuronsCode {
  readonly #network: Network;
  readonly #shapes: NetworkShapes;
  readonly #layout: Layout;
  readonly #constants: Constants;
  readonly #descends: boolean;
  readonly #f: FunctionCode;
  readonly #held = new Map<number, Held>();

  constructor({ network, shapes, layout, constants, fuses }: SmallNetwork, descends: boolean) {
    this.#f = new FunctionCode(3, fuses);
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
    f.while(isLess(order.get, end.get), () => {
      const sample = f.integer(loadI32(order.get));
      order.set(addI32(order.get, i32(4)));
      this.#sample(sample.get, factor, rates, trace, squares);
    });
    f.do(store(i32(this.#layout.trace), trace.get));
    if (!this.#descends) return f;
    f.do(store(i32(this.#layout.block), squares.get));
    for (const { address, register } of this.#held.values()) {
      if (register) f.do(store(address, register.get));
    }
    return f;
  }

  /** Forward and backward. */
  #sample(
    sample: Code,
    factor: Code,
    rates: readonly Code[],
    trace: { readonly get: Code; set(next: Code): void },
    squares: { set(next: Code): void },
  ): void {
    const f = this.#f;
    const c = this.#constants;
    const { weighted, data, targets } = this.#layout;
    const { loss, layers } = this.#network;
    const last = weighted.length - 1;
    const { activation, units } = layers[last];
    const values = [this.#row(sample, data.inputs, data.inputStride, this.#shapes.inputSize)];
    const wanted = this.#row(sample, data.targets, targets.stride, this.#shapes.outputSize);
    weighted.forEach((layer, l) => {
      const z = this.#forward(layer, values[l]);
      if (l === last) {
        for (const vector of z) trace.set(add(trace.get, multiply(vector, c.of(0))));
      }
      const { activation: own, units: width } = layers[l];
      values.push(activate(f, c, own, z, width));
    });
    let delta = outputDelta(f, c, loss, activation, values[last + 1], wanted, factor, units);
    const norms: Code[] = [];
    for (let l = last; l >= 0; l--) {
      const before =
        l > 0 ? this.#backward(weighted[l], delta, layers[l - 1].activation, values[l]) : [];
      if (this.#descends) norms.push(this.#norm(weighted[l], values[l], delta));
      this.#learn(weighted[l], values[l], delta, rates[l]);
      if (l > 0) delta = before;
    }
    if (this.#descends) squares.set(norms.reduce(add));
  }

  #row(sample: Code, start: number, stride: number, count: number): Code[] {
    const address = this.#f.integer(addI32(i32(start), multiplyI32(sample, i32(stride)))).get;
    return vectorsAt(this.#f, address, count);
  }

  /** z = b + Σ x_k w_k */
  #forward({ bias, panels }: WeightedBuffers, x: readonly Code[]): Code[] {
    const f = this.#f;
    const spread = this.#spread(x, panels.inputs);
    return vectorIndices(panels.units).map(q => {
      const products = spread.map((value, k) =>
        multiply(value, this.#read(weightAddress(panels, k, q))),
      );
      return f.keep(sum([this.#read(bias + 16 * q), ...products]));
    });
  }

  /** ∂C/∂z of the layer below: f′(z_k) Σ_j δ_j w_jk, four k at a time. */
  #backward(
    { panels }: WeightedBuffers,
    delta: readonly Code[],
    activation: ActivationName,
    a: readonly Code[],
  ): Code[] {
    const f = this.#f;
    const c = this.#constants;
    const { inputs, units } = panels;
    const weight = (k: number, q: number): Code =>
      k < inputs ? this.#read(weightAddress(panels, k, q)) : c.of(0);
    const fours = vectorIndices(inputs).map(g => [0, 1, 2, 3].map(i => 4 * g + i));
    const first = (x: Code, y: Code): Code => shuffle(x, y, [0, 4, 1, 5]);
    if (units === 1) {
      // There is nothing to add up: weights and f′ can come together before δ is known.
      const rows = fours.map(([i, j, k, l]) =>
        f.keep(first(first(weight(i, 0), weight(k, 0)), first(weight(j, 0), weight(l, 0)))),
      );
      const shares = slope(f, c, activation, rows, a);
      const spread = f.keep(shuffle(delta[0], delta[0], [0, 0, 0, 0]));
      return shares.map(share => f.keep(multiply(spread, share)));
    }
    const products = (k: number): Code =>
      f.keep(sum(delta.map((vector, q) => multiply(vector, weight(k, q)))));
    const pairs = (x: Code, y: Code): Code => f.keep(add(first(x, y), shuffle(x, y, [2, 6, 3, 7])));
    const sums = fours.map(four => {
      const [i, j, k, l] = four.map(products);
      const [ij, kl] = [pairs(i, j), pairs(k, l)];
      return f.keep(add(shuffle(ij, kl, [0, 1, 4, 5]), shuffle(ij, kl, [2, 3, 6, 7])));
    });
    return slope(f, c, activation, sums, a);
  }

  /** w −= rate δ x at once, or gradient += δ x. */
  #learn(
    { bias, panels }: WeightedBuffers,
    inputs: readonly Code[],
    delta: readonly Code[],
    rate: Code,
  ): void {
    const f = this.#f;
    const spread = this.#spread(inputs, panels.inputs);
    const change = (address: number, share: Code): void =>
      this.#descends
        ? this.#write(address, subtract(this.#read(address), share))
        : this.#addGradient(address, share);
    // x is known long before δ.
    const steps = this.#descends ? spread.map(x => f.keep(multiply(x, rate))) : spread;
    for (const q of vectorIndices(panels.units)) {
      for (const [k, step] of steps.entries())
        change(weightAddress(panels, k, q), multiply(step, delta[q]));
      if (panels.useBias)
        change(bias + 16 * q, this.#descends ? multiply(rate, delta[q]) : delta[q]);
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
