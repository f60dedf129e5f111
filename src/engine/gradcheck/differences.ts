/** Numeric derivatives of the displayed loss by one parameter. */
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../network/network';
import { reductionFactor } from '../losses';
import { penaltyOf, penaltyScale, penaltyTerm } from '../penalty';
import type { ParameterTable } from '../plan';
import type { Crossing } from './crossings';
import type { Forward } from './forward';
import { Perturbation } from './perturbation';
import type { Place } from './places';

export interface Difference {
  readonly numeric: number;
  /** Whether a shift moved some number to another piece of its function. */
  readonly crossed: Crossing;
}

/** One parameter, and what it is. */
export interface Shifted extends Place {
  readonly value: number;
}

export class Differences {
  /** The displayed loss over the checked batch. */
  readonly loss: number;
  readonly #network: Network;
  readonly #perturbation: Perturbation;
  readonly #factor: number;
  readonly #penaltyScale: number;

  constructor(
    forward: Forward,
    dataset: Dataset,
    parameters: Float64Array,
    tables: readonly ParameterTable[],
  ) {
    const { network, samples } = forward;
    const { loss, regularization } = network;
    this.#network = network;
    this.#perturbation = new Perturbation(forward);
    this.#factor = reductionFactor(loss.reduction, samples, dataset.outputSize);
    this.#penaltyScale = penaltyScale(regularization, samples);
    this.loss =
      this.#factor * forward.totalLoss() + penaltyOf(regularization, samples, parameters, tables);
  }

  /** (C(θ + h) − C(θ − h)) / 2h; error O(h²) */
  central(place: Shifted, h: number): Difference {
    this.#perturbation.reset();
    const numeric = this.#change(place, h) / (2 * h);
    return { numeric, crossed: this.#crossed(place, h) };
  }

  /** (8 (C(θ + h) − C(θ − h)) − (C(θ + 2h) − C(θ − 2h))) / 12h; error O(h⁴) */
  fivePoint(place: Shifted, h: number): Difference {
    this.#perturbation.reset();
    const numeric = (8 * this.#change(place, h) - this.#change(place, 2 * h)) / (12 * h);
    return { numeric, crossed: this.#crossed(place, 2 * h) };
  }

  /** C(θ + h) − C(θ − h), sample by sample so that large losses do not swallow small changes. */
  #change({ table, row, column, value }: Shifted, h: number): number {
    const { layer, kind, penalised } = table;
    let sum = 0;
    for (let s = 0; s < this.#perturbation.forward.samples; s++) {
      const at = kind === 'bias' ? -1 : column;
      const more = this.#perturbation.parameterLoss(s, layer, row, at, h);
      if (more === undefined) continue;
      sum += more - (this.#perturbation.parameterLoss(s, layer, row, at, -h) ?? more);
    }
    const data = this.#factor * sum;
    return penalised ? data + this.#penaltyAt(value + h) - this.#penaltyAt(value - h) : data;
  }

  #penaltyAt(w: number): number {
    return penaltyTerm(this.#network.regularization, this.#penaltyScale, w);
  }

  #crossed({ table, value }: Shifted, h: number): Crossing {
    const kinkAtZero = table.penalised && this.#network.regularization.l1 !== 0;
    if (kinkAtZero && Math.abs(value) <= h) return 'kink';
    return this.#perturbation.crossed;
  }
}
