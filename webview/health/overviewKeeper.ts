/** Fetches the overview of all layers while it is shown, one request at a time, and keeps the newest. */
import type { Overview, OverviewRequest } from '../../src/protocol';
import { messageOf } from '../messageOf';
import { browserTimer, Refresher, type Timer } from '../refresher';
import type { State } from '../store';

/** Milliseconds from one request to the next: a table is read, not watched. */
const INTERVAL = 300;

export class OverviewKeeper {
  readonly #ask: (request: OverviewRequest) => Promise<Overview>;
  readonly #changed: () => void;
  readonly #refresher: Refresher;
  #seen: Pick<State, 'view' | 'document' | 'run'> | undefined;
  #wanted: OverviewRequest | undefined;
  #overview: Overview | undefined;
  #failure: string | undefined;

  /** `changed` is told of a new overview, and of a failure. */
  constructor(
    ask: (request: OverviewRequest) => Promise<Overview>,
    changed: () => void,
    timer: Timer = browserTimer,
  ) {
    this.#ask = ask;
    this.#changed = changed;
    this.#refresher = new Refresher(() => this.#fetch(), INTERVAL, timer);
  }

  get overview(): Overview | undefined {
    return this.#overview;
  }

  /** Why there is no new one. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** What is shown now; asks anew where the numbers may be others. */
  follow({ view, document, run, show: { scope } }: State, sameBins: boolean): void {
    const seen = this.#seen;
    const wanted = this.#wanted;
    const urgent = wanted?.scope !== scope || wanted.sameBins !== sameBins;
    const stale = seen?.view !== view || seen?.document !== document || seen?.run !== run;
    this.#seen = { view, document, run };
    this.#wanted = { scope, sameBins };
    if (document?.network && !document.stale && (urgent || stale)) this.#refresher.ask(urgent);
  }

  /** Nobody looks any more. */
  forget(): void {
    this.#seen = this.#wanted = this.#overview = this.#failure = undefined;
  }

  async #fetch(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    try {
      const overview = await this.#ask(wanted);
      if (!this.#wanted) return;
      this.#overview = overview;
      this.#failure = undefined;
    } catch (error) {
      if (!this.#wanted) return;
      this.#failure = messageOf(error);
    }
    this.#changed();
  }
}
