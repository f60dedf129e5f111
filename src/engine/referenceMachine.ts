/** The machine on the reference kernels: one TypeScript call a tile, all numbers in one arena. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { withRates, type LearningRates } from '../network/rates';
import type { NetworkShapes } from '../network/shapes';
import { createArena, type Arena } from './arena';
import { wholeBatch } from './batchRows';
import { findInTile, lossPlace, type DivergencePlace } from './divergence';
import { createReferenceKernels } from './kernels/reference';
import { reductionFactor } from './losses';
import type { Machine, Sums } from './machine';
import { countCorrect, squaredErrors, type AccuracyRule } from './metrics';
import { measuredRows, type TriedStep } from './nextStep';
import type { OptimizerState } from './optimizers';
import { Pass } from './pass';
import { penaltyOf } from './penalty';
import { compile, type Plan } from './plan';
import { Update } from './update';

/**
 * Rows of a tile. Part of the meaning of a run: gradients of larger batches are rounded to the
 * network's precision after every tile.
 */
const TILE_ROWS = 128;

/** A machine at its start: all parameters are 0. */
export function createReferenceMachine(
  network: Network,
  shapes: NetworkShapes,
  dataset: Dataset,
): Machine {
  return new ReferenceMachine(network, shapes, dataset);
}

class ReferenceMachine implements Machine {
  readonly plan: Plan;
  readonly order: Uint32Array;
  readonly #dataset: Dataset;
  readonly #arena: Arena;
  readonly #pass: Pass;
  readonly #update: Update;
  place: DivergencePlace | undefined;
  #network: Network;
  /** Samples of the batch under way whose gradient has been added; its loss so far. */
  #gathered = 0;
  #lossSum = 0;
  #epoch = 0;
  /** Of the latest `evaluate`. */
  #rows = 0;

  constructor(network: Network, shapes: NetworkShapes, dataset: Dataset) {
    const { training, validation } = dataset;
    const most = Math.max(1, training.length, validation.length);
    const tile = Math.min(wholeBatch(network, shapes, training.length) ?? TILE_ROWS, most);
    this.#network = network;
    this.#dataset = dataset;
    this.plan = compile(network, shapes, tile);
    this.#arena = createArena(this.plan);
    const kernels = createReferenceKernels(this.plan.precision, this.#arena.scratch);
    this.#pass = new Pass(network, this.#arena, kernels);
    this.#update = new Update(this.#pass, network);
    this.order = new Uint32Array(training.length);
  }

  get evaluationRows(): number {
    return this.plan.batchRows;
  }

  get gradientNorm(): number {
    return this.#update.gradientNorm;
  }

  work(position: number, end: number, batchSize: number): number {
    const samples = Math.min(batchSize, end - position);
    this.place = undefined;
    if (this.#gathered === 0) {
      this.#pass.clearGradients();
      this.#lossSum = 0;
    }
    const rows = Math.min(this.plan.batchRows, samples - this.#gathered);
    this.#pass.gather(this.#dataset, this.order, position + this.#gathered, rows);
    const place = position + this.#gathered;
    this.#pass.forward(rows, { seed: this.#network.seed, epoch: this.#epoch, position: place });
    this.#lossSum += this.#pass.loss(rows);
    if (!Number.isFinite(this.#lossSum)) {
      this.#gathered = 0;
      this.place = findInTile(this.#arena, rows) ?? lossPlace(this.#lossSum);
      return 0;
    }
    const { reduction } = this.#network.loss;
    this.#pass.backward(rows, reductionFactor(reduction, samples, this.plan.outputSize));
    this.#gathered += rows;
    if (this.#gathered < samples) return 0;
    this.#gathered = 0;
    this.place = this.#update.apply(samples);
    return this.place ? 0 : 1;
  }

  forgetBatch(): void {
    this.#gathered = 0;
  }

  beginOrder(epoch: number): void {
    this.#epoch = epoch;
    this.forgetBatch();
  }

  undo(): boolean {
    const undone = this.#update.undo();
    if (undone) this.#gathered = 0;
    return undone;
  }

  tryStep(position: number, samples: number): TriedStep | undefined {
    if (this.#gathered > 0) return undefined;
    const { batchRows, outputSize } = this.plan;
    const measured = measuredRows(samples, batchRows);
    const factor = reductionFactor(this.#network.loss.reduction, measured, outputSize);
    this.#pass.clearGradients();
    for (let done = 0; done < measured; done += batchRows) {
      const rows = Math.min(batchRows, measured - done);
      const place = position + done;
      this.#pass.gather(this.#dataset, this.order, place, rows);
      this.#pass.forward(rows, { seed: this.#network.seed, epoch: this.#epoch, position: place });
      this.#pass.backward(rows, factor);
    }
    return this.#update.tryOut(measured);
  }

  evaluate(samples: Uint32Array, start: number, rows: number, rule: AccuracyRule): Sums {
    this.#rows = rows;
    this.#pass.gather(this.#dataset, samples, start, rows);
    this.#pass.forward(rows);
    const { output } = this.#pass;
    const { targets, plan } = this.#arena;
    const correct = countCorrect(rule, output, targets, rows, plan.outputSize);
    const squares = squaredErrors(rule, output, targets, rows, plan.outputSize);
    return { loss: this.#pass.loss(rows), correct, ...(squares && { squares }) };
  }

  findOverflow(): DivergencePlace | undefined {
    return findInTile(this.#arena, this.#rows);
  }

  penalty(samples: number): number {
    const { parameters } = this.#arena;
    const { parameterTables } = this.plan;
    return penaltyOf(this.#network.regularization, samples, parameters, parameterTables);
  }

  predict(inputs: Float64Array, count: number): Float64Array {
    const { inputSize, outputSize, batchRows } = this.plan;
    const outputs = new Float64Array(count * outputSize);
    for (let start = 0; start < count; start += batchRows) {
      const rows = Math.min(batchRows, count - start);
      this.#arena.inputs.set(inputs.subarray(start * inputSize, (start + rows) * inputSize));
      this.#pass.forward(rows);
      outputs.set(this.#pass.output.subarray(0, rows * outputSize), start * outputSize);
    }
    return outputs;
  }

  readParameters(): Float64Array {
    return new Float64Array(this.#arena.parameters);
  }

  readOptimizerState(): OptimizerState {
    return this.#update.state();
  }

  begin(parameters: Float64Array, optimizer?: OptimizerState, gradientNorm = NaN): void {
    this.#update.reset();
    if (optimizer) this.#update.resume(optimizer, gradientNorm);
    this.#arena.parameters.set(parameters);
    this.#gathered = 0;
  }

  setRates(rates: LearningRates): void {
    this.#network = withRates(this.#network, rates);
    this.#update.setRates(this.#network);
  }
}
