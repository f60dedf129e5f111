/** `<nabla-pins>`: the pinned cards. They are live, stand side by side, and go where a person puts them. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Target } from '../../src/engine/facts';
import type { NablaCanvas } from '../canvas/canvas';
import type { Point } from '../canvas/layout';
import { testId } from '../canvas/names';
import type { Box } from '../canvas/place';
import { sameTarget } from '../canvas/related';
import type { Controller } from '../controller';
import { speak } from '../speak';
import type { SoFar } from '../stepping/soFar';
import type { Answer, State } from '../store';
import { text } from '../strings';
import { compare, type Comparison, type Pinned } from './compared';
import { explained, explanationOf, figureOf } from './explained';
import { HeldShift } from './heldShift';
import { pinKey } from './pinKeys';
import { closeButton, dragHead, grip, moveBy, type PinActions } from './pinFrame';
import { togglePin, wordsOf } from './pinning';
import { keepIn, PIN_GAP, pinHeight, pinWidth, placePins } from './pinPlaces';
import { freeRoom } from './room';
import { scopeKey } from './scopeWords';

export class NablaPins extends LitElement {
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

  /** Where a person has put cards, by the name of their target. */
  readonly #moved = new Map<string, Point>();
  /** What the line was arranged for: while it is the same, no card moves. */
  #arranged = '';
  #shift: HeldShift | undefined;
  readonly #resized = (): void => this.requestUpdate();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#shift = new HeldShift(on => this.controller.store.dispatch({ type: 'exact', on }));
    window.addEventListener('resize', this.#resized);
    window.addEventListener('keydown', this.#pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#shift?.disconnect();
    window.removeEventListener('resize', this.#resized);
    window.removeEventListener('keydown', this.#pressed);
  }

  get #pins(): readonly Target[] {
    return this.state.show.pins;
  }

  #cards(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.pin')];
  }

  // ------------------------------------------------------------------ what is drawn

  protected override render(): TemplateResult | typeof nothing {
    if (this.#pins.length === 0) return nothing;
    const answers = this.#pins.map(pin => this.#answerOf(pin));
    const cards = answers.flatMap(answer => this.#pinned(answer) ?? []);
    const comparisons = compare(cards);
    return html`<section class="pins" aria-label=${text('pin.label')}>
      ${repeat(this.#pins, testId, (pin, i) => {
        const at = cards.findIndex(({ target }) => sameTarget(target, pin));
        return this.#card(pin, i, answers[i], cards[at], comparisons[at]);
      })}
    </section>`;
  }

  #answerOf(pin: Target): Answer | undefined {
    return this.state.pinFacts.find(answer => sameTarget(answer.target, pin));
  }

  #pinned(answer: Answer | undefined): Pinned | undefined {
    if (answer?.type !== 'facts') return undefined;
    const explanation = explanationOf(answer.facts, this.state.notation);
    return { target: answer.target, explanation, facts: answer.facts };
  }

  #card(
    pin: Target,
    at: number,
    answer: Answer | undefined,
    card: Pinned | undefined,
    comparison: Comparison | undefined,
  ): TemplateResult {
    const { controller } = this;
    const { notation, exact } = this.state;
    const words = wordsOf(this.state, pin);
    const isPointed = sameTarget(pin, this.state.pointed);
    return html`<div
      class="card pin ${isPointed ? 'pointed' : ''}"
      role="group"
      aria-label=${text('pin.card', words)}
      data-testid="pin-${at}"
      data-pin=${testId(pin)}
      @pointerdown=${(event: PointerEvent) => dragHead(event, this.#actions(pin))}
      @keydown=${(event: KeyboardEvent) => this.#keyOnCard(event, pin)}
    >
      ${guard(
        [this.state.pinFacts, scopeKey(controller), notation, exact, this.soFar, pin, at],
        () =>
          card
            ? this.#explained(pin, at, words, card, comparison)
            : this.#waiting(pin, words, answer),
      )}
    </div>`;
  }

  #explained(
    pin: Target,
    at: number,
    words: string,
    { explanation, facts }: Pinned,
    comparison: Comparison | undefined,
  ): TemplateResult {
    const before = grip(words, this.#actions(pin));
    const after = closeButton(words, this.#actions(pin));
    const frame = { before, after };
    const figure = facts && figureOf(facts);
    return explained(explanation, this.controller, `pin-${at}`, {
      target: pin,
      frame,
      comparison,
      figure,
    });
  }

  #waiting(pin: Target, words: string, answer: Answer | undefined): TemplateResult {
    const actions = this.#actions(pin);
    return html`<div class="explanation">
      <header>
        ${grip(words, actions)}<span class="words">${words}</span
        ><span class="actions">${closeButton(words, actions)}</span>
      </header>
      <p class="caution">
        ${answer?.type === 'failed' ? text('card.failed', answer.message) : text('card.loading')}
      </p>
    </div>`;
  }

  // ------------------------------------------------------------------ where it stands

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state') as State | undefined;
    if (before) this.#tell(before);
    if (this.#pins.length === 0 && this.#moved.size === 0) {
      this.#arranged = '';
      return;
    }
    const { pinFacts, exact, notation } = this.state;
    const room = this.#room();
    const named = this.#pins.map(testId);
    for (const name of this.#moved.keys()) if (!named.includes(name)) this.#moved.delete(name);
    // Numbers that follow the training change nothing here: cards keep their place.
    const known = pinFacts.map(({ type, target }) => [type, testId(target)]);
    const arranged = JSON.stringify([named, known, exact, notation, room, [...this.#moved]]);
    if (arranged === this.#arranged) return;
    this.#arranged = arranged;
    this.#arrange(room);
  }

  /** Beside the palette and the inspector, which stay free: over the chart first, and the foot of the picture. */
  #room(): Box {
    const room = freeRoom();
    const main = this.closest('main')?.getBoundingClientRect();
    if (!main) return room;
    return { ...room, x: main.x + PIN_GAP, width: main.width - 2 * PIN_GAP };
  }

  #arrange(room: Box): void {
    const cards = this.#cards();
    const width = pinWidth(cards.length, room);
    const highest = pinHeight(room);
    for (const card of cards) {
      card.style.width = `${width}px`;
      card.style.maxHeight = `${highest}px`;
    }
    const pins = cards.map(card => ({
      size: { width: card.offsetWidth, height: card.offsetHeight },
      moved: this.#moved.get(card.dataset['pin'] ?? ''),
    }));
    const window = freeRoom();
    placePins(pins, room).forEach((wanted, i) => {
      const { x, y } = keepIn(wanted, pins[i].size, pins[i].moved ? window : room);
      const { style } = cards[i];
      style.left = `${x}px`;
      style.top = `${y}px`;
      style.maxHeight = `${Math.min(highest, room.y + room.height - y)}px`;
    });
  }

  // ------------------------------------------------------------------ what a person does

  #actions(pin: Target): PinActions {
    const name = testId(pin);
    return {
      close: () => this.#close(pin),
      card: () => this.querySelector<HTMLElement>(`.pin[data-pin="${name}"]`),
      move: to => {
        if (to) this.#moved.set(name, to);
        else this.#moved.delete(name);
        this.requestUpdate();
      },
    };
  }

  #close(pin: Target): void {
    const cards = this.#cards();
    const at = cards.findIndex(card => card.dataset['pin'] === testId(pin));
    const hadKeyboard = cards[at]?.contains(document.activeElement) ?? false;
    const heir = cards[at + 1] ?? cards[at - 1];
    togglePin(this.controller, pin);
    if (!hadKeyboard) return;
    if (heir) heir.querySelector<HTMLElement>('.grip')?.focus();
    else this.canvas?.returnKeyboard();
  }

  #keyOnCard(event: KeyboardEvent, pin: Target): void {
    if (event.key === 'Escape') this.#close(pin);
    else if (!(event.target as Element).closest('.grip') || !moveBy(event, this.#actions(pin)))
      return;
    event.preventDefault();
    event.stopPropagation();
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const key = pinKey(event);
    if (!key) return;
    event.preventDefault();
    if (key === 'goTo') return this.#goTo();
    const name = (event.target as Element).closest<HTMLElement>('.pin')?.dataset['pin'];
    const own = this.#pins.find(pin => testId(pin) === name);
    // Where the pointer rests on something, that is what a person looks at.
    if (own && !this.state.pointed) return this.#close(own);
    const inCanvas = this.canvas?.contains(document.activeElement);
    const target = this.state.pointed ?? (inCanvas ? this.canvas?.place : undefined);
    if (target) togglePin(this.controller, target);
    else this.#say(text('pin.nothing'));
  };

  /** To the first card; from a card to the next. */
  #goTo(): void {
    const cards = this.#cards();
    const at = cards.findIndex(card => card.contains(document.activeElement));
    const next = cards[(at + 1) % Math.max(1, cards.length)];
    if (next) next.querySelector<HTMLElement>('.grip')?.focus();
    else this.#say(text('pin.none'));
  }

  /** A sentence for everybody. */
  #say(words: string): void {
    this.controller.store.dispatch({ type: 'quiet', words });
  }

  // ------------------------------------------------------------------ what is spoken

  /** What came and what went; what the text took away has no other cause that a person would see. */
  #tell(before: State): void {
    const now = this.#pins;
    const was = before.show.pins;
    if (now === was) return;
    const gone = was.filter(pin => !now.some(each => sameTarget(each, pin)));
    const come = now.find(pin => !was.some(each => sameTarget(each, pin)));
    if (gone.length > 0) {
      const words = gone.map(pin => wordsOf(before, pin)).join('; ');
      const byText = this.state.document !== before.document;
      speak(this, text(byText ? 'pin.gone' : 'pin.closed', words));
    } else if (come)
      speak(this, text('pin.pinned', now.length, now.length, wordsOf(this.state, come)));
  }
}
