/** `<nabla-hover-card>`: the numbers of what is pointed at, beside it. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { NablaCanvas } from '../canvas/canvas';
import type { Point } from '../canvas/layout';
import { fitCard, overlaps, type Box } from '../canvas/place';
import { sameTarget } from '../canvas/related';
import type { Controller } from '../controller';
import { NextFrame } from '../nextFrame';
import { speak } from '../speak';
import { foundSoFar, type SoFar } from '../stepping/soFar';
import type { Answer, State } from '../store';
import { text } from '../strings';
import { explainWords } from '../words';
import { explained, explanationOf, figureOf, spokenHeadline } from './explained';
import { isPinned } from './pinning';
import { keepIn } from './pinPlaces';
import { cardHeight, freeRoom, windowRoom } from './room';

export class NablaHoverCard extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    soFar: { attribute: false },
    canvas: { attribute: false },
  };
  declare controller: Controller;
  declare state: State;
  declare soFar: SoFar | undefined;
  declare canvas: NablaCanvas | undefined;

  /** The target that the card was placed for: it does not move while its numbers refresh. */
  #placedFor: Target | undefined;
  /** What it must not lie on: where its target stood when it was placed. */
  #beside: Box | undefined;
  /** What was spoken last. */
  #spokenFor: Target | undefined;
  /** Where and how wide it stood before its numbers got all their digits. */
  #before: Box | undefined;
  /** In a frame of its own: an observer must not change the size that it observes. */
  readonly #clearing = new NextFrame(() => {
    if (this.#placedFor && !this.#before && this.#isInTheWay()) this.#place(this.#placedFor);
  });
  /** Numbers that refresh seldom make the card taller: nothing is measured for those that do not. */
  readonly #observer = new ResizeObserver(() => this.#clearing.ask());

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#clearing.cancel();
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
    // What is pinned shows its numbers on its own card.
    if (!answer || isPinned(this.state, answer.target)) return nothing;
    const { target } = answer;
    const body =
      answer.type === 'facts'
        ? explained(explanationOf(answer.facts, notation), this.controller, 'card', {
            target,
            figure: figureOf(answer.facts),
          })
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

  protected override willUpdate(): void {
    if (this.state.exact) this.#before ??= this.box();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const answer = this.#answer;
    const target = answer?.target;
    const shown = isPinned(this.state, target) ? undefined : target;
    if (changed.has('state') && !sameTarget(shown, this.#placedFor)) {
      this.#placedFor = shown;
      this.#before = undefined;
      this.style.width = '';
      if (shown) this.#place(shown);
    }
    if (shown && this.#before) this.#keepPlace(shown, this.#before);
    if (!sameTarget(target, this.#spokenFor)) {
      this.#spokenFor = target;
      if (answer?.type === 'facts' && this.canvas?.speaks) {
        const explanation = explanationOf(answer.facts, this.state.notation);
        const found = foundSoFar(explanation, answer.target, this.soFar, explainWords());
        speak(this, spokenHeadline(found, answer.target));
      }
    }
    this.toggleAttribute('open', shown !== undefined);
  }

  /**
   * With all digits the card stays where it is and as wide as it is: it grows away from what it speaks of, and moves
   * only so far that it does not leave the window.
   */
  #keepPlace(target: Target, before: Box): void {
    const { exact } = this.state;
    if (!exact) this.#before = undefined;
    this.style.width = exact ? `${before.width}px` : '';
    if (!exact) return this.#moveTo(before);
    const { height } = this.getBoundingClientRect();
    const anchor = this.canvas?.anchorOf(target)?.box;
    const isAbove = anchor && before.y + before.height <= anchor.y;
    const y = isAbove ? before.y + before.height - height : before.y;
    this.#moveTo(keepIn({ x: before.x, y }, { width: before.width, height }, windowRoom()));
  }

  #moveTo({ x, y }: Point): void {
    this.style.left = `${Math.round(x)}px`;
    this.style.top = `${Math.round(y)}px`;
  }

  /** What came later made it taller than its place: it lies on its target, or leaves the window. */
  #isInTheWay(): boolean {
    const box = this.box();
    if (!box || !this.#beside) return false;
    const room = windowRoom();
    return overlaps(box, this.#beside) || box.y + box.height > room.y + room.height + 1;
  }

  #place(target: Target): void {
    const anchor = this.canvas?.anchorOf(target);
    if (!anchor) return;
    this.toggleAttribute('open', true);
    this.style.width = '';
    const free = freeRoom();
    this.#limit(cardHeight(free));
    const size = this.getBoundingClientRect();
    // The toolbar stays free where there is room beside or below.
    const at = fitCard({ width: size.width, height: size.height }, anchor, [free, windowRoom()]);
    if (at.width < size.width) this.style.width = `${at.width}px`;
    if (at.height < size.height) this.#limit(at.height);
    this.#beside = overlaps(at, anchor.box) ? undefined : anchor.box;
    this.#moveTo(at);
  }

  /** Higher it is not: what is longer scrolls. */
  #limit(height: number): void {
    this.style.setProperty('--highest', `${Math.floor(height)}px`);
  }
}
