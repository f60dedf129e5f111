/** A layer's settings. Every change is said to the host as an edit; the form then shows what the text says. */
import { html, type TemplateResult } from 'lit';
import { activationFormulas } from '../../src/explain/activationFormulas';
import type { ActivationName, Layer } from '../../src/network/network';
import { layerTitle, namesOf } from '../canvas/names';
import type { Controller } from '../controller';
import { count } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import { iconButton } from '../training/toolbar';
import { fact } from './networkFacts';

export const MAXIMUM_UNITS = 65_536;

const ACTIVATIONS = Object.keys(activationFormulas) as readonly ActivationName[];

export function layerForm(state: State, index: number, controller: Controller): TemplateResult {
  const { document } = state;
  if (!document?.network || !document.shapes) return html``;
  const locked = document.readOnly || document.stale;
  if (index < 0) return inputForm(state, locked, controller);
  const named = namesOf(document, state.notation);
  const { network, shapes } = document;
  const layer = network.layers[index];
  const { inputs } = shapes.layers[index];
  const isOutput = index === network.layers.length - 1;
  return html`<h2>${named && layerTitle(named, index)} <span class="quiet">${layer.type}</span></h2>
    <div class="form">
      ${unitsField(layer, index, locked, controller)}
      ${activationField(layer, index, isOutput, locked, controller)}
      ${biasField(layer, index, locked, controller)}
    </div>
    <dl class="facts">
      ${fact(text('inspector.shape'), `${count(layer.units)} × ${count(inputs)}`)}
    </dl>
    <div class="actions">
      ${addButton(isOutput ? index : index + 1, isOutput ? network.layers[index - 1] : layer, locked, controller, isOutput)}
      <nabla-button
        appearance="secondary"
        data-testid="remove-layer"
        ?disabled=${locked || network.layers.length === 1}
        @click=${() => {
          controller.select(undefined);
          void controller.edit({ type: 'removeLayer', layer: index });
        }}
        >${text('inspector.removeLayer')}</nabla-button
      >
    </div>`;
}

function biasField(
  layer: Layer,
  index: number,
  locked: boolean,
  controller: Controller,
): TemplateResult {
  return html`<nabla-checkbox
    data-testid="use-bias"
    ?checked=${layer.useBias}
    .checked=${layer.useBias}
    ?disabled=${locked}
    @change=${(event: Event) => {
      const { checked } = event.target as HTMLInputElement;
      if (checked === layer.useBias) return;
      void controller.edit({ type: 'set', path: ['layers', index, 'useBias'], value: checked });
    }}
    >${text('inspector.useBias')}</nabla-checkbox
  >`;
}

function inputForm(state: State, locked: boolean, controller: Controller): TemplateResult {
  const { network, shapes } = state.document ?? {};
  const names = network?.input.names ?? state.document?.data?.inputNames ?? [];
  return html`<h2>${text('inspector.inputLayer')}</h2>
    <dl class="facts">
      ${fact(text('inspector.units'), count(shapes?.inputSize ?? 0))}
      ${fact(text('inspector.names'), names.join(', '))}
    </dl>
    <div class="actions">${addButton(0, undefined, locked, controller, false)}</div>`;
}

/**
 * A new hidden layer takes after the one it follows; softmax belongs to the last layer alone. Beside the
 * output layer it comes before it: what follows the output would be another output.
 */
function addButton(
  index: number,
  like: Layer | undefined,
  locked: boolean,
  controller: Controller,
  before: boolean,
): TemplateResult {
  const activation = like && like.activation !== 'softmax' ? like.activation : 'sigmoid';
  const layer = { type: 'dense', units: like?.units ?? 4, activation };
  return html`<nabla-button
    appearance="primary"
    data-testid="add-layer"
    ?disabled=${locked}
    @click=${() => void controller.edit({ type: 'addLayer', index, layer })}
    >${text(before ? 'inspector.addLayerBefore' : 'inspector.addLayer')}</nabla-button
  >`;
}

function unitsField(
  layer: Layer,
  index: number,
  locked: boolean,
  controller: Controller,
): TemplateResult {
  const setUnits = (units: number): void => {
    if (units === layer.units) return;
    if (Number.isInteger(units) && units >= 1 && units <= MAXIMUM_UNITS)
      void controller.edit({ type: 'setUnits', layer: index, units });
    else
      controller.store.dispatch({
        type: 'notice',
        message: text('inspector.unitsRange', count(MAXIMUM_UNITS)),
      });
  };
  return html`<label class="field">
    <span>${text('inspector.units')}</span>
    <span class="stepper">
      ${iconButton('fewer-units', 'remove', text('inspector.fewer'), () => setUnits(layer.units - 1), !locked && layer.units > 1)}
      <nabla-text-field
        data-testid="units"
        size="5"
        aria-label=${text('inspector.units')}
        ?disabled=${locked}
        .value=${String(layer.units)}
        @change=${(event: Event) => {
          const field = event.target as HTMLInputElement;
          const wanted = Number(field.value);
          // The field shows what the text says; when the edit is accepted the text will say it.
          field.value = String(layer.units);
          setUnits(wanted);
        }}
      ></nabla-text-field>
      ${iconButton('more-units', 'add', text('inspector.more'), () => setUnits(layer.units + 1), !locked && layer.units < MAXIMUM_UNITS)}
    </span>
  </label>`;
}

function activationField(
  layer: Layer,
  index: number,
  isLast: boolean,
  locked: boolean,
  controller: Controller,
): TemplateResult {
  const offered = ACTIVATIONS.filter(
    name => isLast || name !== 'softmax' || name === layer.activation,
  );
  return html`<div class="field">
    <span id="activation-label">${text('inspector.activation')}</span>
    <nabla-dropdown
      data-testid="activation"
      aria-labelledby="activation-label"
      ?disabled=${locked}
      .value=${layer.activation}
      @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        if (value !== layer.activation)
          void controller.edit({
            type: 'setActivation',
            layer: index,
            activation: value as ActivationName,
          });
      }}
    >
      ${offered.map(
        name =>
          html`<nabla-option value=${name} ?selected=${name === layer.activation}
            >${name}</nabla-option
          >`,
      )}
    </nabla-dropdown>
  </div>`;
}
