/** The right side: what is selected, and what can be changed about it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DirectiveResult } from 'lit/directive.js';
import { guard } from 'lit/directives/guard.js';
import type { Target } from '../../src/engine/facts';
import { layerTitle, namesOf } from '../canvas/names';
import type { Controller } from '../controller';
import { explained, explanationOf, figureOf } from '../inspect/explained';
import { matrixSwitch } from '../matrices/switch';
import { isOver } from '../stepping/soFar';
import type { State } from '../store';
import { text } from '../strings';
import { formsOf, lockLine, type Forms } from './forms';
import { inputForm, layerForm } from './layerForm';
import { fields, networkForm } from './networkForm';
import { severalForm } from './severalForm';

/** What stands in the inspector's frame. */
export function inspectorBody(
  state: State,
  controller: Controller,
): TemplateResult | typeof nothing {
  const forms = formsOf(state, controller);
  if (!forms) return nothing;
  const { selection, layers } = state.show;
  if (layers.length > 1)
    return html`${crumbs(state, { type: 'loss' }, controller)} ${lockLine(state)}
    ${unlessOnlyNumbers(state, () => severalForm(forms, layers))}`;
  if (!selection)
    return html`${lockLine(state)} ${unlessOnlyNumbers(state, () => networkForm(forms))}`;
  return html`${crumbs(state, selection, controller)}
  ${selection.type === 'layer' ? lockLine(state) : nothing} ${selected(forms, selection)}`;
}

/** Forms show nothing of what a running training changes: they are drawn when anything else is new. */
function unlessOnlyNumbers(state: State, draw: () => TemplateResult): DirectiveResult {
  const { document, notation, show, notice, quiet, gradcheck, loadPart, phase } = state;
  return guard([document, notation, show, notice, quiet, gradcheck, loadPart, phase], draw);
}

/** The way back: from a weight to its layer to the network. */
function crumbs(state: State, selection: Target, controller: Controller): TemplateResult {
  const layer =
    selection.type !== 'loss' && selection.type !== 'layer' ? selection.layer : undefined;
  const named = namesOf(state.document, state.notation);
  return html`<nav class="crumbs" aria-label=${text('inspector.way')}>
    <button class="link" data-testid="select-network" @click=${() => controller.select(undefined)}>
      ${text('inspector.back')}
    </button>
    ${
      layer === undefined
        ? nothing
        : html`<i class="codicon codicon-chevron-right" aria-hidden="true"></i>
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
      ? explained(explanationOf(answer.facts, state.notation), controller, 'inspector', {
          figure: figureOf(answer.facts),
        })
      : answer
        ? html`<p class="caution">${text('card.failed', answer.message)}</p>`
        : html`<p class="quiet">${text('card.loading')}</p>`;
  const lab = answer?.type === 'facts' ? labLink(controller) : nothing;
  if (selection.type !== 'layer')
    return html`${selection.type === 'loss' ? nothing : matrixSwitch(state, controller)} ${numbers}
    ${lab}
    ${
      // It takes the numbers of a whole pass.
      isOver(controller.soFar.value)
        ? html`<nabla-what-if .controller=${controller} .state=${state}></nabla-what-if>`
        : nothing
    }
    ${selection.type === 'neuron' ? instruments(forms, selection.layer) : nothing}`;
  const form = unlessOnlyNumbers(state, () =>
    selection.layer < 0
      ? inputForm(forms, fields(forms, 'input'))
      : layerForm(forms, selection.layer),
  );
  const tried = selection.layer < 0 ? instruments(forms, selection.layer) : nothing;
  return html`${form} ${tried} ${matrixSwitch(state, controller)} ${numbers}
  ${selection.layer < 0 ? nothing : lab}`;
}

/** From the formulas as they are to what would be wrong with others. */
function labLink(controller: Controller): TemplateResult {
  return html`<p class="lab-link">
    <button
      type="button"
      class="link"
      data-testid="inspector-lab"
      @click=${() => controller.show({ lab: true })}
    >
      ${text('lab.open')}
    </button>
  </p>`;
}

/** With the input the prediction panel; with any neuron its map, where the network has one or two inputs. */
function instruments({ state, controller, shapes }: Forms, layer: number): TemplateResult {
  return html`${
    layer < 0
      ? html`<nabla-predict .controller=${controller} .state=${state}></nabla-predict>`
      : nothing
  }
  ${
    shapes.inputSize <= 2
      ? html`<nabla-map .controller=${controller} .state=${state}></nabla-map>`
      : nothing
  }`;
}
