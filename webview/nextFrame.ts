/** Does something once in the coming frame, however often it is asked to until then. */
export class NextFrame {
  readonly #act: () => void;
  #frame = 0;

  constructor(act: () => void) {
    this.#act = act;
  }

  ask(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#act();
    });
  }

  /** What was asked for is not done. */
  cancel(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
