/** What was found in a CSV file, as templates: the detected choices, the columns, the first rows, bad cells. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LeftOutReason } from '../../src/data/infer';
import type { BadCell, CsvColumn, CsvPreview } from '../../src/data/preview';
import { limits } from '../../src/network/limits';
import { count, format } from '../numbers';
import { listed } from '../punctuation';
import { text, type StringKey } from '../strings';

export type Role = 'input' | 'target' | 'unused';

const delimiters: { readonly [delimiter: string]: StringKey } = {
  ',': 'csv.comma',
  ';': 'csv.semicolon',
  '\t': 'csv.tab',
  '|': 'csv.bar',
};

/** `150 rows · 5 columns · 5 KB`, and how the file was read. */
export function csvFacts(preview: CsvPreview): TemplateResult {
  const { rows, columns, bytes, delimiter, header, decimalComma } = preview;
  const named = delimiters[delimiter];
  const detected = [
    text('csv.delimiter', named ? text(named) : delimiter),
    text(header ? 'csv.header' : 'csv.noHeader'),
    text(decimalComma ? 'csv.decimalComma' : 'csv.decimalPoint'),
  ];
  return html`<p data-testid="csv-facts">
      ${text('csv.facts', count(rows), count(columns.length), bytesText(bytes))}
    </p>
    ${
      columns.length > 0
        ? html`<p class="quiet small" data-testid="csv-detected">${detected.join(' · ')}</p>`
        : nothing
    }`;
}

/** `4.6 KB` */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB'];
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/** What keeps a file from being used at all, with the remedy. */
export function csvFault({ columns, rows, blocking }: CsvPreview): StringKey | undefined {
  if (columns.length === 0) return 'csv.isEmpty';
  if (rows === 0) return 'csv.headerOnly';
  if (blocking > 0) return 'csv.blocked';
  return columns.length === 1 ? 'csv.oneColumn' : undefined;
}

export interface RoleChoice {
  of(column: CsvColumn): Role;
  /** Said instead of a role that nobody has chosen. */
  why(column: CsvColumn): LeftOutReason | undefined;
  /** Absent: roles are shown, not chosen. */
  choose?(column: CsvColumn, role: Role): void;
}

/** One line a column: its name, what it is used for, what is in it. */
export function columnTable({ columns }: CsvPreview, roles: RoleChoice): TemplateResult {
  return html`<div class="csv-scroll" tabindex="0" role="region" aria-label=${text('csv.columns')}>
    <table class="csv-columns ${roles.choose ? '' : 'told'}" data-testid="csv-columns">
      <thead>
        <tr>
          <th scope="col">${text('csv.column')}</th>
          <th scope="col">${text('csv.use')}</th>
          <th scope="col">${text('csv.content')}</th>
        </tr>
      </thead>
      <tbody>
        ${columns.map((column, index) => columnRow(column, index, roles))}
      </tbody>
    </table>
  </div>`;
}

function columnRow(column: CsvColumn, index: number, roles: RoleChoice): TemplateResult {
  const name = column.name || text('csv.unnamed', index + 1);
  const role = roles.of(column);
  const why = role === 'unused' ? roles.why(column) : undefined;
  const bad = column.bad > 0 ? text('csv.badCells', count(column.bad)) : '';
  return html`<tr class=${role}>
    <th scope="row" title=${name}>${name}</th>
    <td>
      ${roles.choose ? roleSelect(column, index, name, role, roles.choose) : roleWord(role, why)}
    </td>
    <td class="quiet" title=${content(column)}>
      ${content(column)}
      ${bad ? html`<span class="bad-count"><i class="codicon codicon-warning" aria-hidden="true"></i> ${bad}</span>` : nothing}
    </td>
  </tr>`;
}

function roleWord(role: Role, why: LeftOutReason | undefined): string {
  return why ? text(`csv.why.${why}`) : text(`csv.${role}`);
}

function roleSelect(
  column: CsvColumn,
  index: number,
  name: string,
  role: Role,
  choose: (column: CsvColumn, role: Role) => void,
): TemplateResult {
  const offered: readonly Role[] =
    column.type === 'number' ? ['input', 'target', 'unused'] : ['target', 'unused'];
  const unusable = column.type === 'empty' || column.name === '';
  return html`<select
    data-testid="role-${index}"
    aria-label=${text('csv.role', name)}
    ?disabled=${unusable}
    .value=${role}
    @change=${(event: Event) => choose(column, (event.target as HTMLSelectElement).value as Role)}
  >
    ${offered.map(
      each =>
        html`<option value=${each} ?selected=${each === role}>${text(`csv.${each}`)}</option>`,
    )}
  </select>`;
}

function content({ type, least, most, distinct, examples }: CsvColumn): string {
  if (type === 'empty') return text('csv.empty');
  if (type === 'number') return text('csv.number', format(least), format(most));
  const names = listed(examples.slice(0, 3));
  const some = distinct > 3 ? `${names} …` : names;
  return distinct > limits.units
    ? text('csv.manyClasses', count(limits.units), some)
    : text('csv.class', count(distinct), some);
}

/** The texts of the first rows, as they stand in the file. */
export function headTable({ columns, head }: CsvPreview): TemplateResult {
  return html`<details class="csv-head">
    <summary data-testid="csv-head">${text('csv.head')}</summary>
    <div class="csv-scroll" tabindex="0" role="region" aria-label=${text('csv.head')}>
      <table>
        <thead>
          <tr>
            ${columns.map(({ name }, i) => html`<th scope="col">${name || text('csv.unnamed', i + 1)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${head.map(
            cells =>
              html`<tr>
                ${cells.map(cell => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** The first bad cells by line and column, and how many more there are. */
export function badCells({ bad, badCount }: CsvPreview): TemplateResult | typeof nothing {
  if (badCount === 0) return nothing;
  return html`<div class="csv-bad" data-testid="csv-bad">
    <p>
      <i class="codicon codicon-warning" aria-hidden="true"></i> ${text('csv.bad', count(badCount))}
    </p>
    <ul>
      ${bad.map(cell => html`<li><span class="quiet">${placeOf(cell)}:</span> ${reasonOf(cell)}</li>`)}
    </ul>
    ${
      badCount > bad.length
        ? html`<p class="quiet">${text('csv.badMore', count(badCount - bad.length))}</p>`
        : nothing
    }
  </div>`;
}

function placeOf({ line, column }: BadCell): string {
  return column === '' ? text('csv.line', line) : text('csv.lineColumn', line, column);
}

function reasonOf({ kind, text: found }: BadCell): string {
  return text(`csv.bad.${kind}`, found);
}
