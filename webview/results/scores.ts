/** The classes with their precision and recall, or the outputs with their errors, as tables. */
import { html, type TemplateResult } from 'lit';
import type { ClassQuestion, ClassScores, OutputFit } from '../../src/engine/results/report';
import { count, exact, format, percent, trueMinus } from '../numbers';
import { text } from '../strings';

export function classTable({ classes, macro }: ClassQuestion): TemplateResult {
  return html`<h3>${text('results.scores')}</h3>
    <table class="results-rows" data-testid="results-classes">
      <thead>
        <tr>
          <th scope="col">${text('results.class')}</th>
          ${head('results.precision', text('results.precisionHint'))}
          ${head('results.recall', text('results.recallHint'))}
          ${head('results.f1', text('results.f1Hint'))} ${head('results.support')}
        </tr>
      </thead>
      <tbody>
        ${classes.map(scores => classRow(scores))}
        <tr class="mean" title=${text('results.meanHint')}>
          <th scope="row">${text('results.mean')}</th>
          ${share(macro.precision, '')}${share(macro.recall, '')}${share(macro.f1, '')}
          <td></td>
        </tr>
      </tbody>
    </table>`;
}

function classRow({ name, precision, recall, f1, support }: ClassScores): TemplateResult {
  return html`<tr>
    <th scope="row">${trueMinus(name)}</th>
    ${share(precision, text('results.neverPredicted'))}${share(recall, text('results.neverTrue'))}${share(f1, text('results.neither'))}
    <td class="number">${count(support)}</td>
  </tr>`;
}

/** @param undefinedWords why there is no such share */
function share(value: number, undefinedWords: string): TemplateResult {
  const title = Number.isNaN(value) ? undefinedWords : exact(value);
  return html`<td class="number" title=${title} data-value=${String(value)}>${percent(value)}</td>`;
}

export function fitTable(outputs: readonly OutputFit[]): TemplateResult {
  return html`<h3>${text('results.fits')}</h3>
    <table class="results-rows" data-testid="results-outputs">
      <thead>
        <tr>
          <th scope="col">${text('results.output')}</th>
          ${head('results.r2', text('results.r2Hint'))} ${head('results.meanError')}
          ${head('results.rootError')} ${head('results.largestError')}
        </tr>
      </thead>
      <tbody>
        ${outputs.map(
          ({ name, r2, meanError, rootError, largestError }) =>
            html`<tr>
              <th scope="row">${trueMinus(name)}</th>
              ${number(r2, text('results.noR2'))}${number(meanError)}${number(rootError)}${number(largestError)}
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function number(value: number, undefinedWords = ''): TemplateResult {
  const title = Number.isNaN(value) ? undefinedWords : exact(value);
  return html`<td class="number" title=${title} data-value=${String(value)}>${format(value)}</td>`;
}

type Word = Parameters<typeof text>[0];

const head = (word: Word, hint = ''): TemplateResult =>
  html`<th scope="col" class="number" title=${hint}>${text(word)}</th>`;
