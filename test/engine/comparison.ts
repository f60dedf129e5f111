/** One network, trained by several engines side by side, and how far they are from the first of them. */
import { epochOrder } from '../../src/data/batches';
import { inputsOf } from '../../src/data/inputs';
import type { ParameterTable } from '../../src/engine/parameterTables';
import type { Trainer } from '../../src/engine/trainer';
import { runTo } from './engines';
import { distanceFromKinks, type Batch } from './kinks';
import type { RandomCase } from './randomCases';

/** Half a unit in the last place of a float32 near 1: a number that is stored may be so far off, times itself. */
const ROUNDING = 2 ** -24;

/** Nearer than this to a kink, rounding may take the other side, and both are right: the comparison ends there. */
const KINK = 1e-6;

/**
 * How far float32 may be off. All of them are relative: updates and moments to the largest one of the tensor, outputs to
 * the largest output; so an error of one wrong sample, neuron or factor is far above.
 */
export const TOLERANCES = { update: 1e-4, moments: 1e-4, norm: 2e-5, outputs: 1e-5, loss: 1e-5 };

export type Quantity = keyof typeof TOLERANCES;

export const QUANTITIES = Object.keys(TOLERANCES) as Quantity[];

export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}

/** Largest difference, relative to `size`, once each number may be `allowed` of its own off. NaN where one is. */
export function apart(
  ours: ArrayLike<number>,
  theirs: ArrayLike<number>,
  size: number,
  allowed = 0,
): number {
  let worst = 0;
  for (let i = 0; i < theirs.length; i++) {
    const far = Math.abs(ours[i] - theirs[i]) - allowed * Math.abs(theirs[i]);
    if (Number.isNaN(far)) return NaN;
    if (far > worst) worst = far;
  }
  return worst === 0 ? 0 : worst / size;
}

/** Relative, and to 0.001 where a number is smaller. */
export function near(ours: number, theirs: number): number {
  return Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-3);
}

/** What is smaller is told relative to it. */
export interface Floor {
  /** Of the largest of all tensors. */
  readonly part: number;
  /** A gradient; an update is this times the learning rate. */
  readonly gradient: number;
  /** Whether an update is as large as the farthest of its parameter on the way, though it has come back since. */
  readonly farthest: boolean;
}

/** The first trainer is what the others are compared with. */
export class SideBySide {
  readonly #case: RandomCase;
  readonly exact: Trainer;
  readonly others: readonly Trainer[];
  readonly #floor: Floor;
  /** Largest update of each parameter after any step so far. */
  readonly #farthest: Float64Array;

  constructor(
    one: RandomCase,
    exact: Trainer,
    others: readonly Trainer[],
    floor: Floor = { part: 0, gradient: 0, farthest: false },
  ) {
    this.#case = one;
    this.#floor = floor;
    this.#farthest = new Float64Array(one.start.length);
    this.exact = exact;
    this.others = others;
  }

  /** Whether the network as it is, or what the next step makes of its batch, stands where a derivative jumps. */
  get atKink(): boolean {
    const { network, dataset } = this.#case;
    const parameters = this.exact.readParameters();
    if (distanceFromKinks(network, dataset, parameters) < KINK) return true;
    if (!network.layers.some(({ type }) => type === 'dropout' || type === 'batchNorm'))
      return false;
    return distanceFromKinks(network, dataset, parameters, nextBatch(this.exact)) < KINK;
  }

  /** So many steps more, one call where that can be; false when the reference has come to a kink. */
  advance(steps: number): boolean {
    const goal = this.exact.step + steps;
    while (this.exact.step < goal) {
      runTo(this.exact, this.exact.step + 1);
      this.#noteUpdates();
      if (this.atKink) return false;
    }
    for (const trainer of this.others) runTo(trainer, goal);
    for (const trainer of [this.exact, ...this.others]) trainer.evaluate();
    return true;
  }

  /** @param ours one of the others */
  errors(ours: Trainer): Record<Quantity, number> {
    const [theirs, outputs] = [this.exact, ours].map(trainer => this.outputsOf(trainer));
    return {
      update: this.#updateError(ours),
      moments: this.#momentError(ours),
      norm: near(ours.gradientNorm, this.exact.gradientNorm),
      outputs: apart(outputs, theirs, largest(theirs)),
      loss: Math.max(...losses(ours).map((loss, i) => near(loss, losses(this.exact)[i]))),
    };
  }

  outputsOf(trainer: Trainer): Float64Array {
    const { dataset } = this.#case;
    return trainer.predict(inputsOf(dataset, 0, dataset.samples), dataset.samples);
  }

  #noteUpdates(): void {
    if (!this.#floor.farthest) return;
    const { start } = this.#case;
    this.exact.readParameters().forEach((value, i) => {
      this.#farthest[i] = Math.max(this.#farthest[i], Math.abs(value - start[i]));
    });
  }

  #updateError(trainer: Trainer): number {
    const { step } = this.exact;
    const [ours, exact] = [trainer, this.exact].map(each => each.readParameters());
    const { start } = this.#case;
    const updates = this.#floor.farthest
      ? this.#farthest
      : exact.map((value, i) => value - start[i]);
    // AdamW rounds twice: the decayed number, and what is left after the update.
    const least = this.#floor.gradient * this.exact.network.training.optimizer.learningRate;
    return this.#worst(ours, exact, updates, least, 2 * step * ROUNDING);
  }

  #momentError(trainer: Trainer): number {
    const [ours, exact] = [trainer, this.exact].map(each => each.readOptimizerState().moments);
    const { gradient } = this.#floor;
    const errors = exact.map((moment, n) => this.#worst(ours[n], moment, moment, gradient));
    return Math.max(0, ...errors);
  }

  /** The largest difference of all tensors, each relative to its largest size. */
  #worst(
    ours: Float64Array,
    exact: Float64Array,
    sizes: Float64Array,
    floor: number,
    allowed?: number,
  ): number {
    const least = Math.max(floor, this.#floor.part * largest(sizes));
    const errors = this.exact.plan.parameterTables.map(table => {
      const [w, v, size] = [ours, exact, sizes].map(all => part(all, table));
      return apart(w, v, Math.max(least, largest(size)), allowed);
    });
    return Math.max(0, ...errors);
  }
}

/** The samples of a trainer's next step, and where they stand in its training. */
export function nextBatch({ network, dataset, epoch, batch, isEpochUsedUp }: Trainer): Batch {
  const { seed, training } = network;
  const now = isEpochUsedUp ? epoch + 1 : epoch;
  const order = new Uint32Array(dataset.training.length);
  epochOrder(dataset.training, seed, now, training.shuffle, order);
  const rows = training.batchSize === 'all' ? order.length : training.batchSize;
  const position = isEpochUsedUp ? 0 : batch * rows;
  const samples = order.slice(position, position + rows);
  return { samples, place: { seed, epoch: now, position } };
}

function losses({ evaluation }: Trainer): number[] {
  return [evaluation.loss, evaluation.validationLoss].filter((_, i) => i === 0 || !isNaN(_));
}

function part(all: Float64Array, { offset, length }: ParameterTable): Float64Array {
  return all.subarray(offset, offset + length);
}
