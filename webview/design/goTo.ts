/** Goes to a place that somebody names. */
import { html, type TemplateResult } from 'lit';
import { namesOf } from '../canvas/names';
import { text } from '../strings';
import { directoryOf } from './directory';
import { findPlace } from './goToText';
import { nameOf } from './perform';
import { popup, problemLine } from './popup';
import type { DesignSession } from './session';

export function goToForm(
  session: DesignSession,
  problem: string | undefined,
  complain: (problem: string | undefined) => void,
): TemplateResult {
  return popup(
    session,
    'go-to',
    text('goto.title'),
    { x: 24, y: 24 },
    110,
    html`<form class="chooser" @submit=${(event: Event) => go(session, event, complain)}>
        <input
          data-first
          class="wide"
          autocomplete="off"
          spellcheck="false"
          aria-label=${text('goto.title')}
          aria-invalid=${problem !== undefined}
          placeholder=${text('goto.placeholder')}
          data-testid="go-to-field"
        />
      </form>
      ${problem === undefined ? html`<p class="quiet">${text('goto.placeholder')}</p>` : problemLine(problem)}`,
  );
}

function go(
  session: DesignSession,
  event: Event,
  complain: (problem: string | undefined) => void,
): void {
  event.preventDefault();
  const typed = (event.target as HTMLElement).querySelector('input')?.value ?? '';
  const { document, notation } = session.controller.store.state;
  const named = namesOf(document, notation);
  if (!named) return;
  const found = findPlace(typed, directoryOf(named));
  if (!found.ok)
    return complain(text(`goto.${found.problem}`, typed, found.from ?? '', found.to ?? ''));
  session.open(undefined);
  session.controller.select(found.target);
  session.surface.goTo(found.target, true);
  session.say(text('speak.selected', nameOf(session, found.target)));
}
