/** The clock of a training: slices of work, between which it is asked whether anybody still waits for it. */
import type { CliIo } from './io';

/** Milliseconds of training between two looks at the world. */
const SLICE = 50;

export class Pace {
  readonly #io: CliIo;
  readonly #maxSeconds: number;
  readonly #saves: boolean;
  readonly #start: number;
  #sliceEnd: number;

  /** @param saves whether something is left of the training when nobody reads what it prints */
  constructor(io: CliIo, maxSeconds: number | null, saves: boolean) {
    this.#io = io;
    this.#maxSeconds = maxSeconds ?? Infinity;
    this.#saves = saves;
    this.#start = io.now();
    this.#sliceEnd = this.#start + SLICE;
  }

  /** Since the start. */
  get seconds(): number {
    return (this.#io.now() - this.#start) / 1000;
  }

  get timeIsUp(): boolean {
    return this.seconds >= this.#maxSeconds;
  }

  readonly sliceIsOver = (): boolean => {
    const now = this.#io.now();
    return now >= this.#sliceEnd || now - this.#start >= 1000 * this.#maxSeconds;
  };

  /** Lets the world happen, then begins the next slice. False: there is no use in going on. */
  async rest(): Promise<boolean> {
    await this.#io.pause();
    this.#sliceEnd = this.#io.now() + SLICE;
    const { type } = this.#io.output;
    return type === 'open' || (type === 'closed' && this.#saves);
  }
}
