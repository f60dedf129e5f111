/** Which samples the canvas speaks of, and which quantities it shows. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import { profileOf } from '../../src/explain/notation';
import { letters } from '../canvas/letters';
import { count, trueMinus } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import { iconButton } from './toolbar';

export function viewBar(state: State, controller: Controller): TemplateResult {
  const { edges, neurons, scope } = state.show;
  const { loss, weight, error, errorEquation } = letters(profileOf(state.notation), scope.type);
  return html`<div class="view-bar">
    ${scopePicker(state, controller)}
    <span class="grow"></span>
    <span class="pickers" role="group" aria-label=${text('view.label')}>
      <span class="quiet">${text('view.edges')}</span>
      <span class="segments">
        ${segment('colour-weight', text('view.weight'), text('view.edgesWeight'), edges === 'weight', () => controller.show({ edges: 'weight' }))}
        ${segment('colour-gradient', text('view.gradient'), text('view.edgesGradient', `∂${loss}/∂${weight}`), edges === 'gradient', () => controller.show({ edges: 'gradient' }))}
      </span>
      <span class="quiet">${text('view.neurons')}</span>
      <span class="segments">
        ${segment('colour-activation', text('view.activation'), text('view.neuronsActivation'), neurons === 'activation', () => controller.show({ neurons: 'activation' }))}
        ${segment('colour-delta', error, text('view.neuronsDelta', errorEquation), neurons === 'delta', () => controller.show({ neurons: 'delta' }))}
      </span>
    </span>
  </div>`;
}

/** One of a few choices side by side; pressed when chosen. */
export function segment(
  testId: string,
  word: string,
  label: string,
  chosen: boolean,
  act: () => void,
): TemplateResult {
  return html`<button
    class="segment"
    data-testid=${testId}
    aria-pressed=${chosen}
    aria-label=${label}
    title=${label}
    @click=${act}
  >
    ${word}
  </button>`;
}

function scopePicker(state: State, controller: Controller): TemplateResult {
  const { document, show } = state;
  if (!document?.data)
    return html`<span class="quiet">${document?.network?.data ? '' : text('scope.none')}</span>`;
  const { data } = document;
  const { scope } = show;
  const index = scope.type === 'sample' ? scope.index : (state.sample?.index ?? 0);
  return html`<span class="pickers" role="group" aria-label=${text('scope.label')}>
    <span class="segments">
      ${segment('scope-sample', text('scope.sample'), text('scope.sampleHint'), scope.type === 'sample', () => controller.setScope({ type: 'sample', index }))}
      ${segment('scope-batch', text('scope.batch'), text('scope.batchHint'), scope.type === 'batch', () => controller.setScope({ type: 'batch' }))}
    </span>
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
  return html`${iconButton('sample-previous', 'chevron-left', text('scope.previous'), () => go(index - 1), index > 0)}
    <nabla-text-field
      class="sample-number"
      data-testid="sample-number"
      size="4"
      aria-label=${text('scope.number')}
      .initialValue=${String(index + 1)}
      .value=${String(index + 1)}
      @change=${typed}
    ></nabla-text-field>
    ${iconButton('sample-next', 'chevron-right', text('scope.next'), () => go(index + 1), index < samples - 1)}
    <span class="sample-text" data-testid="sample">
      <span class="quiet"
        >${text('scope.of', count(samples), sample ? text(`scope.${sample.part}`) : '…')}</span
      >
      ${sample?.label ? html`<span>· ${trueMinus(sample.label)}</span>` : nothing}
    </span>`;
}
