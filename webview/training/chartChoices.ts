/** What is chosen in the head of the charts: their scale, all of the run again, table or charts, and the options. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import { segments, type Segment } from '../segments';
import type { State } from '../store';
import { text } from '../strings';
import { optionsButton } from './chartOptions';
import type { Metric } from './metrics';
import { toolButton } from './toolbar';

/** @param metrics of the charts that are shown */
export function choices(
  { show }: State,
  controller: Controller,
  metrics: readonly Metric[],
): TemplateResult {
  const { logScale } = show;
  const scale = (word: string, chosen: boolean, log: boolean): Segment => ({
    testId: log ? 'chart-log' : 'chart-linear',
    word,
    label: word,
    chosen,
    choose: () => controller.show({ logScale: log }),
  });
  const hasChoice = metrics.some(metric => metric === 'loss' || metric === 'rate');
  const choose = segments(text('chart.scale'), [
    scale(text('chart.linear'), !logScale, false),
    scale(text('chart.log'), logScale, true),
  ]);
  return html`${hasChoice ? choose : nothing} ${tableButton(show.chart === 'table', controller)}
  ${optionsButton()}`;
}

/** @param act shows all of the run */
export function unzoom(act: () => void): TemplateResult {
  return html`<button
    class="link"
    type="button"
    data-testid="chart-unzoom"
    title=${text('chart.unzoom')}
    @click=${act}
  >
    ${text('chart.zoomed')} ×
  </button>`;
}

function tableButton(isTable: boolean, controller: Controller): TemplateResult {
  return toolButton(
    'chart-table',
    isTable ? 'graph-line' : 'table',
    text(isTable ? 'chart.chart' : 'chart.table'),
    () => controller.show({ chart: isTable ? 'chart' : 'table' }),
    true,
  );
}
