/** The trainer on the reference kernels: one TypeScript call a tile, all numbers in one arena. */
import { epochOrder } from '../data/batches';
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import { createArena, type Arena } from './arena';
import { findInTile, lossPlace, type DivergencePlace } from './divergence';
import { EvaluationJob } from './evaluation';
import { checkParameters, checkSizes } from './fit';
import { initialParameters } from './initializers';
import { createReferenceKernels } from './kernels/reference';
import { reductionFactor } from './losses';
import { accuracyRule, type AccuracyRule } from './metrics';
import type { OptimizerState } from './optimizers';
import { Pass } from './pass';
import { compile, type Plan } from './plan';
import type { Budget, Divergence, Evaluation, RunOutcome, Settlement, Trainer } from './trainer';
import { Update } from './update';

/**
 * Rows of a tile. Part of the meaning of a run: gradients of larger batches are rounded to the
 * network's precision after every tile.
 */
const TILE_ROWS = 128;

/**
 * A trainer at the start of a run.
 *
 * @param network validated
 * @param dataset of the network's input and output sizes; without samples it can only predict
 * @param initial parameters in the file's order; default: those of the file or of the seed
 * @param now those to go on from instead; `reset` leads back to `initial`
 * @throws Error when data, parameters and network do not fit each other
 */
export function createTrainer(
  network: Network,
  dataset: Dataset,
  initial?: Float64Array,
  now?: Float64Array,
): Trainer {
  return new ReferenceTrainer(network, dataset, initial, now);
}

class ReferenceTrainer implements Trainer {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly plan: Plan;
  readonly #arena: Arena;
  readonly #pass: Pass;
  readonly #update: Update;
  readonly #rule: AccuracyRule;
  /** Drawn when it is first needed: of a network that goes on from other parameters that may be never. */
  #start: Float64Array | undefined;
  readonly #batchSize: number;
  readonly #order: Uint32Array;
  #step = 0;
  #epoch = 0;
  /** Samples of the epoch's order that have been applied. */
  #position = 0;
  /** Samples of the batch under way whose gradient has been added; its loss so far. */
  #gathered = 0;
  #lossSum = 0;
  /** Where the latest step's samples begin. */
  #positionBefore = 0;
  /** Evaluation of the current parameters, begun or complete; undefined when there is none. */
  #job: EvaluationJob | undefined;
  #evaluation: Evaluation | undefined;

  constructor(
    network: Network,
    dataset: Dataset,
    start: Float64Array | undefined,
    now: Float64Array | undefined,
  ) {
    const shapes = inferShapes(network);
    checkSizes(dataset, shapes.inputSize, shapes.outputSize);
    if (start) checkParameters(start, shapes.parameters);
    const { training, validation } = dataset;
    const tile = Math.max(1, Math.min(TILE_ROWS, Math.max(training.length, validation.length)));
    this.network = network;
    this.dataset = dataset;
    this.plan = compile(network, shapes, tile);
    this.#arena = createArena(this.plan);
    const kernels = createReferenceKernels(this.plan.precision, this.#arena.scratch);
    this.#pass = new Pass(network, this.#arena, kernels);
    this.#update = new Update(this.#pass, network.training.optimizer);
    this.#rule = accuracyRule(dataset);
    const { batchSize } = network.training;
    this.#batchSize = Math.max(
      1,
      Math.min(batchSize === 'all' ? Infinity : batchSize, training.length),
    );
    this.#order = new Uint32Array(training.length);
    this.#start = start?.slice();
    this.reset(now);
  }

  get step(): number {
    return this.#step;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get batch(): number {
    return Math.floor(this.#position / this.#batchSize);
  }

  get gradientNorm(): number {
    return this.#update.gradientNorm;
  }

  get evaluation(): Evaluation {
    if (!this.#evaluation) this.evaluate();
    return this.#evaluation as Evaluation;
  }

  run({ steps, expired }: Budget): RunOutcome {
    this.#requireSamples();
    for (let made = 0; ;) {
      if (this.#epochIsUsedUp) {
        return this.#endEpoch(made, expired);
      }
      if (made >= steps) return { type: 'steps', steps: made };
      const boundary = (this.batch + 1) * this.#batchSize;
      const before = this.#step;
      const place = this.#advance(Math.min(boundary, this.#order.length));
      if (place) return { type: 'diverged', steps: made, divergence: this.#divergence(place) };
      made += this.#step - before;
      if (!this.#epochIsUsedUp && expired?.()) return { type: 'time', steps: made };
    }
  }

  stepSample(): RunOutcome {
    this.#requireSamples();
    if (this.#epochIsUsedUp) {
      const ended = this.#endEpoch(0);
      if (ended.type === 'diverged') return ended;
    }
    this.#gathered = 0; // a batch under way begins anew: nothing of it has been written
    const place = this.#advance(this.#position + 1);
    if (place) return { type: 'diverged', steps: 0, divergence: this.#divergence(place) };
    return this.#epochIsUsedUp ? this.#endEpoch(1) : { type: 'steps', steps: 1 };
  }

  settle(expired?: () => boolean): Settlement {
    const previous = this.#evaluation;
    if (!this.evaluate(expired)) return { type: 'time' };
    const place = this.#job?.place;
    if (!place) return { type: 'finite' };
    if (this.#update.undo()) {
      this.#step -= 1;
      this.#position = this.#positionBefore;
      this.#gathered = 0;
      this.#job = undefined;
      this.#evaluation = previous && Number.isFinite(previous.loss) ? previous : undefined;
    }
    return { type: 'diverged', divergence: this.#divergence(place) };
  }

  evaluate(expired?: () => boolean): boolean {
    this.#job ??= new EvaluationJob(this.network, this.dataset, this.#rule, this.#pass);
    if (!this.#job.run(expired)) return false;
    this.#evaluation = this.#job.result();
    return true;
  }

  readParameters(): Float64Array {
    return new Float64Array(this.#arena.parameters);
  }

  readOptimizerState(): OptimizerState {
    return this.#update.state();
  }

  reset(parameters: Float64Array = (this.#start ??= initialParameters(this.network))): void {
    checkParameters(parameters, this.plan.parameters.length);
    this.#update.reset();
    this.#arena.parameters.set(parameters);
    this.#step = 0;
    this.#job = undefined;
    this.#evaluation = undefined;
    this.#beginEpoch(0);
  }

  predict(inputs: Float64Array, count: number): Float64Array {
    const { inputSize, outputSize, batchRows } = this.plan;
    if (inputs.length !== count * inputSize) {
      throw new RangeError(
        `predict: expected ${count} × ${inputSize} inputs, found ${inputs.length} numbers.`,
      );
    }
    const outputs = new Float64Array(count * outputSize);
    for (let start = 0; start < count; start += batchRows) {
      const rows = Math.min(batchRows, count - start);
      this.#arena.inputs.set(inputs.subarray(start * inputSize, (start + rows) * inputSize));
      this.#pass.forward(rows);
      outputs.set(this.#pass.output.subarray(0, rows * outputSize), start * outputSize);
    }
    return outputs;
  }

  #requireSamples(): void {
    if (this.#order.length > 0) return;
    throw new Error(
      'data: training needs at least one training sample, found none; add data or lower data.split.',
    );
  }

  get #epochIsUsedUp(): boolean {
    return this.#position === this.#order.length;
  }

  /** After the last batch; `made`: steps of this call. */
  #endEpoch(made: number, expired?: () => boolean): RunOutcome {
    const settled = this.settle(expired);
    if (settled.type === 'time') return { type: 'time', steps: made };
    if (settled.type === 'diverged') return { ...settled, steps: Math.max(0, made - 1) };
    this.#beginEpoch(this.#epoch + 1);
    return { type: 'epoch', steps: made };
  }

  #beginEpoch(epoch: number): void {
    const { seed, training } = this.network;
    this.#epoch = epoch;
    this.#position = 0;
    this.#gathered = 0;
    epochOrder(this.dataset.training, seed, epoch, training.shuffle, this.#order);
  }

  /** One tile of the batch that reaches to `end` in the epoch's order; its last tile makes the step. */
  #advance(end: number): DivergencePlace | undefined {
    const samples = end - this.#position;
    if (this.#gathered === 0) {
      this.#pass.clearGradients();
      this.#lossSum = 0;
    }
    const rows = Math.min(this.plan.batchRows, samples - this.#gathered);
    this.#pass.gather(this.dataset, this.#order, this.#position + this.#gathered, rows);
    this.#pass.forward(rows);
    this.#lossSum += this.#pass.loss(rows);
    if (!Number.isFinite(this.#lossSum)) {
      this.#gathered = 0;
      return findInTile(this.#arena, rows) ?? lossPlace(this.#lossSum);
    }
    const { reduction } = this.network.loss;
    this.#pass.backward(rows, reductionFactor(reduction, samples, this.plan.outputSize));
    this.#gathered += rows;
    if (this.#gathered < samples) return undefined;
    this.#gathered = 0;
    const place = this.#update.apply(samples);
    if (place) return place;
    this.#positionBefore = this.#position;
    this.#position = end;
    this.#step += 1;
    this.#job = undefined;
    return undefined;
  }

  #divergence(place: DivergencePlace): Divergence {
    const { learningRate } = this.network.training.optimizer;
    return { epoch: this.#epoch, batch: this.batch, step: this.#step, ...place, learningRate };
  }
}
