/** The way of a training through its epochs: steps, positions and rates over a machine. It knows no evaluations. */
import { epochOrder } from '../data/batches';
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { ratesOf, withRates, type LearningRates } from '../network/rates';
import type { Checkpoint } from './checkpoint';
import type { DivergencePlace } from './divergence';
import type { Machine } from './machine';
import type { TriedStep } from './nextStep';
import { isSteady, rateAt } from './schedule';
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
  /** Where the order of the epoch under way begins among those that the machine has. */
  #start = 0;
  /** Behind the orders of epochs that follow it by the same rate. */
  #written = 0;
  /** Where the latest step's samples begin among all orders. */
  #before = 0;

  constructor(network: Network, dataset: Dataset, machine: Machine) {
    this.#network = network;
    this.#dataset = dataset;
    this.machine = machine;
    const { batchSize } = network.training;
    this.#batchSize = Math.max(
      1,
      Math.min(batchSize === 'all' ? Infinity : batchSize, dataset.training.length),
    );
    if (!network.training.shuffle) this.#writeAll();
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
    return this.#rateOf(this.scheduled);
  }

  /** The epoch under way, as the schedule counts. */
  get scheduled(): number {
    return this.#earlier + this.#epoch;
  }

  get isBetweenEpochs(): boolean {
    return this.#position === 0;
  }

  get isEpochUsedUp(): boolean {
    return this.#position === this.#length;
  }

  /**
   * As far as the machine comes in one go, `most` steps at most; within a batch that single steps have begun, if so.
   *
   * @param epochs that it may come through, this one and those behind it: at their ends nobody looks at anything
   */
  go(most: number, epochs = 1): DivergencePlace | undefined {
    return this.#advance(this.#stretchEnd(epochs), most);
  }

  /** A step by the next sample alone. */
  goBySample(): DivergencePlace | undefined {
    this.machine.forgetBatch();
    return this.#advance(this.#start + this.#position + 1, 1);
  }

  /** The step that `go` would make first, made and taken back. */
  tryStep(): TriedStep | undefined {
    if (this.isEpochUsedUp) return undefined;
    const end = Math.min((this.batch + 1) * this.#batchSize, this.#length);
    return this.machine.tryStep(this.#start + this.#position, end - this.#position);
  }

  /** Takes the latest step back, where the machine can. */
  undo(): boolean {
    if (!this.machine.undo()) return false;
    this.#step -= 1;
    this.#moveTo(this.#before, Math.floor(this.#before / this.#length));
    return true;
  }

  beginEpoch(epoch: number): void {
    const next = this.#start + this.#length;
    const isWritten = epoch === this.#epoch + 1 && next < this.#written;
    this.#epoch = epoch;
    this.#position = 0;
    this.machine.beginOrder(epoch);
    if (isWritten) {
      this.#start = next;
      return;
    }
    this.#start = 0;
    if (this.learningRate !== this.#rate) this.#setRate();
    this.#written = 0;
    this.#writeOrder(epoch);
  }

  /** From other parameters, and an optimizer at its start. */
  reset(parameters: Float64Array): void {
    this.machine.begin(parameters);
    this.#step = 0;
    this.#earlier = 0;
    this.#written = 0;
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
    this.#written = 0;
    this.beginEpoch(epoch);
    this.#position = position;
  }

  setRates(rates: LearningRates): void {
    this.follow(withRates(this.#network, rates));
  }

  /** @param network whose steps differ by their learning rates alone */
  follow(network: Network): void {
    this.#network = network;
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

  /** @param scheduled epoch, as the schedule counts */
  #rateOf(scheduled: number): number {
    return rateAt(this.#network.training, scheduled);
  }

  get #length(): number {
    return this.#dataset.training.length;
  }

  /** The machine makes its steps by the rate of the epoch under way; those behind it may have others now. */
  #setRate(): void {
    this.#rate = this.learningRate;
    this.#written = this.#start + this.#length;
    this.machine.setRates({ ...ratesOf(this.#network), rate: this.#rate });
  }

  /** Where the machine has to come back: at the end of some epochs, or of a batch that single steps have begun. */
  #stretchEnd(epochs: number): number {
    const length = this.#length;
    if (this.#position % this.#batchSize > 0)
      return this.#start + Math.min((this.batch + 1) * this.#batchSize, length);
    const room = Math.floor((this.machine.order.length - this.#start) / length);
    const end = this.#start + Math.min(epochs, room) * length;
    const steady = isSteady(this.#network.training.schedule);
    while (this.#written < end) {
      const ahead = (this.#written - this.#start) / length;
      if (!steady && this.#rateOf(this.scheduled + ahead) !== this.#rate) break;
      this.#writeOrder(this.#epoch + ahead);
    }
    return Math.min(end, this.#written);
  }

  /** Behind those that are written. */
  #writeOrder(epoch: number): void {
    const { seed, training } = this.#network;
    if (training.shuffle)
      epochOrder(this.#dataset.training, seed, epoch, true, this.machine.order, this.#written);
    this.#written += this.#length;
  }

  /** Every epoch's order where none is shuffled. */
  #writeAll(): void {
    const { training } = this.#dataset;
    const { order } = this.machine;
    for (let at = 0; at < order.length; at += training.length) order.set(training, at);
  }

  /** Up to `end` among the orders or `most` steps at most. */
  #advance(end: number, most: number): DivergencePlace | undefined {
    const batchSize = this.#batchSize;
    const start = this.#start + this.#position;
    const steps = this.machine.work(start, end, batchSize, most);
    const { place } = this.machine;
    if (steps === 0) return place;
    this.#before = start + (steps - 1) * batchSize;
    this.#step += steps;
    const now = Math.min(start + steps * batchSize, end);
    // An epoch is used up before the next one begins; what has overflowed has begun it.
    this.#moveTo(now, Math.floor((place ? now : this.#before) / this.#length));
    return place;
  }

  /** To a place among the orders, in the one of that index. */
  #moveTo(place: number, order: number): void {
    const start = order * this.#length;
    this.#epoch += (start - this.#start) / this.#length;
    this.#start = start;
    this.#position = place - start;
  }
}
