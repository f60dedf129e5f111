/** Facts of the next step of a parameter: its rate, the gradient that is taken, and what the optimizer makes of it. */
import type { Clip, Schedule } from '../network/network';

/** A schedule, and where the next step stands in it. */
export interface ScheduleFacts extends Schedule {
  /** Completed epochs, from which it tells the rate. */
  readonly epoch: number;
  /** Planned ones. */
  readonly epochs: number;
  /** η of that epoch, before a layer's own factor. */
  readonly rate: number;
  /** The layer's own factor. */
  readonly scale: number;
}

/** How the gradient of a step is clipped. */
export interface ClipFacts extends Clip {
  /** Euclidean norm of the gradient of all parameters; undefined where it decides nothing. */
  readonly length: number | undefined;
  /** What that makes of the gradient: 1 where it is not too long. */
  readonly factor: number;
}

/** What an optimizer keeps of one parameter: a mean or velocity, and squares; 0 where it has none. */
export interface Moments {
  readonly first: number;
  readonly second: number;
}

/** The next update of one parameter, were it made now with the gradient of this scope. */
export interface UpdateFacts {
  /** That of the epoch × the layer's learningRateScale */
  readonly learningRate: number;
  /** Absent where the rate is the optimizer's in every epoch. */
  readonly schedule?: ScheduleFacts;
  /** Includes the penalty, also in sample scope (a batch of one). */
  readonly gradient: number;
  /** What the optimizer takes of it: the same, unless it is clipped. */
  readonly taken: number;
  /** Of a training that clips. */
  readonly clip?: ClipFacts;
  /** next = value + change, by the optimizer with its state as it is now. */
  readonly change: number;
  readonly next: number;
  readonly before: Moments;
  readonly after: Moments;
  /** 1 − β₁ᵗ and 1 − β₂ᵗ of this step. */
  readonly corrections: Moments;
}
