/**
 * Epochs after which nobody asks for the loss: they are passed over without an evaluation. Where it turns out that numbers
 * have overflowed on the way, the way is gone once more from its start, with every evaluation; so the place is told as if
 * none had been left out.
 */
import type { Checkpoint } from './checkpoint';

/** A training between two steps, with what is known of its loss. */
export type KnownMoment = Omit<Checkpoint, 'owner'>;

export class PassedEpochs {
  /** Where the way begins: the loss is known there, and finite. */
  #start: KnownMoment | undefined;
  #any = false;
  /** Completed epochs up to which none is passed over. */
  #careful = 0;

  get isUnderWay(): boolean {
    return this.#start !== undefined;
  }

  /** A way on which epochs may be passed over begins here. */
  begin(start: KnownMoment): void {
    this.#start = start;
  }

  /** Whether the epoch that makes so many completed ones may be passed over. */
  allow(completed: number): boolean {
    return this.#start !== undefined && completed > this.#careful;
  }

  /** An epoch has been passed over. */
  pass(): void {
    this.#any = true;
  }

  /** The way is at its end, or cannot be gone once more. */
  forget(): void {
    this.#start = undefined;
    this.#any = false;
  }

  /** Another training begins. */
  clear(): void {
    this.forget();
    this.#careful = 0;
  }

  /**
   * Numbers have overflowed in the epoch that makes so many completed ones: where to go back to. Undefined when none was
   * passed over.
   */
  back(completed: number): KnownMoment | undefined {
    const start = this.#any ? this.#start : undefined;
    this.forget();
    if (start) this.#careful = completed;
    return start;
  }
}
