/** The compared runs beside the charts: their lines, settings in which they differ, and exact values. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import { iconButton } from '../iconButton';
import { text } from '../strings';
import { lineSample } from '../training/chartKeys';
import type { ChartView } from '../training/chartView';
import { metricValue } from '../training/chartWords';
import type { ShownRun } from './compared';
import { differing, settingsText } from './differing';
import { lineOfRun } from './looks';
import { comparedSeries, valueNear } from './overlay';

/** @param at of the x axis, where values are read; undefined: at the end of each */
export function runsLegend(
  controller: Controller,
  view: ChartView,
  at: number | undefined,
): TemplateResult | typeof nothing {
  const { runs } = controller.compared;
  if (runs.length === 0) return nothing;
  const names = differing(runs);
  const isOneFile = runs.every(({ file }) => file === runs[0].file);
  return html`<section class="compared" aria-label=${text('compare.legend')} data-testid="compared">
    <header>
      <h3>
        ${text('compare.legend')}
        ${runs.some(run => hasThin(run, view)) ? html`<span>· ${text('compare.thin')}</span>` : nothing}
      </h3>
      ${iconButton('compare-open', 'list-selection', text('compare.open'), () => controller.compared.table.tell({}))}
    </header>
    <ul tabindex="0" aria-label=${text('compare.legend')}>
      ${runs.map(run => {
        const words = [isOneFile ? '' : run.file, settingsText(run, names)];
        return html`<li data-testid="compared-${run.look}">
          <span class="compared-name"
            >${lineSample(lineOfRun(run.look))} ${run.name}
            <b class="number">${values(run, view, at)}</b></span
          >
          ${iconButton(undefined, 'close', text('compare.hide', run.name), () => controller.compared.put(run.id, false))}
          <span class="quiet">${words.filter(Boolean).join(' · ')}</span>
        </li>`;
      })}
    </ul>
  </section>`;
}

function hasThin({ history }: ShownRun, { metric }: ChartView): boolean {
  return comparedSeries(metric, history).some(({ validation }) => validation);
}

function values({ history }: ShownRun, { metric, x }: ChartView, at = history.at(x, -1)): string {
  return comparedSeries(metric, history)
    .map(series => metricValue(metric, valueNear(history, series, x, at)))
    .join(' / ');
}
