/** Makes one step after another, slowly, until there is none. */

/** Steps a second. */
export const RATES = [0.5, 1, 2] as const;

export class StepPlayer {
  readonly #step: () => boolean;
  readonly #changed: () => void;
  #rate: number = RATES[1];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `step` makes one and says whether there is another; `changed` is told of a begin, an end and another rate. */
  constructor(step: () => boolean, changed: () => void) {
    this.#step = step;
    this.#changed = changed;
  }

  get playing(): boolean {
    return this.#timer !== undefined;
  }

  get rate(): number {
    return this.#rate;
  }

  play(): void {
    this.#wait();
    this.#changed();
  }

  stop(): void {
    if (!this.playing) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#changed();
  }

  choose(rate: number): void {
    this.#rate = rate;
    if (this.playing) this.#wait();
    this.#changed();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#step()) this.#wait();
      else this.stop();
    }, 1000 / this.#rate);
  }
}
