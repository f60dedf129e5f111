/** The parameters that were checked, as a table that is sorted by what a person presses. */
import { html, nothing, type TemplateResult } from 'lit';
import type { GradcheckEntry, Verdict } from '../../src/engine/gradcheck';
import type { GradcheckRows, RowsRequest } from '../../src/engine/gradcheck/results';
import { formatPath } from '../../src/network/network';
import { parameterPath } from '../../src/network/parameterPath';
import { sameTarget } from '../canvas/related';
import { count, exact, format } from '../numbers';
import { text } from '../strings';
import { checkedWords } from './words';

export interface RowsView {
  readonly rows: GradcheckRows;
  readonly order: RowsRequest['order'];
  readonly chosen: GradcheckEntry['target'] | undefined;
  sort(order: RowsRequest['order']): void;
  choose(entry: GradcheckEntry): void;
  more(): void;
}

export function rowsTable(view: RowsView): TemplateResult {
  const { rows } = view;
  const { columns } = checkedWords();
  const head = (by: RowsRequest['order'], word: string): TemplateResult => headCell(by, word, view);
  if (rows.total === 0)
    return html`<p class="quiet" data-testid="checked-none">${text('checked.none')}</p>`;
  return html`<table class="checked-rows" data-testid="checked-rows">
      <thead>
        <tr>
          ${head('place', columns.parameter)}
          <th scope="col">${columns.verdict}</th>
          ${head('gradient', columns.analytic)}
          <th scope="col" class="number">${columns.numeric}</th>
          ${head('error', columns.error)}
        </tr>
      </thead>
      <tbody>
        ${rows.entries.map(entry => row(entry, view))}
      </tbody>
    </table>
    ${more(view)}`;
}

/** The name of a column by which rows can be sorted. */
function headCell(by: RowsRequest['order'], word: string, view: RowsView): TemplateResult {
  const isBy = view.order === by;
  const icon = by === 'place' ? 'chevron-up' : 'chevron-down';
  return html`<th
    scope="col"
    class=${by === 'place' ? nothing : 'number'}
    aria-sort=${isBy ? (by === 'place' ? 'ascending' : 'descending') : 'none'}
  >
    <button
      class="link"
      data-testid="checked-sort-${by}"
      title=${text('checked.sort', word)}
      @click=${() => view.sort(by)}
    >
      ${word}${isBy ? html`<i class="codicon codicon-${icon}" aria-hidden="true"></i>` : nothing}
    </button>
  </th>`;
}

function row(entry: GradcheckEntry, { chosen, choose }: RowsView): TemplateResult {
  const isChosen = chosen !== undefined && sameTarget(chosen, entry.target);
  return html`<tr class=${entry.verdict} aria-selected=${isChosen}>
    <th scope="row">
      <button class="link number" @click=${() => choose(entry)}>
        ${formatPath(parameterPath(entry.target))}
      </button>
    </th>
    ${verdictCell(entry.verdict)} ${numberCell(entry.analytic)} ${numberCell(entry.numeric)}
    ${numberCell(Number(entry.error.toPrecision(2)))}
  </tr>`;
}

export const verdictCell = (verdict: Verdict): TemplateResult =>
  html`<td>${checkedWords().verdicts[verdict]}</td>`;

export const numberCell = (value: number): TemplateResult =>
  html`<td class="number" title=${exact(value)}>${format(value)}</td>`;

function more({ rows, more: ask }: RowsView): TemplateResult | typeof nothing {
  const left = rows.total - rows.entries.length;
  if (left <= 0) return nothing;
  return html`<button class="link" data-testid="checked-more" @click=${ask}>
    ${text('checked.more', count(Math.min(left, PAGE)), count(rows.total))}
  </button>`;
}

/** Rows that come at once. */
export const PAGE = 50;
