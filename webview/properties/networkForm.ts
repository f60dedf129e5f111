/** Nothing selected: the network as a whole, and every setting that is not a layer's. */
import { html, nothing, type TemplateResult } from 'lit';
import { notationTitle } from '../../src/explain/notation';
import { clipSettings, lossSettings, optimizerSettings } from '../../src/network/catalog';
import { limits } from '../../src/network/limits';
import type {
  JsonPath,
  LossName,
  Network,
  OptimizerName,
  ScheduleName,
} from '../../src/network/network';
import { optimizers, schedules } from '../../src/network/vocabulary';
import { dataSection } from '../data/dataSection';
import { count, format } from '../numbers';
import { text } from '../strings';
import { dataText } from '../training/reasons';
import { networkForms, type GroupName } from './formPaths';
import { send, type Forms } from './forms';
import { groupBox, more, type Group } from './groupBox';
import { lengthsIn, splitItems } from './items';
import { fact, issueList, layerList, sizesWords } from './networkFacts';
import {
  chooseLoss,
  chooseOptimizer,
  chooseSchedule,
  clipEdit,
  keepsRate,
  partnerToCome,
  productOf,
  resetEdit,
  resetType,
  setEdit,
  shapeEdit,
} from './settingEdits';
import { settingField, type Special } from './settingField';
import { applies, isWritten, read, settingAt, valueAt } from './settingForm';
import { refusal, settingKey } from './settingWords';
import type { Typed } from './textField';
import { refusedShape } from './windowFields';

export function networkForm(forms: Forms): TemplateResult {
  const { state, controller, network, shapes } = forms;
  return html`<h2>${network.name || state.document?.fileName}</h2>
    <dl class="facts">
      ${fact(text('inspector.sizes'), sizesWords(shapes), 'sizes')}
      ${fact(text('inspector.parameters'), count(shapes.parameters), 'parameters')}
      ${fact(text('inspector.notation'), notationTitle(state.notation))}
    </dl>
    ${groups(forms).map(group => groupBox(state, controller, group))}
    <h3>${text('inspector.layers')}</h3>
    ${layerList(network, controller)} ${issueList(state, controller)}
    <p class="quiet hint">${text('inspector.hints')}</p>`;
}

function groups(forms: Forms): readonly Group[] {
  const { network, state } = forms;
  const { loss, training, input, seed } = network;
  const { optimizer } = training;
  const data = state.document ? dataText(state.document, count) : '';
  const stops = Object.values(training.stop).filter(value => value !== null).length;
  const group = (id: GroupName, open: boolean, summary: string): Group => ({
    id,
    title: text(`group.${id}`),
    open,
    summary,
    body: () => fields(forms, id),
  });
  return [
    group('training', true, `${optimizer.type} ${format(optimizer.learningRate)}`),
    group('loss', true, loss.type),
    group('penalty', true, penaltyText(network)),
    group('stop', false, stops === 0 ? text('form.none') : String(stops)),
    { ...group('data', true, data), body: () => dataBody(forms) },
    group('input', false, input.shape.map(count).join(' × ')),
    group('network', false, `${text('inspector.seed')} ${seed}`),
  ];
}

function penaltyText({ regularization: { l1, l2 } }: Network): string {
  const parts = [l2 > 0 ? `L2 ${format(l2)}` : '', l1 > 0 ? `L1 ${format(l1)}` : ''];
  return parts.filter(Boolean).join(' · ') || text('form.none');
}

function dataBody(forms: Forms): TemplateResult {
  return html`${dataSection(forms.state, forms.controller)} ${fields(forms, 'data')}`;
}

/** The fields of a group. */
export function fields(forms: Forms, id: GroupName): TemplateResult {
  const { common, more: rare } = networkForms[id];
  const field = (path: JsonPath) => settingField(forms, path, specialOf(forms, path));
  const shown = rare.filter(path => applies(forms, path));
  const set = shown.filter(path => isWritten(forms, path)).length;
  return html`${common.map(field)}
  ${
    shown.length > 0
      ? more(forms.state, forms.controller, `${id}.more`, set, () => html`${shown.map(field)}`)
      : nothing
  }`;
}

function specialOf(forms: Forms, path: JsonPath): Special {
  const special = specials[settingKey(path)]?.(forms);
  const kind = settingAt(forms.network, path)?.kind;
  return special ?? { wide: kind === 'list' || kind === 'text' };
}

/** What the catalogue cannot say of a setting: what else a choice brings along. */
const specials: { readonly [key: string]: (forms: Forms) => Special } = {
  notation: ({ network }) => ({
    wide: true,
    value: network.notation ?? '',
    hint: '',
    choices: [{ name: '', label: text('form.none') }, ...notations()],
    choose: choice =>
      choice === ''
        ? { type: 'unset', path: ['notation'] }
        : { type: 'set', path: ['notation'], value: choice },
  }),
  'training.optimizer.type': forms => ({
    choices: Object.keys(optimizerSettings.type.choices).map(name => ({ name, label: name })),
    more: keepsRate(forms) ? text('form.keepsRate') : undefined,
    choose: choice => chooseOptimizer(forms, choice as OptimizerName),
    reset: resetType(forms, ['training', 'optimizer'], optimizers.sgd.settings) ?? null,
  }),
  'training.schedule.type': forms => ({
    choose: choice => chooseSchedule(forms, choice as ScheduleName),
    reset: resetType(forms, ['training', 'schedule'], schedules.constant.settings) ?? null,
  }),
  'training.clip.norm': forms => ({ read: typed => readLimit(forms, 'norm', typed) }),
  'training.clip.value': forms => ({ read: typed => readLimit(forms, 'value', typed) }),
  'training.batchSize': forms => ({ after: allButton(forms) }),
  'loss.type': forms => ({
    wide: true,
    more: text('form.needsPartner'),
    choices: losses(forms),
    choose: choice => chooseLoss(forms, choice as LossName),
  }),
  'input.shape': forms => ({
    value: forms.network.input.shape.join(' × '),
    hint: text('form.lengthsHint'),
    reset: null,
    read: typed => readShape(forms, typed),
  }),
  'input.names': forms => ({
    wide: true,
    read: typed => readNames(forms, typed),
    reset: { type: 'unset', path: ['input', 'names'] },
  }),
};

const notations = () =>
  (['nielsen', 'ng', 'chain0', 'zybuluo', 'triple', 'plain'] as const).map(name => ({
    name,
    label: name,
  }));

/** A loss that is computed together with another output activation is offered with it. */
function losses({ network }: Forms) {
  return (Object.keys(lossSettings.type.choices) as LossName[]).map(name => {
    const partner = partnerToCome(network, name);
    return { name, label: partner ? text('form.lossWith', name, partner) : name };
  });
}

function allButton(forms: Forms): TemplateResult {
  const path: JsonPath = ['training', 'batchSize'];
  const all = valueAt(forms.network, path) === 'all';
  return html`<button
    type="button"
    class="toggle"
    data-testid="batch-all"
    aria-pressed=${all}
    ?disabled=${forms.locked}
    @click=${() => {
      const edit = all ? resetEdit(forms, path) : setEdit(forms, path, 'all');
      if (edit) void send(forms, edit);
    }}
  >
    ${text('form.all')}
  </button>`;
}

/** A limit of gradients takes the place of the other one. */
function readLimit(forms: Forms, key: 'norm' | 'value', typed: string): Typed {
  const path: JsonPath = ['training', 'clip', key];
  if (typed.trim() === '') {
    return { ok: true, edit: isWritten(forms, path) ? resetEdit(forms, path) : undefined };
  }
  const reading = read(clipSettings[key], typed);
  return reading.ok ? { ok: true, edit: clipEdit(forms, key, reading.value) } : reading;
}

/** `4`, `28 × 28`, `28x28`, `28, 28` */
function readShape({ network, state }: Forms, typed: string): Typed {
  const lengths = lengthsIn(typed);
  const good =
    lengths.length >= 1 &&
    lengths.length <= limits.dimensions &&
    lengths.every(length => Number.isInteger(length) && length >= 1) &&
    productOf(lengths) <= limits.inputs;
  if (good) {
    const why = refusedShape(state, lengths);
    return why === undefined
      ? { ok: true, edit: shapeEdit(network, lengths) }
      : { ok: false, message: why };
  }
  const expected = text('form.lengths', limits.dimensions, count(limits.inputs));
  return { ok: false, message: refusal(expected, typed) };
}

/** One name per input, or none at all. */
function readNames(forms: Forms, typed: string): Typed {
  const path: JsonPath = ['input', 'names'];
  const names = splitItems(typed);
  if (names?.length === 0) {
    return { ok: true, edit: isWritten(forms, path) ? { type: 'unset', path } : undefined };
  }
  if (names?.length === forms.shapes.inputSize)
    return { ok: true, edit: setEdit(forms, path, names) };
  return {
    ok: false,
    message: refusal(text('form.entries', count(forms.shapes.inputSize)), typed),
  };
}
