/** The trainer: epochs, evaluations and what can be undone, over a machine that makes the steps. */
import { epochOrder } from '../data/batches';
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { ratesOf, withRates, type LearningRates } from '../network/rates';
import { checkCheckpoint, ownerOf, type Checkpoint } from './checkpoint';
import type { DivergencePlace } from './divergence';
import type { EngineReport } from './engineReport';
import { EvaluationJob } from './evaluation';
import { checkParameters } from './fit';
import { initialParameters } from './initializers';
import type { Machine } from './machine';
import { accuracyRule, type AccuracyRule } from './metrics';
import type { OptimizerState } from './optimizers';
import type { Plan } from './plan';
import { rateAt } from './schedule';
import type { Budget, Divergence, Evaluation, RunOutcome, Settlement, Trainer } from './trainer';

export class SteppingTrainer implements Trainer {
  readonly dataset: Dataset;
  readonly engine: EngineReport;
  #network: Network;
  readonly #machine: Machine;
  readonly #rule: AccuracyRule;
  /** Drawn when it is first needed: of a network that goes on from other parameters that may be never. */
  #start: Float64Array | undefined;
  readonly #batchSize: number;
  #step = 0;
  #epoch = 0;
  /** Epochs that the schedule counts before the first. */
  #earlier = 0;
  /** The rate that the machine has. */
  #rate = NaN;
  /** Samples of the epoch's order that have been applied. */
  #position = 0;
  /** Where the latest step's samples begin. */
  #positionBefore = 0;
  /** Evaluation of the current parameters, begun or complete; undefined when there is none. */
  #job: EvaluationJob | undefined;
  #evaluation: Evaluation | undefined;

  /** @param start and @param now as for `createTrainer` */
  constructor(
    network: Network,
    dataset: Dataset,
    machine: Machine,
    engine: EngineReport,
    start: Float64Array | undefined,
    now: Float64Array | undefined,
  ) {
    if (start) checkParameters(start, machine.plan.parameters.length);
    this.#network = network;
    this.dataset = dataset;
    this.#machine = machine;
    this.engine = engine;
    this.#rule = accuracyRule(dataset);
    const { batchSize } = network.training;
    this.#batchSize = Math.max(
      1,
      Math.min(batchSize === 'all' ? Infinity : batchSize, dataset.training.length),
    );
    this.#start = start?.slice();
    this.reset(now);
  }

  get plan(): Plan {
    return this.#machine.plan;
  }

  get network(): Network {
    return this.#network;
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

  get learningRate(): number {
    return rateAt(this.#network.training, this.#scheduled);
  }

  /** The epoch under way, as the schedule counts. */
  get #scheduled(): number {
    return this.#earlier + this.#epoch;
  }

  get gradientNorm(): number {
    return this.#machine.gradientNorm;
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
      const before = this.#step;
      const place = this.#advance(this.#stretchEnd, steps - made);
      made += this.#step - before;
      if (place) return { type: 'diverged', steps: made, divergence: this.#divergence(place) };
      if (!this.#epochIsUsedUp && expired?.()) return { type: 'time', steps: made };
    }
  }

  stepSample(): RunOutcome {
    this.#requireSamples();
    if (this.#epochIsUsedUp) {
      const ended = this.#endEpoch(0);
      if (ended.type === 'diverged') return ended;
    }
    this.#machine.forgetBatch();
    const place = this.#advance(this.#position + 1, 1);
    if (place) return { type: 'diverged', steps: 0, divergence: this.#divergence(place) };
    return this.#epochIsUsedUp ? this.#endEpoch(1) : { type: 'steps', steps: 1 };
  }

  settle(expired?: () => boolean): Settlement {
    const previous = this.#evaluation;
    if (!this.evaluate(expired)) return { type: 'time' };
    const place = this.#job?.place;
    if (!place) return { type: 'finite' };
    if (this.#machine.undo()) {
      this.#step -= 1;
      this.#position = this.#positionBefore;
      this.#job = undefined;
      this.#evaluation = previous && Number.isFinite(previous.loss) ? previous : undefined;
    }
    return { type: 'diverged', divergence: this.#divergence(place) };
  }

  evaluate(expired?: () => boolean): boolean {
    this.#job ??= new EvaluationJob(this.network, this.dataset, this.#rule, this.#machine);
    if (!this.#job.run(expired)) return false;
    this.#evaluation = this.#job.result();
    return true;
  }

  readParameters(): Float64Array {
    return this.#machine.readParameters();
  }

  readOptimizerState(): OptimizerState {
    return { ...this.#machine.readOptimizerState(), epoch: this.#scheduled };
  }

  reset(parameters: Float64Array = (this.#start ??= initialParameters(this.network))): void {
    checkParameters(parameters, this.plan.parameters.length);
    this.#machine.begin(parameters);
    this.#step = 0;
    this.#earlier = 0;
    this.#job = undefined;
    this.#evaluation = undefined;
    this.#beginEpoch(0);
  }

  checkpoint(): Checkpoint {
    return {
      owner: ownerOf(this.network, this.dataset),
      step: this.#step,
      epoch: this.#epoch,
      position: this.#position,
      parameters: this.readParameters(),
      optimizer: this.readOptimizerState(),
      gradientNorm: this.gradientNorm,
      evaluation: this.#evaluation,
    };
  }

  resume(checkpoint: Checkpoint): void {
    checkCheckpoint(checkpoint, ownerOf(this.network, this.dataset), this.plan);
    const { parameters, optimizer, gradientNorm } = checkpoint;
    this.#machine.begin(parameters, optimizer, gradientNorm);
    this.#step = checkpoint.step;
    this.#earlier = (optimizer.epoch ?? checkpoint.epoch) - checkpoint.epoch;
    this.#job = undefined;
    this.#evaluation = checkpoint.evaluation;
    this.#beginEpoch(checkpoint.epoch);
    this.#position = checkpoint.position;
  }

  setRates(rates: LearningRates): void {
    this.#network = withRates(this.#network, rates);
    this.#setRate();
  }

  countFrom(epochs: number): void {
    this.#earlier = epochs;
    this.#setRate();
  }

  /** The machine makes its steps by the rate of the epoch under way. */
  #setRate(): void {
    this.#rate = this.learningRate;
    this.#machine.setRates({ ...ratesOf(this.#network), rate: this.#rate });
  }

  predict(inputs: Float64Array, count: number): Float64Array {
    const { inputSize } = this.plan;
    if (inputs.length !== count * inputSize) {
      throw new RangeError(
        `predict: expected ${count} × ${inputSize} inputs, found ${inputs.length} numbers.`,
      );
    }
    return this.#machine.predict(inputs, count);
  }

  #requireSamples(): void {
    if (this.#machine.order.length > 0) return;
    throw new Error(
      'data: training needs at least one training sample, found none; add data or lower data.split.',
    );
  }

  get #epochIsUsedUp(): boolean {
    return this.#position === this.#machine.order.length;
  }

  /** Where the machine has to come back: at the end of the epoch, or of a batch that single steps have begun. */
  get #stretchEnd(): number {
    const { length } = this.#machine.order;
    const begun = this.#position % this.#batchSize > 0;
    return begun ? Math.min((this.batch + 1) * this.#batchSize, length) : length;
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
    this.#machine.beginOrder(epoch);
    if (this.learningRate !== this.#rate) this.#setRate();
    epochOrder(this.dataset.training, seed, epoch, training.shuffle, this.#machine.order);
  }

  /** As far as the machine comes in one go, `end` in the epoch's order or `most` steps at most. */
  #advance(end: number, most: number): DivergencePlace | undefined {
    const batchSize = this.#batchSize;
    const start = this.#position;
    const steps = this.#machine.work(start, end, batchSize, most);
    if (steps === 0) return this.#machine.place;
    this.#positionBefore = start + (steps - 1) * batchSize;
    this.#position = Math.min(start + steps * batchSize, end);
    this.#step += steps;
    this.#job = undefined;
    return this.#machine.place;
  }

  #divergence(place: DivergencePlace): Divergence {
    const { learningRate } = this;
    return { epoch: this.#epoch, batch: this.batch, step: this.#step, ...place, learningRate };
  }
}
