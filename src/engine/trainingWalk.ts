/** The way of a training through its epochs: steps, positions and rates over a machine. It knows no evaluations. */
import { epochOrder } from '../data/batches';
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { ratesOf, withRates, type LearningRates } from '../network/rates';
import type { Checkpoint } from './checkpoint';
import type { DivergencePlace } from './divergence';
import type { Machine } from './machine';
import { rateAt } from './schedule';
import type { Divergence } from './trainer';

/** Where a training is between two steps, of this network and these data. */
export type Moment = Omit<Checkpoint, 'owner' | 'evaluation'>;

export class TrainingWalk {
  readonly machine: Machine;
  readonly #dataset: Dataset;
  #network: Network;
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

  constructor(network: Network, dataset: Dataset, machine: Machine) {
    this.#network = network;
    this.#dataset = dataset;
    this.machine = machine;
    const { batchSize } = network.training;
    this.#batchSize = Math.max(
      1,
      Math.min(batchSize === 'all' ? Infinity : batchSize, dataset.training.length),
    );
  }

  /** With the learning rates of now. */
  get network(): Network {
    return this.#network;
  }

  get step(): number {
    return this.#step;
  }

  /** Completed ones. */
  get epoch(): number {
    return this.#epoch;
  }

  get batch(): number {
    return Math.floor(this.#position / this.#batchSize);
  }

  get learningRate(): number {
    return rateAt(this.#network.training, this.scheduled);
  }

  /** The epoch under way, as the schedule counts. */
  get scheduled(): number {
    return this.#earlier + this.#epoch;
  }

  get isBetweenEpochs(): boolean {
    return this.#position === 0;
  }

  get isEpochUsedUp(): boolean {
    return this.#position === this.machine.order.length;
  }

  /** As far as the machine comes in one go, `most` steps at most; within a batch that single steps have begun, if so. */
  go(most: number): DivergencePlace | undefined {
    return this.#advance(this.#stretchEnd, most);
  }

  /** A step by the next sample alone. */
  goBySample(): DivergencePlace | undefined {
    this.machine.forgetBatch();
    return this.#advance(this.#position + 1, 1);
  }

  /** Takes the latest step back, where the machine can. */
  undo(): boolean {
    if (!this.machine.undo()) return false;
    this.#step -= 1;
    this.#position = this.#positionBefore;
    return true;
  }

  beginEpoch(epoch: number): void {
    const { seed, training } = this.#network;
    this.#epoch = epoch;
    this.#position = 0;
    this.machine.beginOrder(epoch);
    if (this.learningRate !== this.#rate) this.#setRate();
    epochOrder(this.#dataset.training, seed, epoch, training.shuffle, this.machine.order);
  }

  /** From other parameters, and an optimizer at its start. */
  reset(parameters: Float64Array): void {
    this.machine.begin(parameters);
    this.#step = 0;
    this.#earlier = 0;
    this.beginEpoch(0);
  }

  /** A copy. */
  get moment(): Moment {
    return {
      step: this.#step,
      epoch: this.#epoch,
      position: this.#position,
      parameters: this.machine.readParameters(),
      optimizer: { ...this.machine.readOptimizerState(), epoch: this.scheduled },
      gradientNorm: this.machine.gradientNorm,
    };
  }

  goTo({ step, epoch, position, parameters, optimizer, gradientNorm }: Moment): void {
    this.machine.begin(parameters, optimizer, gradientNorm);
    this.#step = step;
    this.#earlier = (optimizer.epoch ?? epoch) - epoch;
    this.beginEpoch(epoch);
    this.#position = position;
  }

  setRates(rates: LearningRates): void {
    this.#network = withRates(this.#network, rates);
    this.#setRate();
  }

  /** The schedule counts on from so many epochs. */
  countFrom(epochs: number): void {
    this.#earlier = epochs;
    this.#setRate();
  }

  divergenceAt(place: DivergencePlace): Divergence {
    const { learningRate } = this;
    return { epoch: this.#epoch, batch: this.batch, step: this.#step, ...place, learningRate };
  }

  /** The machine makes its steps by the rate of the epoch under way. */
  #setRate(): void {
    this.#rate = this.learningRate;
    this.machine.setRates({ ...ratesOf(this.#network), rate: this.#rate });
  }

  /** Where the machine has to come back: at the end of the epoch, or of a batch that single steps have begun. */
  get #stretchEnd(): number {
    const { length } = this.machine.order;
    const begun = this.#position % this.#batchSize > 0;
    return begun ? Math.min((this.batch + 1) * this.#batchSize, length) : length;
  }

  /** `end` in the epoch's order or `most` steps at most. */
  #advance(end: number, most: number): DivergencePlace | undefined {
    const batchSize = this.#batchSize;
    const start = this.#position;
    const steps = this.machine.work(start, end, batchSize, most);
    if (steps === 0) return this.machine.place;
    this.#positionBefore = start + (steps - 1) * batchSize;
    this.#position = Math.min(start + steps * batchSize, end);
    this.#step += steps;
    return this.machine.place;
  }
}
