/** The confusion matrix: a button a cell, coloured by its share of the row. One tab stop; the arrows move in it. */
import { html, type TemplateResult } from 'lit';
import type { Cell, ClassQuestion } from '../../src/engine/results/report';
import { count, trueMinus } from '../numbers';
import { keepStop } from '../roving';
import { text } from '../strings';

export interface MatrixView {
  readonly question: ClassQuestion;
  /** Whose samples are listed. */
  readonly chosen: Cell | undefined;
  /** What is read below the matrix. */
  readonly pointed: Cell | undefined;
  choose(cell: Cell): void;
  point(cell: Cell | undefined): void;
}

/** Tint of a full row in percent: a text in the colour of the page can still be read on it. */
const MOST_TINT = 40;
const LEAST_TINT = 6;
/** Powers of ten between the faintest and the fullest. */
const DECADES = 3;

export function matrix(view: MatrixView): TemplateResult {
  const { classes, counts } = view.question;
  if (!counts)
    return html`<p class="quiet" data-testid="results-too-many">
      ${text('results.tooMany', count(classes.length))}
    </p>`;
  const said = view.pointed ?? view.chosen;
  return html`<div class="results-matrix-room">
      <table
        class="results-matrix"
        aria-label=${text('results.matrix')}
        data-testid="results-matrix"
        @keydown=${move}
        @focusin=${(event: FocusEvent) => keepStop(event, 'td button')}
        @pointerleave=${() => view.point(undefined)}
        @focusout=${() => view.point(undefined)}
      >
        ${headOf(view.question)}
        <tbody>
          ${classes.map(
            ({ name }, truth) =>
              html`<tr>
                <th scope="row" title=${name}>${trueMinus(name)}</th>
                ${classes.map((_, predicted) => cellOf(view, counts, { truth, predicted }))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="quiet results-said" data-testid="results-said">
      ${said ? sentence(view.question, said) : text('results.cellHint')}
    </p>`;
}

const headOf = ({ classes }: ClassQuestion): TemplateResult =>
  html`<thead>
    <tr>
      <td></td>
      <th scope="colgroup" colspan=${classes.length} class="quiet">${text('results.predicted')}</th>
    </tr>
    <tr>
      <th scope="col" class="quiet">${text('results.true')}</th>
      ${classes.map(({ name }) => html`<th scope="col" title=${name}>${trueMinus(name)}</th>`)}
    </tr>
  </thead>`;

function cellOf(view: MatrixView, counts: readonly number[], cell: Cell): TemplateResult {
  const { question, chosen } = view;
  const { truth, predicted } = cell;
  const number = counts[truth * question.classes.length + predicted];
  const { support } = question.classes[truth];
  const share = support > 0 ? number / support : 0;
  const isChosen = chosen?.truth === truth && chosen.predicted === predicted;
  const words = sentence(question, cell);
  const isStop = chosen ? isChosen : truth === 0 && predicted === 0;
  return html`<td>
    <button
      type="button"
      class=${truth === predicted ? 'right' : 'wrong'}
      style="--tint: ${tint(share).toFixed(1)}%; --share: ${(100 * share).toFixed(1)}%"
      data-testid="results-cell-${truth}-${predicted}"
      tabindex=${isStop ? 0 : -1}
      aria-label=${words}
      aria-pressed=${isChosen}
      @click=${() => view.choose(cell)}
      @pointerenter=${() => view.point(cell)}
      @focus=${() => view.point(cell)}
    >
      ${number === 0 ? html`<span class="quiet">0</span>` : count(number)}
    </button>
  </td>`;
}

/** Percent: a single sample of a thousand is seen beside the rest. */
function tint(share: number): number {
  if (share === 0) return 0;
  const height = Math.max(0, 1 + Math.log10(share) / DECADES);
  return LEAST_TINT + (MOST_TINT - LEAST_TINT) * height;
}

/** "7 of 50 that are versicolor were taken for virginica." */
export function sentence({ classes, counts }: ClassQuestion, { truth, predicted }: Cell): string {
  const number = counts?.[truth * classes.length + predicted] ?? 0;
  const { name, support } = classes[truth];
  const said = [count(number), count(support), trueMinus(name)];
  if (truth === predicted) return text('results.right', ...said);
  return text('results.taken', ...said, trueMinus(classes[predicted].name));
}

const WAYS: { readonly [key: string]: readonly [down: number, across: number] } = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function move(event: KeyboardEvent): void {
  const way = WAYS[event.key];
  if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const table = event.currentTarget as HTMLElement;
  const all = [...table.querySelectorAll<HTMLElement>('td button')];
  const at = all.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  const side = Math.sqrt(all.length);
  const [row, column] = [Math.floor(at / side) + way[0], (at % side) + way[1]];
  if (row >= 0 && row < side && column >= 0 && column < side) all[row * side + column].focus();
}

/** Whether a cell is one of this question. */
export const isCellOf = ({ classes }: ClassQuestion, cell: Cell): boolean =>
  Math.max(cell.truth, cell.predicted) < classes.length;
