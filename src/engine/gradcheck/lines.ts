/** Numeric derivatives of the displayed loss along a line through all parameters. */
import { reductionFactor } from '../losses';
import { hasPenalty, penaltyScale, penaltyTerm } from '../penalty';
import type { ParameterTable } from '../plan';
import { lossPieces, worse, type Crossing } from './crossings';
import type { Difference } from './differences';
import type { Forward } from './forward';
import type { LayerState } from './layerState';
import { largestOf, type Views } from './windows';

/** One network twice: where it is, and on its way. */
export interface Walk {
  /** At `parameters`. */
  readonly here: Forward;
  readonly parameters: Float64Array;
  /** At `moved`, once it has been computed. */
  readonly there: Forward;
  readonly moved: Float64Array;
  readonly tables: readonly ParameterTable[];
}

export class Lines {
  readonly #walk: Walk;
  readonly #factor: number;
  /** Sample losses at the one end. */
  readonly #losses: Float64Array;
  #crossed: Crossing = 'none';

  constructor(walk: Walk) {
    const { network, samples, targets } = walk.here;
    this.#walk = walk;
    this.#factor = reductionFactor(network.loss.reduction, samples, targets[0].length);
    this.#losses = new Float64Array(samples);
  }

  /** (C(θ + hv) − C(θ − hv)) / 2h; error O(h²) */
  central(v: Float64Array, h: number): Difference {
    this.#crossed = 'none';
    const numeric = this.#change(v, h) / (2 * h);
    return { numeric, crossed: this.#crossed };
  }

  /** (8 (C(θ + hv) − C(θ − hv)) − (C(θ + 2hv) − C(θ − 2hv))) / 12h; error O(h⁴) */
  fivePoint(v: Float64Array, h: number): Difference {
    this.#crossed = 'none';
    const numeric = (8 * this.#change(v, h) - this.#change(v, 2 * h)) / (12 * h);
    return { numeric, crossed: this.#crossed };
  }

  /** C(θ + hv) − C(θ − hv), sample by sample so that large losses do not swallow small changes. */
  #change(v: Float64Array, h: number): number {
    const { there } = this.#walk;
    this.#go(v, h);
    for (let s = 0; s < there.samples; s++) this.#losses[s] = there.sampleLoss(s);
    this.#go(v, -h);
    let sum = 0;
    for (let s = 0; s < there.samples; s++) sum += this.#losses[s] - there.sampleLoss(s);
    return this.#factor * sum + this.#penaltyChange(v, h);
  }

  #go(v: Float64Array, h: number): void {
    const { here, parameters, there, moved } = this.#walk;
    for (let i = 0; i < moved.length; i++) moved[i] = parameters[i] + h * v[i];
    there.compute();
    this.#crossed = worse(this.#crossed, crossedBetween(here, there));
  }

  #penaltyChange(v: Float64Array, h: number): number {
    const { here, parameters, tables } = this.#walk;
    const { regularization } = here.network;
    if (!hasPenalty(regularization)) return 0;
    const scale = penaltyScale(regularization, here.samples);
    let sum = 0;
    for (const { penalised, offset, length } of tables) {
      if (!penalised) continue;
      for (let i = offset; i < offset + length; i++) {
        const [w, shift] = [parameters[i], h * v[i]];
        if (regularization.l1 !== 0 && shift !== 0 && Math.abs(w) <= Math.abs(shift))
          this.#crossed = 'kink';
        sum +=
          penaltyTerm(regularization, scale, w + shift) -
          penaltyTerm(regularization, scale, w - shift);
      }
    }
    return sum;
  }
}

/** The worst place where two pieces of a function meet that lies between two moments of a network. */
function crossedBetween(here: Forward, there: Forward): Crossing {
  let crossed: Crossing = 'none';
  here.layers.forEach((from, index) => {
    if (!here.reached[index]) return;
    const to = there.layers[index];
    if (from.crossing !== 'none' && haveSignsChanged(from, to))
      crossed = worse(crossed, from.crossing);
    if (from.kind === 'largest' && haveWinnersChanged(here, there, from)) crossed = 'kink';
  });
  const { type } = here.network.loss;
  const { crossing } = lossPieces[type];
  return crossing !== 'none' && havePiecesChanged(here, there) ? worse(crossed, crossing) : crossed;
}

function haveSignsChanged(from: LayerState, to: LayerState): boolean {
  for (let i = 0; i < from.z.length; i++) if (from.z[i] > 0 !== to.z[i] > 0) return true;
  return false;
}

/** Whether another value of a window than before is the largest. */
function haveWinnersChanged(here: Forward, there: Forward, layer: LayerState): boolean {
  const views = layer.views as Views;
  for (let s = 0; s < here.samples; s++) {
    const before = here.outputOf(layer.sources[0], s);
    const after = there.outputOf(layer.sources[0], s);
    for (let j = 0; j < layer.units; j++) {
      const winner = largestOf(views, j, index => before[index]);
      if (winner !== largestOf(views, j, index => after[index])) return true;
    }
  }
  return false;
}

function havePiecesChanged(here: Forward, there: Forward): boolean {
  const { piece } = lossPieces[here.network.loss.type];
  const last = here.layers.length - 1;
  return here.targets.some((y, s) => {
    const [before, after] = [here.outputOf(last, s), there.outputOf(last, s)];
    return y.some((target, j) => piece(before[j] - target) !== piece(after[j] - target));
  });
}
