/**
 * Shows news together. While training runs, its state, its curve, the picture's numbers and those of cards arrive a few
 * milliseconds apart; each drawn by itself would cost a frame, and frames are taken from the training where cores are few.
 */
import { browserTimer, type Timer } from './refresher';
import type { Store } from './store';

/** Milliseconds from one showing to the next, at least. */
const BEAT = 90;

export class Beat {
  readonly #store: Store;
  readonly #timer: Timer;
  #waiting: (() => void)[] = [];
  #last = -Infinity;

  constructor(store: Store, timer: Timer = browserTimer) {
    this.#store = store;
    this.#timer = timer;
  }

  /** Shows it after what waits before it: now, if it is urgent, nothing trains or nothing was shown for a while, else soon. */
  tell(show: () => void, urgent: boolean): void {
    this.#waiting.push(show);
    const runs = this.#store.state.run?.phase === 'running';
    const wait = this.#last + BEAT - this.#timer.now();
    if (urgent || !runs || wait <= 0) this.flush();
    else if (this.#waiting.length === 1) this.#timer.after(wait, () => this.flush());
  }

  /** Shows what waits, in the order in which it came. */
  flush(): void {
    const shown = this.#waiting;
    if (shown.length === 0) return;
    this.#waiting = [];
    this.#last = this.#timer.now();
    for (const show of shown) show();
  }
}
