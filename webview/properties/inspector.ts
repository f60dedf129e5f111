/** The right side: what is selected, and what can be changed about it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { Arrangement } from '../arrange';
import { layerTitle, namesOf, spoken } from '../canvas/names';
import type { Controller } from '../controller';
import { explained, explanationOf } from '../inspect/explained';
import type { State } from '../store';
import { text } from '../strings';
import { formsOf, lockLine, type Forms } from './forms';
import { inputForm, layerForm } from './layerForm';
import { fields, networkForm } from './networkForm';
import { severalForm } from './severalForm';

/** Beside the canvas, or below it under a title that folds it. `filled`: false for its place alone. */
export function inspector(
  state: State,
  controller: Controller,
  { stacked, inspector: height }: Arrangement,
  filled: boolean,
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
            ${filled ? body(state, controller) : nothing}
          </div>`
        : nothing
    }
  </aside>`;
}

function body(state: State, controller: Controller): TemplateResult | typeof nothing {
  const forms = formsOf(state, controller);
  if (!forms) return nothing;
  const { selection, layers } = state.show;
  if (layers.length > 1)
    return html`${crumbs(state, { type: 'loss' }, controller)} ${lockLine(state)}
    ${severalForm(forms, layers)}`;
  if (!selection) return html`${lockLine(state)} ${networkForm(forms)}`;
  return html`${crumbs(state, selection, controller)}
  ${selection.type === 'layer' ? lockLine(state) : nothing} ${selected(forms, selection)}`;
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
    <i class="codicon codicon-chevron-${open ? 'down' : 'right'}"></i>
    <span>${text('inspector.label')}</span>
    <span class="quiet">${of}</span>
  </button>`;
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

function selected(forms: Forms, selection: Target): TemplateResult {
  const { state, controller } = forms;
  const answer = state.selectionFacts;
  const numbers =
    answer?.type === 'facts'
      ? explained(explanationOf(answer.facts, state.notation), controller, 'inspector')
      : answer
        ? html`<p class="caution">${text('card.failed', answer.message)}</p>`
        : html`<p class="quiet">${text('card.loading')}</p>`;
  if (selection.type !== 'layer') return numbers;
  const form =
    selection.layer < 0
      ? inputForm(forms, fields(forms, 'input'))
      : layerForm(forms, selection.layer);
  return html`${form} ${numbers}`;
}
