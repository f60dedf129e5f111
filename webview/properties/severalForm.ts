/** Several layers selected: what they have in common, set in all of them as one step. */
import { html, nothing, type TemplateResult } from 'lit';
import { initializerSettings } from '../../src/network/layerCatalog';
import { layerTraits } from '../../src/network/layerTypes';
import type { ActivationName, InitializerName, JsonPath } from '../../src/network/network';
import { text } from '../strings';
import { newest, send, type Forms } from './forms';
import { activationChoices } from './layerForm';
import { row, flagRow } from './row';
import {
  activateLayers,
  common,
  initializeLayers,
  initializerOf,
  setInLayers,
  weightedAmong,
} from './settingEdits';
import { dropdown, type Choice } from './settingField';
import { settingAt, valueAt } from './settingForm';
import { choiceText, helpOf, nameOf } from './settingWords';

export function severalForm(forms: Forms, layers: readonly number[]): TemplateResult {
  const { network, controller, locked } = forms;
  const weighted = weightedAmong(network, layers);
  const active = layers.filter(layer => layerTraits[network.layers[layer].type].hasActivation);
  return html`<h2>${text('several.title', layers.length)}</h2>
    <p class="quiet hint">${text('several.hint')}</p>
    <fieldset class="form" data-testid="several">
      <legend class="spoken">${text('group.several', layers.length)}</legend>
      ${active.length > 0 ? activations(forms, active) : nothing}
      ${weighted.length > 0 ? biases(forms, weighted) : nothing}
      ${weighted.length > 0 ? initializers(forms, weighted) : nothing}
    </fieldset>
    <div class="actions">
      <nabla-button
        appearance="secondary"
        data-testid="remove-layers"
        ?disabled=${locked || layers.length >= network.layers.length}
        @click=${() => void controller.edit({ type: 'removeLayers', layers })}
        >${text('several.remove', layers.length)}</nabla-button
      >
    </div>`;
}

interface Shared {
  readonly path: JsonPath;
  readonly testId: string;
  /** Undefined where the layers differ. */
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
  choose(choice: string): Promise<string | undefined> | undefined;
}

/** A choice; "different" stands in it as long as the layers differ. */
function shared(forms: Forms, { path, testId, value, choices, choose }: Shared): TemplateResult {
  const setting = settingAt(forms.network, path);
  if (!setting) return html``;
  const id = testId;
  return row({
    id,
    name: nameOf(path),
    wide: true,
    hint: value === undefined ? '' : choiceText(path, setting, value),
    help: helpOf(path, setting),
    control: dropdown({
      id,
      testId,
      name: nameOf(path),
      value: value ?? '',
      disabled: forms.locked,
      choices:
        value === undefined ? [{ name: '', label: text('form.mixed') }, ...choices] : choices,
      choose,
    }),
  });
}

function activations(forms: Forms, layers: readonly number[]): TemplateResult {
  const { network } = forms;
  const value = common(layers.map(layer => network.layers[layer].activation));
  return shared(forms, {
    path: ['layers', layers[0], 'activation'],
    testId: 'activation',
    value,
    choices: activationChoices(value === 'softmax'),
    choose: choice => {
      const edit = activateLayers(network, layers, choice as ActivationName);
      return edit && send(forms, edit);
    },
  });
}

function initializers(forms: Forms, layers: readonly number[]): TemplateResult {
  const { network } = forms;
  return shared(forms, {
    path: ['layers', layers[0], 'init', 'type'],
    testId: 'init',
    value: common(layers.map(layer => initializerOf(network, layer))),
    choices: Object.keys(initializerSettings.type.choices).map(name => ({ name, label: name })),
    choose: choice => {
      const edit = initializeLayers(forms, layers, choice as InitializerName);
      return edit && send(forms, edit);
    },
  });
}

function biases(forms: Forms, layers: readonly number[]): TemplateResult {
  const path: JsonPath = ['layers', layers[0], 'useBias'];
  const setting = settingAt(forms.network, path);
  const value = common(layers.map(layer => valueAt(forms.network, ['layers', layer, 'useBias'])));
  const differ = value === undefined;
  const control = html`<nabla-checkbox
    id="several-bias"
    data-testid="use-bias"
    aria-describedby="several-bias-help"
    .checked=${value === true}
    .indeterminate=${differ}
    ?disabled=${forms.locked}
    @change=${(event: Event) => {
      const { checked } = event.target as HTMLInputElement;
      const edit = setInLayers(newest(forms), layers, 'useBias', checked);
      if (edit) void send(forms, edit);
    }}
    >${nameOf(path)}${differ ? html` <span class="quiet">(${text('form.mixed')})</span>` : nothing}</nabla-checkbox
  >`;
  const help = setting ? helpOf(path, setting) : '';
  return flagRow({ id: 'several-bias', name: nameOf(path), control, help });
}
