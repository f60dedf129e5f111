/** The trainer on the reference kernels: one TypeScript call a tile, all numbers in one arena. */
import { epochOrder } from '../data/batches';
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import { createArena, type Arena } from './arena';
import { findInGradients, findInParameters, findInTile, type DivergencePlace } from './divergence';
import { EvaluationJob } from './evaluation';
import { initialParameters } from './initializers';
import { createReferenceKernels } from './kernels/reference';
import { reductionFactor } from './losses';
import { accuracyRule, type AccuracyRule } from './metrics';
import { startClock, tick, type OptimizerState } from './optimizers';
import { Pass } from './pass';
import { compile, type Plan } from './plan';
import type { Budget, Divergence, Evaluation, RunOutcome, Trainer } from './trainer';

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
 * @throws Error when data, parameters and network do not fit each other
 */
export function createTrainer(network: Network, dataset: Dataset, initial?: Float64Array): Trainer {
  return new ReferenceTrainer(network, dataset, initial ?? initialParameters(network));
}

class ReferenceTrainer implements Trainer {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly plan: Plan;
  readonly #arena: Arena;
  readonly #pass: Pass;
  readonly #rule: AccuracyRule;
  readonly #start: Float64Array;
  readonly #batchSize: number;
  readonly #order: Uint32Array;
  readonly #clock = startClock();

  #step = 0;
  #epoch = 0;
  /** Samples of the epoch's order that have been applied. */
  #position = 0;
  /** Samples of the batch under way whose gradient has been added; its loss so far. */
  #gathered = 0;
  #lossSum = 0;
  #gradientNorm = NaN;
  /** Evaluation of the current parameters, begun or complete; undefined when there is none. */
  #job: EvaluationJob | undefined;
  #evaluation: Evaluation | undefined;

  constructor(network: Network, dataset: Dataset, start: Float64Array) {
    const shapes = inferShapes(network);
    checkSizes(dataset, shapes.inputSize, shapes.outputSize);
    checkParameters(start, shapes.parameters);
    const { training, validation } = dataset;
    const tile = Math.max(1, Math.min(TILE_ROWS, Math.max(training.length, validation.length)));
    this.network = network;
    this.dataset = dataset;
    this.plan = compile(network, shapes, tile);
    this.#arena = createArena(this.plan);
    const kernels = createReferenceKernels(this.plan.precision, this.#arena.scratch);
    this.#pass = new Pass(network, this.#arena, kernels);
    this.#rule = accuracyRule(dataset);
    const { batchSize } = network.training;
    this.#batchSize = Math.max(
      1,
      Math.min(batchSize === 'all' ? Infinity : batchSize, training.length),
    );
    this.#order = new Uint32Array(training.length);
    this.#start = start.slice();
    this.reset();
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
    return this.#gradientNorm;
  }

  get evaluation(): Evaluation {
    if (!this.#evaluation) this.evaluate();
    return this.#evaluation as Evaluation;
  }

  run({ steps, expired }: Budget): RunOutcome {
    this.#requireSamples();
    for (let made = 0; ;) {
      if (this.#epochIsUsedUp) {
        if (!this.evaluate(expired)) return { type: 'time', steps: made };
        this.#beginEpoch(this.#epoch + 1);
        return { type: 'epoch', steps: made };
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
      this.evaluate();
      this.#beginEpoch(this.#epoch + 1);
    }
    this.#gathered = 0; // a batch under way begins anew: nothing of it has been written
    const place = this.#advance(this.#position + 1);
    if (place) return { type: 'diverged', steps: 0, divergence: this.#divergence(place) };
    if (!this.#epochIsUsedUp) return { type: 'steps', steps: 1 };
    this.evaluate();
    this.#beginEpoch(this.#epoch + 1);
    return { type: 'epoch', steps: 1 };
  }

  evaluate(expired?: () => boolean): boolean {
    this.#job ??= new EvaluationJob(this.network, this.dataset, this.#rule, this.#pass);
    if (!this.#job.run(expired)) return false;
    this.#evaluation = this.#job.result();
    return true;
  }

  readParameters(): Float64Array {
    return Float64Array.from(this.#arena.parameters);
  }

  readOptimizerState(): OptimizerState {
    const moments = this.#arena.moments.map(moment => Float64Array.from(moment));
    return { moments, clock: { ...this.#clock } };
  }

  reset(parameters: Float64Array = this.#start): void {
    checkParameters(parameters, this.plan.parameters.length);
    this.#arena.state.fill(0);
    this.#arena.parameters.set(parameters);
    Object.assign(this.#clock, startClock());
    this.#step = 0;
    this.#gradientNorm = NaN;
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
    const place = this.#update(samples);
    if (!place) this.#position = end;
    return place;
  }

  /** The step itself. When a number overflows, parameters and optimizer state are as before. */
  #update(samples: number): DivergencePlace | undefined {
    const { gradients, state, saved, parameterViews } = this.#arena;
    const { kernels } = this.#pass;
    this.#pass.penaltyBackward(samples);
    const squaredNorm = kernels.squaredNorm(gradients);
    if (!Number.isFinite(squaredNorm)) {
      const place = findInGradients(this.#arena);
      if (place) return place;
    }
    saved.set(state);
    const { beta1Power, beta2Power } = this.#clock;
    const { optimizer } = this.network.training;
    tick(this.#clock, optimizer);
    for (let i = 0; i < parameterViews.length; i++) {
      const rate = optimizer.learningRate * parameterViews[i].table.learningRateScale;
      kernels.update(optimizer, rate, this.#clock, parameterViews[i]);
    }
    if (!Number.isFinite(kernels.squaredNorm(state))) {
      const place = findInParameters(this.#arena);
      if (place) {
        state.set(saved);
        this.#clock.beta1Power = beta1Power;
        this.#clock.beta2Power = beta2Power;
        return place;
      }
    }
    this.#step += 1;
    this.#gradientNorm = Math.sqrt(squaredNorm);
    this.#job = undefined;
    return undefined;
  }

  #divergence(place: DivergencePlace): Divergence {
    const { learningRate } = this.network.training.optimizer;
    return { epoch: this.#epoch, batch: this.batch, step: this.#step, ...place, learningRate };
  }
}

function lossPlace(value: number): DivergencePlace {
  return { layer: -1, row: -1, quantity: 'loss', value };
}

function checkSizes(dataset: Dataset, inputSize: number, outputSize: number): void {
  if (dataset.inputSize !== inputSize) {
    throw new Error(
      `input.shape: the network takes ${inputSize} inputs, the data have ${dataset.inputSize}; ` +
        `make them equal.`,
    );
  }
  if (dataset.outputSize !== outputSize) {
    throw new Error(
      `layers: the last layer has ${outputSize} units, the data have ${dataset.outputSize} targets; ` +
        `make them equal.`,
    );
  }
}

function checkParameters(parameters: Float64Array, expected: number): void {
  if (parameters.length === expected) return;
  throw new RangeError(
    `The network has ${expected} parameters, found ${parameters.length}; pass all of them.`,
  );
}
