/**
 * What if: how the loss changes when one number is pushed and everything after it is computed anew.
 *
 * A neuron: its weighted input z becomes z + shift, the weights stay (the demon of Nielsen's chapter 2). A weight
 * or a bias: it becomes value + shift. Everything in float64, forward only, on all samples of the scope; resumable.
 */
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../network/network';
import type { NeuronFacts, ParameterFacts, Scope, Target } from '../facts';
import { Forward } from '../gradcheck/forward';
import { Perturbation } from '../gradcheck/perturbation';
import { reductionFactor } from '../losses';
import { penaltyScale, penaltyTerm } from '../penalty';
import type { Operation, ParameterTable, Plan } from '../plan';
import { tableOf, type Context } from './context';

/** Points of a curve at most, and the fewest that are asked of a large scope. */
const MOST_POINTS = 257;
const FEWEST_POINTS = 17;
/** Multiplications of a curve, above which it is drawn through fewer points; and of samples prepared at once. */
const MOST_WORK = 2e9;
const TILE_WORK = 4e6;
/** Multiplications between two looks at the clock. */
const LOOK_WORK = 1e5;
/** What an activation costs, in multiplications. */
const ACTIVATION_WORK = 16;

export type WhatIfTarget = Extract<Target, { type: 'weight' | 'bias' | 'neuron' }>;

/** A curve: the change of the loss at `points` shifts, evenly from `from` to `to`. */
export interface WhatIfRequest {
  readonly target: WhatIfTarget;
  readonly scope: Scope;
  readonly from: number;
  readonly to: number;
  /** 2 to 257 */
  readonly points: number;
  /** One shift more; without it that of the next update (weights and biases), or none (neurons). */
  readonly at?: number;
}

export interface WhatIf {
  /** The same moment: value, slope at 0 and next update are here. */
  readonly facts: ParameterFacts | NeuronFacts;
  readonly from: number;
  readonly to: number;
  /** C(shift) − C(0), evenly from `from` to `to`: as many as asked for, or fewer where the scope is large (at least 17). */
  readonly changes: Float64Array;
  readonly at: { readonly shift: number; readonly change: number } | undefined;
}

/** The shift of a point; both ends and the middle of a symmetric curve are exact. */
export function shiftOf(
  { from, to }: Pick<WhatIf, 'from' | 'to'>,
  i: number,
  count: number,
): number {
  return ((count - 1 - i) * from + i * to) / (count - 1);
}

/** Works on one curve, sample after sample. */
export class WhatIfJob {
  readonly #network: Network;
  readonly #dataset: Dataset;
  readonly #plan: Plan;
  readonly #request: WhatIfRequest;
  readonly #facts: ParameterFacts | NeuronFacts;
  readonly #parameters: Float64Array;
  readonly #samples: Uint32Array;
  readonly #shifts: Float64Array;
  /** Σ over samples of their own changes, by shift. */
  readonly #sums: Float64Array;
  readonly #evaluationWork: number;
  readonly #tileRows: number;
  #tile: Perturbation | undefined;
  #tileStart = 0;
  /** Within the tile, and within the shifts of its sample. */
  #sample = 0;
  #shift = 0;
  #unshifted = 0;

  /**
   * @param parameters kept as they are: the caller does not change them afterwards
   * @throws RangeError when the request makes no curve
   */
  constructor(
    { network, dataset, plan }: Context,
    parameters: Float64Array,
    facts: ParameterFacts | NeuronFacts,
    request: WhatIfRequest,
  ) {
    checkCurve(request);
    this.#network = network;
    this.#dataset = dataset;
    this.#plan = plan;
    this.#request = request;
    this.#facts = facts;
    this.#parameters = parameters;
    const { scope, target } = request;
    this.#samples = scope.type === 'sample' ? Uint32Array.of(scope.index) : dataset.training;
    this.#evaluationWork = Math.max(1, workOf(plan, target.layer + 1));
    const count = pointsOf(request.points, this.#samples.length * this.#evaluationWork);
    const more = request.at ?? ('update' in facts ? facts.update.change : undefined);
    this.#shifts = Float64Array.from({ length: count + (more === undefined ? 0 : 1) }, (_, i) =>
      i < count ? shiftOf(request, i, count) : (more ?? NaN),
    );
    this.#sums = new Float64Array(this.#shifts.length);
    this.#tileRows = Math.max(1, Math.min(128, Math.floor(TILE_WORK / workOf(plan, 0))));
  }

  /** Works on; false when `expired` ended it before the end. */
  run(expired?: () => boolean): boolean {
    let work = 0;
    while (this.#tileStart < this.#samples.length) {
      this.#evaluate();
      work += this.#evaluationWork;
      if (work < LOOK_WORK) continue;
      work = 0;
      if (expired?.() && this.#tileStart < this.#samples.length) return false;
    }
    return true;
  }

  /** The curve, when `run` has answered true. */
  result(): WhatIf {
    const { from, to, target, scope } = this.#request;
    const factor =
      scope.type === 'sample'
        ? 1
        : reductionFactor(
            this.#network.loss.reduction,
            this.#samples.length,
            this.#plan.outputSize,
          );
    const table =
      target.type === 'neuron' ? undefined : tableOf(this.#plan, target.layer, target.type);
    const penalised = scope.type === 'batch' && table?.penalised === true;
    const all = this.#sums.map(
      (sum, i) => factor * sum + (penalised ? this.#penaltyChange(this.#shifts[i]) : 0),
    );
    const count =
      'update' in this.#facts || this.#request.at !== undefined ? all.length - 1 : all.length;
    const at = count < all.length ? { shift: this.#shifts[count], change: all[count] } : undefined;
    return { facts: this.#facts, from, to, changes: all.slice(0, count), at };
  }

  /** One shift of one sample. */
  #evaluate(): void {
    const rows = Math.min(this.#tileRows, this.#samples.length - this.#tileStart);
    this.#tile ??= this.#newTile(rows);
    const shift = this.#shifts[this.#shift];
    const { target } = this.#request;
    if (this.#shift === 0) {
      const neuron = target.type === 'neuron' ? target.row : 0;
      this.#unshifted = this.#tile.shiftedLoss(this.#sample, target.layer, neuron, 0);
    }
    this.#sums[this.#shift] += shift === 0 ? 0 : this.#changeBy(shift, this.#tile);
    if (++this.#shift < this.#shifts.length) return;
    this.#shift = 0;
    if (++this.#sample < rows) return;
    this.#sample = 0;
    this.#tile = undefined;
    this.#tileStart += rows;
  }

  /** C(shift) − C(0) of the sample under way. */
  #changeBy(shift: number, tile: Perturbation): number {
    const { target } = this.#request;
    const { type, layer, row } = target;
    if (type === 'neuron')
      return tile.shiftedLoss(this.#sample, layer, row, shift) - this.#unshifted;
    const column = type === 'weight' ? target.column : -1;
    const shifted = tile.parameterLoss(this.#sample, layer, row, column, shift);
    return shifted === undefined ? 0 : shifted - this.#unshifted;
  }

  #newTile(rows: number): Perturbation {
    const samples = this.#samples.subarray(this.#tileStart, this.#tileStart + rows);
    const tables: readonly ParameterTable[] = this.#plan.parameterTables;
    const forward = new Forward(this.#network, this.#dataset, samples, this.#parameters, tables);
    return new Perturbation(forward);
  }

  #penaltyChange(shift: number): number {
    const { regularization } = this.#network;
    const scale = penaltyScale(regularization, this.#samples.length);
    const value = 'value' in this.#facts ? this.#facts.value : NaN;
    return (
      penaltyTerm(regularization, scale, value + shift) - penaltyTerm(regularization, scale, value)
    );
  }
}

/** Multiplications of one sample from layer `first` to the output. */
function workOf({ operations }: Plan, first: number): number {
  return operations.slice(first).reduce((work, operation) => {
    const { units } = operation;
    const products = units * columnsOf(operation);
    return work + products + ACTIVATION_WORK * units;
  }, ACTIVATION_WORK);
}

/** Multiplications of one neuron. */
function columnsOf(operation: Operation): number {
  if (operation.type === 'dense') return operation.inputs;
  if (!('window' in operation)) return 1;
  const { height, width, source } = operation.window;
  return height * width * (operation.type === 'conv2d' ? source.channels : 1);
}

/** Every second point is left out until there is not too much work; the ends and the middle stay. */
function pointsOf(asked: number, workOfPoint: number): number {
  let points = asked;
  while (points % 2 === 1 && (points + 1) / 2 >= FEWEST_POINTS && points * workOfPoint > MOST_WORK)
    points = (points + 1) / 2;
  return points;
}

function checkCurve({ from, to, points, at = 0 }: WhatIfRequest): void {
  if (!(Number.isInteger(points) && points >= 2 && points <= MOST_POINTS)) {
    throw new RangeError(`A curve needs 2 to ${MOST_POINTS} points, not ${points}.`);
  }
  if (![from, to, at, to - from].every(Number.isFinite) || from >= to) {
    throw new RangeError(`A curve goes from a number to a larger one, not from ${from} to ${to}.`);
  }
}

/** An input has no z, and over many samples a neuron has many. */
export function noPush(): RangeError {
  return new RangeError(
    'Only the weighted input of a hidden or output neuron can be pushed, on one sample: choose a sample.',
  );
}
