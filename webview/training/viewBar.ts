/** Which samples the canvas speaks of, and which quantities it shows. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import { profileOf } from '../../src/explain/notation';
import { letters } from '../canvas/letters';
import { hasBiases } from '../canvas/names';
import { hasNeuronMaps, hasPlane } from '../canvas/neuronMaps';
import { edgeQuantities, edgeQuantityNames } from '../edgeQuantities';
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
      ${neuronsChoice(state, controller)} ${biasUnitsToggle(state, controller)}
    </span>
  </div>`;
}

const lettersOf = ({ notation, show }: State) => letters(profileOf(notation), show.scope.type);

function edgesChoice(state: State, controller: Controller): TemplateResult {
  const { loss, weight } = lettersOf(state);
  const symbols = { weight: '', gradient: `∂${loss}/∂${weight}`, update: `Δ${weight}` };
  return segments(
    text('view.edges'),
    edgeQuantityNames.map(quantity => ({
      testId: `colour-${quantity}`,
      word: text(edgeQuantities[quantity].word),
      label: text(edgeQuantities[quantity].label, symbols[quantity]),
      chosen: state.show.edges === quantity,
      choose: () => controller.show({ edges: quantity }),
    })),
  );
}

function neuronsChoice(state: State, controller: Controller): TemplateResult {
  const { neurons, stepping } = state.show;
  const hasMaps = !stepping && state.document !== undefined && hasPlane(state.document);
  const canMap = hasMaps && state.document !== undefined && hasNeuronMaps(state.document);
  const maps = canMap && state.show.maps === true;
  const { error, errorEquation } = lettersOf(state);
  return segments(text('view.neurons'), [
    {
      testId: 'colour-activation',
      word: text('view.activation'),
      label: text('view.neuronsActivation'),
      chosen: neurons === 'activation' && !maps,
      choose: () => controller.show({ neurons: 'activation', maps: false }),
    },
    {
      testId: 'colour-delta',
      word: error,
      label: text('view.neuronsDelta', errorEquation),
      chosen: neurons === 'delta' && !maps,
      choose: () => controller.show({ neurons: 'delta', maps: false }),
    },
    ...(hasMaps
      ? [
          {
            testId: 'colour-map',
            word: text('map.neurons'),
            label: text(canMap ? 'map.neuronsHint' : 'map.tooMany'),
            chosen: maps,
            barred: !canMap,
            choose: () => controller.show({ maps: true }),
          },
        ]
      : []),
  ]);
}

/** Where a layer has biases. */
function biasUnitsToggle(
  { document, show }: State,
  controller: Controller,
): TemplateResult | typeof nothing {
  if (!document?.network?.layers.some(hasBiases)) return nothing;
  const drawn = show.biasUnits === true;
  return html`<span class="segments"
    ><button
      class="segment number"
      type="button"
      data-testid="bias-units"
      aria-pressed=${drawn}
      aria-label=${text('view.biasUnits')}
      title=${text('view.biasUnits')}
      @click=${() => controller.show({ biasUnits: !drawn })}
    >
      ${text('canvas.unitSign')}
    </button></span
  >`;
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
        ? html`<span class="scope-part"
            ><span class="quiet number">${text('scope.all', count(data.training))}</span>
            <span class="pickers scope-room" aria-hidden="true"
              ><i></i>${sampleText(state, index, data.samples)}</span
            ></span
          >`
        : samplePicker(state, controller, index, data.samples)
    }
  </span>`;
}

/** Which part the sample is of, and what is wanted of it: its class by name, else its target. */
function sampleText(state: State, index: number, samples: number): TemplateResult {
  const sample = state.sample?.index === index ? state.sample : undefined;
  const part = sample ? text(`scope.${sample.part}`) : '…';
  return html`<span class="sample-text">
    <span class="quiet">${text('scope.of', count(samples), part)}</span>
    ${sample?.label ? html`<span>· ${labelWords(sample.label, state.document?.data?.classNames)}</span>` : nothing}
  </span>`;
}

/** A bare number would not say what it is. */
function labelWords(label: string, classNames: readonly string[] | undefined): string {
  const isClass = classNames?.includes(label) ?? false;
  if (isClass && !Number.isFinite(Number(label))) return label;
  return text(isClass ? 'scope.class' : 'scope.target', trueMinus(label));
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
    <span data-testid="sample">${sampleText(state, index, samples)}</span>`;
}
