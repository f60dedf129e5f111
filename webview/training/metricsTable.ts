/** The charts' numbers as a real table: the same for those who do not see a canvas. */
import { html, type TemplateResult } from 'lit';
import type { History, MetricColumn } from '../../src/engine/history';
import { count, epochs, format, percent } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import { metricUnit, seriesName } from './chartWords';
import { chosenRows } from './columns';
import { METRICS, seriesOf, type Metric, type Series } from './metrics';

interface Column {
  readonly title: string;
  readonly column: MetricColumn;
  readonly word: (value: number) => string;
}

export function metricsTable(history: History, state: State): TemplateResult {
  const rows = chosenRows(history.count).reverse();
  const columns = columnsOf(history, state);
  return html`<div class="table" tabindex="0" data-testid="metrics-table">
    <table>
      <caption class="spoken">
        ${text('chart.label')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${text('chart.epoch')}</th>
          ${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          row =>
            html`<tr>
              <th scope="row">${epochs(history.at('epoch', row))}</th>
              ${columns.map(({ column, word }) => html`<td>${word(history.at(column, row))}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function columnsOf(history: History, state: State): readonly Column[] {
  const drawn = METRICS.flatMap(metric =>
    seriesOf(metric, history).map((series): Column => {
      const word = metric === 'accuracy' ? percent : format;
      return { title: titleOf(metric, series, state), column: series.column, word };
    }),
  );
  return [
    ...drawn,
    { title: text('chart.step'), column: 'step', word: count },
    { title: text('chart.seconds'), column: 'seconds', word: format },
  ];
}

function titleOf(metric: Metric, series: Series, state: State): string {
  const { column, layer } = series;
  if (column === 'validationLoss' || column === 'validationAccuracy' || column === 'validationR2')
    return text(`chart.${column}`);
  const unit = metricUnit(metric);
  return layer === undefined ? unit : `${unit} ${seriesName(series, state)}`;
}
