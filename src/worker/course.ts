/** How far a run has come, counted on where its trainer begins anew, and what is kept of the way. */
import { epochAt } from '../engine/epochAt';
import type { Position } from '../engine/inspect';
import {
  snapshotList,
  type KeptSnapshot,
  type KeptSnapshots,
  type SnapshotList,
} from '../engine/keptSnapshots';
import type { Divergence, Trainer } from '../engine/trainer';
import type { CourseState, TrainingMoment } from '../protocol';
import { notKept, type Past } from './looks';

const START: Position = { epoch: 0, step: 0 };

export class Course implements Past {
  readonly snapshots: KeptSnapshots;
  readonly #trainer: Trainer;
  /** Where the run was when the trainer last began to count. */
  #before: Position = START;
  /** Epochs of the runs that this one goes on from. */
  #earlier = 0;
  /** The kept moment that the trainer began anew from. Until its first step the run is there. */
  #origin: KeptSnapshot | undefined;

  /**
   * @param snapshots of the session; those of another run are cleared
   * @param from how far the run has come that this one goes on from, or the kept moment whose parameters the trainer has
   */
  constructor(trainer: Trainer, snapshots: KeptSnapshots, from?: CourseState | KeptSnapshot) {
    this.#trainer = trainer;
    this.snapshots = snapshots;
    if (from && 'begun' in from) {
      this.#goOnFrom(from.begun);
      this.#origin = snapshots.all.find(({ id }) => id === from.resting);
    } else if (from) this.#beginAt(from);
    else snapshots.clear();
    this.#earlier = this.#origin?.at ?? this.#before.epoch;
  }

  position(): Position {
    return this.#resting?.position ?? this.#from(this.#trainer);
  }

  /** Whether the run is at a moment that it was brought back to, and that is recorded. */
  get rests(): boolean {
    return this.#resting !== undefined;
  }

  /** Epochs, and parts of one, since the start of the run. */
  get at(): number {
    if (this.#resting) return this.#resting.at;
    if (this.#trainer.dataset.training.length === 0) return 0;
    return this.#before.epoch + epochAt(this.#trainer);
  }

  /** Epochs that the trainer has completed when the loss is next wanted: by a record, at `recorded`, or to be kept. */
  wantedAt(recorded: number): number {
    return Math.ceil(Math.min(recorded, this.snapshots.next) - this.#before.epoch);
  }

  /** The same since this run was loaded. */
  get trained(): number {
    return Math.max(0, this.at - this.#earlier);
  }

  /** For a run that goes on from here. */
  get state(): CourseState {
    return { begun: this.#begun, resting: this.#resting?.id };
  }

  /** What the trainer says of itself, as the run counts. */
  placed(divergence: Divergence): Divergence {
    return { ...divergence, ...this.#from(divergence) };
  }

  get list(): SnapshotList {
    this.#leaveOrigin();
    const { all, last } = this.snapshots;
    const present = this.#resting ?? (last && !this.#isNew(last) ? last : undefined);
    return snapshotList(all, present?.id);
  }

  /** Keeps the numbers of now to look back at, where enough has passed since the last ones, or it is `worthIt`. */
  keep(worthIt: boolean): void {
    this.#leaveOrigin();
    if (this.#resting || (!worthIt && !this.snapshots.wants(this.at))) return;
    const { last } = this.snapshots;
    if (last && !this.#isNew(last)) return;
    this.snapshots.keep({
      at: this.at,
      position: this.position(),
      loss: this.#trainer.evaluation.loss,
      parameters: this.#trainer.readParameters(),
      optimizer: this.#trainer.readOptimizerState(),
    });
  }

  /**
   * Back to a kept snapshot, its place in the run included. The optimizer begins anew. What came after that moment stays
   * until the next step leads another way.
   *
   * @throws RangeError when it is not kept any more
   */
  restore(snapshot: number): void {
    const kept = this.snapshots.look(snapshot);
    if (!kept) throw notKept();
    const { trained } = this;
    this.#trainer.reset(kept.parameters);
    this.#beginAt(kept);
    this.#earlier = kept.at - trained;
  }

  /** The trainer is where a checkpoint was taken, and counts from the start of that training. What was kept is of another. */
  resumed(): void {
    const { epoch } = this.#trainer;
    const { epoch: scheduled = epoch } = this.#trainer.readOptimizerState();
    this.#before = { ...START, epoch: scheduled - epoch };
    this.#origin = undefined;
    this.snapshots.clear();
    this.#earlier = this.at;
  }

  /** The trainer is where another one was, whose run had come this far. What was kept is of another. */
  wentOn({ position, trained }: TrainingMoment): void {
    const { epoch, step } = this.#trainer;
    this.#before = { epoch: position.epoch - epoch, step: position.step - step };
    this.#origin = undefined;
    this.snapshots.clear();
    this.#earlier = this.at - trained;
    this.keep(true);
  }

  /** Back to the start of the run. */
  reset(): void {
    this.#trainer.reset();
    this.#before = START;
    this.#earlier = 0;
    this.#origin = undefined;
    this.snapshots.clear();
  }

  /** The kept moment that the run is at, as long as nothing was trained since. */
  get #resting(): KeptSnapshot | undefined {
    const { epoch, step, batch } = this.#trainer;
    return epoch === 0 && step === 0 && batch === 0 ? this.#origin : undefined;
  }

  #beginAt(moment: KeptSnapshot): void {
    this.#origin = moment;
    // The trainer begins an epoch anew: the one that was begun then counts.
    this.#goOnFrom({ epoch: Math.ceil(moment.at), step: moment.position.step });
  }

  /** What was before the trainer's first step, for the schedule of the learning rate, too. */
  #goOnFrom(before: Position): void {
    this.#before = before;
    this.#trainer.countFrom(before.epoch);
  }

  /** Once the run has gone on from a restored moment, what came after that belongs to another way. */
  #leaveOrigin(): void {
    if (!this.#origin || this.#resting) return;
    this.snapshots.dropAfter(this.#origin.at);
    this.#origin = undefined;
  }

  /** Whether the numbers of now are others than those. */
  #isNew({ position: { step } }: KeptSnapshot): boolean {
    return step !== this.position().step;
  }

  #from({ epoch, step }: Position): Position {
    return { epoch: this.#before.epoch + epoch, step: this.#before.step + step };
  }

  /** Where counting goes on once the trainer begins anew: an epoch that was begun counts. */
  get #begun(): Position {
    if (this.#resting) return this.#before;
    const { epoch, step } = this.position();
    return { epoch: this.#trainer.batch > 0 ? epoch + 1 : epoch, step };
  }
}

/** The kept moment whose parameters the trainer has. With another loss, as of other data, it is none of this run. */
export function knownMoment(snapshots: KeptSnapshots, trainer: Trainer): KeptSnapshot | undefined {
  const found = snapshots.find(trainer.readParameters());
  return found && Object.is(found.loss, trainer.evaluation.loss) ? found : undefined;
}
