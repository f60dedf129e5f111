/**
 * Fetches the facts that the step at hand needs, and keeps those of the pass: what was looked at once is there when a
 * person comes back. When the parameters change, all are fetched anew, at most ten times a second.
 */
import type { Facts, Target } from '../../src/engine/facts';
import type { Known } from '../../src/explain/story/stepCard';
import { messageOf } from '../messageOf';
import { browserTimer, Refresher, type Timer } from '../refresher';

/** Milliseconds from one request to the next. */
const INTERVAL = 100;

const keyOf = (target: Target): string => JSON.stringify(target);

export class StepFacts {
  readonly #ask: (target: Target) => Promise<Facts>;
  readonly #missing: (known: Known) => readonly Target[];
  readonly #changed: () => void;
  readonly #refresher: Refresher;
  #facts = new Map<string, Facts>();
  #stale = false;
  /** Counts passes: an answer about an earlier one is dropped. */
  #pass = 0;
  #failure: string | undefined;

  /** `missing`: what the step needs and does not have; `changed` is told of new facts, and of a failure. */
  constructor(
    ask: (target: Target) => Promise<Facts>,
    missing: (known: Known) => readonly Target[],
    changed: () => void,
    timer: Timer = browserTimer,
  ) {
    this.#ask = ask;
    this.#missing = missing;
    this.#changed = changed;
    this.#refresher = new Refresher(() => this.#fetch(), INTERVAL, timer);
  }

  readonly known: Known = target => this.#facts.get(keyOf(target));

  /** Why the facts are not there. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** The step is another. */
  want(): void {
    if (this.#stale || this.#missing(this.known).length > 0) this.#refresher.ask(true);
    else this.#failure = undefined;
  }

  /** The parameters are others: what is shown stays until the new numbers are there. */
  renew(): void {
    this.#stale = true;
    this.#refresher.ask();
  }

  /** Another sample, or the end: nothing that is known is true any more. */
  forget(): void {
    this.#pass += 1;
    this.#facts = new Map();
    this.#stale = false;
    this.#failure = undefined;
  }

  async #fetch(): Promise<void> {
    const pass = this.#pass;
    const anew = this.#stale;
    const facts = anew ? new Map<string, Facts>() : this.#facts;
    this.#stale = false;
    try {
      await this.#complete(facts);
      if (pass !== this.#pass) return this.want();
      this.#facts = facts;
      this.#failure = undefined;
    } catch (error) {
      if (pass !== this.#pass) return;
      // What is kept is still of the parameters before.
      if (anew) this.#stale = true;
      this.#failure = messageOf(error);
    }
    this.#changed();
  }

  /** Some facts say which others are needed. */
  async #complete(facts: Map<string, Facts>): Promise<void> {
    const known: Known = target => facts.get(keyOf(target));
    for (let wanted = this.#missing(known); wanted.length > 0; wanted = this.#missing(known)) {
      const answers = await Promise.all(wanted.map(target => this.#ask(target)));
      wanted.forEach((target, i) => facts.set(keyOf(target), answers[i]));
    }
  }
}
