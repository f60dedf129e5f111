/** A layer's settings. Every change is said to the host as an edit; the form then shows what the text says. */
import { html, nothing, type TemplateResult } from 'lit';
import { activations, initializers } from '../../src/network/vocabulary';
import { imageText } from '../../src/network/images';
import { hasMatrix, isMergeLayer } from '../../src/network/layerTypes';
import type { ActivationName, InitializerName, JsonPath, Layer } from '../../src/network/network';
import type { LayerShape } from '../../src/network/shapes';
import { layerTitle, namesOf } from '../canvas/names';
import { count } from '../numbers';
import { listed } from '../punctuation';
import { text } from '../strings';
import { activationCurve } from './curves';
import { layerPaths } from './formPaths';
import type { Forms } from './forms';
import { more } from './groupBox';
import { fact } from './networkFacts';
import { chooseInitializer, followersOf, renameEdit, resetType } from './settingEdits';
import { settingField, type Choice, type Special } from './settingField';
import { applies, isWritten, read, settingAt } from './settingForm';
import { refusal } from './settingWords';
import { oneSource, sourceList } from './sourceFields';
import type { Typed } from './textField';
import { unitsSpecial } from './unitsField';
import { windowSpecial } from './windowFields';

export function layerForm(forms: Forms, index: number): TemplateResult {
  const { network, shapes, state } = forms;
  const layer = network.layers[index];
  const named = namesOf(state.document, state.notation);
  const { common, more: rare } = layerPaths(layer.type, index);
  const shown = rare.filter(path => applies(forms, path));
  const set = shown.filter(path => isWritten(forms, path)).length;
  const field = (path: JsonPath) => layerField(forms, layer, index, path);
  return html`<h2>${named && layerTitle(named, index)} <span class="quiet">${layer.type}</span></h2>
    <div class="form">
      ${common.map(field)}
      ${more(state, forms.controller, `layer.${layer.type}.more`, set, () => html`${shown.map(field)}`)}
    </div>
    <dl class="facts">${sizeFacts(shapes.layers[index])}</dl>
    ${hasMatrix(layer) ? matrixButton(index) : nothing} ${layerActions(forms, index)}`;
}

/** The shape of the weights, and of what goes out where that is an image. */
function sizeFacts({ rows, columns, units, image }: LayerShape): TemplateResult {
  return html`${rows > 0 ? fact(text('inspector.shape'), `${count(rows)} × ${count(columns)}`) : nothing}
  ${image ? fact(text('inspector.image'), imageText(image)) : nothing}
  ${rows === 0 || image ? fact(text('inspector.units'), count(units)) : nothing}`;
}

/** The way to the weights as a picture that a person finds without knowing the key. */
function matrixButton(index: number): TemplateResult {
  const open = (event: Event): void =>
    void event.currentTarget?.dispatchEvent(
      new CustomEvent('nabla-matrix', { detail: index, bubbles: true }),
    );
  return html`<p>
    <button class="link" data-testid="open-matrix" @click=${open}>
      ${text('inspector.openMatrix')}
    </button>
  </p>`;
}

/** The input: how many values come in, and what they are called. */
export function inputForm(forms: Forms, fields: TemplateResult): TemplateResult {
  const { network, shapes, state } = forms;
  const names = network.input.names ? [] : (state.document?.data?.inputNames ?? []);
  return html`<h2>${text('inspector.inputLayer')}</h2>
    <div class="form">${fields}</div>
    <dl class="facts">
      ${fact(text('inspector.units'), count(shapes.inputSize))}
      ${fact(text('inspector.names'), listed(names))}
    </dl>
    <div class="actions">${addButton(forms, 0, undefined, false)}</div>`;
}

function layerField(
  forms: Forms,
  layer: Layer,
  index: number,
  path: JsonPath,
): TemplateResult | typeof nothing {
  const key = String(path[path.length - 1]);
  if (key === 'from')
    return isMergeLayer(layer) ? sourceList(forms, index) : oneSource(forms, index);
  return settingField(
    forms,
    path,
    windowSpecial(forms, index, path) ?? ofLayer(forms, layer, index, path),
  );
}

function ofLayer(forms: Forms, layer: Layer, index: number, path: JsonPath): Special {
  const [key, member] = path.slice(2);
  if (key === 'units' && layer.type === 'dense') return unitsSpecial(forms, layer, index);
  if (key === 'useBias') return { testId: 'use-bias' };
  if (key === 'init' && member === 'type') return initializerSpecial(forms, index);
  if (key === 'activation') return activationSpecial(forms, index);
  return key === 'id' ? idSpecial(forms, index, path) : {};
}

/** Names with their curves; softmax belongs to the last layer alone. */
export function activationChoices(withSoftmax: boolean): readonly Choice[] {
  return (Object.keys(activations) as ActivationName[])
    .filter(name => withSoftmax || name !== 'softmax')
    .map(name => ({ name, label: name, start: activationCurve(name, 'start') }));
}

function activationSpecial(forms: Forms, index: number): Special {
  const { layers } = forms.network;
  const { activation } = layers[index];
  const isLast = index === layers.length - 1;
  return {
    testId: 'activation',
    // Beside its curve, half of `leakyRelu` would be cut off.
    wide: true,
    choices: activationChoices(isLast || activation === 'softmax'),
    before: html`${activationCurve(activation)}`,
    choose: choice => ({
      type: 'setActivation',
      layer: index,
      activation: choice as ActivationName,
    }),
    reset: { type: 'setActivation', layer: index, activation: 'linear' },
  };
}

function initializerSpecial(forms: Forms, index: number): Special {
  const owner: JsonPath = ['layers', index, 'init'];
  return {
    wide: true,
    choose: choice => chooseInitializer(forms, index, choice as InitializerName),
    reset: resetType(forms, owner, initializers.xavierUniform.settings) ?? null,
  };
}

/** A name that others use cannot go, and no two layers may have the same. */
function idSpecial(forms: Forms, index: number, path: JsonPath): Special {
  const { network } = forms;
  const followers = followersOf(network, index).map(layer => `layers[${layer}]`);
  const setting = settingAt(network, path);
  const readId = (typed: string): Typed => {
    const id = typed.trim();
    if (id === '' && network.layers[index].id === undefined) return { ok: true, edit: undefined };
    if (id === '' && followers.length > 0)
      return { ok: false, message: text('form.usedBy', listed(followers)) };
    if (id === '') return { ok: true, edit: { type: 'unset', path } };
    const taken = network.layers.some((layer, other) => other !== index && layer.id === id);
    if (taken) return { ok: false, message: refusal(text('form.freeName'), typed) };
    const reading = setting ? read(setting, id) : undefined;
    if (!reading?.ok) return reading ?? { ok: true, edit: undefined };
    return { ok: true, edit: renameEdit(network, index, id) };
  };
  return {
    wide: true,
    read: readId,
    reset: followers.length > 0 ? null : { type: 'unset', path },
  };
}

function layerActions(forms: Forms, index: number): TemplateResult {
  const { network, controller, locked } = forms;
  const { layers } = network;
  const isOutput = index === layers.length - 1;
  return html`<div class="actions">
    ${addButton(forms, isOutput ? index : index + 1, isOutput ? layers[index - 1] : layers[index], isOutput)}
    <nabla-button
      appearance="secondary"
      data-testid="remove-layer"
      ?disabled=${locked || layers.length === 1}
      @click=${() => {
        controller.select(undefined);
        void controller.edit({ type: 'removeLayer', layer: index });
      }}
      >${text('inspector.removeLayer')}</nabla-button
    >
  </div>`;
}

/**
 * A new hidden layer takes after the one it follows; softmax belongs to the last layer alone. Beside the
 * output layer it comes before it: what follows the output would be another output.
 */
function addButton(
  { controller, locked }: Forms,
  index: number,
  like: Layer | undefined,
  before: boolean,
): TemplateResult {
  const activation = like && like.activation !== 'softmax' ? like.activation : 'sigmoid';
  // As long as a dense layer before it; an image has far more values than a layer wants neurons.
  const units = like?.type === 'dense' ? like.units : 4;
  const layer = { type: 'dense', units, activation };
  return html`<nabla-button
    appearance="primary"
    data-testid="add-layer"
    ?disabled=${locked}
    @click=${() => void controller.edit({ type: 'addLayer', index, layer })}
    >${text(before ? 'inspector.addLayerBefore' : 'inspector.addLayer')}</nabla-button
  >`;
}
