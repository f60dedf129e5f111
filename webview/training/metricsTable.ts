/** The chart's numbers as a real table: the same losses for those who do not see a canvas. */
import { html, type TemplateResult } from 'lit';
import type { History, MetricName } from '../../src/engine/history';
import { epochs, format, percent } from '../numbers';
import { text } from '../strings';
import { chosenRows } from './columns';

export function metricsTable(history: History): TemplateResult {
  const at = (name: MetricName, row: number): number => history.at(name, row);
  const rows = chosenRows(history.count).reverse();
  return html`<div class="table" tabindex="0" data-testid="metrics-table">
    <table>
      <caption class="spoken">
        ${text('chart.label')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${text('chart.epoch')}</th>
          <th scope="col">${text('chart.loss')}</th>
          <th scope="col">${text('chart.validationLoss')}</th>
          <th scope="col">${text('chart.accuracy')}</th>
          <th scope="col">${text('chart.validationAccuracy')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          row =>
            html`<tr>
              <th scope="row">${epochs(at('epoch', row))}</th>
              <td>${format(at('loss', row))}</td>
              <td>${format(at('validationLoss', row))}</td>
              <td>${percent(at('accuracy', row))}</td>
              <td>${percent(at('validationAccuracy', row))}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
