/** The random directions of a gradcheck: a table of their own above that of the parameters. */
import { html, nothing, type TemplateResult } from 'lit';
import type { GradcheckReport } from '../../src/engine/gradcheck';
import type { DirectionEntry, DirectionsReport } from '../../src/engine/gradcheck/directions';
import { directionsSentence, roughly } from '../../src/explain/gradcheck/report';
import { count } from '../numbers';
import { numberCell, verdictCell } from './rows';
import { checkedWords } from './words';

/** @param whole the report that they are of */
export function directionsTable(
  report: DirectionsReport,
  { parameters, secondsForAll }: GradcheckReport,
): TemplateResult {
  const words = checkedWords();
  const { columns } = words;
  const head = (word: string, isNumber = true): TemplateResult =>
    html`<th scope="col" class=${isNumber ? 'number' : nothing}>${word}</th>`;
  return html`<h3>${words.directions}</h3>
    <p class="quiet" data-testid="checked-directions-said">
      ${directionsSentence(report, words)}${words.gap}${words.directionsMethod(count(report.moved))}
    </p>
    <table class="checked-rows" data-testid="checked-directions">
      <thead>
        <tr>
          ${head(columns.direction, false)} ${head(columns.verdict, false)}
          ${head(columns.analytic)} ${head(columns.numeric)} ${head(columns.error)}
        </tr>
      </thead>
      <tbody>
        ${report.entries.map(row)}
      </tbody>
    </table>
    <h3>${words.beside}</h3>
    <p class="quiet" data-testid="checked-beside-said">
      ${words.strata}${
        secondsForAll === undefined
          ? nothing
          : `${words.gap}${words.all(count(parameters), roughly(secondsForAll))}`
      }
    </p>`;
}

const row = ({ number, verdict, analytic, numeric, error }: DirectionEntry): TemplateResult =>
  html`<tr class=${verdict}>
    <th scope="row">${count(number)}</th>
    ${verdictCell(verdict)} ${numberCell(analytic)} ${numberCell(numeric)}
    ${numberCell(Number(error.toPrecision(2)))}
  </tr>`;
