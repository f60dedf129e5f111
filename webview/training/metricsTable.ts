/** The charts' numbers as a real table: the same for those who do not see a canvas. */
import { html, nothing, type TemplateResult } from 'lit';
import type { History, MetricColumn } from '../../src/engine/history';
import type { ShownRun } from '../compare/compared';
import { comparedSeries, furthest } from '../compare/overlay';
import type { Read } from '../compare/reading';
import { count, epochs, format, percent } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import { changeWords } from './changes';
import { metricUnit, seriesName } from './chartWords';
import { chosenRows } from './columns';
import { firstFrom, nearestRow } from './curves';
import { METRICS, seriesOf, type Metric, type Series } from './metrics';

interface Column {
  readonly title: string;
  readonly column: MetricColumn;
  /** Of a compared run. */
  readonly of?: History;
  readonly word: (value: number) => string;
}

export function metricsTable({ history, compared }: Read, state: State): TemplateResult {
  const { runs } = compared;
  const along = furthest(history, runs, 'epoch');
  const rows = chosenRows(along.count).reverse();
  const changes = changeColumn(history, along, rows, state);
  const columns = [...columnsOf(history, state), ...runs.flatMap(comparedColumns)];
  return html`<div
    class="table"
    role="group"
    tabindex="0"
    aria-label=${text('chart.label')}
    data-testid="metrics-table"
  >
    <table>
      <caption class="spoken">
        ${text('chart.label')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${text('chart.epoch')}</th>
          ${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}
          ${changes ? html`<th scope="col" class="change-key">${text('chart.changed')}</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, i) =>
            html`<tr>
              <th scope="row">${epochs(along.at('epoch', row))}</th>
              ${columns.map(({ column, word, of = history }) => html`<td>${word(valueIn(of, column, along, row))}</td>`)}
              ${changes ? html`<td class="change-key">${changes[i]}</td>` : nothing}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/**
 * What was changed between a row and the one below it, which is of an earlier epoch; undefined where nothing was.
 *
 * @param rows of `along`, the last first
 */
function changeColumn(
  history: History,
  along: History,
  rows: readonly number[],
  state: State,
): readonly string[] | undefined {
  if (history.marks.length === 0) return undefined;
  const epochs = history.column('epoch');
  // Rows of a compared run that went on for longer lie behind all of these.
  const own = rows.map(row => firstFrom(epochs, along.at('epoch', row)));
  return own.map((to, i) => changeWords(history, { behind: own[i + 1] ?? -1, to }, state));
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

/** Those of its charts but the rate's. */
function comparedColumns({ name, history }: ShownRun): readonly Column[] {
  return (['loss', 'accuracy'] as const).flatMap(metric =>
    comparedSeries(metric, history).map((series): Column => {
      const word = metric === 'accuracy' ? percent : format;
      const short = series.validation
        ? text(`chart.${series.column as 'validationLoss'}`)
        : metricUnit(metric);
      return { title: `${name} ${short}`, column: series.column, word, of: history };
    }),
  );
}

/** In the row of the same epoch; NaN where there is none. */
function valueIn(of: History, column: MetricColumn, along: History, row: number): number {
  if (of === along) return of.at(column, row);
  const epoch = along.at('epoch', row);
  const near = nearestRow(of.column('epoch'), epoch);
  return of.at('epoch', near) === epoch ? of.at(column, near) : NaN;
}

function titleOf(metric: Metric, series: Series, state: State): string {
  const { column, layer } = series;
  if (column === 'validationLoss' || column === 'validationAccuracy' || column === 'validationR2')
    return text(`chart.${column}`);
  const unit = metricUnit(metric);
  return layer === undefined ? unit : `${unit} ${seriesName(series, state)}`;
}
