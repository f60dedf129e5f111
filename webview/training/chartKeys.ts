/** The legend of a chart: names, lines and exact values of a row. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { History } from '../../src/engine/history';
import type { Controller } from '../controller';
import { format, percent } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import { changesAt } from './changes';
import { metricValue, placeText, seriesName, valueAt } from './chartWords';
import type { ChartView } from './chartView';
import { lineOf, type Line } from './look';

/** @param row of the crosshair, else of where the run is  @param whole with what is true of the row besides */
export function chartKeys(
  view: ChartView,
  state: State,
  { history }: Controller,
  row: number,
  whole: boolean,
): TemplateResult {
  const { metric, series } = view;
  const accuracy = whole && metric === 'loss' ? shareText(history, row) : '';
  return html`<span
    class="keys number"
    data-testid=${whole ? 'chart-values' : `chart-values-${metric}`}
  >
    ${series.map(
      (each, i) =>
        html`<span class="key"
          >${lineSample(lineOf(each, i))} ${metric === 'rate' ? nothing : seriesName(each, state)}
          <b>${metricValue(metric, valueAt(each, history, row))}</b></span
        >`,
    )}
    ${series.length === 0 ? html`<span class="quiet">${text('chart.nothing')}</span>` : nothing}
    ${partly(view, history.columns.filter(column => column.startsWith(`${metric}/`)).length)}
    ${whole ? html`<span class="quiet">${placeText(view.x, history, row)}</span>` : nothing}
    ${whole && view.recent ? html`<span class="quiet">${text('chart.recentNote')}</span>` : nothing}
    ${whole ? changeKey(history, row, state) : nothing}
    ${accuracy ? html`<span class="quiet" data-testid="accuracy">${accuracy}</span>` : nothing}
  </span>`;
}

/** What was changed at a row of the history. */
export function changeKey(
  history: History,
  row: number,
  state: State,
): TemplateResult | typeof nothing {
  const words = changesAt(history, row, state);
  if (words === '') return nothing;
  return html`<span class="change-key" data-testid="chart-change">${words}</span>`;
}

/** Where not all layers have a line. */
function partly({ series }: ChartView, layers: number): TemplateResult | typeof nothing {
  if (layers <= series.length) return nothing;
  return html`<span class="quiet">${text('chart.of', series.length, layers)}</span>`;
}

/** A piece of a line, as it is drawn. */
export function lineSample({ colour, dash }: Line): TemplateResult {
  return html`<svg class="key-line" width="20" height="6" aria-hidden="true">
    ${svg`<path d="M0 3H20" style="stroke: var(--vscode-charts-${colour}, currentcolor)" stroke-width="2" stroke-dasharray=${dash.join(' ')}></path>`}
  </svg>`;
}

/** "accuracy 99.2 % training, 97 % validation", or R² instead, as far as there are such numbers. */
function shareText(history: History, row: number): string {
  const [accuracy, r2] = [history.at('accuracy', row), history.at('r2', row)];
  if (!Number.isNaN(accuracy)) {
    const validation = history.at('validationAccuracy', row);
    if (Number.isNaN(validation)) return text('status.accuracy', percent(accuracy));
    return text('chart.accuracies', percent(accuracy), percent(validation));
  }
  if (Number.isNaN(r2)) return '';
  const validation = history.at('validationR2', row);
  if (Number.isNaN(validation)) return text('status.r2', format(r2));
  return text('chart.r2s', format(r2), format(validation));
}
