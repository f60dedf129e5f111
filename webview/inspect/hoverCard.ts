/** `<nabla-hover-card>`: the numbers of what is pointed at, beside it. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import { toUnicode } from '../../src/explain/unicode';
import type { NablaCanvas } from '../canvas/canvas';
import { placeCardIn, type Box } from '../canvas/place';
import { sameTarget } from '../canvas/related';
import type { Controller } from '../controller';
import { speak } from '../speak';
import type { Answer, State } from '../store';
import { text } from '../strings';
import { explained, explanationOf } from './explained';

const EDGE_OF_WINDOW = 8;

export class NablaHoverCard extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    canvas: { attribute: false },
  };
  declare controller: Controller;
  declare state: State;
  declare canvas: NablaCanvas | undefined;

  /** The target that the card was placed for: it does not move while its numbers refresh. */
  #placedFor: Target | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Where the card stands, in client coordinates; undefined while it is hidden. */
  box(): Box | undefined {
    if (!this.#placedFor) return undefined;
    const { x, y, width, height } = this.getBoundingClientRect();
    return { x, y, width, height };
  }

  /**
   * What is shown: the answer about what is pointed at. The keyboard that only rests there, after an action, opens no
   * card over the work; one that comes by Tab opens a card with numbers.
   */
  get #answer(): Answer | undefined {
    const { pointedFacts: answer, pointed } = this.state;
    if (!answer || !sameTarget(answer.target, pointed)) return undefined;
    const { rests = false, speaks = false } = this.canvas ?? {};
    return rests && (answer.type === 'failed' || !speaks) ? undefined : answer;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { notation } = this.state;
    const answer = this.#answer;
    if (!answer) return nothing;
    const body =
      answer.type === 'facts'
        ? explained(explanationOf(answer.facts, notation), this.controller, 'card')
        : html`<p class="caution">${text('card.failed', answer.message)}</p>`;
    return html`<div
      class="card"
      data-testid="card"
      role="group"
      @pointerenter=${() => this.canvas?.cardEntered()}
      @pointerleave=${() => this.canvas?.cardLeft()}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.canvas?.escape(event)}
    >
      ${body}
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const answer = this.#answer;
    const shown = answer?.target;
    if (changed.has('state') && !sameTarget(shown, this.#placedFor)) {
      this.#placedFor = shown;
      if (shown) this.#place(shown);
      if (answer?.type === 'facts' && shown && this.canvas?.speaks) {
        const { headline } = explanationOf(answer.facts, this.state.notation);
        speak(this, toUnicode({ left: headline.left, forms: [], value: headline.value }));
      }
    }
    this.toggleAttribute('open', shown !== undefined);
  }

  #place(target: Target): void {
    const anchor = this.canvas?.anchorOf(target);
    if (!anchor) return;
    this.toggleAttribute('open', true);
    const { width, height } = this.getBoundingClientRect();
    const room = {
      x: EDGE_OF_WINDOW,
      y: EDGE_OF_WINDOW,
      width: window.innerWidth - 2 * EDGE_OF_WINDOW,
      height: window.innerHeight - 2 * EDGE_OF_WINDOW,
    };
    // The toolbar stays free where there is room beside or below.
    const top = document.querySelector('.toolbar')?.getBoundingClientRect().bottom ?? room.y;
    const free = { ...room, y: top, height: room.y + room.height - top };
    const at = placeCardIn({ width, height }, anchor, [free, room]);
    this.style.left = `${Math.round(at.x)}px`;
    this.style.top = `${Math.round(at.y)}px`;
  }
}
