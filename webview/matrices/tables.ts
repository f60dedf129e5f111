/** Matrices as tables beside each other, with the signs between them. */
import { html, nothing, type TemplateResult } from 'lit';
import type { MatrixStep } from '../../src/explain/matrixCard';
import {
  matricesOf,
  piecesOf,
  type Matrix,
  type Piece,
  type Side,
} from '../../src/explain/matrixEquation';
import { formatNumber, type NumberStyle } from '../../src/explain/numbers';
import { toUnicode } from '../../src/explain/unicode';
import { formula, symbol } from '../inspect/formula';
import { count, exact } from '../numbers';
import { text } from '../strings';
import { markOf, type Lit } from './cells';

export interface Painted {
  readonly style: NumberStyle;
  readonly lit: Lit | undefined;
  /** Neurons that are selected, by their words. */
  readonly chosen: ReadonlySet<string>;
}

/** A rule in symbols, and under it the same with its matrices. */
export function stepView(step: MatrixStep, index: number, painted: Painted): TemplateResult {
  const matrices = matricesOf(step.equation);
  let next = 0;
  const piece = (shown: Piece): TemplateResult => {
    if (shown.type !== 'matrix') return between(shown, step);
    const place = { step: index, matrix: next++ };
    return table(matrices[place.matrix], place, painted);
  };
  return html`<div class="step" data-testid="matrix-step-${step.role}">
    <p class="rule">
      <span class="label">${step.label}</span> ${formula(step.rule, painted.style)}
      ${step.name ? html`<span class="note">${step.name}</span>` : nothing}
    </p>
    <div class="equation ${matrices.some(hasColumnNames) ? 'headed' : ''}">
      ${piecesOf(step.equation).map(piece)}
    </div>
    ${step.notes.map(note => html`<p class="quiet note-line">${note}</p>`)}
  </div>`;
}

function between(piece: Exclude<Piece, { type: 'matrix' }>, { notes }: MatrixStep): TemplateResult {
  if (piece.type === 'formula')
    return html`<span class="between">${symbol(piece.expression)}</span>`;
  // As high as what they enclose.
  if (piece.text === '(' || piece.text === ')')
    return html`<span class="enclosing ${piece.text === '(' ? 'opens' : 'closes'}"
      >${piece.text}</span
    >`;
  if (piece.text !== '⊙') return html`<span class="between sign">${piece.text}</span>`;
  // What it means stands under the equation, and on the sign itself.
  return html`<span class="between sign" data-testid="hadamard" title=${notes[0] ?? ''}>⊙</span>`;
}

const hasColumnNames = ({ columns }: Matrix): boolean => columns.labels.some(label => label !== '');

/** "w², 4 × 3" */
export function nameOf({ name, rows, columns, words }: Matrix): string {
  const size = `${count(rows.length)} × ${count(columns.length)}`;
  return words ?? text('matrices.cell', toUnicode(name), size);
}

function table(
  matrix: Matrix,
  place: { readonly step: number; readonly matrix: number },
  painted: Painted,
): TemplateResult {
  const { rows, columns, cells, words, name } = matrix;
  const hasNames = rows.labels.some(label => label !== '');
  const id = `m-${place.step}-${place.matrix}`;
  return html`<table
    class="matrix-table ${hasColumnNames(matrix) ? '' : 'bare'}"
    role="grid"
    aria-label=${nameOf(matrix)}
    id=${id}
  >
    <caption aria-hidden="true">
      ${words === undefined ? symbol(name) : words}
      ${words === undefined ? html`<span class="size">${count(rows.length)} × ${count(columns.length)}</span>` : nothing}
    </caption>
    ${hasColumnNames(matrix) ? head(columns, hasNames, painted) : nothing}
    <tbody>
      ${cells.map(
        (values, row) =>
          html`<tr class=${isChosen(rows, row, painted)}>
              ${hasNames ? rowHead(rows, row) : nothing}
              ${values.map((value, column) => html`${cell(matrix, value, { ...place, row, column }, painted)}${columns.gaps.includes(column) ? dots('⋯') : nothing}`)}
            </tr>
            ${rows.gaps.includes(row) ? gapRow(matrix, hasNames) : nothing}`,
      )}
    </tbody>
  </table>`;
}

const isChosen = ({ words }: Side, at: number, { chosen }: Painted): string =>
  chosen.has(words[at]) ? 'chosen' : '';

function head(columns: Side, hasNames: boolean, painted: Painted): TemplateResult {
  return html`<thead>
    <tr>
      ${hasNames ? html`<td class="corner"></td>` : nothing}
      ${columns.labels.map(
        (label, column) =>
          html`<th
              scope="col"
              class=${isChosen(columns, column, painted)}
              title=${columns.words[column]}
            >
              ${label}
            </th>
            ${columns.gaps.includes(column) ? dots('⋯') : nothing}`,
      )}
    </tr>
  </thead>`;
}

const rowHead = ({ labels, words }: Side, row: number): TemplateResult =>
  html`<th scope="row" title=${words[row]}>${labels[row]}</th>`;

const dots = (sign: string): TemplateResult =>
  html`<td class="dots"><span aria-hidden="true">${sign}</span></td>`;

function gapRow({ columns }: Matrix, hasNames: boolean): TemplateResult {
  const across = columns.labels.map((_, column) =>
    columns.gaps.includes(column) ? ['⋮', '⋱'] : ['⋮'],
  );
  return html`<tr class="gap">
    ${hasNames ? html`<th scope="row">⋮</th>` : nothing} ${across.flat().map(dots)}
  </tr>`;
}

function cell(
  matrix: Matrix,
  value: number,
  place: {
    readonly step: number;
    readonly matrix: number;
    readonly row: number;
    readonly column: number;
  },
  { lit, style }: Painted,
): TemplateResult {
  const { row, column } = place;
  const isStop =
    lit?.spot.step === place.step && lit.spot.matrix === place.matrix
      ? lit.spot.row === row && lit.spot.column === column
      : row === 0 && column === 0;
  return html`<td
    role="gridcell"
    class="cell ${markOf(lit, place.step, { matrix, row, column })}"
    tabindex=${isStop ? 0 : -1}
    data-spot="${place.step},${place.matrix},${row},${column}"
    data-value=${String(value)}
    title=${exact(value)}
  >
    ${formatNumber(value, style)}
  </td>`;
}
