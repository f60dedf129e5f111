/** The samples that are listed: each leads the canvas to itself. */
import { html, nothing, type TemplateResult } from 'lit';
import type { JudgedSample, Results } from '../../src/engine/results/report';
import type { Controller } from '../controller';
import { count, exact, format, percent, trueMinus } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import { sentence } from './matrix';
import { sidesOf, type Pictures } from './pictures';
import { questionOf } from './question';

export interface ListedView {
  readonly results: Results;
  readonly state: State;
  readonly controller: Controller;
  readonly pictures: Pictures;
  /** Lists all samples again. */
  all(): void;
}

export function listed(view: ListedView): TemplateResult {
  const { results, state } = view;
  // While training runs the counts change each second: nobody wants to hear them all.
  const live = state.run?.phase === 'running' ? 'off' : 'polite';
  return html`<h3 aria-live=${live} data-testid="results-listed-title">${title(results)}</h3>
    ${
      results.cell
        ? html`<button class="link" data-testid="results-all" @click=${view.all}>
            ${text('results.all')}
          </button>`
        : nothing
    }
    ${
      results.listed.length > 0
        ? table(view)
        : html`<p class="quiet" data-testid="results-none">${text('results.none')}</p>`
    }`;
}

function title(results: Results): string {
  const question = questionOf(results);
  if (results.cell && question) return sentence(question, results.cell);
  const { length } = results.listed;
  if (length === results.of) return text('results.worst');
  return text('results.worstOf', count(length), count(results.of));
}

function table(view: ListedView): TemplateResult {
  const { listed: samples, type } = view.results;
  const sides = sidesOf(view.state.document?.network?.input.shape);
  const hasRows = samples[0].row !== undefined;
  return html`<table class="results-rows" data-testid="results-listed">
    <thead>
      <tr>
        ${sides ? html`<th scope="col">${text('results.image')}</th>` : nothing}
        <th scope="col" class="number">${text('results.sample')}</th>
        ${hasRows ? html`<th scope="col" class="number">${text('results.row')}</th>` : nothing}
        <th scope="col" class="number">${text('results.loss')}</th>
        <th scope="col">${text('results.true')}</th>
        <th scope="col">${text('results.predicted')}</th>
        ${
          type === 'classes'
            ? html`<th scope="col" class="number">${text('results.share')}</th>`
            : nothing
        }
      </tr>
    </thead>
    <tbody>
      ${samples.map(sample => row(sample, view))}
    </tbody>
  </table>`;
}

function row(sample: JudgedSample, view: ListedView): TemplateResult {
  const { state, controller, pictures, results } = view;
  const { scope } = state.show;
  const { index, loss, truth, predicted } = sample;
  const sides = sidesOf(state.document?.network?.input.shape);
  const isChosen = scope.type === 'sample' && scope.index === index;
  const answer = answers(results);
  const number = count(index + 1);
  return html`<tr aria-selected=${isChosen} data-index=${index}>
    ${sides ? html`<td>${pictures.of(index, sides)}</td>` : nothing}
    <th scope="row" class="number">
      <button
        class="link number"
        data-testid="results-sample-${index}"
        title=${text('results.select', number)}
        aria-label=${text('results.select', number)}
        aria-pressed=${isChosen}
        @click=${() => controller.setScope({ type: 'sample', index })}
      >
        ${number}
      </button>
    </th>
    ${sample.row === undefined ? nothing : html`<td class="number">${count(sample.row)}</td>`}
    <td class="number" title=${exact(loss)}>${format(loss)}</td>
    ${answer(truth, truth === predicted)}${answer(predicted, truth === predicted)}
    ${
      results.type === 'classes'
        ? html`<td class="number" title=${exact(sample.output)}>${outputWords(sample.output)}</td>`
        : nothing
    }
  </tr>`;
}

/** An output that may be a probability is read as one. */
const outputWords = (output: number): string =>
  output >= 0 && output <= 1 ? percent(output) : format(output);

function answers(results: Results): (value: number, isRight: boolean) => TemplateResult {
  const question = questionOf(results);
  if (!question) return value => html`<td title=${exact(value)}>${format(value)}</td>`;
  return (value, isRight) =>
    html`<td class=${isRight ? nothing : 'wrong'}>${trueMinus(question.classes[value].name)}</td>`;
}
