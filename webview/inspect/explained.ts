/** The explanation of one target: what the card on the canvas and the inspector both show. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Facts } from '../../src/engine/facts';
import { explain } from '../../src/explain/explain';
import type { Explanation, Line } from '../../src/explain/explanation';
import { profileOf } from '../../src/explain/notation';
import { parsePath, type NotationName } from '../../src/network/network';
import type { Controller } from '../controller';
import { exact } from '../numbers';
import { text } from '../strings';
import { explainWords } from '../words';
import { formula, symbol } from './formula';

export function explanationOf(facts: Facts, notation: NotationName): Explanation {
  return explain(facts, profileOf(notation), explainWords());
}

/** `where`: prefix of the test ids, because the same explanation may stand on the page twice. */
export function explained(
  explanation: Explanation,
  controller: Controller,
  where: 'card' | 'inspector',
): TemplateResult {
  const { headline, path, lines, cautions } = explanation;
  const value = { left: headline.left, forms: [], value: headline.value };
  return html`<div class="explanation">
    <header>
      <span class="symbol">${symbol(explanation.symbol)}</span>
      <span class="words">${explanation.words}</span>
    </header>
    <div
      class="headline ${headline.value < 0 ? 'negative' : 'positive'}"
      data-testid="${where}-value"
      data-value=${String(headline.value)}
      title=${exact(headline.value)}
    >
      ${formula(value)}
    </div>
    <dl>${lines.map(explainedLine)}</dl>
    ${cautions.map(
      caution => html`<p class="caution"><i class="codicon codicon-info"></i>${caution}</p>`,
    )}
    ${
      path === ''
        ? nothing
        : html`<footer>
            <code>${path}</code>
            <button
              class="link"
              data-testid="${where}-show"
              @click=${() => controller.reveal(parsePath(path) ?? [])}
            >
              ${text('card.show')}
            </button>
          </footer>`
    }
  </div>`;
}

function explainedLine({ role, label, equation, note }: Line): TemplateResult {
  const value = equation.value === undefined ? nothing : String(equation.value);
  return html`<div class="line ${role}" data-value=${value}>
    <dt>${label}</dt>
    <dd>${formula(equation)} ${note ? html`<span class="note">${note}</span>` : nothing}</dd>
  </div>`;
}
