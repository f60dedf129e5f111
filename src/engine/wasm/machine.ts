/** Steps by the WebAssembly engine: float32, whole batches in one call, many of them where they are small. */
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../network/network';
import { withRates, type LearningRates } from '../../network/rates';
import type { NetworkShapes } from '../../network/shapes';
import { findInLayers, findInTensors, lossPlace, type DivergencePlace } from '../divergence';
import { sampleLoss } from '../losses';
import type { Machine, Sums } from '../machine';
import { countCorrect, squaredErrors, type AccuracyRule } from '../metrics';
import type { TriedStep } from '../nextStep';
import type { OptimizerState } from '../optimizers';
import { penaltyOf } from '../penalty';
import { compile, type Plan } from '../plan';
import { EngineMemory } from './engineMemory';
import type { Backend } from './backends';
import type { TeamOptions } from './team';
import { batchRowsOf, evaluationRowsOf, stepsOfCall } from './pace';
import { tryStep } from './tryStep';
import { nothingToUndo } from './undoable';

/** What WebAssembly has besides. */
export interface WasmMachine extends Machine {
  /** Waits for the other threads; answers how many there are, this one included. */
  gatherThreads(): number;
}

/** A machine at its start: all parameters are 0. @param team where more than one thread shall work */
export function createWasmMachine(
  network: Network,
  shapes: NetworkShapes,
  dataset: Dataset,
  backend: Backend,
  team?: TeamOptions,
): WasmMachine {
  return new Steps(network, shapes, dataset, backend, team);
}

class Steps implements WasmMachine {
  readonly plan: Plan;
  readonly evaluationRows: number;
  readonly #shapes: NetworkShapes;
  readonly #memory: EngineMemory;
  readonly #batchRows: number;
  place: DivergencePlace | undefined;
  #network: Network;
  #gradientNorm = NaN;
  /** Of what has been saved last, and before that. */
  #undoable = nothingToUndo();
  #undoableBefore = nothingToUndo();
  /** Samples of a batch under way whose gradient has been added, and its loss so far. */
  #gathered = 0;
  #lossSum = 0;

  constructor(
    network: Network,
    shapes: NetworkShapes,
    dataset: Dataset,
    backend: Backend,
    team: TeamOptions | undefined,
  ) {
    this.#network = network;
    this.#shapes = shapes;
    this.plan = compile(network, shapes, 1);
    this.#batchRows = batchRowsOf(network, shapes, dataset);
    this.evaluationRows = evaluationRowsOf(shapes, dataset);
    const rows = Math.max(this.#batchRows, this.evaluationRows);
    this.#memory = new EngineMemory(network, shapes, dataset, rows, backend, team);
  }

  get order(): Uint32Array {
    return this.#memory.order;
  }

  get gradientNorm(): number {
    return this.#gradientNorm;
  }

  gatherThreads(): number {
    return this.#memory.gatherThreads();
  }

  work(position: number, end: number, batchSize: number, most: number): number {
    this.place = undefined;
    const batch = Math.min(batchSize, end - position);
    if (batch > this.#batchRows) return this.#workOnTile(position, end, batchSize);
    const steps = Math.min(most, stepsOfCall(this.#shapes, batch));
    this.#save(0, position, end, batchSize);
    const made = this.#memory.train(position, end, batchSize, steps);
    if (!this.#memory.isFinite()) return this.#repeatCarefully(position, end, batchSize, made);
    this.#undoable.steps = made;
    this.#gradientNorm = this.#memory.gradientNorm;
    return made;
  }

  forgetBatch(): void {
    this.#gathered = 0;
  }

  beginOrder(epoch: number): void {
    this.#memory.beginEpoch(epoch);
    this.#forgetSteps();
  }

  #forgetSteps(): void {
    this.#gathered = 0;
    this.#undoable.steps = 0;
    this.#undoableBefore.steps = 0;
  }

  undo(): boolean {
    const { steps, position, end, batchSize, gradientNorm } = this.#undoable;
    if (steps === 0) return false;
    this.#memory.restore();
    this.#undoable.steps = 0;
    this.#gathered = 0;
    this.#gradientNorm = gradientNorm;
    if (steps > 1) {
      this.#memory.train(position, end, batchSize, steps - 1);
      this.#gradientNorm = this.#memory.gradientNorm;
    }
    return true;
  }

  tryStep(position: number, samples: number): TriedStep | undefined {
    if (this.#gathered > 0) return undefined;
    const part = { position, samples, tile: this.#batchRows };
    return tryStep(this.#memory, this.plan, this.#network.regularization, part);
  }

  evaluate(samples: Uint32Array, start: number, rows: number, rule: AccuracyRule): Sums {
    this.#memory.gatherSamples(samples, start, rows);
    this.#memory.forward(false);
    const loss = this.#loss(rows);
    const { outputs, targets } = this.#memory;
    const { outputSize } = this.#shapes;
    const correct = countCorrect(rule, outputs, targets, rows, outputSize);
    const squares = squaredErrors(rule, outputs, targets, rows, outputSize);
    return { loss, correct, ...(squares && { squares }) };
  }

  findOverflow(): DivergencePlace | undefined {
    this.#memory.forward(true);
    return findInLayers(this.#memory.layerNumbers(), this.#memory.rows);
  }

  penalty(samples: number): number {
    const { regularization } = this.#network;
    const { l1, l2 } = regularization;
    if (l1 === 0 && l2 === 0) return 0;
    return penaltyOf(regularization, samples, this.readParameters(), this.plan.parameterTables);
  }

  predict(inputs: Float64Array, count: number): Float64Array {
    const { inputSize, outputSize } = this.#shapes;
    const result = new Float64Array(count * outputSize);
    for (let start = 0; start < count; start += this.evaluationRows) {
      const rows = Math.min(this.evaluationRows, count - start);
      this.#memory.setInputs(inputs.subarray(start * inputSize, (start + rows) * inputSize), rows);
      this.#memory.forward(false);
      this.#memory.readOutputs();
      result.set(this.#memory.outputs.subarray(0, rows * outputSize), start * outputSize);
    }
    return result;
  }

  readParameters(): Float64Array {
    return this.#memory.readTensors(0);
  }

  readOptimizerState(): OptimizerState {
    const moments = this.plan.moments.map((_, i) => this.#memory.readTensors(i + 1));
    return { moments, clock: this.#memory.clock() };
  }

  begin(parameters: Float64Array, optimizer?: OptimizerState, gradientNorm = NaN): void {
    this.#memory.begin(parameters, optimizer);
    this.#forgetSteps();
    this.#gradientNorm = gradientNorm;
  }

  setRates(rates: LearningRates): void {
    this.#saveLatest();
    this.#network = withRates(this.#network, rates);
    this.#memory.setRates(this.#network);
  }

  /** Makes what is saved one step old, for older steps cannot be made anew by other rates. */
  #saveLatest(): void {
    const { steps, position, end, batchSize } = this.#undoable;
    if (steps <= 1) return;
    const latest = position + (steps - 1) * batchSize;
    this.undo();
    this.#save(1, latest, end, batchSize);
    this.#memory.train(latest, end, batchSize, 1);
    this.#gradientNorm = this.#memory.gradientNorm;
  }

  #save(steps: number, position: number, end: number, batchSize: number): void {
    this.#memory.save();
    this.#swapUndoable();
    const undoable = this.#undoable;
    undoable.steps = steps;
    undoable.position = position;
    undoable.end = end;
    undoable.batchSize = batchSize;
    undoable.gradientNorm = this.#gradientNorm;
  }

  #swapUndoable(): void {
    const latest = this.#undoable;
    this.#undoable = this.#undoableBefore;
    this.#undoableBefore = latest;
  }

  /** As at the latest `#save`; what could be undone then can be undone again. */
  #rollBack(): void {
    this.#memory.restore();
    this.#memory.forgetSave();
    this.#swapUndoable();
  }

  #loss(rows: number): number {
    this.#memory.readOutputs();
    const { weightedInputs: z, outputs: a, targets: y } = this.#memory;
    const units = this.#shapes.outputSize;
    let sum = 0;
    for (let start = 0; start < rows * units; start += units) {
      sum += sampleLoss(this.#network.loss, z, a, y, start, units);
    }
    return sum;
  }

  /**
   * The steps of a call in which something has overflowed, one by one. The one that does so is repeated with all its
   * numbers in sight; where they are finite after all (only a weighted input was not), training goes on.
   */
  #repeatCarefully(start: number, end: number, batchSize: number, made: number): number {
    this.#rollBack();
    for (let steps = 0; steps < made; steps++) {
      const position = start + steps * batchSize;
      const batchEnd = Math.min(position + batchSize, end);
      this.#save(1, position, batchEnd, batchSize);
      this.#memory.train(position, batchEnd, batchSize, 1);
      if (this.#memory.isFinite()) {
        this.#gradientNorm = this.#memory.gradientNorm;
        continue;
      }
      this.#rollBack();
      this.#workOnTile(position, batchEnd, batchSize);
      if (this.place) return steps;
    }
    return made;
  }

  /** One tile of the batch at the position; its last tile makes the step. */
  #workOnTile(position: number, end: number, batchSize: number): number {
    const samples = Math.min(batchSize, end - position);
    const rows = Math.min(this.#batchRows, samples - this.#gathered);
    if (this.#gathered === 0) this.#lossSum = 0;
    this.#memory.gather(position + this.#gathered, rows);
    this.#memory.forward(true, true);
    this.#lossSum += this.#loss(rows);
    if (!Number.isFinite(this.#lossSum)) {
      this.#gathered = 0;
      const layers = this.#memory.layerNumbers();
      this.place = findInLayers(layers, rows) ?? lossPlace(this.#lossSum);
      return 0;
    }
    if (!this.#memory.backward(samples, this.#gathered > 0)) {
      // The batch begins anew.
      this.#gathered = 0;
      return 0;
    }
    this.#gathered += rows;
    if (this.#gathered < samples) return 0;
    this.#gathered = 0;
    this.#save(1, position, end, batchSize);
    this.place = this.#applyStored();
    return this.place ? 0 : 1;
  }

  #applyStored(): DivergencePlace | undefined {
    this.#memory.applyStored();
    const norm = this.#memory.gradientNorm;
    if (!Number.isFinite(norm) || !this.#memory.isFinite()) {
      const place =
        findInTensors(this.#memory.gradientTensors(), 'gradient') ??
        findInTensors(this.#memory.stateTensors(), 'parameter');
      if (place) {
        this.#rollBack();
        return place;
      }
    }
    this.#gradientNorm = norm;
    return undefined;
  }
}
