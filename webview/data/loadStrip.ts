/** The line that says how far the reading of large data is, with a way not to wait for it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import type { State } from '../store';
import { text } from '../strings';

export function loadStrip(
  { loadPart }: State,
  controller: Controller,
): TemplateResult | typeof nothing {
  if (loadPart === undefined) return nothing;
  return html`<div class="strip" role="status" data-testid="load-strip">
    <i class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true"></i>
    <span class="grow">${text('data.loading')}</span>
    <progress max="1" .value=${loadPart} aria-label=${text('data.loading')}></progress>
    <button
      class="link"
      data-testid="load-cancel"
      @click=${() => controller.run({ type: 'cancelLoad' })}
    >
      ${text('data.cancel')}
    </button>
  </div>`;
}
