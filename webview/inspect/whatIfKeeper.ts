/**
 * Fetches the curve of what is selected, and keeps the newest one. One request of a subject at a time, at most ten a
 * second; another subject does not wait: its request ends the one before.
 */
import type { WhatIf, WhatIfRequest } from '../../src/protocol';
import { messageOf } from '../messageOf';
import { browserTimer, Refresher, type Timer } from '../refresher';

/** Milliseconds from one request to the next. */
const INTERVAL = 100;
/** A curve that takes long leaves training this many times as long before the next. */
const REST = 4;

export class WhatIfKeeper {
  readonly #ask: (request: WhatIfRequest) => Promise<WhatIf>;
  readonly #wanted: () => WhatIfRequest | undefined;
  readonly #changed: () => void;
  readonly #timer: Timer;
  #refresher: Refresher;
  /** Counts subjects: an answer about an earlier one is dropped. */
  #subject = 0;
  #curve: WhatIf | undefined;
  #failure: string | undefined;
  #restUntil = -Infinity;

  /** `wanted`: the curve that is shown now; `changed` is told of a new one, and of a failure. */
  constructor(
    ask: (request: WhatIfRequest) => Promise<WhatIf>,
    wanted: () => WhatIfRequest | undefined,
    changed: () => void,
    timer: Timer = browserTimer,
  ) {
    this.#ask = ask;
    this.#wanted = wanted;
    this.#changed = changed;
    this.#timer = timer;
    this.#refresher = this.#newRefresher();
  }

  get curve(): WhatIf | undefined {
    return this.#curve;
  }

  /** Why there is no new curve. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Same subject, perhaps other numbers. `urgent`: a person waits for it. */
  refresh(urgent = false): void {
    if (urgent || this.#timer.now() >= this.#restUntil) this.#refresher.ask(urgent);
    else this.#timer.after(this.#restUntil - this.#timer.now(), this.#later(this.#subject));
  }

  /** Another target, scope or network. `keep`: what is shown stays until the new curve is there. */
  begin(keep: boolean): void {
    this.#subject += 1;
    if (!keep) this.#curve = undefined;
    this.#failure = undefined;
    this.#restUntil = -Infinity;
    this.#refresher = this.#newRefresher();
    this.#refresher.ask(true);
  }

  #newRefresher(): Refresher {
    const subject = this.#subject;
    return new Refresher(() => this.#fetch(subject), INTERVAL, this.#timer);
  }

  #later(subject: number): () => void {
    return () => {
      if (subject === this.#subject) this.#refresher.ask();
    };
  }

  async #fetch(subject: number): Promise<void> {
    const wanted = subject === this.#subject ? this.#wanted() : undefined;
    if (!wanted) return;
    const start = this.#timer.now();
    try {
      const curve = await this.#ask(wanted);
      if (subject !== this.#subject) return;
      this.#curve = curve;
      this.#failure = undefined;
    } catch (error) {
      if (subject !== this.#subject) return;
      // Given up for a newer question, which may be of another network: it is asked again.
      if (error instanceof Error && error.name === 'Cancelled') return this.refresh();
      this.#failure = messageOf(error);
    }
    const end = this.#timer.now();
    this.#restUntil = end + REST * Math.max(0, end - start - INTERVAL / 2);
    this.#changed();
  }
}
