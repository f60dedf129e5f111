/** The explanation of one target: what the cards on the canvas and the inspector show. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Facts, Target } from '../../src/engine/facts';
import { explain } from '../../src/explain/explain';
import type { Equation, Explanation, Line, Rule } from '../../src/explain/explanation';
import { profileOf, type Notation } from '../../src/explain/notation';
import { formatNumber, type NumberStyle } from '../../src/explain/numbers';
import { toUnicode } from '../../src/explain/unicode';
import { parsePath } from '../../src/network/network';
import type { Controller } from '../controller';
import { exact } from '../numbers';
import { foundSoFar, isOver, notFound, type Found } from '../stepping/soFar';
import { clauses } from '../punctuation';
import { text } from '../strings';
import { explainWords } from '../words';
import { activationFigure } from './activationCurve';
import type { Comparison } from './compared';
import { copyButtons } from './copying';
import { folds } from './folds';
import { formula, symbol } from './formula';
import { sparkline } from '../past/sparkline';
import { pinButton } from './pinning';
import { scopeLine } from './scopeWords';

/** The picture that belongs to some facts. */
export function figureOf(facts: Facts): TemplateResult | undefined {
  return facts.type === 'neuron' ? activationFigure(facts) : undefined;
}

export function explanationOf(facts: Facts, notation: Notation): Explanation {
  return explain(facts, profileOf(notation), explainWords());
}

/** What a card has beside its explanation. */
export interface CardParts {
  /** Can be pinned; without it what is selected. */
  readonly target?: Target;
  /** Before the symbol and after the buttons of the head; instead of the button that pins. */
  readonly frame?: { readonly before: TemplateResult; readonly after: TemplateResult };
  readonly comparison?: Comparison;
  /** Under the lines. */
  readonly figure?: TemplateResult | undefined;
}

type Where = 'card' | 'inspector' | `pin-${number}`;

/** `where`: prefix of the test ids, because the same explanation may stand on the page more than once. */
export function explained(
  explanation: Explanation,
  controller: Controller,
  where: Where,
  parts: CardParts = {},
): TemplateResult {
  const { state } = controller.store;
  const style: NumberStyle = { digits: state.exact ? 17 : undefined };
  const soFar = controller.soFar.value;
  // Numbers that the pass has not come to are not compared either.
  const comparison = isOver(soFar) ? parts.comparison : undefined;
  const target = parts.target ?? state.show.selection;
  const isLearned = target?.type === 'weight' || target?.type === 'bias';
  const found = foundSoFar(explanation, target, soFar, explainWords());
  const { path, lines, cautions } = found.explanation;
  return html`<div class="explanation ${state.exact ? 'exact' : ''}">
    ${head(found, controller, style, where, { ...parts, ...(target && { target }) })}
    ${scopeLine(controller, where)} ${headline(found, style, where, comparison)}
    <dl>${lines.map(line => explainedLine(line, style, comparison))}</dl>
    ${(found.activation && parts.figure) || nothing}
    ${found.headline ? sparkline(controller, target) : nothing}
    ${found.whole ? nothing : notYet(where)}
    ${cautions.map(
      caution =>
        html`<p class="caution">
          <i class="codicon codicon-info" aria-hidden="true"></i>${caution}
        </p>`,
    )}
    ${where === 'inspector' && isLearned ? kindLine() : nothing}
    ${
      where === 'inspector' && found.headline
        ? folds(found.explanation, controller, line => explainedLine(line, style))
        : nothing
    }
    ${path === '' ? nothing : placeInText(path, controller, where)}
  </div>`;
}

function notYet(where: Where): TemplateResult {
  return html`<p class="caution" data-testid="${where}-not-yet">
    <i class="codicon codicon-info" aria-hidden="true"></i>${text('card.notYet')}
  </p>`;
}

function head(
  { explanation, headline: hasValue }: Found,
  controller: Controller,
  style: NumberStyle,
  where: Where,
  { target, frame }: CardParts,
): TemplateResult {
  return html`<header>
    ${frame?.before}
    <span class="symbol">${symbol(explanation.symbol)}</span>
    <span class="words">${explanation.words}</span>
    <span class="actions"
      >${hasValue ? copyButtons(explanation, controller, style, where) : nothing}
      ${frame?.after ?? (target && pinButton(controller, target, where))}</span
    >
  </header>`;
}

/** The same aloud; of what is learned also its own value, which others see beside it. */
export function spokenHeadline(found: Found, { type }: Target): string {
  const headline = toUnicode(headlineOf(found));
  const own = found.explanation.lines.find(({ role }) => role === 'value')?.equation;
  if ((type !== 'weight' && type !== 'bias') || own?.value === undefined) return headline;
  return clauses([toUnicode({ left: own.left, forms: [], value: own.value }), headline]);
}

/** The number that a person came for; a pass that is stepped through may not have come to it. */
export function headlineOf({ explanation, headline: hasValue }: Found): Equation | Rule {
  const { left, value } = explanation.headline;
  return hasValue ? { left, forms: [], value } : notFound(explanation.headline);
}

function headline(
  found: Found,
  style: NumberStyle,
  where: Where,
  comparison: Comparison | undefined,
): TemplateResult {
  const equation = headlineOf(found);
  const { value } = equation;
  const sign = value === undefined ? '' : value < 0 ? 'negative' : 'positive';
  return html`<div
    class="headline ${sign}"
    data-testid="${where}-value"
    data-value=${value === undefined ? nothing : String(value)}
    title=${value === undefined ? nothing : exact(value)}
  >
    ${formula(equation, style)} ${differenceOf(comparison, style, where)}
  </div>`;
}

/** As fields say it of what is chosen. */
function kindLine(): TemplateResult {
  return html`<p class="kind quiet" data-testid="inspector-kind">
    ${explainWords().kinds.parameter}
  </p>`;
}

function placeInText(path: string, controller: Controller, where: string): TemplateResult {
  return html`<footer>
    <code>${path}</code>
    <button
      class="link"
      data-testid="${where}-show"
      @click=${() => controller.reveal(parsePath(path) ?? [])}
    >
      ${text('card.show')}
    </button>
  </footer>`;
}

/** Δ −0.0123 to ∂C/∂w₁₁²: the number of the first card, not what it is a number of. */
function differenceOf(
  comparison: Comparison | undefined,
  style: NumberStyle,
  where: string,
): TemplateResult | typeof nothing {
  if (comparison?.isFirst)
    return html`<div class="difference quiet" data-testid="${where}-first">
      ${text('pin.first')}
    </div>`;
  if (!comparison?.difference) return nothing;
  const { value, from } = comparison.difference;
  const name = toUnicode(from);
  const printed = `${value > 0 ? '+' : ''}${formatNumber(value, style)}`;
  return html`<div
    class="difference"
    data-testid="${where}-difference"
    data-value=${String(value)}
    title=${text('pin.difference', name)}
  >
    <span aria-hidden="true">Δ</span>
    <span class="unseen">${text('pin.difference', name)}</span>
    <b>${printed}</b> <span class="quiet" aria-hidden="true">${text('pin.to', name)}</span>
  </div>`;
}

function explainedLine(line: Line, style: NumberStyle, comparison?: Comparison): TemplateResult {
  const { role, label, equation, note } = line;
  const value = equation.value === undefined ? nothing : String(equation.value);
  const same = comparison?.same.has(line) ? 'same' : '';
  return html`<div class="line ${role} ${same}" data-value=${value}>
    <dt>${label}</dt>
    <dd>${formula(equation, style)} ${note ? html`<span class="note">${note}</span>` : nothing}</dd>
  </div>`;
}
