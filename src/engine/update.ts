/** One step of the optimizer, which leaves no number that is not finite and can be undone once. */
import type { Clip, Network, Optimizer } from '../network/network';
import { rateOf } from '../network/rates';
import { isBatchNorm } from './arena';
import { clipGradient } from './clip';
import { findInGradients, findInParameters, type DivergencePlace } from './divergence';
import type { TriedStep } from './nextStep';
import { startClock, tick, type OptimizerState } from './optimizers';
import type { Pass } from './pass';
import { isTrained } from './plan';

export class Update {
  readonly #pass: Pass;
  readonly #clip: Clip;
  #optimizer: Optimizer;
  /** Of each tensor of parameters. */
  readonly #rates: Float64Array;
  readonly #clock = startClock();
  /** The clock before the latest step; parameters and moments of then lie in `saved`. */
  readonly #before = startClock();
  #undoable = false;
  #gradientNorm = NaN;
  #normBefore = NaN;

  constructor(pass: Pass, network: Network) {
    this.#pass = pass;
    this.#clip = network.training.clip;
    this.#optimizer = network.training.optimizer;
    this.#rates = new Float64Array(pass.arena.parameterViews.length);
    this.setRates(network);
  }

  /** From the next step on by the rates of this network, which has the same optimizer otherwise. */
  setRates(network: Network): void {
    this.#optimizer = network.training.optimizer;
    this.#pass.arena.parameterViews.forEach(({ table }, i) => {
      this.#rates[i] = rateOf(network, table.layer);
    });
  }

  /** Euclidean norm of the latest step's gradient, before it is clipped; NaN before the first step. */
  get gradientNorm(): number {
    return this.#gradientNorm;
  }

  state(): OptimizerState {
    const moments = this.#pass.arena.moments.map(moment => new Float64Array(moment));
    return { moments, clock: { ...this.#clock } };
  }

  /** Back to the start: parameters and moments are 0. */
  reset(): void {
    this.#pass.arena.state.fill(0);
    Object.assign(this.#clock, startClock());
    this.#undoable = false;
    this.#gradientNorm = NaN;
  }

  /**
   * Goes on from a state of the optimizer, with the norm of the gradient that led to it. Its step cannot be undone.
   *
   * @param state with as many moments as the plan has
   */
  resume(state: OptimizerState, gradientNorm: number): void {
    state.moments.forEach((moment, i) => this.#pass.arena.moments[i].set(moment));
    copyClock(state.clock, this.#clock);
    this.#undoable = false;
    this.#gradientNorm = gradientNorm;
  }

  /**
   * A step by the gradient that has gathered over a batch of `samples`. When a number overflows, its place
   * is the answer, and parameters and optimizer state are as before.
   */
  apply(samples: number): DivergencePlace | undefined {
    const { gradients, state, saved, parameterViews } = this.#pass.arena;
    const { kernels } = this.#pass;
    this.#pass.penaltyBackward(samples);
    const squaredNorm = kernels.squaredNorm(gradients);
    if (!Number.isFinite(squaredNorm)) {
      const place = findInGradients(this.#pass.arena);
      if (place) return place;
    }
    saved.set(state);
    copyClock(this.#clock, this.#before);
    this.#normBefore = this.#gradientNorm;
    this.#undoable = true;
    clipGradient(this.#clip, gradients, Math.sqrt(squaredNorm));
    tick(this.#clock, this.#optimizer);
    for (let i = 0; i < parameterViews.length; i++) {
      if (!isTrained(parameterViews[i].table)) continue;
      kernels.update(this.#optimizer, this.#rates[i], this.#clock, parameterViews[i]);
    }
    this.#followBatch();
    this.#gradientNorm = Math.sqrt(squaredNorm);
    if (Number.isFinite(kernels.squaredNorm(state))) return undefined;
    const place = findInParameters(this.#pass.arena);
    if (place) this.undo();
    return place;
  }

  /** A step by the gradient that has gathered, and back: nothing is other than before, but the gradient is used up. */
  tryOut(samples: number): TriedStep {
    const { gradients, parameters, state } = this.#pass.arena;
    this.#pass.penaltyBackward(samples);
    const gradient = new Float64Array(gradients);
    const before = new Float64Array(parameters);
    const kept = state.slice();
    const clock = { ...this.#clock };
    clipGradient(this.#clip, gradients, Math.sqrt(this.#pass.kernels.squaredNorm(gradients)));
    tick(this.#clock, this.#optimizer);
    // As in `apply`: a function of both would put what it is given on the heap with every step.
    this.#pass.arena.parameterViews.forEach((views, i) => {
      if (isTrained(views.table))
        this.#pass.kernels.update(this.#optimizer, this.#rates[i], this.#clock, views);
    });
    this.#followBatch();
    const after = new Float64Array(parameters);
    state.set(kept);
    copyClock(clock, this.#clock);
    return { gradient, before, after };
  }

  /** Running statistics go with those of the batch that the gradient is of. */
  #followBatch(): void {
    const { operations } = this.#pass.arena;
    for (let i = 0; i < operations.length; i++) {
      const views = operations[i];
      // What nothing hangs on does not learn.
      if (!isBatchNorm(views) || !views.operation.reached) continue;
      const { features, momentum } = views.operation;
      const { mean, variance, moments } = views;
      this.#pass.kernels.followMoments(mean, variance, moments, features, momentum);
    }
  }

  /** Parameters and optimizer state as before the latest step; false when there is none to undo. */
  undo(): boolean {
    if (!this.#undoable) return false;
    const { state, saved } = this.#pass.arena;
    state.set(saved);
    copyClock(this.#before, this.#clock);
    this.#gradientNorm = this.#normBefore;
    this.#undoable = false;
    return true;
  }
}

function copyClock(from: OptimizerState['clock'], to: ReturnType<typeof startClock>): void {
  to.beta1Power = from.beta1Power;
  to.beta2Power = from.beta2Power;
}
