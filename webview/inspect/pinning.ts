/** What is pinned, and how that changes. */
import { html, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import { namesOf, spoken } from '../canvas/names';
import { sameTarget } from '../canvas/related';
import type { Controller } from '../controller';
import type { State } from '../store';
import { text } from '../strings';
import { MOST_PINS } from '../viewState';

export const isPinned = ({ show }: Pick<State, 'show'>, target: Target | undefined): boolean =>
  target !== undefined && show.pins.some(pin => sameTarget(pin, target));

/**
 * Pins a target, or unpins it. A fourth is refused: the first card is what the others are compared with, and a card
 * that a person has put somewhere does not go by itself.
 */
export function togglePin(controller: Controller, target: Target): void {
  const { state } = controller.store;
  const { pins } = state.show;
  if (isPinned(state, target))
    controller.show({ pins: pins.filter(pin => !sameTarget(pin, target)) });
  else if (pins.length < MOST_PINS) controller.show({ pins: [...pins, target] });
  else controller.store.dispatch({ type: 'quiet', words: text('pin.full') });
}

/** The target in words, of a state that draws it. */
export function wordsOf({ document, notation }: State, target: Target): string {
  const named = namesOf(document, notation);
  return named ? spoken(named, target) : '';
}

/** `where`: prefix of the test id. */
export function pinButton(controller: Controller, target: Target, where: string): TemplateResult {
  const pinned = isPinned(controller.store.state, target);
  const label = text(pinned ? 'pin.unpin' : 'pin.pin');
  return html`<button
    class="icon"
    type="button"
    data-testid="${where}-pin"
    aria-pressed=${pinned}
    aria-label=${label}
    title=${label}
    @click=${() => togglePin(controller, target)}
  >
    <i class="codicon codicon-${pinned ? 'pinned' : 'pin'}" aria-hidden="true"></i>
  </button>`;
}
