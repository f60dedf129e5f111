/** The small window of the charts: which are shown, over what, how high, how smooth; and the ways to take them along. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import type { State } from '../store';
import { segments } from '../segments';
import { text } from '../strings';
import { metricName, xWord } from './chartWords';
import type { ChartFile } from './chartFiles';
import { METRICS, toggled, X_AXES, type Metric } from './metrics';

const ID = 'chart-options';
const SMOOTHING = ['off', 'some', 'much'] as const;
const FILES = ['copyCsv', 'saveCsv', 'saveSvg', 'savePng'] as const satisfies readonly ChartFile[];

export function optionsButton(): TemplateResult {
  return html`<button
    class="icon"
    type="button"
    data-testid="chart-options"
    popovertarget=${ID}
    aria-label=${text('chart.options')}
    title=${text('chart.options')}
  >
    <i class="codicon codicon-settings" aria-hidden="true"></i>
  </button>`;
}

/** @param take a file is asked for */
export function optionsWindow(
  state: State,
  controller: Controller,
  shown: readonly Metric[],
  take: (file: ChartFile) => void,
): TemplateResult {
  return html`<div
    id=${ID}
    class="chart-options"
    popover
    role="dialog"
    aria-label=${text('chart.options')}
    data-testid="chart-options-window"
    @toggle=${place}
  >
    ${checks(state, controller, shown)} ${ways(state, controller)}
    <p class="quiet">${text('chart.hands')}</p>
    <div class="files">
      ${FILES.map(
        file =>
          html`<button
            class="link"
            type="button"
            data-testid="chart-${file}"
            @click=${() => take(file)}
          >
            ${text(`chart.${file}`)}
          </button>`,
      )}
    </div>
  </div>`;
}

function checks({ show }: State, controller: Controller, shown: readonly Metric[]): TemplateResult {
  const choose = (metric: Metric, event: Event): void => {
    const { checked } = event.target as HTMLInputElement;
    // Of what was chosen where there was more room, what is not seen is not meant.
    const chosen = (show.charts ?? ['loss']).filter(each => shown.includes(each));
    controller.show({ charts: toggled(chosen, metric, checked), chart: 'chart' });
  };
  return html`<fieldset>
    <legend class="quiet">${text('chart.charts')}</legend>
    ${METRICS.map(
      metric =>
        html`<label title=${text(`chart.hint.${metric}`)}
          ><input
            type="checkbox"
            data-testid="chart-show-${metric}"
            .checked=${shown.includes(metric)}
            ?disabled=${shown.length === 1 && shown.includes(metric)}
            @change=${(event: Event) => choose(metric, event)}
          />
          ${metricName(metric)}</label
        >`,
    )}
  </fieldset>`;
}

function ways({ show }: State, controller: Controller): TemplateResult {
  const { chartX = 'epoch', recent = false, smooth = 0 } = show;
  const line = (name: string, choices: TemplateResult): TemplateResult =>
    html`<div class="way"><span class="quiet">${name}</span>${choices}</div>`;
  const choice = (testId: string, word: string, chosen: boolean, choose: () => void) => {
    return { testId: `chart-${testId}`, word, label: word, chosen, choose };
  };
  const axes = X_AXES.map(x =>
    choice(x, xWord(x), chartX === x, () => controller.show({ chartX: x })),
  );
  const heights = (['all', 'recent'] as const).map((name, i) =>
    choice(name, text(`chart.${name}`), recent === (i === 1), () =>
      controller.show({ recent: i === 1 }),
    ),
  );
  const means = SMOOTHING.map((name, i) =>
    choice(name, text(`chart.${name}`), smooth === i, () =>
      controller.show({ smooth: i as 0 | 1 | 2 }),
    ),
  );
  return html`${line(text('chart.by'), segments(text('chart.by'), axes))}
  ${line(text('chart.range'), segments(text('chart.range'), heights))}
  ${line(text('chart.smoothing'), segments(text('chart.smoothing'), means))} ${nothing}`;
}

/** Above its button, with the right ends together; as high as there is room. */
function place(event: Event): void {
  const { newState } = event as Event & { newState?: string };
  const own = event.currentTarget as HTMLElement;
  const button = own.parentElement?.querySelector(`[popovertarget="${ID}"]`);
  if (newState !== 'open' || !button) return;
  const { top, right } = button.getBoundingClientRect();
  own.style.bottom = `${window.innerHeight - top + 4}px`;
  own.style.right = `${Math.max(4, window.innerWidth - right)}px`;
  own.style.maxHeight = `${top - 8}px`;
}
