/** Where the inspector stands: beside the canvas, or below it under a title that folds it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Arrangement } from '../arrange';
import { namesOf, spoken } from '../canvas/names';
import type { Controller } from '../controller';
import type { State } from '../store';
import { text } from '../strings';

/** `body`: what it says; without it the place alone. */
export function inspectorFrame(
  state: State,
  controller: Controller,
  { stacked, inspector: height }: Arrangement,
  body: ((state: State, controller: Controller) => TemplateResult | typeof nothing) | undefined,
): TemplateResult {
  const { document } = state;
  if (!document?.network || !document.shapes) return html``;
  const open = !stacked || height > 0;
  return html`<aside
    class="inspector ${stacked ? 'below' : ''}"
    data-testid="inspector"
    aria-label=${text('inspector.label')}
  >
    ${stacked ? foldTitle(state, open, controller) : nothing}
    ${
      open
        ? html`<div class="inspector-body" style=${stacked ? `height: ${height}px` : ''}>
            ${body?.(state, controller)}
          </div>`
        : nothing
    }
  </aside>`;
}

function foldTitle(state: State, open: boolean, controller: Controller): TemplateResult {
  const { document, show } = state;
  const named = namesOf(document, state.notation);
  const of =
    show.selection && named
      ? spoken(named, show.selection)
      : document?.network?.name || (document?.fileName ?? '');
  return html`<button
    class="fold"
    data-testid="inspector-fold"
    aria-expanded=${open}
    @click=${() => controller.show({ fold: open ? 'folded' : 'open' })}
  >
    <i class="codicon codicon-${open ? 'chevron-down' : 'chevron-right'}" aria-hidden="true"></i>
    <span>${text('inspector.label')}</span>
    <span class="quiet">${of}</span>
  </button>`;
}
