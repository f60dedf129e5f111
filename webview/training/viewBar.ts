/** Which samples the canvas speaks of, and which quantities it shows. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import { profileOf } from '../../src/explain/notation';
import { letters } from '../canvas/letters';
import { count, trueMinus } from '../numbers';
import { segments } from '../segments';
import type { State } from '../store';
import { text } from '../strings';
import { toolButton } from './toolbar';

export function viewBar(state: State, controller: Controller): TemplateResult {
  return html`<div class="view-bar">
    ${scopePicker(state, controller)}
    <span class="grow"></span>
    <span class="pickers" role="group" aria-label=${text('view.label')}>
      <span class="quiet" aria-hidden="true">${text('view.edges')}</span>
      ${edgesChoice(state, controller)}
      <span class="quiet" aria-hidden="true">${text('view.neurons')}</span>
      ${neuronsChoice(state, controller)}
    </span>
  </div>`;
}

const lettersOf = ({ notation, show }: State) => letters(profileOf(notation), show.scope.type);

function edgesChoice(state: State, controller: Controller): TemplateResult {
  const { edges } = state.show;
  const { loss, weight } = lettersOf(state);
  return segments(text('view.edges'), [
    {
      testId: 'colour-weight',
      word: text('view.weight'),
      label: text('view.edgesWeight'),
      chosen: edges === 'weight',
      choose: () => controller.show({ edges: 'weight' }),
    },
    {
      testId: 'colour-gradient',
      word: text('view.gradient'),
      label: text('view.edgesGradient', `∂${loss}/∂${weight}`),
      chosen: edges === 'gradient',
      choose: () => controller.show({ edges: 'gradient' }),
    },
  ]);
}

function neuronsChoice(state: State, controller: Controller): TemplateResult {
  const { neurons } = state.show;
  const { error, errorEquation } = lettersOf(state);
  return segments(text('view.neurons'), [
    {
      testId: 'colour-activation',
      word: text('view.activation'),
      label: text('view.neuronsActivation'),
      chosen: neurons === 'activation',
      choose: () => controller.show({ neurons: 'activation' }),
    },
    {
      testId: 'colour-delta',
      word: error,
      label: text('view.neuronsDelta', errorEquation),
      chosen: neurons === 'delta',
      choose: () => controller.show({ neurons: 'delta' }),
    },
  ]);
}

function scopePicker(state: State, controller: Controller): TemplateResult {
  const { document, show } = state;
  if (!document?.data)
    return html`<span class="quiet">${document?.network?.data ? '' : text('scope.none')}</span>`;
  const { data } = document;
  const { scope } = show;
  const index = scope.type === 'sample' ? scope.index : (state.sample?.index ?? 0);
  return html`<span class="pickers" role="group" aria-label=${text('scope.label')}>
    ${segments(text('scope.label'), [
      {
        testId: 'scope-sample',
        word: text('scope.sample'),
        label: text('scope.sampleHint'),
        chosen: scope.type === 'sample',
        choose: () => controller.setScope({ type: 'sample', index }),
      },
      {
        testId: 'scope-batch',
        word: text('scope.batch'),
        label: text('scope.batchHint'),
        chosen: scope.type === 'batch',
        choose: () => controller.setScope({ type: 'batch' }),
      },
    ])}
    ${
      scope.type === 'batch'
        ? html`<span class="quiet number">${text('scope.all', count(data.training))}</span>`
        : samplePicker(state, controller, index, data.samples)
    }
  </span>`;
}

function samplePicker(
  state: State,
  controller: Controller,
  index: number,
  samples: number,
): TemplateResult {
  const go = (to: number): void => {
    if (Number.isInteger(to) && to >= 0 && to < samples)
      controller.setScope({ type: 'sample', index: to });
  };
  const typed = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const wanted = field.value.trim() === '' ? NaN : Number(field.value) - 1;
    // The field shows the sample that is shown; what is no sample leaves no trace.
    field.value = String(index + 1);
    go(wanted);
  };
  const sample = state.sample?.index === index ? state.sample : undefined;
  return html`${toolButton('sample-previous', 'chevron-left', text('scope.previous'), () => go(index - 1), index > 0)}
    <nabla-text-field
      class="sample-number"
      data-testid="sample-number"
      size="4"
      aria-label=${text('scope.number')}
      .initialValue=${String(index + 1)}
      .value=${String(index + 1)}
      @change=${typed}
    ></nabla-text-field>
    ${toolButton('sample-next', 'chevron-right', text('scope.next'), () => go(index + 1), index < samples - 1)}
    <span class="sample-text" data-testid="sample">
      <span class="quiet"
        >${text('scope.of', count(samples), sample ? text(`scope.${sample.part}`) : '…')}</span
      >
      ${sample?.label ? html`<span>· ${trueMinus(sample.label)}</span>` : nothing}
    </span>`;
}
