/** The line in the head of the chart while the page looks back: which moment, the way back to now, and to make it now. */
import { html, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import { lockOf } from '../lock';
import type { State } from '../store';
import { text } from '../strings';
import { placeWords } from './words';

export function lookingBack({ document }: State, controller: Controller): TemplateResult {
  const { past } = controller;
  const { place } = past;
  return html`<span
    class="looking-back"
    data-testid="looking-back"
    @keydown=${(event: KeyboardEvent) => escape(event, controller)}
  >
    <i class="codicon codicon-history" aria-hidden="true"></i>
    <span class="number" data-testid="looking-back-words"
      >${place ? placeWords(past.places, past.index) : text('past.reading')}</span
    >
    <button
      class="link"
      data-testid="restore"
      title=${text('past.restoreHint')}
      ?disabled=${!place || lockOf(document) !== undefined}
      @click=${(event: Event) => void restore(event, controller)}
    >
      ${text('past.restore')}
    </button>
    <button
      class="link"
      data-testid="past-now"
      title=${text('past.nowHint')}
      @click=${(event: Event) => goToNow(event, controller)}
    >
      ${text('past.now')}
    </button>
  </span>`;
}

function escape(event: KeyboardEvent, controller: Controller): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.stopPropagation();
  goToNow(event, controller);
}

function goToNow(event: Event, { past }: Controller): void {
  const panel = panelOf(event);
  past.goToNow();
  keepKeyboard(panel);
}

async function restore(event: Event, { past }: Controller): Promise<void> {
  const panel = panelOf(event);
  await past.restore();
  if (!past.isBack) keepKeyboard(panel);
}

const panelOf = ({ currentTarget }: Event): Element | null =>
  (currentTarget as Element).closest('nabla-chart-panel');

/** The line goes: the keyboard is where the moment was chosen, or where the chart is opened. */
function keepKeyboard(panel: Element | null): void {
  const slider = panel?.querySelector<HTMLElement>('.timeline');
  (slider ?? panel?.querySelector<HTMLElement>('[data-testid="chart-toggle"]'))?.focus();
}
