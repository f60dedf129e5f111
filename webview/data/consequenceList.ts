/** What a change of the data changes in the network, before it is made. */
import { html, type TemplateResult } from 'lit';
import { text } from '../strings';
import type { Consequence } from './changes';

export function consequenceList(consequences: readonly Consequence[]): TemplateResult {
  return html`<div class="consequences" data-testid="consequences" role="status">
    ${
      consequences.length === 0
        ? html`<p class="quiet">${text('data.willStay')}</p>`
        : html`<p>${text('data.will')}</p>
            <ul>
              ${consequences.map(({ what, from, to }) => html`<li>${text(`data.will.${what}`, from, to)}</li>`)}
            </ul>`
    }
  </div>`;
}
