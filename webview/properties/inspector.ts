/** The right side: what is selected, and what can be changed about it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import { layerTitle, namesOf } from '../canvas/names';
import type { Controller } from '../controller';
import { explained, explanationOf } from '../inspect/explained';
import type { State } from '../store';
import { text } from '../strings';
import { layerForm } from './layerForm';
import { networkFacts } from './networkFacts';

export function inspector(state: State, controller: Controller): TemplateResult {
  const { document, show } = state;
  if (!document?.network || !document.shapes) return html``;
  const { selection } = show;
  return html`<aside
    class="inspector"
    data-testid="inspector"
    aria-label=${text('inspector.label')}
  >
    ${selection ? crumbs(state, selection, controller) : nothing}
    ${selection ? selected(state, selection, controller) : networkFacts(state, controller)}
  </aside>`;
}

/** The way back: from a weight to its layer to the network. */
function crumbs(state: State, selection: Target, controller: Controller): TemplateResult {
  const layer =
    selection.type !== 'loss' && selection.type !== 'layer' ? selection.layer : undefined;
  const named = namesOf(state.document, state.notation);
  return html`<nav class="crumbs">
    <button class="link" data-testid="select-network" @click=${() => controller.select(undefined)}>
      ${text('inspector.back')}
    </button>
    ${
      layer === undefined
        ? nothing
        : html`<i class="codicon codicon-chevron-right"></i>
            <button class="link" @click=${() => controller.select({ type: 'layer', layer })}>
              ${named && layerTitle(named, layer)}
            </button>`
    }
  </nav>`;
}

function selected(state: State, selection: Target, controller: Controller): TemplateResult {
  const answer = state.selectionFacts;
  const numbers =
    answer?.type === 'facts'
      ? explained(explanationOf(answer.facts, state.notation), controller, 'inspector')
      : answer
        ? html`<p class="caution">${text('card.failed', answer.message)}</p>`
        : html`<p class="quiet">${text('card.loading')}</p>`;
  if (selection.type !== 'layer') return numbers;
  return html`${layerForm(state, selection.layer, controller)} ${numbers}`;
}
