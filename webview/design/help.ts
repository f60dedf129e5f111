/** Every key and every gesture, on one page. */
import { html, type TemplateResult } from 'lit';
import { text } from '../strings';
import { gestureRows, helpRows, listeningRows } from './keys';
import type { DesignSession } from './session';

export function help(session: DesignSession): TemplateResult {
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' && event.key !== '?') return;
    event.preventDefault();
    event.stopPropagation();
    session.close();
  };
  const left = (event: FocusEvent): void => {
    const to = event.relatedTarget as Element | null;
    const open = session.popup?.type === 'help';
    if (open && to && !to.closest('.help')) (event.target as HTMLElement).focus();
  };
  return html`<div
    class="help"
    role="dialog"
    aria-modal="true"
    aria-label=${text('help.title')}
    data-testid="help"
    @keydown=${pressed}
    @focusout=${left}
  >
    <div class="popup-title">
      <h2>${text('help.title')}</h2>
      <button
        class="icon"
        data-first
        aria-label=${text('help.close')}
        title=${text('help.close')}
        data-testid="help-close"
        @click=${() => session.close()}
      >
        <i class="codicon codicon-close" aria-hidden="true"></i>
      </button>
    </div>
    ${columns()} ${listening()}
  </div>`;
}

/** How the page is read by who does not see it. */
function listening(): TemplateResult {
  return html`<section class="help-listening" aria-label=${text('help.listening')}>
    <h3>${text('help.listening')}</h3>
    ${listeningRows.map(what => html`<p>${text(what)}</p>`)}
  </section>`;
}

function columns(): TemplateResult {
  return html`<div class="help-columns">
    <section aria-label=${text('help.keys')}>
      <h3>${text('help.keys')}</h3>
      <dl>
        ${helpRows.map(
          ({ keys, what }) =>
            html`<dt>${keys.split(/ {2}/).map(key => html`<kbd>${key}</kbd> `)}</dt>
              <dd>${text(what)}</dd>`,
        )}
      </dl>
    </section>
    <section aria-label=${text('help.gestures')}>
      <h3>${text('help.gestures')}</h3>
      <ul>
        ${gestureRows.map(what => html`<li>${text(what)}</li>`)}
      </ul>
    </section>
  </div>`;
}
