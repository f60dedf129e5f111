/** From where a layer takes its values: one source of a dense layer, a list of those that are joined. */
import { html, nothing, type TemplateResult } from 'lit';
import type { NetworkEdit } from '../../src/network/edit';
import { layerTitle, namesOf } from '../canvas/names';
import { count } from '../numbers';
import { text } from '../strings';
import { toolButton } from '../training/toolbar';
import { fieldId, send, type Forms } from './forms';
import { row } from './row';
import { dropdown } from './settingField';
import { mergeOptions, sourcesAbove, type SourceOption } from './sources';
import { helpOf, nameOf } from './settingWords';
import { settingAt } from './settingForm';

const take = (layer: number, sources: readonly number[]): NetworkEdit => ({
  type: 'setSources',
  layer,
  sources,
});

/** "Layer 2 · hidden (8)", "input (4)" */
function nameOfSource({ state, network }: Forms, { source, size }: SourceOption): string {
  if (source < 0) return text('source.input', count(size));
  const named = namesOf(state.document, state.notation);
  const { id } = network.layers[source];
  const title = named ? layerTitle(named, source) : `layers[${source}]`;
  return text('source.layer', id === undefined ? title : `${title} · ${id}`, count(size));
}

/** A dense layer has one source; the first of all has no choice, and shows it only where the file names it. */
export function oneSource(forms: Forms, layer: number): TemplateResult | typeof nothing {
  const { network, shapes } = forms;
  if (layer === 0 && network.layers[0].from === undefined) return nothing;
  const path = ['layers', layer, 'from'];
  const [current] = shapes.layers[layer].sources;
  const choices = [...sourcesAbove(network, shapes, layer)].reverse().map(option => {
    const name = nameOfSource(forms, option);
    const label = option.source === layer - 1 ? `${name} · ${text('source.above')}` : name;
    return { name: String(option.source), label };
  });
  const asChoice = { kind: 'choice', description: '', choices: {} } as const;
  const setting = settingAt(network, path) ?? asChoice;
  const id = fieldId(path).replaceAll('.', '-');
  return row({
    id,
    name: nameOf(path),
    wide: true,
    hint: '',
    help: helpOf(path, setting),
    control: dropdown({
      id,
      testId: fieldId(path),
      name: nameOf(path),
      value: String(current),
      disabled: forms.locked,
      choices,
      choose: choice => send(forms, take(layer, [Number(choice)])),
    }),
  });
}

/** The sources of a layer that joins several, in their order. */
export function sourceList(forms: Forms, layer: number): TemplateResult {
  const { network, shapes } = forms;
  const { sources } = shapes.layers[layer];
  const path = ['layers', layer, 'from'];
  const setting = settingAt(network, path);
  const id = fieldId(path).replaceAll('.', '-');
  return html`<fieldset class="sources" data-testid=${fieldId(path)} aria-describedby="${id}-help">
    <legend>${text('source.list')}</legend>
    ${sources.map((source, place) => sourceRow(forms, layer, place, source))}
    ${addSource(forms, layer)}
    <span class="spoken" id="${id}-help"
      >${setting ? helpOf(path, setting, network.layers[layer].type) : ''}</span
    >
  </fieldset>`;
}

function sourceRow(forms: Forms, layer: number, place: number, source: number): TemplateResult {
  const { network, shapes, locked } = forms;
  const { sources } = shapes.layers[layer];
  const id = `${fieldId(['layers', layer, 'from', place])}`.replaceAll('.', '-');
  const name = text('source.label', place + 1);
  const options = mergeOptions(network, shapes, layer, place);
  const choices = options.map(option => ({
    name: String(option.source),
    label: nameOfSource(forms, option),
  }));
  const current = options.find(option => option.source === source);
  const label = current ? nameOfSource(forms, current) : name;
  const replaced = (choice: string): readonly number[] =>
    sources.map((each, index) => (index === place ? Number(choice) : each));
  const remove = (): void =>
    void send(
      forms,
      take(
        layer,
        sources.filter((_, index) => index !== place),
      ),
    );
  return html`<div class="source">
    ${dropdown({
      id,
      testId: `source-${place}`,
      name,
      value: String(source),
      disabled: locked,
      choices,
      choose: choice => send(forms, take(layer, replaced(choice))),
    })}
    ${toolButton(`remove-source-${place}`, 'close', text('source.remove', label), remove, !locked && sources.length > 2)}
  </div>`;
}

function addSource(forms: Forms, layer: number): TemplateResult | typeof nothing {
  const { network, shapes, locked } = forms;
  const { sources } = shapes.layers[layer];
  const options = mergeOptions(network, shapes, layer, sources.length);
  if (options.length === 0) return nothing;
  const name = text('source.add');
  return html`<div class="source">
    ${dropdown({
      id: `${fieldId(['layers', layer, 'from', 'add'])}`.replaceAll('.', '-'),
      testId: 'add-source',
      name,
      value: '',
      disabled: locked,
      choices: [
        { name: '', label: name },
        ...options.map(option => ({
          name: String(option.source),
          label: nameOfSource(forms, option),
        })),
      ],
      choose: choice =>
        choice === '' ? undefined : send(forms, take(layer, [...sources, Number(choice)])),
    })}
  </div>`;
}
