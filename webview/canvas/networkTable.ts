/**
 * The network as a table: the overview of all layers, for screen readers, and for those who like numbers better than
 * pictures. Rows are reached by ↑ and ↓, Enter selects a layer, Esc goes back to the picture; a heading sorts.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Overview } from '../../src/protocol';
import type { Controller } from '../controller';
import { count } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import type { Scene } from './scene';
import {
  columnNames,
  columns,
  sorted,
  type ColumnName,
  type Row,
  type Sorting,
} from './tableColumns';

/** What the table shows beyond the network, and what a person does with it. */
export interface TableWorld {
  readonly overview: Overview | undefined;
  readonly failure: string | undefined;
  readonly sorting: Sorting;
  readonly sameBins: boolean;
  sort(sorting: Sorting): void;
  share(sameBins: boolean): void;
  close(): void;
}

/** The largest gradients first. */
export const FIRST_SORTING: Sorting = { column: 'gradientNorm', first: true };

export function networkTable(
  { named }: Scene,
  controller: Controller,
  { show: { selection } }: State,
  world: TableWorld,
): TemplateResult {
  const chosen = selection?.type === 'layer' ? selection.layer : undefined;
  const numbers = new Map(world.overview?.layers.map(each => [each.layer, each]));
  const rows = [-1, ...named.network.layers.keys()].map((layer): Row => ({
    named,
    layer,
    numbers: numbers.get(layer),
  }));
  const reached = chosen ?? -1;
  return html`<section
    class="network-table"
    data-testid="network-table"
    @keydown=${pressed(() => world.close())}
  >
    ${tableHead(world)}
    <table aria-label=${text('table.label', named.network.name)}>
      <thead>
        <tr>
          ${columnNames.map(name => heading(name, world))}
        </tr>
      </thead>
      <tbody>
        ${sorted(rows, world.sorting).map(row =>
          bodyRow(row, row.layer === reached, row.layer === chosen, controller),
        )}
      </tbody>
    </table>
  </section>`;
}

/** Whose numbers these are, and whether the histograms compare. */
function tableHead({ overview, failure, sameBins, share }: TableWorld): TemplateResult {
  const change = (event: Event): void => share((event.target as HTMLInputElement).checked);
  return html`<p class="table-head">
    <span class="quiet" data-testid="overview-scope">${failure ?? scopeWords(overview)}</span>
    <label>
      <input type="checkbox" data-testid="same-bins" .checked=${sameBins} @change=${change} />
      ${text('overview.sameBins')}
    </label>
  </p>`;
}

function scopeWords(overview: Overview | undefined): string {
  if (!overview) return text('overview.loading');
  const { scope, samples } = overview;
  if (samples === 0) return text('overview.noData');
  return scope.type === 'sample'
    ? text('overview.ofSample', count(scope.index + 1))
    : text('overview.ofAll', count(samples));
}

function heading(name: ColumnName, { sorting, sort }: TableWorld): TemplateResult {
  const { title, hint, isNumber } = columns[name];
  const isChosen = sorting.column === name;
  const order = !isChosen ? 'none' : isNumber === sorting.first ? 'descending' : 'ascending';
  const icon = order === 'descending' ? 'arrow-down' : 'arrow-up';
  return html`<th scope="col" class=${isNumber ? 'numbers' : ''} aria-sort=${order}>
    <button
      type="button"
      data-testid="sort-${name}"
      title=${hint ? text(hint) : nothing}
      @click=${() => sort({ column: name, first: isChosen ? !sorting.first : true })}
    >
      ${text(title)}${isChosen ? html`<i class="codicon codicon-${icon}" aria-hidden="true"></i>` : nothing}
    </button>
  </th>`;
}

function bodyRow(
  row: Row,
  isReached: boolean,
  isChosen: boolean,
  controller: Controller,
): TemplateResult {
  const { layer } = row;
  return html`<tr
    tabindex=${isReached ? '0' : '-1'}
    data-testid="row-${layer < 0 ? 'input' : layer}"
    aria-selected=${isChosen}
    @click=${() => controller.select({ type: 'layer', layer })}
  >
    ${columnNames.map((name, i) => {
      const value = columns[name].cell(row);
      if (i === 0) return html`<th scope="row">${value}</th>`;
      return html`<td class=${columns[name].isNumber ? 'numbers' : ''}>${value}</td>`;
    })}
  </tr>`;
}

function pressed(close: () => void): (event: KeyboardEvent) => void {
  return event => {
    const from = event.target instanceof Element ? event.target : null;
    const row = from?.closest('tbody tr');
    if (event.key === 'Escape' || event.key === 't') close();
    else if (!row) return;
    else if (event.key === 'ArrowDown') focus(row.nextElementSibling);
    else if (event.key === 'ArrowUp') focus(row.previousElementSibling);
    else if ((event.key === 'Enter' || event.key === ' ') && row instanceof HTMLElement)
      row.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function focus(row: Element | null): void {
  if (row instanceof HTMLElement) row.focus();
}
