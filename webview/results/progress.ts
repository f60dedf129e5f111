/** How far results are that take long, with a way not to wait for them. */
import { html, type TemplateResult } from 'lit';
import { percent } from '../numbers';
import { text } from '../strings';

/** Milliseconds until one asks how far they are, and from then on between two questions. */
const FIRST = 400;
const NEXT = 150;

export class ResultsProgress {
  readonly #ask: () => Promise<number | undefined>;
  readonly #isWaiting: () => boolean;
  readonly #changed: () => void;
  readonly #after: (milliseconds: number) => Promise<void>;
  #follows = false;
  /** Of the samples, from 0 to 1; undefined where nobody has to wait long. */
  part: number | undefined;

  /**
   * @param ask how far they are
   * @param changed is called when there is something else to be shown
   */
  constructor(
    ask: () => Promise<number | undefined>,
    isWaiting: () => boolean,
    changed: () => void,
    after = (milliseconds: number): Promise<void> =>
      new Promise(resolve => setTimeout(resolve, milliseconds)),
  ) {
    this.#ask = ask;
    this.#isWaiting = isWaiting;
    this.#changed = changed;
    this.#after = after;
  }

  /** Asks again and again as long as somebody waits. Never rejects. */
  async follow(): Promise<void> {
    if (this.#follows) return;
    this.#follows = true;
    await this.#after(FIRST);
    while (this.#isWaiting()) {
      // That nobody answers is told by the results themselves.
      const part = await this.#ask().catch(() => undefined);
      if (!this.#isWaiting()) break;
      this.part = part ?? this.part;
      this.#changed();
      await this.#after(NEXT);
    }
    this.#follows = false;
    this.part = undefined;
    this.#changed();
  }
}

export function progressBar(part: number, cancel: () => void): TemplateResult {
  return html`<span class="results-progress" data-testid="results-progress">
    <progress max="1" .value=${part} aria-label=${text('results.computing')}></progress>
    <span class="number">${percent(Math.round(100 * part) / 100)}</span>
    <button class="link" data-testid="results-cancel" @click=${cancel}>
      ${text('results.cancel')}
    </button>
  </span>`;
}

/** @param isShown whether something from before is shown */
export function cancelledNote(isShown: boolean, again: () => void): TemplateResult {
  return html`<p class="quiet" role="status" data-testid="results-cancelled">
    ${text(isShown ? 'results.cancelledBefore' : 'results.cancelled')}
    <button class="link" data-testid="results-again" @click=${again}>
      ${text('results.refresh')}
    </button>
  </p>`;
}
